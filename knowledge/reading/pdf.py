"""Read PDF with a text layer, in a process of its own that is held to time and memory."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from knowledge.reading.limits import PDF_MEMORY_BYTES, PDF_SECONDS, TEXT_CHARS
from knowledge.reading.recovery import recover
from knowledge.reading.scans import readable, recognised, with_sections_in_order
from knowledge.reading.source import Extract
from knowledge.refusals import (
    BrokenFile,
    PasswordProtected,
    ScannedPdf,
    TooMuchText,
    TooSlow,
    UnknownEncoding,
)

_WORKER: Final = Path(__file__).with_name("pdf_worker.py")
_MARK: Final = b"%PDF-"
MEANINGLESS_SHARE: Final = 0.03
"""Of the letters; a sound PDF has at most a few bullets of symbol fonts."""

_MARK_WITHIN: Final = 1024
"""Bytes in which the mark of a PDF stands; mail gateways put lines before it."""


class _Answer(BaseModel):
    """What the worker says."""

    refused: str | None = None
    pages: list[str] = []
    scanned: list[int] = []
    notes: list[str] = []
    furniture: list[str] = []


def read_pdf(file: str, data: bytes) -> Extract:
    """Return the text of a PDF, pages parted by form feeds, its annotations beside it.

    Pages that are pictures are recognised where the machine can, and named in the extract.

    Raises BrokenFile, PasswordProtected, ScannedPdf, TooMuchText, TooSlow.
    """
    if _MARK not in data[:_MARK_WITHIN]:
        raise BrokenFile(file=file)
    answer = _ask(file, data)
    if answer.refused == "password":
        raise PasswordProtected(file=file)
    if answer.refused == "too much":
        raise TooMuchText(file=file, limit=TEXT_CHARS)
    if answer.refused is not None:
        raise BrokenFile(file=file)
    written = any(each.isalpha() for page in answer.pages for each in page)
    scanned = tuple(answer.scanned) if written else tuple(range(1, len(answer.pages) + 1))
    if scanned and not readable(len(scanned)):
        raise ScannedPdf(file=file, pages=len(answer.pages), scanned=scanned)
    for page, seen in recognised(file, data, scanned).items():
        answer.pages[page - 1] = seen
    text = recover("\f".join(page.replace("\r\n", "\n") for page in answer.pages))
    if scanned:
        text = with_sections_in_order(text)
    if sum(map(_meaningless, text)) > MEANINGLESS_SHARE * len(text):
        raise UnknownEncoding(file=file)
    furniture = tuple(recover(line) for line in answer.furniture)
    beside = recover("\n".join(answer.notes))
    return Extract(text=text, beside=beside, furniture=furniture, printed=True, recognised=scanned)


def _meaningless(letter: str) -> bool:
    """Tell whether a letter says nothing: its font does not tell which one it is."""
    return unicodedata.category(letter) in {"Cc", "Co", "Cn"} and letter not in "\n\f\t"


def _ask(file: str, data: bytes) -> _Answer:
    """Let the worker read; one that crashes or runs out of memory gives a refusal."""
    limits = map(str, (TEXT_CHARS, PDF_MEMORY_BYTES, PDF_SECONDS))
    try:
        worker = subprocess.run(  # noqa: S603 - our own interpreter and file; the PDF is data
            [sys.executable, "-I", str(_WORKER), *limits],
            input=data,
            capture_output=True,
            timeout=PDF_SECONDS,
            check=True,
            env={},
        )
        return _Answer.model_validate(json.loads(worker.stdout))
    except subprocess.TimeoutExpired:
        raise TooSlow(file=file, seconds=PDF_SECONDS) from None
    except (subprocess.CalledProcessError, json.JSONDecodeError, ValidationError):
        raise BrokenFile(file=file) from None
