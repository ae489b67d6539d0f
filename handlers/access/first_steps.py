"""/quantri: an admin sees the first steps of an office, what is done, and a button to each."""

from dataclasses import dataclass

from telegram import Message

from handlers.core.callback_data import NONE
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenDocuments
from handlers.people.buttons import AskTable
from handlers.tasks.buttons import ChooseSource
from handlers.units.buttons import BrowseUnits, OpenUnit
from services.people.first_steps import first_steps


@dataclass(frozen=True, slots=True)
class Setup:
    """Leads an admin through the first steps."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(commands={"quantri": self.on_command})

    async def on_command(self, message: Message, context: Context) -> None:
        """`/quantri`: show what is done and what comes next."""
        own = sum(one.digest_of is None for one in self.deps.catalogue().documents)
        found = await first_steps(self.deps.store, context.officer.id, own, self.deps.now())
        texts = self.deps.texts
        rows = (
            (Button(texts.label("setup_units"), OpenUnit(context.officer.unit, 0)),),
            (Button(texts.label("setup_people"), BrowseUnits("i", NONE, NONE, 0)),),
            (Button(texts.label("setup_roster"), AskTable(0)),),
            (Button(texts.label("setup_documents"), OpenDocuments(0)),),
            (Button(texts.label("setup_tasks"), ChooseSource()),),
        )
        await reply(message, Screen(texts.screen("first_steps", steps=found), rows))
