"""Programs of the machine that read what we do not: found by name, held to time and memory."""

import shutil
import subprocess
from collections.abc import Sequence
from typing import Final

from knowledge.reading.limits import PROGRAM_MEMORY_BYTES
from knowledge.refusals import BrokenFile, TooSlow

ANTIWORD: Final = "antiword"
"""Reads Word 97-2003; a page takes some milliseconds."""

TESSERACT: Final = "tesseract"
"""Recognises letters in pictures; needs its Vietnamese data, `tesseract-ocr-vie`."""

_HELD: Final = 'ulimit -v "$1" && ulimit -t "$2" && shift 2 && exec "$@"'
_ENVIRONMENT: Final = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin:/usr/local/bin"}
"""Several threads of one page only get in each other's way: one is three times faster."""


def installed(program: str) -> bool:
    """Tell whether the machine has a program."""
    return shutil.which(program) is not None


def run(file: str, command: Sequence[str], data: bytes, seconds: int) -> bytes:
    """Give `data` to a program and return what it writes.

    Raises TooSlow, and BrokenFile where it fails, runs out of memory or writes nothing.
    """
    limits = (str(PROGRAM_MEMORY_BYTES // 1024), str(seconds))
    try:
        done = subprocess.run(  # noqa: S603 - a program by its name; the file is data
            ["/bin/sh", "-c", _HELD, "sh", *limits, *command],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=_ENVIRONMENT,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(file=file, seconds=seconds) from None
    except (subprocess.CalledProcessError, OSError):
        raise BrokenFile(file=file) from None
    return done.stdout
