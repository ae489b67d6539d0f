"""What is about to be assigned, and whether it can be."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from records.ids import PersonId, TaskId, UnitId, new_id
from records.model import Cadence, DueRule, Origin, SupportRule, Task
from records.units import UnitTree
from services.tasks.refusals import DueInThePast, NoTitle

COMMUNES: Final = ("xã", "phường", "đặc khu")
"""Kinds of the level below the province since 1 July 2025: Luật 72/2025/QH15, Điều 1."""

TITLE_LENGTH: Final = 400
"""Characters of a title: what a task's screen shows whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One duty, and to whom it is to go: a task for each lead unit comes of it.

    With people and no lead units, their own units lead. `id` becomes the `group` of the tasks, so
    that a proposal assigned twice is assigned once.
    """

    id: str
    title: str
    form: str
    leads: tuple[UnitId, ...] = ()
    support: tuple[UnitId, ...] = ()
    support_rule: SupportRule = SupportRule.ASKED
    assignees: tuple[PersonId, ...] = ()
    reviewer: PersonId | None = None
    """None: the supervisor of each lead unit, or of the nearest unit above that has one."""
    origin: Origin | None = None
    cadence: Cadence = Cadence.ONCE
    due: date | None = None
    due_text: str | None = None
    rule: DueRule | None = None
    cutoff_day: int | None = None
    ladder: tuple[int, ...] | None = None
    priority: int = 0


class Timing(NamedTuple):
    """When a task is reported on, as a deadline gives it; one without a rule awaits an admin's."""

    cadence: Cadence
    rule: DueRule | None = None
    due: date | None = None


def fresh_proposal(title: str, form: str) -> Proposal:
    """Return a proposal that charges nobody yet."""
    return Proposal(id=new_id(), title=title, form=form)


def as_task(proposal: Proposal, *, lead: UnitId, actor: PersonId, now: datetime) -> Task:
    """Return the task of one lead unit; who reports and who reviews by default is not told yet."""
    return Task(
        id=TaskId(new_id()),
        title=proposal.title.strip(),
        lead=lead,
        form=proposal.form,
        cadence=proposal.cadence,
        created=now,
        created_by=actor,
        origin=proposal.origin,
        support=tuple(unit for unit in dict.fromkeys(proposal.support) if unit != lead),
        support_rule=proposal.support_rule,
        reviewer=proposal.reviewer,
        due=proposal.due,
        due_text=proposal.due_text,
        rule=proposal.rule,
        cutoff_day=proposal.cutoff_day,
        ladder=proposal.ladder,
        group=proposal.id,
        priority=proposal.priority,
    )


def level(tree: UnitTree, kinds: Iterable[str], within: UnitId | None = None) -> tuple[UnitId, ...]:
    """Return the standing units of these kinds, all or of a subtree: "toàn bộ xã, phường"."""
    return tuple(unit for kind in kinds for unit in tree.of_kind(kind, within))


def levels(tree: UnitTree, within: UnitId | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the levels that can be charged as a whole, by the kinds of their units.

    The communes' level first where several kinds stand on it, then each kind of two or more units.
    """
    held = tree.subtree(within) if within is not None else tree.units.keys()
    kinds = Counter(tree.units[unit].kind for unit in tree.units if unit in held)
    several = tuple((kind,) for kind in kinds if len(level(tree, (kind,), within)) > 1)
    communes = tuple(kind for kind in COMMUNES if tree.of_kind(kind, within))
    return (communes, *several) if len(communes) > 1 else several


Check = Callable[[Task], None]
"""Refuses a task whose periods and due days cannot be told; `scheduler.task_checks` has it."""


def check_name(title: str) -> None:
    """Raise NoTitle for a name of blanks."""
    if not title.strip():
        raise NoTitle


def check_day(due: date | None, today: date) -> None:
    """Raise DueInThePast for a day before today."""
    if due is not None and due < today:
        raise DueInThePast(due=due)
