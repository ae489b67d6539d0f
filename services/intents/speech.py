"""Words as they were said: syllables with their places, and phrases found among them.

Accents may be missing, and a phrase of several syllables may hold a slip; a single syllable that
has accents must have those of the word that is meant ("tới" is not "tôi").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from vietnamese.text import comparable, fold, nfc, syllables

SLIP_FROM: Final = 6
"""Letters of a phrase from which one slip is forgiven; a shorter one is a slip away from others."""

SLIP_IN: Final = 2
"""Letters of a syllable above which a slip in it can be told."""

ACCENTED: Final = "="
"""Before a phrase that means another thing without its accents: "muộn" is not "muốn"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording, as it is compared."""

    shown: tuple[str, ...]
    folded: tuple[str, ...]
    joined: str
    strict: bool = False
    """It must be said with its accents."""

    @staticmethod
    def of(words: str) -> "Phrase":
        """Make one of running words."""
        return _made(words)


@dataclass(frozen=True)
class Speech:
    """What was said, syllable by syllable."""

    shown: tuple[str, ...]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Speech":
        """Take up a text."""
        shown = tuple(syllables(comparable(nfc(text))))
        return cls(shown, tuple(fold(one) for one in shown))

    def without(self, phrases: Iterable[Phrase]) -> "Speech":
        """Return what is said beside these phrases; their syllables stay as places."""
        gone = {at for one in phrases for place in self.places(one) for at in place}
        kept = [("" if at in gone else one) for at, one in enumerate(self.shown)]
        return Speech(tuple(kept), tuple(fold(one) for one in kept))

    def __len__(self) -> int:
        """Return how many syllables there are."""
        return len(self.shown)

    def places(self, phrase: Phrase) -> Iterator[range]:
        """Give where a phrase stands as it is written, or without accents."""
        length = len(phrase.folded)
        for at in self._starts.get(phrase.folded[0], ()) if length else ():
            if self.folded[at : at + length] == phrase.folded and self._accented(at, phrase):
                yield range(at, at + length)

    def on(self, phrases: Iterable[Phrase]) -> frozenset[int]:
        """Return the syllables on which any of these phrases stands."""
        return frozenset(at for one in phrases for place in self.places(one) for at in place)

    def near(self, phrase: Phrase, at: int) -> Iterator[range]:
        """Give where a phrase stands over syllable `at`, torn or with one slip.

        Of several syllables one is as it should be; a slip is no other first letter.
        """
        if phrase.strict or len(phrase.joined) < SLIP_FROM:
            return
        length = len(phrase.folded)
        if self.folded[at] == phrase.joined and length > 1:
            yield range(at, at + 1)
        for begin in range(max(0, at - length + 1), at + 1 if length > 1 else 0):
            if _slipped(self.folded[begin : begin + length], phrase.folded):
                yield range(begin, begin + length)

    def runs(self, words: Sequence[str], least: int) -> tuple[frozenset[int], int]:
        """Return the longest run of these folded words that stands here, and its length."""
        best: frozenset[int] = frozenset()
        for at in range(len(self)):
            for begin, word in enumerate(words):
                if word != self.folded[at]:
                    continue
                size = 1
                while (
                    at + size < len(self)
                    and begin + size < len(words)
                    and words[begin + size] == self.folded[at + size]
                ):
                    size += 1
                if size >= least and size > len(best):
                    best = frozenset(range(at, at + size))
        return best, len(best)

    def at_letters(self, text: str, start: int, end: int) -> frozenset[int]:
        """Return the syllables between two letters of the text that this was made of."""
        before = len(syllables(text[:start]))
        return frozenset(range(before, before + len(syllables(text[start:end]))))

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, one in enumerate(self.folded):
            found.setdefault(one, []).append(at)
        return found

    def _accented(self, at: int, phrase: Phrase) -> bool:
        """Tell whether a single syllable has no accents, or those of the phrase."""
        if phrase.strict:
            return self.shown[at : at + len(phrase.shown)] == phrase.shown
        if len(phrase.shown) > 1:
            return True
        return self.shown[at] in (phrase.shown[0], phrase.folded[0])


@lru_cache(maxsize=16384)
def _made(words: str) -> Phrase:
    """Make a phrase; names of the office come back with each word that is said."""
    shown = tuple(syllables(comparable(words)))
    folded = tuple(fold(one) for one in shown)
    return Phrase(shown, folded, "".join(folded), words.startswith(ACCENTED))


def _slipped(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether syllables are these but for one letter of one of them."""
    if len(said) != len(wanted):
        return False
    wrong = [(one, other) for one, other in zip(said, wanted, strict=True) if one != other]
    if len(wrong) != 1:
        return False
    one, other = wrong[0]
    return (
        one[:1] == other[:1]
        and max(len(one), len(other)) > SLIP_IN
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )
