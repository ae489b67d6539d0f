"""To which units a directive can be sent, and which of its clauses concern which of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.proposing import Resolve
from knowledge.model import Directive
from records.ids import UnitId
from records.tasks.proposal import level, levels
from records.units import UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A choice of units: `name` is of a label, `kinds` what a level is made of."""

    name: str
    kinds: tuple[str, ...]
    units: tuple[UnitId, ...]


def scopes(directive: Directive, tree: UnitTree, resolve: Resolve) -> tuple[Scope, ...]:
    """Return the choices: those the text names, every unit, each level."""
    standing = tuple(unit for unit in tree.units if tree.standing(unit))
    named = tuple(clauses_by_unit(directive, resolve))
    whole = tuple(
        Scope(name="level", kinds=kinds, units=level(tree, kinds)) for kinds in levels(tree)
    )
    return (
        Scope(name="named", kinds=(), units=tuple(one for one in named if one in standing)),
        Scope(name="all", kinds=(), units=standing),
        *whole,
    )


def clauses_by_unit(directive: Directive, resolve: Resolve) -> Mapping[UnitId, tuple[str, ...]]:
    """Return the clauses whose duties a unit leads or supports, in the text's order."""
    found: dict[UnitId, dict[str, None]] = {}
    for duty in directive.duties:
        for name in (*duty.lead, *duty.support):
            for unit in resolve(name):
                found.setdefault(unit, {})[duty.clause] = None
    return {unit: tuple(clauses) for unit, clauses in found.items()}
