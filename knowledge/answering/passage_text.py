"""A passage as the fit of a question is measured on it."""

from itertools import pairwise

from knowledge.answering.slips import sound
from vietnamese.text import comparable, fold, syllables


class PassageText:
    """The syllables of a passage in the forms in which they are compared.

    `spellings` maps each folded syllable to those that stand there with their diacritics.
    """

    __slots__ = ("pairs", "plain", "settled", "sounds", "spellings", "words")

    def __init__(self, text: str) -> None:
        self.settled = comparable(text)
        self.plain = fold(self.settled)
        shown = syllables(self.settled)
        self.words = syllables(self.plain)
        self.spellings: dict[str, set[str]] = {}
        for word, spelling in zip(self.words, shown, strict=True):
            self.spellings.setdefault(word, set()).add(spelling)
        self.sounds = frozenset(map(sound, self.spellings))
        self.pairs = frozenset(pairwise(self.words))
