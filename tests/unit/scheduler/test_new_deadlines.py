"""A new deadline of a task is shown before it is set, and knows the working calendar."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from records.ids import PersonId, TaskId, UnitId
from records.model import (
    Cadence,
    CalendarOverride,
    DayKind,
    Focus,
    Person,
    Role,
    Task,
    Unit,
    UnitName,
)
from scheduler.new_deadlines import confirm, understood
from services.tasks.edits import EDITING, ask_edit
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
"""A Monday."""
ADMIN = PersonId("an")
TASK = TaskId("t")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give an admin, and a task reported once whose deadline he is about to type."""
    held = await EmbeddedStore.open(tmp_path)
    unit = UnitId("xa")
    async with held.begin() as tx:
        await tx.add(Unit(id=unit, kind="xã", names=(UnitName(text="Xã"),)))
        await tx.add(Person(id=ADMIN, name="An", unit=unit, role=Role.ADMIN))
        await tx.add(
            Task(
                id=TASK,
                title="Rà soát",
                lead=unit,
                form="tien_do",
                cadence=Cadence.ONCE,
                created=NOW,
                created_by=ADMIN,
                due=date(2026, 12, 30),
            )
        )
        day = date(2026, 11, 24)
        await tx.add(
            CalendarOverride(
                id=str(day), day=day, kind=DayKind.OFF, basis="Thông báo", made_by=ADMIN
            )
        )
    await ask_edit(held, ADMIN, TASK, "due", NOW)
    yield held
    await held.close()


async def asked(store: EmbeddedStore) -> Focus:
    """Return what the admin's next words belong to."""
    async with store.begin() as tx:
        (held,) = [one for one in await tx.find(Focus) if one.topic == EDITING]
    return held


async def test_working_days_are_counted_by_the_calendar(store: EmbeddedStore) -> None:
    """The announced day off is none; nothing is set before it is confirmed."""
    read = await understood(store, ADMIN, await asked(store), "sau 3 ngày làm việc", NOW)
    assert read is not None
    assert read.due == date(2026, 11, 27)
    async with store.begin() as tx:
        held = await tx.get(Task, TASK)
        assert held is not None
        assert held.due == date(2026, 12, 30)
    changed = await confirm(store, ADMIN, await asked(store), NOW)
    assert (changed.due, changed.due_text) == (date(2026, 11, 27), "sau 3 ngày làm việc")


async def test_what_was_shown_is_what_is_set(store: EmbeddedStore) -> None:
    """A "ngày mai" confirmed on the next day is still the day that was read."""
    read = await understood(store, ADMIN, await asked(store), "ngày mai", NOW)
    assert read is not None
    later = datetime(2026, 11, 24, 0, 5, tzinfo=ZONE)
    assert (await confirm(store, ADMIN, await asked(store), later)).due == read.due
    assert read.due == date(2026, 11, 24)


async def test_words_that_are_no_deadline_are_asked_for_again(store: EmbeddedStore) -> None:
    """Nothing is kept of them."""
    assert await understood(store, ADMIN, await asked(store), "bao giờ cũng được", NOW) is None
