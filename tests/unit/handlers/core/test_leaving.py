"""A dialog is left by any way, and then takes no more words: they are questions again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import system_clock
from handlers.access.buttons import LeaveAsking
from handlers.broadcasts.buttons import BeginSending
from handlers.core.callback_data import encode
from handlers.people.buttons import AskPerson, LeaveTable
from handlers.reminders.buttons import AskTime, NoTime
from handlers.reports.buttons import Begin, Cancel, Leave, Revise
from handlers.review.buttons import Accept, Comment, GiveBack, NoWords
from handlers.tasks.buttons import AskWaiver, BeginFree, EditTask, NoWaiver, OpenTaskCard, OpenTasks
from handlers.units.buttons import AskUnit, BeginTakeover, BrowseUnits, LeaveTakeover
from knowledge.catalogue import document_id
from records import focus
from records.ids import DraftId, PersonId, ReportId, TaskId
from records.model import Cadence, Draft, Focus, Outcome, Report, ReportState, Task, TaskState
from records.store import Store
from storage.embedded.store import EmbeddedStore
from tests.unit.handlers.conftest import deps_over
from tests.unit.handlers.samples import directive
from tests.unit.handlers.telephone import Line
from tests.unit.services.tasks.office import ADMIN, AN_HOA, HUNG, LAN, found_office

ADMIN_CHAT, HUNG_CHAT, STRANGER = 5000, 4000, 77
TASK, LATE, REPORT = TaskId("rasoat"), TaskId("quahan"), ReportId("baocao")
PLAN = directive()


class Watched(EmbeddedStore):
    """A store that refuses to change a focus without its lock."""

    @asynccontextmanager
    async def begin(self, *locks: str) -> AsyncIterator[Any]:
        """Open a transaction."""
        async with super().begin(*locks) as tx:
            yield _Watching(tx, frozenset(locks))


@dataclass(frozen=True, slots=True)
class _Watching:
    tx: Any
    locks: frozenset[str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tx, name)

    async def put(self, record: Any) -> None:
        if isinstance(record, Focus):
            assert focus.lock(record.id) in self.locks
        await self.tx.put(record)

    async def remove(self, kind: Any, key: str) -> None:
        assert kind is not Focus or focus.lock(PersonId(key)) in self.locks
        await self.tx.remove(kind, key)


@dataclass(frozen=True, slots=True)
class Dialog:
    """How a dialog is begun, and how it is cancelled or finished."""

    topic: str
    chat: int
    begin: str
    """A command, or a button's data."""
    cancel: str = ""
    """A button's data; blank: it has none of its own."""
    finish: str = ""
    """The words that end it; blank: others end it."""


DIALOGS = (
    Dialog("report", HUNG_CHAT, encode(Begin(TASK, "-", "-"))),
    Dialog("assign", ADMIN_CHAT, encode(BeginFree())),
    Dialog("task.edit", ADMIN_CHAT, encode(EditTask(TASK, 0)), finish="Rà soát lại"),
    Dialog("broadcast", ADMIN_CHAT, encode(BeginSending(document_id(PLAN.file)))),
    Dialog("unit_takeover", ADMIN_CHAT, encode(BeginTakeover("-")), encode(LeaveTakeover())),
    Dialog("join_unit", ADMIN_CHAT, encode(BrowseUnits("i", "-", "-", 0))),
    Dialog("join_people", ADMIN_CHAT, "/nguoi"),
    Dialog("join_person", ADMIN_CHAT, encode(AskPerson(LAN, 1)), finish="Chuyên viên"),
    Dialog("join_table", ADMIN_CHAT, "/nhapdanhsach", encode(LeaveTable())),
    Dialog("unit_words", ADMIN_CHAT, encode(AskUnit(AN_HOA, 1)), finish="Xã An Hòa Mới"),
    Dialog(
        "review_return",
        ADMIN_CHAT,
        encode(GiveBack(REPORT)),
        encode(NoWords(REPORT)),
        "Thiếu số liệu",
    ),
    Dialog("review_comment", ADMIN_CHAT, encode(Comment(REPORT)), encode(NoWords(REPORT)), "Tốt"),
    Dialog(
        "more_time",
        HUNG_CHAT,
        encode(AskTime(TASK, "-")),
        encode(NoTime(TASK)),
        "25/12/2098 vì mưa lũ",
    ),
    Dialog(
        "task.waive",
        ADMIN_CHAT,
        encode(AskWaiver(LATE, AN_HOA, "-")),
        encode(NoWaiver(LATE, "-")),
        "Lũ cuốn cầu",
    ),
    Dialog("join_ask_name", STRANGER, "/dangky", encode(LeaveAsking())),
)
SEARCHES = {"join_unit", "join_people", "join_ask_name"}
"""What gathers nothing that a person could miss; a stranger is shown his way in anew."""
ENDED = {"report", "task.edit", "task.waive", "review_return", "more_time"}
"""What `_ended` leaves nothing to say about."""

EVERY = pytest.mark.parametrize("dialog", DIALOGS, ids=lambda one: one.topic)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Wire the conversations over an office with a task and a report."""
    store = await Watched.open(tmp_path / "records")
    await found_office(store)
    await _found_work(store)
    opened = Line(deps_over(store, tmp_path, [PLAN]))
    opened.deps = replace(opened.deps, ask=opened.ask)
    await opened.open()
    yield opened
    await opened.application.shutdown()
    opened.deps.questions.close()
    await store.close()


async def _found_work(store: Store) -> None:
    now = system_clock()
    task = Task(
        id=TASK,
        title="Rà soát tổ dân vận",
        lead=AN_HOA,
        form="tien_do",
        cadence=Cadence.ONCE,
        created=now - timedelta(days=30),
        created_by=ADMIN,
        due=now.date().replace(year=2098),
    )
    report = Report(
        id=REPORT,
        series=REPORT,
        version=1,
        author=HUNG,
        unit=AN_HOA,
        form="dan_van_kheo",
        form_version=1,
        outcome=Outcome.DONE,
        submitted=now,
        draft=DraftId("d"),
    )
    async with store.begin() as tx:
        await tx.add(task)
        await tx.add(replace(task, id=LATE, due=now.date() - timedelta(days=3)))
        await tx.add(report)


async def begun(line: Line, dialog: Dialog) -> None:
    """Begin a dialog, and see that it listens."""
    act = line.says if dialog.begin.startswith("/") else line.taps
    await act(dialog.chat, dialog.begin)
    held = await _heard(line, dialog)
    assert held is not None
    assert held.topic == dialog.topic


async def _heard(line: Line, dialog: Dialog) -> Focus | None:
    holders = {ADMIN_CHAT: ADMIN, HUNG_CHAT: HUNG, STRANGER: PersonId(f"telegram:{STRANGER}")}
    return await focus.heard(line.deps.store, holders[dialog.chat])


async def words_ask(line: Line, dialog: Dialog) -> bool:
    """Tell whether the next words are a question; a stranger's are not even that."""
    assert await _heard(line, dialog) is None
    line.asked.clear()
    await line.says(dialog.chat, "Hạn nộp báo cáo?")
    return line.asked == ["Hạn nộp báo cáo?"] or dialog.chat == STRANGER


@EVERY
async def test_whoever_turns_away_can_take_it_up_again(line: Line, dialog: Dialog) -> None:
    """One line says what waits, and its button goes on; a search is let go in silence."""
    await begun(line, dialog)
    shown = len(line.far.said)
    await line.says(dialog.chat, "/trogiup")
    told = [one for one in line.far.said[shown:] if "Đang dở" in one]
    assert len(told) == (0 if dialog.topic in SEARCHES else 1)
    if told:
        await line.taps(dialog.chat, line.far.buttons[-1])
        held = await _heard(line, dialog)
        assert held is not None
        assert held.topic == dialog.topic


@EVERY
@pytest.mark.parametrize("command", ["/vanban", "/start", "/trogiup", "/nhiemvu"])
async def test_a_command_turns_to_something_else(line: Line, dialog: Dialog, command: str) -> None:
    """Whatever the command: nobody who asks for help wants it written into a report."""
    await begun(line, dialog)
    await line.says(dialog.chat, command)
    assert await words_ask(line, dialog)


@EVERY
async def test_a_button_of_something_else_turns_to_it(line: Line, dialog: Dialog) -> None:
    """The list of tasks, opened above, is no place to type an answer from."""
    await begun(line, dialog)
    if dialog.chat != STRANGER:
        await line.taps(dialog.chat, encode(OpenTasks(0, 0)))
        assert await words_ask(line, dialog)


@EVERY
async def test_a_text_that_is_opened_is_another_screen(line: Line, dialog: Dialog) -> None:
    """Who reads a clause and then types asks about it; the dialog waits for its button."""
    await begun(line, dialog)
    if dialog.chat != STRANGER:
        await line.taps(dialog.chat, f"1:d:{document_id(PLAN.file)}:0:1")
        assert await words_ask(line, dialog)


@pytest.mark.parametrize("dialog", [one for one in DIALOGS if one.cancel], ids=lambda d: d.topic)
async def test_cancelled_it_is_gone(line: Line, dialog: Dialog) -> None:
    """By its own button."""
    await begun(line, dialog)
    await line.taps(dialog.chat, dialog.cancel)
    assert await words_ask(line, dialog)


@pytest.mark.parametrize("dialog", [one for one in DIALOGS if one.finish], ids=lambda d: d.topic)
async def test_finished_it_is_gone(line: Line, dialog: Dialog) -> None:
    """The words that it asked for were the last ones it takes."""
    await begun(line, dialog)
    await line.says(dialog.chat, dialog.finish)
    assert await words_ask(line, dialog)


async def test_a_draft_is_left_kept_or_thrown_away(line: Line) -> None:
    """Its buttons end it; the draft itself is another thing."""
    for way, kept in ((Leave, 1), (Cancel, 0)):
        await begun(line, DIALOGS[0])
        async with line.deps.store.begin() as tx:
            [draft] = await tx.find(Draft)
        pressed = Leave(draft.id) if way is Leave else Cancel(draft.id, 1)
        await line.taps(HUNG_CHAT, encode(pressed))
        assert await words_ask(line, DIALOGS[0])
        async with line.deps.store.begin() as tx:
            assert await tx.count(Draft) == kept


async def test_a_sent_report_takes_no_more_words(line: Line) -> None:
    """What is typed after "Đã gửi" is a question."""
    await line.taps(HUNG_CHAT, encode(Begin(TASK, "-", "-")))
    for _ in range(12):
        steps = [one for one in line.far.buttons if one.startswith("1:bm:")]
        picks = [one for one in line.far.buttons if one.startswith("1:bc:")]
        onward = [one for one in steps if one.endswith((":c", ":s"))] or picks
        if onward:
            await line.taps(HUNG_CHAT, onward[0])
        else:
            await line.says(HUNG_CHAT, "Đã rà soát 5 tổ")
        if "Đã gửi" in line.far.said[-1]:
            break
    assert "Đã gửi" in line.far.said[-1]
    assert await words_ask(line, DIALOGS[0])


async def _ended(store: Store) -> None:
    """Let nothing be as the dialogs expect it."""
    async with store.begin() as tx:
        for task in await tx.find(Task):
            await tx.put(replace(task, state=TaskState.WITHDRAWN))
        report = await tx.get(Report, REPORT)
        assert report is not None
        await tx.put(replace(report, state=ReportState.ACCEPTED))


@pytest.mark.parametrize(
    "dialog",
    [
        one
        for one in DIALOGS
        if one.topic in {"report", "task.edit", "task.waive", "review_return", "more_time"}
    ],
    ids=lambda one: one.topic,
)
async def test_what_can_take_no_words_asks_for_none(line: Line, dialog: Dialog) -> None:
    """The task was withdrawn, the report accepted: refused once, then words are questions."""
    await begun(line, dialog)
    await _ended(line.deps.store)
    await line.says(dialog.chat, dialog.finish or "Đã rà soát")
    assert await words_ask(line, dialog)


@pytest.mark.parametrize(
    ("topic", "words"),
    [("task.edit", " "), ("more_time", "01/01/2020"), ("unit_words", "x" * 500)],
)
async def test_words_that_others_can_mend_are_asked_for_again(
    line: Line, topic: str, words: str
) -> None:
    """A day that is over, a name that is too long: he types it again at once."""
    dialog = next(one for one in DIALOGS if one.topic == topic)
    await begun(line, dialog)
    await line.says(dialog.chat, words)
    assert await _heard(line, dialog) is not None


@pytest.mark.parametrize(
    "refused",
    [encode(Accept(REPORT)), encode(Revise("khong-co")), encode(OpenTaskCard("khong-co", "-"))],
    ids=["not his", "report gone", "task gone"],
)
async def test_a_refused_press_leaves_the_dialog_open(line: Line, refused: str) -> None:
    """Its reason is the answer; the next words still belong to the report, and nothing is left."""
    dialog = DIALOGS[0]
    await begun(line, dialog)
    before = await _heard(line, dialog)
    said = len(line.far.said)
    await line.taps(HUNG_CHAT, refused)
    assert await _heard(line, dialog) == before is not None
    assert line.far.said[said:] == []


async def test_a_proposal_at_rest_goes_on_by_its_buttons(line: Line) -> None:
    """Who looks at his tasks meanwhile loses nothing of it."""
    dialog = DIALOGS[1]
    await begun(line, dialog)
    await line.says(ADMIN_CHAT, "Rà soát mô hình")
    part = next(one for one in line.far.buttons if one.startswith("1:ta:"))
    await line.says(ADMIN_CHAT, "/nhiemvu")
    await line.taps(ADMIN_CHAT, part)
    held = await _heard(line, dialog)
    assert held is not None
    assert held.topic == "assign"
    assert "Rà soát mô hình" in line.far.said[-1]
