"""Which choice typed words mean: its label, its number, its beginning, or nearly so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from records.forms.model import Choice
from vietnamese.text import comparable, fold, syllables

ALIKE_ENOUGH: Final = 80.0
"""Similarity in percent from which a mistyped label is proposed; it is asked back in any case."""
CLEAR_LEAD: Final = 8.0
"""Percent by which the best label must be ahead of the next one."""
SHORTEST_BEGINNING: Final = 2
"""Letters that a beginning needs: a single one is mostly a slip."""

YES: Final = "yes"
NO: Final = "no"

_YES: Final = frozenset(
    ["co", "dung", "ok", "oke", "okay", "vang", "phai", "u", "uh", "yes", "y", "chuan", "dong y"]
)
_NO: Final = frozenset(
    ["khong", "ko", "k", "kh", "khg", "hong", "hok", "chua", "no", "n", "sai"]
    + [f"{no} {rest}" for no in ("khong", "ko", "k", "chua") for rest in ("co", "phai", "dung")]
)
_POLITE: Final = frozenset(("da", "thua", "a", "ah", "nhe", "nha", "roi", "bao", "cao", "em"))
"""Words that only soften an answer: "dạ có ạ", "đúng rồi", "đã có"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A choice that words mean; `certain` is false for words that only resemble its label."""

    key: str
    certain: bool = True


def yes_or_no(text: str) -> bool | None:
    """Return what a typed "có", "ko", "dạ đúng rồi" says; None if it is neither."""
    words = syllables(fold(text))
    plain = " ".join(word for word in words if word not in _POLITE)
    if plain in _NO:
        return False
    return True if plain in _YES or (not plain and "da" in words) else None


def meant(text: str, choices: Sequence[Choice]) -> Meant | None:
    """Return the one choice that `text` means; None if there is none or more than one.

    A whole label comes before the number that it begins with, a number before initials, initials
    before a beginning. Where labels bear no numbers, a number means none of them.
    """
    typed = " ".join(syllables(fold(text)))
    if not typed:
        return None
    spelt = " ".join(syllables(comparable(text)))
    ways: tuple[Callable[[Choice], bool], ...] = (
        lambda choice: spelt == " ".join(syllables(comparable(choice.label))),
        lambda choice: typed == _plain(choice.label),
        lambda choice: typed.isdigit() and _plain(choice.label).partition(" ")[0] == typed,
        lambda choice: typed.replace(" ", "") == _initials(choice.label),
        lambda choice: len(typed) >= SHORTEST_BEGINNING and _plain(choice.label).startswith(typed),
    )
    for fits in ways:
        found = [choice for choice in choices if fits(choice)]
        if found:
            return Meant(key=found[0].key) if len(found) == 1 else None
    return None if typed.isdigit() else _alike(typed, choices)


def _plain(label: str) -> str:
    return " ".join(syllables(fold(label)))


def _initials(label: str) -> str:
    """Return "ht" for "Hoàn thành"; nothing for a label of one word."""
    words = syllables(fold(label))
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _alike(typed: str, choices: Sequence[Choice]) -> Meant | None:
    """Return the choice that `typed` resembles most, if it is clearly ahead of the others."""
    scored = sorted(
        ((fuzz.ratio(typed, _plain(choice.label)), choice.key) for choice in choices), reverse=True
    )
    if not scored or scored[0][0] < ALIKE_ENOUGH:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR_LEAD:
        return None
    return Meant(key=scored[0][1], certain=False)
