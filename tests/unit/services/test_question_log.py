"""The question log keeps every question, and finds it again from a button."""

import errno
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from services.question_log import (
    FILES_KEPT,
    REPLIES_KEPT,
    Asked,
    Outcome,
    QuestionLog,
    UnknownQuestion,
)

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
ASKED = Asked(chat=7, message=3, text="hạn nộp báo cáo?", at=AT)
FOUND = Outcome(kind="Found", quoted=("a.md#1",))


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[[], QuestionLog]]:
    """Give a way to open the log; the one opened before is closed."""
    opened: list[QuestionLog] = []

    def again() -> QuestionLog:
        for log in opened:
            log.close()
        opened.append(QuestionLog(tmp_path / "deep" / "questions.jsonl"))
        return opened[-1]

    yield again
    opened[-1].close()


def test_a_question_is_found_by_its_id_after_reopening(reopen: Callable[[], QuestionLog]) -> None:
    """The id in a button outlives the process."""
    log = reopen()
    first, second = log.ask(ASKED, FOUND), log.ask(ASKED, FOUND)
    log = reopen()
    assert first != second
    assert log.question(first) == log.question(second) == ASKED


def test_an_answer_is_found_by_its_question_after_reopening(
    reopen: Callable[[], QuestionLog],
) -> None:
    """An edited question finds the message to change, also after a restart."""
    reopen().replied(7, 3, 4)
    log = reopen()
    assert log.reply_to(7, 3) == 4
    assert log.reply_to(8, 3) is None


def test_old_replies_are_let_go(reopen: Callable[[], QuestionLog], tmp_path: Path) -> None:
    """Memory is bounded: the oldest of many answers is forgotten first."""
    log = reopen()
    path = tmp_path / "deep" / "questions.jsonl"
    lines = (f'{{"kind":"reply","chat":1,"message":{n},"reply":1}}\n' for n in range(REPLIES_KEPT))
    path.write_text("".join(lines), encoding="utf-8")
    log = reopen()
    log.replied(2, 2, 2)
    assert log.reply_to(1, 0) is None
    assert log.reply_to(1, 1) == 1
    assert log.reply_to(2, 2) == 2


def test_a_line_cut_by_a_power_failure_harms_no_other(
    reopen: Callable[[], QuestionLog], tmp_path: Path
) -> None:
    """What was written before and after the broken line is still read."""
    before = reopen().ask(ASKED, FOUND)
    path = tmp_path / "deep" / "questions.jsonl"
    with path.open("ab") as file:
        file.write(b'{"kind":"reply","chat":7,"mess')
    log = reopen()
    after = log.ask(ASKED, FOUND)
    log.judge(after, by=7, useful=True, at=AT)
    log = reopen()
    assert log.question(before) == log.question(after) == ASKED
    assert path.read_text(encoding="utf-8").splitlines()[-1].startswith('{"kind":"judgement"')


@given(st.text(max_size=24) | st.from_regex(r"[0-9a-f]{1,8}-[0-9a-f]{8}", fullmatch=True))
def test_a_forged_id_is_unknown(full: QuestionLog, forged: str) -> None:
    """Whatever a button says, a question that is not there is UnknownQuestion."""
    with pytest.raises(UnknownQuestion):
        full.question(forged)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuestionLog]:
    """Give a log with a question."""
    log = QuestionLog(tmp_path_factory.mktemp("log") / "questions.jsonl")
    log.ask(ASKED, FOUND)
    yield log
    log.close()


@pytest.mark.parametrize(
    "torn",
    [
        b'{"kind":"reply","chat":1,"message":2,"re\0\0ply":3}',
        b'{"kind":"reply","chat":1,"message":2}',
        b'{"kind":"reply","chat":"x","message":2,"reply":3}',
        b"\0" * 40,
        b"\xff\xfe{}",
        b"[1,2]",
        b"[" * 20_000,
        b'{"kind":"question","te',
    ],
)
def test_a_torn_line_is_named_and_passed_over(
    reopen: Callable[[], QuestionLog], tmp_path: Path, torn: bytes
) -> None:
    """Whatever a disk made of it, the log opens, and says in which file and where it stands."""
    before = reopen().ask(ASKED, FOUND)
    path = tmp_path / "deep" / "questions.jsonl"
    at = path.stat().st_size
    with path.open("ab") as file:
        file.write(torn + b"\n")
    with capture_logs() as logged:
        log = reopen()
    [named] = logged
    assert (named["event"], named["file"], named["byte"]) == ("line left out", path.name, at)
    assert log.question(log.ask(ASKED, FOUND)) == log.question(before) == ASKED


@pytest.mark.parametrize("call", ["fsync", "pwrite"])
def test_a_disk_that_refuses_stops_nothing(
    reopen: Callable[[], QuestionLog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: str
) -> None:
    """Questions wait in memory, found by their buttons, and are written in order later."""

    def refuse(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    log = reopen()
    first = log.ask(ASKED, FOUND)
    with capture_logs() as logged, monkeypatch.context() as broken:
        broken.setattr(f"services.question_log.os.{call}", refuse)
        second, third = log.ask(ASKED, FOUND), log.ask(replace(ASKED, message=9), FOUND)
        log.replied(7, 3, 4)
        assert log.question(second) == ASKED
        assert log.question(third).message == 9
    assert [one["event"] for one in logged] == ["question log not written"]
    fourth = log.ask(ASKED, FOUND)
    log = reopen()
    assert len({first, second, third, fourth}) == 4
    assert all(log.question(one).text == ASKED.text for one in (first, second, third, fourth))
    assert log.reply_to(7, 3) == 4
    lines = (tmp_path / "deep" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(one)["kind"] for one in lines] == [*["question"] * 3, "reply", "question"]


def test_what_waits_for_the_disk_is_bounded(
    reopen: Callable[[], QuestionLog], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is gone for a day does not fill the memory; how many were left out is said."""

    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("services.question_log.WAITING_BYTES", 500)
    log = reopen()
    with monkeypatch.context() as broken:
        broken.setattr("services.question_log.os.fsync", refuse)
        for _ in range(20):
            log.ask(ASKED, FOUND)
    with capture_logs() as logged:
        log.ask(ASKED, FOUND)
    [again] = logged
    assert again["lines"] + again["left_out"] == 21
    assert again["left_out"] > 10


def test_a_grown_file_is_put_aside_and_its_questions_are_found(
    reopen: Callable[[], QuestionLog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Buttons of before and after find theirs, also after a restart; the oldest files go."""
    monkeypatch.setattr("services.question_log.FILE_BYTES", 1000)
    log, ids = reopen(), []
    for number in range(30):
        ids.append(log.ask(replace(ASKED, message=number), FOUND))
        log = reopen() if number % 7 == 0 else log
    files = sorted(one.name for one in (tmp_path / "deep").iterdir())
    assert 3 < len(files) <= FILES_KEPT + 1
    assert [log.question(one).message for one in ids] == list(range(30))
    monkeypatch.setattr("services.question_log.FILES_KEPT", 2)
    for _ in range(10):
        last = log.ask(ASKED, FOUND)
    assert len(list((tmp_path / "deep").iterdir())) == 3
    assert log.question(last) == ASKED
    with pytest.raises(UnknownQuestion):
        log.question(ids[0])


def test_only_its_owner_reads_it(reopen: Callable[[], QuestionLog], tmp_path: Path) -> None:
    """People's words are nobody else's, also in a file of an earlier version."""
    path = tmp_path / "deep" / "questions.jsonl"
    path.parent.mkdir()
    path.touch(0o644)
    reopen()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_id_of_another_log_is_unknown(reopen: Callable[[], QuestionLog]) -> None:
    """An offset that points into a line, or at another question, does not pass the check."""
    log = reopen()
    known = log.ask(ASKED, FOUND)
    offset, _, check = known.partition("-")
    for forged in (f"{int(offset, 16) + 1:x}-{check}", f"{offset}-{int(check, 16) ^ 1:08x}"):
        with pytest.raises(UnknownQuestion):
            log.question(forged)
