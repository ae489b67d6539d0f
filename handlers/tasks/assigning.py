"""/giaoviec: from a directive's duties or free; proposed, corrected by taps, then assigned."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.tasks import proposal_screens as screens
from handlers.tasks.presses import (
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
from handlers.visit import Visit
from knowledge.catalogue import facts_of
from records.access import Action
from records.acting import require
from records.ids import PersonId, UnitId
from records.model import Focus
from records.tasks import steps
from records.tasks.choices import USUAL, Part
from records.tasks.pending import LISTENING, Pending, Step, begin, go_on
from records.tasks.refusals import AlreadyAssigned
from scheduler import proposals
from scheduler.duties import (
    find_duty,
)


@dataclass(frozen=True, slots=True)
class Assigning:
    """Leads from a duty to its tasks; every step is kept before it is shown."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"giaoviec": self.on_command},
            presses={
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
        )

    # --- where a duty comes from -------------------------------------------------------------

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/giaoviec`: ask where the duty comes from."""
        await self._require(visit)
        await reply(message, screens.sources(self.desk.texts))

    async def on_sources(self, query: CallbackQuery, _press: ChooseSource, visit: Visit) -> None:
        """Ask again where the duty comes from."""
        await self._require(visit)
        await _answer(query, screens.sources(self.desk.texts))

    async def on_documents(self, query: CallbackQuery, press: ListSources, visit: Visit) -> None:
        """List the documents that charge units."""
        await self._require(visit)
        await _answer(query, screens.documents(self.desk.texts, self.desk.catalogue(), press.page))

    async def on_duties(self, query: CallbackQuery, press: ListDuties, visit: Visit) -> None:
        """List a document's duties."""
        await self._require(visit)
        directive = self.desk.catalogue().find(press.document)
        given = await proposals.given_of(self.desk.store, directive.file)
        await _answer(query, screens.duties(self.desk.texts, directive, press.page, given))

    async def on_begin_duty(self, query: CallbackQuery, press: BeginDuty, visit: Visit) -> None:
        """Propose what the text gives for a duty."""
        directive = self.desk.catalogue().find(press.document)
        duty = find_duty(directive, press.duty)
        citation = self.desk.texts.label("task_citation", held=facts_of(directive))
        cited = (citation, await self.desk.version(directive.file))
        desk, now = self.desk, self.desk.now()
        pending = await proposals.of_duty(desk.store, desk.forms, (directive, duty), cited, now)
        await self._begin(query, visit, pending)

    async def on_begin_free(self, query: CallbackQuery, _press: BeginFree, visit: Visit) -> None:
        """Begin a free task: ask for its title."""
        await self._begin(query, visit, proposals.free(self.desk.forms))

    # --- a proposal --------------------------------------------------------------------------

    async def on_show(self, query: CallbackQuery, press: ShowProposal, visit: Visit) -> None:
        """Show the whole proposal."""
        await self._step(query, visit, press.proposal, steps.shown())

    async def on_part(self, query: CallbackQuery, press: OpenPart, visit: Visit) -> None:
        """Show what a part can be."""
        await self._step(query, visit, press.proposal, steps.opened(_part(press.part), press.page))

    async def on_enter(self, query: CallbackQuery, press: EnterUnit, visit: Visit) -> None:
        """Show the units below one."""
        await self._step(query, visit, press.proposal, steps.entered(UnitId(press.unit)))

    async def on_unit(self, query: CallbackQuery, press: ToggleUnit, visit: Visit) -> None:
        """Take a unit in or out."""
        step = steps.unit_toggled(_part(press.part), UnitId(press.unit))
        await self._step(query, visit, press.proposal, step)

    async def on_level(self, query: CallbackQuery, press: ChooseLevel, visit: Visit) -> None:
        """Take a whole level in or out."""
        me, now, place = visit.officer.id, self.desk.now(), (_part(press.part), press.kind)
        pending = await proposals.take_level(self.desk.store, me, press.proposal, place, now)
        if pending is None:
            raise StaleButton
        await _answer(query, await self._screen(visit, pending))

    async def on_person(self, query: CallbackQuery, press: TogglePerson, visit: Visit) -> None:
        """Take a person in or out."""
        step = steps.person_toggled(_part(press.part), PersonId(press.person))
        await self._step(query, visit, press.proposal, step)

    async def on_clear(self, query: CallbackQuery, press: ClearPart, visit: Visit) -> None:
        """Empty a part."""
        await self._step(query, visit, press.proposal, steps.cleared(_part(press.part)))

    async def on_form(self, query: CallbackQuery, press: ChooseForm, visit: Visit) -> None:
        """Take a form."""
        if press.form not in self.desk.forms:
            raise StaleButton
        await self._step(query, visit, press.proposal, steps.formed(press.form))

    async def on_term(self, query: CallbackQuery, press: ChooseTerm, visit: Visit) -> None:
        """Take one of the usual deadlines."""
        if press.term >= len(USUAL):
            raise StaleButton
        name, timing = USUAL[press.term]
        wording = self.desk.texts.label(f"assign_term_{name}") if timing.rule else None
        await self._step(query, visit, press.proposal, steps.timed(timing, wording))

    async def on_priority(self, query: CallbackQuery, press: TurnPriority, visit: Visit) -> None:
        """Make urgent, or ordinary again."""
        await self._step(query, visit, press.proposal, steps.priority_turned())

    async def on_support(self, query: CallbackQuery, press: TurnSupport, visit: Visit) -> None:
        """Ask the supporting units for reports, or only tell them."""
        await self._step(query, visit, press.proposal, steps.support_turned())

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take typed words into the part that waits for them."""
        store, now, words = self.desk.store, self.desk.now(), message.text or ""
        pending, understood = await proposals.take_words(
            store, visit.officer.id, focus.subject, words, now
        )
        await reply(message, await self._screen(visit, pending, misread=not understood))

    async def on_confirm(self, query: CallbackQuery, press: Confirm, visit: Visit) -> None:
        """Assign; ask first where a unit has the duty already."""
        store, me, now = self.desk.store, visit.officer.id, self.desk.now()
        try:
            done = await proposals.confirm(store, me, press.proposal, now, again=press.again == 1)
        except AlreadyAssigned as asked:
            held = await proposals.pending_for(store, me, press.proposal)
            await _answer(query, screens.twice(self.desk.texts, held, asked.units))
            return
        await _answer(query, screens.done(self.desk.texts, done))

    async def on_abandon(self, query: CallbackQuery, press: Abandon, visit: Visit) -> None:
        """Drop the proposal."""
        store, now = self.desk.store, self.desk.now()
        document = await proposals.abandon(store, visit.officer.id, press.proposal, now)
        await _answer(query, screens.abandoned(self.desk.texts, document))

    # --- steps and screens -------------------------------------------------------------------

    async def _require(self, visit: Visit) -> None:
        """Raise NotAllowed for who assigns to nobody."""
        await require(self.desk.store, visit.officer.id, Action.ASSIGN, "assign", self.desk.now())

    async def _begin(self, query: CallbackQuery, visit: Visit, pending: Pending) -> None:
        kept = await begin(self.desk.store, visit.officer.id, pending, self.desk.now())
        await _answer(query, await self._screen(visit, kept))

    async def _step(self, query: CallbackQuery, visit: Visit, proposal: str, step: Step) -> None:
        me, now = visit.officer.id, self.desk.now()
        pending = await go_on(self.desk.store, me, proposal, step, now)
        await _answer(query, await self._screen(visit, pending))

    async def _screen(self, visit: Visit, pending: Pending, *, misread: bool = False) -> Screen:
        """Show where a proposal stands: the part being looked at, or the whole."""
        store, now = self.desk.store, self.desk.now()
        layout = await proposals.laid_out(store, visit.officer.id, pending, now)
        known = screens.Known(texts=self.desk.texts, forms=self.desk.forms, layout=layout)
        return screens.part_screen(known, misread=misread)


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)


def _part(number: int) -> Part:
    try:
        return Part(number)
    except ValueError:
        raise StaleButton from None
