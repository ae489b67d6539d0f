"""The log is read newest first, page by page, by admins alone."""

from datetime import datetime, timedelta

import pytest

from records.actor import NotAllowed
from records.model import AuditEntry
from records.store import Store
from services.people.audit import audit_page
from tests.unit.services.tasks.office import ADMIN, CHIEF, INTERIOR, LAN, NOW


async def write(store: Store, number: int, at: datetime, actor: str = ADMIN) -> None:
    """Write one entry."""
    async with store.begin() as tx:
        await tx.add(
            AuditEntry(id=f"e{number}", at=at, actor=actor, action="x", subject=LAN, allowed=True)
        )


async def test_pages_run_back_over_months(office: Store) -> None:
    """Months without entries, and a year between, lose nothing and repeat nothing."""
    for number in range(30):
        await write(office, number, NOW - timedelta(days=400 - 13 * number))
    seen: list[str] = []
    for page in range(5):
        found = await audit_page(office, ADMIN, NOW, page, 7)
        assert found.total == 30
        seen += [one.entry.id for one in found.lines]
    assert seen == [f"e{number}" for number in reversed(range(30))]
    assert (await audit_page(office, ADMIN, NOW, 9, 7)).lines == ()


async def test_the_log_of_one_person(office: Store) -> None:
    """Only what he did himself; ids are told as names."""
    await write(office, 1, NOW, CHIEF)
    await write(office, 2, NOW)
    found = await audit_page(office, ADMIN, NOW, 0, 7, CHIEF)
    assert [(one.actor, one.subject) for one in found.lines] == [("Chief", "Lan")]


async def test_units_and_strangers_have_names_too(office: Store) -> None:
    """A unit by its name; a stranger by his address."""
    async with office.begin() as tx:
        await tx.add(
            AuditEntry(
                id="a", at=NOW, actor="telegram:5", action="x", subject=INTERIOR, allowed=False
            )
        )
    (line,) = (await audit_page(office, ADMIN, NOW, 0, 7)).lines
    assert (line.actor, line.subject) == ("telegram:5", "Sở Nội vụ")


async def test_only_admins_read_the_log(office: Store) -> None:
    """A supervisor's try is itself in it."""
    with pytest.raises(NotAllowed):
        await audit_page(office, CHIEF, NOW, 0, 7)
    (line,) = (await audit_page(office, ADMIN, NOW, 0, 7)).lines
    assert (line.entry.actor, line.entry.allowed) == (CHIEF, False)
