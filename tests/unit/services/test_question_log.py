"""The question log keeps every question, and finds it again from a button."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.question_log import REPLIES_KEPT, Asked, Outcome, QuestionLog, UnknownQuestion

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


@given(st.text(max_size=24))
def test_a_forged_id_is_unknown(forged: str) -> None:
    """Whatever a button says, a question that is not there is UnknownQuestion."""
    log = QuestionLog(Path("/dev/null"))
    with pytest.raises(UnknownQuestion):
        log.question(forged)
    log.close()


def test_an_id_of_another_log_is_unknown(reopen: Callable[[], QuestionLog]) -> None:
    """An offset that points into a line, or at another question, does not pass the check."""
    log = reopen()
    known = log.ask(ASKED, FOUND)
    offset, _, check = known.partition("-")
    for forged in (f"{int(offset, 16) + 1:x}-{check}", f"{offset}-{int(check, 16) ^ 1:08x}"):
        with pytest.raises(UnknownQuestion):
            log.question(forged)
