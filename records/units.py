"""The tree of units as it stood on a day: names, parents, subtrees, and finding a unit by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from records.ids import UnitId
from records.model import Membership, Unit, UnitName
from vietnamese.text import comparable, fold


@dataclass(frozen=True)
class UnitTree:
    """All units, seen on one day; units that ended before it keep their names but no place."""

    units: Mapping[UnitId, Unit]
    day: date

    @classmethod
    def of(cls, units: Iterable[Unit], day: date) -> "UnitTree":
        """Return the tree of `units` on `day`."""
        return cls({unit.id: unit for unit in units}, day)

    def name(self, unit: UnitId) -> str:
        """Return the name borne on the day, or the last one before it; the id of an unknown one."""
        held = self.units.get(unit)
        return unit if held is None else _borne(held.names, self.day).text

    def short(self, unit: UnitId) -> str:
        """Return the short name of the day where there is one, else the name."""
        held = self.units.get(unit)
        if held is None:
            return unit
        name = _borne(held.names, self.day)
        return name.short or name.text

    def standing(self, unit: UnitId) -> bool:
        """Tell whether the unit exists on the day."""
        held = self.units.get(unit)
        return (
            held is not None
            and (held.founded is None or held.founded <= self.day)
            and (held.ended is None or self.day <= held.ended)
        )

    def parent(self, unit: UnitId) -> UnitId | None:
        """Return the unit above it on the day; None at the top."""
        held = self.units.get(unit)
        current = [one for one in held.parents if _covers(one, self.day)] if held else []
        return current[-1].parent if current else None

    def above(self, unit: UnitId) -> tuple[UnitId, ...]:
        """Return the units above it, nearest first; a ring in the data ends the walk."""
        found: list[UnitId] = []
        at = self.parent(unit)
        while at is not None and at != unit and at not in found:
            found.append(at)
            at = self.parent(at)
        return tuple(found)

    def children(self, unit: UnitId) -> tuple[UnitId, ...]:
        """Return the standing units right below it, in the order they were entered."""
        return self._below.get(unit, ())

    def subtree(self, root: UnitId) -> frozenset[UnitId]:
        """Return the unit and all that stand below it on the day."""
        found, todo = {root}, [root]
        while todo:
            below = [one for one in self.children(todo.pop()) if one not in found]
            found.update(below)
            todo.extend(below)
        return frozenset(found)

    @property
    def tops(self) -> tuple[UnitId, ...]:
        """The standing units with none above them."""
        return tuple(one for one in self.units if self.standing(one) and self.parent(one) is None)

    def of_kind(self, kind: str, within: UnitId | None = None) -> tuple[UnitId, ...]:
        """Return the standing units of a kind (xã, phường, sở …), all or within a subtree."""
        held = self.subtree(within) if within is not None else self.units.keys()
        wanted = comparable(kind)
        return tuple(
            unit
            for unit, one in self.units.items()
            if unit in held and self.standing(unit) and comparable(one.kind) == wanted
        )

    def called(self, name: str) -> tuple[UnitId, ...]:
        """Return the standing units that bear or bore this name, accents and case aside."""
        wanted = fold(name).strip()
        return tuple(
            unit
            for unit, one in self.units.items()
            if self.standing(unit)
            and any(
                wanted in (fold(each.text), fold(each.short) if each.short else None)
                for each in one.names
            )
        )

    @cached_property
    def _below(self) -> Mapping[UnitId, tuple[UnitId, ...]]:
        below: dict[UnitId, tuple[UnitId, ...]] = {}
        for unit in self.units:
            parent = self.parent(unit)
            if parent is not None and self.standing(unit):
                below[parent] = (*below.get(parent, ()), unit)
        return below


def _borne(names: tuple[UnitName, ...], day: date) -> UnitName:
    """Return the name in use on the day, or the last before it; units have at least one name."""
    begun = [one for one in names if one.since is None or one.since <= day]
    current = [one for one in begun if one.until is None or day <= one.until]
    return (current or begun or list(names))[-1]


def _covers(one: Membership, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
