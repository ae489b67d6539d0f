"""Who holds today what a directive charged a body with, by its name as the directive words it.

Exact names come first, then confirmed successions, then kinds ("các sở"), then names that contain
all the words. Each candidate says on what it rests; only the first three may be taken unasked, and
a name that several units bear never is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from records.ids import UnitId
from records.model import Succession
from records.units import UnitTree
from services.units.names import plain
from vietnamese.text import fold, syllables

Resolve = Callable[[str], tuple[UnitId, ...]]
"""Gives the units of today that a directive's words for a body stand for; none if unknown."""

_EVERY: Final = re.compile(r"^(?:tat ca |toan bo )?(?:cac|moi|tung)\s+")
_PARTS: Final = re.compile(r"\s*[,;/]\s*|\s+va\s+")

LONGEST_CHAIN: Final = 12
"""Successions followed one after another; in a century there were fewer reorganisations."""


class Basis(StrEnum):
    """On what a candidate rests."""

    NAME = "name"
    """It bears or bore the name."""
    SUCCESSION = "succession"
    """It took over, as an admin confirmed."""
    KIND = "kind"
    """It is of the kind that is meant as a whole."""
    ALIKE = "alike"
    """Its name contains the words: a suggestion, no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A standing unit that may be meant."""

    unit: UnitId
    basis: Basis
    cited: str = ""
    """The decision of the last succession on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a name stands for on a day; `certain` where it may be taken without asking."""

    candidates: tuple[Candidate, ...] = ()
    certain: bool = False

    @property
    def units(self) -> tuple[UnitId, ...]:
        """The candidates' units, each once."""
        return tuple(dict.fromkeys(one.unit for one in self.candidates))


def by_name(tree: UnitTree, successions: Iterable[Succession]) -> Resolve:
    """Resolve what is sure: names of today, confirmed successors, whole levels ("các sở")."""
    confirmed = tuple(successions)

    def sure(name: str) -> tuple[UnitId, ...]:
        found = resolve(tree, confirmed, name, tree.day)
        return found.units if found.certain else ()

    return sure


def resolve(tree: UnitTree, successions: Iterable[Succession], name: str, day: date) -> Resolution:
    """Return the units standing on `day` that answer for a body of this name."""
    seen = tree if tree.day == day else replace(tree, day=day)
    wanted = plain(name)
    if not wanted:
        return Resolution()
    bearing = tuple(Candidate(unit=one, basis=Basis.NAME) for one in seen.called(wanted))
    if bearing:
        return Resolution(candidates=bearing, certain=len(bearing) == 1)
    held = [
        one
        for one in successions
        if one.confirmed_by is not None and (one.since is None or one.since <= day)
    ]
    heirs = _heirs(seen, held, wanted)
    if heirs:
        return Resolution(candidates=heirs, certain=True)
    kinds = _of_kinds(seen, wanted)
    if kinds:
        return Resolution(candidates=kinds, certain=True)
    return Resolution(candidates=_alike(seen, wanted))


def _heirs(tree: UnitTree, held: Sequence[Succession], wanted: str) -> tuple[Candidate, ...]:
    """Follow successions from a name to units that stand; each is followed once."""
    bare = _EVERY.sub("", wanted)
    names, found = {wanted, bare, *_ended(tree, bare)}, dict[UnitId, Candidate]()
    used: set[str] = set()
    for _ in range(LONGEST_CHAIN):
        steps = [one for one in held if one.id not in used and names & _answers(one)]
        if not steps:
            break
        used |= {one.id for one in steps}
        names = set()
        for one in steps:
            for unit in one.successors:
                if tree.standing(unit):
                    heir = Candidate(unit=unit, basis=Basis.SUCCESSION, cited=one.basis)
                    found.setdefault(unit, heir)
                else:
                    names.add(unit)
    return tuple(found.values())


def _answers(one: Succession) -> set[str]:
    """Return the ids and the plain names of the bodies that a succession replaces."""
    return {*one.predecessors, *(plain(name) for name in one.predecessors)}


def _ended(tree: UnitTree, wanted: str) -> set[str]:
    """Return the units that bore the name and stand no more."""
    return {
        unit
        for unit, one in tree.units.items()
        if not tree.standing(unit) and any(plain(name.text) == wanted for name in one.names)
    }


def _of_kinds(tree: UnitTree, wanted: str) -> tuple[Candidate, ...]:
    """Return all units of the kinds that "các xã, phường" lists; none if one kind is unknown."""
    opening = _EVERY.match(wanted)
    if opening is None:
        return ()
    kinds = {fold(one.kind): one.kind for one in tree.units.values()}
    parts = [part for part in _PARTS.split(wanted[opening.end() :]) if part]
    if not parts or any(part not in kinds for part in parts):
        return ()
    return tuple(
        Candidate(unit=unit, basis=Basis.KIND)
        for part in parts
        for unit in tree.of_kind(kinds[part])
    )


def _alike(tree: UnitTree, wanted: str) -> tuple[Candidate, ...]:
    """Return the standing units whose name has all syllables of the words, in any order."""
    words = set(syllables(wanted))
    return tuple(
        Candidate(unit=unit, basis=Basis.ALIKE)
        for unit in tree.units
        if tree.standing(unit) and words <= set(syllables(plain(tree.name(unit))))
    )
