"""To which units a directive can be sent, and which of its clauses concern which of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import Directive
from records.ids import UnitId
from records.units import UnitTree
from services.tasks.proposal import level, levels
from services.units.resolution import Resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A choice of units: `name` is of a label, `kinds` what a level is made of."""

    name: str
    kinds: tuple[str, ...]
    units: tuple[UnitId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Whom a directive charges with what, as far as its words are sure."""

    clauses: Mapping[UnitId, tuple[str, ...]]
    """The clauses whose duties a unit leads or supports, in the text's order."""
    unknown: tuple[str, ...]
    """Words for a body that stand for no unit of today for sure."""


def scopes(directive: Directive, tree: UnitTree, resolve: Resolve) -> tuple[Scope, ...]:
    """Return the choices: those the text names, every unit, each level."""
    standing = tuple(unit for unit in tree.units if tree.standing(unit))
    named = charged(directive, resolve).clauses
    whole = tuple(
        Scope(name="level", kinds=kinds, units=level(tree, kinds)) for kinds in levels(tree)
    )
    return (
        Scope(name="named", kinds=(), units=tuple(one for one in named if one in standing)),
        Scope(name="all", kinds=(), units=standing),
        *whole,
    )


def charged(directive: Directive, resolve: Resolve) -> Charged:
    """Return whom the duties of a directive charge."""
    found: dict[UnitId, dict[str, None]] = {}
    unknown: dict[str, None] = {}
    for duty in directive.duties:
        for name in (*duty.lead, *duty.support):
            units = resolve(name)
            if not units:
                unknown[name] = None
            for unit in units:
                found.setdefault(unit, {})[duty.clause] = None
    return Charged(
        clauses={unit: tuple(clauses) for unit, clauses in found.items()},
        unknown=tuple(unknown),
    )
