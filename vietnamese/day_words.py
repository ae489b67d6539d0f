"""How days are worded, as patterns over folded text; `vietnamese.dates` gives each its reading."""

import re
from typing import Final

from vietnamese.text import fold, nfc

COUNTS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "SAU": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
"""Small numbers in words, folded; see `aligned` for capitals."""
MONTHS: Final = {
    **COUNTS, "tu": 4, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
WEEKDAYS: Final = {
    "2": 1, "hai": 1, "3": 2, "ba": 2, "4": 3, "tu": 3, "bon": 3, "5": 4, "nam": 4, "6": 5,
    "sau": 5, "SAU": 5, "7": 6, "bay": 6,
}  # fmt: skip
"""What stands after "thứ"; 1 is Monday."""
BESIDE_TODAY: Final = {
    "hom nay": 0, "bua nay": 0, "hnay": 0, "ngay mai": 1, "mai": 1, "hom qua": -1, "bua qua": -1,
    "ngay kia": 2, "ngay MOT": 2, "MOT": 2, "hom kia": -2,
}  # fmt: skip
"""Days told from today, and how far they are."""

_WEEKDAY: Final = (
    r"(?:thu\s*(?P<wd>[2-7]|hai|ba|tu|bon|nam|sau|SAU|bay)|t\.?(?P<wt>[2-7])"
    r"|(?P<sun>chu\s*nhat|cn))(?![0-9])"
)
_COUNT: Final = rf"(?P<n>[0-9]{{1,3}}|{'|'.join(COUNTS)})"
_DAY: Final = rf"(?P<d>[0-9]{{1,2}}|{'|'.join(COUNTS)})"
_MONTH_NAME: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH: Final = rf"(?P<m>[0-9]{{1,2}}|{_MONTH_NAME})"
_YEAR: Final = r"(?P<y>(?:19|20|21)[0-9]{2}|[0-9]{2})"
_NAMED: Final = (
    rf"(?P<name>[0-9]{{1,4}}|iv|iii|ii|i|{_MONTH_NAME})(?:\s*[,/]?\s*(?:nam\s*)?{_YEAR})?"
)
_NEXT: Final = r"(?P<next>sau|toi|ke tiep|tiep theo)"
_LAST: Final = r"(?P<last>truoc|vua roi|roi|qua|ngoai)"
_WHICH: Final = rf"(?:(?P<this>nay)|{_NEXT}|{_LAST})"
_LEAD: Final = r"(?:(?:vao|den|cho den|toi|den het|het|tu)\s+)?"
_HEAD: Final = rf"{_LEAD}(?:{_WEEKDAY}\s*,?\s*)?(?:(?:ngay|hom|mung|mong)\s+)?"
_OF: Final = r"(?P<of>thang|quy|nam)"

LUNAR: Final = re.compile(r"(?<!\w)(?:ram|am lich|al|tet|gieng|chap)(?!\w)")
"""Words of the other calendar."""


def _whole(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that ends where a word ends."""
    return re.compile(rf"{pattern}(?![^\W_])")


ISO: Final = _whole(r"(?P<y>(?:19|20|21)[0-9]{2})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
RUN_TOGETHER: Final = _whole(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>(?:19|20|21)[0-9]{2})")
WITH_SIGNS: Final = _whole(
    rf"{_HEAD}{_DAY}\s*(?P<sep>[/.\-])\s*(?P<m>[0-9]{{1,2}})(?:\s*(?P=sep)\s*{_YEAR})?"
)
"""`5/11`, `5.11.2026`."""
WITH_BLANKS: Final = _whole(rf"{_HEAD}{_DAY} (?P<m>[0-9]{{1,2}}) {_YEAR}")
"""`5 11 2026`; without a year two numbers are no day."""
WITH_WORDS: Final = _whole(
    rf"{_HEAD}{_DAY}\s*,?\s*thang\s*{_MONTH}(?:\s*[,/]?\s*(?:nam\s*)?{_YEAR})?"
)
OF_MONTH: Final = _whole(rf"{_HEAD}{_DAY}\s*,?\s*thang\s+{_WHICH}")
DAY_ALONE: Final = _whole(rf"{_LEAD}(?:ngay|mung|mong|hom)\s+{_DAY}")
BESIDE: Final = _whole(rf"{_LEAD}(?P<beside>{'|'.join(BESIDE_TODAY)})")
AHEAD: Final = _whole(
    rf"(?:trong (?:vong )?|sau )?{_COUNT}\s*(?P<of>ngay|tuan|thang)(?:\s+(?:nua|toi|sau))?"
)
AGO: Final = _whole(rf"{_COUNT}\s*(?P<of>ngay|tuan|thang)\s+truoc")
SINCE: Final = _whole(rf"cach day\s+{_COUNT}\s*(?P<of>ngay|tuan|thang)")
HALF_A_MONTH: Final = _whole(r"(?:trong )?nua thang nua")
OF_WEEK: Final = _whole(rf"{_LEAD}{_WEEKDAY}(?:\s*,?\s*(?P<week>tuan)?\s*{_WHICH})?")
PART_OF_WEEK: Final = _whole(rf"{_LEAD}(?:(?P<part>dau|giua|cuoi)\s+)?tuan\s+{_WHICH}")
END_OF_WEEK: Final = _whole(rf"{_LEAD}(?P<part>cuoi)\s+tuan")
PART_OF_MONTHS: Final = _whole(
    rf"{_LEAD}(?P<part>dau|giua|ngay cuoi|cuoi|het)\s+{_OF}(?:\s+{_WHICH}|\s*{_NAMED})?"
)
MONTHS_BESIDE: Final = _whole(rf"{_LEAD}{_OF}\s+(?:{_NEXT}|{_LAST})")

_KEPT: Final = {"sáu": "SAU", "mốt": "MOT"}
"""Words that folding would make others: "tháng sáu" is June, "tháng sau" the next."""
_KEPT_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_KEPT)})(?!\w)")

_ACCENTED: Final = frozenset(
    nfc(
        "hôm qua ngày mốt mùng mồng tháng năm tuần quý thứ chủ nhật một bốn tư sáu bảy tám chín"
        " mười này tới kế tiếp vừa rồi trước ngoái cuối đầu giữa nữa nửa cách đây vào đến hết từ"
    ).split()
)
"""Words of the patterns as they are spelt; in running text "mại" is not "mai"."""


def aligned(text: str) -> str:
    """Return `text` (NFC) folded letter by letter, so that places in both are the same.

    Words that would become others are told by capitals.
    """
    folded = "".join(bare if len(bare := fold(letter)) == 1 else letter for letter in text)
    kept = [(match.start(), _KEPT[match.group()]) for match in _KEPT_WORD.finditer(_lower(text))]
    for at, word in kept:
        folded = folded[:at] + word + folded[at + len(word) :]
    return folded


def as_spelt(words: str) -> bool:
    """Tell whether each word has no accent at all or those of the word that is meant."""
    return all(
        word == fold(word) or word in _ACCENTED for word in re.findall(r"[^\W\d_]+", words.lower())
    )


def _lower(text: str) -> str:
    """Return `text` in lower case where that keeps its length."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
