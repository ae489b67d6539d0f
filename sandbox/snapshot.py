"""Keeps the state in a JSON file between starts; a reader never sees half of it."""

import asyncio
import os
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from sandbox.exchange import Exchange
from sandbox.state import State

log = structlog.get_logger(__name__)


class UnreadableState(Exception):
    """The state file is not one that a sandbox wrote."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a sandbox's state; move it away to start anew")
        self.path = path


def reopen(path: Path | None) -> State:
    """Return the state kept in `path`, or a new one; raises UnreadableState."""
    if path is None or not path.exists():
        return State()
    try:
        return TypeAdapter(State).validate_json(path.read_bytes())
    except ValidationError as broken:
        raise UnreadableState(path) from broken


def write(state: State, path: Path) -> None:
    """Put the state on the disk, whole: written aside, then moved into its place."""
    aside = path.with_name(path.name + ".new")
    path.parent.mkdir(parents=True, exist_ok=True)
    with aside.open("wb") as out:
        out.write(TypeAdapter(State).dump_json(state))
        out.flush()
        os.fsync(out.fileno())
    aside.replace(path)


def _try_to_write(state: State, path: Path) -> None:
    """Write, or say in the log why not; the next change tries again."""
    try:
        write(state, path)
    except OSError as full:
        log.warning("sandbox_state_not_written", path=str(path), reason=str(full))


async def keep(exchange: Exchange, path: Path, pause: float = 0.2) -> None:
    """Write the state whenever it has changed, until cancelled; then once more.

    `pause` in seconds joins the changes of a moment into one writing.
    """
    written = exchange.changes
    try:
        while True:
            await asyncio.sleep(pause)
            if exchange.changes != written:
                written = exchange.changes
                _try_to_write(exchange.state, path)
    finally:
        write(exchange.state, path)
