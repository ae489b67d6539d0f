"""A takeover that an admin is gathering: who ends, who takes over, by what decision; his focus."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records import focus
from records.ids import PersonId, UnitId
from records.model import Answer, Focus, Succession
from records.store import Store
from services.units.mergers import Merger, merge
from services.units.refusals import SuccessionIncomplete
from services.units.successions import Stated, state
from vietnamese.dates import Prefer
from vietnamese.running_days import DoubtKind, read_days, starts_from
from vietnamese.text import nfc

TOPIC: Final = "unit_takeover"
"""`Focus.topic` of an admin who says who takes over; the subject is what words are for."""

NAMES: Final = "names"
BASIS: Final = "basis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """What was said so far: units that end, or names of former bodies; who takes over, and why."""

    units: tuple[UnitId, ...] = ()
    names: tuple[str, ...] = ()
    heirs: tuple[UnitId, ...] = ()
    basis: str = ""
    since: date | None = None

    @property
    def whole(self) -> bool:
        """Whether it can be confirmed."""
        dated = self.since is not None or not self.units
        return bool((self.units or self.names) and self.heirs and self.basis and dated)

    @property
    def wanted(self) -> str:
        """What typed words most likely are: former names first, then the basis."""
        return NAMES if not (self.units or self.names) else BASIS


def since_in(said: str, today: date) -> date | None:
    """Return the day from which a decision holds: the one after "từ", else the last that is told.

    Without a year it is the nearest: "từ ngày 1/12" said in November lies ahead. None where the
    words leave a doubt; the day is then asked for.
    """
    typed = " ".join(nfc(said).split())
    running = read_days(typed, today, Prefer.NEAREST)
    days = [one for one in running.days if starts_from(typed, one)] or list(running.days)
    unsure = {DoubtKind.LUNAR, DoubtKind.NO_SUCH_DAY}
    if not days or any(one.kind in unsure for one in running.doubts):
        return None
    return days[-1].read.day


async def keep(
    store: Store, person: PersonId, held: Takeover, now: datetime, asked: str = ""
) -> None:
    """Keep what was said so far; the next words are `asked`, or what they most likely are."""
    facts: dict[str, Answer] = {
        "units": held.units,
        "names": held.names,
        "heirs": held.heirs,
        "basis": held.basis,
        "since": "" if held.since is None else held.since.isoformat(),
    }
    subject = asked or held.wanted
    await focus.listen(
        store, Focus(id=person, topic=TOPIC, subject=subject, since=now, facts=facts)
    )


async def kept(store: Store, person: PersonId, *carriers: str) -> Takeover | None:
    """Return what was said so far; None where nothing was.

    `carriers` are topics of what a person may be at in between, and that carries it along.
    """
    held = await focus.kept(store, person, TOPIC, *carriers)
    if held is None or "heirs" not in held.facts:
        return None
    since = focus.text_of(held, "since")
    return Takeover(
        units=tuple(UnitId(one) for one in focus.texts_of(held, "units")),
        names=focus.texts_of(held, "names"),
        heirs=tuple(UnitId(one) for one in focus.texts_of(held, "heirs")),
        basis=focus.text_of(held, "basis"),
        since=date.fromisoformat(since) if since else None,
    )


async def confirm(store: Store, person: PersonId, held: Takeover, now: datetime) -> Succession:
    """Merge units, or state the successors of former bodies.

    Raises SuccessionIncomplete, and what `merge` and `state` raise.
    """
    if not held.whole:
        raise SuccessionIncomplete
    if held.units and held.since is not None:
        merger = Merger(
            predecessors=held.units, successors=held.heirs, since=held.since, basis=held.basis
        )
        return await merge(store, person, merger, now)
    stated = Stated(
        predecessors=held.names, successors=held.heirs, basis=held.basis, since=held.since
    )
    return await state(store, person, stated, now)
