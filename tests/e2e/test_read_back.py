"""Nobody's words are acted on by a guess: what was understood is read back, and then done."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from records.model import Cadence, DueRule, Extension, Person, PersonalReminder, StandIn
from tests.e2e.clockwork import Clockwork, assistant_at
from tests.e2e.office import OTHER, SUPERVISOR, Office, found, opened, task
from tests.e2e.phone import Town
from vietnamese.zone import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 11, 28, 7, 0, tzinfo=ZONE)
"""A Saturday."""
DUE = datetime(2026, 11, 3, 8, 0, tzinfo=ZONE)
"""The day before a task is due."""


GIVEN = next(
    (
        one / "shared/cases/typed.jsonl"
        for one in Path(__file__).parents
        if (one / "shared/cases/typed.jsonl").is_file()
    ),
    Path("shared/cases/typed.jsonl"),
)
"""Inputs handed over with the issue, where they are at hand."""


def given(place: str) -> list[dict[str, Any]]:
    """Return the inputs that are typed at a place."""
    if not GIVEN.is_file():
        return []
    lines = [json.loads(line) for line in GIVEN.read_text(encoding="utf-8").splitlines()]
    return [one for one in lines if one["place"] == place]


@dataclass(slots=True)
class Desk:
    """An office and the clock it goes by."""

    office: Office
    work: Clockwork

    async def reminders(self) -> list[tuple[datetime, str]]:
        """Return what is set."""
        async with self.work.store.begin() as tx:
            return [(one.at, one.text) for one in await tx.find(PersonalReminder)]

    async def stand_ins(self) -> tuple[StandIn, ...]:
        """Return who stands in for the supervisor."""
        async with self.work.store.begin() as tx:
            held = await tx.get(Person, SUPERVISOR)
        assert held is not None
        return held.stand_ins

    async def renamed(self, name: str) -> None:
        """Give the other officer a name, and the supervisor all of the province."""
        async with self.work.store.begin("office") as tx:
            other = await tx.get(Person, OTHER)
            assert other is not None
            await tx.put(replace(other, name=name))


@pytest_asyncio.fixture(loop_scope="module")
async def desk(quick_town: Town, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give an office with one yearly task due on 4 November, on 28 November 2026."""
    office = await opened(quick_town)
    yearly = replace(
        task("nam", "Báo cáo năm"),
        cadence=Cadence.YEARLY,
        rule=DueRule(dates=((11, 4),)),
        created=datetime(2026, 9, 1, tzinfo=ZONE),
    )
    async with assistant_at(quick_town, tmp_path, NOW) as work:
        await found(work.store, office, yearly)
        for phone in (office.officer, office.supervisor, office.other):
            await phone.sees("Trợ lý Dân vận")
        yield Desk(office, work)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("8h 10/3 âm lịch giỗ tổ", "08:00 ngày 16/4/2027"),
        ("mùng 5 tháng chạp cúng", "08:00 ngày 12/01/2027"),
        ("8h rằm tháng 7 lễ", "08:00 ngày 16/8/2027"),
        ("17h 31/11 nộp báo cáo", "không có ngày “31/11”"),
        ("8h ngày 30/2/2027 họp", "không có ngày “ngày 30/2/2027”"),
        ("15h họp tuần sau", "15:00 ngày 30/11/2026"),
        ("15h mai 5/12 họp", "cũng là một ngày"),
        ("6h sáng nay họp", "đã qua"),
    ],
)
async def test_a_doubtful_wish_sets_nothing(desk: Desk, typed: str, offered: str) -> None:
    """What was understood is offered, or why nothing can be."""
    await desk.office.officer.says(f"/nhactoi {typed}")
    await desk.office.officer.sees(offered)
    assert await desk.reminders() == []


@pytest.mark.parametrize(
    ("typed", "at", "text"),
    [
        ("8h sáng thứ 2 tuần sau nữa họp", datetime(2026, 12, 7, 8, tzinfo=ZONE), "họp"),
        (
            "10 ngày làm việc nữa nộp báo cáo",
            datetime(2026, 12, 11, 8, tzinfo=ZONE),
            "nộp báo cáo",
        ),
    ],
)
async def test_a_plain_wish_is_set_at_once(desk: Desk, typed: str, at: datetime, text: str) -> None:
    """Weeks after next, and working days by the calendar."""
    await desk.office.officer.says(f"/nhactoi {typed}")
    await desk.office.officer.sees(f"{at:%d/%m/%Y}")
    assert await desk.reminders() == [(at, text)]


async def test_what_was_understood_is_done_once_when_it_is_confirmed(desk: Desk) -> None:
    """Other words may be typed instead; an earlier offer's button then means nothing."""
    officer = desk.office.officer
    await officer.says("/nhactoi 8h 10/3 âm lịch giỗ tổ")
    first = await officer.sees("16/4/2027")
    await officer.presses(first, "Nhập lại")
    await officer.sees("gõ lại")
    await officer.says("8h 23 tháng chạp tiễn ông Táo")
    second = await officer.sees("30/01/2027")
    await officer.presses(second, "Đúng")
    await officer.sees("Trợ lý sẽ nhắc")
    assert await desk.reminders() == [
        (datetime(2027, 1, 30, 8, tzinfo=ZONE), "tiễn ông Táo"),
    ]


async def test_a_day_after_until_is_the_one_that_is_asked_for(desk: Desk) -> None:
    """The supervisor hears of it when it was confirmed, with the words whole."""
    await desk.work.goes_to(DUE)
    officer = desk.office.officer
    await officer.sees("Nhắc việc")
    await officer.taps("Xin gia hạn")
    await officer.says("vì từ ngày 02/11 mưa lũ nên xin đến 20/11")
    await officer.sees("đến hết 20/11/2026")
    async with desk.work.store.begin() as tx:
        assert await tx.find(Extension) == []
    await officer.taps("Đúng")
    await officer.sees("20/11/2026")
    async with desk.work.store.begin() as tx:
        (asked,) = await tx.find(Extension)
    assert asked.until == date(2026, 11, 20)
    assert asked.reason == "vì từ ngày 02/11 mưa lũ nên xin đến 20/11"


async def test_a_right_is_handed_over_only_when_confirmed(desk: Desk) -> None:
    """A Mai is not tomorrow, and no end is asked for."""
    supervisor = desk.office.supervisor
    await desk.renamed("Lò Thị Mai")
    await supervisor.says("/uyquyen Lò Thị Mai từ 05/12")
    await supervisor.sees("ngày đầu và ngày cuối")
    await supervisor.says("/uyquyen Lò Thị Mai từ 05/12 đến 20/12")
    await supervisor.sees("từ 05/12/2026 đến hết 20/12/2026")
    assert await desk.stand_ins() == ()
    await supervisor.taps("Đúng")
    await supervisor.sees("Người thay")
    (deputy,) = await desk.stand_ins()
    assert (deputy.deputy, deputy.since, deputy.until) == (
        OTHER,
        date(2026, 12, 5),
        date(2026, 12, 20),
    )


def right(case: dict[str, Any], shown: str) -> bool:
    """Tell whether a screen shows one of the outcomes that are right."""
    return any(all(re.search(part, shown) for part in one) for one in case["sets"] if one)


@pytest.mark.parametrize("case", given("/nhactoi"), ids=lambda case: case["typed"])
async def test_the_wishes_of_the_issue_come_out_right(desk: Desk, case: dict[str, Any]) -> None:
    """By the list of what is set; nothing is where words are only offered back."""
    officer = desk.office.officer
    await officer.says(f"/nhactoi {case['typed']}")
    await officer.sees("Trợ lý")
    await officer.says("/nhactoi")
    shown = await officer.sees("ời nhắc")
    assert right(case, shown.text) or ([] in case["sets"] and "chưa đặt" in shown.text)


@pytest.mark.parametrize("case", given("/uyquyen"), ids=lambda case: case["typed"])
async def test_the_deputies_of_the_issue_come_out_right(desk: Desk, case: dict[str, Any]) -> None:
    """By who stands in when it was confirmed; nobody does where the end is asked for."""
    supervisor = desk.office.supervisor
    await desk.renamed(case["typed"].partition(" từ")[0])
    await supervisor.says(f"/uyquyen {case['typed']}")
    asked = await supervisor.sees("ngày đầu" if [] in case["sets"] else "Như vậy có đúng không")
    if "✅ Đúng" in asked.labels:
        await supervisor.taps("Đúng")
        await supervisor.sees("Người thay")
    await supervisor.says("/uyquyen")
    shown = await supervisor.sees("Ủy quyền khi vắng mặt")
    assert right(case, shown.text) or ([] in case["sets"] and "chưa ủy quyền" in shown.text)
