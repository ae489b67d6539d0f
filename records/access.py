"""The one access check: who may do what to which unit, by role and subtree."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from records.ids import UnitId
from records.model import Person, Role
from records.units import UnitTree


class Action(StrEnum):
    """What a person can do in the product."""

    ASK = "ask"
    """Ask the library."""
    REPORT = "report"
    """Write and send a report for a unit."""
    SEE = "see"
    """See a unit's tasks, reports and models."""
    REVIEW = "review"
    """Accept, return or comment a unit's report; grant or refuse more time."""
    URGE = "urge"
    """Remind those of a unit who have not reported."""
    ASSIGN = "assign"
    """Give a unit a task, change or withdraw it."""
    BROADCAST = "broadcast"
    """Send a directive to units for acknowledgement."""
    INVITE = "invite"
    """Let people in: invitations, rosters, requests for access."""
    MANAGE_PEOPLE = "manage_people"
    """Change a person's role, unit, deputies, or end his access."""
    MANAGE_UNITS = "manage_units"
    """Enter, rename, merge units; confirm who took over from whom."""
    MANAGE_LIBRARY = "manage_library"
    """Publish, correct, replace and withdraw documents of the library."""
    SEE_SCHEDULE = "see_schedule"
    """See what will be sent to everybody."""
    SEE_AUDIT = "see_audit"
    """Read the audit log."""


_OWN_UNIT: Final = frozenset({Action.ASK, Action.REPORT, Action.SEE})
_SUBTREE: Final = frozenset({Action.ASK, Action.SEE, Action.REVIEW, Action.URGE, Action.ASSIGN})

RIGHTS: Final[Mapping[Role, tuple[frozenset[Action], frozenset[Action]]]] = {
    Role.OFFICER: (_OWN_UNIT, frozenset({Action.ASK})),
    Role.SUPERVISOR: (_OWN_UNIT | _SUBTREE, _SUBTREE),
    Role.ADMIN: (frozenset(Action), frozenset(Action)),
}
"""By role: what one may do to the own unit, and what to the units below it."""


def may(person: Person, action: Action, unit: UnitId | None, tree: UnitTree) -> bool:
    """Tell whether a person may do this to a unit; without a unit: anywhere in his scope.

    An admin's scope is every unit, a supervisor's is the subtree of his own, an officer's his own.
    """
    if not person.active:
        return False
    own, below = RIGHTS[person.role]
    if person.role is Role.ADMIN or unit is None or unit == person.unit:
        return action in own
    return action in below and person.role is not Role.OFFICER and unit in tree.subtree(person.unit)


def scope(person: Person, tree: UnitTree) -> frozenset[UnitId]:
    """Return the units a person may see."""
    if not person.active:
        return frozenset()
    if person.role is Role.ADMIN:
        return frozenset(tree.units)
    return tree.subtree(person.unit) if person.role is Role.SUPERVISOR else frozenset({person.unit})
