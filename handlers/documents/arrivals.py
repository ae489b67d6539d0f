"""A file of an admin's is fetched, read and shown; what bears a secrecy stamp is deleted."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from telegram import Bot, CallbackQuery, Message
from telegram.error import BadRequest, Forbidden

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.reply import redraw, reply
from handlers.core.screen import Screen
from handlers.documents import screens
from handlers.documents.buttons import TakeLoose
from knowledge.file_kinds import FILE_BYTES, KINDS
from knowledge.refusals import FileRefused, SecretDocument, TooLarge, UnknownKind
from records.ids import PersonId
from records.model import Attachment, FileKind, Focus
from services.documents import reception
from services.reports import loose_files

PICTURE: Final = "jpg"
"""What Telegram makes of a photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A file as Telegram knows it."""

    reference: str
    name: str
    size: int
    message: int | None
    """The message that brought it."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Takes files in."""

    deps: Dependencies

    async def on_file(self, message: Message, context: Context, _focus: Focus) -> None:
        """Take a file that was asked for; further ones may follow."""
        held = message.document
        await reception.permit(self.deps.registry, context.officer.id, self.deps.now())
        if held is None:
            refused = UnknownKind(file=PICTURE, known=KINDS)
            await reply(message, self._refused(refused))
            return
        sent = _Sent(
            reference=held.file_id,
            name=held.file_name or "",
            size=held.file_size or 0,
            message=message.message_id,
        )
        await self._take(message, context.officer.id, sent)

    async def on_loose(self, query: CallbackQuery, pressed: TakeLoose, context: Context) -> None:
        """Take files that came unasked."""
        store, me = self.deps.store, context.officer.id
        await reception.permit(self.deps.registry, me, self.deps.now())
        files = await loose_files.release(store, me, pressed.mark)
        message = query.message
        if not files or not isinstance(message, Message):
            raise StaleButton
        await query.answer()
        brought = int(pressed.message) if pressed.message.isdecimal() else None
        for one in files:
            await self._take(message, me, _of(one, brought))

    async def _take(self, message: Message, me: PersonId, sent: _Sent) -> None:
        """Fetch a file, read it, and show what was understood in the place of "reading"."""
        bot, chat, texts = message.get_bot(), message.chat.id, self.deps.texts
        number = await reply(message, Screen(texts.screen("doc_reading", file=sent.name)))
        try:
            screen = await self._read(bot, me, sent)
        except SecretDocument as secret:
            deleted = await _deleted(bot, chat, sent.message)
            html = texts.screen("doc_secret", level=secret.level, rule=secret.rule, deleted=deleted)
            screen = Screen(html)
        except FileRefused as refused:
            screen = self._refused(refused)
        if not await redraw(bot, chat, number, screen):
            await reply(message, screen)

    async def _read(self, bot: Bot, me: PersonId, sent: _Sent) -> Screen:
        deps = self.deps
        if PurePath(sent.name).suffix.lower() not in KINDS:
            raise UnknownKind(file=sent.name, known=KINDS)
        if sent.size > FILE_BYTES:
            raise TooLarge(file=sent.name, limit=FILE_BYTES)
        content = bytes(await (await bot.get_file(sent.reference)).download_as_bytearray())
        look = await reception.receive(deps.registry, me, sent.name, content, deps.now())
        return screens.preview(deps.texts, look)

    def _refused(self, refused: FileRefused) -> Screen:
        texts = self.deps.texts
        return Screen(texts.screen("refusal", said=texts.refusal(refused)))


def _of(held: Attachment, message: int | None) -> _Sent:
    name = held.name or (f"{held.kind.value}.{PICTURE}" if held.kind is FileKind.PHOTO else "")
    return _Sent(reference=held.reference, name=name, size=held.size or 0, message=message)


async def _deleted(bot: Bot, chat: int, message: int | None) -> bool:
    """Delete the message that brought a file; False where Telegram does not let."""
    if message is None:
        return False
    try:
        return await bot.delete_message(chat, message)
    except (BadRequest, Forbidden):
        return False
