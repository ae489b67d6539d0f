"""Slips of the keyboard: which syllable a hastily typed one may mean."""

import unicodedata
from functools import lru_cache
from typing import Final

from vietnamese.text import fold, syllables

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_HOOK_AND_TILDE: Final = frozenset("\u0303\u0309")
_REMEMBERED: Final = 20_000
"""Pairs of syllables; the language has fewer than 8,000 syllables."""

_SOUND_HEADS: Final = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("r", "d"),
    ("s", "x"),
    ("k", "c"),
    ("q", "c"),
)
"""Heads of syllables that dialects and hasty typists take for one another."""


@lru_cache(_REMEMBERED)
def bare(word: str) -> str:
    """Return one word without diacritics, in lower case; remembered, as words come again."""
    return fold(word)


@lru_cache(_REMEMBERED)
def parts(text: str) -> tuple[str, ...]:
    """Return the folded syllables of a wording; remembered, as wordings come again."""
    return tuple(syllables(fold(text)))


@lru_cache(_REMEMBERED)
def may_mean(typed: str, said: str) -> bool:
    """Tell whether `typed`, which folds to the same as `said`, is a hasty spelling of it.

    It is where it lacks all marks or its tone, or has one of the tones hỏi and ngã for the other.
    """
    if typed in (said, fold(said)):
        return True
    letters, tone = _letters_and_tone(typed)
    said_letters, said_tone = _letters_and_tone(said)
    return letters == said_letters and (tone == "" or {tone, said_tone} <= _HOOK_AND_TILDE)


def _letters_and_tone(syllable: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", syllable)
    tone = "".join(mark for mark in parts if mark in _TONES)
    return "".join(mark for mark in parts if mark not in _TONES), tone


@lru_cache(_REMEMBERED)
def sound(folded: str) -> str:
    """Return a folded syllable as it sounds: "sử" and "xử", "lí" and "lý" become one."""
    for head, same in _SOUND_HEADS:
        if folded.startswith(head):
            folded = same + folded[len(head) :]
            break
    return folded.replace("y", "i")
