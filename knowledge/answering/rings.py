"""Find the everyday words of a question that directives word otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.answering.slips import bare, may_mean
from knowledge.vocabulary import Ring
from vietnamese.text import comparable, fold, syllables

_FOLDED_WEIGHT: Final = 0.8
"""Of a match that holds only without diacritics, against one that holds with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words `start` to `end` of a question and what directives may write for them."""

    start: int
    end: int
    write: tuple[str, ...]
    weight: float


class Thesaurus:
    """The rings, ready to be looked up by runs of syllables."""

    def __init__(self, rings: Iterable[Ring], compounds: frozenset[tuple[str, str]]) -> None:
        self._compounds = compounds
        self._exact: dict[tuple[str, ...], list[Ring]] = {}
        self._folded: dict[tuple[str, ...], list[tuple[tuple[str, ...], Ring]]] = {}
        for ring in rings:
            for words in ring.say:
                key = tuple(syllables(comparable(words)))
                self._exact.setdefault(key, []).append(ring)
                self._folded.setdefault(tuple(map(fold, key)), []).append((key, ring))
        self._longest: dict[str, int] = {}
        for folded_key in self._folded:
            head = folded_key[0] if folded_key else ""
            self._longest[head] = max(self._longest.get(head, 0), len(folded_key))

    def find(self, words: list[str]) -> Iterator[Wording]:
        """Yield the wordings of `words` (comparable syllables), the longest run at each place.

        A run that would tear a compound apart is none: "sơ kết" is not said in "hồ sơ kết nạp".
        """
        folded = [bare(word) for word in words]
        seconds = self._seconds(folded)
        at = 0
        while at < len(words):
            longest = 0 if at in seconds else self._longest.get(folded[at], 0)
            most = min(longest, len(words) - at)
            for length in range(most, 0, -1):
                if at + length in seconds:
                    continue
                found = list(self._at(words, folded, at, length))
                if found:
                    yield from found
                    at += length
                    break
            else:
                at += 1

    def _seconds(self, folded: list[str]) -> frozenset[int]:
        """Return the places of second syllables, words of two read off from left to right."""
        seconds = set()
        at = 0
        while at + 1 < len(folded):
            if (folded[at], folded[at + 1]) in self._compounds:
                seconds.add(at + 1)
                at += 1
            at += 1
        return frozenset(seconds)

    def _at(self, words: list[str], folded: list[str], at: int, length: int) -> Iterator[Wording]:
        key = tuple(words[at : at + length])
        rings = self._exact.get(key, [])
        weight = 1.0
        if not rings and length > 1:
            rings = [
                ring
                for said, ring in self._folded.get(tuple(folded[at : at + length]), ())
                if all(map(may_mean, key, said))
            ]
            weight = _FOLDED_WEIGHT
        for ring in rings:
            write = tuple(text for text in ring.write if tuple(syllables(comparable(text))) != key)
            if write:
                yield Wording(start=at, end=at + length, write=write, weight=ring.weight * weight)
