"""A tap on a button: read, acted upon; a dead button gets a polite notice."""

from dataclasses import dataclass

from telegram import Update

from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.press import Codec, StaleButton
from handlers.visit import Visit
from knowledge.catalogue import NotInCatalogue
from records import focus
from records.question_log import UnknownQuestion


@dataclass(frozen=True, slots=True)
class Pressing:
    """Hands taps on; whoever taps has turned to what the button says."""

    desk: Desk
    inside: Conversation
    """All conversations as one."""
    codec: Codec

    async def on_press(self, update: Update, visit: Visit) -> None:
        """Hand a tap to the conversation whose button it is."""
        query = update.callback_query
        if query is None:
            return
        try:
            press = self.codec.decode(query.data or "")
            if type(press) not in self.inside.asides and visit.holder is not None:
                await focus.rest(self.desk.store, visit.holder)
            await self.inside.presses[type(press)](query, press, visit)
        except (StaleButton, NotInCatalogue, UnknownQuestion):
            await query.answer(self.desk.texts.label("stale"), show_alert=True)
