"""One process for one data folder: two pollers would take each other's updates."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import OperatorError


class AlreadyRunningError(OperatorError):
    """Another process works on this data folder."""


def own_folder(folder: Path) -> None:
    """Make the data folder where there is none yet: its owner alone enters it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def sole_owner(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process; the lock ends with the process, however it ends.

    Raises AlreadyRunningError when another process holds it.
    """
    own_folder(folder)
    with (folder / "bot.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(
                f"another danvan runs on {folder}: stop it, or set DATA_DIR to another folder."
            ) from None
        yield
