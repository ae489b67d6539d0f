"""What was asked, what was answered and whether it helped: an append-only file of JSON lines.

A question's id is where its line stands in the log, with a check of the line, so that a button
pressed months later finds its question without an index and without trusting the button. A file
that has grown is put aside under the place of its first line; places are counted on.

An answer does not depend on the log: lines that cannot be written wait, in order, in memory.
"""

import json
import os
import stat
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zlib import crc32

import structlog

TAIL_BYTES: Final = 1 << 20
"""How much of the log's end is read at opening: some 3,000 questions, 20 ms."""

FILE_BYTES: Final = 16 << 20
"""From which a file is put aside: some 48,000 questions."""

FILES_KEPT: Final = 8
"""Files put aside that are kept; the oldest is deleted when one more is put aside."""

WAITING_BYTES: Final = 8 << 20
"""Lines that wait for the disk, at most; what is asked beyond is answered and not kept."""

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


class QuestionLog:
    """The log, open for appending by one process; a line is on disk when a call returns.

    Where the disk refuses it, the line waits for the next one's turn, and the log says so once.
    Calls block for the disk (about 1 ms) and may come from any thread.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = threading.Lock()
        self._log = structlog.get_logger("services.question_log")
        self._replies: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._waiting: list[bytes] = []
        self._left_out = 0
        """Lines that there was no room for while the disk refused."""
        self._refused = False
        self._start, self._descriptor, self._size = 0, -1, 0
        self._open()
        self._read_tail()

    def close(self) -> None:
        """Close the file; what was written stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

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
        place, _, check = question.partition("-")
        try:
            line = self._line(int(place, 16))
            known = json.loads(line) if _check(line) == check else {}
            return Asked(
                chat=known["chat"],
                message=known["message"],
                text=known["text"],
                at=datetime.fromisoformat(known["at"]),
            )
        except (ValueError, KeyError, TypeError, OSError, OverflowError, StopIteration):
            raise UnknownQuestion(question) from None

    def reply_to(self, chat: int, message: int) -> int | None:
        """Return our message that answers this one, if it is among the last ones."""
        with self._lock:
            return self._replies.get((chat, message))

    def _append(self, record: Mapping[str, object]) -> str:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        with self._lock:
            waits = sum(map(len, self._waiting))
            place = self._start + self._size + waits
            if waits > WAITING_BYTES:
                self._left_out += 1
            else:
                self._waiting.append(line + b"\n")
            self._write()
        return f"{place:x}-{_check(line)}"

    def _write(self) -> None:
        """Write what waits; a disk that refuses it is named once, and so is its return."""
        data = b"".join(self._waiting)
        try:
            # A write that failed half-way left something behind.
            if os.fstat(self._descriptor).st_size > self._size:
                os.ftruncate(self._descriptor, self._size)
            _put(self._descriptor, data, self._size)
            os.fsync(self._descriptor)
        except OSError as error:
            if not self._refused:
                self._log.error("question log not written", reason=str(error))
            self._refused = True
            return
        if self._refused:
            lines, left_out = len(self._waiting), self._left_out
            self._log.warning("question log written again", lines=lines, left_out=left_out)
        self._size += len(data)
        self._waiting.clear()
        self._refused, self._left_out = False, 0
        if self._size >= FILE_BYTES:
            self._turn()

    def _turn(self) -> None:
        """Go on in a new file; where that fails, the old one grows on."""
        aside = self._path.with_name(f"{self._path.stem}-{self._start:016x}{self._path.suffix}")
        full = self._descriptor
        try:
            self._path.rename(aside)
            self._open()
            os.close(full)
            for old in self._aside()[:-FILES_KEPT]:
                old.unlink()
        except OSError as error:
            self._log.error("question log not put aside", reason=str(error))

    def _open(self) -> None:
        """Open the file, readable by its owner alone, and end a line that was left open."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._descriptor = os.open(self._path, flags, 0o600)
        self._start = _end_of(self._aside())
        held = os.fstat(self._descriptor)
        if stat.S_ISREG(held.st_mode):
            os.fchmod(self._descriptor, 0o600)
        self._size = held.st_size
        if self._size and os.pread(self._descriptor, 1, self._size - 1) != b"\n":
            _put(self._descriptor, b"\n", self._size)
            self._size += 1

    def _aside(self) -> list[Path]:
        """Return the files that were put aside, oldest first."""
        pattern = f"{self._path.stem}-{'[0-9a-f]' * 16}{self._path.suffix}"
        return sorted(self._path.parent.glob(pattern))

    def _line(self, place: int) -> bytes:
        """Return the line that begins at a place of the log; "" where none can."""
        with self._lock:
            at = place - self._start
            if at >= self._size:
                return next((line for here, line in self._unwritten() if here == at), b"")
            path = self._path
            if at < 0:
                path = next(one for one in reversed(self._aside()) if _place_of(one) <= place)
                at = place - _place_of(path)
            file = path.open("rb")
        with file:
            file.seek(at)
            return file.readline().rstrip(b"\n")

    def _unwritten(self) -> Iterator[tuple[int, bytes]]:
        at = self._size
        for line in self._waiting:
            yield at, line.rstrip(b"\n")
            at += len(line)

    def _remember(self, chat: int, message: int, reply: int) -> None:
        self._replies[chat, message] = reply
        if len(self._replies) > REPLIES_KEPT:
            self._replies.popitem(last=False)

    def _read_tail(self) -> None:
        """Learn the last replies again; a line that cannot be read is named and passed over."""
        for path in (*self._aside()[-1:], self._path):
            with path.open("rb") as file:
                at = max(0, path.stat().st_size - TAIL_BYTES)
                file.seek(at)
                if at:
                    at += len(file.readline())
                for line in file:
                    if not self._learnt(line):
                        self._log.warning("line left out", file=path.name, byte=at)
                    at += len(line)

    def _learnt(self, line: bytes) -> bool:
        """Take a line's reply, if it holds one; tell whether the line could be read."""
        try:
            kept = json.loads(line)
            if kept["kind"] == "reply":
                self._remember(int(kept["chat"]), int(kept["message"]), int(kept["reply"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return line == b"\n"
        return True


def _put(descriptor: int, data: bytes, at: int) -> None:
    """Write all of `data` at a place of a file."""
    rest = memoryview(data)
    while rest:
        written = os.pwrite(descriptor, rest, at)
        rest, at = rest[written:], at + written


def _end_of(aside: list[Path]) -> int:
    """Return the place behind the last line that was put aside."""
    return _place_of(aside[-1]) + aside[-1].stat().st_size if aside else 0


def _place_of(path: Path) -> int:
    """Return the place of a file's first line, as its name has it."""
    return int(path.stem.rpartition("-")[2], 16)


def _check(line: bytes) -> str:
    return f"{crc32(line):08x}"
