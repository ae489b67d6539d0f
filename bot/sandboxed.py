"""Runs the sandbox: beside the bot where there is no token, or alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from bot.texts import demo_town
from sandbox.server import PortTaken, Running, serve
from sandbox.settings import NewGroup, NewPerson, SandboxSettings


@asynccontextmanager
async def beside(settings: Settings) -> AsyncIterator[tuple[Settings, Running]]:
    """Serve a sandbox, and give the settings with which the bot talks to it.

    A port that nobody chose is exchanged for a free one if it is taken. Raises PortTaken else.
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


@asynccontextmanager
async def alone(settings: Settings, state: Path | None) -> AsyncIterator[Running]:
    """Serve a sandbox for a bot in another process; `state` keeps it between starts."""
    running = await _serve(settings, state)
    try:
        yield running
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
    except PortTaken:
        if "sandbox_port" in settings.model_fields_set:
            raise
        return await serve(replace(wanted, port=0))


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
