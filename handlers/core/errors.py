"""What happens to an error: one polite sentence to the person, one record to the log."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from handlers.core.dependencies import Dependencies, LookupFaultError
from handlers.core.reply import reply
from handlers.core.screen import Screen
from handlers.core.telegram_errors import Fault, classify
from vietnamese.refusals import Refusal

ALERT: Final = 200
"""Bot API, answerCallbackQuery.text: characters of an alert."""


@dataclass(frozen=True, slots=True)
class ErrorHandler:
    """Takes the errors that no handler took."""

    deps: Dependencies
    owe: Callable[[int], None]
    """Has an update handled again, by its number: what it came to could not be said."""

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log `context.error`; excuse it where somebody waits and can be reached."""
        error = _alone(context.error)
        if error is None:
            return
        if isinstance(error, Refusal):
            await self._decline(update, error)
            return
        fault = classify(error)
        log = structlog.get_logger("handlers.core.errors")
        number = update.update_id if isinstance(update, Update) else None
        if fault is not Fault.BUG:
            await self._stop_the_spinning(update)
        if fault is Fault.GONE:
            log.info("unreachable", update=number, reason=str(error))
            return
        if fault in (Fault.RETRY, Fault.WAIT) and number is not None:
            log.warning("answer owed", update=number, reason=str(error))
            self.owe(number)
            return
        incident = secrets.token_hex(3)
        log.error("fault", id=incident, update=number, fault=fault.name, exc_info=error)
        if isinstance(update, Update) and fault is Fault.BUG:
            try:
                await self._excuse(update, incident, lookup=isinstance(error, LookupFaultError))
            except TelegramError as again:
                log.warning("no apology", id=incident, reason=str(again))

    async def _stop_the_spinning(self, update: object) -> None:
        """Answer a press, in case nobody has: its button would glow on."""
        if isinstance(update, Update) and update.callback_query is not None:
            with suppress(TelegramError):
                await update.callback_query.answer()

    async def _decline(self, update: object, refused: Refusal) -> None:
        """Say in one sentence why something was not done."""
        said = self.deps.texts.refusal(refused)
        if not isinstance(update, Update):
            return
        if update.callback_query is not None:
            await update.callback_query.answer(said[:ALERT], show_alert=True)
        elif update.effective_message is not None:
            screen = Screen(self.deps.texts.screen("refusal", said=said))
            await reply(update.effective_message, screen)

    async def _excuse(self, update: Update, incident: str, *, lookup: bool) -> None:
        texts = self.deps.texts
        if update.callback_query is not None:
            alert = texts.label("fault_alert", id=incident)
            await update.callback_query.answer(alert, show_alert=True)
        elif update.effective_message is not None:
            name = "failure" if lookup else "fault"
            await reply(update.effective_message, Screen(texts.screen(name, id=incident)))


def _alone(error: Exception | None) -> Exception | None:
    """Return the refusal that all of a group comes to: work side by side fails together."""
    if not isinstance(error, ExceptionGroup) or error.split(Refusal)[1] is not None:
        return error
    return _alone(error.exceptions[0])
