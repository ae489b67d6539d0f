"""Conversations on the command line: JSON lines in, the assistant's replies as JSON lines out."""

import json
import shutil
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from bot.clock import Clock
from bot.commands.library import cache_of
from bot.demo import seed_demo
from bot.lock import sole_owner
from bot.lookup import Lookup
from bot.rehearsal import NoSuchButton, Reply, Said, Stage, Tapped, Turn, Waited, stage
from bot.settings import Settings
from bot.stores import DEMO, opened_store
from bot.texts import Texts
from records.forms.files import read_forms, shipped_forms
from records.ids import PersonId
from records.model import Person
from records.store import Store
from storage import archive
from storage.embedded.store import EmbeddedStore
from vietnamese.text import fold
from vietnamese.zone import ZONE

OWN_FILES: Final = ("forms", "vocabulary")
"""What of a data folder the assistant reads beside records and library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Over what conversations are held."""

    person: str
    """An id, or a name in full."""
    records: Path | None
    """A data folder or a backup; None: those of the settings, else a demo."""
    library: Path | None
    now: datetime | None
    """When every conversation begins; None: as the machine has it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One conversation of the input."""

    id: Any
    turns: tuple[Turn, ...]


async def talked(settings: Settings, among: Among, lines: Iterable[bytes], clock: Clock) -> int:
    """Hold each line's conversation in order, each written out before the next is read.

    A line that holds none gives an object with `error`; returns how many there were.
    """
    at = among.now
    told = clock if at is None else (lambda: at if at.tzinfo else at.replace(tzinfo=ZONE))
    with TemporaryDirectory(prefix="danvan-") as temporary:
        folder = Path(temporary)
        async with _records(settings, among.records, folder, told) as (store, data):
            person = await _person(store, among.person)
            for name in OWN_FILES:
                if (data / name).is_dir():
                    shutil.copytree(data / name, folder / name)
            places = settings.libraries if among.library is None else (among.library,)
            index = settings.data_dir / "index" if among.library is None else cache_of(places[0])
            lookup = Lookup(places, folder / "vocabulary", index, told)
            async with stage(settings, store, folder, told, lookup) as ready:
                return await _each(ready, person, lines)


async def _each(ready: Stage, person: PersonId, lines: Iterable[bytes]) -> int:
    broken = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        asked = _read(line)
        if asked is None:
            broken += 1
            _write({"id": None, "error": f"line {number}: no object with id and turns"})
            continue
        try:
            replies = await ready.hold(person, asked.turns)
        except NoSuchButton as missing:
            broken += 1
            _write({"id": asked.id, "error": f"line {number}: no button {missing}"})
        else:
            _write({"id": asked.id, "replies": [_form(one) for one in replies]})
    return broken


@asynccontextmanager
async def _records(
    settings: Settings, given: Path | None, folder: Path, clock: Clock
) -> AsyncIterator[tuple[Store, Path]]:
    """Open what conversations begin with, and name the data folder that goes with it."""
    data = settings.data_dir
    if given is None and (settings.database_url or (data / "records").is_dir()):
        async with opened_store(settings) as store:
            yield store, data
        return
    place = folder / "start"
    backup = None if given is None else _copied(given, place)
    store = await EmbeddedStore.open(place)
    try:
        if given is None:
            await seed_demo(store, read_forms((shipped_forms(),)), Texts(), clock())
        elif backup is not None:
            archive.check(backup)
            await store.load(archive.read(backup))
        yield store, data if given is None else given
    finally:
        await store.close()


def _copied(given: Path, place: Path) -> Path | None:
    """Copy the records of a data folder, its own before its demo; return what is a backup."""
    if given.is_file():
        return given
    named = next((given / name for name in ("records", DEMO) if (given / name).is_dir()), None)
    if named is None:
        raise click.ClickException(f"{given}: no records are kept there.")
    with sole_owner(given):
        shutil.copytree(named, place)
    return None


async def _person(store: Store, wanted: str) -> PersonId:
    """Return the one person of that id or name; raises ClickException."""
    async with store.begin() as tx:
        held = await tx.get(Person, wanted)
        if held is not None:
            return held.id
        called = [one for one in await tx.find(Person) if fold(one.name) == fold(wanted).strip()]
    if len(called) != 1:
        raise click.ClickException(
            f"{wanted}: {len(called)} people bear this id or name; give one of the records' people."
        )
    return called[0].id


def _read(line: bytes) -> _Line | None:
    """Return the conversation of a line; None if there is none."""
    try:
        given = json.loads(line)
    except ValueError:
        return None
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("turns"), list):
        return None
    turns = [_turn(one) for one in given["turns"]]
    read = tuple(one for one in turns if one is not None)
    return _Line(given["id"], read) if len(read) == len(turns) else None


def _turn(given: object) -> Turn | None:
    """Read a turn: words, or {"tap": label}, or {"wait": minutes}."""
    if isinstance(given, str) and given.strip():
        return Said(text=given)
    if isinstance(given, dict) and isinstance(given.get("tap"), str):
        return Tapped(label=given["tap"])
    if isinstance(given, dict) and isinstance(given.get("wait"), int):
        return Waited(minutes=given["wait"])
    return None


def _form(reply: Reply) -> dict[str, object]:
    return {"text": reply.text, "buttons": list(reply.buttons)}


def _write(given: dict[str, object]) -> None:
    """Write one line and let it go at once."""
    out = sys.stdout.buffer
    out.write(json.dumps(given, ensure_ascii=False).encode() + b"\n")
    out.flush()
