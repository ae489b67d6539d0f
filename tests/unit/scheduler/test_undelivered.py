"""What did not surely arrive is told: to the supervisor of those concerned, and to an admin."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.actor import NotAllowed, acting
from records.forms.files import read_forms, shipped_forms
from records.ids import PersonId, UnitId
from records.model import Delivery, Membership, OutboxMessage, Person, Role, Unit, UnitName
from scheduler.digest import digest
from scheduler.undelivered import SHOWN, outbox_state
from storage.embedded.store import EmbeddedStore

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
LAN = Person(id=PersonId("lan"), name="Lan", unit=UnitId("xa"), role=Role.OFFICER)
HEAD = replace(LAN, id=PersonId("hung"), name="Hùng", role=Role.SUPERVISOR)
MAI = replace(LAN, id=PersonId("mai"), name="Mai", unit=UnitId("khac"))
ADMIN = replace(LAN, id=PersonId("thu"), name="Thu", unit=UnitId("tinh"), role=Role.ADMIN)


def row(person: Person, state: Delivery, ago: timedelta = timedelta()) -> OutboxMessage:
    """Return a message that came to this state so long ago."""
    return OutboxMessage(
        key=f"{person.id}:{state}:{ago}",
        person=person.id,
        template="personal",
        facts={},
        created=NOW - ago,
        state=state,
        settled=None if state is Delivery.OWED else NOW - ago,
    )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give two communes of a province, and what was sent to their people."""
    opened = await EmbeddedStore.open(tmp_path)
    above = (Membership(parent=UnitId("tinh")),)
    async with opened.begin() as tx:
        for key in ("tinh", "xa", "khac"):
            parents = () if key == "tinh" else above
            names = (UnitName(text=f"Xã {key}"),)
            await tx.add(Unit(id=UnitId(key), kind="xã", names=names, parents=parents))
        for person in (LAN, HEAD, MAI, replace(ADMIN, unreachable=NOW)):
            await tx.add(person)
        for one in (
            row(LAN, Delivery.UNKNOWN),
            row(LAN, Delivery.POISON, timedelta(hours=1)),
            row(LAN, Delivery.SENT),
            row(HEAD, Delivery.UNKNOWN),
            row(MAI, Delivery.UNKNOWN, timedelta(days=1)),
            row(MAI, Delivery.POISON, SHOWN),
            row(MAI, Delivery.OWED, timedelta(minutes=3)),
            row(LAN, Delivery.OWED, timedelta(minutes=-3)),
        ):
            await tx.add(one)
    yield opened
    await opened.close()


async def test_a_digest_names_whom_something_may_not_have_reached(store: EmbeddedStore) -> None:
    """Those of the reader's units, not the reader, and nothing of last week."""
    async with acting(store, HEAD.id, NOW) as act:
        state = await digest(act, read_forms((shipped_forms(),)))
    assert [(one.name, one.messages) for one in state.unsure] == [("Lan", 2)]
    assert not state.silent


async def test_an_admin_sees_how_the_outbox_stands(store: EmbeddedStore) -> None:
    """What is due, since when, who may not have got his, whom nothing reaches."""
    state = await outbox_state(store, ADMIN.id, NOW)
    assert (state.owed, state.oldest) == (1, NOW - timedelta(minutes=3))
    assert [one.name for one in state.unsure] == ["Lan", "Hùng", "Mai"]
    assert (state.refused, state.unreachable) == (1, 1)


async def test_only_an_admin_does(store: EmbeddedStore) -> None:
    """A supervisor reads of his own units in his digest."""
    with pytest.raises(NotAllowed):
        await outbox_state(store, HEAD.id, NOW)
