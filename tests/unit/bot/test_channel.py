"""What is said together, and what comes back that is no answer of Telegram's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web
from structlog.testing import capture_logs
from telegram.ext import ExtBot

from bot.api_request import ApiRequest, is_answer
from bot.channel import TelegramChannel
from bot.clock import monotonic
from bot.delivery import Delivery
from bot.texts import Texts
from records.ids import PersonId, UnitId
from records.model import TELEGRAM, Address, OutboxMessage, Person, Role
from scheduler.verdicts import NoAnswer, NotTaken, Sent, Verdict

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
LAN = Person(
    id=PersonId("lan"),
    name="Lan",
    unit=UnitId("xa"),
    role=Role.OFFICER,
    addresses=(Address(channel=TELEGRAM, value="7"),),
)
PAGE = b"<html><title>\xc4\x90\xc4\x83ng nh\xe1\xba\xadp m\xe1\xba\xa1ng</title></html>"
CUT = b'{"ok":true,"result":{"message_id":12,"da'
JUNK = bytes(range(1, 201))
TAKEN = b'{"ok":true,"result":{"message_id":12,"date":1,"chat":{"id":7,"type":"private"}}}'


def row(key: str, template: str = "personal", **facts: str) -> OutboxMessage:
    """Return a message that is owed to Lan."""
    given = facts or {"text": key}
    return OutboxMessage(key=key, person=LAN.id, template=template, facts=given, created=NOON)


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[TelegramChannel]:
    """Give a channel whose Telegram answers everything with these bytes."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(status=status, body=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    request = ApiRequest(httpx_kwargs={"trust_env": False})
    bot = ExtBot(
        "123:token",
        base_url=f"http://127.0.0.1:{port}/bot",
        request=request,
        rate_limiter=Delivery(monotonic=monotonic),
    )
    try:
        yield TelegramChannel(bot=bot, texts=Texts(), notices={})
    finally:
        await request.shutdown()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, TAKEN, Sent("12")),
        (200, PAGE, NotTaken()),
        (200, CUT, NoAnswer()),
        (200, JUNK, NoAnswer()),
        (200, b"", NoAnswer()),
        (200, b'{"ok":true}', NoAnswer()),
        (200, b'{"ok":true,"result":{}}', NoAnswer()),
        (502, PAGE, NoAnswer()),
        (403, PAGE, NoAnswer()),
        (404, PAGE, NoAnswer()),
        (500, b'{"ok":false,"error_code":500,"description":"Internal"}', NotTaken()),
    ],
)
async def test_what_cannot_be_read_is_not_final(
    status: int, body: bytes, verdict: Verdict, capfd: pytest.CaptureFixture[str]
) -> None:
    """A portal's page arrived nowhere; half an answer may hide a delivery; none is a refusal.

    Nothing of it stands in the log.
    """
    with capture_logs() as logs:
        async with answering(status, body) as channel:
            became = await channel.send("7", row("a"), LAN, again=False)
    assert type(became) is type(verdict)
    told = str(logs) + "".join(capfd.readouterr())
    assert "html" not in told
    assert "da" not in told.split()


def test_only_what_says_ok_is_an_answer() -> None:
    """Lists, words and numbers are JSON too."""
    assert is_answer(200, TAKEN)
    assert is_answer(429, b'{"ok":false,"error_code":429}')
    for body in (b"[1]", b'"ok"', b"7", b"null", b"[" * 100_000, b'{"result":1}'):
        assert not is_answer(200, body)


@pytest.fixture
def channel() -> TelegramChannel:
    """Give a channel that only renders."""

    async def shown(message: OutboxMessage, person: Person) -> None:
        raise AssertionError(message.key + person.id)

    bot = ExtBot("123:token")
    return TelegramChannel(bot=bot, texts=Texts(), notices={"report_received": shown})


def test_plain_notices_go_together_up_to_a_messages_length(channel: TelegramChannel) -> None:
    """Sixty at once are a few messages; none is left out, and their order stays."""
    rows = [row(f"{n}: " + "việc cần làm " * 20) for n in range(60)]
    groups = channel.together(rows)
    assert [one for group in groups for one in group] == rows
    assert len(groups) == 5
    assert all(channel._fits(group) for group in groups)


def test_what_has_buttons_or_cannot_be_shown_goes_alone(channel: TelegramChannel) -> None:
    """A tap redraws its whole message; a fault is set aside by itself."""
    received, broken = row("b", "report_received"), replace(row("c"), facts={})
    groups = channel.together([row("a"), received, broken, row("d"), row("e")])
    assert [[one.key for one in group] for group in groups] == [["a"], ["b"], ["c"], ["d", "e"]]
