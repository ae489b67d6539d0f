"""Which kinds of documents a typed name or short form may mean, misspelt names included."""

import re
from functools import cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.document_kinds import document_kinds, near_kinds, unlettered_kinds
from vietnamese.text import fold

_SLIPS: Final = ((10, 2), (7, 1))
"""Letters of a kind's name, folded, and how many slips it may hold. A longer allowance takes
"thông tin" for "thông tư"; shorter names ("luật") must be spelt right."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def unlettered_symbols() -> frozenset[str]:
    """Give the symbols of the kinds whose numbers bear the National Assembly's name alone."""
    return frozenset(
        symbol
        for kind in document_kinds()
        if fold(kind.name) in unlettered_kinds()
        for symbol in kind.symbols
    )


def kinds_of_symbol(typed: str) -> tuple[str, ...]:
    """Give the printed symbols a typed one stands for: "qđ" is QĐ, "hd" is HD or HĐ."""
    symbols = {symbol for kind in document_kinds() for symbol in kind.symbols}
    exact = {symbol for symbol in symbols if symbol.lower() == typed.lower()}
    folded = {symbol for symbol in symbols if fold(symbol) == fold(typed)}
    return tuple(sorted(exact or folded or {typed}))


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Map each short form to the symbols it may mean, as typed with diacritics and without."""
    forms: dict[str, set[str]] = {}
    for kind in document_kinds():
        for form in (*kind.symbols, *kind.typed):
            for typed in {form.lower(), fold(form)}:
                if len(typed) > 1:
                    forms.setdefault(typed, set()).update(kind.symbols)
    return {typed: frozenset(symbols) for typed, symbols in forms.items()}


@cache
def _names() -> dict[str, frozenset[str]]:
    """Map each kind's name, folded, to its symbols."""
    names: dict[str, set[str]] = {}
    for kind in document_kinds():
        names.setdefault(fold(kind.name), set()).update(kind.symbols)
    return {name: frozenset(symbols) for name, symbols in names.items()}


def kind_before(shown: str, plain: str, end: int) -> tuple[int, frozenset[str]] | None:
    """Read the kind that ends at `end`: where it starts and which symbols it has."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(plain, max(0, end - 40), end)]
    if not words or plain[words[-1][1] : end].strip():
        return None
    last = shown[words[-1][0] : words[-1][1]].lower()
    for count in range(min(4, len(words)), 0, -1):
        start = words[-count][0]
        phrase = " ".join(plain[a:b] for a, b in words[-count:])
        if phrase in _names():
            return start, _names()[phrase]
    if (symbols := short_forms().get(last)) is not None:
        return words[-1][0], symbols
    return _misspelt_kind(plain, words)


def _misspelt_kind(plain: str, words: list[tuple[int, int]]) -> tuple[int, frozenset[str]] | None:
    """Take the nearest kind of as many syllables, within the slips its length allows."""
    best: tuple[int, int, frozenset[str]] | None = None
    for name, symbols in _names().items():
        count = name.count(" ") + 1
        if count < 2 or count > len(words):
            continue
        phrase = " ".join(plain[a:b] for a, b in words[-count:])
        allowed = next((slips for length, slips in _SLIPS if len(name) >= length), 0)
        slips = DamerauLevenshtein.distance(phrase, name, score_cutoff=allowed)
        if slips <= allowed and phrase not in near_kinds() and (best is None or slips < best[0]):
            best = slips, words[-count][0], symbols
    return best[1:] if best else None
