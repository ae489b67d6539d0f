"""/vanban: the library, from the list to a clause."""

from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes

from handlers.desk import Desk
from handlers.library_screens import documents
from handlers.presses import OpenDocuments
from handlers.sending import reply


@dataclass(frozen=True, slots=True)
class Browsing:
    """Opens the library; further steps are presses."""

    desk: Desk

    async def on_documents(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the first page of the list."""
        if update.effective_message is not None:
            screen = documents(self.desk.texts, self.desk.catalogue(), OpenDocuments(0))
            await reply(update.effective_message, screen)
