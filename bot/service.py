"""Runs the assistant with its records: in Telegram, or beside the sandbox with the demo."""

from typing import Final

import click
from telegram.error import TelegramError

from bot.application import Container, build
from bot.clock import CheckedClock, system_clock
from bot.demo import SEED, give_phones, seed_demo
from bot.errors import OperatorError
from bot.logging import configure
from bot.runner import run
from bot.sandboxed import beside, phones
from bot.settings import Settings
from bot.stores import opened_demo, opened_store
from bot.texts import Texts
from records.forms.files import read_forms, shipped_forms
from records.store import Store

DEMO_LINE: Final = (
    "DEMO: BOT_TOKEN is not set, so nobody in Telegram is served. What follows is a fictional "
    "province in the sandbox; your own records are not opened."
)

CLAIM: Final = """\
There is no admin yet. Within 30 minutes, open this link in Telegram to become the first:
  {link}
or write to the bot: /start {start}
It works once. Start again for another one."""


async def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises OperatorError and Refusal."""
    await (_sandboxed(settings) if settings.sandboxed else _in_telegram(settings))


async def demo(settings: Settings, seed: int | None, *, records: bool) -> bool:
    """Make the demo, in the bot's own records if `records`; False where it is there already.

    Without a seed it is the one that everybody sees who tries the sandbox.
    """
    opened = opened_store(settings) if records else opened_demo(settings)
    async with opened as store:
        return await _seed(store, SEED if seed is None else seed)


async def _in_telegram(settings: Settings) -> None:
    async with opened_store(settings) as store:
        await _run(build(settings, clock=CheckedClock(), store=store), settings.telegram_api_url)


async def _sandboxed(settings: Settings) -> None:
    click.echo(DEMO_LINE)
    async with beside(settings) as (own, running):
        configure(own.log_level, own.secrets())
        async with opened_demo(own) as store:
            await _seed(store, SEED)
            await give_phones(store, phones(running))
            await _run(build(own, clock=CheckedClock(), store=store), f"sandbox {running.url}")


async def _run(container: Container, where: str) -> None:
    def started(way_in: str | None) -> None:
        if way_in is not None:
            click.echo(CLAIM.format(link=way_in, start=way_in.partition("start=")[2]))
        click.echo(f"The assistant is ready: {where}")

    try:
        await run(container, started)
    except TelegramError as error:
        raise OperatorError(str(error)) from error


async def _seed(store: Store, seed: int) -> bool:
    """Fill the store with the demo; the operator's own forms are no part of it."""
    forms = read_forms((shipped_forms(),))
    return await seed_demo(store, forms, Texts(), system_clock(), seed)
