"""/giaoviec: from a directive's duties or free; proposed, corrected by taps, then assigned."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.tasks import assignment_screens as screens
from handlers.tasks.buttons import (
    Abandon,
    BeginDuty,
    BeginFree,
    ChooseForm,
    ChooseLevel,
    ChooseSource,
    ChooseTerm,
    ClearPart,
    Confirm,
    EnterUnit,
    ListDuties,
    ListSources,
    OpenPart,
    ShowProposal,
    TogglePerson,
    ToggleUnit,
    TurnPriority,
    TurnSupport,
)
from knowledge.catalogue import facts_of
from records.access import Action
from records.actor import require
from records.ids import PersonId, UnitId
from records.model import Focus
from scheduler import proposals
from scheduler.duties import (
    find_duty,
)
from services.tasks import steps
from services.tasks.choices import USUAL, Part
from services.tasks.pending import LISTENING, Pending, Step, begin, go_on
from services.tasks.refusals import AlreadyAssigned


@dataclass(frozen=True, slots=True)
class Assignment:
    """Leads from a duty to its tasks; every step is kept before it is shown."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"giaoviec": self.on_command},
            buttons={
                ChooseSource: self.on_sources,
                ListSources: self.on_documents,
                ListDuties: self.on_duties,
                BeginDuty: self.on_begin_duty,
                BeginFree: self.on_begin_free,
                ShowProposal: self.on_show,
                OpenPart: self.on_part,
                EnterUnit: self.on_enter,
                ToggleUnit: self.on_unit,
                ChooseLevel: self.on_level,
                TogglePerson: self.on_person,
                ClearPart: self.on_clear,
                ChooseForm: self.on_form,
                ChooseTerm: self.on_term,
                TurnPriority: self.on_priority,
                TurnSupport: self.on_support,
                Confirm: self.on_confirm,
                Abandon: self.on_abandon,
            },
            topics={LISTENING: self.on_words},
            left={LISTENING: waiting},
            prose={LISTENING: self.takes_prose},
            kept={LISTENING: self.takes_prose},
        )

    # --- where a duty comes from -------------------------------------------------------------

    async def on_command(self, message: Message, context: Context) -> None:
        """`/giaoviec`: ask where the duty comes from."""
        await self._require(context)
        await reply(message, screens.sources(self.deps.texts))

    async def on_sources(
        self, query: CallbackQuery, _pressed: ChooseSource, context: Context
    ) -> None:
        """Ask again where the duty comes from."""
        await self._require(context)
        await _answer(query, screens.sources(self.deps.texts))

    async def on_documents(
        self, query: CallbackQuery, pressed: ListSources, context: Context
    ) -> None:
        """List the documents that charge units."""
        await self._require(context)
        await _answer(
            query, screens.documents(self.deps.texts, self.deps.catalogue(), pressed.page)
        )

    async def on_duties(self, query: CallbackQuery, pressed: ListDuties, context: Context) -> None:
        """List a document's duties."""
        await self._require(context)
        directive = self.deps.catalogue().find(pressed.document)
        given = await proposals.given_of(self.deps.store, directive.file)
        await _answer(query, screens.duties(self.deps.texts, directive, pressed.page, given))

    async def on_begin_duty(
        self, query: CallbackQuery, pressed: BeginDuty, context: Context
    ) -> None:
        """Propose what the text gives for a duty."""
        directive = self.deps.catalogue().find(pressed.document)
        duty = find_duty(directive, pressed.duty)
        citation = self.deps.texts.label("task_citation", held=facts_of(directive))
        cited = (citation, await self.deps.version(directive.file))
        deps, now = self.deps, self.deps.now()
        pending = await proposals.of_duty(deps.store, deps.forms, (directive, duty), cited, now)
        await self._begin(query, context, pending)

    async def on_begin_free(
        self, query: CallbackQuery, _pressed: BeginFree, context: Context
    ) -> None:
        """Begin a free task: ask for its title."""
        await self._begin(query, context, proposals.free(self.deps.forms))

    # --- a proposal --------------------------------------------------------------------------

    async def on_show(self, query: CallbackQuery, pressed: ShowProposal, context: Context) -> None:
        """Show the whole proposal."""
        await self._step(query, context, pressed.proposal, steps.shown())

    async def on_part(self, query: CallbackQuery, pressed: OpenPart, context: Context) -> None:
        """Show what a part can be."""
        await self._step(
            query, context, pressed.proposal, steps.opened(_part(pressed.part), pressed.page)
        )

    async def on_enter(self, query: CallbackQuery, pressed: EnterUnit, context: Context) -> None:
        """Show the units below one."""
        await self._step(query, context, pressed.proposal, steps.entered(UnitId(pressed.unit)))

    async def on_unit(self, query: CallbackQuery, pressed: ToggleUnit, context: Context) -> None:
        """Take a unit in or out."""
        step = steps.unit_toggled(_part(pressed.part), UnitId(pressed.unit))
        await self._step(query, context, pressed.proposal, step)

    async def on_level(self, query: CallbackQuery, pressed: ChooseLevel, context: Context) -> None:
        """Take a whole level in or out."""
        me, now, place = context.officer.id, self.deps.now(), (_part(pressed.part), pressed.kind)
        pending = await proposals.take_level(self.deps.store, me, pressed.proposal, place, now)
        if pending is None:
            raise StaleButton
        await _answer(query, await self._screen(context, pending))

    async def on_person(
        self, query: CallbackQuery, pressed: TogglePerson, context: Context
    ) -> None:
        """Take a person in or out."""
        step = steps.person_toggled(_part(pressed.part), PersonId(pressed.person))
        await self._step(query, context, pressed.proposal, step)

    async def on_clear(self, query: CallbackQuery, pressed: ClearPart, context: Context) -> None:
        """Empty a part."""
        await self._step(query, context, pressed.proposal, steps.cleared(_part(pressed.part)))

    async def on_form(self, query: CallbackQuery, pressed: ChooseForm, context: Context) -> None:
        """Take a form."""
        if pressed.form not in self.deps.forms:
            raise StaleButton
        await self._step(query, context, pressed.proposal, steps.formed(pressed.form))

    async def on_term(self, query: CallbackQuery, pressed: ChooseTerm, context: Context) -> None:
        """Take one of the usual deadlines."""
        if pressed.term >= len(USUAL):
            raise StaleButton
        name, timing = USUAL[pressed.term]
        wording = self.deps.texts.label(f"assign_term_{name}") if timing.rule else None
        await self._step(query, context, pressed.proposal, steps.timed(timing, wording))

    async def on_priority(
        self, query: CallbackQuery, pressed: TurnPriority, context: Context
    ) -> None:
        """Make urgent, or ordinary again."""
        await self._step(query, context, pressed.proposal, steps.priority_turned())

    async def on_support(
        self, query: CallbackQuery, pressed: TurnSupport, context: Context
    ) -> None:
        """Ask the supporting units for reports, or only tell them."""
        await self._step(query, context, pressed.proposal, steps.support_turned())

    async def takes_prose(self, context: Context, held: Focus) -> bool:
        """Tell whether the title is typed, which may be any words."""
        pending = await proposals.pending_for(self.deps.store, context.officer.id, held.subject)
        return pending.part == Part.TITLE.word

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take typed words into the part that waits for them."""
        store, now, words = self.deps.store, self.deps.now(), message.text or ""
        pending, understood = await proposals.take_words(
            store, context.officer.id, focus.subject, words, now
        )
        await reply(message, await self._screen(context, pending, misread=not understood))

    async def on_confirm(self, query: CallbackQuery, pressed: Confirm, context: Context) -> None:
        """Assign; ask first where a unit has the duty already."""
        store, me, now = self.deps.store, context.officer.id, self.deps.now()
        try:
            done = await proposals.confirm(
                store, me, pressed.proposal, now, again=pressed.again == 1
            )
        except AlreadyAssigned as asked:
            held = await proposals.pending_for(store, me, pressed.proposal)
            await _answer(query, screens.twice(self.deps.texts, held, asked.units))
            return
        await _answer(query, screens.done(self.deps.texts, done))

    async def on_abandon(self, query: CallbackQuery, pressed: Abandon, context: Context) -> None:
        """Drop the proposal."""
        store, now = self.deps.store, self.deps.now()
        document = await proposals.abandon(store, context.officer.id, pressed.proposal, now)
        await _answer(query, screens.abandoned(self.deps.texts, document))

    # --- steps and screens -------------------------------------------------------------------

    async def _require(self, context: Context) -> None:
        """Raise NotAllowed for who assigns to nobody."""
        await require(self.deps.store, context.officer.id, Action.ASSIGN, "assign", self.deps.now())

    async def _begin(self, query: CallbackQuery, context: Context, pending: Pending) -> None:
        kept = await begin(self.deps.store, context.officer.id, pending, self.deps.now())
        await _answer(query, await self._screen(context, kept))

    async def _step(
        self, query: CallbackQuery, context: Context, proposal: str, step: Step
    ) -> None:
        me, now = context.officer.id, self.deps.now()
        pending = await go_on(self.deps.store, me, proposal, step, now)
        await _answer(query, await self._screen(context, pending))

    async def _screen(self, context: Context, pending: Pending, *, misread: bool = False) -> Screen:
        """Show where a proposal stands: the part being looked at, or the whole."""
        store, now = self.deps.store, self.deps.now()
        layout = await proposals.laid_out(store, context.officer.id, pending, now)
        known = screens.Known(texts=self.deps.texts, forms=self.deps.forms, layout=layout)
        return screens.part_screen(known, misread=misread)


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)


def _part(number: int) -> Part:
    try:
        return Part(number)
    except ValueError:
        raise StaleButton from None
