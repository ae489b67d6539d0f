"""Set right what a question's keyboard slips hide, by the words and word pairs of the library."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.searching.columns import Columns, gram_key, gram_keys
from knowledge.searching.corpus import Syllabary
from vietnamese.text import fold

SHORTEST: Final = 3
"""Letters of a syllable that is set right; below, one letter more or less makes any other."""
EVIDENCE: Final = 1.0
"""Least ln(1 + occurrences) beside its neighbours for a word to replace one that exists."""
SEEN_BESIDE: Final = 0.5
"""The same for a word that does not exist: once is enough."""
SEEN_ALONE: Final = 0.25
"""Weight of how common a word is, against how often it stands beside these neighbours."""
_LIKE: Final = (("s", "x"), ("tr", "ch"), ("d", "gi"), ("r", "d"), ("r", "gi"), ("l", "n"))
"""Initials that sound alike in some region and so are mistaken for each other."""
_ENDS: Final = (("y", "i"), ("c", "t"), ("n", "ng"), ("ch", "c"), ("nh", "n"))
"""The same at a syllable's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A syllable of a question as the library writes it; None where the library lacks it."""

    typed: str
    written: int | None
    bare: int | None
    mended: bool = False


class Speller:
    """Mends the syllables of a question by a library's syllabary and its neighbouring pairs."""

    def __init__(self, syllabary: Syllabary, pairs: Columns, singles: Columns) -> None:
        self._syllabary = syllabary
        self._pairs = pairs
        self._singles = singles

    def read(self, words: Sequence[str]) -> list[Word]:
        """Find each of `words` (comparable form) in the library, mended where need be."""
        found = self.find(words)
        beside = self._pairs_beside(found)
        doubted = [at for at, word in enumerate(found) if _doubtful(word, beside[at : at + 2])]
        for at in doubted:
            found[at] = self._mend(found, at)
        return found

    def find(self, words: Sequence[str]) -> list[Word]:
        """Find each of `words` (comparable form) as it is."""
        return [self._find(word) for word in words]

    def _find(self, word: str) -> Word:
        bare = self._syllabary.find_folded(fold(word))
        return Word(typed=word, written=self._syllabary.find(word), bare=bare)

    def _pairs_beside(self, words: Sequence[Word]) -> list[int]:
        """Return how often each word follows the one before it; 0 at either end."""
        keys = [
            0 if None in (one.bare, two.bare) else gram_key((one.bare or 0, two.bare or 0))
            for one, two in pairwise(words)
        ]
        return [0, *self._pairs.frequencies(np.array(keys, np.uint64)).tolist(), 0]

    def _beside(self, words: Sequence[Word], at: int, candidates: Sequence[int]) -> list[float]:
        """Return, for each candidate at this place, ln(1 + pairs) with either neighbour."""
        total = np.zeros(len(candidates))
        for neighbour, before in ((at - 1, True), (at + 1, False)):
            if 0 <= neighbour < len(words):
                bare = words[neighbour].bare
                if bare is not None:
                    keys = [gram_key((bare, one) if before else (one, bare)) for one in candidates]
                    total += np.log1p(self._pairs.frequencies(np.array(keys, np.uint64)))
        return [float(value) for value in total]

    def _mend(self, words: Sequence[Word], at: int) -> Word:
        word = words[at]
        candidates = self._candidates(fold(word.typed))
        if not candidates:
            return word
        beside = self._beside(words, at, candidates)
        alone = np.log1p(self._singles.frequencies(gram_keys(np.array(candidates), 1)))
        worth = [near + SEEN_ALONE * float(one) for near, one in zip(beside, alone, strict=True)]
        best = int(np.argmax(worth))
        if beside[best] < (EVIDENCE if word.bare is not None else self._least(words, at)):
            return word
        return Word(typed=word.typed, written=None, bare=candidates[best], mended=True)

    @staticmethod
    def _least(words: Sequence[Word], at: int) -> float:
        """Return what an unknown word needs: a neighbour that it stands beside somewhere, if any.

        A word that the library lacks is mostly right, and tells that it speaks of something else.
        """
        around = [*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]]
        return SEEN_BESIDE if any(word.bare is not None for word in around) else 0.0

    def _candidates(self, bare: str) -> list[int]:
        """Return the library's syllables one slip away from `bare`, which is not among them."""
        near = process.extract(
            bare, self._syllabary.folded, scorer=OSA.distance, score_cutoff=1, limit=None
        )
        ids = {place for _, distance, place in near if distance == 1}
        for other in confusable(bare):
            place = self._syllabary.find_folded(other)
            if place is not None:
                ids.add(place)
        return sorted(ids)


def _doubtful(word: Word, beside: Sequence[int]) -> bool:
    """Tell whether a word may be a slip: the library lacks it, or it with both its neighbours."""
    if len(word.typed) < SHORTEST or not fold(word.typed).isalpha():
        return False
    return word.bare is None or not any(beside)


def confusable(bare: str) -> list[str]:
    """Return spellings that sound like `bare` in some region: "sử lý" for "xử lý"."""
    others: list[str] = []
    for swap in (_swap_start, _swap_end):
        others += swap(bare)
    return [other for other in dict.fromkeys(others) if other != bare]


def _swap_start(bare: str) -> list[str]:
    return _swapped(_LIKE, bare, str.startswith, lambda old, new: new + bare[len(old) :])


def _swap_end(bare: str) -> list[str]:
    return _swapped(_ENDS, bare, str.endswith, lambda old, new: bare[: len(bare) - len(old)] + new)


def _swapped(
    pairs: Sequence[tuple[str, str]],
    bare: str,
    has: Callable[[str, str], bool],
    put: Callable[[str, str], str],
) -> list[str]:
    both = [*pairs, *((second, first) for first, second in pairs)]
    return [put(old, new) for old, new in both if has(bare, old)]
