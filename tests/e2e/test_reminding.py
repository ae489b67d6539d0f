"""Nobody forgets a report and nobody is nagged: days pass, the assistant speaks or is silent."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from records.model import Cadence, DueRule
from tests.e2e.clockwork import Clockwork, assistant_at
from tests.e2e.office import Office, found, opened, task
from tests.e2e.phone import Phone, Town
from vietnamese.zone import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

TITLE = "Báo cáo kết quả công tác dân vận năm"
DUE = date(2026, 11, 4)
"""A Wednesday; "trước ngày 05/11"."""


def at(month: int, day: int, hour: int = 7, minute: int = 0) -> datetime:
    """Return a time of the year 2026 in Vietnam."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@dataclass(slots=True)
class Days:
    """An office whose days are moved by hand."""

    office: Office
    work: Clockwork
    data: Path

    @property
    def officer(self) -> Phone:
        """Return the officer's phone."""
        return self.office.officer

    @property
    def supervisor(self) -> Phone:
        """Return the supervisor's phone."""
        return self.office.supervisor


def told(phone: Phone, words: str) -> list[str]:
    """Return the bot's messages with these words in them."""
    return [one.text for one in phone.messages if one.by_bot and words in one.text]


@pytest_asyncio.fixture(loop_scope="module")
async def days(quick_town: Town, tmp_path: Path) -> AsyncIterator[Days]:
    """Give an office with one yearly task, on 20 October 2026."""
    office = await opened(quick_town)
    yearly = replace(
        task("nam", TITLE),
        cadence=Cadence.YEARLY,
        rule=DueRule(dates=((11, 4),)),
        due_text="trước ngày 05/11 hằng năm",
        created=at(9, 1),
    )
    async with assistant_at(quick_town, tmp_path, at(10, 20)) as work:
        await found(work.store, office, yearly)
        yield Days(office, work, tmp_path)


async def test_from_the_first_reminder_to_the_report_to_silence(days: Days) -> None:
    """The ladder speaks on its days, shows its working and why, is put off, and ends."""
    officer = days.officer
    await days.work.goes_to(at(10, 21))
    shown = await officer.sees("Nhắc việc")
    assert "trước ngày 05/11 hằng năm → hết 04/11/2026, thứ Tư" in shown.text
    assert "còn 10 ngày làm việc" in shown.text
    assert "đồng chí là người báo cáo của đơn vị" in shown.text
    await days.work.goes_to(at(10, 27))
    assert len(told(officer, "Nhắc việc")) == 1
    await days.work.goes_to(at(10, 28))
    assert len(told(officer, "Nhắc việc")) == 2
    await officer.taps("Nhắc lại sau", "Chiều nay")
    await officer.notices("14:00")
    await officer.sees_no_buttons(officer.last)
    await days.work.goes_to(at(10, 28, 13, 59))
    assert len(told(officer, "Nhắc việc")) == 2
    await days.work.goes_to(at(10, 28, 14))
    again = await officer.sees("Nhắc việc")
    assert len(told(officer, "Nhắc việc")) == 3
    await officer.presses(again, "Báo cáo")
    await officer.taps("Hoàn thành")
    await officer.sees("Đã gửi")
    for day in (30, 31):
        await days.work.goes_to(at(10, day))
    for day in range(1, 20):
        await days.work.goes_to(at(11, day))
    assert len(told(officer, "Nhắc")) == 3
    assert told(days.supervisor, "Quá hạn") == []


async def test_what_is_late_goes_up_and_a_report_ends_it(days: Days) -> None:
    """The supervisor hears after three days; after the report both have peace."""
    await days.work.goes_to(at(11, 4))
    shown = await days.officer.sees("hôm nay là ngày cuối")
    await days.work.goes_to(at(11, 9))
    await days.officer.sees("đã quá hạn 5 ngày")
    late = await days.supervisor.sees("Quá hạn chưa báo cáo")
    assert "Xã An Hòa" in late.text
    await days.officer.presses(shown, "Báo cáo")
    await days.officer.taps("Không phát sinh")
    await days.officer.sees("Đã gửi")
    await days.work.goes_to(at(11, 16))
    assert len(told(days.officer, "Nhắc việc")) == 2
    assert len(told(days.supervisor, "Quá hạn")) == 1


async def test_a_week_off_is_caught_up_without_repeats(quick_town: Town, tmp_path: Path) -> None:
    """Down from before the due day to after it: one message for the last step, then as usual."""
    office = await opened(quick_town, "Thu", "Sơn", "Vân")
    once = replace(task("motlan", TITLE), due=DUE, created=at(9, 1))
    async with assistant_at(quick_town, tmp_path, at(10, 28)) as work:
        await found(work.store, office, once)
        await work.goes_to(at(10, 28))
        await office.officer.sees("Nhắc việc")
    async with assistant_at(quick_town, tmp_path, at(11, 6, 9)) as work:
        await work.goes_to(at(11, 6, 9))
        await office.officer.sees("đã quá hạn 2 ngày")
        await work.passes(hours=1)
        assert len(told(office.officer, "Nhắc việc")) == 2
    async with assistant_at(quick_town, tmp_path, at(11, 6, 23)) as work:
        await work.goes_to(at(11, 6, 23))
        assert len(told(office.officer, "Nhắc việc")) == 2


async def test_more_time_is_asked_granted_and_counts(days: Days) -> None:
    """The wish reaches the supervisor with its reason; granted, it moves the ladder."""
    await days.work.goes_to(at(11, 3))
    await days.officer.sees("Nhắc việc")
    await days.officer.taps("Xin gia hạn")
    await days.officer.says("mưa to quá")
    await days.officer.sees("Chưa thấy ngày")
    await days.officer.says("18/11 vì mưa lũ, chưa họp dân được")
    await days.officer.sees("18/11/2026")
    await days.work.passes(minutes=1)
    wish = await days.supervisor.sees("Đề nghị gia hạn")
    assert "mưa lũ" in wish.text
    await days.supervisor.presses(wish, "Đồng ý")
    await days.work.passes(minutes=1)
    await days.officer.sees("Được gia hạn đến hết ngày 18/11/2026")
    await days.work.goes_to(at(11, 9))
    assert told(days.officer, "quá hạn") == []
    assert told(days.supervisor, "Quá hạn") == []
    await days.work.goes_to(at(11, 18))
    await days.officer.sees("hôm nay là ngày cuối")


async def test_a_returned_report_has_its_own_reminders(days: Days) -> None:
    """With the reviewer's words; the new version ends them."""
    await days.officer.says("/baocao")
    await days.officer.taps("Báo cáo kết quả", "Hoàn thành")
    await days.officer.sees("Đã gửi")
    await days.work.passes(minutes=1)
    received = await days.supervisor.sees("Có báo cáo chờ duyệt")
    await days.supervisor.presses(received, "Xem và duyệt")
    await days.supervisor.taps("Trả lại")
    await days.supervisor.says("Bổ sung số liệu")
    await days.supervisor.sees("Đã trả lại")
    await days.work.goes_to(at(10, 21))
    shown = await days.officer.sees("Nhắc việc")
    assert "Bổ sung số liệu" in shown.text


async def test_one_can_remind_oneself(days: Days) -> None:
    """At the minute that was named, once; what is dropped does not come."""
    await days.officer.says("/nhactoi 15h mai họp giao ban")
    await days.officer.sees("15:00 ngày 21/10/2026")
    await days.officer.says("/nhactoi 16h mai gọi xã")
    await days.officer.sees("16:00 ngày 21/10/2026")
    await days.officer.taps("Xóa lời nhắc này")
    await days.officer.sees("Đã xóa lời nhắc")
    await days.work.goes_to(at(10, 21, 15))
    await days.officer.sees("Lời nhắc của đồng chí: họp giao ban")
    await days.work.goes_to(at(10, 21, 16, 30))
    assert told(days.officer, "Lời nhắc của đồng chí: gọi xã") == []


async def test_the_schedule_is_for_admins(days: Days) -> None:
    """An officer who tries is refused."""
    await days.officer.says("/xemtruoc")
    await days.officer.sees("ngoài phạm vi")
