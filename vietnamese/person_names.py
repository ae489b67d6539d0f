"""Names of people within running words: "Lò Thị Mai" is not tomorrow, "anh Năm" is not five.

A name is told by its capitals or by the title before it. A text that is all capitals, or none,
tells nothing; a day's word behind a title is then doubtful.
"""

import re
from collections.abc import Iterator
from typing import Final

from vietnamese.text import comparable, fold, has_diacritics

_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLES: Final = frozenset(
    [
        *("anh", "chị", "ông", "bà", "cô", "chú", "bác", "em", "cụ", "thầy", "dì", "cậu", "mợ"),
        *("thím", "đồng chí", "đ/c", "dc"),
    ]
)
_THREE: Final = "ba"
"""Without its accent a lady is a number: "ba hom nua"."""
_TITLE: Final = re.compile(
    r"(?<!\w)(?:anh|chi|ong|ba|co|chu|bac|em|cu|thay|di|cau|mo|thim|dong chi|d/c|dc)\s+"
)
_DAY_WORD: Final = re.compile(
    "thu|ngay|mot|kia|hom|nay|tuan|thang|quy|nam|sang|trua|chieu|toi|dem|cuoi|dau|giua|het"
    "|truoc|sau|tu|den|vao|luc|ram|mung|mong|tet|chu|cn|trong|nhac|nhat"
)
"""Words, folded, that may begin a day with a capital: "Thứ Hai", "Chiều Mai", "Chủ Nhật"."""
_LIKE_DAY: Final = re.compile("mai|mot|tu|nam|ba|chin|sau|bay|tam|hai|muoi|kia|hom|ram|tet|xuan")
"""Names, folded, that are words of days as well."""


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the places in a text (NFC) that are names by their capitals."""
    words = list(_WORD.finditer(text))
    if all(_capital(word[0]) or len(word[0]) == 1 for word in words) and len(words) > 1:
        return
    for capitals in _runs(text, words):
        title = _titled(text, capitals[0].start())
        run = capitals if title else _without_days(capitals)
        begins = capitals[0] is words[0]
        if title or len(run) > (2 if begins else 1):
            yield run[0].start(), run[-1].end()


def doubtful_names(text: str) -> Iterator[tuple[int, int]]:
    """Give the places where a day's word stands behind a title: "chị mai"."""
    folded = fold(text)
    if len(folded) != len(text):
        return
    bare = not has_diacritics(text)
    for title in _TITLE.finditer(folded):
        word = _WORD.match(folded, title.end())
        spelt = comparable(text[title.start() : title.end()].strip())
        known = spelt in _TITLES or (bare and spelt != _THREE)
        if word is not None and _LIKE_DAY.fullmatch(word[0]) and known:
            yield title.start(), word.end()


def _without_days(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return a run of words without those of days that it begins with."""
    at = next(
        (at for at, word in enumerate(run) if not _DAY_WORD.fullmatch(fold(word[0]))), len(run)
    )
    return run[at:]


def _runs(text: str, words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Give the words with capitals that follow one another with a blank between them."""
    run: list[re.Match[str]] = []
    for word in words:
        if run and not (_capital(word[0]) and text[run[-1].end() : word.start()] == " "):
            yield run
            run = []
        if _capital(word[0]):
            run.append(word)
    if run:
        yield run


def _capital(word: str) -> bool:
    """Tell whether a word begins with a capital and goes on without: no abbreviation."""
    return word[0].isupper() and not word[1:].isupper() and word[1:] == word[1:].lower()


def _titled(text: str, at: int) -> bool:
    """Tell whether a title stands before a place."""
    before = text[:at].lower().rstrip()
    return any(re.search(rf"(?<!\w){re.escape(title)}$", before) for title in _TITLES)
