"""The dialog of a report: a form, a draft and one input into the next draft and prompt.

Everything a dialog is stands in its draft: any process can take the next message. Nothing here
reads a clock, keeps a store or knows a channel, and any input at any place yields a step.
"""

from dataclasses import replace

from records.dialog.answers import NOT_NOW, Taken, at_doubt, at_question, at_read_back
from records.dialog.doubts import doubt_of
from records.dialog.pending import Cause, waiting, waits
from records.dialog.position import Standing, at_field, opened, previous, stand
from records.dialog.prompts import line_of, prompt_of
from records.dialog.values import (
    AskReason,
    Background,
    Given,
    JumpTo,
    Line,
    Move,
    Objection,
    Prompt,
    Step,
)
from records.forms.model import Field, Form
from records.model import Draft


def begin(form: Form, draft: Draft, background: Background) -> Step:
    """Open a draft at its first question, or take up one that was opened before.

    Answers the draft came with, as that of a one-tap outcome or of a returned report, count as
    given; one that has them all begins at its summary.
    """
    ready = opened(form, draft, background)
    ready = draft if ready == draft else replace(ready, revision=draft.revision + 1)
    return Step(draft=ready, prompt=prompt(form, ready, background))


def prompt(form: Form, draft: Draft, background: Background) -> Prompt:
    """Return what the draft shows where it stands; nothing changes."""
    return prompt_of(stand(form, draft, background))


def step(form: Form, draft: Draft, given: Given, background: Background) -> Step:
    """Take one input: the next draft and prompt, or the same draft and an objection.

    `revision` grows by one with each input that is taken, but for the CONFIRM that sends: the draft
    goes as it is. `changed` is for the caller to set.
    """
    before = stand(form, draft, background)
    asked = before.asked
    taken = _at_summary(before, given) if asked is None else _at_field(before, asked, given)
    if isinstance(taken, Objection):
        return Step(draft=draft, prompt=prompt_of(before), objection=taken)
    if taken is draft:
        return Step(draft=draft, prompt=prompt_of(before), sent=True)
    after = stand(form, replace(taken, revision=draft.revision + 1), background)
    return Step(draft=after.draft, prompt=prompt_of(after, _noted(before, after, given)))


def amend(form: Form, draft: Draft, key: str, given: Given, background: Background) -> Step:
    """Take an input for the field `key` wherever the draft stands, which it goes on from.

    What the input leaves unsure or doubtful is asked at once.
    """
    before = stand(form, draft, background)
    field = next((one for one in before.fields if one.key == key), None)
    if field is None:
        return Step(draft=draft, prompt=prompt_of(before), objection=NOT_NOW)
    there = stand(form, at_field(draft, field), background)
    taken = at_question(there, field, given)
    if isinstance(taken, Objection):
        return Step(draft=draft, prompt=prompt_of(before), objection=taken)
    if draft.at != key and not (taken.at == key and taken.pending):
        taken = replace(taken, at=draft.at, pending=draft.pending)
    after = stand(form, replace(taken, revision=draft.revision + 1), background)
    noted = line_of(after, field) if after.asked != field else None
    return Step(draft=after.draft, prompt=prompt_of(after, noted))


def _noted(before: Standing, after: Standing, given: Given) -> Line | None:
    """Return the field asked before with its answer, if this input answered it."""
    done = before.asked
    if done is None or given in (Move.BACK, Move.SUMMARY) or after.asked == done:
        return None
    line = line_of(after, done)
    return None if line.answer is None else line


def _at_field(standing: Standing, field: Field, given: Given) -> Taken:
    """Take an input at a question, at an answer read back, or at a figure in doubt."""
    held_back = waiting(standing, field)
    if held_back is None:
        return at_question(standing, field, given)
    doubtful = isinstance(prompt_of(standing), AskReason)
    take = at_doubt if doubtful else at_read_back
    return take(standing, field, held_back, given)


def _at_summary(standing: Standing, given: Given) -> Taken:
    """Take an input at the summary; the same draft again means that it is to be sent."""
    if given is Move.CONFIRM:
        return _confirmed(standing)
    target = None
    if isinstance(given, JumpTo):
        target = next((one for one in standing.fields if one.key == given.field), None)
    elif given is Move.BACK:
        target = previous(standing)
    return NOT_NOW if target is None else at_field(standing.draft, target)


def _confirmed(standing: Standing) -> Draft:
    """Return the draft as it is, or at a figure that has come to stand out unexplained."""
    draft = standing.draft
    for field in standing.fields:
        answer = standing.answers.get(field.key)
        if field.key not in draft.notes and doubt_of(field, answer, standing.background):
            return waits(draft, field, Cause.DOUBTFUL, str(answer))
    return draft
