"""The way into the library: a file read and parsed. Who only asks never imports it."""

from pathlib import Path

from knowledge.model import Directive
from knowledge.parsing import parse
from knowledge.reading import read


def take(path: Path) -> Directive:
    """Return what the file at `path` is as a directive. Raises FileRefused."""
    return parse(read(path))
