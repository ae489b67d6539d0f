"""/vanban: the library, from the list to a clause; `?start=c_…` opens one at once."""

from contextlib import suppress
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.library.buttons import OpenClause, OpenDocument, OpenDocuments, OpenRelated
from handlers.library.links import PREFIX, read_payload
from handlers.library.screens import clause, document, documents, related
from knowledge.catalogue import NotInCatalogue

OPENING = frozenset({OpenDocuments, OpenDocument, OpenClause, OpenRelated})
"""Buttons that open a place of the library."""

Opening = OpenDocuments | OpenDocument | OpenClause | OpenRelated


@dataclass(frozen=True, slots=True)
class Library:
    """Opens the library, for whoever may ask it."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"vanban": self.on_documents},
            buttons=dict.fromkeys(OPENING, self.on_press),
            links={PREFIX: self.on_link},
            in_groups=frozenset({"vanban"}),
            for_askers=frozenset({"vanban", PREFIX}),
            asker_buttons=OPENING,
        )

    async def on_documents(self, message: Message, _context: Context) -> None:
        """Show the first page of the list."""
        await reply(message, self._screen(OpenDocuments(0)))

    async def on_press(self, query: CallbackQuery, pressed: Opening, _context: Context) -> None:
        """Open what a button names."""
        screen = self._screen(pressed)
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def on_link(self, message: Message, _context: Context, place: str) -> None:
        """Open the clause that a deep link names."""
        opened = read_payload(f"{PREFIX}{place}")
        screen = Screen(self.deps.texts.screen("gone"))
        if opened is not None:
            with suppress(StaleButton, NotInCatalogue):
                screen = self._screen(opened)
        await reply(message, screen)

    def _screen(self, pressed: Opening) -> Screen:
        texts, catalogue = self.deps.texts, self.deps.catalogue()
        match pressed:
            case OpenDocuments():
                return documents(texts, catalogue, pressed)
            case OpenDocument():
                return document(texts, catalogue, pressed)
            case OpenClause():
                return clause(texts, catalogue, pressed)
            case OpenRelated():
                return related(texts, catalogue, pressed)
