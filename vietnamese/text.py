"""One form in which Vietnamese text is compared; what is shown stays as it was written."""

import re
import unicodedata
from typing import Final

_MARKS: Final = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
"""Combining grave, acute, tilde, hook, dot below, circumflex, breve, horn."""

_D: Final = str.maketrans("đĐ", "dD")


def _pairs() -> dict[str, str]:
    """Map each open syllable end in the newer tone placement to the older: "uỷ" to "ủy"."""
    tones = "\u0300\u0301\u0309\u0303\u0323"
    pairs = {}
    for glide, vowel in ("oa", "oe", "uy"):
        for tone in tones:
            for first, second in (
                (glide, vowel),
                (glide.upper(), vowel),
                (glide.upper(), vowel.upper()),
            ):
                newer = unicodedata.normalize("NFC", first + second + tone)
                pairs[newer] = unicodedata.normalize("NFC", first + tone + second)
    return pairs


_OLDER: Final = _pairs()
_NEWER_END: Final = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLDER)})(?!\w)")
_SYLLABLE: Final = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """Return `text` with each letter and its marks as one code point."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return `text` (NFC) in one line, single blanks, without letters that nobody sees.

    Zero-width blanks and joiners come along when text is copied from a web page.
    """
    seen = "".join(letter for letter in nfc(text) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())


def settle_tones(text: str) -> str:
    """Return `text` (NFC) with the tone mark of open oa, oe, uy on the first vowel.

    "uỷ ban" and "ủy ban" are one word in two spellings; "quý" has only one and stays.
    """
    return _NEWER_END.sub(lambda match: _OLDER[match.group()], text)


def comparable(text: str) -> str:
    """Return the form in which two texts with diacritics are compared: NFC, settled, lower case."""
    return settle_tones(nfc(text)).lower()


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, as it is typed in a hurry."""
    bare = unicodedata.normalize("NFD", text).translate(_MARKS).translate(_D)
    return unicodedata.normalize("NFC", bare).lower()


def syllables(text: str) -> list[str]:
    """Split `text` into runs of letters and digits, in order; punctuation is dropped."""
    return _SYLLABLE.findall(text)


def has_diacritics(text: str) -> bool:
    """Tell whether any letter of `text` carries a Vietnamese mark."""
    return fold(text) != nfc(text).lower()
