"""What is owed is said alike everywhere: the ways in which surfaces once disagreed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from records.actor import acting
from records.forms.files import read_forms, shipped_forms
from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.kinds import Record
from records.model import (
    Address,
    Cadence,
    DueRule,
    Membership,
    OutboxMessage,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    Task,
    Unit,
    UnitName,
)
from records.store import Store
from scheduler.digest import digest
from scheduler.due_days import coming
from scheduler.planner import plan
from scheduler.urges import urge_all
from services.reports.drafts import open_draft
from services.reports.one_tap import AtOnce, report_at_once
from services.reports.values import About, Dialog, Sent
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

FORMS = read_forms([shipped_forms()])
MADE = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
COMMUNE, PROVINCE = UnitId("xa"), UnitId("tinh")
LAN, MAI, HUNG, MINH = PersonId("lan"), PersonId("mai"), PersonId("hung"), PersonId("minh")


def person(
    key: PersonId, unit: UnitId, role: Role = Role.OFFICER, *, active: bool = True
) -> Person:
    """Return somebody whom the channel reaches."""
    reached = (Address(channel="telegram", value=key),)
    return Person(id=key, name=key.title(), unit=unit, role=role, addresses=reached, active=active)


ONCE = Task(
    id=TaskId("once"),
    title="Rà soát tổ dân vận",
    lead=COMMUNE,
    form="tien_do",
    cadence=Cadence.ONCE,
    created=MADE,
    created_by=MINH,
    due=date(2026, 11, 18),
)


def report(task: Task, submitted: datetime, outcome: Outcome = Outcome.DONE) -> Report:
    """Return a first version of the lead's."""
    return Report(
        id=ReportId(f"r-{task.id}"),
        series=ReportId(f"r-{task.id}"),
        version=1,
        author=LAN,
        unit=task.lead,
        form=task.form,
        form_version=1,
        outcome=outcome,
        submitted=submitted,
        draft=DraftId(f"d-{task.id}"),
        task=task.id,
    )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a province with a commune, two officers, its head, and the one above."""
    held = await EmbeddedStore.open(tmp_path)
    above = (Membership(parent=PROVINCE),)
    await put(
        held,
        Unit(id=PROVINCE, kind="tỉnh", names=(UnitName(text="Tỉnh"),)),
        Unit(id=COMMUNE, kind="xã", names=(UnitName(text="Xã"),), parents=above),
        person(LAN, COMMUNE),
        person(MAI, COMMUNE),
        person(HUNG, COMMUNE, Role.SUPERVISOR),
        person(MINH, PROVINCE, Role.SUPERVISOR),
        ONCE,
    )
    yield held
    await held.close()


async def put(store: Store, *records: Record) -> None:
    """Write records."""
    async with store.begin() as tx:
        for one in records:
            await tx.put(one)


async def told(store: Store, template: str) -> set[str]:
    """Return whom the bot owes such a message."""
    async with store.begin() as tx:
        return {one.person for one in await tx.find(OutboxMessage) if one.template == template}


async def test_who_is_reminded_may_report(store: EmbeddedStore) -> None:
    """The only assignee left: his colleagues are reminded in his place, and can report."""
    await put(store, replace(ONCE, assignees=(LAN,)), person(LAN, COMMUNE, active=False))
    await plan(store, datetime(2026, 11, 19, 7, 0, tzinfo=ZONE))
    assert await told(store, "reminder") == {MAI}
    opened = await open_draft(store, FORMS, MAI, About(task=ONCE.id), NOW)
    assert isinstance(opened, Dialog)


async def test_arrears_do_not_vanish_by_age(store: EmbeddedStore) -> None:
    """What has been late for half a year is counted and urged; reported at last, it is seen."""
    await put(store, replace(ONCE, due=date(2026, 5, 4)))
    async with acting(store, MINH, NOW) as act:
        found = await digest(act, FORMS)
    assert (found.total.late, found.total.asked) == (1, 1)
    assert (await urge_all(store, FORMS, MINH, NOW)).reminded == 2
    await put(store, report(ONCE, NOW))
    async with acting(store, MINH, NOW) as act:
        found = await digest(act, FORMS)
    assert (found.total.late, found.total.reported) == (0, 1)


async def test_a_progress_report_leaves_its_day_standing(store: EmbeddedStore) -> None:
    """It is late once its day has passed, and it is still to come before that."""
    await put(store, report(ONCE, datetime(2026, 11, 2, 9, 0, tzinfo=ZONE), Outcome.IN_PROGRESS))
    async with acting(store, MINH, NOW) as act:
        assert (await digest(act, FORMS)).total.late == 1
    before = datetime(2026, 11, 15, 9, 0, tzinfo=ZONE)
    for now, left in ((before, 3), (NOW, -2)):
        async with acting(store, LAN, now) as act:
            assert [one.days_left for one in await coming(act, 60)] == [left]


async def test_a_supervisor_sees_the_days_of_his_units(store: EmbeddedStore) -> None:
    """His calendar is not empty while their reports are due."""
    async with acting(store, MINH, NOW) as act:
        assert len(await coming(act, 60)) == 1


@pytest.mark.parametrize(
    ("at", "on_time", "late"),
    [
        (datetime(2026, 11, 18, 23, 59, tzinfo=ZONE), 1, 0),
        (datetime(2026, 11, 19, 0, 5, tzinfo=ZONE), 0, 1),
    ],
)
async def test_the_day_ends_at_midnight(
    store: EmbeddedStore, at: datetime, on_time: int, late: int
) -> None:
    """What arrives five minutes after the last day in time is late."""
    await put(store, report(ONCE, at))
    async with acting(store, MINH, NOW) as act:
        found = await digest(act, FORMS)
    assert [(one.on_time, one.late) for one in found.trend] == [(on_time, late)]
    assert found.total.came_late == late


AT_ONCE = AtOnce(task=ONCE.id, period=None, outcome=Outcome.DONE, draft=DraftId("button"))


async def test_a_reviewer_out_of_reach_is_passed_over(store: EmbeddedStore) -> None:
    """Upwards; the sender is told who has it."""
    away = replace(person(HUNG, COMMUNE, Role.SUPERVISOR), addresses=())
    await put(store, away, replace(ONCE, reviewer=HUNG))
    shown = await report_at_once(store, FORMS, LAN, AT_ONCE, NOW)
    assert await told(store, "report_received") == {MINH}
    assert isinstance(shown, Sent)
    assert (shown.reviewers, shown.passed_over) == (("Minh",), "Hung")


async def test_who_returned_a_report_sees_it_come_again(store: EmbeddedStore) -> None:
    """Beside the reviewer whom the task names."""
    returned = replace(
        report(ONCE, datetime(2026, 11, 10, 9, 0, tzinfo=ZONE)),
        state=ReportState.RETURNED,
        reviewed_by=MINH,
        reviewed=datetime(2026, 11, 11, 9, 0, tzinfo=ZONE),
    )
    await put(store, returned)
    await report_at_once(store, FORMS, LAN, AT_ONCE, NOW)
    assert await told(store, "report_received") == {HUNG, MINH}


async def test_a_yearly_period_is_named_alike(store: EmbeddedStore) -> None:
    """By its key, wherever it is spoken of."""
    yearly = replace(ONCE, cadence=Cadence.YEARLY, due=None, rule=DueRule(dates=((11, 25),)))
    await put(store, yearly)
    async with acting(store, LAN, NOW) as act:
        assert [one.period for one in await coming(act, 60)] == [PeriodKey("2026")]
    async with acting(store, MINH, NOW) as act:
        keys = [one.key for one in (await digest(act, FORMS)).cells]
    assert keys == ["2026"], "though the figures of the next year are open"
