"""Units by what people call them: many names looked up in one tree, ways from above included."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from records.ids import UnitId
from records.units import UnitTree
from vietnamese.text import fold

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
    return " ".join(fold(name).split())
