"""A proposal on its way to tasks: begun from a duty or free, filled by taps and words, assigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from knowledge.model import Directive, Duty
from records.actor import acting, tree_of
from records.forms.files import Forms
from records.forms.model import Purpose
from records.ids import PersonId, UnitId
from records.model import CalendarOverride, Person, Succession, Task
from records.obligations.periods import Period, periods
from records.obligations.working_days import Calendar, calendar_of
from records.store import Store, Transaction
from scheduler.duties import origin_of, proposed
from scheduler.task_checks import check_task
from scheduler.typed_deadlines import read_timing
from services.tasks import steps
from services.tasks.assignment import assign
from services.tasks.choices import (
    UNIT_PARTS,
    Part,
    Reach,
    people,
    people_called,
    people_to_name,
    reviewers,
)
from services.tasks.pending import Pending, Step, drop, go_on, pending_of
from services.tasks.proposal import Proposal, as_task, fresh_proposal, level, levels
from services.tasks.refusals import NoProposal
from services.units.resolution import by_name
from vietnamese.zone import day_of

AHEAD: Final = timedelta(days=500)
"""How far the first due day of a proposal is looked for; a year's, and some more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A proposal with what its screen needs to know beside it."""

    pending: Pending
    reach: Reach
    people: Sequence[Person]
    """Those named in the proposal."""
    offered: Sequence[Person]
    """Those to choose from, where people are chosen."""
    next_due: Period | None
    """The first report that the proposal would ask for."""

    @property
    def part(self) -> Part | None:
        """The part that is looked at; None: the whole."""
        return part_of(self.pending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What came of a proposal."""

    pending: Pending
    tasks: tuple[Task, ...]
    units: tuple[str, ...]
    """The names of the lead units."""


async def given_of(store: Store, file: str) -> list[Task]:
    """Return the open tasks that were born of a document."""
    async with store.begin() as tx:
        found = await tx.find(Task, {"state": "open"})
    return [task for task in found if task.origin is not None and task.origin.file == file]


async def of_duty(
    store: Store,
    forms: Forms,
    meant: tuple[Directive, Duty],
    cited: tuple[str, str],
    now: datetime,
) -> Pending:
    """Return what the text gives for a duty; `cited` is its document in a line, and the version."""
    directive, duty = meant
    async with store.begin() as tx:
        units_of = by_name(await tree_of(tx, now), await tx.find(Succession))
    return proposed(directive, duty, origin_of(directive, duty, *cited), units_of, forms)


def free(forms: Forms) -> Pending:
    """Return a proposal that no directive asks for: its title is asked first."""
    plain = forms.serving(Purpose.PROGRESS).id
    return Pending(proposal=fresh_proposal("", plain), part=Part.TITLE.word, listens=True)


async def laid_out(store: Store, person: PersonId, pending: Pending, now: datetime) -> Layout:
    """Lay a proposal out for its screen."""
    own, part = pending.proposal, part_of(pending)
    async with acting(store, person, now) as act:
        reach = Reach(tree=act.tree, units=act.scope)
        named = (*own.assignees, *([own.reviewer] if own.reviewer else []))
        offered: Sequence[Person] = ()
        if part is Part.PEOPLE:
            offered = await people_to_name(act.tx, reach, pending)
        elif part is Part.REVIEWER:
            offered = await reviewers(act.tx, reach, pending)
        calendar = calendar_of(await act.tx.find(CalendarOverride))
        return Layout(
            pending=pending,
            reach=reach,
            people=await people(act.tx, named),
            offered=offered,
            next_due=_next_due(own, calendar, now),
        )


async def take_level(
    store: Store, person: PersonId, proposal: str, place: tuple[Part, int], now: datetime
) -> Pending | None:
    """Take a whole level below the unit shown into a part, or out of it.

    `place` is the part and the level's place among those offered; None where there is none.
    """
    part, kind = place
    async with acting(store, person, now) as act:
        reach = Reach(tree=act.tree, units=act.scope)
        at = reach.at(await _held(act.tx, person, proposal))
    offered = levels(reach.tree, at)
    if at is None or kind >= len(offered):
        return None
    units = level(reach.tree, offered[kind], at)
    return await go_on(store, person, proposal, steps.unit_toggled(part, *units), now)


async def take_words(
    store: Store, person: PersonId, proposal: str, words: str, now: datetime
) -> tuple[Pending, bool]:
    """Take typed words into the part that waits for them; tell whether they were understood."""
    async with acting(store, person, now) as act:
        held = await _held(act.tx, person, proposal)
        reach = Reach(tree=act.tree, units=act.scope)
        step = await _step(act.tx, reach, held, words, now)
    pending = await go_on(store, person, proposal, step or steps.searched(()), now)
    return pending, step is not None


async def confirm(
    store: Store, person: PersonId, proposal: str, now: datetime, *, again: bool
) -> Assigned:
    """Assign a proposal, and be at it no more; raises NoProposal, and what `assign` raises."""
    held = await pending_for(store, person, proposal)
    async with store.begin() as tx:
        tree = await tree_of(tx, now)
    tasks = await assign(store, person, held.proposal, now, check=check_task, again=again)
    await drop(store, person, proposal, now)
    units = tuple(tree.name(task.lead) for task in tasks)
    return Assigned(pending=held, tasks=tasks, units=units)


async def abandon(store: Store, person: PersonId, proposal: str, now: datetime) -> str:
    """Forget a proposal; return the document whose duties it was of, or ""."""
    async with store.begin() as tx:
        held = await pending_of(tx, person)
    await drop(store, person, proposal, now)
    return held.document if held is not None and held.proposal.id == proposal else ""


async def pending_for(store: Store, person: PersonId, proposal: str) -> Pending:
    """Return a proposal that a person is at; raises NoProposal."""
    async with store.begin() as tx:
        return await _held(tx, person, proposal)


def part_of(held: Pending) -> Part | None:
    """Return the part that somebody looks at; None: the whole."""
    return next((part for part in Part if held.part == part.word), None)


async def _held(tx: Transaction, person: PersonId, proposal: str) -> Pending:
    held = await pending_of(tx, person)
    if held is None or held.proposal.id != proposal:
        raise NoProposal
    return held


async def _step(
    tx: Transaction, reach: Reach, held: Pending, words: str, now: datetime
) -> Step | None:
    """Return what typed words do to the part that waits; None where they are not understood."""
    part = part_of(held)
    if part is Part.TITLE:
        return steps.titled(words) if words.strip() else None
    if part is Part.DUE:
        calendar = calendar_of(await tx.find(CalendarOverride))
        timing = read_timing(words, day_of(now), calendar.add_working_days)
        return None if timing is None else steps.timed(timing, " ".join(words.split()))
    found: tuple[str, ...] = (
        reach.named(words)
        if part in UNIT_PARTS
        else tuple(one.id for one in await people_called(tx, reach, words))
    )
    return steps.searched(found) if found else None


def _next_due(proposal: Proposal, calendar: Calendar, now: datetime) -> Period | None:
    """Return the first report that a proposal would ask for, if it were assigned now."""
    task = as_task(proposal, lead=UnitId(""), actor=PersonId(""), now=now)
    today = day_of(now)
    return next(periods(task, calendar, today, today + AHEAD), None)
