"""Slips of a Vietnamese keyboard, the same each time, to measure search on mistyped questions."""

import random
import unicodedata
from collections.abc import Callable
from typing import Final

from vietnamese.text import nfc

WORDS_PER_TYPO: Final = 10
"""One word in so many is mistyped; in a shorter question, one."""

_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_SOUNDS: Final = (
    ("s", "x"),
    ("x", "s"),
    ("tr", "ch"),
    ("ch", "tr"),
    ("d", "gi"),
    ("gi", "d"),
    ("l", "n"),
    ("n", "l"),
)


def _dropped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _swapped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[: at + 1] + word[at:]


def _other_tone(word: str, dice: random.Random) -> str:
    """Replace the tone mark by another, or put one where there is none."""
    apart = unicodedata.normalize("NFD", word)
    tone = dice.choice(_TONES)
    if any(mark in apart for mark in _TONES):
        return nfc("".join(tone if letter in _TONES else letter for letter in apart))
    vowels = [at for at, letter in enumerate(word) if letter.lower() in "aeiouyăâêôơư"]
    if not vowels:
        return word
    at = dice.choice(vowels)
    return nfc(word[: at + 1] + tone + word[at + 1 :])


def _hook_for_tilde(word: str, dice: random.Random) -> str:
    del dice
    apart = unicodedata.normalize("NFD", word)
    return nfc(apart.translate({0x309: 0x303, 0x303: 0x309}))


def _i_for_y(word: str, dice: random.Random) -> str:
    del dice
    pairs = dict(zip("iyíýìỳỉỷĩỹịỵ", "yiýíỳìỷỉỹĩỵị", strict=True))
    return word[:-1] + pairs.get(word[-1], word[-1])


def _like_sound(word: str, dice: random.Random) -> str:
    del dice
    for sound, other in _SOUNDS:
        if word.startswith(sound):
            return other + word[len(sound) :]
    return word


SLIPS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _dropped,
    _swapped,
    _doubled,
    _other_tone,
    _hook_for_tilde,
    _i_for_y,
    _like_sound,
)


def mistyped(question: str) -> str:
    """Return `question` with one word in WORDS_PER_TYPO mistyped, each time the same way."""
    dice = random.Random(question)  # noqa: S311 - the same slips each time are wanted
    words = question.split()
    places = [at for at, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    dice.shuffle(places)
    for at in places[: max(1, round(len(words) / WORDS_PER_TYPO))]:
        for slip in dice.sample(SLIPS, len(SLIPS)):
            typed = slip(words[at], dice)
            if typed != words[at]:
                words[at] = typed
                break
    return " ".join(words)
