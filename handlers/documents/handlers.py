"""An admin sends a file, looks over what was understood, corrects it and publishes it."""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, InputFile, Message

from handlers.core.callback_data import NONE, CallbackData, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, OnButton
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.documents import screens
from handlers.documents.arrivals import Letterbox
from handlers.documents.buttons import (
    ClearField,
    Compare,
    CorrectField,
    Drop,
    EditHeader,
    GetOriginal,
    ListDuties,
    ListHeld,
    ListVersions,
    ListWithdrawn,
    OpenArrival,
    OpenHeld,
    OpenRegistry,
    Publish,
    Restore,
    TakeLoose,
    Withdraw,
    field_at,
)
from knowledge.library.corrections import Field
from knowledge.model import Directive
from records.focus import listen, text_of
from records.model import Focus
from services.documents import publication, reception
from services.documents.reception import Look

FILES: Final = "documents"
"""`Focus.topic` of who was asked for files."""

FIELD: Final = "documents_field"
"""`Focus.topic` of who corrects a field; the subject is the file that waits."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Takes documents in and keeps them."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        letterbox = Letterbox(self.deps)
        buttons: dict[type[CallbackData], OnButton] = {
            OpenRegistry: self.on_registry,
            TakeLoose: letterbox.on_loose,
            ListHeld: self.on_held,
            OpenHeld: self.on_document,
            OpenArrival: self.on_arrival,
            ListDuties: self.on_duties,
            CorrectField: self.on_correct,
            ClearField: self.on_clear,
            Publish: self.on_publish,
            Drop: self.on_drop,
            GetOriginal: self.on_original,
            EditHeader: self.on_edit,
            Withdraw: self.on_withdraw,
            ListVersions: self.on_versions,
            Compare: self.on_compare,
            Restore: self.on_restore,
            ListWithdrawn: self.on_withdrawn,
        }
        return Feature(
            commands={"tailieu": self.on_command},
            buttons=buttons,
            topics={FILES: letterbox.on_file, FIELD: self.on_words},
            left={FIELD: waiting},
            prose={FIELD: _is_prose},
            for_files=frozenset({FILES}),
            asides=frozenset(buttons),
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/tailieu`: wait for files."""
        await reply(message, await self._registry(context))

    async def on_registry(
        self, query: CallbackQuery, _pressed: OpenRegistry, context: Context
    ) -> None:
        """Wait for files."""
        await _answer(query, await self._registry(context))

    # --- a file that waits -------------------------------------------------------------------

    async def on_arrival(
        self, query: CallbackQuery, pressed: OpenArrival, context: Context
    ) -> None:
        """Show what was understood."""
        look = await self._look(context, pressed.arrival)
        await self._await_files(context)
        await _answer(query, screens.preview(self.deps.texts, look))

    async def on_duties(self, query: CallbackQuery, pressed: ListDuties, context: Context) -> None:
        """Show the duties that were read."""
        look = await self._look(context, pressed.arrival)
        await _answer(query, screens.duties(self.deps.texts, look, pressed.page))

    async def on_correct(
        self, query: CallbackQuery, pressed: CorrectField, context: Context
    ) -> None:
        """Ask for another value of a field."""
        field, me = field_at(pressed.field), context.officer.id
        look = await self._look(context, pressed.arrival)
        facts = {"field": field.value}
        focus = Focus(
            id=me, topic=FIELD, subject=pressed.arrival, since=self.deps.now(), facts=facts
        )
        await listen(self.deps.store, focus)
        await _answer(query, screens.ask_field(self.deps.texts, look, field))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take the new value, and read back the whole."""
        field = Field(text_of(focus, "field"))
        look = await self._corrected(context, focus.subject, field, message.text or "")
        await reply(message, screens.preview(self.deps.texts, look))

    async def on_clear(self, query: CallbackQuery, pressed: ClearField, context: Context) -> None:
        """Take it that the document does not state a field."""
        look = await self._corrected(context, pressed.arrival, field_at(pressed.field), "")
        await _answer(query, screens.preview(self.deps.texts, look))

    async def on_publish(self, query: CallbackQuery, pressed: Publish, context: Context) -> None:
        """Publish it; tapped twice it is published once."""
        deps, me = self.deps, context.officer.id
        replacing = self._file(pressed.document)
        done = await publication.publish(deps.registry, me, pressed.arrival, replacing, deps.now())
        await self._await_files(context)
        await _answer(query, screens.published(deps.texts, deps.catalogue(), done))

    async def on_drop(self, query: CallbackQuery, pressed: Drop, context: Context) -> None:
        """Forget it."""
        deps = self.deps
        await reception.drop(deps.registry, context.officer.id, pressed.arrival, deps.now())
        await self._await_files(context)
        await _answer(query, Screen(deps.texts.screen("doc_dropped")))

    # --- what is published -------------------------------------------------------------------

    async def on_held(self, query: CallbackQuery, pressed: ListHeld, context: Context) -> None:
        """List the office's own documents."""
        await reception.permit(self.deps.registry, context.officer.id, self.deps.now())
        await _answer(query, screens.held(self.deps.texts, self._own(), pressed.page))

    async def on_document(self, query: CallbackQuery, pressed: OpenHeld, context: Context) -> None:
        """Show what can be done with a document."""
        deps, directive = self.deps, self._held(pressed.document)
        before = await publication.versions(
            deps.registry, context.officer.id, directive.file, deps.now()
        )
        await _answer(query, screens.document(deps.texts, directive, len(before)))

    async def on_original(
        self, query: CallbackQuery, pressed: GetOriginal, context: Context
    ) -> None:
        """Send the file as it came."""
        deps, directive = self.deps, self._held(pressed.document)
        content = await publication.original(
            deps.registry, context.officer.id, directive.file, deps.now()
        )
        await query.answer()
        if query.message is not None:
            file = InputFile(content, filename=directive.file)
            await query.get_bot().send_document(query.message.chat.id, file)

    async def on_edit(self, query: CallbackQuery, pressed: EditHeader, context: Context) -> None:
        """Begin to correct a published document."""
        deps, directive = self.deps, self._held(pressed.document)
        look = await reception.edit(deps.registry, context.officer.id, directive.file, deps.now())
        await _answer(query, screens.preview(deps.texts, look))

    async def on_withdraw(self, query: CallbackQuery, pressed: Withdraw, context: Context) -> None:
        """Ask, then take a document out."""
        deps, directive = self.deps, self._held(pressed.document)
        if not pressed.sure:
            await _answer(query, screens.sure(deps.texts, directive))
            return
        await publication.withdraw(deps.registry, context.officer.id, directive.file, deps.now())
        await _answer(query, Screen(deps.texts.screen("doc_gone", file=directive.file)))

    async def on_versions(
        self, query: CallbackQuery, pressed: ListVersions, context: Context
    ) -> None:
        """List what stood there before."""
        deps, directive = self.deps, self._held(pressed.document)
        before = await publication.versions(
            deps.registry, context.officer.id, directive.file, deps.now()
        )
        await _answer(query, screens.versions(deps.texts, directive, before))

    async def on_compare(self, query: CallbackQuery, pressed: Compare, context: Context) -> None:
        """Show in what a version differs from what stands now."""
        deps, directive = self.deps, self._held(pressed.document)
        found = await publication.compared(
            deps.registry, context.officer.id, pressed.version, directive, deps.now()
        )
        await _answer(
            query, screens.differences(deps.texts, directive, pressed.version, found, pressed.page)
        )

    async def on_restore(self, query: CallbackQuery, pressed: Restore, context: Context) -> None:
        """Publish a version again."""
        deps, me = self.deps, context.officer.id
        replacing = self._file(pressed.document)
        done = await publication.restore(deps.registry, me, pressed.version, replacing, deps.now())
        await self._await_files(context)
        await _answer(query, screens.published(deps.texts, deps.catalogue(), done))

    async def on_withdrawn(
        self, query: CallbackQuery, _pressed: ListWithdrawn, context: Context
    ) -> None:
        """List what was withdrawn."""
        deps = self.deps
        listed = await publication.withdrawn(deps.registry, context.officer.id, deps.now())
        await _answer(query, screens.withdrawn(deps.texts, listed))

    # --- what is known -----------------------------------------------------------------------

    async def _registry(self, context: Context) -> Screen:
        deps, me = self.deps, context.officer.id
        await reception.permit(deps.registry, me, deps.now())
        await self._await_files(context)
        return screens.registry(deps.texts, len(self._own()))

    async def _await_files(self, context: Context) -> None:
        """Let further files belong to the library, and words to nothing."""
        me, now = context.officer.id, self.deps.now()
        await listen(self.deps.store, Focus(id=me, topic=FILES, subject="", since=now))

    async def _look(self, context: Context, arrival: str) -> Look:
        deps = self.deps
        return await reception.look(deps.registry, context.officer.id, arrival, deps.now())

    async def _corrected(self, context: Context, arrival: str, field: Field, words: str) -> Look:
        deps, me = self.deps, context.officer.id
        look = await reception.correct(deps.registry, me, arrival, field, words, deps.now())
        await self._await_files(context)
        return look

    def _own(self) -> list[Directive]:
        shelf = self.deps.registry.shelf
        return [one for one in self.deps.catalogue().documents if shelf.holds(one.file)]

    def _held(self, document: str) -> Directive:
        """Return a document of the office's own; raises StaleButton for another."""
        directive = self.deps.catalogue().find(document)
        if not self.deps.registry.shelf.holds(directive.file):
            raise StaleButton
        return directive

    def _file(self, document: str) -> str | None:
        return None if document == NONE else self.deps.catalogue().find(document).file


async def _is_prose(_context: Context, focus: Focus) -> bool:
    """Tell whether any words are an answer: a title may read as a question."""
    return text_of(focus, "field") not in (Field.NUMBER, Field.DATE)


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)
