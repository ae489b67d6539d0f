"""Screens of the guided dialog: a question, a reading back, a doubt, the summary."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.core.callback_data import CallbackData
from handlers.core.dependencies import Texts
from handlers.core.form_answers import said
from handlers.core.pagination import count, cut
from handlers.core.screen import Button, Screen
from handlers.reports.buttons import Cancel, Jump, Leave, Pick, Resume, Step, TurnSummary
from records.dialog.doubts import RANGE_MARK
from records.dialog.values import Ask, AskReason, Line, Move, Objection, ReadBack, Summary
from records.forms.model import Field, FieldType, Form
from records.model import Answer
from services.reports.edited import Edited
from services.reports.values import Dialog
from vietnamese.personal_data import personal_numbers

Row = tuple[Button, ...]

JUMPS: Final = 12
"""Fields of the summary with a button on one page: two abreast, six rows."""

SUMMARY: Final = 3000
"""Characters that all lines of a summary share; the whole answer is one tap away."""

SHORTEST: Final = 24
"""Characters that a label, and an answer, has in any case: sixty of both fit a message."""

NOTED: Final = 25
"""Lines up to which the words of reason stand in the summary; in a longer one they do not fit."""


def dialog_screen(texts: Texts, forms: Mapping[str, str], shown: Dialog, page: int = 0) -> Screen:
    """Show a dialog where it stands; `forms` are the titles of forms by id."""
    match shown.prompt:
        case Ask() as ask:
            return _question(texts, forms, shown, ask)
        case ReadBack() as read:
            return _read_back(texts, shown, read)
        case AskReason() as doubted:
            return _doubt(texts, shown, doubted)
        case Summary() as summary:
            return _summary(texts, shown, summary, page)


def objection(texts: Texts, form: Form, field: Field | None, against: Objection) -> str:
    """Say in one sentence why an input does not count."""
    other = next((one for one in form.fields if one.key == against.other), None)
    return texts.label(
        f"no_report_{against.complaint}",
        bound=against.bound,
        other=None if other is None else other.label,
        unit=None if field is None else field.unit,
    )


def edit_taken(texts: Texts, edited: Edited) -> Screen:
    """Say in one line what an edited answer came to, where the dialog does not show it."""
    shown, field = edited.shown, edited.field
    if not isinstance(shown, Dialog):
        return Screen(texts.screen("edit_too_late"))
    against = shown.objection
    html = texts.screen(
        "edit_taken",
        label=field.label,
        said=said(texts, field, shown.draft.answers.get(field.key)),
        title=shown.task.title if shown.task is not None else shown.form.title,
        objection=None if against is None else objection(texts, shown.form, field, against),
    )
    return Screen(html, ((Button(texts.label("go_on"), Resume(shown.draft.id)),),))


def notice(texts: Texts, shown: Dialog) -> str | None:
    """Return what a tap is answered with beside the screen; None for nothing."""
    if shown.stale:
        return texts.label("report_stale")
    if shown.objection is None:
        return None
    return objection(texts, shown.form, _field(shown), shown.objection)


def head(texts: Texts, shown: Dialog) -> dict[str, Any]:
    """Return what stands above every prompt."""
    against = None
    if shown.objection is not None:
        against = objection(texts, shown.form, _field(shown), shown.objection)
    return {
        "title": shown.task.title if shown.task is not None else shown.form.title,
        "form": shown.form.title,
        "unit": shown.unit,
        "period": shown.draft.period,
        "objection": against,
    }


def _field(shown: Dialog) -> Field | None:
    return None if isinstance(shown.prompt, Summary) else shown.prompt.field


# --- a question ------------------------------------------------------------------------------


def _question(texts: Texts, forms: Mapping[str, str], shown: Dialog, ask: Ask) -> Screen:
    field = ask.field
    known = None
    if ask.known is not None:
        figure = said(texts, field, str(ask.known.value))
        known = {"said": figure, "form": forms.get(ask.known.form, ask.known.form)}
    html = texts.screen(
        "report_ask",
        **head(texts, shown),
        position=ask.position,
        count=ask.count,
        only=len(shown.form.fields) == 1,
        question=field.question,
        help=field.help,
        hint=texts.label(f"report_hint_{field.type}"),
        noted=None if ask.noted is None else _line(texts, ask.noted),
        current=None if ask.current in (None, ()) else said(texts, field, ask.current),
        same=None if ask.same is None else said(texts, field, ask.same),
        known=known,
    )
    tap = _tapper(shown)
    rows = (
        *_choices(texts, shown, ask),
        *_offers(texts, tap, ask),
        *_moves(texts, tap, ask),
        last_row(texts, shown),
    )
    return Screen(html, rows)


def _choices(texts: Texts, shown: Dialog, ask: Ask) -> tuple[Row, ...]:
    """Return the choices; of several the taken ones are marked."""
    field = ask.field
    match field.type:
        case FieldType.YES_NO:
            both = (("yes", True), ("no", False))
            return (
                tuple(
                    _choice(
                        texts, shown, key, texts.label(f"answer_{key}"), taken=ask.current is means
                    )
                    for key, means in both
                ),
            )
        case FieldType.CHOICE:
            return tuple(
                (_choice(texts, shown, one.key, one.label, taken=ask.current == one.key),)
                for one in field.choices
            )
        case FieldType.CHOICES:
            return tuple(
                (_choice(texts, shown, one.key, one.label, taken=one.key in ask.chosen),)
                for one in field.choices
            )
        case FieldType.FILES if ask.chosen:
            label = texts.label("report_drop_file", count=len(ask.chosen))
            return ((Button(label, _pick(shown, ask.chosen[-1])),),)
    return ()


def _choice(texts: Texts, shown: Dialog, key: str, label: str, *, taken: bool) -> Button:
    words = texts.label("report_choice", label=label, taken=taken)
    return Button(words, _pick(shown, key))


def _pick(shown: Dialog, key: str) -> CallbackData:
    return Pick(shown.draft.id, shown.draft.revision, key)


Tap = Callable[[Move], CallbackData]


def _tapper(shown: Dialog) -> Tap:
    return lambda move: Step(shown.draft.id, shown.draft.revision, move.value)


def _offers(texts: Texts, tap: Tap, ask: Ask) -> tuple[Row, ...]:
    """Return what can be taken over from elsewhere, and the end of choosing."""
    rows: tuple[Row, ...] = ()
    if ask.field.type in (FieldType.CHOICES, FieldType.FILES) and ask.chosen:
        rows += ((Button(texts.label("report_enough"), tap(Move.DONE_CHOOSING)),),)
    if ask.same is not None:
        label = texts.label("report_same", said=said(texts, ask.field, ask.same))
        rows += ((Button(label, tap(Move.SAME)),),)
    if ask.known is not None:
        label = texts.label("report_take", said=said(texts, ask.field, str(ask.known.value)))
        rows += ((Button(label, tap(Move.TAKE)),),)
    return rows


def _moves(texts: Texts, tap: Tap, ask: Ask) -> tuple[Row, ...]:
    moves = (
        (ask.may_go_back, "report_back", Move.BACK),
        (ask.may_skip and not ask.chosen, "report_skip", Move.SKIP),
        (ask.to_summary, "report_to_summary", Move.SUMMARY),
    )
    row = tuple(Button(texts.label(name), tap(move)) for may, name, move in moves if may)
    return (row,) if row else ()


def last_row(texts: Texts, shown: Dialog) -> Row:
    """Return the ways out of a dialog."""
    draft = shown.draft.id
    return (
        Button(texts.label("report_leave"), Leave(draft)),
        Button(texts.label("report_cancel"), Cancel(draft, 0)),
    )


# --- before an answer counts -----------------------------------------------------------------


def _read_back(texts: Texts, shown: Dialog, read: ReadBack) -> Screen:
    html = texts.screen(
        "report_read_back",
        **head(texts, shown),
        position=read.position,
        count=read.count,
        label=read.field.label,
        said=said(texts, read.field, read.answer),
        personal=personal_numbers(read.answer) if isinstance(read.answer, str) else (),
    )
    tap = _tapper(shown)
    sure = (
        Button(texts.label("report_yes"), tap(Move.YES)),
        Button(texts.label("report_no"), tap(Move.NO)),
    )
    return Screen(html, (sure, last_row(texts, shown)))


def _doubt(texts: Texts, shown: Dialog, doubted: AskReason) -> Screen:
    html = texts.screen(
        "report_doubt",
        **head(texts, shown),
        position=doubted.position,
        count=doubted.count,
        label=doubted.field.label,
        said=said(texts, doubted.field, doubted.answer),
        doubt=doubted.doubt.value,
        against=[said(texts, doubted.field, one) for one in doubted.against.split(RANGE_MARK)],
    )
    again = (Button(texts.label("report_no"), _tapper(shown)(Move.NO)),)
    return Screen(html, (again, last_row(texts, shown)))


# --- the summary -----------------------------------------------------------------------------


def _summary(texts: Texts, shown: Dialog, summary: Summary, page: int) -> Screen:
    html = texts.screen(
        "report_summary",
        **head(texts, shown),
        **_lines(texts, summary),
        sums=[
            {
                "label": one.total.label,
                "said": texts.label(
                    "report_sum",
                    amount=str(one.value),
                    out_of=None if one.total.out_of is None else str(one.total.out_of),
                    unit=one.total.unit,
                ),
                "band": None if one.band is None else one.band.label,
            }
            for one in summary.sums
        ],
    )
    tap = _tapper(shown)
    rows = (
        (Button(texts.label("report_send"), tap(Move.CONFIRM)),),
        *_jumps(texts, shown, summary, page),
        last_row(texts, shown),
    )
    return Screen(html, rows)


def _jumps(texts: Texts, shown: Dialog, summary: Summary, page: int) -> tuple[Row, ...]:
    """Return a button for each field of one page, two abreast, and the way to the next page."""
    draft = shown.draft
    buttons = [
        Button(
            texts.label("report_change", label=line.field.label),
            Jump(draft.id, draft.revision, line.field.key),
        )
        for line in cut(summary.lines, page, JUMPS)
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    pages = count(len(summary.lines), JUMPS)
    if pages > 1:
        label = texts.label("report_more_fields")
        rows += ((Button(label, TurnSummary(draft.id, (page + 1) % pages)),),)
    return rows


def _lines(texts: Texts, summary: Summary) -> dict[str, Any]:
    """Return the lines and how long a label and an answer may be among so many."""
    share = SUMMARY // len(summary.lines)
    label = min(60, max(SHORTEST, share // 3))
    lines = [_line(texts, line) for line in summary.lines]
    return {
        "lines": lines if len(lines) <= NOTED else [{**line, "note": None} for line in lines],
        "label_most": label,
        "most": max(SHORTEST, share - label - SHORTEST),
    }


def _line(texts: Texts, line: Line) -> Mapping[str, Answer]:
    return {
        "label": line.field.label,
        "said": said(texts, line.field, line.answer),
        "note": line.note,
        "empty": line.answer in (None, ()),
    }
