"""From bytes to characters: recognise how a text is encoded."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from knowledge.reading.legacy import CAPITAL_CONTROLS, Legacy, raw
from knowledge.reading.limits import bounded
from knowledge.reading.recovery import ENOUGH_SHARE, SAMPLE_CHARS, decode_text, recover
from knowledge.reading.spelling import Verdict, verdict
from knowledge.refusals import NotText, UnknownEncoding

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x7fELF",
    b"MZ\x90",
)
"""First bytes of files that are no text, some of which hold few control bytes."""

_USUAL_CONTROLS: Final = frozenset(b"\t\n\v\f\r\x1a")
"""Layout, and the end mark of DOS."""

_VIETNAMESE_BLOCKS: Final = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))
"""High bytes of UTF-16 in Vietnamese text: Latin, combining marks, punctuation."""

MAX_CONTROLS: Final = 0.01
"""Share of other control bytes from which content is binary; text has none, random bytes 0.06."""

MAX_LOST: Final = 0.02
"""Share of lost characters in UTF-8 that was cut or damaged on the way, but is still UTF-8."""

RARE: Final = 0.005
"""Share of bytes beyond ASCII below which unknown ones are signs in a text without diacritics."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Text as characters; those of a legacy encoding still stand for bytes."""

    text: str
    legacy: Legacy | None = None

    def decoded(self) -> str:
        """Return the text itself."""
        return decode_text(self.text, self.legacy) if self.legacy else self.text


def unicode_text(file: str, data: bytes) -> str:
    """Return the text of `data`. Raises NotText, UnknownEncoding, TooMuchText."""
    encoded = recognise(file, data)
    bounded(file, encoded.text)
    return recover(encoded.decoded())


def recognise(file: str, data: bytes, *, markup: bool = False) -> Encoded:
    """Return the characters of `data` and how they are encoded; with `markup`, tags do not count.

    Raises NotText and UnknownEncoding.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Encoded(data[len(mark) :].decode(name, errors="replace"))
    wide = _wide(data[:SAMPLE_CHARS])
    if wide:
        return Encoded(data.decode(wide, errors="replace"))
    if data.startswith(_OTHER_FORMATS) or _is_binary(data):
        raise NotText(file=file)
    try:
        return Encoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _narrow(file, data, markup=markup)


def _wide(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero bytes stand."""
    pairs = len(sample) // 2
    for high, name in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        known = sum(high.count(byte) for byte in _VIETNAMESE_BLOCKS)
        if pairs > 1 and high.count(0) > 0.3 * pairs and known >= 0.95 * pairs:
            return name
    return None


def _is_binary(data: bytes) -> bool:
    usual = _USUAL_CONTROLS | CAPITAL_CONTROLS
    strange = sum(data.count(byte) for byte in range(0x20) if byte not in usual)
    return 0 in data or strange > MAX_CONTROLS * len(data)


def _narrow(file: str, data: bytes, *, markup: bool) -> Encoded:
    """Choose the one-byte encoding under which most words are Vietnamese."""
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= MAX_LOST * sum(1 for each in damaged if not each.isascii()):
        return Encoded(damaged)
    text = raw(data)
    sample = _without_tags(text[:SAMPLE_CHARS]) if markup else text[:SAMPLE_CHARS]
    verdicts: dict[Legacy | None, Verdict] = {None: verdict(sample)}
    verdicts |= {each: verdict(decode_text(sample, each)) for each in Legacy}
    best = max(verdicts, key=lambda each: (round(verdicts[each].share, 2), verdicts[each].right))
    if verdicts[best].share >= ENOUGH_SHARE:
        return Encoded(text, best)
    if sum(1 for each in text if not each.isascii()) > RARE * len(text):
        raise UnknownEncoding(file=file)
    return Encoded(text)


def _without_tags(sample: str) -> str:
    return re.sub(r"<[^<>]{0,2000}>", " ", sample)
