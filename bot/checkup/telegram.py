"""Telegram: whether it answers and knows the bot, and how the bot is set up with BotFather."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.checkup.finding import Finding, fine, remark, wrong
from bot.clock import FAR, Clock
from bot.settings import LOOPBACK, Settings

PATIENCE: Final = 10.0
"""Seconds for an answer; Telegram takes less than one."""

PENDING: Final = 100
"""Updates that wait for the webhook: more wait only where it does not take them."""

NOT_SET: Final = (
    "BOT_TOKEN is not set: `danvan run` would start the DEMO. Write /newbot to @BotFather in "
    "Telegram and put the token into .env"
)
REFUSED: Final = (
    "the server does not know BOT_TOKEN: copy it again from @BotFather (/mybots, API Token)"
)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What the server said, and what its clock shows."""

    result: Mapping[str, Any]
    date: datetime | None


async def telegram(settings: Settings, clock: Clock) -> list[Finding]:
    """Ask Telegram for the bot and its webhook; what it does not tell is not judged."""
    if settings.bot_token is None:
        return [wrong("token", NOT_SET)]
    host = urlsplit(settings.telegram_api_url).hostname
    base = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}"
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=host not in LOOPBACK) as client:
        try:
            bot = await _ask(client, f"{base}/getMe")
            hook = await _ask(client, f"{base}/getWebhookInfo")
        except httpx.HTTPStatusError as error:
            return _refused(error.response.status_code, host)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            reason = f"{host} is not reached ({type(error).__name__}): look after network, proxy"
            return [wrong("Telegram", f"{reason} and TELEGRAM_API_URL")]
    return [
        fine("token", f"@{bot.result.get('username')}"),
        fine("Telegram", f"{host} answers"),
        _clock(bot.date, clock()),
        *_mode(bot.result),
        _webhook(hook.result, settings.webhook_url),
    ]


async def _ask(client: httpx.AsyncClient, url: str) -> _Answered:
    """Call a method; raises HTTPStatusError, another HTTPError, ValueError, KeyError, TypeError."""
    response = await client.get(url)
    response.raise_for_status()
    said = response.headers.get("date")
    result = response.json()["result"]
    if not isinstance(result, dict):
        raise TypeError("no answer of the Bot API")
    return _Answered(result, parsedate_to_datetime(said) if said else None)


def _refused(status: int, host: str | None) -> list[Finding]:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        return [fine("Telegram", f"{host} answers"), wrong("token", REFUSED)]
    return [wrong("Telegram", f"{host} answers with status {status}: try again in some minutes")]


def _clock(served: datetime | None, now: datetime) -> Finding:
    if served is None or served.tzinfo is None:
        return remark("clock", "the server does not tell the time: nothing to compare with")
    apart = abs(now - served)
    if apart > FAR:
        return wrong(
            "clock",
            f"the machine is {apart.total_seconds() / 60:.0f} minutes off Telegram: "
            "timedatectl set-ntp true",
        )
    return fine("clock", f"{apart.total_seconds():.0f} s off Telegram")


_MODES: Final[tuple[tuple[str, bool, str, Callable[[str, str], Finding], str], ...]] = (
    (
        "supports_inline_queries",
        True,
        "inline",
        wrong,
        "off, so nobody can quote a directive in another chat: /setinline at @BotFather",
    ),
    (
        "can_read_all_group_messages",
        False,
        "privacy",
        wrong,
        "off, so the bot is sent all that is said in groups: /setprivacy at @BotFather, Enable",
    ),
    (
        "can_join_groups",
        True,
        "groups",
        remark,
        "the bot cannot be added to groups: /setjoingroups at @BotFather, Enable",
    ),
)
"""A field of getMe, what it shall be, what it is called, how bad another value is, what to do."""


def _mode(bot: Mapping[str, Any]) -> list[Finding]:
    return [
        fine(thing, "as it shall be") if bot.get(field, shall) is shall else judge(thing, said)
        for field, shall, thing, judge, said in _MODES
    ]


def _webhook(hook: Mapping[str, Any], wanted: str | None) -> Finding:
    """Compare where Telegram calls with where the settings want it to."""
    is_set, failed = hook.get("url") or None, hook.get("last_error_message")
    if wanted is None:
        said = "polling" if is_set is None else "one of before is taken away at the next start"
        return fine("webhook", said)
    if is_set != wanted:
        return remark("webhook", "WEBHOOK_URL is given to Telegram at the next start")
    if failed or hook.get("pending_update_count", 0) > PENDING:
        waiting = f"{hook.get('pending_update_count', 0)} updates wait"
        return wrong("webhook", f"{waiting}, {failed or 'no error told'}: look after the TLS proxy")
    return fine("webhook", f"Telegram calls {urlsplit(wanted).hostname}")
