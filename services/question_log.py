"""What was asked, what was answered and whether it helped: an append-only file of JSON lines.

A question's id is where its line stands in the file, with a check of the line, so that a button
pressed months later finds its question without an index and without trusting the button.
"""

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from zlib import crc32

TAIL_BYTES: Final = 1 << 20
"""How much of the file's end is read at opening: some 3,000 questions, 10 ms."""

REPLIES_KEPT: Final = 4096
"""Answers that an edited question can still find; older ones are answered anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it was put: in which chat, by which message, what."""

    chat: int
    message: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a question: the kind of answer and the clauses quoted, as `file#clause`."""

    kind: str
    quoted: tuple[str, ...] = ()


class UnknownQuestion(LookupError):  # noqa: N818 - a normal case, not an error
    """No question has this id: it is forged, or the log was replaced."""


class _File(Protocol):
    """The part of a binary file that the log uses."""

    def write(self, data: bytes, /) -> int: ...
    def flush(self) -> None: ...
    def fileno(self) -> int: ...
    def tell(self) -> int: ...
    def close(self) -> None: ...


class QuestionLog:
    """The log, open for appending by one process; each line is on disk when a call returns.

    Calls block for the disk (about 1 ms) and may come from any thread.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = threading.Lock()
        self._replies: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._read_tail()
        self._file: _File = path.open("ab")
        self._end_broken_line()

    def close(self) -> None:
        """Close the file; what was written stays."""
        self._file.close()

    def ask(self, asked: Asked, outcome: Outcome) -> str:
        """Keep a question with what came of it, and return its id."""
        return self._append(
            {
                "kind": "question",
                "at": asked.at.isoformat(),
                "chat": asked.chat,
                "message": asked.message,
                "text": asked.text,
                "outcome": outcome.kind,
                "quoted": list(outcome.quoted),
            }
        )

    def replied(self, chat: int, message: int, reply: int) -> None:
        """Keep which message of ours answers message `message` of `chat`."""
        self._append({"kind": "reply", "chat": chat, "message": message, "reply": reply})
        with self._lock:
            self._remember(chat, message, reply)

    def judge(self, question: str, *, by: int, useful: bool, at: datetime) -> None:
        """Keep a 👍 or 👎 of user `by`; the last one of a user counts."""
        self._append(
            {
                "kind": "judgement",
                "at": at.isoformat(),
                "question": question,
                "by": by,
                "useful": useful,
            }
        )

    def question(self, question: str) -> Asked:
        """Return the question with this id; UnknownQuestion if there is none."""
        offset, _, check = question.partition("-")
        try:
            line = self._line(int(offset, 16))
            known = json.loads(line) if _check(line) == check else {}
            return Asked(
                chat=known["chat"],
                message=known["message"],
                text=known["text"],
                at=datetime.fromisoformat(known["at"]),
            )
        except (ValueError, KeyError, OverflowError):
            raise UnknownQuestion(question) from None

    def reply_to(self, chat: int, message: int) -> int | None:
        """Return our message that answers this one, if it is among the last ones."""
        with self._lock:
            return self._replies.get((chat, message))

    def _append(self, record: Mapping[str, object]) -> str:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        with self._lock:
            offset = self._file.tell()
            self._file.write(line + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        return f"{offset:x}-{_check(line)}"

    def _line(self, offset: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.readline().rstrip(b"\n")

    def _remember(self, chat: int, message: int, reply: int) -> None:
        self._replies[chat, message] = reply
        if len(self._replies) > REPLIES_KEPT:
            self._replies.popitem(last=False)

    def _read_tail(self) -> None:
        """Learn the last replies again; a broken line (power cut) is passed over."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(max(0, self._path.stat().st_size - TAIL_BYTES))
            for line in file:
                if line.startswith(b'{"kind":"reply"') and line.endswith(b"}\n"):
                    kept = json.loads(line)
                    self._remember(kept["chat"], kept["message"], kept["reply"])

    def _end_broken_line(self) -> None:
        """Close a line that a power cut left open, so that the next one stands alone."""
        size = self._path.stat().st_size
        if size and self._line(size - 1) != b"":
            self._file.write(b"\n")
            self._file.flush()


def _check(line: bytes) -> str:
    return f"{crc32(line):08x}"
