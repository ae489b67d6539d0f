"""What an admin is choosing while he prepares a sending; kept as his focus between two taps."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import acting
from records.focus import kept as kept_focus
from records.focus import listen, number_of, text_of, texts_of
from records.ids import PersonId, UnitId
from records.model import Focus, Succession
from records.store import Store
from records.units import UnitTree
from services.units.resolution import Resolve, by_name

TOPIC: Final = "broadcast"
"""`Focus.topic` of who prepares a sending; typed words search for units."""

TOP: Final = "-"
"""In the place of a unit: where choosing begins."""

FOUND: Final = "_"
"""In the place of a unit: those that typed words found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A sending on its way: `id` becomes the sending's own."""

    id: str
    document: str
    """The document's short id."""
    units: tuple[UnitId, ...] = ()
    at: str = TOP
    """The unit whose units are shown; `TOP`: the topmost, `FOUND`: those found."""
    page: int = 0
    found: tuple[UnitId, ...] = ()
    """What typed words found."""

    def toggled(self, unit: UnitId) -> "Choice":
        """Take a unit in, or out."""
        if unit in self.units:
            return replace(self, units=tuple(one for one in self.units if one != unit))
        return replace(self, units=(*self.units, unit))


async def keep(store: Store, person: PersonId, choice: Choice, now: datetime) -> None:
    """Keep what was chosen so far; the person's typed words belong to it from now on."""
    focus = Focus(
        id=person,
        topic=TOPIC,
        subject=choice.id,
        since=now,
        facts={
            "document": choice.document,
            "units": choice.units,
            "at": choice.at,
            "page": choice.page,
            "found": choice.found,
        },
    )
    await listen(store, focus)


async def kept(store: Store, person: PersonId, sending: str) -> Choice | None:
    """Return what was chosen so far; None if the person is at something else by now."""
    focus = await kept_focus(store, person, TOPIC)
    if focus is None or focus.subject != sending:
        return None
    return Choice(
        id=focus.subject,
        document=text_of(focus, "document"),
        units=tuple(UnitId(one) for one in texts_of(focus, "units")),
        at=text_of(focus, "at"),
        page=number_of(focus, "page"),
        found=tuple(UnitId(one) for one in texts_of(focus, "found")),
    )


async def addressable(store: Store, person: PersonId, now: datetime) -> tuple[UnitTree, Resolve]:
    """Return the units of today, and what names stand for, to who may send; raises NotAllowed."""
    async with acting(store, person, now) as act:
        act.require(Action.BROADCAST, None)
        return act.tree, by_name(act.tree, await act.tx.find(Succession))
