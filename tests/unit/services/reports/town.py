"""A small province with two tasks, for trying reports."""

from dataclasses import replace
from datetime import datetime, timedelta

from records.dialog.values import Given
from records.forms.files import Forms, read_forms, shipped_forms
from records.ids import DraftId, PeriodKey, PersonId, TaskId, UnitId
from records.model import (
    Cadence,
    Draft,
    Membership,
    OutboxMessage,
    Person,
    Report,
    Role,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from records.store import Store
from services.reports.steps import take_step
from services.reports.values import About, Dialog, Input, Sent, Shown
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=ZONE)
LATER = NOW + timedelta(days=1)
FORMS: Forms = read_forms([shipped_forms()])

PROVINCE, COMMUNE, WARD, OFFICE = UnitId("tinh"), UnitId("anhoa"), UnitId("binhan"), UnitId("vp")
LAN, HUNG, MAI, CHIEF = PersonId("lan"), PersonId("hung"), PersonId("mai"), PersonId("chief")
TASK, MONTHLY = TaskId("rasoat"), TaskId("tiepdan")
OCTOBER = PeriodKey("2026-10")
ONCE = About(task=TASK)
DUE = About(task=MONTHLY, period=OCTOBER)


async def found_town(store: Store) -> None:
    """Enter units, people and tasks."""
    async with store.begin() as tx:
        for unit, name, parent in (
            (PROVINCE, "Tỉnh Thử", None),
            (COMMUNE, "Xã An Hòa", PROVINCE),
            (OFFICE, "Văn phòng xã An Hòa", COMMUNE),
            (WARD, "Phường Bình An", PROVINCE),
        ):
            above = (Membership(parent=parent),) if parent else ()
            await tx.add(Unit(id=unit, kind="xã", names=(UnitName(text=name),), parents=above))
        for person, unit, role in (
            (LAN, COMMUNE, Role.OFFICER),
            (HUNG, COMMUNE, Role.OFFICER),
            (MAI, WARD, Role.OFFICER),
            (CHIEF, PROVINCE, Role.SUPERVISOR),
        ):
            await tx.add(Person(id=person, name=person.title(), unit=unit, role=role))
        task = Task(
            id=TASK,
            title="Rà soát tổ dân vận",
            lead=COMMUNE,
            form="tien_do",
            cadence=Cadence.ONCE,
            created=NOW,
            created_by=CHIEF,
        )
        await tx.add(task)
        await tx.add(replace(task, id=MONTHLY, form="doi_thoai", cadence=Cadence.MONTHLY))


async def give(store: Store, shown: Shown, given: Given, now: datetime = NOW) -> Shown:
    """Tap or type at the dialog as it is shown."""
    assert isinstance(shown, Dialog)
    draft = shown.draft
    step = Input(draft=draft.id, given=given, revision=draft.revision)
    return await take_step(store, FORMS, draft.person, step, now)


async def give_all(store: Store, shown: Shown, *given: Given) -> Shown:
    """Give one input after the other, each taken."""
    for one in given:
        shown = await give(store, shown, one)
        assert isinstance(shown, Sent) or (shown.objection is None and not shown.stale), one
    return shown


def dialog(shown: Shown) -> Dialog:
    """Return what is still a dialog."""
    assert isinstance(shown, Dialog)
    return shown


def sent(shown: Shown) -> Sent:
    """Return what has become a report."""
    assert isinstance(shown, Sent)
    return shown


async def withdraw(store: Store, task: TaskId, state: TaskState = TaskState.WITHDRAWN) -> None:
    """Put a task into a state in which nobody asks for reports."""
    async with store.begin() as tx:
        held = await tx.get(Task, task)
        assert held is not None
        await tx.put(replace(held, state=state))


async def change_person(
    store: Store, person: PersonId, *, unit: UnitId = COMMUNE, active: bool = True
) -> None:
    """Move somebody, or end his access."""
    async with store.begin() as tx:
        held = await tx.get(Person, person)
        assert held is not None
        await tx.put(replace(held, unit=unit, active=active))


async def reports(store: Store) -> list[Report]:
    """Return every report, oldest first."""
    async with store.begin() as tx:
        return await tx.find(Report)


async def draft_of(store: Store, draft: DraftId) -> Draft | None:
    """Return a draft as it is kept."""
    async with store.begin() as tx:
        return await tx.get(Draft, draft)


async def owed(store: Store) -> list[OutboxMessage]:
    """Return what the bot owes."""
    async with store.begin() as tx:
        return await tx.find(OutboxMessage)
