"""Units by what people call them: many names looked up in one tree, ways from above included."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from records.ids import UnitId
from records.units import UnitTree
from vietnamese.text import fold, one_line

_WHOLE: Final = 5
"""Letters of a name that may be looked for within another: "xã A" is in many."""

_ALIKE: Final = 0.8
"""How much of two names must agree: two letters of "xã an hòa" may be wrong, not its kind."""

_PATH: Final = re.compile(r"\s*[>/]\s*")


@dataclass(frozen=True)
class UnitNames:
    """The names that standing units bear or bore, accents and case aside."""

    tree: UnitTree

    def named(self, said: str) -> tuple[UnitId, ...]:
        """Return the units of this name; "Xã An Hòa > Văn phòng" names one below another."""
        *above, name = [plain(part) for part in _PATH.split(said) if part.strip()] or [""]
        return tuple(
            unit
            for unit in self._bearing.get(name, ())
            if all(set(self._bearing.get(one, ())) & set(self.tree.above(unit)) for one in above)
        )

    def near(self, said: str) -> str:
        """Return the name of the one standing unit that was probably meant; "" if none is near.

        A name that holds another whole one ("UBND xã An Hòa") is near it, and one misspelt.
        """
        name = plain(_PATH.split(said)[-1])
        held = [one for one in self._bearing if len(one) >= _WHOLE and f" {one} " in f" {name} "]
        around = [one for one in self._bearing if len(name) >= _WHOLE and f" {name} " in f" {one} "]
        alike = get_close_matches(name, self._bearing, n=1, cutoff=_ALIKE)
        best = [
            *sorted(held, key=len, reverse=True)[:1],
            *(around[:1] * (len(around) == 1)),
            *alike,
        ]
        return self.tree.name(self._bearing[best[0]][0]) if best else ""

    @cached_property
    def _bearing(self) -> Mapping[str, tuple[UnitId, ...]]:
        found: dict[str, tuple[UnitId, ...]] = {}
        for unit, one in self.tree.units.items():
            if self.tree.standing(unit):
                words = {plain(each.text) for each in one.names}
                words |= {plain(each.short) for each in one.names if each.short}
                for word in words:
                    found[word] = (*found.get(word, ()), unit)
        return found


def plain(name: str) -> str:
    """Return a name as names are compared: folded, single spaces."""
    return fold(one_line(name))
