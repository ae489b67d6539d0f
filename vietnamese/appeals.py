"""Whether words speak to the assistant (a question, an order) or tell what was asked for."""

import re
from typing import Final

from vietnamese.text import fold, syllables

LONGEST: Final = 40
"""Words; what is longer is an account of something, whatever it ends with."""
LONGEST_UNMARKED: Final = 18
"""Words of a question without a question mark."""

_ENDS: Final = re.compile(
    r" (?:la gi|lam gi|can gi|gom nhung gi|noi gi|ghi gi|quy dinh gi|gi vay|gi the"
    r"|khi nao|ngay nao|luc nao|thang nao|quy nao|nam nao|bao gio|nao"
    r"|the nao|nhu nao|ra sao|lam sao|o dau|dau|bao nhieu|bao lau|may ngay|may lan|dieu may"
    r"|la ai|cho ai|ai lam|khong a|co khong|duoc khong|dung khong|phai khong|chua a|khong nhi)"
    r"(?: vay| the| a| nhi| ha| day| do)*$"
)
_STARTS: Final = re.compile(
    r"^(?:da |thua |dong chi |tro ly |oi |a )*"
    r"(?:khi nao|bao gio|tai sao|vi sao|lam sao|lam the nao|the nao la|ai |o dau|bao nhieu"
    r"|cho (?:toi |em |minh )?hoi|xin hoi|hoi |co phai|co can phai"
    r"|toi muon|em muon|minh muon|toi can|em can|cho (?:toi|em|minh) |giup (?:toi|em|minh)"
    r"|nhac (?:toi|em|minh)|xin gia han|tro ly )"
)
_ORDERS: Final = frozenset((
    "huy", "thoat", "dung", "dung lai", "thoi", "quay lai", "ve", "trang chinh", "ve trang chinh",
    "menu", "tro giup", "huong dan", "bao cao", "viec cua toi", "nhiem vu", "lich", "van ban",
    "duyet", "tong hop", "giao viec", "cai dat", "bao cao da gui", "mo bao cao", "xem van ban",
))  # fmt: skip
"""Whole messages that are no answer to anything."""


def is_appeal(text: str) -> bool:
    """Tell whether `text` reads as a question or an order to the assistant.

    For steps that take any words: better asked once too often than kept as an answer.
    """
    return " ".join(syllables(fold(text))) in _ORDERS or is_question(text)


def is_question(text: str) -> bool:
    """Tell whether `text` asks for something, with a question mark or without."""
    words = syllables(fold(text))
    if not words or len(words) > LONGEST:
        return False
    if text.rstrip(" .!)”\"'").endswith("?"):
        return True
    if "\n" in text.strip() or len(words) > LONGEST_UNMARKED:
        return False
    plain = " ".join(words)
    return bool(_STARTS.match(f"{plain} ") or _ENDS.search(f" {plain}"))
