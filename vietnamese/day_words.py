"""How days are worded, as patterns over folded text; `vietnamese.dates` gives each its reading."""

import re
from typing import Final

from vietnamese.text import fold, nfc

COUNTS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "SAU": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
"""Small numbers in words, folded; see `aligned` for capitals."""
_ONES: Final = {
    "mot": 1, "MOT": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "lam": 5, "nham": 5, "SAU": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
"""What stands after "mười", "hai mươi", "hai" or "hăm"."""
_TEENS: Final = {f"muoi {one}": 10 + ones for one, ones in _ONES.items() if one != "MOT"}
_TENS: Final = {
    f"{ten} {one}": tens + ones
    for tens, names in ((20, ("hai muoi", "ham")), (30, ("ba muoi",)))
    for ten in names
    for one, ones in _ONES.items()
}
NUMBERS: Final = {
    **COUNTS, **_TEENS, "hai muoi": 20, **_TENS, "ba muoi": 30,
    "hai MOT": 21, "hai lam": 25, "hai nham": 25, "ba MOT": 31,
}  # fmt: skip
"""Numbers in words up to the days of a month, "hai mốt" for 21 too; to be sought longest first."""
DAYS: Final = {
    **NUMBERS,
    **{f"hai {one}": 20 + ones for one, ones in _ONES.items() if one != "mot"},
    "hai mot": 21, "ba mot": 31,
}  # fmt: skip
"""Days of a month in words, "hai ba" for the 23rd too; more than 31 are no days."""
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
    "ngay kia": 2, "ngay MOT": 2, "MOT": 2, "hom kia": -2, "ngay KIA": 3, "hom KIA": -3,
}  # fmt: skip
"""Days told from today, and how far they are."""

_WEEKDAY: Final = (
    r"(?:thu\s*(?P<wd>[2-7]|hai|ba|tu|bon|nam|sau|SAU|bay)|t\.?(?P<wt>[2-7])"
    r"|(?P<sun>chu\s*nhat|cn))(?![0-9])"
)
_NUMBER_NAME: Final = "|".join(sorted(NUMBERS, key=len, reverse=True))
_DAY_NAME: Final = "|".join(sorted(DAYS, key=len, reverse=True))
_COUNT: Final = rf"(?P<n>[0-9]{{1,3}}|{_NUMBER_NAME})"
_DAY: Final = rf"(?P<d>[0-9]{{1,2}}|{_DAY_NAME})"
_MONTH_NAME: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH: Final = rf"(?P<m>[0-9]{{1,2}}|{_MONTH_NAME})"
_YEAR: Final = r"(?P<y>(?:19|20|21)[0-9]{2}|[0-9]{2})"
_NAMED: Final = (
    rf"(?P<name>[0-9]{{1,4}}|iv|iii|ii|i|{_MONTH_NAME})(?:\s*[,/]?\s*(?:nam\s*)?{_YEAR})?"
)
_NEXT: Final = r"(?P<next>sau nua|toi nua|sau|toi|ke tiep|tiep theo)"
_LAST: Final = r"(?P<last>truoc|vua roi|roi|qua|ngoai)"
_WHICH: Final = rf"(?:(?P<this>nay)|{_NEXT}|{_LAST})"
_LEAD: Final = r"(?:(?:vao|den|cho den|toi|den het|het|tu)\s+)?"
_HEAD: Final = rf"{_LEAD}(?:{_WEEKDAY}\s*,?\s*)?(?:(?:ngay|hom|mung|mong)\s+)?"
_OF: Final = r"(?P<of>thang|quy|nam)"

LUNAR: Final = re.compile(r"(?<!\w)(?:ram|am lich|lich ta|al|am|tet|gieng|chap)(?!\w)")
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
_LENGTH: Final = r"(?P<of>ngay|hom|bua|tuan|thang)"
AHEAD: Final = _whole(
    rf"(?P<lead>trong (?:vong )?|sau )?{_COUNT}\s*{_LENGTH}(?P<tail>\s+(?:nua|toi|sau))?"
)
WORKED: Final = _whole(
    rf"(?P<lead>trong (?:vong )?|sau )?{_COUNT}\s*ngay\s+(?:lam viec|cong)"
    r"(?P<tail>\s+(?:nua|toi|sau))?"
)
"""Working days, which need a calendar."""
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

_LUNAR_MONTH: Final = rf"(?:thang\s+)?(?P<lm>gieng|chap)|thang\s*{_MONTH}"
_LUNAR_TAIL: Final = r"(?P<tail>\s*\(?\s*(?:am lich|lich ta|al|am)(?![^\W_])\s*\)?)"
LUNAR_DATE: Final = _whole(
    rf"{_LEAD}(?:(?:ngay|mung|mong|hom)\s+)?{_DAY}\s*"
    rf"(?:[/.\-]\s*(?P<m>[0-9]{{1,2}})(?:\s*[/.\-]\s*{_YEAR})?"
    rf"|,?\s*thang\s*(?P<mw>[0-9]{{1,2}}|{_MONTH_NAME})(?:\s*[,/]?\s*nam\s*(?P<yw>[0-9]{{4}}))?)"
    rf"{_LUNAR_TAIL}?"
)
"""`10/3 âm lịch`, `ngày 10 tháng 3 (ÂL)`: lunar only with its tail, or with words before it."""
LUNAR_NAMED: Final = _whole(
    rf"{_LEAD}(?:(?:ngay|hom)\s+)?(?:(?P<full>ram)|(?:mung|mong)?\s*{_DAY})"
    rf"(?:\s*,?\s*(?:{_LUNAR_MONTH}))?(?:\s*nam\s+(?P<y>[0-9]{{4}}))?{_LUNAR_TAIL}?"
)
"""`rằm tháng 7`, `mùng 5 tháng chạp`, `23 chạp`, `rằm`."""
NEW_YEAR: Final = _whole(
    rf"{_LEAD}(?:(?:ngay|mung|mong|hom)\s+)*(?:{_DAY}\s+tet(?:\s+(?:am lich|nguyen dan))?"
    r"|(?P<eve>giao thua)|(?P<mid>trung thu))"
)
"""`mùng 3 tết`, `30 tết`, `giao thừa`, `trung thu`."""

_KEPT: Final = {"sáu": "SAU", "mốt": "MOT", "kìa": "KIA"}
"""Words that folding would make others: "tháng sáu" is June, "tháng sau" the next."""
_KEPT_WORD: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_KEPT)})(?!\w)")

_ACCENTED: Final = frozenset(
    nfc(
        "hôm qua ngày mốt kìa mùng mồng tháng năm tuần quý thứ chủ nhật một bốn tư sáu bảy tám chín"
        " mười mươi lăm nhăm hăm bữa này tới kế tiếp vừa rồi trước ngoái cuối đầu giữa nữa nửa"
        " cách đây vào đến hết từ làm việc công vòng âm lịch âl rằm tết giêng chạp nguyên đán giao"
        " thừa"
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
