"""A roster is taken as a whole or not at all, and every mistake is told with its row."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from records.actor import NotAllowed
from records.model import Invitation, Person, Role
from records.store import Store
from services.people.invitations import accept, look
from services.people.refusals import InvitationExpired, LastAdmin
from services.people.roster import COLUMNS, preview, take
from services.sheets.cells import MOST_ROWS
from services.sheets.faults import FaultKind
from services.sheets.refusals import (
    SheetEmpty,
    SheetFaulty,
    SheetHeaderTwice,
    SheetHeaderWrong,
    SheetKindUnknown,
    SheetRefused,
    SheetTooLarge,
    SheetTooLong,
    SheetUnreadable,
)
from services.sheets.rows import MOST_BYTES, Row, read_sheet, write_sheet
from tests.unit.services.people.asking import kept, log, person, telegram, told
from tests.unit.services.tasks.office import ADMIN, AN_HOA, CHIEF, INTERIOR, LAN, NOW

HEAD = ("Họ tên", "Chức vụ", "Đơn vị", "Vai trò", "Telegram id")
MAI = ("Lò Thị Mai", "Công chức", "Xã An Hòa", "Cán bộ", "77123")
HOA = ("Hà Văn Hòa", "", "Sở Nội vụ", "Lãnh đạo", "")


def rows(*lines: Sequence[object], head: Sequence[str] = HEAD) -> tuple[Row, ...]:
    """Return the rows of a workbook with these lines."""
    return read_sheet(workbook(head, *lines), "danh-sach.xlsx", COLUMNS).rows


def workbook(*lines: Sequence[object]) -> bytes:
    """Return a workbook as a spreadsheet program saves it."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


async def faults(store: Store, *lines: Sequence[object]) -> list[tuple[int, FaultKind]]:
    """Return the faults of a roster, by row."""
    plan = await preview(store, ADMIN, rows(*lines), "telegram", NOW)
    return [(one.row, one.kind) for one in plan.faults]


async def test_with_an_id_one_is_in_without_one_is_invited(office: Store) -> None:
    """The invitation carries name, unit and role of its row; who never wrote is not written to."""
    done = await take(office, ADMIN, rows(MAI, HOA), "telegram", NOW)
    (mai,) = [one for one in await kept(office, Person) if one.addresses == (telegram(77123),)]
    assert (mai.name, mai.unit, mai.role, mai.position) == (MAI[0], AN_HOA, Role.OFFICER, MAI[1])
    (link,) = done.invitations
    offer = await look(office, link.code, telegram(5), NOW)
    assert (offer.invitation.name, offer.unit) == (HOA[0], "Sở Nội vụ")
    came = await accept(office, offer.invitation.digest, telegram(5), offer.invitation.name, NOW)
    assert (came.unit, came.role) == (INTERIOR, Role.SUPERVISOR)
    assert await told(office, "join_approved") == []


async def test_a_roster_taken_twice_changes_nothing_more(office: Store) -> None:
    """Who is in stays; who was invited gets a fresh link, and the old one is void."""
    first = await take(office, ADMIN, rows(MAI, HOA), "telegram", NOW)
    again = await take(office, ADMIN, rows(MAI, HOA), "telegram", NOW)
    assert (again.plan.same, len(again.plan.entering), len(again.plan.changing)) == (1, 0, 0)
    with pytest.raises(InvitationExpired):
        await look(office, first.invitations[0].code, telegram(5), NOW)
    assert len(await kept(office, Invitation)) == 2


async def test_a_roster_changes_who_is_there(office: Store) -> None:
    """By name and unit where there is no id; the change is told and logged."""
    line = ("lan", "Trưởng phòng", "so noi vu", "Phụ trách", "")
    plan = await preview(office, ADMIN, rows(line), "telegram", NOW)
    assert [one.id for one, _ in plan.changing] == [LAN]
    await take(office, ADMIN, rows(line), "telegram", NOW)
    assert (await person(office, LAN)).role is Role.SUPERVISOR
    assert await told(office, "join_changed") == [LAN]
    assert (ADMIN, "person_role", True) in await log(office)


async def test_nothing_is_half_taken(office: Store) -> None:
    """One wrong row among good ones, and the records are as before."""
    before = await kept(office, Person)
    bad = ("Tòng Văn Bình", "", "Xã Không Có", "", "")
    with pytest.raises(SheetFaulty):
        await take(office, ADMIN, rows(MAI, bad, HOA), "telegram", NOW)
    assert await kept(office, Person) == before
    assert await kept(office, Invitation) == []


async def test_every_mistake_is_told_with_its_row(office: Store) -> None:
    """Several in one go, so that the sheet is corrected once."""
    assert await faults(
        office,
        MAI,
        ("", "", "Xã An Hòa", "", ""),
        ("A" * 81, "", "Xã Lạ", "Vua", "@mai"),
        ("Bình", "", "", "", ""),
        ("=1+1", "", "Xã An Hòa", "", ""),
        MAI,
        ("hòa", "", "Sở Nội vụ", "", ""),
        ("Hoà", "", "Sở Nội vụ", "", ""),
    ) == [
        (3, FaultKind.NAME_MISSING),
        (4, FaultKind.NAME_LONG),
        (4, FaultKind.ROLE_UNKNOWN),
        (4, FaultKind.ADDRESS_WRONG),
        (4, FaultKind.UNIT_UNKNOWN),
        (5, FaultKind.UNIT_MISSING),
        (6, FaultKind.FORMULA),
        (7, FaultKind.DUPLICATE),
        (9, FaultKind.DUPLICATE),
    ]


async def test_a_roster_cannot_depose_the_last_admin(office: Store) -> None:
    """All of it is refused."""
    line = ("admin", "", "Tỉnh Thử", "Cán bộ", "")
    with pytest.raises(LastAdmin):
        await take(office, ADMIN, rows(line, MAI), "telegram", NOW)
    assert (await person(office, ADMIN)).role is Role.ADMIN


async def test_only_an_admin_takes_a_roster(office: Store) -> None:
    """A supervisor does not even see what it would do."""
    for attempt in (preview, take):
        with pytest.raises(NotAllowed):
            await attempt(office, CHIEF, rows(MAI), "telegram", NOW)


CSV = "Họ tên;Đơn vị\nLò Thị Mai;Xã An Hòa\n"


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode("utf-16"),
        CSV.replace("\n", "\r\n\r\n").encode(),
        'Họ tên,Đơn vị\n"Lò Thị Mai","Xã An Hòa"\n'.encode(),
    ],
)
def test_csv_is_read_as_offices_save_it(content: bytes) -> None:
    """With or without a mark, by comma, semicolon or tab."""
    (row,) = read_sheet(content, "DS.CSV", COLUMNS).rows
    assert row.cells == {"name": "Lò Thị Mai", "unit": "Xã An Hòa"}


def test_csv_of_an_old_windows_is_read() -> None:
    """Windows-1258 writes tones as marks of their own."""
    text = "Ho\u0323 tên;\u0110ơn vi\u0323\nHa\u0300 Văn Ho\u0300a;Sơ\u0309 Nô\u0323i vu\u0323\n"
    (row,) = read_sheet(text.encode("cp1258"), "ds.csv", COLUMNS).rows
    assert row.cells == {"name": "Hà Văn Hòa", "unit": "Sở Nội vụ"}


def test_numbers_and_blank_rows_are_as_a_spreadsheet_has_them() -> None:
    """An id that is a number is read whole; the row's number is the one on the screen."""
    (row,) = rows((), ("Mai", None, "Xã", None, 77123.0), ())
    assert (row.number, row.cells["telegram"]) == (3, "77123")


def test_what_is_written_is_read_again_and_no_formula() -> None:
    """The file with links, opened in a spreadsheet, computes nothing."""
    made = write_sheet(HEAD, [("=cmd", "", "Xã", "", "1")])
    (row,) = read_sheet(made, "a.xlsx", COLUMNS).rows
    assert (row.cells["name"], row.formulas) == ("=cmd", frozenset())


def bomb() -> bytes:
    """Return a package that unpacks to more than is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * (21 * 1024 * 1024))
    return made.getvalue()


def entities() -> bytes:
    """Return a workbook whose part declares entities."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.xlsx", SheetUnreadable),
        (b"PK\x03\x04 broken", "a.xlsx", SheetUnreadable),
        (bomb(), "a.xlsx", SheetTooLarge),
        (entities(), "a.xlsx", SheetUnreadable),
        (b"x" * (MOST_BYTES + 1), "a.csv", SheetTooLarge),
        (b"\0\1\2", "a.csv", SheetUnreadable),
        (CSV.encode(), "a.xlsx", SheetUnreadable),
        (CSV.encode(), "a.xls", SheetKindUnknown),
        (CSV.encode(), "", SheetKindUnknown),
        (b"", "a.csv", SheetEmpty),
        ("Họ tên;Đơn vị".encode(), "a.csv", SheetEmpty),
        ("Tên gọi;Đơn vị\nMai;Xã".encode(), "a.csv", SheetHeaderWrong),
        ("Họ tên;Đơn vị;đơn vị\nMai;Xã;Xã".encode(), "a.csv", SheetHeaderTwice),
        (b"Ho ten;Don vi\n" + b"Mai;Xa\n" * (MOST_ROWS + 1), "a.csv", SheetTooLong),
        (b"\n" * 20000, "a.csv", SheetTooLong),
    ],
)
def test_what_is_no_roster_is_refused(content: bytes, name: str, why: type[SheetRefused]) -> None:
    """Damaged, hostile, too large, of another kind, or without its columns."""
    with pytest.raises(why):
        read_sheet(content, name, COLUMNS)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_rows_or_a_refusal(content: bytes, name: str) -> None:
    """Nothing that is sent raises anything else."""
    try:
        assert read_sheet(content, name, COLUMNS).rows
    except SheetRefused:
        return
