"""Who is to stand in and from when to when, out of one's words: "Lò Thị Mai từ 05/12 đến 20/12".

Names are found among the people who may be meant and taken out before days are read: a Mai is not
tomorrow.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from services.people.members import Member
from vietnamese.dates import FoundDate, Prefer
from vietnamese.running_days import (
    Doubt,
    DoubtKind,
    RunningDays,
    read_days,
    starts_from,
)
from vietnamese.text import comparable, fold, nfc

_LEAD: Final = re.compile(r"(?:(?:cho|giao|dong chi|d/c|anh|chi|ong|ba)\s+)*$")
"""What may stand before a name of one word that is a day's word as well."""
_LIKE_DAYS: Final = frozenset({"mai", "mot", "kia", "tet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDeputy:
    """People of the name, and the days as far as they are told; both are always confirmed."""

    people: tuple[Member, ...] = ()
    since: date | None = None
    until: date | None = None
    doubts: tuple[Doubt, ...] = ()


def read_deputy(said: str, around: Sequence[Member], today: date) -> ReadDeputy:
    """Read a name among the people `around`, and its days from `today` on.

    One day alone is the last, from today; "từ 05/12" has no end.
    """
    typed = " ".join(nfc(said).split())
    name, people = _named(typed, around)
    names = [name] if name else []
    running = read_days(typed, today, Prefer.FUTURE, names=names)
    return replace(_days(typed, running, today, names), people=people, doubts=running.doubts)


def _days(typed: str, running: RunningDays, today: date, names: Sequence[str]) -> ReadDeputy:
    days = running.days
    impossible = any(one.kind is DoubtKind.NO_SUCH_DAY for one in running.doubts)
    if impossible or not 1 <= len(days) <= 2:
        return ReadDeputy()
    first, last = days[0], days[-1]
    if len(days) == 1:
        if starts_from(typed, first):
            return ReadDeputy(since=first.read.day)
        return ReadDeputy(since=today, until=first.read.day)
    since, until = first.read.day, last.read.day
    if since > until:
        since = _before(typed, first, today, names) or since
    return ReadDeputy(since=since, until=until)


def _before(typed: str, first: FoundDate, today: date, names: Sequence[str]) -> date | None:
    """Return the first day as one that has passed: "từ 20/11" said on the 28th."""
    past = read_days(typed, today, Prefer.PAST, names=names)
    return next((one.read.day for one in past.days if one.start == first.start), None)


def _named(typed: str, around: Iterable[Member]) -> tuple[str, tuple[Member, ...]]:
    """Return the longest name that stands in the words, the first of them, and who bears it.

    Accents decide where they are typed: only who is called just so is meant, if there is one.
    """
    folded, found = fold(typed), dict[tuple[int, int], list[Member]]()
    if len(folded) != len(typed):
        return "", ()
    for one in around:
        place = _place(folded, typed, fold(nfc(one.person.name)).split())
        if place is not None:
            found.setdefault(place, []).append(one)
    if not found:
        return "", ()
    start, end = max(found, key=lambda place: (place[1] - place[0], -place[0]))
    people, words = found[start, end], typed[start:end]
    just_so = [one for one in people if comparable(words) in comparable(one.person.name)]
    whole = [one for one in just_so if comparable(one.person.name) == comparable(words)]
    return words, tuple(whole or just_so or people)


def _place(folded: str, typed: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Return where a name stands, whole or by its last words."""
    for skipped in range(len(words)):
        name = " ".join(words[skipped:])
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
            day_word = name in _LIKE_DAYS and not typed[match.start()].isupper()
            if not day_word or _LEAD.fullmatch(folded, 0, match.start()):
                return match.span()
    return None
