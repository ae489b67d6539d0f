"""A tap on a button: read, acted upon; a dead button gets a polite notice."""

from dataclasses import dataclass

from telegram import Update

from handlers.core.callback_data import Codec, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.unfinished import Unfinished
from knowledge.catalogue import NotInCatalogue
from services.question_log import UnknownQuestion
from vietnamese.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CallbackQueries:
    """Hands taps on; whoever taps has turned to what the button says, unless it is refused."""

    deps: Dependencies
    inside: Feature
    """All features as one."""
    codec: Codec
    unfinished: Unfinished

    async def on_press(self, update: Update, context: Context) -> None:
        """Hand a tap to the feature whose button it is."""
        query = update.callback_query
        if query is None:
            return
        left = None
        try:
            pressed = self.codec.decode(query.data or "")
            if type(pressed) not in self.inside.asides:
                left = await self.unfinished.turned(context.holder)
            await self.inside.buttons[type(pressed)](query, pressed, context)
        except (StaleButton, NotInCatalogue, UnknownQuestion):
            await self.unfinished.stays(left)
            await query.answer(self.deps.texts.label("stale"), show_alert=True)
        except Refusal:
            await self.unfinished.stays(left)
            raise
        finally:
            if query.message is not None:
                await self.unfinished.tell(query.message.chat.id, context, left)
