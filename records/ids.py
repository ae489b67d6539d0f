"""Identifiers of records: each kind has its own type; all are short random text."""

import secrets
from typing import Final, NewType

UnitId = NewType("UnitId", str)
PersonId = NewType("PersonId", str)
TaskId = NewType("TaskId", str)
DraftId = NewType("DraftId", str)
ReportId = NewType("ReportId", str)
InvitationId = NewType("InvitationId", str)
PeriodKey = NewType("PeriodKey", str)
"""A reporting period by name: `2026`, `2026-Q4`, `2026-H1`, `2026-9M`, `2026-11`, `2026-W47`,
or one date, `2026-11-04`."""

ID_BYTES: Final = 8
"""Random bytes of an id: 11 characters once encoded; callback data has 64 bytes for two of them."""


def new_id() -> str:
    """Return a fresh random identifier, safe in URLs and buttons."""
    return secrets.token_urlsafe(ID_BYTES)
