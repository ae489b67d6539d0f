"""A body that a directive charges, found among today's units: by name, by kind, by takeover."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from records.ids import UnitId
from records.model import Succession
from records.units import UnitTree
from vietnamese.text import fold

ALL_OF: Final = "cac "
"""Stands, folded, before a kind of body when all of them are meant: "các sở"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Units that hold a body's duties today, and why."""

    units: tuple[UnitId, ...]
    basis: str | None = None
    """The takeover's basis, where they hold them as successors."""


def resolve(tree: UnitTree, successions: Iterable[Succession], name: str) -> Resolved:
    """Return the standing units that a body's name means; none where nothing says so.

    A unit that bears or bore the name comes first, then a confirmed takeover, then a kind ("các
    xã"): what is not known is left to the admin, never guessed.
    """
    named = tree.called(name)
    if named:
        return Resolved(units=named)
    wanted = fold(name).strip()
    for one in successions:
        if one.confirmed_by is not None and wanted in {fold(body) for body in one.predecessors}:
            standing = tuple(unit for unit in one.successors if tree.standing(unit))
            return Resolved(units=standing, basis=one.basis)
    return Resolved(units=_of_kinds(tree, wanted))


def _of_kinds(tree: UnitTree, wanted: str) -> tuple[UnitId, ...]:
    """Return the units of the kinds named ("xa, phuong"), in the tree's order."""
    bare = wanted.removeprefix(ALL_OF)
    kinds = {part.strip() for part in bare.replace(" va ", ",").split(",")}
    known = {fold(unit.kind) for unit in tree.units.values()}
    if not kinds or not kinds <= known:
        return ()
    return tuple(
        unit for unit, one in tree.units.items() if fold(one.kind) in kinds and tree.standing(unit)
    )
