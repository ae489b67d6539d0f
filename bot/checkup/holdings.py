"""What the assistant holds: its records, their backup, its library."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.checkup.finding import Finding, fine, remark, wrong
from bot.last_backup import last_backup
from bot.lock import own_folder
from bot.settings import Settings
from knowledge.library import Library
from records.refusals import FolderInUse
from storage.embedded.inspection import check
from vietnamese.refusals import Refusal

CONNECT_SECONDS: Final = 5

BACKUP_AGE: Final = timedelta(days=2)
"""A nightly backup that failed once is not yet missed; twice it is."""


async def records(settings: Settings) -> Finding:
    """Look whether the records can be opened, and change nothing in them."""
    if settings.database_url is not None:
        return await asyncio.to_thread(_database, settings.database_url.get_secret_value())
    folder = settings.data_dir / "records"
    if not folder.exists():
        return fine("database", "records are made in DATA_DIR at the first start")
    try:
        found = check(folder)
    except FolderInUse:
        return fine("database", "records in DATA_DIR, the assistant is at work")
    if not found.sound:
        return wrong("database", "the records are damaged: danvan records check says where")
    return fine("database", f"records in DATA_DIR, {sum(found.counts.values())} read")


def backup(settings: Settings, now: datetime) -> Finding:
    """Tell how old the last backup is that `danvan records backup` made."""
    made = last_backup(settings.data_dir)
    if made is None:
        return remark("backup", "none yet: danvan records backup FILE, best every night")
    age = now - made
    said = f"the last is of {made:%Y-%m-%d %H:%M}"
    if age > BACKUP_AGE:
        return wrong("backup", f"{said}, {age.days} days ago: danvan records backup FILE")
    return fine("backup", said)


def library(settings: Settings) -> Finding:
    """Open the library as a question does; files it leaves out are named."""
    try:
        own_folder(settings.data_dir)
        held = Library.open(
            settings.libraries, settings.data_dir / "index", lambda _done, _of: None
        )
    except (Refusal, OSError) as error:
        return wrong(
            "library", f"cannot be opened ({type(error).__name__}): look after LIBRARY_DIR"
        )
    count = len(held.directives)
    if not count:
        return wrong("library", "no document: danvan knowledge add FILE, or SHIPPED_LIBRARY=true")
    if held.problems:
        left = f"{len(held.problems)} files are left out: danvan knowledge list says why"
        return remark("library", f"{count} documents, {left}")
    return fine("library", f"{count} documents")


def _database(url: str) -> Finding:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError:
        return wrong(
            "database", "DATABASE_URL: PostgreSQL does not let us in: is it started, user made?"
        )
    return fine("database", f"PostgreSQL {version} answers")
