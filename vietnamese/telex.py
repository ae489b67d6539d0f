"""Vietnamese typed in Telex with the keyboard's own conversion off: "coong tacs" is "công tác"."""

import re
import unicodedata
from typing import Final

_TONES: Final = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_LETTERS: Final = {
    "aa": "â",
    "ee": "ê",
    "oo": "ô",
    "aw": "ă",
    "ow": "ơ",
    "uw": "ư",
    "dd": "đ",
}
_LETTER: Final = re.compile("|".join(_LETTERS))
_PLAIN: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
_HEAD: Final = re.compile(r"(?:gi(?=[aăâeêioôơuưy])|qu|[^aăâeêioôơuưy]+)?")
_NUCLEUS: Final = re.compile(r"[aăâeêioôơuưy]+")
_MARKED: Final = "ăâêôơư"


def from_telex(typed: str) -> str | None:
    """Return the syllable that `typed` (lower case) spells in Telex; None where it spells none.

    A word without any of Telex's keys spells none: it is what it is.
    """
    tone = next((letter for letter in reversed(typed[1:]) if letter in _TONES), None)
    at = typed.rfind(tone) if tone else -1
    letters = typed if tone is None else typed[:at] + typed[at + 1 :]
    spelled = _LETTER.sub(lambda found: _LETTERS[found.group()], letters.replace("uow", "uwow"))
    if spelled == typed or not _PLAIN.fullmatch(spelled):
        return None
    return spelled if tone is None else _toned(spelled, _TONES[tone])


def is_plain_syllable(folded: str) -> bool:
    """Tell whether a word without marks has the shape of a syllable as it stands."""
    return _PLAIN.fullmatch(folded) is not None


def _toned(syllable: str, tone: str) -> str:
    """Put a tone on the vowel that bears it, as the older spelling has it: "hòa", "toàn"."""
    head = _HEAD.match(syllable)
    nucleus = _NUCLEUS.search(syllable, head.end() if head else 0)
    if nucleus is None:
        return syllable
    start, end = nucleus.span()
    marked = [place for place in range(start, end) if syllable[place] in _MARKED]
    closed = end < len(syllable)
    if marked:
        place = marked[-1]
    elif closed or end - start == 3:
        place = end - 1 if closed else start + 1
    else:
        place = start
    toned = syllable[: place + 1] + tone + syllable[place + 1 :]
    return unicodedata.normalize("NFC", toned)
