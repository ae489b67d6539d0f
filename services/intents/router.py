"""Which intent words have: phrases found in them, weighed by how much of them that explains.

Pure: what can be named, the day and how well the library fits are passed in; the phrases stand in
`intents.yaml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.intents.sheet import Sheet, Sign, load_sheet
from services.intents.slots import Slot, Slots, read_slots
from services.intents.speech import Speech
from services.intents.values import Around, Intent, Meaning, Meant, Named, Question, Unsure
from vietnamese.text import nfc

CLEAR: Final = 0.72
"""Share of what was said that an intent explains, from which it is taken: between the phrasings
made before the rules, nearly all above, and questions to the library, nearly all below."""

POSSIBLE: Final = 0.5
"""Share from which it is asked about, where the library has no sure answer."""

CLOSE: Final = 0.06
"""Difference of two shares within which it is asked which is meant."""

KNOWN: Final = 0.6
"""Fit of the library from which what some phrase resembles is a question all the same."""

PER_CONCEPT: Final = 0.03
"""What each further concept of a sign adds: the more telling of two signs is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of what was said an intent explains."""

    intent: Intent
    share: float
    order: float
    weak: bool

    @property
    def certain(self) -> bool:
        """Tell whether it need not be weighed against the library."""
        return self.share >= CLEAR and not self.weak


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a text may mean, before the library has been asked."""

    shares: tuple[Share, ...]
    """The intents it may have, what is certain first."""
    named: Named
    taken: frozenset[Slot] = frozenset()
    """What was not named, and taken from what was spoken of before."""

    @property
    def settled(self) -> bool:
        """Tell whether the library's fit does not matter."""
        return not self.shares or self.shares[0].certain

    def meaning(self, fit: float) -> Meaning:
        """Return what is meant; `fit` (0 to 1) is how sure the library is of its answer."""
        if not self.shares:
            return Question(named=self.named)
        first = self.shares[0]
        if not first.certain:
            return self._against_library(first, fit)
        rival = next((one for one in self.shares[1:] if one.certain), None)
        if rival is not None and first.order - rival.order < CLOSE:
            return Unsure(either=(first.intent, rival.intent), named=self.named)
        return Meant(intent=first.intent, named=self.named)

    def _against_library(self, first: Share, fit: float) -> Meaning:
        """Decide where the phrases alone do not."""
        if fit >= KNOWN:
            return Question(named=self.named)
        if first.share >= CLEAR and fit == 0.0:
            return Meant(intent=first.intent, named=self.named)
        return Unsure(either=(first.intent, None), named=self.named)


LENT_CONCEPTS: Final = ("self", "report")
"""What words after an answer on one's own reports need not say again."""

WHOLLY: Final = 0.99
"""Share that must be explained where something is left unsaid: else it is a subject of its own."""


def weighed(
    text: str, around: Around, today: date, before: Named | None = None, *, own: bool = False
) -> Weighed:
    """Weigh a text; `before` is what was spoken of before, which it may leave unsaid.

    `own`: it was of the speaker's own reports.
    """
    typed = nfc(text)
    sheet, speech = load_sheet(), Speech.of(typed)
    slots = read_slots(typed, speech, around, today)
    lent = {} if before is None else lent_by(before, slots.places)
    bare = speech.without(sheet.asides)
    unsaid = LENT_CONCEPTS if own else LENT_CONCEPTS[1:] if before is not None else ()
    every = Slots(named=slots.named, places={**slots.places, **lent})
    shares = weigh(bare, every, sheet, unsaid)
    least = POSSIBLE if before is None else WHOLLY
    return Weighed(
        shares=tuple(one for one in shares if one.share >= least),
        named=slots.named if before is None else joined(slots.named, before),
        taken=frozenset(lent),
    )


def route(text: str, around: Around, fit: float, today: date) -> Meaning:
    """Return what a text means by itself."""
    return weighed(text, around, today).meaning(fit)


def lent_by(before: Named, said: Mapping[Slot, frozenset[int]]) -> dict[Slot, frozenset[int]]:
    """Return the slots that what was spoken of before fills, on no syllable of this text."""
    held = {
        Slot.UNIT: before.units,
        Slot.PERSON: before.people,
        Slot.TASK: before.tasks,
        Slot.FIGURE: before.figures,
        Slot.DOCUMENT: before.documents,
        Slot.PERIOD: before.span,
    }
    return {slot: frozenset() for slot, value in held.items() if value and slot not in said}


def joined(said: Named, before: Named) -> Named:
    """Return what is named, with what was named before where nothing is."""
    return Named(
        units=said.units or before.units,
        people=said.people or before.people,
        tasks=said.tasks or before.tasks,
        figures=said.figures or before.figures,
        documents=said.documents or before.documents,
        span=said.span or before.span,
        past=said.past or before.past,
        kinds=said.kinds or before.kinds,
    )


def weigh(speech: Speech, slots: Slots, sheet: Sheet, unsaid: Sequence[str] = ()) -> list[Share]:
    """Return how much each intent explains, the most first; none for what has no sign of it.

    `unsaid` are concepts that count as said, on no syllable.
    """
    slotted = {slot.value: place for slot, place in slots.places.items()}
    held = {**dict.fromkeys(unsaid, frozenset[int]()), **_concepts(speech, sheet), **slotted}
    silent = speech.on(sheet.silent) | {at for at, one in enumerate(speech.shown) if not one}
    found = []
    for intent, meant in sheet.intents.items():
        with_it = [held[name] for name in meant.accompany if name in held]
        shares = [
            _share(intent, sign, held, with_it, silent, len(speech))
            for sign in meant.signs
            if sign.holds(held)
        ]
        found += [max(shares, key=lambda one: (one.certain, one.order))] if shares else []
    return sorted(found, key=lambda one: (not one.certain, -one.order))


def _share(
    intent: Intent,
    sign: Sign,
    held: Mapping[str, frozenset[int]],
    with_it: Iterable[frozenset[int]],
    silent: frozenset[int],
    length: int,
) -> Share:
    if sign.alone:
        return Share(intent=intent, share=1.0, order=1.0 + PER_CONCEPT, weak=sign.weak)
    told = frozenset[int]().union(*(held[name] for name in sign.needs), *with_it)
    share = len(told) / max(1, length - len(silent - told))
    order = share + PER_CONCEPT * len(sign.needs)
    return Share(intent=intent, share=share, order=order, weak=sign.weak)


def _concepts(speech: Speech, sheet: Sheet) -> dict[str, frozenset[int]]:
    """Return the syllables on which each concept stands; with slips where nothing else does."""
    exact = {name: speech.on(phrases) for name, phrases in sheet.concepts.items()}
    taken = frozenset[int]().union(*exact.values(), speech.on(sheet.silent))
    for at in range(len(speech)):
        if at in taken or not speech.folded[at]:
            continue
        beside = speech.folded[max(0, at - 1) : at + 2]
        for name, phrase in {one for word in beside for one in sheet.holding.get(word, ())}:
            exact[name] |= frozenset(on for place in speech.near(phrase, at) for on in place)
    return {name: place for name, place in exact.items() if place}
