"""What a keyboard made of words: Telex or VNI left off, letters of another alphabet among ours.

Telex is "Hanj nopj baos caos", VNI is "Ha5n no65p ba1o ca1o". A Cyrillic "а" looks like ours and is
another letter: words copied from a page, or made to look like other words, hold them.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from vietnamese.telex import from_telex, is_plain_syllable
from vietnamese.text import fold, nfc
from vietnamese.vni import from_vni

FEWEST: Final = 2
"""Words that are none, and are some by the keys of a method, from which all are read by it: one
alone may be a number of a paper or a foreign word."""

_TOKEN: Final = re.compile(r"[^\W_]+")
_WORDS: Final = re.compile(r"[\w\u0300-\u036f]+")
_ALIKE: Final = str.maketrans(
    "авеіјкмнорсѕтухАВЕІЈКМНОРСЅТУХԁһԛԝьдαοενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeijkmhopcstyxABEIJKMHOPCSTYXdhqwbdaoevikptuxABEZHIKMNOPTYX",
)
"""Letters of Cyrillic and Greek by the Latin ones that they look like."""


def latin(text: str) -> str:
    """Return `text` (NFC) with look-alike letters as Latin ones; words of other alphabets stay.

    Full-width letters, as Asian keyboards write them, are Latin ones too.
    """
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(
        unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one
        for one in letters
    )
    return nfc(_WORDS.sub(lambda found: _settled(found[0]), plain))


def _settled(word: str) -> str:
    """Return a word with every letter Latin, where all of them can be; else as it is."""
    changed = word.translate(_ALIKE)
    foreign = any(
        one.isalpha() and not unicodedata.name(one, "").startswith("LATIN") for one in changed
    )
    return word if foreign else changed


def as_meant(typed: str, fewest: int = FEWEST) -> str:
    """Return `typed` in NFC as it was meant by the keys; what gives no ground for it stays.

    Fewer than `FEWEST` words are enough where the reading is asked back, or nothing else fits.
    """
    text = latin(nfc(typed))
    for method in (from_telex, from_vni):
        text = _read_by(method, text, fewest)
    return text


def _read_by(method: Callable[[str], str | None], text: str, fewest: int) -> str:
    tokens = _TOKEN.findall(text)
    read = [method(token.lower()) for token in tokens]
    sure = sum(
        meant is not None and not is_plain_syllable(fold(token))
        for token, meant in zip(tokens, read, strict=True)
    )
    if sure < fewest or (method is from_vni and not _shaped(tokens)):
        return text
    return _TOKEN.sub(lambda found: _cased(found[0], method(found[0].lower())), text)


def _shaped(tokens: Sequence[str]) -> bool:
    """Tell whether a digit shapes a letter somewhere: "xa1, xa2" are two places, no tones."""
    return any(re.search(r"[aeou][1-5]?[678]|d9", fold(token)) for token in tokens)


def _cased(typed: str, meant: str | None) -> str:
    """Return a word as it was meant, with the capitals of the one typed."""
    if meant is None:
        return typed
    if len(typed) > 1 and typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant
