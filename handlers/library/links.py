"""Deep links: `?start=c_…` opens a clause from a group or an inline result."""

import re
from typing import Final

from handlers.library.buttons import OpenClause
from knowledge.catalogue import clause_id, document_id

PREFIX: Final = "c_"
"""Of a clause's deep link."""

_CLAUSE: Final = re.compile(rf"{PREFIX}([0-9a-f]{{12}})_([0-9a-f]{{8}})")


def clause_payload(file: str, path: str) -> str:
    """Return the start parameter of a clause: 23 of the 64 characters that Telegram allows."""
    return f"{PREFIX}{document_id(file)}_{clause_id(path)}"


def read_payload(payload: str) -> OpenClause | None:
    """Return what a start parameter opens; None if it opens nothing of ours."""
    match = _CLAUSE.fullmatch(payload)
    return OpenClause(match[1], match[2], 0) if match else None
