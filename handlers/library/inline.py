"""`@bot …` in any chat: clauses to quote there."""

from dataclasses import dataclass
from typing import Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.ext import ContextTypes
from telegram.helpers import create_deep_linked_url

from handlers.core.dependencies import Dependencies
from handlers.library.links import clause_payload
from knowledge.answering.values import Certainty, Quote

MOST: Final = 15
"""Results: two screens of a phone; Telegram allows 50."""

SHORTEST: Final = 2
"""Characters of a query that is searched."""

CACHE_SECONDS: Final = 60
"""How long Telegram may repeat an answer: typing on and back again, not a day of new documents."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Offers clauses while somebody types in another chat."""

    deps: Dependencies

    async def on_inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer with the best clauses; personal, since not everybody will see every document."""
        query = update.inline_query
        if query is None:
            return
        words = query.query.strip()
        results = await self._results(words, context) if len(words) >= SHORTEST else []
        await query.answer(
            results,
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=InlineQueryResultsButton(
                self.deps.texts.label("inline_open"), start_parameter="inline"
            ),
        )

    async def _results(
        self, words: str, context: ContextTypes.DEFAULT_TYPE
    ) -> list[InlineQueryResultArticle]:
        """Return the clauses; where they may not answer, each says so."""
        offered = await self.deps.search(words, MOST)
        sure = offered.certainty is Certainty.SURE
        return [
            self._result(quote, number, context, sure=sure)
            for number, quote in enumerate(offered.quotes)
        ]

    def _result(
        self, quote: Quote, number: int, context: ContextTypes.DEFAULT_TYPE, *, sure: bool
    ) -> InlineQueryResultArticle:
        texts = self.deps.texts
        payload = clause_payload(quote.file, quote.clause)
        url = create_deep_linked_url(context.bot.username, payload)
        return InlineQueryResultArticle(
            id=f"{number}{payload}",
            title=texts.label("inline_title", quote=quote),
            description=texts.label("inline_description", quote=quote, sure=sure),
            input_message_content=InputTextMessageContent(texts.screen("inline", quote=quote)),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton(texts.label("whole_clause"), url=url)]]
            ),
        )
