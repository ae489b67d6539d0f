"""What kind of fact a question wants, and whether a passage holds one.

"Trước ngày mấy" wants a day: a passage on the same matter that names none does not answer it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from vietnamese.text import fold

_NUMERAL: Final = (
    r"(?:\d+(?:[.,]\d+)*|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi(?: \w+)?|tram|nghin|nua)"
)
_A_DAY: Final = re.compile(
    r"(?:truoc|cham nhat|muon nhat|het|trong|vao|xong|den|han|tu)\b[^.;\n]{0,24}?"
    r"(?:ngay\s*)?\b\d{1,2}(?:[/.-]\d{1,2}(?![/.\-\d])|\s*thang\s*\d{1,2}(?!\s*(?:nam)?\s*\d{4})"
    r"|\s*(?:hang|hang|cua)\s)"
    r"|ngay\s*\d{1,2}\s*(?:hang|cua|moi|dau)\s*(?:thang|quy|nam|ky)"
    r"|(?:truoc|cham nhat|muon nhat|het|han)\b[^.;\n]{0,24}?ngay\s*\d{1,2}"
    r"|trong (?:thoi han |vong )?\d+ ngay"
)
_A_LENGTH: Final = re.compile(rf"{_NUMERAL}\s+(?:ngay|thang|nam|gio|tuan)\b(?!\s*\d)")
_REPEATED: Final = re.compile(
    rf"dinh ky|hang (?:nam|quy|thang|tuan|ngay)|thuong xuyen|thuong nien|moi (?:nam|quy|thang)"
    rf"|{_NUMERAL} (?:nam|thang|quy|tuan|lan)\b|chuyen de"
)
_MONEY: Final = re.compile(
    rf"{_NUMERAL}\s*(?:trieu|nghin|ngan|ty)?\s*(?:dong|vnd)\b|muc luong co so|lan muc luong"
)
_PHONE: Final = re.compile(r"(?<!\d)0\d{2,4}[ .\-]?\d{3}[ .\-]?\d{3,4}(?!\d)|\b1[89]00[ .]?\d{4}")
_MAIL: Final = re.compile(r"@|\bwww\.|https?:")
_ADDRESS: Final = re.compile(r"\bso \d+\S*,? (?:duong|pho|ngo)|\bduong [a-z]|dia chi")
_FORM: Final = re.compile(
    r"\b(?:bieu )?mau (?:so|bao cao|don|phieu|bieu|kem|theo)|phu luc|bieu mau|de cuong|theo mau"
)
_IN_FORCE: Final = re.compile(
    r"(?:het|co|con|ngung) hieu luc|hieu luc (?:thi hanh|ke tu|tu ngay|den)|(?:duoc "
    r"|bi )?thay the|bai bo (?:chi thi|quyet dinh|nghi quyet|cong van|van ban)"
)
_PERCENT: Final = re.compile(r"\d\s*%|phan tram|ty le")
_WEEKDAY_OR_RANK: Final = re.compile(
    r"\bthu (?:hai|ba|tu|nam|sau|bay|\d+)\b|chu nhat|(?:hang|vi tri|xep) thu \d|\d+ ?/ ?63"
)
_HOUR: Final = re.compile(r"\d+\s*(?:gio|h\d*)\b|gio hanh chinh")
_PERIOD: Final = re.compile(
    r"giai doan|nhiem ky|den (?:het )?nam \d{4}|den nam \d{4}|\d{4}\s*-\s*\d{4}|dinh huong den"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A kind of fact: how it is asked for, and how it looks in a text (both folded)."""

    name: str
    asked: re.Pattern[str]
    holds: Callable[[str], bool]


def _has(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda folded: pattern.search(folded) is not None


_MAY_COUNT: Final = (
    "dieu|khoan|chuong|ngay|thang|nam|tuoi|lan|trang|buoi|gio|tiet|phan tram|buoc|lop|nguoi|cuoc"
    "|suat|phieu"
)
"""What "mấy" counts; before other nouns it may be no more than a plural ("mấy mô hình")."""
_OTHER_WORDS: Final = (
    "dieu (?:kien|chinh|tra|hanh)|khoan (?:tien|chi)|chuong trinh|trang (?:web|bi|thiet|phuc)"
    "|tiet kiem|tien|dong"
)
"""Words of two syllables that open like what is counted; money is looked for by its own rule."""
_HOW_MANY: Final = re.compile(
    rf"\b(?:may (?P<few>{_MAY_COUNT})|bao nhieu (?P<any>[a-z]+)"
    rf"|(?:gom|co) (?:may|bao nhieu) (?!viec|nhiem|cach|lan)(?P<parts>[a-z]+)"
    rf"|so luong (?P<number>[a-z]+))\b(?!\s*(?:nao|may|mot lan|lam mot|moi))"
)
_NOT_A_COUNT: Final = re.compile(
    r"(?:ngay|hom|thu|so|nam|thang|quy|khoa) (?:may|bao nhieu)|(?:may|bao nhieu) (?:nam|thang"
    r"|quy|tuan|lan)\b[^?]*(?:mot|1) lan"
)
_ANOTHER_WORD: Final = re.compile(rf"\b(?:may|bao nhieu) (?:{_OTHER_WORDS})\b")
_LISTED_RATHER: Final = frozenset(
    {
        *("trinh", "loai", "hinh", "nguyen", "quyen", "nhiem", "truong", "noi", "cap", "nhom"),
        *("dang", "phuong", "co", "to", "cach", "bien", "tieu", "yeu", "giai", "viec", "hanh"),
        *("che", "thu", "muc", "thanh", "don", "doi"),
    }
)
"""Openings of nouns (folded) whose count a text gives by listing: "trình độ", "loại"."""
_NUMBER_WORDS: Final = r"\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn"

EXPECTATIONS: Final = (
    Expectation(
        "phone",
        re.compile(
            r"so dien thoai|\bsdt\b|hotline|duong day nong|so may (?:ban|le|dien)"
            r"|dien thoai (?:cua|lien|so)"
        ),
        _has(_PHONE),
    ),
    Expectation(
        "mail",
        re.compile(r"\be?-?mail\b|hom thu|hop thu dien tu|(?:dia chi|trang) (?:web|mang) nao"),
        _has(_MAIL),
    ),
    Expectation(
        "address",
        re.compile(r"dia chi|tru so (?:o|nam|dat)|nam o duong nao|o duong nao"),
        _has(_ADDRESS),
    ),
    Expectation(
        "money",
        re.compile(
            r"bao nhieu (?:tien|dong|trieu|ty)|may (?:trieu|dong|ty|nghin)\b|muc (?:thuong|luong"
            r"|phat|chi|phi|thu|dong|ho tro) "
            r"|so tien|(?:thuong|phat|luong|phu cap|ho tro|tro cap|le phi|hoc phi)[^?]*bao nhieu"
        ),
        _has(_MONEY),
    ),
    Expectation(
        "form",
        re.compile(
            r"(?:tai|down|download|xin|lay|tim|cho)\b[^?]{0,12}\b(?:mau|bieu|file|link)\b"
            r"|bieu mau|mau (?:bao cao|don|phieu)|de cuong"
        ),
        _has(_FORM),
    ),
    Expectation(
        "in force",
        re.compile(
            r"het hieu luc|con hieu luc|co hieu luc|hieu luc (?:tu|den|luc|khi|bao)|bi thay"
            r"|thay the boi|con ap dung|het han (?:khi|luc)"
        ),
        _has(_IN_FORCE),
    ),
    Expectation(
        "percent", re.compile(r"phan tram|ty le bao nhieu|may %|bao nhieu %"), _has(_PERCENT)
    ),
    Expectation(
        "weekday or rank",
        re.compile(
            r"\bthu (?:may|bao nhieu)|(?:xep|dung|hang) (?:hang )?(?:thu )?(?:may|bao nhieu)"
        ),
        _has(_WEEKDAY_OR_RANK),
    ),
    Expectation("hour", re.compile(r"\bmay gio|gio nao\b"), _has(_HOUR)),
)


def counted_thing(folded: str) -> str | None:
    """Return the noun whose count a question asks for: "điều" for "gồm mấy điều" (folded)."""
    if _NOT_A_COUNT.search(folded) or _ANOTHER_WORD.search(folded):
        return None
    found = _HOW_MANY.search(folded)
    thing = next(filter(None, found.groups()), None) if found else None
    return None if thing in _LISTED_RATHER else thing


def holds_count(settled: str, thing: str) -> bool:
    """Tell whether a text (comparable) counts a thing (folded): "30 ngày" for "ngay"."""
    counted = re.finditer(rf"(?<![\w/.-])(?:{_NUMBER_WORDS})\s+(\w+(?:\s+\w+)?)", settled)
    return any(
        re.match(rf"{thing}\b", fold(found[1])) and not _IS_A_DATE.match(settled, found.end())
        for found in counted
    )


_IS_A_DATE: Final = re.compile(r"\s*\d{1,2}/")


def expectations_of(folded: str) -> list[Callable[[str], bool]]:
    """Return the tests that a passage (folded) must pass to answer the question (folded)."""
    tests = [kind.holds for kind in EXPECTATIONS if kind.asked.search(folded)]
    article = _ARTICLE.search(folded)
    if article is not None:
        tests.append(_has(re.compile(rf"\bdieu {article[1]}\b")))
    return tests


_ARTICLE: Final = re.compile(
    r"\bdieu (\d{1,3})\b[^?]*\b(?:quy dinh|noi|viet|ghi|co|la)(?: ve)? (?:noi dung )?(?:cai )?gi\b"
)
"""An article whose content is asked for; one that is named as the ground of a question is not."""
_OFFICE: Final = (
    r"(?P<office>(?:pho )?(?:tong bi thu|bi thu|chu tich|giam doc|truong ban|truong phong|thu tuong"
    r"|bo truong|chanh van phong|chanh thanh tra|vien truong|chanh an|hieu truong|truong doan))"
)
_WHO_HOLDS: Final = (
    re.compile(rf"\b{_OFFICE}\b[^?]*\b(?:la ai|ten (?:la )?gi|ho ten|la nguoi nao)\b"),
    re.compile(rf"\b(?:ai (?:dang )?la|ai (?:dang )?lam|ho ten|ten)\b[^?]{{0,12}}\b{_OFFICE}\b"),
)


def office_asked_for(folded: str) -> str | None:
    """Return the office (folded) whose holder a question asks the name of: "bi thu"."""
    found = next(filter(None, (pattern.search(folded) for pattern in _WHO_HOLDS)), None)
    return found["office"] if found else None


def names_holder(signature: str, office: str) -> bool:
    """Tell whether a signature (folded) is of that very office: a deputy's is not its chief's."""
    return re.search(rf"(?<!pho ){re.escape(office)}\b", signature) is not None


_MONEY_WORDS: Final = re.compile(
    r"\b(?:tiền|lương|phụ cấp|thù lao|kinh phí|chi phí|học phí|lệ phí|viện phí|trợ cấp|giá)\b"
)
_STANDS_FOR_MONEY: Final = re.compile(r"\b(?:kinh phí|ngân sách|bồi thường|chế độ|hỗ trợ)\b")


def speaks_of_money(question: str, text: str) -> bool:
    """Tell whether a text speaks of the money that a question names (both comparable).

    True where the question names none. Of pay and fees only the very word or an amount will do.
    """
    named = set(_MONEY_WORDS.findall(question))
    if not named or named & set(_MONEY_WORDS.findall(text)) or _MONEY.search(fold(text)):
        return True
    return named == {"tiền"} and _STANDS_FOR_MONEY.search(text) is not None


_LAW: Final = re.compile(
    r"(?<!pháp )(?<!phap )(?<!kỷ )(?<!kỹ )(?<!ky )(?<!quy )(?<!đúng )"
    r"\b(?:luật|luât|luat) (?!sư|gia|lệ|pháp|học|khoa|su\b|le\b|phap|hoc)(\w+) (\w+)"
)
_NO_NAME: Final = frozenset({"nào", "gì", "thì", "là", "ở", "của", "về", "và", "cho", "không"})
_NO_NAME_BARE: Final = frozenset(map(fold, _NO_NAME))


def law_named(question: str, *, bare: bool) -> tuple[str, str] | None:
    """Return the first two syllables (folded) of the name of a law that a question names.

    `question` is comparable; `bare` says that it was typed without diacritics.
    """
    found = _LAW.search(question)
    if found is None or not (_NO_NAME_BARE if bare else _NO_NAME).isdisjoint(found.groups()):
        return None
    return fold(found[1]), fold(found[2])


def holds_law(words: Sequence[str], law: tuple[str, str]) -> bool:
    """Tell whether folded words name that law, words between the two syllables allowed."""
    return any(
        word == "luat" and {*law} <= {*words[at + 1 : at + 1 + _LONGEST_LAW]}
        for at, word in enumerate(words)
        if at == 0 or words[at - 1] not in _OTHER_LUAT
    )


def may_hold_law(words: Sequence[str], law: tuple[str, str]) -> bool:
    """Tell whether folded words name a law that agrees in one syllable; the other may be a slip."""
    return any(
        word == "luat" and not {*law}.isdisjoint(words[at + 1 : at + 1 + _LONGEST_LAW])
        for at, word in enumerate(words)
        if at == 0 or words[at - 1] not in _OTHER_LUAT
    )


_LONGEST_LAW: Final = 8
"""Syllables of a law's name that are looked through."""
_OTHER_LUAT: Final = frozenset({"phap", "ky", "quy"})


_ASKS_A_DATE: Final = re.compile(r"\b(?:ngay|hom) (?:nao|may|bao nhieu)\b")
_CITED_DATE: Final = re.compile(
    r"\d+[^\s,;]*/[^\s,;]+\s*,?\s*ngay \d{1,2}(?:/\d{1,2}/\d{4}| thang \d{1,2} nam \d{4})"
)
_A_DATE: Final = re.compile(r"ngay \d{1,2}\b|\b\d{1,2}/\d{1,2}\b|\b\d{1,2} thang \d{1,2}\b")


def asks_for_a_date(folded: str) -> bool:
    """Tell whether a question asks on which day something is."""
    return _ASKS_A_DATE.search(folded) is not None


def names_own_date(folded: str) -> bool:
    """Tell whether a text (folded) names a day that is not the date of a cited document."""
    return _A_DATE.search(_CITED_DATE.sub(" ", folded)) is not None


def names_a_day(folded: str) -> bool:
    """Tell whether a text (folded) names a day by which something is due."""
    return _A_DAY.search(folded) is not None


def names_a_time(folded: str) -> bool:
    """Tell whether a text (folded) names a day or a length of time: "30 ngày", "mười hai tháng"."""
    return names_a_day(folded) or _A_LENGTH.search(folded) is not None


def names_a_rhythm(folded: str) -> bool:
    """Tell whether a text (folded) says how often something is done."""
    return _REPEATED.search(folded) is not None


def names_a_period(folded: str) -> bool:
    """Tell whether a text (folded) names the years that something covers."""
    return _PERIOD.search(folded) is not None


_YEAR: Final = re.compile(r"(?<![\w/.-])(20\d\d)(?![\w/.-])")
_EVERY_YEAR: Final = re.compile(r"\b(?:hang|moi|tung|thuong) (?:nam|nien)\b|dinh ky|thuong xuyen")


def years_named(folded: str) -> list[str]:
    """Return the years that a question (folded) names by themselves, not within a date."""
    return _YEAR.findall(folded)


def is_for_every_year(folded: str) -> bool:
    """Tell whether a text (folded) says something of each year."""
    return _EVERY_YEAR.search(folded) is not None


_PERIOD_OF_REPORT: Final = re.compile(
    r"\bquy (?:i{1,3}v?|iv|[1-4]|mot|hai|ba|bon|tu)\b|\b(?:6|sau|9|chin) thang|\bhang (?:tuan"
    r"|thang|quy)|\bthang (?:\d{1,2})\b|"
    r"(?:moi|tung) (?:tuan|thang|quy)|bao cao (?:tuan|thang|quy)"
)


def report_periods(folded: str) -> set[str]:
    """Return the reporting periods other than the year that a text (folded) names."""
    return {_period_key(found.group()) for found in _PERIOD_OF_REPORT.finditer(folded)}


def _period_key(words: str) -> str:
    for key in ("quy", "tuan"):
        if key in words:
            return key
    return "months" if re.search(r"6|sau|9|chin", words) else "thang"
