"""Log records are JSON, and no secret is ever in one."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logging import configure

TOKEN = "123456789:AAExampleExampleExampleExample"
SHORT = "42:abc"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Give the stream that records go to; what was configured before is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    held = io.StringIO()
    configure("INFO", [SHORT, "webhook-secret-value"], held)
    yield held
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail(message: str) -> None:
    """Raise, with a variable of what somebody wrote in reach."""
    wrote = "chuyện riêng"
    raise ValueError(message if wrote else "")


def test_a_record_is_one_json_line(stream: io.StringIO) -> None:
    """Our own records carry their facts as keys."""
    structlog.get_logger("bot").info("answered", outcome="found", ms=3)
    record = json.loads(stream.getvalue())
    assert record["event"] == "answered"
    assert record["outcome"] == "found"
    assert record["level"] == "info"


def test_tokens_are_hidden_everywhere(stream: io.StringIO) -> None:
    """A token in an address, a value, an exception or a library's record does not get out."""
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    structlog.get_logger("bot").warning("failed", url=url, nested={"token": SHORT})
    logging.getLogger("somebody").error("POST %s with %s", url, "webhook-secret-value")
    try:
        fail(f"The token `{TOKEN}` was rejected; {SHORT} too")
    except ValueError:
        logging.getLogger("telegram.ext").exception("start failed")
    said = stream.getvalue()
    assert len(said.splitlines()) == 3
    assert all(json.loads(line) for line in said.splitlines())
    for secret in (TOKEN, SHORT, "webhook-secret-value", "AAExample"):
        assert secret not in said


def test_the_http_client_keeps_silent(stream: io.StringIO) -> None:
    """The client's line for each request, which holds the address, is not written."""
    logging.getLogger("httpx").info("HTTP Request: POST https://api/bot%s/sendMessage", TOKEN)
    assert stream.getvalue() == ""


def test_a_traceback_holds_no_locals(stream: io.StringIO) -> None:
    """What a person wrote does not reach the log by way of a failing function's variables."""
    try:
        fail(str(len("chuyện riêng")))
    except ValueError:
        structlog.get_logger("bot").exception("fault", id="a1b2c3")
    record = json.loads(stream.getvalue())
    assert record["exception"][0]["exc_type"] == "ValueError"
    assert "chuyện riêng" not in stream.getvalue()
