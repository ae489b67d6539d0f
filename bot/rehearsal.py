"""Talks with the whole assistant in one process: its handlers and the sandbox, without polling.

Each conversation has a phone of its own and its own copy of the same records, so that none knows of
another. What a turn leads to has been sent when the turn ends: updates are handed over directly.
"""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from telegram import Update

from bot.application import Container, build
from bot.clock import Clock
from bot.lookup import Lookup
from bot.settings import Settings
from handlers.core.address import address_of
from records.ids import PersonId
from records.model import Person
from records.store import Entry, Store, Transaction
from sandbox.exchange import INLINE
from sandbox.limits import Limits
from sandbox.people import People
from sandbox.server import Running, sandbox
from sandbox.settings import SandboxSettings
from sandbox.state import Person as Phone
from sandbox.values import JsonObject
from storage.embedded.store import EmbeddedStore

UNHURRIED: Final = Limits(bot_per_second=1000, chat_burst=1000)
"""Messages that the sandbox takes: conversations follow one another faster than people type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words that are typed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """The newest button whose label begins so."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """Time that goes by."""

    minutes: int


Turn = Said | Tapped | Waited


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a turn: the messages that are new or changed, as one."""

    text: str
    buttons: tuple[str, ...] = ()


class NoSuchButton(Exception):  # noqa: N818 - a turn that cannot be taken, told in its line
    """No message on the phone has that button."""


class CurrentRecords:
    """The one store that the assistant knows: the records of the conversation under way."""

    def __init__(self, store: Store) -> None:
        self.held = store

    def begin(self, *locks: str) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction."""
        return self.held.begin(*locks)

    async def lead(self, name: str) -> bool:
        """Try to lead."""
        return await self.held.lead(name)

    def dump(self) -> AsyncGenerator[Entry, None]:
        """Yield all."""
        return self.held.dump()

    async def load(self, entries: AsyncIterable[Entry]) -> int:
        """Take over a dump."""
        return await self.held.load(entries)

    async def close(self) -> None:
        """Leave the closing to whoever opened them."""


class MovedClock:
    """A clock that `shift` sets forward."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.shift = timedelta()

    def __call__(self) -> datetime:
        """Return the moved time."""
        return self._clock() + self.shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where conversations take place."""

    container: Container
    running: Running
    records: CurrentRecords
    start: Sequence[Entry]
    """The records with which each conversation begins."""
    folder: Path
    """An empty place for the copies."""
    clock: MovedClock
    numbers: "count[int]"

    async def hold(self, person: PersonId, turns: Sequence[Turn]) -> list[Reply]:
        """Let a person have a conversation; raises NoSuchButton."""
        place = self.folder / f"records-{next(self.numbers)}"
        store = await EmbeddedStore.open(place)
        before, self.records.held, self.clock.shift = self.records.held, store, timedelta()
        try:
            await store.load(_each(self.start))
            phone = await self._phone_of(person)
            return [await self._take(phone, turn) for turn in turns]
        finally:
            self.records.held = before
            await store.close()

    async def _phone_of(self, person: PersonId) -> Phone:
        """Give the person a new phone."""
        async with self.records.begin() as tx:
            held = await tx.get(Person, person)
            if held is None:
                raise LookupError(person)
            phone = self.running.exchange.join(held.name, None, None)
            await tx.put(replace(held, addresses=(address_of(phone.id),), unreachable=None))
        return phone

    async def _take(self, phone: Phone, turn: Turn) -> Reply:
        before = self._shown(phone)
        chat, people = self.running.exchange.state.chats[phone.id], People(self.running.exchange)
        match turn:
            case Said():
                people.send(phone, chat, people.text(turn.text))
            case Tapped():
                number, button = self._button(phone, turn.label)
                if "callback_data" in button:
                    people.press(phone, chat, number, button["callback_data"])
                else:
                    people.send(phone, chat, people.text(button["text"]))
            case Waited():
                self.clock.shift += timedelta(minutes=turn.minutes)
        await self._hand_over()
        after = self._shown(phone)
        fresh = [shown for number, shown in after.items() if before.get(number) != shown]
        return Reply(
            text="\n\n".join(one.text for one in fresh),
            buttons=tuple(label for one in fresh for label in one.buttons),
        )

    async def _hand_over(self) -> None:
        """Give the assistant what waits for it."""
        updates, bot = self.running.exchange.updates, self.container.application.bot
        for raw in list(updates.pending()):
            updates.forget(raw)
            await self.container.application.process_update(Update.de_json(raw, bot))

    def _shown(self, phone: Phone) -> dict[int, Reply]:
        """Return the assistant's messages on a phone, by number."""
        entries = self.running.exchange.state.chats[phone.id].entries
        return {
            number: Reply(
                text=str(entry.message.get("text", entry.message.get("caption", ""))),
                buttons=tuple(button["text"] for row in _rows(entry.markup) for button in row),
            )
            for number, entry in entries.items()
            if entry.message["from"]["id"] != phone.id
        }

    def _button(self, phone: Phone, label: str) -> tuple[int, JsonObject]:
        """Return the newest button that begins so, with its message; raises NoSuchButton.

        One of the keyboard below the chat has no data: it says its label.
        """
        entries = self.running.exchange.state.chats[phone.id].entries
        for number in sorted(entries, reverse=True):
            for row in _rows(entries[number].markup):
                for button in row:
                    below = INLINE not in (entries[number].markup or {})
                    if button["text"].startswith(label) and (below or "callback_data" in button):
                        return number, button
        raise NoSuchButton(label)


@asynccontextmanager
async def stage(
    settings: Settings, start: Store, folder: Path, clock: Clock, lookup: Lookup | None = None
) -> AsyncIterator[Stage]:
    """Build the assistant over a sandbox of its own; the records of `start` are left as they are.

    `folder` takes what the assistant writes; `lookup` is asked in place of the settings' library.
    """
    moved, records = MovedClock(clock), CurrentRecords(start)
    entries = [entry async for entry in start.dump()]
    async with sandbox(SandboxSettings(port=0, limits=UNHURRIED)) as running:
        own = settings.model_copy(
            update={
                "bot_token": SecretStr(running.token),
                "telegram_api_url": running.url,
                "webhook_url": None,
                "data_dir": folder,
            }
        )
        container = build(own, clock=moved, store=records, lookup=lookup)
        await container.lookup.open()
        try:
            async with container.application:
                yield Stage(
                    container=container,
                    running=running,
                    records=records,
                    start=entries,
                    folder=folder,
                    clock=moved,
                    numbers=count(1),
                )
        finally:
            container.questions.close()
            container.lookup.close()


def _rows(markup: JsonObject | None) -> list[list[JsonObject]]:
    """Return a keyboard's rows, of the message's own or of the one below the chat."""
    held = markup or {}
    rows: list[list[JsonObject]] = held.get(INLINE) or held.get("keyboard") or []
    return rows


async def _each(entries: Sequence[Entry]) -> AsyncIterator[Entry]:
    for one in entries:
        yield one
