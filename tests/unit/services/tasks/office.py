"""A small province with its people, for trying tasks."""

from datetime import datetime

from records.ids import PersonId, UnitId
from records.model import Address, Membership, OutboxMessage, Person, Role, Unit, UnitName
from records.store import Store
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
"""A Monday morning."""

PROVINCE, INTERIOR, OFFICE = UnitId("tinh"), UnitId("noivu"), UnitId("phong")
AN_HOA, BINH_AN = UnitId("anhoa"), UnitId("binhan")
ADMIN, CHIEF, LAN, HUNG, MAI, DEPUTY = (
    PersonId(name) for name in ("admin", "chief", "lan", "hung", "mai", "deputy")
)

UNITS = (
    ("tinh", "tỉnh", "Tỉnh Thử", None),
    ("noivu", "sở", "Sở Nội vụ", "tinh"),
    ("phong", "phòng", "Phòng Dân vận chính quyền", "noivu"),
    ("anhoa", "xã", "Xã An Hòa", "tinh"),
    ("binhan", "phường", "Phường Bình An", "tinh"),
)
PEOPLE = (
    (ADMIN, PROVINCE, Role.ADMIN),
    (CHIEF, INTERIOR, Role.SUPERVISOR),
    (LAN, INTERIOR, Role.OFFICER),
    (DEPUTY, OFFICE, Role.OFFICER),
    (HUNG, AN_HOA, Role.OFFICER),
    (MAI, BINH_AN, Role.SUPERVISOR),
)


async def found_office(store: Store) -> None:
    """Enter the units and the people."""
    async with store.begin() as tx:
        for key, kind, name, parent in UNITS:
            above = (Membership(parent=UnitId(parent)),) if parent else ()
            names = (UnitName(text=name),)
            await tx.add(Unit(id=UnitId(key), kind=kind, names=names, parents=above))
        for person, unit, role in PEOPLE:
            address = Address(channel="telegram", value=str(len(person) * 1000))
            await tx.add(
                Person(id=person, name=person.title(), unit=unit, role=role, addresses=(address,))
            )


async def owed(store: Store, template: str) -> dict[PersonId, str]:
    """Return who is owed this message, with the task it names."""
    async with store.begin() as tx:
        rows = await tx.find(OutboxMessage)
    return {row.person: str(row.facts["task"]) for row in rows if row.template == template}
