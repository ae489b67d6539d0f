"""Two processes never work on one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import AlreadyRunningError, sole_owner

HOLD = "import sys, pathlib, bot.lock\nwith bot.lock.sole_owner(pathlib.Path(sys.argv[1])):\n"


def test_a_second_process_is_told_so_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    """The lock names the folder, and ends with its process even when that is killed."""
    code = HOLD + "    print('held', flush=True)\n    sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunningError, match=tmp_path.name), sole_owner(tmp_path):
            pytest.fail("both hold the folder")
        other.kill()
    with sole_owner(tmp_path):
        assert (tmp_path / "bot.lock").exists()
