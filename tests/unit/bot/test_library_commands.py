"""A batch of files says of each what came of it, and what it did not reach."""

from pathlib import Path

import pytest

from bot.commands.library import each
from knowledge.refusals import EmptyFile


def test_what_was_not_reached_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A full disk in the middle leaves no doubt which files are still to be added."""

    def add(path: Path) -> str:
        if path.name == "b.txt":
            raise EmptyFile(file=path.name)
        if path.name == "c.txt":
            raise OSError(28, "No space left on device")
        return f"added {path.name}"

    with pytest.raises(OSError, match="No space"):
        each([Path(name) for name in ("a.txt", "b.txt", "c.txt", "d.txt")], add)
    told = capsys.readouterr()
    assert told.out == "[1/4] added a.txt\n"
    assert "[2/4] b.txt" in told.err
    assert "stopped; 2 done, not reached: c.txt, d.txt" in told.err
