"""/giaoviec: from a directive's duties or free; proposed, corrected by taps, then assigned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from telegram import CallbackQuery, Message

from handlers.catalogue import held as facts_of
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.proposing import (
    by_name,
    find_duty,
    origin_of,
    proposed,
    timing_said,
)
from handlers.sending import reply, show
from handlers.tasks import proposal_screens as screens
from handlers.tasks import steps
from handlers.tasks.choices import (
    UNIT_PARTS,
    USUAL,
    Part,
    Reach,
    people,
    people_called,
    people_to_name,
    reviewers,
)
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
from records.access import Action
from records.acting import ZONE, acting, tree_of
from records.forms.model import Purpose
from records.ids import PersonId, UnitId
from records.model import CalendarOverride, Focus, Person, Succession, Task
from records.obligations.periods import Period, periods
from records.obligations.working_days import Calendar, calendar_of
from records.store import Transaction
from records.tasks.assigning import assign
from records.tasks.pending import LISTENING, Pending, Step, begin, drop, go_on, pending_of
from records.tasks.proposal import Proposal, as_task, fresh_proposal, level, levels
from records.tasks.refusals import AlreadyAssigned, NoProposal
from scheduler.task_checks import check_task

AHEAD: Final = timedelta(days=500)
"""How far the first due day of a proposal is looked for; a year's, and some more."""


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
        async with self.desk.store.begin() as tx:
            given = [
                task
                for task in await tx.find(Task, {"state": "open"})
                if task.origin is not None and task.origin.file == directive.file
            ]
        await _answer(query, screens.duties(self.desk.texts, directive, press.page, given))

    async def on_begin_duty(self, query: CallbackQuery, press: BeginDuty, visit: Visit) -> None:
        """Propose what the text gives for a duty."""
        directive = self.desk.catalogue().find(press.document)
        duty = find_duty(directive, press.duty)
        citation = self.desk.texts.label("task_citation", held=facts_of(directive))
        origin = origin_of(directive, duty, citation, await self.desk.version(directive.file))
        now = self.desk.now()
        async with self.desk.store.begin() as tx:
            units_of = by_name(await tree_of(tx, now), await tx.find(Succession))
        pending = proposed(directive, duty, origin, units_of, self.desk.forms)
        await self._begin(query, visit, pending)

    async def on_begin_free(self, query: CallbackQuery, _press: BeginFree, visit: Visit) -> None:
        """Begin a free task: ask for its title."""
        form = self.desk.forms.serving(Purpose.PROGRESS).id
        pending = Pending(proposal=fresh_proposal("", form), part=Part.TITLE.word, listens=True)
        await self._begin(query, visit, pending)

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
        async with acting(self.desk.store, visit.officer.id, self.desk.now()) as act:
            reach = Reach(tree=act.tree, units=act.scope)
            held = await _held(act.tx, visit.officer.id, press.proposal)
        at = reach.at(held)
        offered = levels(reach.tree, at)
        if at is None or press.kind >= len(offered):
            raise StaleButton
        units = level(reach.tree, offered[press.kind], at)
        step = steps.unit_toggled(_part(press.part), *units)
        await self._step(query, visit, press.proposal, step)

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
        words, me, now = message.text or "", visit.officer.id, self.desk.now()
        async with acting(self.desk.store, me, now) as act:
            held = await _held(act.tx, me, focus.subject)
            reach = Reach(tree=act.tree, units=act.scope)
            step = await self._said(act.tx, reach, held, words)
        misread = step is None
        pending = await go_on(self.desk.store, me, focus.subject, step or _as_it_is, now)
        await reply(message, await self._screen(visit, pending, misread=misread))

    async def on_confirm(self, query: CallbackQuery, press: Confirm, visit: Visit) -> None:
        """Assign; ask first where a unit has the duty already."""
        store, me, now = self.desk.store, visit.officer.id, self.desk.now()
        async with store.begin() as tx:
            held = await _held(tx, me, press.proposal)
            tree = await tree_of(tx, now)
        try:
            tasks = await assign(
                store, me, held.proposal, now, check=check_task, again=press.again == 1
            )
        except AlreadyAssigned as asked:
            await _answer(query, screens.twice(self.desk.texts, held, asked.units))
            return
        await drop(store, me, press.proposal, now)
        names = [tree.name(task.lead) for task in tasks]
        await _answer(query, screens.done(self.desk.texts, held, tasks, names))

    async def on_abandon(self, query: CallbackQuery, press: Abandon, visit: Visit) -> None:
        """Drop the proposal."""
        store, me = self.desk.store, visit.officer.id
        async with store.begin() as tx:
            held = await pending_of(tx, me)
        document = held.document if held and held.proposal.id == press.proposal else ""
        await drop(store, me, press.proposal, self.desk.now())
        await _answer(query, screens.abandoned(self.desk.texts, document))

    # --- steps and screens -------------------------------------------------------------------

    async def _require(self, visit: Visit) -> None:
        """Raise NotAllowed for who assigns to nobody."""
        async with acting(self.desk.store, visit.officer.id, self.desk.now()) as act:
            act.require(Action.ASSIGN, None, "assign")

    async def _begin(self, query: CallbackQuery, visit: Visit, pending: Pending) -> None:
        kept = await begin(self.desk.store, visit.officer.id, pending, self.desk.now())
        await _answer(query, await self._screen(visit, kept))

    async def _step(self, query: CallbackQuery, visit: Visit, proposal: str, step: Step) -> None:
        me, now = visit.officer.id, self.desk.now()
        pending = await go_on(self.desk.store, me, proposal, step, now)
        await _answer(query, await self._screen(visit, pending))

    async def _said(self, tx: Transaction, reach: Reach, held: Pending, words: str) -> Step | None:
        """Return what typed words do to the part that waits; None where they are not understood."""
        part = _waiting(held)
        if part is Part.TITLE:
            return steps.titled(words) if words.strip() else None
        if part is Part.DUE:
            timing = timing_said(words, self.desk.now().astimezone(ZONE).date())
            return None if timing is None else steps.timed(timing, " ".join(words.split()))
        found: tuple[str, ...] = (
            reach.named(words)
            if part in UNIT_PARTS
            else tuple(one.id for one in await people_called(tx, reach, words))
        )
        return steps.searched(found) if found else None

    async def _screen(self, visit: Visit, pending: Pending, *, misread: bool = False) -> Screen:
        """Show where a proposal stands: the part being looked at, or the whole."""
        async with acting(self.desk.store, visit.officer.id, self.desk.now()) as act:
            reach = Reach(tree=act.tree, units=act.scope)
            known = await self._known(act.tx, reach, pending)
            part = _waiting(pending)
            offered = await _offered(act.tx, reach, pending, part)
        if part is None:
            return screens.proposal(known, pending)
        if part in UNIT_PARTS:
            return screens.units(known, pending, part, misread=misread)
        if part in (Part.PEOPLE, Part.REVIEWER):
            return screens.persons(known, pending, offered, misread=misread)
        if part is Part.FORM:
            return screens.forms(known, pending)
        if part is Part.DUE:
            return screens.terms(known, pending, misread=misread)
        return screens.title(known, pending)

    async def _known(self, tx: Transaction, reach: Reach, pending: Pending) -> screens.Known:
        own = pending.proposal
        named = (*own.assignees, *([own.reviewer] if own.reviewer else []))
        calendar = calendar_of(await tx.find(CalendarOverride))
        return screens.Known(
            texts=self.desk.texts,
            reach=reach,
            forms=self.desk.forms,
            people=await people(tx, named),
            next_due=self._next_due(own, calendar),
        )

    def _next_due(self, proposal: Proposal, calendar: Calendar) -> Period | None:
        """Return the first report that a proposal would ask for, if it were assigned now."""
        now = self.desk.now()
        task = as_task(proposal, lead=UnitId(""), actor=PersonId(""), now=now)
        today = now.astimezone(ZONE).date()
        return next(periods(task, calendar, today, today + AHEAD), None)


async def _answer(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    await show(query, screen)


async def _held(tx: Transaction, person: PersonId, proposal: str) -> Pending:
    held = await pending_of(tx, person)
    if held is None or held.proposal.id != proposal:
        raise NoProposal
    return held


async def _offered(
    tx: Transaction, reach: Reach, pending: Pending, part: Part | None
) -> Sequence[Person]:
    """Return the people to choose from, where people are chosen."""
    if part is Part.PEOPLE:
        return await people_to_name(tx, reach, pending)
    if part is Part.REVIEWER:
        return await reviewers(tx, reach, pending)
    return ()


def _part(number: int) -> Part:
    try:
        return Part(number)
    except ValueError:
        raise StaleButton from None


def _waiting(held: Pending) -> Part | None:
    return next((part for part in Part if held.part == part.word), None)


def _as_it_is(held: Pending) -> Pending:
    return replace(held, found=())
