"""A dialog held in a test: short forms, and what the officer gives one after the other."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from records.codec import from_json, to_json
from records.dialog.engine import begin, step
from records.dialog.values import (
    Ask,
    Attached,
    Background,
    Chose,
    Complaint,
    Given,
    JumpTo,
    Move,
    Said,
    Step,
    Summary,
)
from records.forms.model import Choice, Field, FieldType, Form, Total
from records.ids import DraftId, PersonId
from records.model import Answer, Draft, FileKind

TODAY = date(2026, 10, 9)
"""A Friday."""
AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
FRESH = Draft(
    id=DraftId("d1"), person=PersonId("p1"), form="f", form_version=1, started=AT, changed=AT
)
KNOWN = Background(today=TODAY)


def ask(key: str, kind: FieldType = FieldType.TEXT) -> Field:
    """Make the plainest field of a type; a test changes what it is about."""
    return Field(key=key, type=kind, label=key, question=f"{key}?")


def choices(*labels: str) -> tuple[Choice, ...]:
    """Offer choices with the keys c1, c2 and so on."""
    return tuple(Choice(key=f"c{n}", label=label) for n, label in enumerate(labels, start=1))


def form(*fields: Field, totals: Sequence[Total] = ()) -> Form:
    """Put fields in a form."""
    return Form(id="f", version=1, title="f", fields=fields, totals=tuple(totals))


def file(key: str, kind: FileKind = FileKind.PHOTO, name: str = "", size: int = 1000) -> Attached:
    """Attach a small photo, or what a test makes of it."""
    return Attached(id=key, kind=kind, name=name, size=size)


class Talk:
    """One draft and its last step; between any two inputs the draft goes through its store form."""

    def __init__(self, asked: Form, background: Background = KNOWN, draft: Draft = FRESH) -> None:
        self.form, self.background = asked, background
        self.last: Step = begin(asked, draft, background)

    def gives(self, *given: Given | str) -> "Talk":
        """Give inputs in turn; plain text is said."""
        for one in given:
            draft = from_json(Draft, to_json(self.last.draft))
            said = one if isinstance(one, Said | Chose | Attached | Move | JumpTo) else Said(one)
            self.last = step(self.form, draft, said, self.background)
        return self

    @property
    def at(self) -> str | None:
        """The field asked, read back or doubted; None at the summary."""
        shown = self.last.prompt
        return None if isinstance(shown, Summary) else shown.field.key

    @property
    def shown(self) -> Ask:
        """The question asked; the test fails where there is none."""
        assert isinstance(self.last.prompt, Ask)
        return self.last.prompt

    @property
    def summary(self) -> Summary:
        """The summary; the test fails where it is not reached."""
        assert isinstance(self.last.prompt, Summary)
        return self.last.prompt

    @property
    def complaint(self) -> Complaint | None:
        """What was wrong with the last input."""
        return None if self.last.objection is None else self.last.objection.complaint

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers of the draft."""
        return dict(self.last.draft.answers)
