"""An error is one polite sentence to the person and one record to the log."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Bot, Update
from telegram.error import Forbidden, NetworkError

from handlers.core.dependencies import LookupFaultError
from handlers.core.errors import ErrorHandler
from records.refusals import DatabaseAway
from storage.embedded.store import EmbeddedStore
from tests.unit.handlers.conftest import deps_over
from tests.unit.handlers.telephone import FarEnd

CHAT = {"id": 7, "type": "private"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Lan"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "text": "hạn?"}
PRESS = {"id": "9", "from": PERSON, "chat_instance": "1", "message": MESSAGE, "data": "x"}


class Recorder(FarEnd):
    """The far end: takes every request and says that all is well, or that the person is gone."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.gone = False

    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep the request."""
        self.taken.append((name, given))
        if self.gone:
            return 403, {
                "ok": False,
                "error_code": 403,
                "description": "Forbidden: bot was blocked",
            }
        result: object = True if name == "answerCallbackQuery" else MESSAGE
        return 200, {"ok": True, "result": result}


@pytest.fixture
def far_end() -> Recorder:
    """Give the far end."""
    return Recorder()


async def mend(
    far_end: Recorder,
    folder: Path,
    given: dict[str, Any],
    error: Exception,
    owe: Callable[[int], None] = lambda _: None,
) -> list[Any]:
    """Have an error of an update mended; return what was logged."""
    store = await EmbeddedStore.open(folder / "records")
    deps = deps_over(store, folder)
    bot = Bot("1:token", request=far_end, get_updates_request=far_end)
    update = Update.de_json({"update_id": 5, **given}, bot)
    context: Any = SimpleNamespace(error=error)
    with capture_logs() as logged:
        await ErrorHandler(deps, owe).on_error(update, context)
    deps.questions.close()
    await store.close()
    return list(logged)


async def test_a_failed_lookup_is_told_apart_from_not_found(
    far_end: Recorder, tmp_path: Path
) -> None:
    """The person learns that looking failed, with the id that stands in the log."""
    [record] = await mend(far_end, tmp_path, {"message": MESSAGE}, LookupFaultError())
    [(method, sent)] = far_end.taken
    assert method == "sendMessage"
    assert "Tra cứu đang lỗi" in sent["text"]
    assert record["id"] in sent["text"]
    assert (record["event"], record["update"], record["fault"]) == ("fault", 5, "BUG")


async def test_a_bug_is_excused(far_end: Recorder, tmp_path: Path) -> None:
    """In a message, or as the notice of a tap; nothing of the error itself is shown."""
    for given in ({"message": MESSAGE}, {"callback_query": PRESS}):
        await mend(far_end, tmp_path, given, KeyError("secret inside"))
    assert [method for method, _ in far_end.taken] == ["sendMessage", "answerCallbackQuery"]
    for _, sent in far_end.taken:
        assert "Xin lỗi đồng chí" in sent["text"]
        assert "secret" not in sent["text"]


async def test_who_is_gone_is_only_noted(far_end: Recorder, tmp_path: Path) -> None:
    """A block is no fault, and nothing more is sent."""
    [record] = await mend(far_end, tmp_path, {"message": MESSAGE}, Forbidden("blocked"))
    assert (record["event"], record["log_level"]) == ("unreachable", "info")
    assert far_end.taken == []


async def test_what_a_dead_network_took_is_owed(far_end: Recorder, tmp_path: Path) -> None:
    """No apology, which would fail too: the update is handled again."""
    owed = list[int]()
    error = NetworkError("reset")
    [record] = await mend(far_end, tmp_path, {"message": MESSAGE}, error, owed.append)
    assert record["event"] == "answer owed"
    assert (owed, far_end.taken) == ([5], [])


async def test_an_apology_that_cannot_be_sent_is_noted(far_end: Recorder, tmp_path: Path) -> None:
    """It does not fail the error handler."""
    far_end.gone = True
    logged = await mend(far_end, tmp_path, {"message": MESSAGE}, KeyError("x"))
    assert [record["event"] for record in logged] == ["fault", "no apology"]


async def test_refusals_of_work_side_by_side_are_one_sentence(
    far_end: Recorder, tmp_path: Path
) -> None:
    """A group of errors that all say the same is no bug, and no incident."""
    together = ExceptionGroup("two", [DatabaseAway(), ExceptionGroup("one", [DatabaseAway()])])
    assert await mend(far_end, tmp_path, {"message": MESSAGE}, together) == []
    [(_, sent)] = far_end.taken
    assert "tạm thời không trả lời" in sent["text"]


async def test_a_bug_among_them_is_a_bug(far_end: Recorder, tmp_path: Path) -> None:
    """What is not foreseen is logged whole."""
    together = ExceptionGroup("two", [DatabaseAway(), KeyError("x")])
    [record] = await mend(far_end, tmp_path, {"message": MESSAGE}, together)
    assert record["fault"] == "BUG"
