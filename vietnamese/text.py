"""One form in which Vietnamese text is compared; what is shown stays as it was written."""

import re
import unicodedata
from functools import lru_cache
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


_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_WORD: Final = re.compile(r"[^\W\d_]{2,8}")
_SHAPED: Final = frozenset("êơâăôưÊƠÂĂÔƯ")
_VOWELS: Final = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")


def right_tones(text: str) -> str:
    """Return `text` (NFC) with tone marks that stand on a wrong vowel put right: "trứơc", "caó".

    No letter is added or lost, so every place in the text stays. Both places of an open oa, oe, uy
    are right.
    """
    return _WORD.sub(lambda match: _righted(match.group()), text)


@lru_cache(maxsize=16_384)
def _righted(word: str) -> str:
    if word.isascii():
        return word
    letters = [unicodedata.normalize("NFD", letter) for letter in word]
    toned = [at for at, letter in enumerate(letters) if any(mark in _TONES for mark in letter)]
    if len(toned) != 1:
        return word
    tone = next(mark for mark in letters[toned[0]] if mark in _TONES)
    bare = [nfc(letter.replace(tone, "")) for letter in letters]
    places = _tone_places(bare)
    if not places or toned[0] in places:
        return word
    bare[places[0]] = nfc(bare[places[0]] + tone)
    return "".join(bare)


def _tone_places(bare: list[str]) -> tuple[int, ...]:
    """Return where the tone of a syllable without its tone may stand; () where it is none."""
    run = [at for at, letter in enumerate(bare) if letter in _VOWELS]
    head = "".join(bare[:2]).lower()
    if head == "qu" or (head == "gi" and len(run) > 1):
        run = run[1:]
    if not run or run[-1] - run[0] != len(run) - 1 or len(run) > 3:
        return ()
    shaped = [at for at in run if bare[at] in _SHAPED]
    if shaped:
        return (shaped[-1],)
    closed = run[-1] < len(bare) - 1
    if len(run) == 1:
        return (run[0],)
    if len(run) == 2:
        open_glide = "".join(bare[at] for at in run).lower() in {"oa", "oe", "uy"}
        return (run[1],) if closed else tuple(run) if open_glide else (run[0],)
    return (run[1],)


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
