"""Tables as offices make them are read as they are seen, and what is no row of them is named."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from records.model import Address, Person, Role
from records.store import Store
from services.people.accounts import looks_like_phone
from services.people.roster import COLUMNS, Plan, preview, take
from services.sheets.faults import FaultKind
from services.sheets.refusals import SheetHeaderTwice, SheetHeaderWrong, SheetUnreadable
from services.sheets.rows import AsideKind, Table, read_sheet
from services.units import table as units
from tests.unit.services.people.asking import kept, person, telegram
from tests.unit.services.tasks.office import ADMIN, AN_HOA, HUNG, INTERIOR, NOW

HEAD = ("Họ tên", "Chức vụ", "Đơn vị", "Vai trò", "Telegram id")
AN = ("Nguyễn Văn An", "Công chức", "Xã An Hòa", "cán bộ", None)
BINH = ("Trần Thị Bình", "Công chức", "Xã An Hòa", None, None)
GIVEN = next(
    (found for one in Path(__file__).parents if (found := one / "shared/cases/roster").is_dir()),
    Path("shared/cases/roster"),
)
"""Tables handed over with the issue, where they are at hand."""


def made(*lines: Sequence[object], change: Callable[[Workbook], None] | None = None) -> Table:
    """Read a workbook with these lines, changed as an office changes it."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    if change is not None:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return read_sheet(content.getvalue(), "ds.xlsx", COLUMNS)


def named(table: Table) -> list[str]:
    """Return the names of a table's rows."""
    return [one.cells["name"] for one in table.rows]


def aside(table: Table) -> list[tuple[AsideKind, int, str]]:
    """Return what a table leaves out."""
    return [(one.kind, one.row, one.said) for one in table.aside]


async def plan_of(store: Store, *lines: Sequence[object]) -> Plan:
    """Return what a roster of these lines would do."""
    return await preview(store, ADMIN, made(HEAD, *lines).rows, "telegram", NOW)


async def faults(store: Store, *lines: Sequence[object]) -> list[tuple[FaultKind, str]]:
    """Return what is wrong with these lines, and what was meant."""
    return [(one.kind, one.near) for one in (await plan_of(store, *lines)).faults]


async def named_hung(store: Store, name: str) -> Person:
    """Give the officer of Xã An Hòa a name."""
    changed = replace(await person(store, HUNG), name=name)
    async with store.begin() as tx:
        await tx.put(changed)
    return changed


def test_titles_above_the_header_are_no_rows() -> None:
    """The header is the first line that has all columns."""
    table = made(("UBND TỈNH THỬ",), ("DANH SÁCH CÁN BỘ",), (), HEAD, AN)
    assert (named(table), table.rows[0].number, table.aside) == (["Nguyễn Văn An"], 5, ())


@pytest.mark.parametrize(
    "below",
    [
        [("Tổng cộng: 1 người",), (), ("Người lập biểu",)],
        [
            ("Tổng số", 1),
            (None, None, "An Hòa, ngày 28 tháng 11 năm 2026"),
            ("TM. ỦY BAN NHÂN DÂN",),
        ],
        [("Cộng:", None, None, 1)],
        [(), ("Người lập", None, None, "CHỦ TỊCH"), ("Lê Thị Lan", None, None, "Hà Văn Hòa")],
        [("Ghi chú: danh sách này thay danh sách cũ",)],
    ],
)
def test_totals_and_signatures_below_are_left_out_and_named(below: list[Sequence[object]]) -> None:
    """None of them is a person without a unit."""
    table = made(HEAD, AN, *below)
    assert named(table) == ["Nguyễn Văn An"]
    assert len(table.aside) == sum(any(line) for line in below)
    assert {one.kind for one in table.aside} == {AsideKind.LINE}


def test_a_person_without_a_unit_is_a_row() -> None:
    """The last line too: it is refused with its number, not taken for a signature."""
    table = made(
        HEAD, AN, ("Tòng Văn Bình", "Công chức"), ("Cộng Thị Lan", "Công chức", "Xã An Hòa")
    )
    assert len(table.rows) == 3


def test_a_merged_cell_speaks_for_all_the_rows_it_covers() -> None:
    """The unit stands once, beside its people."""
    lines = (HEAD, AN, ("Trần Thị Bình",), ("Lê Văn Cường", None, "Phường Bình An"))
    table = made(*lines, change=lambda book: book.worksheets[0].merge_cells("C2:C3"))
    assert [one.cells["unit"] for one in table.rows] == ["Xã An Hòa", "Xã An Hòa", "Phường Bình An"]


def test_a_header_of_two_lines_is_one_header() -> None:
    """Titles merged down two lines are no person called "Họ tên"."""

    def merge(book: Workbook) -> None:
        for column in "ABCDE":
            book.worksheets[0].merge_cells(f"{column}1:{column}2")

    assert named(made(HEAD, (), AN, change=merge)) == ["Nguyễn Văn An"]


def merged(ref: str) -> bytes:
    """Return a workbook that says a range is merged, whatever the range."""
    book = Workbook()
    for line in (HEAD, AN):
        book.worksheets[0].append(list(line))
    content, changed = io.BytesIO(), io.BytesIO()
    book.save(content)
    mark = f'</sheetData><mergeCells><mergeCell ref="{ref}"/></mergeCells>'
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(changed, "w") as target:
        for part in source.namelist():
            text = source.read(part).replace(b"</sheetData>", mark.encode())
            target.writestr(part, text)
    return changed.getvalue()


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "C2:C1048576", "ZZ9"])
def test_a_monstrous_merge_does_no_harm(ref: str) -> None:
    """Cells beyond those that are looked at cost nothing."""
    assert named(read_sheet(merged(ref), "a.xlsx", COLUMNS)) == ["Nguyễn Văn An"]


def test_a_merge_of_no_cells_is_a_damaged_file() -> None:
    """It is refused like any other."""
    for ref in ("chín", "XFD1048576:A1"):
        with pytest.raises(SheetUnreadable):
            read_sheet(merged(ref), "a.xlsx", COLUMNS)


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (("Họ và tên đệm", "Tên", "Đơn vị"), ("Nguyễn Văn", "An", "Xã An Hòa")),
        (("STT", "Họ", "Tên đệm", "Tên", "Đơn vị"), (1, "Nguyễn", "Văn", "An", "Xã An Hòa")),
        (("HỌ ĐỆM", "TÊN (*)", "ĐƠN VỊ:"), ("Nguyễn Văn", "An", "Xã An Hòa")),
    ],
)
def test_a_name_in_several_columns_is_one_name(
    head: Sequence[object], line: Sequence[object]
) -> None:
    """Family and middle names stand before the given name."""
    assert named(made(head, line)) == ["Nguyễn Văn An"]


def test_a_name_under_one_merged_title_is_one_name() -> None:
    """One title stands over two columns."""
    lines = (("Họ và tên", None, "Đơn vị"), ("Nguyễn Văn", "An", "Xã An Hòa"))
    table = made(*lines, change=lambda book: book.worksheets[0].merge_cells("A1:B1"))
    assert named(table) == ["Nguyễn Văn An"]


@pytest.mark.parametrize("mark", ["sep=;", "sep=|", "SEP=\t", '"sep=,"'])
def test_a_separator_named_first_is_no_header(mark: str) -> None:
    """Excel writes it for itself; rows keep their numbers."""
    sign = mark.strip('"')[-1]
    text = f"{mark}\r\nHọ tên{sign}Đơn vị\r\nNguyễn Văn An{sign}Xã An Hòa\r\n"
    table = read_sheet(text.encode("utf-8-sig"), "ds.csv", COLUMNS)
    assert [(one.number, dict(one.cells)) for one in table.rows] == [
        (3, {"name": "Nguyễn Văn An", "unit": "Xã An Hòa"})
    ]


def test_what_is_hidden_is_not_taken_and_is_named() -> None:
    """Rows, and whole sheets; a sheet of another kind beside the roster as well."""

    def hide(book: Workbook) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True
        old = book.create_sheet("Năm 2025")
        old.append(HEAD)
        old.append(BINH)
        old.sheet_state = "hidden"
        book.create_sheet("Ghi chú").append(["mẫu"])
        book.create_sheet("Trống")

    table = made(HEAD, AN, BINH, change=hide)
    assert named(table) == ["Nguyễn Văn An"]
    assert aside(table) == [
        (AsideKind.SHEET, 0, "Ghi chú"),
        (AsideKind.SHEET, 0, "Năm 2025"),
        (AsideKind.HIDDEN, 3, "Trần Thị Bình"),
    ]


def test_the_roster_is_found_behind_a_cover_sheet() -> None:
    """The first sheet that is shown and has the columns is read."""

    def cover(book: Workbook) -> None:
        book.create_sheet("Bìa", 0).append(["UBND TỈNH THỬ"])

    assert named(made(HEAD, AN, change=cover)) == ["Nguyễn Văn An"]


def test_columns_that_mean_nothing_here_are_named() -> None:
    """The numbering is not: every table has one."""
    table = made(("STT", *HEAD, "Số điện thoại"), (1, *AN, "0912345678"))
    assert aside(table) == [(AsideKind.COLUMN, 0, "Số điện thoại")]


def test_a_table_without_its_columns_is_refused_with_row_and_titles() -> None:
    """The nearest line is named, and what it has instead."""
    with pytest.raises(SheetHeaderWrong) as wrong:
        made(("DANH SÁCH",), ("Họ tên", "Nơi công tác"), ("An", "Xã An Hòa"))
    refused = wrong.value
    assert (refused.missing, refused.row, refused.found) == (("Đơn vị",), 2, ("Nơi công tác",))
    with pytest.raises(SheetHeaderTwice) as twice:
        made((*HEAD, "Tên đơn vị"), (*AN, "Xã"))
    assert (twice.value.column, twice.value.row) == ("Đơn vị", 1)


async def test_blanks_that_nobody_sees_change_nothing(office: Store) -> None:
    """Zero-width blanks come along from web pages."""
    plan = await plan_of(
        office,
        ("Nguyễn Văn An\u200b", "", "\u200bXã An Hòa ", "cán bộ\xa0", None),
        ("\ufeffTrần Thị\u200d Bình", None, "Xã An Hoà", "Cán Bộ", None),
    )
    assert [one.name for one in plan.inviting] == ["Nguyễn Văn An", "Trần Thị Bình"]


async def test_an_error_cell_is_a_mistake_of_its_row(office: Store) -> None:
    """What a failed look-up left is nobody's name."""
    assert await faults(office, ("#N/A", "", "Xã An Hòa", "", "")) == [(FaultKind.ERROR, "")]


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("UBND xã An Hòa", "Xã An Hòa"),
        ("Xã An Hoa Xx", "Xã An Hòa"),
        ("Phường Bình Ân", ""),
        ("Ban Dân tộc", ""),
        ("An Hòa", "Xã An Hòa"),
        ("Sở Nội vu", ""),
        ("Sở Nộii vụ", "Sở Nội vụ"),
    ],
)
async def test_a_unit_near_the_one_named_is_offered(office: Store, said: str, near: str) -> None:
    """It is offered, never taken; a name without accents is the unit's own."""
    found = await faults(office, ("Nguyễn Văn An", "", said, "", ""))
    assert found == ([(FaultKind.UNIT_UNKNOWN, near)] if near or "tộc" in said else [])


async def test_names_are_compared_with_their_accents(office: Store) -> None:
    """Hưng is not Hùng: he is invited, and Hùng stays who he is."""
    hung = await named_hung(office, "Nguyễn Văn Hùng")
    line = ("Nguyễn Văn Hưng", "Chủ tịch", "Xã An Hòa", "lãnh đạo", None)
    done = await take(office, ADMIN, made(HEAD, line).rows, "telegram", NOW)
    assert ([one.name for one in done.plan.inviting], done.plan.changing) == (
        ["Nguyễn Văn Hưng"],
        (),
    )
    assert await person(office, HUNG) == hung


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Thuỷ Hoà", "nguyễn thị thủy hòa", "NGUYỄN THỊ THỦY HOÀ"]
)
async def test_old_and_new_places_of_a_tone_are_one_name(office: Store, name: str) -> None:
    """So are other cases of letters, and letters written in several code points."""
    await named_hung(office, "Nguyễn Thị Thủy Hòa")
    plan = await plan_of(office, (name, "", "Xã An Hòa", "", ""))
    assert (plan.inviting, plan.faults) == ((), ())


@pytest.mark.parametrize(
    ("kept_name", "said"),
    [("Nguyễn Văn Hùng", "Nguyen Van Hung"), ("Nguyen Van Hung", "Nguyễn Văn Hưng")],
)
async def test_a_name_without_accents_is_asked_about(
    office: Store, kept_name: str, said: str
) -> None:
    """He may be meant, or somebody else."""
    await named_hung(office, kept_name)
    assert await faults(office, (said, "", "Xã An Hòa", "", "")) == [
        (FaultKind.PERSON_BARE, kept_name)
    ]


async def test_a_namesake_with_another_account_is_asked_about(office: Store) -> None:
    """He may have a new account, or be another person: neither is guessed."""
    await named_hung(office, "Nguyễn Văn Hùng")
    line = ("Nguyễn Văn Hùng", "", "Xã An Hòa", "", 1234567)
    assert await faults(office, line) == [(FaultKind.PERSON_ELSEWHERE, "")]


@pytest.mark.parametrize(
    "said",
    [
        900000001,
        84900000001,
        "0900000001",
        "+84 900 000 001",
        "0900.000.001",
        2438256666,
        389123456,
    ],
)
async def test_a_phone_number_lets_nobody_in(office: Store, said: object) -> None:
    """Whoever has that Telegram id is somebody else: a link is made, and the number is shown."""
    plan = await plan_of(office, ("Nguyễn Văn An", "Chủ tịch", "Xã An Hòa", "lãnh đạo", said))
    assert (plan.entering, plan.faults) == ((), ())
    assert [(one.name, one.phone) for one in plan.inviting] == [("Nguyễn Văn An", str(said))]


async def test_an_id_of_somebody_here_is_his_whatever_it_looks_like(office: Store) -> None:
    """A roster that was written out and sent again changes nobody's account."""
    address = Address(channel="telegram", value="900000001")
    async with office.begin() as tx:
        await tx.put(replace(await person(office, HUNG), addresses=(address,)))
    plan = await plan_of(office, ("Hung", "", "Xã An Hòa", "lãnh đạo", 900000001))
    assert [(one.id, entry.role) for one, entry in plan.changing] == [(HUNG, Role.SUPERVISOR)]


@pytest.mark.parametrize("said", ["77123", "1234567890", "5123456789", "123456789", "7012345678"])
def test_other_ids_are_no_phones(said: str) -> None:
    """Ten digits that begin with 5, 6 or 7 are the commonest ids today."""
    assert not looks_like_phone(said)


async def test_the_parent_is_found_by_the_words_offices_use(office: Store) -> None:
    """A unit whose "Cấp trên" was not read would stand beside the province."""
    book = Workbook()
    for line in (("Tên đơn vị", "Loại", "Cấp trên"), ("Trạm y tế", "trạm", "Xã An Hoà")):
        book.worksheets[0].append(list(line))
    content = io.BytesIO()
    book.save(content)
    table = read_sheet(content.getvalue(), "dv.xlsx", units.COLUMNS)
    assert table.rows[0].cells["parent"] == "Xã An Hoà"
    plan = await units.preview(office, ADMIN, table.rows, NOW)
    assert len(plan.entering) == 1


@pytest.mark.skipif(not GIVEN.is_dir(), reason="the tables of the issue are not at hand")
@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("trung-bo-dau.xlsx", ["Nguyễn Văn Hưng"]),
        ("so-dien-thoai.xlsx", ["Nguyễn Văn An"]),
        ("tieu-de-tren-bang.xlsx", ["Nguyễn Văn An"]),
        ("tong-cong.xlsx", ["Nguyễn Văn An"]),
        ("don-vi-o-gop.xlsx", ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]),
        ("dong-sep.csv", ["Nguyễn Văn An"]),
        ("ho-va-ten-tach.xlsx", ["Nguyễn Văn An"]),
        ("dau-cach-vo-hinh.xlsx", ["Nguyễn Văn An", "Trần Thị Bình"]),
    ],
)
async def test_the_tables_of_the_issue_invite_whom_they_name(
    office: Store, file: str, names: list[str]
) -> None:
    """Nobody is let in, changed or refused by them."""
    hung = await named_hung(office, "Nguyễn Văn Hùng")
    table = read_sheet((GIVEN / file).read_bytes(), file, COLUMNS)
    done = await take(office, ADMIN, table.rows, "telegram", NOW)
    assert [one.name for one in done.plan.inviting] == names
    assert (done.plan.entering, done.plan.changing) == ((), ())
    assert await person(office, HUNG) == hung
    assert not [one for one in await kept(office, Person) if telegram(900000001) in one.addresses]


# --- a line above a group of rows ------------------------------------------------------------

BARE = ("TT", "Họ tên", "Chức vụ")


@pytest.mark.parametrize(
    "heading",
    [
        ("Xã An Hòa",),
        ("I", "Xã An Hòa"),
        ("I. XÃ AN HÒA:",),
        (None, None, "xã An Hoà"),
        (1, "Xã An Hòa"),
    ],
)
@pytest.mark.parametrize("blank_before", [True, False])
async def test_a_line_above_a_group_is_its_unit(
    office: Store, heading: Sequence[object], blank_before: bool
) -> None:
    """Said in the preview; the table has no column of units, and each group its own."""
    gap: Sequence[Sequence[object]] = ((),) if blank_before else ()
    lines = (heading, (1, "Lò Thị Mai", "Công chức"), *gap, ("II", "Sở Nội vụ"))
    plan = await preview(
        office, ADMIN, made(BARE, *lines, (1, "Hà Văn Hòa", "Phó")).rows, "telegram", NOW
    )
    units_of = [(one.name, one.unit) for one in plan.inviting]
    assert units_of == [("Lò Thị Mai", AN_HOA), ("Hà Văn Hòa", INTERIOR)]
    assert [one.people for one in plan.groups] == [1, 1]
    assert plan.groups[1].unit == "Sở Nội vụ"


async def test_a_group_of_nobody_is_said(office: Store) -> None:
    """It is no person whose unit is missing."""
    plan = await plan_of(office, ("Sở Nội vụ",), ("Xã An Hòa",), ("Lò Thị Mai", "Phó"))
    assert [(one.unit, one.people) for one in plan.groups] == [("Sở Nội vụ", 0), ("Xã An Hòa", 1)]


async def test_a_unit_of_its_own_goes_before_that_of_the_group(office: Store) -> None:
    """The line stands for rows that name none."""
    plan = await plan_of(
        office,
        ("Xã An Hòa",),
        ("Lò Thị Mai", "Công chức", "Sở Nội vụ", None, None),
        ("Hà Văn Hòa", "Công chức", None, None, None),
    )
    assert [one.unit for one in plan.inviting] == [INTERIOR, AN_HOA]
    assert [(one.row, one.people) for one in plan.groups] == [(2, 1)]


async def test_a_line_that_names_no_unit_ends_the_group(office: Store) -> None:
    """Nobody is put into the unit of the group before."""
    found = await faults(
        office,
        ("Xã An Hòa",),
        ("Lò Thị Mai", "Công chức", None, None, None),
        ("Xã Không Có",),
        ("Hà Văn Hòa", "Công chức", None, None, None),
    )
    assert [kind for kind, _ in found] == [FaultKind.UNIT_MISSING] * 2


def test_a_table_without_units_and_groups_lacks_the_column() -> None:
    """As before."""
    with pytest.raises(SheetHeaderWrong) as refused:
        made(BARE, (1, "Lò Thị Mai", "Công chức"))
    assert refused.value.missing == ("Đơn vị",)
