"""How a sandbox is set up."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sandbox.clock import Clock, SystemClock
from sandbox.limits import Limits

DEFAULT_TOKEN: Final = "700000001:AAsandbox-token-for-this-machine-only"  # noqa: S105 - opens nothing
"""Telegram's form of a token; it opens only this sandbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody to be there from the start."""

    first_name: str
    last_name: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """A group to be there from the start, with all people in it and the bot."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings:
    """Everything that can be chosen before the start."""

    host: str = "127.0.0.1"
    port: int = 8081
    """0 takes a free one."""
    allow_remote: bool = False
    """Needed to listen beyond this machine: whoever reaches the page acts for every user."""
    token: str = DEFAULT_TOKEN
    bot_username: str = "danvan_sandbox_bot"
    bot_name: str = "Trợ lý Dân vận"
    reads_all_group_messages: bool = False
    """Telegram's "privacy mode" switched off."""
    inline_feedback: bool = False
    """The bot hears which inline result was chosen, as BotFather's setting of that name."""
    state_file: Path | None = None
    """Where everything is kept between starts; None keeps nothing."""
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    people: tuple[NewPerson, ...] = ()
    groups: tuple[NewGroup, ...] = ()
