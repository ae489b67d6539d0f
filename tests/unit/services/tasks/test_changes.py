"""What becomes of a task, who may do it, and who is told."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from records.actor import NotAllowed
from records.ids import DraftId, PersonId, TaskId, UnitId
from records.model import Cadence, Draft, Task, TaskState
from records.obligations.refusals import RuleMissing
from records.store import Store
from scheduler.task_checks import check_task
from services.tasks import assignment, changes
from services.tasks.changes import Edit, close, withdraw
from services.tasks.proposal import fresh_proposal
from services.tasks.refusals import DueInThePast, TaskOver, UnknownTask
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    CHIEF,
    DEPUTY,
    HUNG,
    INTERIOR,
    LAN,
    NOW,
    owed,
)

assign = partial(assignment.assign, check=check_task)
change = partial(changes.change, check=check_task)


async def given(store: Store, due: date | None = None) -> Task:
    """Assign a task to the department, and return it."""
    proposal = replace(fresh_proposal("Đối thoại", "tien_do"), leads=(INTERIOR,), due=due)
    (task,) = await assign(store, ADMIN, proposal, NOW)
    return task


def due(day: date | None) -> Edit:
    """Return the change to another due day."""
    return lambda task: replace(task, due=day)


async def test_a_change_is_kept_and_told(office: Store) -> None:
    """The new day stands, and everybody concerned hears of it."""
    task = await given(office)
    await change(office, ADMIN, task.id, due(date(2026, 12, 1)), NOW)
    async with office.begin() as tx:
        held = await tx.get(Task, task.id)
    assert held == replace(task, due=date(2026, 12, 1))
    assert await owed(office, "task_changed") == dict.fromkeys((CHIEF, LAN), task.id)


async def test_a_change_to_the_same_is_none(office: Store) -> None:
    """Nobody is troubled for nothing."""
    task = await given(office)
    assert await change(office, ADMIN, task.id, due(None), NOW) == task
    assert not await owed(office, "task_changed")


async def test_who_is_new_to_a_task_hears_of_it_as_new(office: Store) -> None:
    """Others hear of a change."""
    task = await given(office)
    await change(office, ADMIN, task.id, lambda one: replace(one, support=(AN_HOA,)), NOW)
    assert set(await owed(office, "task_changed")) == {CHIEF, LAN}
    assert HUNG in await owed(office, "task_assigned")


async def test_what_a_task_is_does_not_change(office: Store) -> None:
    """Id, group, maker, origin and state are not an edit's to set."""
    task = await given(office)

    def forged(held: Task) -> Task:
        return replace(
            held, id=TaskId("x"), group="x", created_by=LAN, state=TaskState.DONE, title="Tên mới"
        )

    assert await change(office, ADMIN, task.id, forged, NOW) == replace(task, title="Tên mới")


async def test_an_old_task_can_be_changed_beside_its_day(office: Store) -> None:
    """A day that has passed meanwhile is no mistake of who corrects the title; a new one is."""
    task = await given(office, due=NOW.date())
    later = NOW + timedelta(days=3)
    await change(office, ADMIN, task.id, lambda one: replace(one, title="Khác"), later)
    with pytest.raises(DueInThePast):
        await change(office, ADMIN, task.id, due(date(2026, 11, 3)), later)
    with pytest.raises(RuleMissing):
        await change(
            office, ADMIN, task.id, lambda one: replace(one, cadence=Cadence.MONTHLY), later
        )


async def test_writers_hear_of_a_withdrawn_task_and_keep_their_drafts(office: Store) -> None:
    """Even one who is not of the unit: he was writing for somebody."""
    task = await given(office)
    draft = Draft(
        id=DraftId("d"),
        person=DEPUTY,
        form="tien_do",
        form_version=1,
        started=NOW,
        changed=NOW,
        task=task.id,
    )
    async with office.begin() as tx:
        await tx.add(draft)
    await withdraw(office, ADMIN, task.id, NOW)
    assert set(await owed(office, "task_withdrawn")) == {CHIEF, LAN, DEPUTY}
    async with office.begin() as tx:
        assert await tx.get(Draft, draft.id) == draft


@pytest.mark.parametrize("end", [withdraw, close])
async def test_what_is_over_stays_over(office: Store, end: object) -> None:
    """Neither changed, nor withdrawn, nor closed again."""
    task = await given(office)
    ended = await (withdraw if end is withdraw else close)(office, ADMIN, task.id, NOW)
    assert ended.state is (TaskState.WITHDRAWN if end is withdraw else TaskState.DONE)
    for act in (withdraw, close):
        with pytest.raises(TaskOver):
            await act(office, ADMIN, task.id, NOW)
    with pytest.raises(TaskOver):
        await change(office, ADMIN, task.id, due(None), NOW)


@pytest.mark.parametrize(
    ("actor", "lead", "allowed"),
    [
        (CHIEF, INTERIOR, True),
        (LAN, INTERIOR, False),
        (HUNG, INTERIOR, False),
        (CHIEF, AN_HOA, False),
        (ADMIN, AN_HOA, True),
    ],
)
async def test_only_those_who_may_assign_may_end(
    office: Store, actor: PersonId, lead: UnitId, allowed: bool
) -> None:
    """The supervisor in his subtree, the admin anywhere, the officer nowhere."""
    proposal = replace(fresh_proposal("Đối thoại", "tien_do"), leads=(lead,))
    (task,) = await assign(office, ADMIN, proposal, NOW)
    if allowed:
        assert (await close(office, actor, task.id, NOW)).state is TaskState.DONE
        return
    for act in (close, withdraw):
        with pytest.raises(NotAllowed):
            await act(office, actor, task.id, NOW)
    async with office.begin() as tx:
        assert await tx.get(Task, task.id) == task


async def test_a_task_that_never_was_is_unknown(office: Store) -> None:
    """A forged id is refused."""
    with pytest.raises(UnknownTask):
        await close(office, ADMIN, TaskId("none"), NOW)
