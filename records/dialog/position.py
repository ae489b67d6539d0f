"""Where a draft stands in its form: which fields apply, which is asked, next, back, summary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from records.dialog.fit import figure, fits
from records.dialog.values import Background
from records.forms.model import NO_NUMBER, SOME, Condition, Field, Form
from records.model import Answer, Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A draft against its form and what is known beside it."""

    form: Form
    draft: Draft
    background: Background
    fields: tuple[Field, ...]
    """Those that apply, in order."""
    answers: Mapping[str, Answer]
    """Their answers, the skipped ones as None."""
    asked: Field | None
    """The field to ask; None at a complete summary."""

    def is_met(self, field: Field) -> bool:
        """Tell whether a field was answered or skipped, and what it holds is still in order."""
        met = field.key in self.draft.visited
        return met and self.would_fit(field, self.answers.get(field.key))

    def would_fit(self, field: Field, answer: Answer) -> bool:
        """Tell whether a field may keep `answer` beside the others; None where it is optional."""
        return fits(field, answer, self.answers, self.background.today)

    def missing(self) -> Field | None:
        """Return the first required field that is not answered yet."""
        return next((one for one in self.fields if one.required and not self.is_met(one)), None)

    def place(self, field: Field) -> tuple[int, int]:
        """Return the number of a field among those that apply, from 1, and how many there are."""
        return self.fields.index(field) + 1, len(self.fields)


def applying(form: Form, answers: Mapping[str, Answer]) -> tuple[Field, ...]:
    """Return the fields whose conditions hold; one that hangs on a field left out is left out."""
    keys: set[str] = set()
    fields = []
    for field in form.fields:
        hangs_on = field.condition
        if hangs_on is None or (
            hangs_on.field in keys and holds(hangs_on, answers.get(hangs_on.field))
        ):
            keys.add(field.key)
            fields.append(field)
    return tuple(fields)


def holds(condition: Condition, answer: Answer) -> bool:
    """Tell whether the answer of the condition's field is one of its values."""
    if isinstance(answer, bool):
        return ("yes" if answer else "no") in condition.values
    value = figure(answer)
    if value is not None and answer not in condition.values:
        return (SOME if value > 0 else NO_NUMBER) in condition.values
    if isinstance(answer, tuple):
        return not set(answer).isdisjoint(condition.values)
    return answer in condition.values


def final_answers(form: Form, draft: Draft) -> dict[str, Answer]:
    """Return what a report keeps: the answers of the fields that apply, None for a skipped one."""
    fields = applying(form, draft.answers)
    return {one.key: draft.answers[one.key] for one in fields if one.key in draft.answers}


def final_notes(form: Form, draft: Draft) -> dict[str, str]:
    """Return the words of reason that a report keeps: those beside fields that apply."""
    fields = applying(form, draft.answers)
    return {one.key: draft.notes[one.key] for one in fields if one.key in draft.notes}


def stand(form: Form, draft: Draft, background: Background) -> Standing:
    """Tell where a draft stands, even one whose form has changed since it was written.

    That is the field it names; failing that, or at an incomplete summary, the first one not met.
    """
    fields = applying(form, draft.answers)
    answers = {one.key: draft.answers[one.key] for one in fields if one.key in draft.answers}
    standing = Standing(
        form=form, draft=draft, background=background, fields=fields, answers=answers, asked=None
    )
    named = (one for one in fields if one.key == draft.at)
    unmet = (one for one in fields if not standing.is_met(one))
    return replace(standing, asked=next(named, None) or next(unmet, None))


def opened(form: Form, draft: Draft, background: Background) -> Draft:
    """Return a draft at its first open field; answers it came with count as given.

    A draft that was opened before comes back as it is.
    """
    if draft.at is not None or draft.visited:
        return draft
    fields = applying(form, draft.answers)
    ready = replace(draft, visited=tuple(one.key for one in fields if one.key in draft.answers))
    return onward(form, ready, background)


def onward(form: Form, draft: Draft, background: Background) -> Draft:
    """Move to the first field not met yet, or to the summary; nothing is left pending.

    A field met before whose answer no longer holds is met anew: "back" from it leads here.
    """
    asked = stand(form, replace(draft, at=None), background).asked
    if asked is None:
        return replace(draft, at=None, pending=None)
    visited = tuple(key for key in draft.visited if key != asked.key)
    return replace(at_field(draft, asked), visited=visited)


def answered(standing: Standing, field: Field, answer: Answer) -> Draft:
    """Put an answer in its place, drop the note of another figure, and move on.

    The field becomes the last one visited, so that "back" leads to it.
    """
    draft = standing.draft
    keeps_note = draft.answers.get(field.key) == answer
    kept = replace(
        draft,
        answers={**draft.answers, field.key: answer},
        notes=draft.notes if keeps_note else _without(draft.notes, field.key),
        visited=(*(key for key in draft.visited if key != field.key), field.key),
    )
    return onward(standing.form, kept, standing.background)


def _without(notes: Mapping[str, str], key: str) -> dict[str, str]:
    return {name: note for name, note in notes.items() if name != key}


def previous(standing: Standing) -> Field | None:
    """Return the field met before the one asked; from the summary, the last one met."""
    visited = standing.draft.visited
    if standing.asked is not None and standing.asked.key in visited:
        visited = visited[: visited.index(standing.asked.key)]
    by_key = {one.key: one for one in standing.fields}
    return next((by_key[key] for key in reversed(visited) if key in by_key), None)


def at_field(draft: Draft, field: Field) -> Draft:
    """Return the draft with `field` asked and nothing pending."""
    return replace(draft, at=field.key, pending=None)


def summarised(standing: Standing) -> Draft:
    """Skip whatever optional field is open and go to the summary; nothing required is missing."""
    draft = standing.draft
    open_fields = [one for one in standing.fields if not standing.is_met(one)]
    answers = dict(draft.answers)
    for field in open_fields:
        held = answers.get(field.key)
        answers[field.key] = held if standing.would_fit(field, held) else None
    visited = tuple(key for key in draft.visited if key not in {one.key for one in open_fields})
    skipped = tuple(one.key for one in open_fields)
    kept = replace(draft, answers=answers, visited=visited + skipped)
    return onward(standing.form, kept, standing.background)
