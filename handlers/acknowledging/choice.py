"""What an admin is choosing while he prepares a sending; kept as his focus between two taps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from handlers.acknowledging.presses import TOP
from handlers.press import StaleButton
from records.ids import PersonId, UnitId
from records.model import Focus
from records.store import Store

TOPIC: Final = "broadcast"
"""`Focus.topic` of who prepares a sending; typed words search for units."""


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
    async with store.begin(f"focus:{person}") as tx:
        await tx.put(focus)


async def kept(store: Store, person: PersonId, sending: str) -> Choice:
    """Return what was chosen so far; StaleButton if the person is at something else by now."""
    async with store.begin() as tx:
        focus = await tx.get(Focus, person)
    if focus is None or focus.topic != TOPIC or focus.subject != sending:
        raise StaleButton
    return read(focus)


async def forget(store: Store, person: PersonId, sending: str) -> None:
    """Keep the choice no longer; what else the person is at stays."""
    async with store.begin(f"focus:{person}") as tx:
        focus = await tx.get(Focus, person)
        if focus is not None and focus.topic == TOPIC and focus.subject == sending:
            await tx.remove(Focus, person)


def read(focus: Focus) -> Choice:
    """Return the choice that a focus holds."""
    page = focus.facts.get("page")
    return Choice(
        id=focus.subject,
        document=str(focus.facts["document"]),
        units=_units(focus, "units"),
        at=str(focus.facts["at"]),
        page=page if isinstance(page, int) else 0,
        found=_units(focus, "found"),
    )


def _units(focus: Focus, name: str) -> tuple[UnitId, ...]:
    given = focus.facts.get(name)
    names: Sequence[str] = given if isinstance(given, tuple | list) else ()
    return tuple(UnitId(one) for one in names)
