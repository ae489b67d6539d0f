"""What is taken from what was said before: only what the intent looks at and is not named anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from records.model import Scope
from services.intents.follow_ups import named_anew
from services.intents.subjects import RELEVANT, after, before_of, lacks_document, names_of
from services.intents.values import Around, Intent, Known, Meant, Named, Question

HELD = Scope(
    id="lan:1",
    at=datetime(2026, 11, 28, tzinfo=UTC),
    said="xã nào chưa nộp",
    units=("u1",),
    people=("p1",),
    tasks=("t1",),
    figures=("f1",),
    file="ke-hoach.md",
    first=date(2026, 7, 1),
    last=date(2026, 9, 30),
)
NOBODY = Named()
AROUND = Around(
    units=[Known(id="u1", names=("Xã An Hòa", "An Hòa")), Known(id="u2", names=("Xã Bản Mây",))],
    people=[Known(id="p1", names=("Lò Thị Mai",))],
    tasks=[Known(id="t1", names=("Đối thoại",))],
    figures=[Known(id="f1", names=("số đơn",))],
    documents=[],
)


def test_an_intent_takes_what_it_looks_at() -> None:
    """Who is slowest looks at units, tasks and the period, never at a figure or a person."""
    taken = after(NOBODY, HELD, RELEVANT[Intent.SLOWEST])
    assert (taken.units, taken.tasks) == (("u1",), ("t1",))
    assert taken.span is not None
    assert (taken.figures, taken.people) == ((), ())


def test_what_is_named_anew_is_kept() -> None:
    """The unit of before gives way; the task stays."""
    taken = after(Named(units=("u2",)), HELD, RELEVANT[Intent.UNREPORTED])
    assert (taken.units, taken.tasks) == (("u2",), ("t1",))


def test_another_person_is_of_another_unit() -> None:
    """And another unit has other people."""
    assert after(Named(people=("p2",)), HELD, RELEVANT[Intent.PEOPLE]).units == ()
    assert after(Named(units=("u2",)), HELD, RELEVANT[Intent.PEOPLE]).people == ()


def test_half_a_period_is_none() -> None:
    """A period has both its days."""
    assert before_of(replace(HELD, last=None)).span is None


def test_what_was_taken_is_named_once_by_its_first_name() -> None:
    """What was said anew is not said to be taken."""
    taken = after(NOBODY, HELD, RELEVANT[Intent.TOTAL])
    assert names_of(taken, NOBODY, AROUND) == ("Xã An Hòa", "số đơn")
    said = Named(units=("u2",))
    assert names_of(after(said, HELD, RELEVANT[Intent.TOTAL]), said, AROUND) == ("số đơn",)


@pytest.mark.parametrize(
    ("named", "intent", "lacks"),
    [
        (NOBODY, Intent.MINE, True),
        (Named(documents=("a.md",)), Intent.MINE, False),
        (NOBODY, Intent.OWED, False),
    ],
)
def test_a_document_is_wanting(named: Named, intent: Intent, lacks: bool) -> None:
    """Only of an intent that is about one, and where none is named."""
    assert lacks_document(Meant(intent=intent, named=named)) is lacks
    assert not lacks_document(Question(named=NOBODY))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("còn Sở Tư pháp thì sao?", "Sở Tư pháp"),
        ("con so tu phap", "so tu phap"),
        ("con no bao cao gi", None),
        ("còn báo cáo nào nữa", None),
    ],
)
def test_a_question_of_its_own_names_nobody_anew(said: str, named: str | None) -> None:
    """Both begin with "còn": what asks "gì" or "nào" is never put into the question of before."""
    assert named_anew(said) == named
