"""/nhapdanhsach: a table of people or units is sent, previewed, confirmed, and taken as a whole."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import Bot, CallbackQuery, Document, InputFile, Message

from handlers.access.links import link_of
from handlers.core.address import CHANNEL
from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.people import table_screens as screens
from handlers.people.buttons import AskTable, GetTemplate, LeaveTable, TakeTable
from records.access import Action
from records.actor import require
from records.focus import kept, listen, stop, text_of
from records.model import Focus
from services.people import roster
from services.sheets.refusals import SheetKindUnknown, SheetTooLarge
from services.sheets.rows import MOST_BYTES, Column, Table, read_sheet, write_sheet
from services.units import table as units

TOPIC: Final = "join_table"
"""`Focus.topic` of who was asked for a table; the subject is its kind."""

PEOPLE: Final = 0
UNITS: Final = 1

RIGHTS: Final = (Action.INVITE, Action.MANAGE_UNITS)
COLUMNS: Final[tuple[tuple[Column, ...], ...]] = (roster.COLUMNS, units.COLUMNS)
"""By kind of table."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Takes tables from an admin."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"nhapdanhsach": self.on_command},
            buttons={
                AskTable: self.on_ask,
                GetTemplate: self.on_template,
                TakeTable: self.on_take,
                LeaveTable: self.on_leave,
            },
            topics={TOPIC: self.on_file},
            left={TOPIC: waiting},
            asides=frozenset({GetTemplate}),
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/nhapdanhsach`: ask for a table of people."""
        await reply(message, await self._ask(context, PEOPLE))

    async def on_ask(self, query: CallbackQuery, pressed: AskTable, context: Context) -> None:
        """Ask for a table of people or of units."""
        screen = await self._ask(context, _kind(pressed.kind))
        await query.answer()
        await show(query, screen, anew=True)

    async def on_template(
        self, query: CallbackQuery, pressed: GetTemplate, context: Context
    ) -> None:
        """Hand out an empty table with one row to show how."""
        kind = _kind(pressed.kind)
        await self._require(context, kind)
        await query.answer()
        texts = self.deps.texts
        titles = [one.titles[0] for one in COLUMNS[kind]]
        example = texts.label(f"join_table_example_{kind}").split("|")
        content = await self.deps.work(lambda: write_sheet(titles, [example]))
        await _send(query, content, texts.label(f"join_table_name_{kind}"))

    async def on_file(self, message: Message, context: Context, focus: Focus) -> None:
        """Preview the table that was sent."""
        kind, held = _kind(int(focus.subject)), message.document
        await self._require(context, kind)
        if held is None:
            raise SheetKindUnknown
        name = held.file_name or ""
        table = await self._table(message.get_bot(), held, name, kind)
        screen = await self._preview(context, kind, table)
        facts = {"file": held.file_id, "name": name}
        again = replace(focus, since=self.deps.now(), facts=facts)
        await listen(self.deps.store, again)
        await reply(message, screen)

    async def on_take(self, query: CallbackQuery, pressed: TakeTable, context: Context) -> None:
        """Take the table that was previewed, as its file says it now."""
        kind = _kind(pressed.kind)
        focus = await kept(self.deps.store, context.officer.id, TOPIC)
        if focus is None or focus.subject != str(kind) or not text_of(focus, "file"):
            raise StaleButton
        name = text_of(focus, "name")
        rows = (await self._table(query.get_bot(), text_of(focus, "file"), name, kind)).rows
        if kind == UNITS:
            plan = await units.take(self.deps.store, context.officer.id, rows, self.deps.now())
            await self._done(query, context, screens.units_taken(self.deps.texts, plan))
            return
        store, now = self.deps.store, self.deps.now()
        done = await roster.take(store, context.officer.id, rows, CHANNEL, now)
        await self._done(query, context, screens.people_taken(self.deps.texts, done))
        if done.invitations:
            await self._hand_out(query, done)

    async def on_leave(self, query: CallbackQuery, _pressed: LeaveTable, context: Context) -> None:
        """Wait for no table."""
        await stop(self.deps.store, context.officer.id, TOPIC)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("join_table_left")))

    async def _done(self, query: CallbackQuery, context: Context, screen: Screen) -> None:
        await stop(self.deps.store, context.officer.id, TOPIC)
        await query.answer()
        await show(query, screen)

    async def _ask(self, context: Context, kind: int) -> Screen:
        await self._require(context, kind)
        focus = Focus(id=context.officer.id, topic=TOPIC, subject=str(kind), since=self.deps.now())
        await listen(self.deps.store, focus)
        return screens.ask(self.deps.texts, kind, [one.titles[0] for one in COLUMNS[kind]])

    async def _require(self, context: Context, kind: int) -> None:
        await require(self.deps.store, context.officer.id, RIGHTS[kind], "table", self.deps.now())

    async def _table(self, bot: Bot, held: Document | str, name: str, kind: int) -> Table:
        """Fetch a file and read it beside the loop; raises SheetRefused."""
        if isinstance(held, Document) and (held.file_size or 0) > MOST_BYTES:
            raise SheetTooLarge(limit=MOST_BYTES)
        content = bytes(await (await bot.get_file(held)).download_as_bytearray())
        return await self.deps.work(lambda: read_sheet(content, name, COLUMNS[kind]))

    async def _preview(self, context: Context, kind: int, table: Table) -> Screen:
        store, now, me = self.deps.store, self.deps.now(), context.officer.id
        if kind == UNITS:
            plan = await units.preview(store, me, table.rows, now)
            return screens.units_plan(self.deps.texts, plan, table.aside)
        roll = await roster.preview(store, me, table.rows, CHANNEL, now)
        return screens.people_plan(self.deps.texts, roll, table.aside)

    async def _hand_out(self, query: CallbackQuery, done: roster.Imported) -> None:
        """Send the links as a file: they are nowhere else."""
        texts = self.deps.texts
        titles = [texts.label(f"join_links_{part}") for part in ("name", "unit", "link", "until")]
        lines = [
            (
                made.invitation.name,
                made.unit,
                link_of(query.get_bot(), made.code),
                texts.label("join_links_day", at=made.invitation.expires),
            )
            for made in done.invitations
        ]
        content = await self.deps.work(lambda: write_sheet(titles, lines))
        await _send(query, content, texts.label("join_links_file"))


async def _send(query: CallbackQuery, content: bytes, name: str) -> None:
    if query.message is not None:
        file = InputFile(content, filename=name)
        await query.get_bot().send_document(query.message.chat.id, file)


def _kind(given: int) -> int:
    """Return a kind of table; raises StaleButton for what is none."""
    if given not in (PEOPLE, UNITS):
        raise StaleButton
    return given
