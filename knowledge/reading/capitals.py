"""Give text the capitals that its encoding, TCVN3 above all, has no letters for.

In TCVN3 a capital with a tone is a small letter shown by a font of capitals: "TØNH Hµ TÜNH" is
TỈNH HÀ TĨNH. Where the font is unknown, the letters around tell.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from knowledge.reading.spelling import is_syllable

_WORD: Final = re.compile(r"[^\W\d_]+")
_HAS_CAPITAL: Final = frozenset("ăâêôơưđ")
"""Letters beyond ASCII that have a capital in TCVN3: typed small, they were mostly meant small."""


class _Case(Enum):
    CAPITALS = "capitals"
    SMALL = "small"
    UNSAID = "unsaid"


def restore_capitals(text: str) -> str:
    """Return `text` with words typed in capitals wholly in capitals, line by line."""
    return "".join(_restore_line(line) for line in text.splitlines(keepends=True))


def _restore_line(line: str) -> str:
    words = list(_WORD.finditer(line))
    typed = [_typed(word.group()) for word in words]
    if _Case.CAPITALS not in typed:
        return line
    said = [_said(word.group(), case) for word, case in zip(words, typed, strict=True)]
    before = _latest(said)
    after = reversed(list(_latest(reversed(said))))
    pieces, done = [], 0
    for word, case, *around in zip(words, typed, before, after, strict=True):
        if case is _Case.CAPITALS or (
            case is _Case.UNSAID and set(around) - {_Case.UNSAID} == {_Case.CAPITALS}
        ):
            pieces += [line[done : word.start()], word.group().upper()]
            done = word.end()
    return "".join([*pieces, line[done:]])


def _typed(word: str) -> _Case:
    """Tell how `word` was typed; one such as "Hà" or "ở" does not say and follows the others."""
    if any(letter.isascii() and letter.islower() for letter in word):
        return _Case.SMALL
    if any(map(str.isupper, word[1:])):
        return _Case.CAPITALS
    return _Case.SMALL if _HAS_CAPITAL.intersection(word) else _Case.UNSAID


def _said(word: str, case: _Case) -> _Case:
    """Say what `word` tells of its neighbours; an abbreviation ("UBND", "TU") tells nothing."""
    telling = (len(word) > 2 or not word.isascii()) and is_syllable(word.lower())
    return _Case.UNSAID if case is _Case.CAPITALS and not telling else case


def _latest(said: Iterable[_Case]) -> Iterator[_Case]:
    """Yield for each place what the nearest place before it, or itself, says."""
    latest = _Case.UNSAID
    for case in said:
        latest = latest if case is _Case.UNSAID else case
        yield latest
