"""A supervisor knows how his units stand without asking, and urges those who are late."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import icalendar
import pytest
import pytest_asyncio
from openpyxl import load_workbook

from records.model import Delivery, Person, Role
from scheduler.digest_plan import plan_digests
from tests.e2e.clockwork import Clockwork, assistant_at
from tests.e2e.office import SUPERVISOR, WARD, Office, found, opened, task
from tests.e2e.phone import Phone, Town
from vietnamese.zone import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = "Rà soát tổ dân vận"
SOON = "Đối thoại với Nhân dân"
PNG = b"\x89PNG\r\n\x1a\n"


def at(day: int, hour: int = 7, minute: int = 0) -> datetime:
    """Return a time of November 2026 in Vietnam."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest_asyncio.fixture(loop_scope="module")
async def days(quick_town: Town, tmp_path: Path) -> AsyncIterator[tuple[Office, Clockwork]]:
    """Give an office on Wednesday 4 November 2026 with a task that is late and one to come."""
    office = await opened(quick_town)
    made = datetime(2026, 9, 1, tzinfo=ZONE)
    late = replace(task("muon", LATE), due=date(2026, 11, 2), created=made)
    soon = replace(task("sap", SOON, unit=WARD), due=date(2026, 11, 9), created=made)
    async with assistant_at(quick_town, tmp_path, at(4, 5)) as work:
        await found(work.store, office, late, soon)
        yield office, work


async def kept(phone: Phone, shown_kind: str) -> bytes:
    """Return the content of the last file of a kind that the phone was sent."""
    (message,) = [one.message for one in phone.messages if shown_kind in one.message][-1:]
    held = message[shown_kind]
    return await phone.downloads((held[-1] if isinstance(held, list) else held)["file_id"])


async def test_late_then_urged_then_reported(days: tuple[Office, Clockwork]) -> None:
    """The digest names who is late; one tap urges all; the report shows at once."""
    office, work = days
    await work.goes_to(at(4))
    morning = await office.supervisor.sees("0/2 đã báo cáo")
    assert "Xã An Hòa: 1 quá hạn" in morning.text
    await office.supervisor.presses(morning, "Đôn đốc tất cả")
    await office.supervisor.taps("Gửi đôn đốc")
    await office.supervisor.sees("Đã gửi đôn đốc tới 2 người")
    await work.passes(minutes=1)
    await office.other.sees("đôn đốc báo cáo")
    urged = await office.officer.sees("Đồng chí Hùng đôn đốc báo cáo")
    assert "đã quá hạn 2 ngày" in urged.text
    await office.officer.presses(urged, "Báo cáo")
    await office.officer.taps("Hoàn thành")
    await office.officer.sees("Đã gửi")
    await office.supervisor.says("/tonghop")
    await office.supervisor.sees("1/2 đã báo cáo")
    await office.supervisor.taps("Đôn đốc tất cả", "Gửi đôn đốc")
    again = await office.supervisor.sees("đã được đôn đốc hôm nay")
    assert "Chưa gửi được đôn đốc cho ai" in again.text


async def test_from_the_whole_to_the_parts(days: tuple[Office, Clockwork]) -> None:
    """By unit, by task, as a picture, as a sheet."""
    office, _ = days
    head = office.supervisor
    await head.says("/tonghop")
    await head.sees("0/2 đã báo cáo")
    await head.taps("Theo đơn vị")
    await head.sees("Phường Bình An")
    await head.taps("Xã An Hòa")
    await head.sees("hạn 02/11/2026: quá hạn 2 ngày")
    await head.taps("Tổng hợp", "Theo nhiệm vụ", SOON)
    await head.sees("hạn 09/11/2026")
    await head.says("/tonghop")
    await head.sees("0/2 đã báo cáo")
    await head.taps("Biểu đồ")
    await head.sees("Tỉnh Thử, ngày")
    picture = await kept(head, "photo")
    assert picture.startswith(PNG)
    assert int.from_bytes(picture[16:20]) == 1080
    await head.taps("Tệp tổng hợp")
    await head.sees_file("tong-hop-20261104.xlsx")
    book = load_workbook(BytesIO(await kept(head, "document")))
    rows = list(book.worksheets[0].values)
    assert rows[1][:2] == ("Xã An Hòa", LATE)


async def test_from_a_part_to_the_report_itself(days: tuple[Office, Clockwork]) -> None:
    """By unit and by task: one tap opens what was sent; what was not has no button."""
    office, _ = days
    head = office.supervisor
    await office.officer.says("/baocao")
    await office.officer.taps(LATE, "Hoàn thành")
    await office.officer.sees("Đã gửi")
    await head.says("/tonghop")
    await head.sees("1/2 đã báo cáo")
    await head.taps("Theo nhiệm vụ", LATE)
    await head.sees("1. Xã An Hòa")
    await head.taps("1. Xã An Hòa")
    report = await head.sees("Người gửi: Lan")
    assert report.button("Chấp nhận")
    await head.says("/tonghop")
    await head.sees("1/2 đã báo cáo")
    await head.taps("Theo đơn vị")
    await head.sees("Phường Bình An")
    await head.taps("Xã An Hòa")
    await head.sees(f"1. {LATE}")
    await head.taps(f"1. {LATE}")
    await head.sees("Người gửi: Lan")
    await head.says("/tonghop")
    await head.sees("1/2 đã báo cáo")
    await head.taps("Theo đơn vị")
    await head.sees("Xã An Hòa")
    await head.taps("Phường Bình An")
    unsent = await head.sees("hạn 09/11/2026")
    assert unsent.button("1.") is None


async def test_monday_brings_the_week(days: tuple[Office, Clockwork]) -> None:
    """To the officer once, with his reminder; to the supervisor the picture of the units."""
    office, work = days
    await work.goes_to(at(9))
    await office.other.sees("Nhắc việc")
    assert not any("trong 7 ngày tới" in one.text for one in office.other.messages)
    await office.supervisor.sees("Tổng hợp tuần: Tỉnh Thử, ngày 09/11/2026")
    assert (await kept(office.supervisor, "photo")).startswith(PNG)


async def test_buttons_under_the_picture_open_below_it(days: tuple[Office, Clockwork]) -> None:
    """A picture cannot become a text: what its buttons open is a message of its own."""
    office, work = days
    await work.goes_to(at(9))
    picture = await office.supervisor.sees("Tổng hợp tuần: Tỉnh Thử, ngày 09/11/2026")
    await office.supervisor.presses(picture, "Theo đơn vị")
    await office.supervisor.sees("Phường Bình An")
    assert "photo" in picture.message


async def test_who_is_no_supervisor_any_more_gets_no_digest(days: tuple[Office, Clockwork]) -> None:
    """What was planned for him is dropped; other messages go on."""
    office, work = days
    await plan_digests(work.store, at(5, 6))
    async with work.store.begin() as tx:
        head = await tx.get(Person, SUPERVISOR)
        assert head is not None
        await tx.put(replace(head, role=Role.OFFICER))
    await work.goes_to(at(5))
    states = {row.template: row.state for row in await work.owed()}
    assert states["digest_day"] is Delivery.DROPPED
    await office.officer.sees("quá hạn")


async def test_a_digest_of_another_day_is_not_sent(days: tuple[Office, Clockwork]) -> None:
    """The bot was down from before the hour until the next morning: one digest, today's."""
    _, work = days
    await plan_digests(work.store, at(5, 6))
    await work.goes_to(at(6, 8))
    states = {row.key: row.state for row in await work.owed() if row.template == "digest_day"}
    assert states == {
        "digest_day:supervisor:20261105": Delivery.DROPPED,
        "digest_day:supervisor:20261106": Delivery.SENT,
    }


async def test_due_days_go_into_the_phones_calendar(days: tuple[Office, Clockwork]) -> None:
    """/lich lists them, the file holds them."""
    office, _ = days
    await office.other.says("/lich")
    shown = await office.other.sees("Các hạn báo cáo")
    assert "hết 09/11/2026" in shown.text
    await office.other.taps("Tải tệp lịch")
    await office.other.sees_file("han-bao-cao.ics")
    (event,) = icalendar.Calendar.from_ical(await kept(office.other, "document")).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 11, 9)


async def test_hours_are_chosen_by_buttons(days: tuple[Office, Clockwork]) -> None:
    """The digest comes at the hour that was chosen."""
    office, work = days
    await office.supervisor.says("/caidat")
    await office.supervisor.sees("Bản tổng hợp hằng ngày: 7 giờ")
    await office.supervisor.taps("Tổng hợp muộn hơn")
    await office.supervisor.sees("Bản tổng hợp hằng ngày: 8 giờ")
    await work.goes_to(at(5, 7, 30))
    assert not any("đã báo cáo" in one.text for one in office.supervisor.messages)
    await work.goes_to(at(5, 8))
    await office.supervisor.sees("0/2 đã báo cáo")


async def test_officers_have_no_digest(days: tuple[Office, Clockwork]) -> None:
    """The command is refused, and the try is on record."""
    office, _ = days
    await office.officer.says("/tonghop")
    await office.officer.sees("ngoài phạm vi")
