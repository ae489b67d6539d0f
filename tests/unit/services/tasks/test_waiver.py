"""A supervisor asks for a period's report no more: who may, whom it frees, and how it is undone."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from records.actor import NotAllowed
from records.focus import stop
from records.ids import DraftId, PeriodKey, PersonId, TaskId, UnitId
from records.model import (
    AuditEntry,
    Cadence,
    Draft,
    DueRule,
    Focus,
    OutboxMessage,
    Person,
    SupportRule,
    Task,
    TaskState,
    Waiver,
)
from records.obligations.ledger import office_of, owed_on
from records.obligations.states import State
from records.store import Store
from services.tasks.refusals import NothingOwed, OwnDuty, UnknownTask, WaiverUnexplained
from services.tasks.waiver import (
    WAITING,
    Place,
    Release,
    ask_reason,
    owed_by,
    waive,
    want_again,
)
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    BINH_AN,
    CHIEF,
    DEPUTY,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    OFFICE,
)

OLD = NOW - timedelta(days=400)
TASK = Task(
    id=TaskId("doithoai"),
    title="Đối thoại với Nhân dân",
    lead=OFFICE,
    form="doi_thoai",
    cadence=Cadence.QUARTERLY,
    rule=DueRule(day_of_month=15),
    created=OLD,
    created_by=ADMIN,
)
REASON = "Đơn vị mới thành lập, chưa có số liệu"


def place(period: str | None, task: Task = TASK, unit: UnitId = OFFICE) -> Place:
    """Return a period of a task."""
    key = None if period is None else PeriodKey(period)
    return Place(task=task.id, unit=unit, period=key)


async def states(store: Store, task: Task = TASK, now: datetime = NOW) -> dict[str | None, State]:
    """Return how every period stands, by its name."""
    async with store.begin() as tx:
        office = await office_of(tx, now, (task,))
        return {one.key: one.state for one in await owed_on(tx, task, office)}


async def told(store: Store) -> list[tuple[PersonId, str]]:
    """Return who is owed which message, oldest first."""
    async with store.begin() as tx:
        return [(one.person, one.template) for one in await tx.find(OutboxMessage)]


async def noted(store: Store) -> list[AuditEntry]:
    """Return the audit log."""
    async with store.begin() as tx:
        return await tx.find(AuditEntry)


async def put(store: Store, *records: Task | Person | Draft) -> None:
    """Enter records."""
    async with store.begin() as tx:
        for one in records:
            await tx.put(one)


@pytest.fixture
async def owing(office: Store) -> Store:
    """Give an office of a department that has not reported for over a year."""
    await put(office, TASK)
    return office


async def test_one_period_is_asked_for_no_more_however_old(owing: Store) -> None:
    """The others stay as late as they are; who owed it is told, with reason and name."""
    before = await states(owing)
    assert before["2025-Q4"] is State.OVERDUE
    release = await waive(owing, CHIEF, place("2025-Q4"), f"  {REASON} ", NOW)
    assert await states(owing) == {**before, "2025-Q4": State.WITHDRAWN}
    assert (release.people, release.unit) == (("Deputy",), "Phòng Dân vận chính quyền")
    assert release.waiver == Waiver(
        id="doithoai:phong:2025-Q4",
        task=TASK.id,
        unit=OFFICE,
        by=CHIEF,
        at=NOW,
        reason=REASON,
        period=release.place.period,
    )
    async with owing.begin() as tx:
        [row] = await tx.find(OutboxMessage)
    assert (row.person, row.template) == (DEPUTY, "period_waived")
    assert (row.facts["by"], row.facts["reason"]) == ("Chief", REASON)


async def test_it_is_written_down_with_its_reason(owing: Store) -> None:
    """And so is the way back."""
    await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    await want_again(owing, CHIEF, place("2025-Q4"), NOW)
    assert [(one.actor, one.action, one.subject, one.detail) for one in await noted(owing)] == [
        (CHIEF, "waive", OFFICE, f"doithoai 2025-Q4 {REASON}"),
        (CHIEF, "want_again", OFFICE, "doithoai 2025-Q4"),
    ]


async def test_it_is_taken_back_and_may_be_made_again(owing: Store) -> None:
    """The arrear is as old as it was; whoever owes it hears each time."""
    before = await states(owing)
    await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    release = await want_again(owing, CHIEF, place("2025-Q4"), NOW)
    assert (release.waiver, await states(owing)) == (None, before)
    later = NOW + timedelta(minutes=1)
    await waive(owing, CHIEF, place("2025-Q4"), "Khác", later)
    assert await told(owing) == [
        (DEPUTY, "period_waived"),
        (DEPUTY, "period_wanted_again"),
        (DEPUTY, "period_waived"),
    ]


async def test_two_taps_make_one_waiver(owing: Store) -> None:
    """At the same moment too, by two supervisors: the first one's reason stays."""
    both = await asyncio.gather(
        waive(owing, CHIEF, place("2025-Q4"), REASON, NOW),
        waive(owing, ADMIN, place("2025-Q4"), "Lý do khác", NOW),
    )
    assert both[0].waiver == both[1].waiver
    assert len(await told(owing)) == len(await noted(owing)) == 1
    for _ in range(2):
        await want_again(owing, ADMIN, place("2025-Q4"), NOW)
    assert len(await told(owing)) == len(await noted(owing)) == 2


@pytest.mark.parametrize(
    ("actor", "may"),
    [(ADMIN, True), (CHIEF, True), (MAI, False), (HUNG, False), (DEPUTY, False), (LAN, False)],
)
async def test_only_who_supervises_the_unit_may(owing: Store, actor: PersonId, may: bool) -> None:
    """The supervisor of its subtree and the admin; another's try is written down."""
    acts = (
        lambda: ask_reason(owing, actor, place("2025-Q4"), NOW),
        lambda: waive(owing, actor, place("2025-Q4"), REASON, NOW),
        lambda: want_again(owing, actor, place("2025-Q4"), NOW),
        lambda: owed_by(owing, actor, OFFICE, NOW),
    )
    for act in acts:
        if may:
            await act()
        else:
            with pytest.raises(NotAllowed):
                await act()
    assert all(one.allowed for one in await noted(owing)) is may
    assert (await states(owing))["2025-Q4"] is State.OVERDUE


async def test_nobody_frees_himself(owing: Store) -> None:
    """Neither the head who reports for his own unit, nor who stands in for him."""
    own = replace(TASK, id=TaskId("rieng"), lead=INTERIOR, assignees=(CHIEF,))
    await put(owing, own)
    for act in (
        ask_reason(owing, CHIEF, place("2025-Q4", own, INTERIOR), NOW),
        waive(owing, CHIEF, place("2025-Q4", own, INTERIOR), REASON, NOW),
    ):
        with pytest.raises(OwnDuty):
            await act
    await waive(owing, ADMIN, place("2025-Q4", own, INTERIOR), REASON, NOW)
    assert await told(owing) == [(CHIEF, "period_waived")]


async def test_a_unit_without_anybody_is_freed_by_who_would_report_for_it(owing: Store) -> None:
    """The supervisor above, to whom its reports have fallen: nothing else could end them."""
    async with owing.begin() as tx:
        deputy = await tx.get(Person, DEPUTY)
        assert deputy is not None
        await tx.put(replace(deputy, active=False))
    release = await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    assert release.people == ("Chief",)
    assert await told(owing) == []


@pytest.mark.parametrize("words", ["", "   ", "x" * 501])
async def test_a_waiver_has_a_reason(owing: Store, words: str) -> None:
    """Of a sentence: neither none nor a page."""
    with pytest.raises(WaiverUnexplained):
        await waive(owing, CHIEF, place("2025-Q4"), words, NOW)
    assert await noted(owing) == []


async def test_what_is_not_owed_cannot_be_waived(owing: Store) -> None:
    """A period that is none, one to come, a task on events, an unknown task."""
    event = replace(TASK, id=TaskId("suvu"), cadence=Cadence.ON_EVENT, rule=None)
    await put(owing, event)
    for wrong in (place("2024-Q1"), place("2027-Q4"), place(None), place(None, event)):
        with pytest.raises(NothingOwed):
            await waive(owing, CHIEF, wrong, REASON, NOW)
    with pytest.raises(UnknownTask):
        await waive(owing, CHIEF, replace(place("2025-Q4"), task=TaskId("none")), REASON, NOW)


async def test_who_is_writing_the_report_is_told_and_keeps_his_draft(owing: Store) -> None:
    """Even somebody who is of the unit no more; a draft of another period hears nothing."""
    draft = Draft(
        id=DraftId("d"),
        person=HUNG,
        form="doi_thoai",
        form_version=1,
        started=NOW,
        changed=NOW,
        task=TASK.id,
        period=place("2025-Q4").period,
    )
    other = replace(draft, id=DraftId("e"), person=MAI, period=place("2026-Q1").period)
    await put(owing, draft, other)
    await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    assert {person for person, _ in await told(owing)} == {DEPUTY, HUNG}
    async with owing.begin() as tx:
        assert await tx.get(Draft, draft.id) == draft


async def test_a_supporting_unit_is_freed_alone(owing: Store) -> None:
    """The lead goes on owing; a unit that is only told owes nothing to be freed from."""
    both = replace(TASK, id=TaskId("chung"), lead=AN_HOA, support=(BINH_AN,))
    await put(owing, both)
    await waive(owing, ADMIN, place("2025-Q4", both, BINH_AN), REASON, NOW)
    async with owing.begin() as tx:
        found = await owed_on(tx, both, await office_of(tx, NOW, (both,)))
    stood = {one.unit: one.state for one in found if one.key == "2025-Q4"}
    assert stood == {AN_HOA: State.OVERDUE, BINH_AN: State.WITHDRAWN}
    await put(owing, replace(both, support_rule=SupportRule.TOLD))
    with pytest.raises(NothingOwed):
        await waive(owing, ADMIN, place("2026-Q1", both, BINH_AN), REASON, NOW)


async def test_what_a_unit_could_be_freed_from_is_listed_oldest_first(owing: Store) -> None:
    """What it leads and what it supports; nothing that is answered, waived or another's."""
    await put(owing, replace(TASK, id=TaskId("khac"), lead=AN_HOA, support=(OFFICE,)))
    await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    found = await owed_by(owing, CHIEF, OFFICE, NOW)
    assert {one.unit for one in found} == {OFFICE}
    assert {one.unit for one in await owed_by(owing, CHIEF, INTERIOR, NOW)} == {OFFICE}
    assert [one.due for one in found] == sorted(one.due for one in found if one.due)
    keys = {(one.task.id, one.key) for one in found}
    assert ("khac", "2025-Q4") in keys
    assert ("doithoai", "2025-Q4") not in keys


async def test_the_reason_is_waited_for_until_it_comes_or_is_left(owing: Store) -> None:
    """The next words belong to it; once taken or left, they are a question again."""
    release: Release = await ask_reason(owing, CHIEF, place("2025-Q4"), NOW)
    assert (release.waiver, release.people) == (None, ("Deputy",))
    async with owing.begin() as tx:
        held = await tx.get(Focus, CHIEF)
    assert held is not None
    assert (held.topic, held.subject) == ("task.waive", TASK.id)
    assert held.facts == {"unit": OFFICE, "period": "2025-Q4"}
    await stop(owing, CHIEF, WAITING)
    await ask_reason(owing, CHIEF, place("2026-Q1"), NOW)
    await waive(owing, CHIEF, place("2026-Q1"), REASON, NOW)
    async with owing.begin() as tx:
        assert await tx.get(Focus, CHIEF) is None


async def test_a_reason_that_comes_too_late_waives_nothing(owing: Store) -> None:
    """The report came meanwhile, or the right was lost; the refusal asks for no other words."""
    await ask_reason(owing, CHIEF, place("2025-Q4"), NOW)
    await put(owing, replace(TASK, state=TaskState.DONE))
    with pytest.raises(NothingOwed) as refused:
        await waive(owing, CHIEF, place("2025-Q4"), REASON, NOW)
    assert not refused.value.again
    assert WaiverUnexplained.again


async def test_words_that_wait_elsewhere_stay_there(owing: Store) -> None:
    """Leaving a waiver ends nothing else that the person is at."""
    other = Focus(id=CHIEF, topic="report", subject="d", since=NOW)
    async with owing.begin() as tx:
        await tx.put(other)
    await stop(owing, CHIEF, WAITING)
    async with owing.begin() as tx:
        assert await tx.get(Focus, CHIEF) == other
