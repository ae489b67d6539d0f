"""Put back the diacritics that a question lacks, by which syllables follow which in the library."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import log
from typing import Final

import numpy as np

from knowledge.searching.columns import Columns, gram_key, gram_keys
from knowledge.searching.corpus import Syllabary
from knowledge.searching.spelling import Word

PAIR_SHARE: Final = 0.9
"""Weight of how often a syllable follows another, against how common it is at all."""
UNSEEN: Final = 1e-9
"""Likelihood of what the library never holds, so that its logarithm exists."""


class Restorer:
    """Chooses, for each syllable without a written form, the likeliest in its row (Viterbi)."""

    def __init__(self, syllabary: Syllabary, singles: Columns, pairs: Columns) -> None:
        self._singles = singles
        self._pairs = pairs
        self._forms: dict[int, list[int]] = {}
        for written, bare in enumerate(syllabary.fold_map().tolist()):
            self._forms.setdefault(bare, []).append(written)

    def restore(self, words: Sequence[Word], *, plain: bool) -> list[Word]:
        """Return `words` with written forms; of a question typed `plain`, all are chosen anew."""
        choices = [self._choices(word, plain=plain) for word in words]
        if all(len(choice) <= 1 for choice in choices):
            return list(words)
        chosen = self._likeliest(choices)
        return [
            replace(word, written=form) if form >= 0 else word
            for word, form in zip(words, chosen, strict=True)
        ]

    def _choices(self, word: Word, *, plain: bool) -> list[int]:
        if word.written is not None and not plain:
            return [word.written]
        return [-1] if word.bare is None else self._forms[word.bare]

    def _likeliest(self, choices: Sequence[Sequence[int]]) -> list[int]:
        alone = self._alone(choices)
        after = self._after(choices, alone)
        reached = dict.fromkeys(choices[0], 0.0)
        for form in reached:
            reached[form] = log(alone.get(form, 0.0) + UNSEEN)
        came: list[dict[int, int]] = []
        for before, here in pairwise(choices):
            step: dict[int, int] = {}
            now: dict[int, float] = {}
            for form in here:
                worth = {
                    last: reached[last] + self._log(last, form, alone, after) for last in before
                }
                step[form] = max(worth, key=worth.__getitem__)
                now[form] = worth[step[form]]
            came.append(step)
            reached = now
        path = [max(reached, key=reached.__getitem__)]
        for step in reversed(came):
            path.append(step[path[-1]])
        return path[::-1]

    def _alone(self, choices: Sequence[Sequence[int]]) -> dict[int, float]:
        """Return the share of the library's units that hold each form."""
        forms = sorted({form for choice in choices for form in choice if form >= 0})
        if not forms:
            return {}
        found = self._singles.frequencies(gram_keys(np.array(forms, np.int64), 1))
        shares = (found / max(self._singles.count, 1)).tolist()
        return dict(zip(forms, shares, strict=True))

    def _after(
        self, choices: Sequence[Sequence[int]], alone: dict[int, float]
    ) -> dict[tuple[int, int], float]:
        """Return, for each pair of forms that may stand together, how often the second follows."""
        pairs = sorted(
            {
                (first, second)
                for before, here in pairwise(choices)
                for first in before
                for second in here
                if first >= 0 and second >= 0
            }
        )
        if not pairs:
            return {}
        keys = np.array([gram_key(pair) for pair in pairs], np.uint64)
        found = (self._pairs.frequencies(keys) / max(self._pairs.count, 1)).tolist()
        return {
            pair: share / alone[pair[0]]
            for pair, share in zip(pairs, found, strict=True)
            if alone.get(pair[0])
        }

    @staticmethod
    def _log(
        last: int,
        form: int,
        alone: dict[int, float],
        after: dict[tuple[int, int], float],
    ) -> float:
        pair = after.get((last, form), 0.0)
        return log(PAIR_SHARE * pair + (1 - PAIR_SHARE) * alone.get(form, 0.0) + UNSEEN)
