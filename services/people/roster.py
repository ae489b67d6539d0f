"""A roster: everybody of an office in one table, taken as a whole or not at all.

A row with a Telegram id enters or changes that person; one without becomes an invitation, unless
somebody of that name is in the unit already. Names are compared with their accents: Hưng is not
Hùng. A phone number is no Telegram id, and lets nobody in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId
from records.model import Address, Invitation, Person, Role
from records.store import Store
from services.people.accounts import is_id, looks_like_phone
from services.people.admins import admins
from services.people.entry import DOOR, NAME_LENGTH, clean_name, enter, stranger
from services.people.invitations import Made, Wanted, prepare
from services.people.members import POSITION_LENGTH, note_changes
from services.people.refusals import LastAdmin
from services.sheets.faults import Fault, FaultKind, cell_faults
from services.sheets.refusals import SheetFaulty
from services.sheets.rows import Column, Row
from services.units.names import UnitNames
from vietnamese.text import comparable, fold, has_diacritics

COLUMNS: Final = (
    Column(
        key="name",
        titles=("Họ tên", "Họ và tên", "Họ, tên", "Tên", "Họ và tên cán bộ", "Cán bộ"),
        parts=(
            "Họ",
            "Họ đệm",
            "Họ và đệm",
            "Họ và tên đệm",
            "Họ tên đệm",
            "Họ và chữ đệm",
            "Họ và chữ lót",
            "Họ lót",
            "Tên đệm",
            "Chữ đệm",
            "Chữ lót",
        ),
    ),
    Column(key="position", titles=("Chức vụ", "Chức danh", "Chức vụ, chức danh"), required=False),
    Column(
        key="unit",
        titles=("Đơn vị", "Tên đơn vị", "Cơ quan", "Đơn vị công tác", "Cơ quan, đơn vị"),
        grouped=True,
    ),
    Column(key="role", titles=("Vai trò", "Quyền"), required=False),
    Column(
        key="telegram",
        titles=("Telegram id", "Mã Telegram", "Telegram", "ID Telegram"),
        required=False,
    ),
)

ROLES: Final[Mapping[str, Role]] = {
    "": Role.OFFICER,
    "can bo": Role.OFFICER,
    "nguoi bao cao": Role.OFFICER,
    "officer": Role.OFFICER,
    "lanh dao": Role.SUPERVISOR,
    "phu trach": Role.SUPERVISOR,
    "lanh dao theo doi": Role.SUPERVISOR,
    "nguoi theo doi": Role.SUPERVISOR,
    "nguoi duyet": Role.SUPERVISOR,
    "supervisor": Role.SUPERVISOR,
    "quan tri": Role.ADMIN,
    "quan tri vien": Role.ADMIN,
    "admin": Role.ADMIN,
}
"""What a roster calls the roles, folded; a blank cell is an officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a row asks for."""

    row: int
    name: str
    position: str
    unit: UnitId
    role: Role
    address: Address | None
    phone: str = ""
    """What stood for the Telegram id and looks like a phone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A line by itself that names the unit of the rows below it which name none."""

    row: int
    unit: str
    """The unit as the line has it."""
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a roster would do."""

    faults: tuple[Fault, ...] = ()
    entering: tuple[tuple[Address, Entry], ...] = ()
    """People with an address who are not here yet."""
    inviting: tuple[Entry, ...] = ()
    changing: tuple[tuple[Person, Entry], ...] = ()
    same: int = 0
    """Rows of people who are here just so."""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a roster did; the codes of the invitations are not to be had again."""

    plan: Plan
    invitations: tuple[Made, ...]


async def preview(
    store: Store, actor: PersonId, rows: Sequence[Row], channel: str, now: datetime
) -> Plan:
    """Return what the rows would do, or their faults; nothing is written. Raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, None, "roster")
        return await _plan(act, rows, channel)


async def take(
    store: Store, actor: PersonId, rows: Sequence[Row], channel: str, now: datetime
) -> Imported:
    """Do what the rows ask for, in one transaction.

    Raises NotAllowed, SheetFaulty where a row is wrong (now), LastAdmin.
    """
    locks = await _locks(store, actor, rows, channel, now)
    async with acting(store, actor, now, DOOR, *locks) as act:
        act.require(Action.INVITE, None, "roster")
        plan = await _plan(act, rows, channel)
        if plan.faults:
            raise SheetFaulty(rows=len({one.row for one in plan.faults}))
        for address, entry in plan.entering:
            await _enter(act, address, entry)
        for person, entry in plan.changing:
            await _change(act, person, entry)
        if not await admins(act.tx):
            raise LastAdmin
        await _void_earlier(act, plan.inviting)
        made = [await _invite(act, entry) for entry in plan.inviting]
        await act.note("roster", actor, f"{len(rows)}")
        return Imported(plan=plan, invitations=tuple(made))


async def _locks(
    store: Store, actor: PersonId, rows: Sequence[Row], channel: str, now: datetime
) -> list[str]:
    plan = await preview(store, actor, rows, channel, now)
    return [f"person:{person.id}" for person, _ in plan.changing]


async def _plan(act: Acting, rows: Sequence[Row], channel: str) -> Plan:
    faults: list[Fault] = []
    entries, names = [], UnitNames(act.tree)
    rows, groups = _grouped(rows, names)
    for row in rows:
        units = names.named(row.cells["unit"])
        wrong = _faults(row, len(units), names)
        faults += wrong
        if not wrong:
            entries.append(_entry(row, units[0], channel))
    faults += _duplicates(entries)
    plan = await _sorted(act, entries)
    found = sorted((*faults, *plan.faults), key=lambda one: one.row)
    return Plan(faults=tuple(found)) if found else replace(plan, groups=groups)


def _grouped(rows: Sequence[Row], names: UnitNames) -> tuple[tuple[Row, ...], tuple[Group, ...]]:
    """Give rows without a unit that of the line above their group, where it is a unit's name.

    Any other line by itself ends a group: nobody is put into the unit of an earlier one.
    """
    taken, below = [], Counter[tuple[int, str]]()
    for row in rows:
        if not row.alone and not row.cells["unit"] and names.named(row.under):
            below[row.under_row, row.under] += 1
            taken.append(replace(row, cells={**row.cells, "unit": row.under}))
        elif row.alone and not row.cells["unit"] and names.named(row.alone):
            below[row.number, row.alone] += 0
        else:
            taken.append(row)
    taken = [one for one in taken if (one.number, one.alone) not in below]
    groups = (Group(row=at, unit=unit, people=count) for (at, unit), count in below.items())
    return tuple(taken), tuple(groups)


def _faults(row: Row, units: int, names: UnitNames) -> list[Fault]:
    """Return what is wrong with a row by itself; `units` bear the name of its unit."""
    said = {column.key: row.cells.get(column.key, "") for column in COLUMNS}
    kinds = {
        FaultKind.NAME_MISSING: "" if any(map(str.isalpha, said["name"])) else "name",
        FaultKind.NAME_LONG: "name" if len(said["name"]) > NAME_LENGTH else "",
        FaultKind.UNIT_MISSING: "" if said["unit"] else "unit",
        FaultKind.ROLE_UNKNOWN: "" if fold(said["role"]) in ROLES else "role",
        FaultKind.ADDRESS_WRONG: ""
        if not said["telegram"] or looks_like_phone(said["telegram"]) or is_id(said["telegram"])
        else "telegram",
        FaultKind.UNIT_UNKNOWN: "unit" if said["unit"] and not units else "",
        FaultKind.UNIT_SEVERAL: "unit" if units > 1 else "",
    }
    own = [
        Fault(
            row=row.number,
            kind=kind,
            said=said[key],
            near=names.near(said[key]) if kind is FaultKind.UNIT_UNKNOWN else "",
        )
        for kind, key in kinds.items()
        if key
    ]
    return [*cell_faults(row)] or own


def _entry(row: Row, unit: UnitId, channel: str) -> Entry:
    telegram = row.cells.get("telegram", "")
    return Entry(
        row=row.number,
        name=clean_name(row.cells["name"]),
        position=row.cells.get("position", "")[:POSITION_LENGTH],
        unit=unit,
        role=ROLES[fold(row.cells.get("role", ""))],
        address=Address(channel=channel, value=telegram) if is_id(telegram) else None,
        phone=telegram if looks_like_phone(telegram) else "",
    )


def _duplicates(entries: Iterable[Entry]) -> list[Fault]:
    """Return a fault for each row that repeats the person of an earlier one."""
    seen: set[str] = set()
    faults = []
    for one in entries:
        key = stranger(one.address) if one.address else f"{comparable(one.name)}:{one.unit}"
        if key in seen:
            faults.append(Fault(row=one.row, kind=FaultKind.DUPLICATE, said=one.name))
        seen.add(key)
    return faults


async def _sorted(act: Acting, entries: Iterable[Entry]) -> Plan:
    """Tell who is new, who is changed, who stays, and whom a row may mean or not."""
    plan = Plan()
    for read in entries:
        one, held = await _known(act, read)
        fault = _doubt(one, held, await _namesakes(act, one))
        if fault is not None:
            plan = replace(plan, faults=(*plan.faults, fault))
        elif one.address is not None and not (held and held[0].active):
            plan = replace(plan, entering=(*plan.entering, (one.address, one)))
        elif not held:
            plan = replace(plan, inviting=(*plan.inviting, one))
        elif _as_asked(held[0], one) == held[0]:
            plan = replace(plan, same=plan.same + 1)
        else:
            plan = replace(plan, changing=(*plan.changing, (held[0], one)))
    return plan


async def _known(act: Acting, entry: Entry) -> tuple[Entry, list[Person]]:
    """Return whom a row means: by the address, else by name and unit.

    An id that looks like a phone number counts where somebody here has it.
    """
    if entry.address is not None:
        found = await act.tx.find(Person, {"address": stranger(entry.address)})
        held = sorted(found, key=lambda one: not one.active)[:1]
        if held and held[0].active:
            return replace(entry, phone=""), held
        if not entry.phone:
            return entry, held
    entry = replace(entry, address=None)
    namesakes = await _namesakes(act, entry)
    return entry, [one for one in namesakes if comparable(one.name) == comparable(entry.name)]


async def _namesakes(act: Acting, entry: Entry) -> list[Person]:
    """Return the active people of the unit whose name reads the same without accents."""
    people = await act.tx.find(Person, {"unit": entry.unit})
    return [one for one in people if one.active and fold(one.name) == fold(entry.name)]


def _doubt(entry: Entry, held: Sequence[Person], namesakes: Sequence[Person]) -> Fault | None:
    """Return why it cannot be told whom a row means; None where it can."""
    if len(held) > 1:
        return Fault(row=entry.row, kind=FaultKind.PERSON_SEVERAL, said=entry.name)
    if held and held[0].active:
        return None
    same = [one for one in namesakes if comparable(one.name) == comparable(entry.name)]
    if same:
        return Fault(row=entry.row, kind=FaultKind.PERSON_ELSEWHERE, said=entry.name)
    bare = [
        one for one in namesakes if not has_diacritics(entry.name) or not has_diacritics(one.name)
    ]
    if bare:
        return Fault(row=entry.row, kind=FaultKind.PERSON_BARE, said=entry.name, near=bare[0].name)
    return None


def _as_asked(person: Person, entry: Entry) -> Person:
    return replace(
        person,
        name=entry.name,
        position=entry.position or person.position,
        role=entry.role,
        unit=entry.unit,
    )


async def _enter(act: Acting, address: Address, entry: Entry) -> None:
    """Enter a person; nothing is owed to him, since a bot cannot write before it is written to."""
    place = (entry.unit, entry.role, entry.position)
    person = await enter(act.tx, address, entry.name, place, act.now)
    await act.note("access_grant", person.id, f"{entry.role.value}:{entry.unit}")


async def _change(act: Acting, person: Person, entry: Entry) -> None:
    changed = _as_asked(person, entry)
    await act.tx.put(changed)
    await note_changes(act, person, changed)


async def _void_earlier(act: Acting, entries: Iterable[Entry]) -> None:
    """End the invitations that an earlier roster made for the same people."""
    again = {(comparable(one.name), one.unit) for one in entries}
    for held in await act.tx.find(Invitation, {"used_by": None}):
        if held.expires > act.now and (comparable(held.name), held.unit) in again:
            await act.tx.put(replace(held, expires=act.now))


async def _invite(act: Acting, entry: Entry) -> Made:
    wanted = Wanted(unit=entry.unit, role=entry.role, name=entry.name, position=entry.position)
    return await prepare(act, wanted)
