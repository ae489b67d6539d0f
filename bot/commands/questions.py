"""Questions on the command line: one for a person, many as JSON lines for a program."""

import html
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.clock import Clock, monotonic
from bot.texts import Texts
from handlers.library.answer_screens import answer_screen
from knowledge.answering import answer_json, ask
from knowledge.catalogue import Catalogue
from knowledge.library import Library

_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class _Question:
    """One line of the input."""

    id: Any
    text: str


def as_text(library: Library, question: str, texts: Texts, clock: Clock) -> str:
    """Answer as the chat does, without its buttons and markup."""
    answer = ask(library, question, clock().date())
    screen = answer_screen(texts, Catalogue.of(library.directives), answer, "0-0")
    return html.unescape(_TAG.sub("", screen.html))


def as_lines(library: Library, lines: Iterable[bytes], top: int, clock: Clock) -> int:
    """Answer each line in order, each written out before the next is read.

    A line that holds no question gives an object with `error`; returns how many there were.
    """
    broken = 0
    warm(library, clock)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question = _read(line)
        if question is None:
            broken += 1
            _write({"id": None, "error": f"line {number}: no object with id and question"})
            continue
        started = monotonic()
        answer = ask(library, question.text, clock().date())
        ms = round((monotonic() - started) * 1000, 3)
        _write({"id": question.id, **answer_json(answer, top), "ms": ms})
    return broken


def warm(library: Library, clock: Clock) -> None:
    """Have worked out what every question needs, so that the first one does not wait for it."""
    ask(library, "", clock().date())


def _read(line: bytes) -> _Question | None:
    """Return the question of a line; None if there is none."""
    try:
        given = json.loads(line)
    except ValueError:
        return None
    if not isinstance(given, dict) or "id" not in given:
        return None
    text = given.get("question")
    return _Question(given["id"], text) if isinstance(text, str) else None


def _write(given: dict[str, object]) -> None:
    """Write one line and let it go at once."""
    out = sys.stdout.buffer
    out.write(json.dumps(given, ensure_ascii=False).encode() + b"\n")
    out.flush()
