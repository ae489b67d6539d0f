"""When the last backup was made: noted by what makes it, read by what looks after it."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

NOTE: Final = "last-backup"
"""A file of DATA_DIR: the time, ISO 8601 with its zone."""


def note_backup(data: Path, now: datetime) -> None:
    """Note that a backup was made and found whole."""
    descriptor = os.open(data / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{now.isoformat()}\n")


def last_backup(data: Path) -> datetime | None:
    """Return when the last backup was made; None where none is noted."""
    try:
        made = datetime.fromisoformat((data / NOTE).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return made if made.tzinfo is not None else None
