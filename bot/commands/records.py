"""The records on the command line: look over, back up, restore, move."""

from pathlib import Path

import click
import structlog

from bot.clock import Clock
from bot.last_backup import note_backup
from bot.lock import sole_owner
from bot.settings import Settings
from bot.stores import opened_store
from storage import archive
from storage.embedded.inspection import check
from storage.embedded.store import EmbeddedStore
from storage.transfer import move


class NothingToMoveError(click.ClickException):
    """The records are in a database already."""


async def looked_over(settings: Settings) -> tuple[list[str], bool]:
    """Return what the records hold, a line a kind, and whether all of it is sound."""
    if settings.database_url is not None:
        return await _database_looked_over(settings.database_url.get_secret_value())
    findings = check(settings.data_dir / "records")
    lines = [f"{kind}: {count}" for kind, count in findings.counts.items() if count]
    lines.append(f"{findings.frames} writes read and found whole")
    if findings.torn is not None:
        lines.append(f"a write cut short, not counted: {findings.torn.where}")
    lines += [f"set aside earlier: {name}" for name in findings.set_aside]
    lines += [f"DAMAGED: {one.where}: {one.reason}" for one in findings.damage]
    return lines, findings.sound


async def _database_looked_over(url: str) -> tuple[list[str], bool]:
    from storage.postgres.inspection import check as check_database
    from storage.postgres.store import PostgresStore

    store = await PostgresStore.open(url)
    try:
        found = await check_database(store)
    finally:
        await store.close()
    lines = [f"{kind}: {count}" for kind, count in sorted(found.counts.items())]
    return [*lines, *(f"DAMAGED: {one}" for one in found.damage)], not found.damage


async def backed_up(settings: Settings, path: Path, clock: Clock) -> str:
    """Write a backup and read it back; return what it holds."""
    async with opened_store(settings) as store:
        await archive.write(store.dump(), path, clock())
    sealed = archive.check(path)
    note_backup(settings.data_dir, clock())
    return _told(path, sealed)


async def restored(settings: Settings, path: Path) -> str:
    """Take over a backup into empty records; return what came in."""
    sealed = archive.check(path)
    async with opened_store(settings) as store:
        await store.load(archive.read(path))
    return _told(path, sealed)


async def moved(settings: Settings, url: str) -> list[str]:
    """Bring the records of DATA_DIR into a database; return what was found equal."""
    if settings.database_url is not None:
        raise NothingToMoveError("DATABASE_URL is set: the records are in a database already.")
    from storage.postgres.store import PostgresStore

    with sole_owner(settings.data_dir):
        source = await EmbeddedStore.open(settings.data_dir / "records")
        try:
            target = await PostgresStore.open(url)
            try:
                done = await move(source, target)
            finally:
                await target.close()
        finally:
            await source.close()
    structlog.get_logger("bot.commands.records").info("records moved", already=done.already)
    lines = [f"{kind}: {count}, equal by checksum" for kind, count in done.counts.items()]
    return [*lines, "Set DATABASE_URL to use them there; the folder is left as it was."]


def _told(path: Path, sealed: archive.Sealed) -> str:
    total = sum(sealed.counts.values())
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(sealed.counts.items()))
    return f"{path}: {total} records of {sealed.made}" + (f" ({kinds})" if kinds else "")
