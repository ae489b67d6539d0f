"""An input for a field that is not the one asked: an edited answer, a file that came alone."""

from dataclasses import replace

from records.dialog.engine import amend, begin, step
from records.dialog.values import Ask, Complaint, ReadBack, Said
from records.forms.model import Condition, FieldType
from tests.unit.records.dialog.talking import FRESH, KNOWN, ask, file, form

ANY = form(
    replace(ask("n", FieldType.NUMBER), whole=True),
    replace(ask("more"), condition=Condition(field="n", values=("some",))),
    ask("last"),
    replace(ask("papers", FieldType.FILES), required=False),
)


def test_the_dialog_goes_on_from_where_it_stood() -> None:
    """12 becomes 21, and the question asked is still asked."""
    draft = begin(ANY, FRESH, KNOWN).draft
    for said in ("12", "Đã làm"):
        draft = step(ANY, draft, Said(said), KNOWN).draft
    taken = amend(ANY, draft, "n", Said("21"), KNOWN)
    assert (taken.draft.answers["n"], taken.draft.at) == ("21", "last")
    assert taken.draft.revision == draft.revision + 1


def test_what_does_not_count_changes_nothing() -> None:
    """A half of a meeting."""
    draft = step(ANY, begin(ANY, FRESH, KNOWN).draft, Said("12"), KNOWN).draft
    taken = amend(ANY, draft, "n", Said("1,5"), KNOWN)
    assert taken.draft == draft
    assert taken.objection is not None
    assert taken.objection.complaint is Complaint.NOT_WHOLE


def test_what_is_unsure_is_asked_at_once() -> None:
    """A figure with another unit's word beside it is read back before it counts."""
    asked = form(replace(ask("n", FieldType.NUMBER), unit="cuộc"), ask("last"))
    draft = step(asked, begin(asked, FRESH, KNOWN).draft, Said("12"), KNOWN).draft
    taken = amend(asked, draft, "n", Said("21 người"), KNOWN)
    assert isinstance(taken.prompt, ReadBack)
    assert taken.draft.answers["n"] == "12"


def test_a_question_that_is_no_longer_asked_goes_with_its_figure() -> None:
    """Of none nothing more is asked, also where it became none by an edit."""
    draft = step(ANY, begin(ANY, FRESH, KNOWN).draft, Said("12"), KNOWN).draft
    prompt = amend(ANY, draft, "n", Said("0"), KNOWN).prompt
    assert isinstance(prompt, Ask)
    assert prompt.field.key == "last"


def test_a_file_is_taken_while_another_question_is_asked() -> None:
    """It lies with its question, which is still to be asked."""
    draft = begin(ANY, FRESH, KNOWN).draft
    taken = amend(ANY, draft, "papers", file("a"), KNOWN)
    assert (taken.draft.answers["papers"], taken.draft.at) == (("a",), "n")
