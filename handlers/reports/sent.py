"""`/dagui`: what was sent stays in reach: read, its state, who has it, changed or taken back."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.reports import sent_screens
from handlers.reports.buttons import OpenOwn, OpenSent
from records.ids import ReportId
from services.reports.sent import look_at_own, sent_by
from vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class SentReports:
    """Shows a person what he has sent."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"dagui": self.on_command},
            buttons={OpenSent: self.on_page, OpenOwn: self.on_report},
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/dagui`, or `/dagui quý này`: list what was sent."""
        quarter = "quy" in fold(" ".join(context.args or ())).split()
        await reply(message, await self._list(context, OpenSent(0, int(quarter))))

    async def on_page(self, query: CallbackQuery, pressed: OpenSent, context: Context) -> None:
        """Turn a page, or choose all or this quarter."""
        screen = await self._list(context, pressed)
        await query.answer()
        await show(query, screen)

    async def on_report(self, query: CallbackQuery, pressed: OpenOwn, context: Context) -> None:
        """Open one report."""
        deps, report = self.deps, ReportId(pressed.report)
        found = await look_at_own(deps.store, deps.forms, context.officer.id, report, deps.now())
        await query.answer()
        await show(query, sent_screens.own(deps.texts, found, context.officer.id))

    async def _list(self, context: Context, shown: OpenSent) -> Screen:
        deps, officer, now = self.deps, context.officer.id, self.deps.now()
        quarter = shown.quarter == 1
        found = await sent_by(deps.store, deps.forms, officer, now, this_quarter=quarter)
        return sent_screens.listed(deps.texts, found, shown)
