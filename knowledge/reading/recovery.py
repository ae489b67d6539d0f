"""Find legacy text that lies in Unicode code points, and turn it into what its readers saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from knowledge.reading.capitals import restore_capitals
from knowledge.reading.legacy import Legacy, decode, stands_for_byte
from knowledge.reading.spelling import Verdict, verdict

ENOUGH_SHARE: Final = 0.75
"""Of words that must be Vietnamese once decoded. Five real directives encoded and read again give
0.99 and more by their own table (the rest is abbreviations), 0.53 and less by a wrong one."""

ENOUGH_WORDS: Final = 2
"""Words right after decoding that justify it where no font names the encoding."""

DOUBTFUL_SHARE: Final = 0.6
"""A line with fewer Vietnamese words is perhaps not Unicode; undecoded lines have 0.1."""

SAMPLE_CHARS: Final = 100_000
"""Characters on which an encoding is judged: about forty pages."""

_HIDDEN_IN_UNICODE: Final = (Legacy.TCVN3, Legacy.VNI, Legacy.VPS)
"""Encodings whose fonts were used inside documents, the commonest first."""

_LACK_CAPITALS: Final = frozenset({Legacy.TCVN3, Legacy.VPS})
"""TCVN3 has no capital with a tone; VPS has some in control characters, which few programs kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one font; None where the font is unknown."""

    text: str
    font: str | None = None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How a font draws its bytes: by which encoding, and whether as capitals."""

    encoding: Legacy | None = None
    capitals: bool = False


def decode_text(text: str, encoding: Legacy) -> str:
    """Decode `text` whose fonts are unknown; where capitals lack, the letters around tell them."""
    decoded = decode(text, encoding)
    return restore_capitals(decoded) if encoding in _LACK_CAPITALS else decoded


def join(pieces: Sequence[Piece]) -> str:
    """Return the text of `pieces` in Unicode.

    A legacy font's name alone proves nothing: Unicode typed over such a font keeps it. So what
    one encoding's fonts hold is decoded where that reads better as a whole.
    """
    drawn = [(_drawing(piece.font), piece.text) for piece in pieces]
    legacy = {drawing.encoding for drawing, _ in drawn if drawing.encoding}
    used = {encoding for encoding in legacy if _reads_better(drawn, encoding)}
    text = "".join(
        _shown("".join(part for _, part in run), drawing, used)
        for drawing, run in groupby(drawn, key=lambda pair: pair[0])
    )
    return recover(restore_capitals(text) if used & _LACK_CAPITALS else text)


def _drawing(font: str | None) -> _Drawing:
    name = (font or "").strip("'\" ").lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return _Drawing(Legacy.TCVN3, name.endswith("h"))
    if name.startswith("vni"):
        return _Drawing(Legacy.VNI)
    return _Drawing(Legacy.VPS) if name.startswith("vps") else _Drawing()


def _reads_better(drawn: Iterable[tuple[_Drawing, str]], encoding: Legacy) -> bool:
    held = " ".join(text for drawing, text in drawn if drawing.encoding is encoding)
    sample = held[:SAMPLE_CHARS]
    return verdict(decode_text(sample, encoding)).share >= verdict(sample).share


def _shown(text: str, drawing: _Drawing, used: set[Legacy]) -> str:
    if drawing.encoding and drawing.encoding in used:
        text = decode(text, drawing.encoding)
    return text.upper() if drawing.capitals else text


def recover(text: str) -> str:
    """Return `text` with those lines decoded that are legacy text; the others stay as they are.

    One encoding is chosen for the document, by the lines that are not Vietnamese as they stand.
    Where these are the most, a short line that reads as well both ways goes with them.
    """
    lines = text.split("\n")
    verdicts = [verdict(line) for line in lines]
    doubtful = [place for place, judged in enumerate(verdicts) if judged.share < DOUBTFUL_SHARE]
    encoding = _hidden("\n".join(lines[place] for place in doubtful)[:SAMPLE_CHARS])
    if encoding is None:
        return text
    most = 2 * sum(verdicts[place].total for place in doubtful) > sum(v.total for v in verdicts)
    return "\n".join(
        _better(line, judged, encoding, tie=most)
        for line, judged in zip(lines, verdicts, strict=True)
    )


def _hidden(sample: str) -> Legacy | None:
    """Return the encoding that makes `sample` Vietnamese, None if none does."""
    if not sample:
        return None
    judged = {each: verdict(decode_text(sample, each)) for each in _HIDDEN_IN_UNICODE}
    best = max(_HIDDEN_IN_UNICODE, key=lambda each: judged[each].share)
    enough = judged[best].share >= ENOUGH_SHARE and judged[best].right >= ENOUGH_WORDS
    return best if enough else None


def _better(line: str, judged: Verdict, encoding: Legacy, *, tie: bool) -> str:
    """Return the reading of `line` that is more Vietnamese; `tie` prefers the decoded one."""
    if line.isascii() or not all(stands_for_byte(character) for character in line):
        return line
    decoded = decode_text(line, encoding)
    found = verdict(decoded).share
    return decoded if found > judged.share or (tie and found == judged.share) else line
