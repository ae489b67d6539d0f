"""Answers to polls: lists of updates, or a line that is not Telegram's."""

import json

import pytest
from telegram.error import NetworkError

from bot.polling import updates_in


def test_updates_come_as_they_are() -> None:
    """Nothing is left out here: what cannot be read is named when it is taken in."""
    given = [{"update_id": 1, "message": 5}, "junk"]
    assert updates_in(json.dumps({"ok": True, "result": given}).encode()) == given


@pytest.mark.parametrize(
    "answer",
    [b"<html>log in</html>", b'{"ok":true,"resu', b"[]", b'{"ok":true,"result":true}', b"[" * 9999],
)
def test_what_is_no_answer_is_a_fault_of_the_line(answer: bytes) -> None:
    """A page of a captive portal, half an answer: the poll is made again."""
    with pytest.raises(NetworkError):
        updates_in(answer)
