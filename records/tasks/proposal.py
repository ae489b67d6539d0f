"""What is about to be assigned, and whether it can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from records.ids import PersonId, UnitId, new_id
from records.model import Cadence, DueRule, Origin
from records.tasks.refusals import DueInThePast, NoDueRule, NoTitle, RuleDoesNotFit
from records.units import UnitTree

LEAP_YEAR: Final = 2028
"""A rule's day must exist in a leap year: 29/02 is due on the last of February in others."""

UNRULED: Final = frozenset({Cadence.ONCE, Cadence.ON_EVENT})
"""Cadences that have no periods, and so need no rule."""

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


def fresh_proposal(title: str, form: str) -> Proposal:
    """Return a proposal that charges nobody yet."""
    return Proposal(id=new_id(), title=title, form=form)


def level(tree: UnitTree, kinds: Iterable[str], within: UnitId | None = None) -> tuple[UnitId, ...]:
    """Return the standing units of these kinds, all or of a subtree: "toàn bộ xã, phường"."""
    return tuple(unit for kind in kinds for unit in tree.of_kind(kind, within))


def check_terms(
    title: str, cadence: Cadence, rule: DueRule | None, due: date | None, today: date
) -> None:
    """Refuse a task that could not be followed.

    Raises NoTitle, NoDueRule, RuleDoesNotFit, DueInThePast.
    """
    if not title.strip():
        raise NoTitle
    if cadence not in UNRULED and rule is None:
        raise NoDueRule
    if rule is not None and not _fits(rule):
        raise RuleDoesNotFit
    if due is not None and due < today:
        raise DueInThePast(due=due)


def _fits(rule: DueRule) -> bool:
    ways = (bool(rule.dates), rule.day_of_month, rule.weekday, rule.working_days)
    return (
        sum(way not in (None, False) for way in ways) == 1
        and all(_exists(month, day) for month, day in rule.dates)
        and 1 <= (rule.day_of_month or 1) <= 31
        and 1 <= (rule.weekday or 1) <= 7
        and (rule.working_days is None or rule.working_days > 0)
        and rule.months_after >= 0
    )


def _exists(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
