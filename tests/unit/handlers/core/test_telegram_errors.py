"""Errors of Telegram and the network fall into five kinds."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from handlers.core.telegram_errors import Fault, classify


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (TimedOut(), Fault.RETRY),
        (NetworkError("Bad Gateway"), Fault.RETRY),
        (Forbidden("Forbidden: bot was blocked by the user"), Fault.GONE),
        (ChatMigrated(-100123), Fault.GONE),
        (BadRequest("Chat not found"), Fault.GONE),
        (BadRequest("Message to edit not found"), Fault.GONE),
        (BadRequest("Message is not modified: specified new message content"), Fault.HARMLESS),
        (BadRequest("Query is too old and response timeout expired"), Fault.HARMLESS),
        (BadRequest("Can't parse entities: unclosed tag"), Fault.BUG),
        (InvalidToken(), Fault.BUG),
        (Conflict("terminated by other getUpdates request"), Fault.BUG),
        (KeyError("clause"), Fault.BUG),
    ],
)
def test_each_error_has_its_kind(error: Exception, fault: Fault) -> None:
    """Only what the network did is repeated."""
    assert classify(error) is fault


def test_flood_control_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram says how long."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert classify(RetryAfter(timedelta(seconds=3))) is Fault.WAIT
