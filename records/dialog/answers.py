"""An input at a question into the draft after it, or what is to be said against it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from records.dialog.choices import yes_or_no
from records.dialog.doubts import doubt_of
from records.dialog.fit import FIGURES, SEVERAL, objection_to, of_kind
from records.dialog.input import (
    Reading,
    corrects,
    figure_of,
    held,
    read_choice,
    read_file,
    read_said,
    tidy,
)
from records.dialog.pending import Cause, Waiting, waits
from records.dialog.position import Standing, answered, at_field, previous, summarised
from records.dialog.prompts import remembers
from records.dialog.values import (
    Attached,
    Chose,
    Complaint,
    Given,
    JumpTo,
    Move,
    Objection,
    Said,
)
from records.forms.model import Field
from records.model import Answer, Draft

SHORTEST_REASON: Final = 3
"""Characters of a word of reason: "mưa" is one, "ok" is none."""
LONGEST_REASON: Final = 500
"""Characters: a sentence or two; more belongs in a field of its own."""

NOT_NOW: Final = Objection(complaint=Complaint.NOT_NOW)

Taken = Draft | Objection


def at_question(standing: Standing, field: Field, given: Given) -> Taken:
    """Take an input at a field that is asked."""
    taken = standing.answers.get(field.key)
    match given:
        case Said(text):
            read = read_said(field, text, taken, standing.background.today)
        case Chose():
            read = read_choice(field, given, taken)
        case Attached():
            read = read_file(field, given, taken)
        case JumpTo():
            return NOT_NOW
        case Move():
            return _MOVES.get(given, _not_now)(standing, field)
    if isinstance(read, Objection):
        return read
    if field.type in SEVERAL:
        return _gathered(standing, field, read.answer)
    return _kept(standing, field, read)


def at_read_back(standing: Standing, field: Field, held_back: Waiting, given: Given) -> Taken:
    """Take a "đúng" or "nhập lại"; any other answer comes in the place of what was read."""
    word = yes_or_no(given.text) if isinstance(given, Said) else None
    if given in (Move.NO, Move.BACK) or word is False:
        return at_field(standing.draft, field)
    if given is Move.YES or word is True:
        return _kept(standing, field, Reading(answer=held_back.answer))
    return at_question(standing, field, given)


def at_doubt(standing: Standing, field: Field, held_back: Waiting, given: Given) -> Taken:
    """Take a word of reason beside a figure, or another figure in its place."""
    if given is Move.YES:
        return NOT_NOW
    if not isinstance(given, Said):
        return at_read_back(standing, field, held_back, given)
    if yes_or_no(given.text) is False:
        return at_field(standing.draft, field)
    if corrects(field, given.text):
        return at_question(standing, field, given)
    reason = tidy(given.text)
    wrong = _against_reason(reason) or _against(standing, field, held_back.answer)
    if wrong is not None:
        return wrong
    kept = answered(standing, field, held_back.answer)
    return replace(kept, notes={**kept.notes, field.key: reason})


def _against_reason(reason: str) -> Objection | None:
    if len(reason) < SHORTEST_REASON or yes_or_no(reason):
        return Objection(complaint=Complaint.TOO_SHORT, bound=str(SHORTEST_REASON))
    if len(reason) > LONGEST_REASON:
        return Objection(complaint=Complaint.TOO_LONG, bound=str(LONGEST_REASON))
    return None


def _against(standing: Standing, field: Field, answer: Answer) -> Objection | None:
    return objection_to(field, answer, standing.answers, standing.background.today)


def _kept(standing: Standing, field: Field, read: Reading) -> Taken:
    """Keep a valid answer that is sure and stands out in no way; hold any other back."""
    wrong = _against(standing, field, read.answer)
    if wrong is not None:
        return wrong
    if not read.certain:
        return waits(standing.draft, field, Cause.UNSURE, str(read.answer))
    explained = field.key in standing.draft.notes and standing.answers.get(field.key) == read.answer
    if not explained and doubt_of(field, read.answer, standing.background) is not None:
        return waits(standing.draft, field, Cause.DOUBTFUL, str(read.answer))
    return answered(standing, field, read.answer)


def _gathered(standing: Standing, field: Field, answers: Answer) -> Draft:
    """Keep what is chosen or attached so far and ask for more."""
    draft = standing.draft
    return at_field(replace(draft, answers={**draft.answers, field.key: answers}), field)


# --- taps that are no answer -----------------------------------------------------------------


def _done_choosing(standing: Standing, field: Field) -> Taken:
    if field.type not in SEVERAL:
        return NOT_NOW
    taken = held(standing.answers.get(field.key))
    if not taken and not field.required:
        return answered(standing, field, None)
    return _against(standing, field, taken) or answered(standing, field, taken)


def _back(standing: Standing, field: Field) -> Taken:
    del field
    before = previous(standing)
    return NOT_NOW if before is None else at_field(standing.draft, before)


def _skip(standing: Standing, field: Field) -> Taken:
    if field.required:
        return Objection(complaint=Complaint.REQUIRED)
    return answered(standing, field, None)


def _same(standing: Standing, field: Field) -> Taken:
    """Take the last report's answer over; files belong to the report they came with."""
    last = standing.background.last.get(field.key)
    if not remembers(standing, field) or not of_kind(field, last):
        return NOT_NOW
    return _kept(standing, field, Reading(answer=last))


def _take(standing: Standing, field: Field) -> Taken:
    known = standing.background.shared.get(field.key)
    if known is None or field.type not in FIGURES:
        return NOT_NOW
    read = figure_of(known.value)
    return read if isinstance(read, Objection) else _kept(standing, field, read)


def _summary(standing: Standing, field: Field) -> Taken:
    del field
    missing = standing.missing()
    if missing is not None:
        return Objection(complaint=Complaint.REQUIRED, other=missing.key)
    return summarised(standing)


def _not_now(standing: Standing, field: Field) -> Taken:
    """Answer a tap that means nothing at a question."""
    del standing, field
    return NOT_NOW


_MOVES: Final[dict[Move, Callable[[Standing, Field], Taken]]] = {
    Move.DONE_CHOOSING: _done_choosing,
    Move.BACK: _back,
    Move.SKIP: _skip,
    Move.SAME: _same,
    Move.TAKE: _take,
    Move.SUMMARY: _summary,
}
