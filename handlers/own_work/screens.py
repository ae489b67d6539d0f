"""Screens of answers on one's own work; each ends in the button that acts."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from handlers.broadcasts.buttons import OpenBroadcast
from handlers.core.callback_data import NONE, CallbackData
from handlers.core.dependencies import Texts
from handlers.core.obligation_facts import facts
from handlers.core.screen import Button, Rows, Screen
from handlers.digest.buttons import ALL, OpenDigest, TakeFile, Urge
from handlers.library.buttons import OpenClause, OpenDocument, OpenDocuments
from handlers.own_work.buttons import QUESTION, Mean, Which
from handlers.reminders.buttons import AskTime
from handlers.reports.buttons import OpenDue, Revise
from handlers.review.buttons import OpenModels, OpenReport
from handlers.tasks.buttons import OpenTaskCard, OpenTasks
from knowledge.catalogue import clause_id, document_id, facts_of
from knowledge.model import Directive
from records.ids import PersonId
from records.model import Role
from records.obligations.obligation import Obligation
from scheduler.digest import Note
from services.intents.values import Intent
from services.own_work.directives import Charges
from services.own_work.values import Figure, OneUnit, Owing, Sent, Staff, Told, Units, Unread
from services.tasks.lists import VIEWS, View

SHOWN: Final = 6
"""Entries of an answer; more stands behind its buttons."""

UNITS_SHOWN: Final = 10
"""Units of an answer: a line or three each."""

BUTTONS: Final = 4
"""Entries that have a button of their own."""


class OwnWork:
    """Words answers for one reader; `took` names what was taken from what was said before."""

    def __init__(self, texts: Texts, reader: PersonId, role: Role, took: Sequence[str]) -> None:
        self._texts = texts
        self._reader = reader
        self._leads = role is not Role.OFFICER
        self._took = tuple(took)

    def owing(self, found: Owing, what: str) -> Screen:
        """Show what is wanted; with `extend`, to ask for more time of one's own."""
        if what == "extend":
            dated = [one for one in found.items if one.due is not None and not found.of_units]
            found = Owing(items=tuple(dated), span=found.span)
        listed = found.items[:SHOWN]
        html = self._screen(
            "own_owing",
            what=what,
            span=found.span,
            of_units=found.of_units,
            total=len(found.items),
            listed=[facts(one, self._reader) for one in listed],
        )
        rows = self._numbered(listed, self._wish if what == "extend" else self._open(found))
        view = View.UNITS if found.of_units else View.OVERDUE if what == "late" else View.DUE
        return Screen(html, (*rows, self._lists(view)))

    def due(self, found: Owing, *, named: bool) -> Screen:
        """Show due days with their working and the wording they rest on."""
        listed = [
            facts(one, self._reader)
            | {
                "working": one.working,
                "days_left": one.days_left,
                "clause": None if one.task.origin is None else one.task.origin.clause,
                "citation": None if one.task.origin is None else one.task.origin.citation,
            }
            for one in found.items
        ]
        html = self._screen("own_due", listed=listed, named=named)
        return Screen(
            html, (*self._numbered(found.items, self._open(found)), self._lists(View.DUE))
        )

    def sent(self, found: Sent, what: str) -> Screen:
        """Show what was sent; what was returned with the button that mends it."""
        html = self._screen(
            "own_sent",
            what=what,
            span=found.span,
            missing=[facts(one, self._reader) for one in found.missing],
            listed=[_told(one) for one in found.items],
        )
        rows = tuple((self._report(n, one),) for n, one in enumerate(found.items[:BUTTONS], 1))
        owed = self._numbered(found.missing, lambda one: OpenDue(one.task.id, one.key or NONE, 1))
        return Screen(html, (*rows, *owed, self._lists(View.DONE)))

    def units(self, found: Units, what: str) -> Screen:
        """Show which units have not reported, or are slowest."""
        shown = found.counts[:UNITS_SHOWN]
        html = self._screen(
            "own_units",
            what=what,
            root=found.root,
            span=found.span,
            titles=found.titles,
            counts=[
                {
                    "name": one.name,
                    "late": one.late,
                    "days": one.days,
                    "missing": [facts(each) for each in one.missing],
                }
                for one in shown
            ],
            more=len(found.counts) - len(shown),
            missing=found.missing,
            asked=found.asked,
        )
        if not self._leads:
            return Screen(html, (self._lists(View.DUE),))
        opened = tuple(
            (Button(self._label("own_unit_open", name=one.name), OpenDigest(one.unit, 1)),)
            for one in shown[:BUTTONS]
        )
        urge = (Button(self._label("own_urge"), Urge(ALL, 0)),) if found.missing else ()
        return Screen(html, (*opened, (*urge, self._digest())))

    def unit(self, found: OneUnit) -> Screen:
        """Show how one unit stands."""
        html = self._screen(
            "own_unit",
            name=found.name,
            span=found.span,
            answered=found.answered,
            asked=found.asked,
            total=len(found.items),
            listed=[facts(one) for one in found.items[:SHOWN]],
        )
        if not self._leads:
            return Screen(html, (self._lists(View.DUE),))
        opened = Button(self._label("own_people", name=found.name), OpenDigest(found.unit, 1))
        urge = (Button(self._label("own_urge"), Urge(found.unit, 0)),) if found.items else ()
        return Screen(html, ((opened,), (*urge, self._digest())))

    def figure(self, found: Figure, what: str, *, least: bool = False) -> Screen:
        """Show a total with its parts, or the units by their parts."""
        shares = tuple(reversed(found.shares)) if least else found.shares
        html = self._screen(
            "own_figure",
            what=what,
            label=found.label,
            counted=found.counted,
            root=found.root,
            span=found.span,
            total=found.total,
            shares=shares[:UNITS_SHOWN],
            more=max(0, len(shares) - UNITS_SHOWN),
            told=found.told,
            asked=found.asked,
            latest=found.latest,
        )
        if not self._leads:
            return Screen(html, (self._lists(View.DONE),))
        file = Button(self._label("own_file"), TakeFile(ALL))
        return Screen(html, ((file, self._digest()),))

    def notes(self, what: str, root: str, notes: Sequence[Note]) -> Screen:
        """Show obstacles or models."""
        html = self._screen(
            "own_notes", what=what, root=root, notes=notes[:SHOWN], total=len(notes)
        )
        rows: list[tuple[Button, ...]] = [
            (Button(self._label("own_note", n=n), OpenReport(one.report, 1)),)
            for n, one in enumerate(notes[:BUTTONS], 1)
        ]
        if what == "models":
            rows.append((Button(self._label("own_models"), OpenModels(0)),))
        elif self._leads:
            rows.append((self._digest(),))
        return Screen(html, tuple(rows))

    def staff(self, found: Staff) -> Screen:
        """Show who is responsible for a unit, and who stands in."""
        html = self._screen(
            "own_staff",
            name=found.name,
            heads=found.heads,
            officers=found.officers,
            deputies=found.deputies,
            above=found.above,
        )
        if not self._leads:
            return Screen(html, (self._lists(View.DUE),))
        opened = Button(self._label("own_people", name=found.name), OpenDigest(found.unit, 1))
        return Screen(html, ((opened,),))

    def unread(self, found: Sequence[Unread], *, named: bool, manages: bool) -> Screen:
        """Show who has not acknowledged what was sent out."""
        html = self._screen("own_unread", broadcasts=found[:3], named=named)
        if not manages:
            return Screen(html, ((Button(self._label("own_documents"), OpenDocuments(0, 1)),),))
        rows = tuple(
            (
                Button(
                    self._label("own_broadcast", n=n, citation=one.citation),
                    OpenBroadcast(one.broadcast, 0),
                ),
            )
            for n, one in enumerate(found[:3], 1)
        )
        return Screen(html, rows)

    def charges(self, found: Charges, directive: Directive) -> Screen:
        """Show what of a directive is the unit's."""
        shown = found.items[:SHOWN]
        html = self._screen(
            "own_charges",
            unit=found.unit,
            held=facts_of(directive),
            total=len(found.items),
            charges=[
                {
                    "clause": one.duty.clause,
                    "leads": one.leads,
                    "what": one.duty.what,
                    "task": one.task is not None,
                }
                for one in shown
            ],
        )
        document = document_id(directive.file)
        rows = tuple(
            (
                Button(
                    self._label("own_clause", n=n),
                    OpenClause(document, clause_id(one.duty.clause), 0, 1),
                ),
            )
            for n, one in enumerate(shown[:BUTTONS], 1)
        )
        whole = Button(self._label("own_document"), OpenDocument(document, 0, 1))
        return Screen(html, (*rows, (whole,)))

    def _screen(self, name: str, /, **given: Any) -> str:
        return self._texts.screen(name, took=self._took, **given)

    def _label(self, name: str, /, **given: object) -> str:
        return self._texts.label(name, **given)

    def _numbered(
        self, listed: Iterable[Obligation], press: Callable[[Obligation], CallbackData]
    ) -> Rows:
        """Return a button for each of the first obligations."""
        return tuple(
            (
                Button(
                    self._label("own_report", n=n, title=one.task.title, period=one.key), press(one)
                ),
            )
            for n, one in enumerate(list(listed)[:BUTTONS], 1)
        )

    def _open(self, found: Owing) -> Callable[[Obligation], CallbackData]:
        """Return what a tap on an obligation does: report it, or see it where it is another's."""
        if found.of_units:
            return lambda one: OpenTaskCard(one.task.id, one.key or NONE, 1)
        return lambda one: OpenDue(one.task.id, one.key or NONE, 1)

    def _wish(self, one: Obligation) -> CallbackData:
        return AskTime(one.task.id, one.key or NONE)

    def _report(self, number: int, one: Told) -> Button:
        if one.report.state.value == "returned":
            return Button(self._label("own_mend", n=number), Revise(one.report.id))
        return Button(self._label("own_open_report", n=number), OpenReport(one.report.id, 1))

    def _lists(self, view: View) -> tuple[Button, ...]:
        return (Button(self._label("own_lists"), OpenTasks(VIEWS.index(view), 0)),)

    def _digest(self) -> Button:
        return Button(self._label("own_digest"), OpenDigest(ALL, 1))


def either(texts: Texts, intents: Sequence[Intent | None]) -> Screen:
    """Ask which of two is meant."""
    named = [texts.label(f"mean_{_key(one)}") for one in intents]
    html = texts.screen("own_either", first=named[0], second=named[1])
    rows = tuple(
        (Button(name[:1].upper() + name[1:], Mean(_key(one))),)
        for name, one in zip(named, intents, strict=True)
    )
    return Screen(html, rows)


def which_unit(texts: Texts, intent: Intent, units: Sequence[tuple[str, str]]) -> Screen:
    """Ask which of the units spoken of is meant; each with its name."""
    rows = tuple(
        (Button(texts.label("own_unit_open", name=name), Which(intent.value, unit)),)
        for unit, name in units[:UNITS_SHOWN]
    )
    return Screen(texts.screen("own_which_unit"), rows)


def which_document(texts: Texts) -> Screen:
    """Ask which document words are about that lean on one, where none was quoted."""
    button = Button(texts.label("own_documents"), OpenDocuments(0, 1))
    return Screen(texts.screen("follow_which_document"), ((button,),))


def hidden(texts: Texts, unit: str) -> Screen:
    """Say that the asker does not see a unit."""
    lists = Button(texts.label("own_lists"), OpenTasks(0, 0))
    return Screen(texts.screen("own_hidden", unit=unit), ((lists,),))


def no_document(texts: Texts) -> Screen:
    """Ask which directive is meant."""
    button = Button(texts.label("own_documents"), OpenDocuments(0, 1))
    return Screen(texts.screen("own_no_document"), ((button,),))


def _key(intent: Intent | None) -> str:
    return QUESTION if intent is None else intent.value


def _told(one: Told) -> dict[str, object]:
    return {
        "title": one.title,
        "period": one.report.period,
        "unit": one.unit,
        "author": one.author,
        "submitted": one.report.submitted,
        "outcome": one.report.outcome.value,
        "state": one.report.state.value,
        "reviewers": one.reviewers,
        "remark": one.report.remark,
        "figures": one.figures,
    }
