"""Runs the sandbox: beside the bot where there is no token, or alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import click
from pydantic import SecretStr

from bot.errors import OperatorError
from bot.settings import Settings
from bot.signals import until_told
from bot.texts import demo_town
from sandbox.server import NotLoopback, PortTaken, Running, serve
from sandbox.settings import NewGroup, NewPerson, SandboxSettings
from sandbox.snapshot import UnreadableState


@asynccontextmanager
async def beside(settings: Settings) -> AsyncIterator[tuple[Settings, Running]]:
    """Serve a sandbox, and give the settings with which the bot talks to it.

    A port that nobody chose is exchanged for a free one if it is taken. Raises OperatorError else.
    """
    running = await _serve(settings)
    own = {
        "bot_token": SecretStr(running.token),
        "telegram_api_url": running.url,
        "webhook_url": None,
    }
    try:
        yield settings.model_copy(update=own), running
    finally:
        await running.stop()


async def serve_alone(settings: Settings, state: Path | None) -> None:
    """Serve a sandbox for a bot in another process; `state` keeps it between starts.

    Raises OperatorError.
    """
    running = await _serve(settings, state)
    try:
        click.echo(f"Chat page: {running.url}")
        click.echo(f"For the bot: TELEGRAM_API_URL={running.url} BOT_TOKEN={running.token}")
        await until_told()
    finally:
        await running.stop()


def phones(running: Running) -> dict[str, int]:
    """Return the Telegram ids of the sandbox's people by username."""
    state = running.exchange.state
    return {one.username: one.id for one in state.persons.values() if one.username}


async def _serve(settings: Settings, state: Path | None = None) -> Running:
    wanted = _town(settings, state)
    try:
        return await serve(wanted)
    except PortTaken as taken:
        if "sandbox_port" in settings.model_fields_set:
            raise OperatorError(str(taken)) from taken
        return await serve(replace(wanted, port=0))
    except (NotLoopback, UnreadableState) as refused:
        raise OperatorError(str(refused)) from refused


def _town(settings: Settings, state: Path | None) -> SandboxSettings:
    """Set up a sandbox with some people and a group to try things with."""
    people, group = demo_town()
    return SandboxSettings(
        host=settings.sandbox_host,
        port=settings.sandbox_port,
        # Who sets SANDBOX_HOST to more than loopback says so on purpose.
        allow_remote="sandbox_host" in settings.model_fields_set,
        people=tuple(NewPerson(**person) for person in people),
        groups=(NewGroup(title=group),),
        state_file=state,
    )
