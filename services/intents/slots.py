"""What words name: units, people, tasks, figures, documents and periods, with their syllables."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge.printed_numbers import find_numbers
from knowledge.typed_numbers import matches, typed_numbers
from records.period_words import find_spans
from services.intents.speech import Phrase, Speech
from services.intents.values import Around, Known, Named
from vietnamese.dates import Prefer
from vietnamese.text import fold, nfc, syllables


class Slot(StrEnum):
    """A kind of thing that words can name; the phrases' file writes it in capitals."""

    UNIT = "UNIT"
    PERSON = "PERSON"
    TASK = "TASK"
    FIGURE = "FIGURE"
    DOCUMENT = "DOCUMENT"
    PERIOD = "PERIOD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What was named, and on which syllables it stands."""

    named: Named
    places: Mapping[Slot, frozenset[int]] = field(default_factory=dict)


KIND_WORDS: Final = frozenset(
    ("xa", "phuong", "so", "tinh", "ban", "phong", "huyen", "dac", "khu", "uy", "nhan", "dan")
)
"""Syllables before the name proper of a unit: a name may be said without them."""

_TITLES: Final = re.compile(r"\b(?:dong chi|dc|anh|chi|ong|ba|co|chu|bac)\s+(\w+(?:\s\w+){0,3})")
"""A person by a form of address and some of his name."""

EMPTY_RUNS: Final = frozenset(
    tuple(one.split())
    for one in (
        "bao cao", "don vi", "cong tac", "thuc hien", "nhiem vu", "co quan", "to chuc", "giai doan",
        "tham gia", "tinh hinh", "chuan bi", "trong do", "can bo", "nhan dan", "qua han",
        "tiep nhan",
    )
)  # fmt: skip
"""Pairs of syllables that name no task: they stand in too many."""

COMPARED: Final = 400
"""Units whose names are compared letter by letter: some milliseconds."""

LEAST_RUN: Final = 2
"""Syllables of a title in a row that name a task."""

LEAST_SHARE: Final = 0.6
"""Of a figure's label that must be said."""

_UNTOLD: Final = frozenset(("so", "duoc", "da", "cac", "nhung", "cua", "trong"))
"""Syllables of a label that nobody need say."""

_PAPERS: Final = frozenset(
    ("chi", "thi", "cong", "van", "ke", "hoach", "nghi", "quyet", "dinh", "huong", "dan", "ket")
)


def read_slots(text: str, speech: Speech, around: Around, today: date) -> Slots:
    """Return what a text (NFC) names."""
    units, on_units = _called(speech, around.units, short=True)
    people, on_people = _people(speech, around.people)
    tasks, on_tasks = _apart(on_units, *_titled(speech, around.tasks))
    figures, on_figures = _apart(on_units, *_labelled(speech, around.figures))
    documents, on_documents = _documents(text, speech, around.documents)
    near = next(find_spans(text, today), None)
    past = next(find_spans(text, today, Prefer.PAST), None)
    on_period = frozenset[int]()
    if near is not None:
        on_period = speech.at_letters(text, near.start, near.end)
    return Slots(
        named=Named(
            units=units,
            people=people,
            tasks=tasks,
            figures=figures,
            documents=documents,
            span=None if near is None else near.span,
            past=None if past is None else past.span,
            kinds=_kinds(speech, on_units),
        ),
        places={
            slot: place
            for slot, place in (
                (Slot.UNIT, on_units),
                (Slot.PERSON, on_people),
                (Slot.TASK, on_tasks),
                (Slot.FIGURE, on_figures),
                (Slot.DOCUMENT, on_documents),
                (Slot.PERIOD, on_period),
            )
            if place
        },
    )


def _apart(
    units: frozenset[int], keys: tuple[str, ...], place: frozenset[int]
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Drop what is only a part of a unit's name: "tiếp công dân" of "Ban Tiếp công dân"."""
    return ((), frozenset()) if place <= units else (keys, place)


def bare_name(name: str) -> str:
    """Return a unit's name without the words of its kind, of which two syllables are left."""
    words = syllables(nfc(name))
    at = 0
    while len(words) - at > LEAST_RUN and fold(words[at]) in KIND_WORDS:
        at += 1
    return " ".join(words[at:])


def _called(
    speech: Speech, known: Iterable[Known], *, short: bool
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return who bears a name that was said; the longest name counts, and all that bear it."""
    best: dict[str, frozenset[int]] = {}
    for one in known:
        names = {*one.names, *(bare_name(name) for name in one.names if short)}
        for name in names:
            phrase = Phrase.of(name)
            if len(phrase.folded) < LEAST_RUN and not short:
                continue
            for place in speech.places(phrase):
                best[one.id] = max(best.get(one.id, frozenset()), frozenset(place), key=len)
    if not best:
        return _nearly_called(speech, known) if short else ((), frozenset())
    most = _maximal(best)
    return tuple(most), frozenset[int]().union(*most.values())


def _nearly_called(
    speech: Speech, known: Iterable[Known]
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return whose name was said with a slip, where few enough are known to compare each."""
    listed = list(known)
    for one in listed if len(listed) <= COMPARED else ():
        for phrase in map(Phrase.of, one.names):
            if len(phrase.folded) > LEAST_RUN:
                for at in range(len(speech)):
                    for place in speech.near(phrase, at):
                        return (one.id,), frozenset(place)
    return (), frozenset()


def _maximal(places: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """Drop what stands within a longer name: "tỉnh" of "Thanh tra tỉnh"."""
    return {
        key: place
        for key, place in places.items()
        if not any(place < other for other in places.values())
    }


def _people(speech: Speech, known: Sequence[Known]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the people named in full, or by a form of address and their last name."""
    whole = _called(speech, known, short=False)
    if whole[0]:
        return whole
    folded = " ".join(speech.folded)
    for match in _TITLES.finditer(folded):
        words = match[1].split()
        for size in range(len(words), 0, -1):
            wanted = words[:size]
            fit = [one.id for one in known if _ends(one.names[0], wanted)]
            if fit:
                before = len(folded[: match.start(1)].split())
                return tuple(fit), frozenset(range(before, before + size))
    return (), frozenset()


def _ends(name: str, wanted: Sequence[str]) -> bool:
    """Tell whether a name ends with these syllables, as people are spoken of."""
    return Phrase.of(name).folded[-len(wanted) :] == tuple(wanted)


def _titled(speech: Speech, known: Iterable[Known]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the tasks whose title holds the longest run of what was said."""
    best: list[tuple[int, str, frozenset[int]]] = []
    for one in known:
        runs = [speech.runs(Phrase.of(name).folded, LEAST_RUN) for name in one.names]
        place, size = max(runs, key=lambda run: run[1], default=(frozenset[int](), 0))
        said = tuple(speech.folded[at] for at in sorted(place))
        if size and said not in EMPTY_RUNS:
            best.append((size, one.id, place))
    most = max((size for size, _, _ in best), default=0)
    held = [one for one in best if one[0] == most]
    places = [place for _, _, place in held]
    return tuple(key for _, key, _ in held), frozenset[int]().union(*places)


def _labelled(speech: Speech, known: Iterable[Known]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the figures whose label was said, all that are said equally well."""
    best: list[tuple[int, float, str, frozenset[int]]] = []
    for one in known:
        for name in one.names:
            told = [word for word in Phrase.of(name).folded if word not in _UNTOLD]
            place = frozenset(at for at, word in enumerate(speech.folded) if word in told)
            count = len({speech.folded[at] for at in place})
            beside = any(at + 1 in place for at in place)
            told_so = tuple(speech.folded[at] for at in sorted(place)) not in EMPTY_RUNS
            if beside and told_so and count >= LEAST_RUN and count / len(told) >= LEAST_SHARE:
                best.append((count, count / len(told), one.id, place))
    if not best:
        return (), frozenset()
    top = max(one[:2] for one in best)
    held = [one for one in best if one[:2] == top]
    return tuple(dict.fromkeys(one[2] for one in held)), frozenset[int]().union(
        *(one[3] for one in held)
    )


def _documents(
    text: str, speech: Speech, known: Sequence[Known]
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the documents named by a number, or by their kind and words of their title."""
    for typed in typed_numbers(text):
        held = tuple(
            one.id
            for one in known
            if any(matches(typed, number) for name in one.names for _, number in find_numbers(name))
        )
        if held:
            return held, speech.at_letters(text, *typed.span)
    papers = [at for at, word in enumerate(speech.folded) if word in _PAPERS]
    if not papers:
        return (), frozenset()
    held, place = _titled(speech, known)
    said = [speech.folded[at] for at in sorted(place)]
    proper = [word for word in said if word not in _PAPERS]
    return (held, place) if len(proper) >= LEAST_RUN else ((), frozenset())


_LEVELS: Final = ("xã", "phường", "=sở", "=ban", "đảng ủy", "=phòng", "trung tâm", "mặt trận")
"""Kinds of units; those that are other words without their accents only with them."""


def _kinds(speech: Speech, on_units: frozenset[int]) -> tuple[str, ...]:
    """Return the kinds of units that were said, apart from names of units."""
    held = [
        " ".join(phrase.folded)
        for phrase in map(Phrase.of, _LEVELS)
        for place in speech.places(phrase)
        if not on_units.issuperset(place)
    ]
    return tuple(dict.fromkeys(held))
