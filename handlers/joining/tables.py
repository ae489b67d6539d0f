"""/nhapdanhsach: a table of people or units is sent, previewed, confirmed, and taken as a whole."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import Bot, CallbackQuery, Document, InputFile, Message

from handlers.address import CHANNEL
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.joining import table_screens as screens
from handlers.joining.inviting import link_of
from handlers.joining.presses import AskTable, GetTemplate, LeaveTable, TakeTable
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.acting import require
from records.focus import kept, listen, stop, text_of
from records.joining import roster
from records.model import Focus
from records.sheets.refusals import SheetKindUnknown, SheetTooLarge
from records.sheets.rows import MOST_BYTES, Column, Table, read_sheet, write_sheet
from records.structure import sheet as units

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

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"nhapdanhsach": self.on_command},
            presses={
                AskTable: self.on_ask,
                GetTemplate: self.on_template,
                TakeTable: self.on_take,
                LeaveTable: self.on_leave,
            },
            topics={TOPIC: self.on_file},
        )

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/nhapdanhsach`: ask for a table of people."""
        await reply(message, await self._ask(visit, PEOPLE))

    async def on_ask(self, query: CallbackQuery, press: AskTable, visit: Visit) -> None:
        """Ask for a table of people or of units."""
        screen = await self._ask(visit, _kind(press.kind))
        await query.answer()
        await show(query, screen, anew=True)

    async def on_template(self, query: CallbackQuery, press: GetTemplate, visit: Visit) -> None:
        """Hand out an empty table with one row to show how."""
        kind = _kind(press.kind)
        await self._require(visit, kind)
        await query.answer()
        texts = self.desk.texts
        titles = [one.titles[0] for one in COLUMNS[kind]]
        example = texts.label(f"join_table_example_{kind}").split("|")
        content = await self.desk.work(lambda: write_sheet(titles, [example]))
        await _send(query, content, texts.label(f"join_table_name_{kind}"))

    async def on_file(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Preview the table that was sent."""
        kind, held = _kind(int(focus.subject)), message.document
        await self._require(visit, kind)
        if held is None:
            raise SheetKindUnknown
        name = held.file_name or ""
        table = await self._table(message.get_bot(), held, name, kind)
        screen = await self._preview(visit, kind, table)
        facts = {"file": held.file_id, "name": name}
        again = replace(focus, since=self.desk.now(), facts=facts)
        await listen(self.desk.store, again)
        await reply(message, screen)

    async def on_take(self, query: CallbackQuery, press: TakeTable, visit: Visit) -> None:
        """Take the table that was previewed, as its file says it now."""
        kind = _kind(press.kind)
        focus = await kept(self.desk.store, visit.officer.id, TOPIC)
        if focus is None or focus.subject != str(kind) or not text_of(focus, "file"):
            raise StaleButton
        name = text_of(focus, "name")
        rows = (await self._table(query.get_bot(), text_of(focus, "file"), name, kind)).rows
        if kind == UNITS:
            plan = await units.take(self.desk.store, visit.officer.id, rows, self.desk.now())
            await self._done(query, visit, screens.units_taken(self.desk.texts, plan))
            return
        store, now = self.desk.store, self.desk.now()
        done = await roster.take(store, visit.officer.id, rows, CHANNEL, now)
        await self._done(query, visit, screens.people_taken(self.desk.texts, done))
        if done.invitations:
            await self._hand_out(query, done)

    async def on_leave(self, query: CallbackQuery, _press: LeaveTable, visit: Visit) -> None:
        """Wait for no table."""
        await stop(self.desk.store, visit.officer.id, TOPIC)
        await query.answer()
        await show(query, Screen(self.desk.texts.screen("join_table_left")))

    async def _done(self, query: CallbackQuery, visit: Visit, screen: Screen) -> None:
        await stop(self.desk.store, visit.officer.id, TOPIC)
        await query.answer()
        await show(query, screen)

    async def _ask(self, visit: Visit, kind: int) -> Screen:
        await self._require(visit, kind)
        focus = Focus(id=visit.officer.id, topic=TOPIC, subject=str(kind), since=self.desk.now())
        await listen(self.desk.store, focus)
        return screens.ask(self.desk.texts, kind, [one.titles[0] for one in COLUMNS[kind]])

    async def _require(self, visit: Visit, kind: int) -> None:
        await require(self.desk.store, visit.officer.id, RIGHTS[kind], "table", self.desk.now())

    async def _table(self, bot: Bot, held: Document | str, name: str, kind: int) -> Table:
        """Fetch a file and read it beside the loop; raises SheetRefused."""
        if isinstance(held, Document) and (held.file_size or 0) > MOST_BYTES:
            raise SheetTooLarge(limit=MOST_BYTES)
        content = bytes(await (await bot.get_file(held)).download_as_bytearray())
        return await self.desk.work(lambda: read_sheet(content, name, COLUMNS[kind]))

    async def _preview(self, visit: Visit, kind: int, table: Table) -> Screen:
        store, now, me = self.desk.store, self.desk.now(), visit.officer.id
        if kind == UNITS:
            plan = await units.preview(store, me, table.rows, now)
            return screens.units_plan(self.desk.texts, plan, table.aside)
        roll = await roster.preview(store, me, table.rows, CHANNEL, now)
        return screens.people_plan(self.desk.texts, roll, table.aside)

    async def _hand_out(self, query: CallbackQuery, done: roster.Imported) -> None:
        """Send the links as a file: they are nowhere else."""
        texts = self.desk.texts
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
        content = await self.desk.work(lambda: write_sheet(titles, lines))
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
