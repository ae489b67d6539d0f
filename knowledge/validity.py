"""Whether a document is in force, as far as the library tells: what replaces or ends it."""

import re
from typing import Final

from knowledge.catalogue import Catalogue, Part, contents
from knowledge.model import Directive
from knowledge.printed_numbers import find_numbers, parse_number
from vietnamese.text import fold, nfc

_ENDS: Final = re.compile(r"thay the|bai bo|huy bo|het hieu luc|dinh chi")
_REACH: Final = 120
"""Characters before a number within which it is said what becomes of it."""


def ended_by(catalogue: Catalogue, directive: Directive) -> tuple[Part, ...]:
    """Return the clauses of other documents that say that this one is replaced or ended."""
    number = parse_number(directive.header.number or "")
    if number is None:
        return ()
    found = []
    for other in catalogue.citing(directive.header.number or ""):
        if other.file == directive.file:
            continue
        for part in contents(other):
            text = nfc(part.text)
            for (start, _), cited in find_numbers(text):
                before = fold(text[max(0, start - _REACH) : start])
                if cited == number and _ENDS.search(before):
                    found.append(part)
    return tuple(dict.fromkeys(found))
