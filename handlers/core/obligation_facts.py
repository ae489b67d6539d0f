"""What screens say of an obligation."""

from typing import Any

from records.ids import PersonId
from records.obligations.obligation import Obligation
from records.obligations.states import State


def facts(one: Obligation, reader: PersonId | None = None) -> dict[str, Any]:
    """Return what is said of an obligation; to who reports it also why, and for whom."""
    own = None if reader is None else one.as_of(reader)
    stands_for = None if own is None else own.instead_of
    return {
        "title": one.task.title,
        "unit": one.unit_name,
        "period": one.key,
        "due": one.due,
        "days": one.days_left,
        "late": one.days_late,
        "state": one.state.value,
        "reviewer": reviewer(one),
        "why": None if own is None else own.why.value,
        "stands_for": None if stands_for is None else stands_for.name,
    }


def reviewer(one: Obligation) -> str | None:
    """Name who has a report that waits; None where none does."""
    having = one.reviewers.people if one.state is State.WAITING else ()
    return having[0].name if having else None
