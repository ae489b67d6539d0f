"""Vietnamese typed in VNI with the keyboard's own conversion off: "co6ng ta1c" is "công tác"."""

import re
from typing import Final

from vietnamese.telex import from_telex

_KEYS: Final = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
"""The digits of tones, by the letters that Telex has for them."""
_TYPED: Final = re.compile(r"(?=.*\d)[a-z][a-z1-9]{1,9}")
_MARKED: Final = {"6": ("a", "e", "o"), "7": ("uo", "o", "u"), "8": ("a",)}
"""Which vowel a digit shapes, the likeliest first."""


def from_vni(typed: str) -> str | None:
    """Return the syllable that `typed` (lower case) spells in VNI; None where it spells none.

    Digits stand behind the vowel or at the word's end; `d9` is "đ".
    """
    if not _TYPED.fullmatch(typed):
        return None
    tones = [one for one in typed if one in _KEYS]
    shapes = [one for one in typed if one in "678"]
    letters = re.sub(r"\d", "", typed.replace("d9", "dd"))
    if len(tones) > 1 or len(shapes) > 2 or "9" in typed.replace("d9", ""):
        return None
    for shape in dict.fromkeys(shapes):
        vowel = next((one for one in _MARKED[shape] if one in letters), None)
        if vowel is None:
            return None
        at = letters.rindex(vowel) if shape != "7" else letters.index(vowel)
        letters = letters[:at] + _in_telex(vowel, shape) + letters[at + len(vowel) :]
    return from_telex(letters + "".join(_KEYS[one] for one in tones))


def _in_telex(vowel: str, shape: str) -> str:
    """Return a vowel that a digit shapes by the keys of Telex: "a6" is "aa", "a8" is "aw"."""
    return vowel * 2 if shape == "6" else f"{vowel}w"
