"""The library on the command line: open, add, check, show, list."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from bot.lock import own_folder
from bot.settings import Settings
from bot.texts import Texts
from knowledge.library import Library
from knowledge.model import Directive
from vietnamese.refusals import Refusal

TOLD_EVERY: Final = 500
"""Documents between two lines of progress in a log: some seconds."""


@contextmanager
def opened(settings: Settings, library: Path | None) -> Iterator[Library]:
    """Open the library of the settings, or that of one folder; say so if it takes time."""
    places, cache = settings.libraries, settings.data_dir / "index"
    if library is not None:
        if not library.is_dir():
            raise click.ClickException(f"{library}: there is no such folder.")
        places, cache = (library,), cache_of(library)
    else:
        own_folder(settings.data_dir)
    held = Library.open(places, cache, _progress)
    for problem in held.problems:
        click.echo(f"left out: {worded(problem.reason)}", err=True)
    yield held


def _progress(done: int, of: int) -> None:
    """Tell how many documents have been read; where nobody watches, now and then."""
    if sys.stderr.isatty():
        click.echo(f"\rreading {done}/{of}", err=True, nl=done == of)
    elif done % TOLD_EVERY == 0:
        click.echo(f"read {done}/{of}", err=True)


def cache_of(library: Path) -> Path:
    """Return where the index of a folder is kept: outside of it, by its full path."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = hashlib.blake2s(str(library.resolve()).encode(), digest_size=8).hexdigest()
    return Path(home) / "danvan" / name


def each(files: Sequence[Path], do: Callable[[Path], str]) -> int:
    """Do something with each file, saying what came of it; return how many were refused.

    Where it cannot go on, the files that it did not reach are named.
    """
    refused = 0
    for number, path in enumerate(files, 1):
        try:
            said = do(path)
        except Refusal as refusal:
            refused += 1
            click.echo(f"[{number}/{len(files)}] {worded(refusal)}", err=True)
        except BaseException:
            left = ", ".join(one.name for one in files[number - 1 :])
            click.echo(f"stopped; {number - 1} done, not reached: {left}", err=True)
            raise
        else:
            click.echo(f"[{number}/{len(files)}] {said}")
    return refused


def add(held: Library, path: Path) -> str:
    """Take a file into the library and name what it is."""
    return f"added {line(held.add(path))}"


def listed(held: Library) -> Iterator[str]:
    """Give a line for each document, in the order of file names."""
    for directive in sorted(held.directives, key=lambda one: one.file):
        yield line(directive)


def worded(reason: Refusal) -> str:
    """Say in English what was refused and what to do."""
    return Texts().refusal(reason, "en")


def line(directive: Directive) -> str:
    """Name a document: its file and what of its header is known."""
    header = directive.header
    known = (header.type, header.number, header.date and header.date.isoformat(), header.issuer)
    return "  ".join([directive.file, *(str(fact) for fact in known if fact)])
