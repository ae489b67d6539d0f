"""An office that stands before the assistant starts: units, people with phones, tasks."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from records.ids import PersonId, TaskId, UnitId
from records.model import (
    Address,
    AuditEntry,
    Cadence,
    DueRule,
    Membership,
    Person,
    Report,
    Role,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from records.store import Store
from storage.embedded.store import EmbeddedStore
from tests.e2e.phone import Phone, Town

PROVINCE, COMMUNE, WARD = UnitId("tinh"), UnitId("anhoa"), UnitId("binhan")
OFFICER, SUPERVISOR, OTHER = PersonId("officer"), PersonId("supervisor"), PersonId("other")

UNITS = (
    Unit(id=PROVINCE, kind="tỉnh", names=(UnitName(text="Tỉnh Thử"),)),
    Unit(
        id=COMMUNE,
        kind="xã",
        names=(UnitName(text="Xã An Hòa"),),
        parents=(Membership(parent=PROVINCE),),
    ),
    Unit(
        id=WARD,
        kind="phường",
        names=(UnitName(text="Phường Bình An"),),
        parents=(Membership(parent=PROVINCE),),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The phones of the people in it."""

    officer: Phone
    supervisor: Phone
    other: Phone
    """An officer of another unit."""


async def opened(
    town: Town, officer: str = "Lan", head: str = "Hùng", other: str = "Mai"
) -> Office:
    """Return the phones of three people who have pressed Start."""
    office = Office(
        officer=await town.phone(officer),
        supervisor=await town.phone(head),
        other=await town.phone(other),
    )
    for phone in (office.officer, office.supervisor, office.other):
        await phone.says("/start")
    return office


def task(name: str, title: str, *, unit: UnitId = COMMUNE, form: str = "tien_do") -> Task:
    """Return a task that is reported once, made a while ago."""
    return Task(
        id=TaskId(name),
        title=title,
        lead=unit,
        form=form,
        cadence=Cadence.ONCE,
        created=system_clock() - timedelta(days=100),
        created_by=SUPERVISOR,
    )


def quarterly(name: str, title: str) -> Task:
    """Return a task reported each quarter until the 15th of its last month."""
    rule = DueRule(day_of_month=15)
    return replace(task(name, title, form="doi_thoai"), cadence=Cadence.QUARTERLY, rule=rule)


async def found(store: Store, office: Office, *tasks: Task) -> None:
    """Enter the office into a store."""
    people = (
        (OFFICER, office.officer, COMMUNE, Role.OFFICER),
        (SUPERVISOR, office.supervisor, PROVINCE, Role.SUPERVISOR),
        (OTHER, office.other, WARD, Role.OFFICER),
    )
    async with store.begin() as tx:
        for unit in UNITS:
            await tx.add(unit)
        for person, phone, home, role in people:
            address = Address(channel="telegram", value=str(phone.id))
            name = str(phone.person["first_name"])
            await tx.add(Person(id=person, name=name, unit=home, role=role, addresses=(address,)))
        for one in tasks:
            await tx.add(one)


async def found_in(data: Path, office: Office, *tasks: Task) -> None:
    """Enter the office into the records of a data folder that no process owns."""
    store = await EmbeddedStore.open(data / "records")
    await found(store, office, *tasks)
    await store.close()


async def enter(data: Path, *tasks: Task) -> None:
    """Enter further tasks while no process owns the folder."""
    store = await EmbeddedStore.open(data / "records")
    async with store.begin() as tx:
        for one in tasks:
            await tx.add(one)
    await store.close()


async def withdraw(data: Path, name: str) -> None:
    """Withdraw a task while no process owns the folder."""
    store = await EmbeddedStore.open(data / "records")
    async with store.begin() as tx:
        held = await tx.get(Task, name)
        assert held is not None
        await tx.put(replace(held, state=TaskState.WITHDRAWN))
    await store.close()


async def reports_in(data: Path) -> list[Report]:
    """Return the reports of a folder that no process owns, oldest first."""
    store = await EmbeddedStore.open(data / "records")
    async with store.begin() as tx:
        found = await tx.find(Report)
    await store.close()
    return found


async def denied_in(data: Path) -> list[AuditEntry]:
    """Return the tries that were denied."""
    store = await EmbeddedStore.open(data / "records")
    async with store.begin() as tx:
        entries = await tx.find(AuditEntry)
    await store.close()
    return [one for one in entries if not one.allowed]
