"""Which kinds of documents a question speaks of."""

import re
from functools import cache

from knowledge.document_kinds import document_kinds
from vietnamese.text import fold


def kinds_named(folded: str) -> frozenset[str]:
    """Return the kinds of documents (folded names) that a folded question names."""
    return frozenset(name for name, pattern in _kind_patterns() if pattern.search(folded))


@cache
def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [fold(kind.name) for kind in document_kinds()]
    return tuple((name, re.compile(rf"\b{re.escape(name)}\b")) for name in names)
