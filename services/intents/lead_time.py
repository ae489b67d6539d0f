"""How long before a due day somebody wants to be told: "trước một ngày", "trước hạn 3 hôm"."""

import re
from typing import Final

from vietnamese.text import fold

_COUNTS: Final = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_BEFORE: Final = re.compile(
    rf"\btruoc\s+(?:han\s+|do\s+)?(\d{{1,2}}|{'|'.join(_COUNTS)})\s+(ngay|hom|bua|tuan)\b"
    r"(?!\s+\d)"
)


def days_before(text: str) -> int | None:
    """Return the days; None where none are said."""
    match = _BEFORE.search(fold(text))
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else _COUNTS[match[1]]
    return count * (7 if match[2] == "tuan" else 1)
