"""How well a passage fits the matter of a question, measured apart from the size of the library."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.answering.passage_text import PassageText
from knowledge.answering.rings import Wording
from knowledge.answering.slips import bare as bare_form
from knowledge.answering.slips import may_mean, parts, sound

_SLIP: Final = 0.8
"""Credit of a syllable typed without its tone, or with hỏi for ngã."""
_OTHER_MARKS: Final = 0.25
"""Credit of a syllable that stands there with other diacritics: mostly another word."""
_OTHER_SOUND: Final = 0.5
"""Credit of a syllable that stands there in another spelling of the same sound."""
_MISTYPED: Final = 0.7
"""Credit of a syllable that no document writes where one stands that is one slip away."""
_LONG_ENOUGH: Final = 3
"""Letters of such a syllable; a shorter one is one slip away from any other."""
_WORDING_FLOOR: Final = 0.45
"""Credit of a wording of weight 0; one of weight 1 counts as much as a literal match."""
_TORN: Final = 0.4
"""Part of its credit that a syllable keeps where the word it belongs to is not whole: "kinh" of
"kinh phí" says nothing of "kinh tế"."""
_PAIR_SHARE: Final = 0.5
"""Of the pairs of an alternative's syllables that must stand as neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Shares of the question's weight (inverse document frequency), each in 0…1.

    `coverage` counts literal matches and wordings, `literal` the former alone, `pairs` neighbours
    that stand as neighbours. `gap` is the heaviest word of the question left uncovered.
    """

    coverage: float
    literal: float
    pairs: float
    gap: float

    @property
    def total(self) -> float:
        """Return the one figure by which passages are ordered."""
        return 0.62 * self.coverage + 0.38 * self.pairs


class Measure:
    """Measures passages against one question."""

    def __init__(
        self,
        words: Sequence[str],
        wordings: Sequence[Wording],
        weigh: Callable[[str], float],
        knows: Callable[[str], bool],
        *,
        bare: bool,
        joined: Sequence[int] = (),
    ) -> None:
        self._shown = list(words)
        self._folded = [bare_form(word) for word in words]
        self._sounds = [sound(word) for word in self._folded]
        self._weights = [weigh(word) for word in self._folded]
        self._strange = [
            len(word) >= _LONG_ENOUGH and word.isalpha() and not knows(word)
            for word in self._folded
        ]
        self._whole = sum(self._weights) or 1.0
        self._bare = bare
        self._units = _units(len(self._shown), joined)
        self._word_of: dict[int, list[tuple[int, int]]] = {}
        for at in joined:
            for part in (at, at + 1):
                self._word_of.setdefault(part, []).append((at, at + 1))
        self._wordings = [
            (wording, [parts(text) for text in wording.write]) for wording in wordings
        ]

    def fit(self, text: PassageText) -> Fit:
        """Measure one passage."""
        literal = [
            self._literal(at, text) * self._wholeness(at, text) for at in range(len(self._shown))
        ]
        covered = list(literal)
        spans: list[tuple[int, int, float]] = []
        for wording, alternatives in self._wordings:
            held = max((_held(words, text) for words in alternatives), default=0.0)
            credit = held * (_WORDING_FLOOR + (1 - _WORDING_FLOOR) * wording.weight)
            if credit > 0:
                spans.append((wording.start, wording.end, credit))
            for at in range(wording.start, wording.end):
                covered[at] = max(covered[at], credit)
        coverage = self._share(covered)
        return Fit(
            coverage=coverage,
            literal=self._share(literal),
            pairs=self._pairs(text, spans, coverage),
            gap=max((self._uncovered(unit, covered) for unit in self._units), default=0.0)
            / self._whole,
        )

    def _literal(self, at: int, text: PassageText) -> float:
        spellings = text.spellings.get(self._folded[at])
        if spellings is not None:
            if self._bare or self._shown[at] in spellings:
                return 1.0
            typed = self._shown[at]
            return _SLIP if any(may_mean(typed, said) for said in spellings) else _OTHER_MARKS
        if self._sounds[at] in text.sounds:
            return _OTHER_SOUND
        return _MISTYPED if self._strange[at] and _one_slip_away(self._folded[at], text) else 0.0

    def _wholeness(self, at: int, text: PassageText) -> float:
        """Return 1 where the word of two syllables that `at` belongs to stands there whole."""
        words = self._word_of.get(at)
        if not words:
            return 1.0
        whole = any((self._folded[one], self._folded[two]) in text.pairs for one, two in words)
        return 1.0 if whole else _TORN

    def _uncovered(self, unit: range, covered: list[float]) -> float:
        return sum(self._weights[at] * (1 - covered[at]) for at in unit)

    def _share(self, held: list[float]) -> float:
        whole = sum(weight * credit for weight, credit in zip(self._weights, held, strict=True))
        return whole / self._whole

    def _pairs(
        self, text: PassageText, spans: list[tuple[int, int, float]], coverage: float
    ) -> float:
        whole = held = 0.0
        for at in range(len(self._folded) - 1):
            weight = self._weights[at] + self._weights[at + 1]
            whole += weight
            credit = float((self._folded[at], self._folded[at + 1]) in text.pairs)
            for start, end, worth in spans:
                if start <= at and at + 1 < end:
                    credit = max(credit, worth)
            held += weight * credit
        return held / whole if whole else coverage


def _units(length: int, joined: Sequence[int]) -> list[range]:
    """Part `length` syllables into words of two, where one starts, and of one."""
    starts = set(joined)
    units = []
    at = 0
    while at < length:
        end = at + 2 if at in starts else at + 1
        units.append(range(at, end))
        at = end
    return units


def _one_slip_away(word: str, text: PassageText) -> bool:
    """Tell whether a passage writes a syllable that a slip of the keyboard turns into `word`."""
    near = process.extractOne(word, text.spellings.keys(), scorer=OSA.distance, score_cutoff=1)
    return near is not None


def _held(words: Sequence[str], text: PassageText) -> float:
    """Return the share of an alternative that stands in the passage as neighbours, or 0."""
    if len(words) == 1:
        return float(words[0] in text.spellings)
    pairs = list(pairwise(words))
    share = sum(pair in text.pairs for pair in pairs) / len(pairs)
    return share if share > _PAIR_SHARE else 0.0
