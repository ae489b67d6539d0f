"""A proposal on its way: kept after every tap, so that a restart or another process goes on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError

from records.access import Action
from records.actor import Acting, acting
from records.focus import at, enter, leave, lock, text_of
from records.ids import PersonId, UnitId
from records.model import Focus
from records.store import Store, Transaction
from services.tasks.proposal import Proposal
from services.tasks.refusals import NoProposal

LISTENING: Final = "assign"
"""Topic of a proposal's focus."""
TOPICS: Final = (LISTENING, "assign.open")
"""The second was written for a proposal that waits for taps only, until a focus could rest."""

_FACT: Final = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A proposal that one person is working on, and where he stands in it."""

    proposal: Proposal
    part: str = ""
    """Which part he is looking at; empty: the whole."""
    listens: bool = False
    """Whether the next typed words belong to that part."""
    at: UnitId | None = None
    """Below which unit he is choosing; None: at the top."""
    found: tuple[str, ...] = ()
    """Ids that his typed words found, in place of what stands below `at`."""
    page: int = 0
    unresolved: tuple[str, ...] = ()
    """Addressees as the directive words them that no unit of today answers to."""
    document: str = ""
    """Id of the document whose duties he is going through; empty for a free task."""


Step = Callable[[Pending], Pending]


async def begin(store: Store, actor: PersonId, pending: Pending, now: datetime) -> Pending:
    """Begin a proposal, in the place of any other of the person; raises NotAllowed."""
    async with acting(store, actor, now, lock(actor)) as act:
        act.require(Action.ASSIGN, None, "assign")
        await _keep(act, pending)
        return pending


async def go_on(store: Store, actor: PersonId, proposal: str, step: Step, now: datetime) -> Pending:
    """Take a step of a proposal; raises NoProposal for one that is over, and NotAllowed."""
    async with acting(store, actor, now, lock(actor)) as act:
        act.require(Action.ASSIGN, None, "assign")
        held = await pending_of(act.tx, actor)
        if held is None or held.proposal.id != proposal:
            raise NoProposal
        taken = step(held)
        await _keep(act, replace(taken, proposal=replace(taken.proposal, id=proposal)))
        return taken


async def pending_of(tx: Transaction, person: PersonId) -> Pending | None:
    """Return the proposal that a person is working on; None if there is none."""
    focus = await at(tx, person, *TOPICS)
    if focus is None:
        return None
    try:
        return _adapter().validate_json(text_of(focus, _FACT))
    except ValidationError:
        return None


async def drop(store: Store, actor: PersonId, proposal: str, now: datetime) -> None:
    """Forget a proposal; one that is over already is none."""
    async with acting(store, actor, now, lock(actor)) as act:
        await leave(act.tx, actor, *TOPICS, subject=proposal)


async def _keep(act: Acting, pending: Pending) -> None:
    await enter(
        act.tx,
        Focus(
            id=act.actor.id,
            topic=LISTENING,
            subject=pending.proposal.id,
            since=act.now,
            facts={_FACT: _adapter().dump_json(pending).decode()},
            listens=pending.listens,
        ),
    )


def _adapter() -> TypeAdapter[Pending]:
    return TypeAdapter(Pending)
