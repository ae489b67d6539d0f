"""A tap on a button: read, acted upon; a dead button gets a polite notice."""

from dataclasses import dataclass

from telegram import Update

from handlers.core.callback_data import Codec, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from knowledge.catalogue import NotInCatalogue
from records import focus
from services.question_log import UnknownQuestion


@dataclass(frozen=True, slots=True)
class CallbackQueries:
    """Hands taps on; whoever taps has turned to what the button says."""

    deps: Dependencies
    inside: Feature
    """All features as one."""
    codec: Codec

    async def on_press(self, update: Update, context: Context) -> None:
        """Hand a tap to the feature whose button it is."""
        query = update.callback_query
        if query is None:
            return
        try:
            pressed = self.codec.decode(query.data or "")
            if type(pressed) not in self.inside.asides and context.holder is not None:
                await focus.rest(self.deps.store, context.holder)
            await self.inside.buttons[type(pressed)](query, pressed, context)
        except (StaleButton, NotInCatalogue, UnknownQuestion):
            await query.answer(self.deps.texts.label("stale"), show_alert=True)
