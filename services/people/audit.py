"""The audit log for those who may read it: newest first, page by page, without reading it all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId
from records.model import AuditEntry, Person
from records.store import Store

MONTHS: Final = 12
"""Months in a year; the log is walked back month by month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry, with names for the ids in it."""

    entry: AuditEntry
    actor: str
    """Name of the person who acted, or the id of one without a record."""
    subject: str
    """Name of the person or unit that it was about, or "" where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some lines of the log, and how many there are."""

    lines: tuple[Line, ...]
    total: int


async def audit_page(
    store: Store, actor: PersonId, now: datetime, page: int, most: int, of: PersonId | None = None
) -> Page:
    """Return a page of `most` lines, of all or of what one person did; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.SEE_AUDIT, None)
        where = {} if of is None else {"actor": of}
        total = await act.tx.count(AuditEntry, where or None)
        found = await _newest(act, where, (page * most, most), total)
        return Page(lines=tuple([await _line(act, one) for one in found]), total=total)


async def _newest(
    act: Acting, where: Mapping[str, str], span: tuple[int, int], total: int
) -> list[AuditEntry]:
    """Walk back from the present month; months before the page are counted, not read."""
    skip, most = span
    found: list[AuditEntry] = []
    year, month, seen = act.now.year, act.now.month + 1, 0
    while seen < total and len(found) < most and year > act.now.year - MONTHS:
        asked = {**where, "month": f"{year + (month - 1) // MONTHS}-{(month - 1) % MONTHS + 1:02d}"}
        held = await act.tx.count(AuditEntry, asked)
        seen += held
        if skip >= held:
            skip -= held
        else:
            entries = (await act.tx.find(AuditEntry, asked))[::-1]
            found += entries[skip : skip + most - len(found)]
            skip = 0
        year, month = (year, month - 1) if month > 1 else (year - 1, MONTHS)
    return found


async def _line(act: Acting, entry: AuditEntry) -> Line:
    who = await act.tx.get(Person, entry.actor)
    about = await act.tx.get(Person, entry.subject)
    unit = next((one for one in act.tree.units if one == entry.subject), None)
    named = about.name if about is not None else act.tree.name(unit) if unit is not None else ""
    return Line(entry=entry, actor=who.name if who is not None else entry.actor, subject=named)
