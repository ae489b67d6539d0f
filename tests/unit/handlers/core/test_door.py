"""The door fails shut: no error and no trick of markup lets a stranger into the library."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handlers.core.callback_data import encode
from handlers.library.buttons import AskOf, MoreResults, OpenClause, OpenDocument, OpenDocuments
from handlers.library.links import clause_payload
from knowledge.catalogue import clause_id, document_id
from records import focus
from records.model import Focus
from records.refusals import DatabaseAway
from storage.embedded.store import EmbeddedStore
from tests.unit.faults import FaultyLine, FaultyStore, Strike
from tests.unit.handlers.conftest import deps_over
from tests.unit.handlers.samples import directive
from tests.unit.handlers.telephone import Line
from tests.unit.services.tasks.office import NOW, found_office

PLAN = directive()
STRANGER, HUNG_CHAT = 77, 4000
PUT_UP = {"type": "private", "id": STRANGER}
GROUP = {"type": "group", "id": -5, "title": "Tổ"}
DOCUMENT, CLAUSE = document_id(PLAN.file), clause_id("II.1.a")


def said(text: str, mark: str = "", **more: Any) -> dict[str, Any]:
    """Return a message, its first word or all of it marked."""
    length = len(text.split(maxsplit=1)[0]) if mark == "bot_command" else len(text)
    marks = [{"type": mark, "offset": 0, "length": length}] if mark else []
    return {"message": message(text=text, entities=marks, **more)}


def message(**more: Any) -> dict[str, Any]:
    """Return a stranger's message."""
    person = {"id": STRANGER, "is_bot": False, "first_name": "Minh"}
    return {"message_id": 5, "date": 1, "chat": PUT_UP, "from": person, **more}


def tapped(data: str) -> dict[str, Any]:
    """Return a stranger's tap on a button that somebody showed him."""
    person = message()["from"]
    query = {"id": "7", "from": person, "chat_instance": "1", "data": data}
    return {"callback_query": {**query, "message": message(text="…")}}


COMMAND = "/dangky chỉ thị 33 nói về việc gì"
WAYS = {
    "a question": said("chỉ thị 33 nói về việc gì?"),
    "an edited question": {"edited_message": message(text="chỉ thị 33?", edit_date=2)},
    "a command in code": said(COMMAND, "code"),
    "a command without a mark": said(COMMAND),
    "a command for another": said("/dangky@khac_bot chỉ thị 33", "bot_command"),
    "an edited command": {
        "edited_message": said("/vanban", "bot_command")["message"] | {"edit_date": 2}
    },
    "the list": said("/vanban", "bot_command"),
    "the list in a group": said("/vanban", "bot_command", chat=GROUP),
    "a clause's link": said(f"/start {clause_payload(PLAN.file, 'II.1.a')}", "bot_command"),
    "a link in code": said(f"/start {clause_payload(PLAN.file, 'II.1.a')}", "code"),
    "a group": said("@tro_ly_bot chỉ thị 33?", chat=GROUP),
    "inline": {
        "inline_query": {
            "id": "3",
            "from": message()["from"],
            "query": "chỉ thị 33",
            "offset": "",
        }
    },
    "nobody": {"channel_post": message(text="chỉ thị 33?", chat={"id": -9, "type": "channel"})},
} | {
    type(one).__name__: tapped(encode(one))
    for one in (
        OpenDocuments(0),
        OpenDocument(DOCUMENT, 0),
        OpenClause(DOCUMENT, CLAUSE, 0),
        MoreResults("0-00000000", 0),
        AskOf("0-00000000", DOCUMENT),
    )
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[tuple[Line, Strike, Strike]]:
    """Wire everything over a store and a line that can fail; yield what makes them fail."""
    store = await EmbeddedStore.open(tmp_path / "records")
    await found_office(store)
    away, broken = Strike(), Strike()
    deps = deps_over(FaultyStore(store, away), tmp_path, [PLAN])
    line = Line(deps, far=FaultyLine(broken))
    line.deps = replace(deps, ask=line.ask, now=lambda: NOW)
    await line.open()
    yield line, away, broken
    away.arm(None)
    await line.application.shutdown()
    deps.questions.close()
    await store.close()


def leaked(line: Line) -> bool:
    """Tell whether the library was asked, or anything of it was shown."""
    told = "\n".join([*line.far.said, *line.far.alerts])
    return bool(line.asked) or any(word in told for word in ("175/KH-UBND", "Ngay", "công tác dân"))


@pytest.mark.parametrize("way", WAYS)
async def test_a_stranger_reads_nothing_whatever_fails(
    town: tuple[Line, Strike, Strike], way: str
) -> None:
    """At each call of the store and of Telegram in turn, for once or for good: nothing is read."""
    line, away, broken = town
    for strike in (away, broken):
        for lasts in (False, True):
            at, reached = 0, True
            while reached:
                strike.arm(at, lasts=lasts)
                await line.given(WAYS[way])
                reached, at = strike.seen > at, at + 1
                assert not leaked(line), f"call {at - 1}, lasting {lasts}"
            strike.arm(None)
            assert at < 40, "the fault never ran out of places"


async def test_a_stranger_who_gives_his_name_asks_nothing(
    town: tuple[Line, Strike, Strike],
) -> None:
    """His words are a name only while they are waited for, also where that ends meanwhile."""
    line, away, _ = town
    await line.given(said("/dangky", "bot_command"))
    stranger = Focus(id=f"telegram:{STRANGER}", topic="x", subject="", since=NOW)  # type: ignore[arg-type]
    for at in range(12):
        await focus.listen(line.deps.store, replace(stranger, topic="join_ask_name"))
        away.arm(at)
        await line.given(said("chỉ thị 33 nói về việc gì?"))
        away.arm(None)
        assert not leaked(line)


@pytest.mark.parametrize("fault", [OSError, DatabaseAway])
async def test_an_officer_hears_that_something_is_wrong(
    town: tuple[Line, Strike, Strike], fault: type[Exception]
) -> None:
    """While the records are away he is not told that he has no right to ask."""
    line, away, _ = town
    away.fault = fault
    for given in ("hạn nộp báo cáo?", "/nhiemvu"):
        for lasts in (True, False):
            away.arm(0, lasts=lasts)
            said = await line.says(HUNG_CHAT, given)
            assert "xin" in said.lower()
            assert "thử lại" in said
            assert "quyền" not in said
    away.arm(None)
    await line.says(HUNG_CHAT, "hạn nộp báo cáo?")
    assert line.asked == ["hạn nộp báo cáo?"]
