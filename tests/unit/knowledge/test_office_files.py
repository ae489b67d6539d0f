"""Files as offices have them come out as an officer reads them on paper, in Word, in a browser."""

from pathlib import Path

import pytest

from bot.inspection import check
from knowledge.reading.programs import ANTIWORD, TESSERACT, installed
from knowledge.refusals import FileRefused
from tests.unit.knowledge.office_files.expectations import FOLDER, Check, expected, failures

NEEDS = {".doc": ANTIWORD, "_quet.pdf": TESSERACT}
"""Endings of files that another program of the machine reads."""


def needs(file: str) -> list[pytest.MarkDecorator]:
    """Skip a file whose program is not installed here."""
    missing = [name for end, name in NEEDS.items() if file.endswith(end) and not installed(name)]
    return [pytest.mark.skip(reason=f"{name} is not installed") for name in missing]


CASES = [
    pytest.param(FOLDER / folder / file, checks, id=file, marks=needs(file))
    for folder in ("parse", "reading")
    for file, checks in expected(folder).items()
]


def warns(path: Path) -> bool:
    """Tell whether the operator is told more than what was found."""
    try:
        return "\n" in check(path)
    except FileRefused:
        return True


@pytest.mark.parametrize(("path", "checks"), CASES)
def test_a_file_comes_out_as_an_officer_reads_it(path: Path, checks: list[Check]) -> None:
    """Every check of expected.json holds."""
    assert not failures(path, checks, warned=warns(path))
