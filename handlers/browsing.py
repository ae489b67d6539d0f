"""/vanban: the library, from the list to a clause; `?start=c_…` opens one at once."""

from contextlib import suppress
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.library_screens import clause, document, documents, related
from handlers.links import PREFIX, read_payload
from handlers.press import StaleButton
from handlers.presses import OpenClause, OpenDocument, OpenDocuments, OpenRelated
from handlers.sending import reply, show
from handlers.visit import Visit
from knowledge.catalogue import NotInCatalogue

OPENING = frozenset({OpenDocuments, OpenDocument, OpenClause, OpenRelated})
"""Buttons that open a place of the library."""

Opening = OpenDocuments | OpenDocument | OpenClause | OpenRelated


@dataclass(frozen=True, slots=True)
class Browsing:
    """Opens the library, for whoever may ask it."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"vanban": self.on_documents},
            presses=dict.fromkeys(OPENING, self.on_press),
            links={PREFIX: self.on_link},
            in_groups=frozenset({"vanban"}),
            for_askers=frozenset({"vanban", PREFIX}),
            asker_presses=OPENING,
            asides=OPENING,
        )

    async def on_documents(self, message: Message, _visit: Visit) -> None:
        """Show the first page of the list."""
        await reply(message, self._screen(OpenDocuments(0)))

    async def on_press(self, query: CallbackQuery, press: Opening, _visit: Visit) -> None:
        """Open what a button names."""
        screen = self._screen(press)
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def on_link(self, message: Message, _visit: Visit, place: str) -> None:
        """Open the clause that a deep link names."""
        opened = read_payload(f"{PREFIX}{place}")
        screen = Screen(self.desk.texts.screen("gone"))
        if opened is not None:
            with suppress(StaleButton, NotInCatalogue):
                screen = self._screen(opened)
        await reply(message, screen)

    def _screen(self, press: Opening) -> Screen:
        texts, catalogue = self.desk.texts, self.desk.catalogue()
        match press:
            case OpenDocuments():
                return documents(texts, catalogue, press)
            case OpenDocument():
                return document(texts, catalogue, press)
            case OpenClause():
                return clause(texts, catalogue, press)
            case OpenRelated():
                return related(texts, catalogue, press)
