"""What a command does not need, it does not import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "aiohttp",
    "alembic",
    "apscheduler",
    "holidays",
    "httpx",
    "icalendar",
    "lxml",
    "matplotlib",
    "openpyxl",
    "psycopg",
    "pypdfium2",
    "sqlalchemy",
    "structlog",
    "telegram",
    "tinydb",
}
"""Packages that answering a question needs none of."""

OF_A_QUESTION = {"bm25s", "jinja2", "numpy", "pydantic", "rapidfuzz", "yaml"}
"""Packages that only answering needs; help does without them too."""

PROBE = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from bot.cli import main
main()
"""


def imported(tmp_path: Path, *arguments: str) -> set[str]:
    """Run a command; return the top-level packages that were imported when it ended."""
    ended = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        env={"DATA_DIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ended.stdout
    modules: list[str] = json.loads(ended.stderr.splitlines()[-1])
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["records", "--help"], ["--version"]], ids=" ".join
)
def test_help_imports_no_library(tmp_path: Path, arguments: list[str]) -> None:
    """The command line is there at once, whichever command it tells of."""
    assert not imported(tmp_path, *arguments) & (HEAVY | OF_A_QUESTION)


def test_a_question_imports_what_answers_it(tmp_path: Path) -> None:
    """Once the index is built, nothing that reads files, keeps records, draws or sends."""
    asked = ["ask", "Ai đối thoại trực tiếp với Nhân dân?"]
    imported(tmp_path, *asked)
    found = imported(tmp_path, *asked)
    assert not found & HEAVY
    assert found >= OF_A_QUESTION
