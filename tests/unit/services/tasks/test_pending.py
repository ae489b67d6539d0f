"""A proposal on its way outlives restarts, and is one person's."""

from dataclasses import replace
from pathlib import Path

import pytest

from records.actor import NotAllowed
from records.ids import PersonId
from records.model import Focus
from records.store import Store
from services.tasks.pending import LISTENING, TOPICS, Pending, begin, drop, go_on, pending_of
from services.tasks.proposal import fresh_proposal
from services.tasks.refusals import NoProposal
from storage.embedded.store import EmbeddedStore
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    CHIEF,
    INTERIOR,
    LAN,
    NOW,
    found_office,
)

BEGUN = Pending(
    proposal=replace(fresh_proposal("Đối thoại", "tien_do"), leads=(INTERIOR,)),
    unresolved=("Ban Dân vận Tỉnh ủy",),
)
ID = BEGUN.proposal.id


def added(held: Pending) -> Pending:
    """Charge another unit, and wait for words."""
    proposal = replace(held.proposal, leads=(*held.proposal.leads, AN_HOA))
    return replace(held, proposal=proposal, part="title", listens=True, at=INTERIOR)


async def kept(store: Store, person: PersonId = ADMIN) -> Pending | None:
    """Return what the store holds for a person."""
    async with store.begin() as tx:
        return await pending_of(tx, person)


async def test_a_step_is_there_after_a_restart(tmp_path: Path) -> None:
    """What was chosen is read back from the folder as it was."""
    store = await EmbeddedStore.open(tmp_path)
    await found_office(store)
    await begin(store, ADMIN, BEGUN, NOW)
    await go_on(store, ADMIN, ID, added, NOW)
    await store.close()
    again = await EmbeddedStore.open(tmp_path)
    assert await kept(again) == added(BEGUN)
    await again.close()


async def test_words_are_listened_to_only_where_a_step_waits(office: Store) -> None:
    """Between two taps, what is typed stays a question to the library."""
    await begin(office, ADMIN, BEGUN, NOW)
    topics = []
    for step in (lambda held: held, added):
        await go_on(office, ADMIN, ID, step, NOW)
        async with office.begin() as tx:
            focus = await tx.get(Focus, ADMIN)
        topics.append(focus and (focus.topic, focus.listens))
    assert topics == [(LISTENING, False), (LISTENING, True)]


async def test_a_button_of_another_proposal_does_nothing(office: Store) -> None:
    """One that gave way, one that was dropped, and one of somebody else."""
    await begin(office, ADMIN, BEGUN, NOW)
    newer = replace(BEGUN, proposal=fresh_proposal("Khác", "tien_do"))
    await begin(office, ADMIN, newer, NOW)
    for person in (ADMIN, CHIEF):
        with pytest.raises(NoProposal):
            await go_on(office, person, ID, added, NOW)
    await drop(office, ADMIN, ID, NOW)
    assert await kept(office) == newer
    await drop(office, ADMIN, newer.proposal.id, NOW)
    assert await kept(office) is None


async def test_an_officer_cannot_begin(office: Store) -> None:
    """Who may assign to nobody is refused at the start."""
    with pytest.raises(NotAllowed):
        await begin(office, LAN, BEGUN, NOW)
    assert await kept(office, LAN) is None


@pytest.mark.parametrize("topic", TOPICS)
async def test_what_another_version_kept_is_no_proposal(office: Store, topic: str) -> None:
    """An unreadable step is none, and a new one can be begun."""
    facts = {"pending": '{"proposal": {"name": "old"}}'}
    async with office.begin() as tx:
        await tx.add(Focus(id=ADMIN, topic=topic, subject=ID, since=NOW, facts=facts))
    assert await kept(office) is None
    with pytest.raises(NoProposal):
        await go_on(office, ADMIN, ID, added, NOW)
