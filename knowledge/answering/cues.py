"""Tell by its turns of phrase what kind of fact a question asks for.

Patterns run over the folded question: officers type with slips and without diacritics.
"""

import re
from typing import Final

from knowledge.answering.values import QuestionKind

_PAPER: Final = (
    r"(?:van ban|chi thi|cong van|ke hoach|nghi quyet|ket luan|quyet dinh|quy dinh|quy che"
    r"|huong dan"
    r"|thong bao|thong tu|nghi dinh|cong dien|to trinh|de an|chuong trinh|bao cao nay)"
)

_SIGNER: Final = re.compile(
    r"\bai (?:la nguoi )?(?:da |se )?(?:ky|dat but)\b|\b(?:do|boi) ai ky|nguoi ky|\bky ten"
    r"|chu ky cua"
    r"|\bky boi|dong chi nao ky|lanh dao nao ky|\bong nao ky"
    r"|nguoi (?:da )?ky\b|ky [^?]*\b(?:giu|la) (?:chuc|chuc vu|chuc danh) (?:gi|nao)"
)
_ISSUED: Final = re.compile(
    rf"ngay (?:ban hanh|ky|ra)\b|{_PAPER}[^?]*\b(?:ban hanh|ky|ra doi|ra|de)\s*(?:vao )?"
    r"(?:ngay|khi|hoi|luc|hom|nam|thang|bao gio)(?: nao| may| bao nhieu)?\b"
    rf"|(?<!theo )(?<!vao )(?<!tren ){_PAPER}[^?]*\b(?:so may|so bao nhieu|so hieu)"
    r"|so hieu cua|\bso hieu la"
    rf"|{_PAPER}[^?]*\b(?:do ai|co quan nao|don vi nao|ai) ban hanh|ban hanh boi"
)
_RECIPIENTS: Final = re.compile(
    r"noi nhan|kinh gui|"
    rf"{_PAPER}[^?]*\bgui (?:cho |toi |den |di |ve |xuong )*(?:nhung |cac )?"
    r"(?:ai|dau|noi nao|noi|don vi nao|co quan nao|cho nao|cap nao)\b"
    rf"|\bgui {_PAPER}[^?]*(?:cho|toi|den) (?:nhung )?(?:ai|dau|noi nao|don vi nao|co quan nao)\b"
    rf"|ai (?:duoc )?nhan (?:duoc )?{_PAPER}"
    rf"|{_PAPER}(?:(?!bao cao|ket qua|\bnop\b)[^?])*\bgui (?:cho |toi |den |di |xuong )*"
    r"(?:nhung |cac )?(?:\w+ ){1,3}nao\b"
)
_DAY: Final = re.compile(
    r"\bhan (?:nop|chot|cuoi|bao cao|gui|hoan thanh|phai)\b|truoc (?:ngay|hom|thang) (?:nao|may"
    r"|bao nhieu)|"
    r"(?:cham|muon|tre) nhat|(?:den|toi) (?:ngay|hom) nao|deadline|^\W*thoi han"
    r"|thoi han\b[^?]*\b(?:bao lau|bao nhieu|nao|may|gi)\b|"
    r"(?:nop|gui|bao cao|xong|hoan thanh)\b[^?]*\b(?:ngay|hom|bua) (?:nao|may|bao nhieu)\b|"
    r"(?:ngay|hom) (?:nao|may)\b[^?]*\b(?:nop|gui|bao cao|xong|hoan thanh)\b|"
    r"bao cao\b[^?]*\b(?:khi nao|luc nao|bao gio)\b|"
    r"(?:khi nao|luc nao|bao gio)\b[^?]*\bbao cao\b"
)
_HOW_OFTEN: Final = re.compile(
    r"bao lau\b[^?]*(?:mot|1) lan|(?:may|bao nhieu) (?:thang|nam|quy|tuan|ngay)\b[^?]*(?:mot"
    r"|1) lan|"
    r"bao lau (?:thi )?(?:phai|lai|moi)|(?:mot|1) nam (?:may|bao nhieu) lan|dinh ky (?:bao lau"
    r"|the nao|ra sao)|"
    r"bao lau (?:bao cao|kiem tra|so ket|tong ket)|khi nao\b[^?]*(?:so ket|tong ket|danh gia)"
)
_JUDGED: Final = re.compile(
    r"dung hay sai|sai hay dung|co dung khong|dung hay khong|dung khong\W*$"
)
_HOW_LONG: Final = re.compile(
    r"\bbao lau\b|thoi (?:han|gian|hieu)\b(?![^?]*\b(?:ngay|hom) (?:nao|may))"
    r"|\b(?:may|bao nhieu) (?:ngay|thang|nam|gio|tuan)\b"
)
_RESPONSIBLE: Final = re.compile(
    r"\bai (?:se |phai |duoc )?(?:chu tri|lo|phu trach|dung ra|lam dau moi|chiu|theo doi|don doc"
    r"|mo|to chuc|"
    r"kiem tra|giam sat|huong dan|thuc hien|tham muu|quan ly|giu|dam nhan|dam trach|cam trich"
    r"|tong hop|ban hanh|xu ly)\b|"
    r"(?:don vi|co quan|phong|so|ban|nganh|cap|to chuc|ben|noi|bo phan|hoi|cho) nao\b|\bdo ai\b"
    r"|(?:giao|phan cong) (?:cho )?ai|"
    r"dau moi|chu tri\b[^?]*\b(?:ai|nao)|phoi hop (?:voi|cung) (?:ai|nhung ai|don vi nao"
    r"|co quan nao)|\bai lam\b|nhung ai\b|"
    r"trach nhiem (?:cua |thuoc (?:ve )?)ai|thuoc ve ai|viec cua ai"
)
_DUTIES: Final = re.compile(
    r"(?:lam|lo|tham muu|phu trach|thuc hien|chu tri|mo|phoi hop|dam nhan|ganh|giup)\s*(?:nhung "
    r"|cac )?(?:viec |lop )?(?:gi|nao)\b|"
    r"(?:lam|lo|giao|chu tri|phu trach|nhan) (?:nhung |may |bao nhieu |cac )?(?:viec|nhiem vu)|"
    r"(?:duoc|bi) (?:phan )?giao|nhiem vu (?:cua|gi|nao)|trach nhiem (?:cua|gi|nao|ra sao)"
    r"|vai tro (?:gi|cua|nao|the nao)|"
    r"(?:viec|nhiem vu) (?:gi|nao)\b|(?:phai|can) lam (?:gi|sao|nhung gi)|co nhiem vu|lam duoc gi"
)
_CITES: Final = re.compile(
    r"(?:vien dan|trich dan|dan chieu|nhac (?:den|toi)|dan ra|ke (?:ra|den)) "
    rf"(?:den |toi |vao )?(?:nhung |cac )?{_PAPER} (?:gi|nao|khac)\b"
)
_CITED_BY: Final = re.compile(
    rf"{_PAPER} nao (?:vien dan|trich dan|dan chieu|can cu|nhac|trien khai|thuc hien|noi (?:den"
    rf"|toi))|"
    r"(?:duoc|bi) (?:vien dan|trich dan|dan chieu|nhac)|(?:o dau|cho nao|nhung dau) (?:nhac"
    r"|vien dan)|ai nhac (?:den|toi)"
)
_DEFINITION: Final = re.compile(
    r"nghia la|\bla (?:cai )?gi\b|\bla sao\b|the nao la|hieu (?:the nao|ra sao|la gi)|khai niem"
    r"|dinh nghia|la chi\b"
)

_KINDS: Final = (
    (QuestionKind.SIGNER, _SIGNER),
    (QuestionKind.RECIPIENTS, _RECIPIENTS),
    (QuestionKind.ISSUED, _ISSUED),
    (QuestionKind.CITED_BY, _CITED_BY),
    (QuestionKind.CITES, _CITES),
    (QuestionKind.DEADLINE, _DAY),
    (QuestionKind.DEADLINE, _HOW_OFTEN),
    (QuestionKind.DUTIES, _DUTIES),
    (QuestionKind.RESPONSIBLE, _RESPONSIBLE),
    (QuestionKind.DEFINITION, _DEFINITION),
)
"""In the order in which they are tried: the narrower turn of phrase first."""
_NEED_A_NUMBER: Final = frozenset({QuestionKind.CITED_BY})
_YIELD_TO_A_NUMBER: Final = frozenset(
    {QuestionKind.DUTIES, QuestionKind.RESPONSIBLE, QuestionKind.DEFINITION}
)


def asks_for_a_day(folded: str) -> bool:
    """Tell whether the day of a duty is asked for, not merely how often it comes."""
    return (
        _DAY.search(folded) is not None
        and not _HOW_OFTEN.search(folded)
        and not states_to_judge(folded)
    )


def states_to_judge(folded: str) -> bool:
    """Tell whether a question states something and asks whether it is right."""
    return _JUDGED.search(folded) is not None


def asks_how_long(folded: str) -> bool:
    """Tell whether a length of time is asked for: "trong bao lâu"."""
    return _HOW_LONG.search(folded) is not None


def asks_how_often(folded: str) -> bool:
    """Tell whether it is asked how often something is done."""
    return _HOW_OFTEN.search(folded) is not None


def kind_of(folded: str, *, has_number: bool) -> QuestionKind:
    """Judge the kind of a question from its folded wording and whether it names a number."""
    barred = _YIELD_TO_A_NUMBER if has_number else _NEED_A_NUMBER
    for kind, pattern in _KINDS:
        if kind not in barred and pattern.search(folded):
            return kind
    return QuestionKind.ABOUT_NUMBER if has_number else QuestionKind.CLAUSE
