"""What a feature takes part in: its commands, buttons, words that it waits for, and links.

`handlers.dispatch` lists the features and joins them.
Refusals that a use case raises need no handling there: `handlers.core.errors` words them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import CallbackQuery, Message

from handlers.core.callback_data import CallbackData
from handlers.core.context import Context
from handlers.core.screen import Screen
from records.access import Action
from records.ids import UnitId
from records.model import Focus, OutboxMessage, Person

OnCommand = Callable[[Message, Context], Awaitable[None]]
"""Takes `/name words`; the words are in `context.args`."""

OnButton = Callable[[CallbackQuery, Any, Context], Awaitable[None]]
"""Takes a tap and must answer the query, so that the button stops glowing; raises StaleButton."""

OnWords = Callable[[Message, Context, Focus], Awaitable[None]]
"""Takes a text, photo, document or voice that belongs to the person's focus."""

OnLink = Callable[[Message, Context, str], Awaitable[None]]
"""Takes the rest of a `?start=` parameter behind its prefix."""

Notice = Callable[[OutboxMessage, Person], Awaitable[Screen | None]]
"""Renders what the bot owes as it is true now, with its buttons; None if its reason has gone."""


OnUnderstood = Callable[[Context, Focus], Awaitable[Screen]]
"""Does what was read back and confirmed, as the focus's facts have it; returns what to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What lies unfinished: the label that names it, with its facts, and the button to go on."""

    what: str
    on: CallbackData
    facts: Mapping[str, object] = field(default_factory=dict)


OnLeft = Callable[[Context, Focus], Awaitable[Left | None]]
"""Says what is left of a focus that rests; None if nothing is."""

OnProse = Callable[[Context, Focus], Awaitable[bool]]
"""Tells whether any words whatever are an answer to what a focus waits for now."""

OnEdit = Callable[[Message, Context], Awaitable[bool]]
"""Takes a message of a private chat that was edited; False if it is not this feature's."""

OnUnit = Callable[[CallbackQuery, Context, str, UnitId], Awaitable[Screen]]
"""Takes the choice: with what it is about and the unit; answers the query, returns what to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a unit can be chosen for."""

    right: Action
    on: OnUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Where a feature listens."""

    commands: Mapping[str, OnCommand] = field(default_factory=dict)
    buttons: Mapping[type[CallbackData], OnButton] = field(default_factory=dict)
    topics: Mapping[str, OnWords] = field(default_factory=dict)
    """By `Focus.topic`."""
    links: Mapping[str, OnLink] = field(default_factory=dict)
    """By prefix, such as `i_`; strangers reach only the links of `for_strangers`."""
    notices: Mapping[str, Notice] = field(default_factory=dict)
    """By template of an outbox row: how it is shown, where its facts alone do not say it."""
    understood: Mapping[str, OnUnderstood] = field(default_factory=dict)
    """By `Focus.topic`: what is done when words were understood rightly."""
    left: Mapping[str, OnLeft] = field(default_factory=dict)
    """By `Focus.topic`: what is unfinished when the person turns to something else."""
    prose: Mapping[str, OnProse] = field(default_factory=dict)
    """By `Focus.topic`: where a question or an order would be kept as an answer unless asked."""
    kept: Mapping[str, OnProse] = field(default_factory=dict)
    """By `Focus.topic`: where words are kept as they stand; a citizen's number is asked about."""
    names: frozenset[str] = frozenset()
    """Topics that wait for a name: one that a keyboard may have garbled is asked about."""
    edits: tuple[OnEdit, ...] = ()
    """Who may know an edited message."""
    for_files: frozenset[str] = frozenset()
    """Topics that wait for documents alone: words and photos go where they go as ever."""
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    """What it needs units for, by the letter that the buttons of choosing carry."""
    in_groups: frozenset[str] = frozenset()
    """Names of commands that are taken in groups too."""
    for_strangers: frozenset[str] = frozenset()
    """Prefixes of links and names of commands that are open to strangers."""
    stranger_buttons: frozenset[type[CallbackData]] = frozenset()
    """Buttons that strangers may tap."""
    for_askers: frozenset[str] = frozenset()
    """As `for_strangers`, where anybody may ask the library."""
    asker_buttons: frozenset[type[CallbackData]] = frozenset()
    """As `stranger_buttons`, where anybody may ask the library."""
    asides: frozenset[type[CallbackData]] = frozenset()
    """Buttons that leave what a person's next words belong to as it is, or say so themselves."""
