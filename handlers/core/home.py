"""The home: entries by role on a keyboard that stays below the chat, each saying its label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import HideHome
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, OnCommand
from handlers.core.reply import reply
from handlers.core.screen import Screen
from records.model import Person, Role
from services.reports.asked import asked_of
from services.review.decisions import waiting
from vietnamese.text import fold, nfc

ENTRIES: Final[Mapping[str, str]] = {
    "home_tasks": "nhiemvu",
    "home_reports": "baocao",
    "home_ask": "vanban",
    "home_sent": "dagui",
    "home_review": "duyet",
    "home_digest": "tonghop",
}
"""By label: the command that an entry gives."""

_OFFICER: Final = ("home_tasks", "home_reports", "home_ask", "home_sent")
_SUPERVISOR: Final = (*_OFFICER, "home_review", "home_digest")
_ADMIN: Final = (*_OFFICER[:3], "home_review", "home_digest", "home_admin")

BY_ROLE: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: _ADMIN,
}
"""The entries of each role: six at most, so that the keyboard leaves room for the chat."""

_COUNT: Final = re.compile(r" \(\d+\)\Z")
"""How many waited when the keyboard was sent: another number is the same entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How much waits behind the entries."""

    owed: int
    lying: int
    """Reports that lie with the person for review."""


async def waits_for(deps: Dependencies, person: Person) -> Waits:
    """Return how much waits for a person."""
    now = deps.now()
    owed = len(await asked_of(deps.store, person.id, now))
    reviews = person.role is not Role.OFFICER
    lying = len(await waiting(deps.store, person.id, now)) if reviews else 0
    return Waits(owed=owed, lying=lying)


def entries(deps: Dependencies, role: Role, waits: Waits) -> tuple[tuple[str, ...], ...]:
    """Return the labels of a role's entries, two abreast."""
    counts = {"home_reports": waits.owed, "home_review": waits.lying}
    found = [deps.texts.label(name, n=counts.get(name, 0)) for name in BY_ROLE[role]]
    return tuple(tuple(found[at : at + 2]) for at in range(0, len(found), 2))


async def home(deps: Dependencies, person: Person) -> Screen:
    """Return the home of a person."""
    waits = await waits_for(deps, person)
    html = deps.texts.screen("home", owed=waits.owed, lying=waits.lying)
    return Screen(html, below=entries(deps, person.role, waits))


@dataclass(frozen=True, slots=True)
class Home:
    """Takes the labels of the home for the commands that they are."""

    deps: Dependencies
    commands: Mapping[str, OnCommand]
    admin: tuple[str, ...] = ()
    """The commands that stand behind "Quản trị"."""

    @property
    def feature(self) -> Feature:
        """Where it listens, beside words."""
        return Feature(buttons={HideHome: self.on_hide_button}, asides=frozenset({HideHome}))

    def pressed(self, text: str) -> OnCommand | None:
        """Return what the words of a message are the label of; None where they are none's.

        An entry is its exact label, whatever its count; the home itself may be called in any
        spelling.
        """
        label, said = self.deps.texts.label, _COUNT.sub("", nfc(text).strip())
        if fold(said) == fold(label("home")):
            return self.on_home
        if fold(said) == fold(label("home_hide")):
            return self.on_hide
        if said == label("home_admin"):
            return self.on_admin
        named = (command for name, command in ENTRIES.items() if said == label(name, n=0))
        command = next(named, None)
        return None if command is None else self.commands[command]

    async def on_home(self, message: Message, context: Context) -> None:
        """Show the home, with its keyboard."""
        await reply(message, await home(self.deps, context.officer))

    async def on_hide(self, message: Message, _context: Context) -> None:
        """Take the keyboard away."""
        await reply(message, Screen(self.deps.texts.screen("home_hidden"), below=()))

    async def on_hide_button(
        self, query: CallbackQuery, _pressed: HideHome, context: Context
    ) -> None:
        """Take the keyboard away, by a button."""
        await query.answer()
        if isinstance(query.message, Message):
            await self.on_hide(query.message, context)

    async def on_admin(self, message: Message, context: Context) -> None:
        """Show what an admin can do; nothing to who is none, or none any more."""
        names = self.admin if context.officer.role is Role.ADMIN else ()
        texts = self.deps.texts
        commands = [{"name": name, "does": texts.label(f"command_{name}")} for name in names]
        await reply(message, Screen(texts.screen("home_admin", commands=commands)))
