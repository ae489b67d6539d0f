"""Starts the assistant, watches that it lives, and stops it so that nothing begun is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.application import Container
from bot.errors import OperatorError
from bot.signals import until_told
from bot.texts import COMMANDS, OPEN_COMMANDS
from handlers.access.links import link_of
from handlers.core.address import address_of
from handlers.core.telegram_errors import Fault, classify
from services.people.first_admins import CLAIM_LIFETIME, FirstNames, claim, ensure_admins

WAIT_FOR_NETWORK: Final = 10.0
"""Seconds between attempts to reach Telegram at the start."""

WATCH_EVERY: Final = 30.0
"""Seconds between two looks at the pulse."""

DEAD_AFTER: Final = 300.0
"""Seconds without any answer to a poll, good or bad, after which polling is taken for dead: a poll
returns within a minute even when the network is gone."""


LAST_WORDS: Final = 1.0
"""Seconds at the end for what was begun beside updates: the dialog after an album."""


class RefusedTokenError(OperatorError):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__("BOT_TOKEN: the server at TELEGRAM_API_URL does not accept it.")


class PollingDiedError(OperatorError):
    """Polling stopped coming back; the process must be started again."""

    def __init__(self) -> None:
        super().__init__("polling for updates has died: start the process again.")


Started = Callable[[str | None], None]
"""Called once all is ready, with the link for the first admin where there is none yet."""


async def run(container: Container, started: Started) -> None:
    """Serve until the process is told to stop.

    Raises RefusedTokenError, PollingDiedError, and what opening the library
    raises.
    """
    await until_told(_serve(container, started))


async def _serve(container: Container, started: Started) -> None:
    """Serve until cancelled, which may be at any moment of the start; close in order."""
    try:
        await container.lookup.open()
        await _let_admins_in(container)
        await _reach_telegram(container)
        async with container.application:
            await _introduce(container.application.bot, container)
            await container.application.start()
            container.ticks.start()
            try:
                await container.intake.open()
                way_in = await _claim(container)
                async with _updates(container):
                    started(way_in)
                    await _watch(container)
            finally:
                container.sender.closing = True
                await asyncio.gather(container.intake.close(), container.ticks.stop())
                with suppress(TimeoutError):
                    await asyncio.wait_for(container.application.stop(), LAST_WORDS)
    finally:
        container.questions.close()
        container.lookup.close()


@asynccontextmanager
async def _updates(container: Container) -> AsyncIterator[None]:
    """Take updates for as long as the block lasts, by webhook or by polling."""
    if container.settings.webhook_url:
        from bot.webhook import webhook

        async with webhook(container.settings, container.application.bot, container.intake):
            yield
        return
    polling = asyncio.create_task(container.polling.run())
    try:
        yield
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def _watch(container: Container) -> None:
    """Look on for as long as it serves; raises PollingDiedError if polling falls silent."""
    while True:
        await asyncio.sleep(WATCH_EVERY)
        if not container.settings.webhook_url and container.pulse.silence() > DEAD_AFTER:
            raise PollingDiedError


async def _let_admins_in(container: Container) -> None:
    """Let in whom ADMIN_IDS names and nobody knows yet."""
    addresses = [address_of(one) for one in container.settings.admin_ids]
    await ensure_admins(container.store, addresses, _names(container), container.clock())


async def _claim(container: Container) -> str | None:
    """Return a link by which the first admin comes in; None where there is one."""
    code = await claim(container.store, _names(container), container.clock())
    if code is None:
        return None
    structlog.get_logger("bot.runner").warning(
        "no admin yet: a link for the first is printed", seconds=CLAIM_LIFETIME.total_seconds()
    )
    return link_of(container.application.bot, code)


def _names(container: Container) -> FirstNames:
    texts = container.texts
    return FirstNames(
        person=texts.label("first_admin"),
        unit=texts.label("first_unit"),
        kind=texts.label("first_kind"),
    )


async def _reach_telegram(container: Container) -> None:
    """Wait for the server to answer, however long the network is away."""
    log = structlog.get_logger("bot.runner")
    while True:
        try:
            await container.application.initialize()
        except InvalidToken:
            raise RefusedTokenError from None
        except TelegramError as error:
            if classify(error) not in {Fault.RETRY, Fault.WAIT}:
                raise
            log.warning("Telegram not reached", reason=str(error), seconds=WAIT_FOR_NETWORK)
            await asyncio.sleep(WAIT_FOR_NETWORK)
        else:
            return


async def _introduce(bot: ExtBot[bool], container: Container) -> None:
    """Set menu and descriptions; a server that refuses them does not stop the start."""
    texts = container.texts
    menu = OPEN_COMMANDS if container.settings.questions_open else COMMANDS
    steps: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: bot.set_my_commands(
            [BotCommand(name, texts.label(f"command_{name}")) for name in menu]
        ),
        lambda: bot.set_my_description(texts.label("description")),
        lambda: bot.set_my_short_description(texts.label("short_description")),
    )
    for step in steps:
        try:
            await step()
        except TelegramError as error:
            structlog.get_logger("bot.runner").warning("no introduction", reason=str(error))
