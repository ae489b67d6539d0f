"""Every shipped form can be answered from its first question to its sending, by every way."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from records.dialog.engine import begin, step
from records.dialog.values import (
    Ask,
    Attached,
    Background,
    Chose,
    Given,
    Move,
    ReadBack,
    Said,
    Step,
    Summary,
)
from records.forms.files import read_forms, shipped_forms
from records.forms.model import Direction, Field, FieldType, Form
from records.ids import DraftId, PersonId
from records.model import Draft, FileKind

FORMS = read_forms([shipped_forms()])
TODAY = date(2026, 11, 4)
AT = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)
MOST_STEPS = 200


def ways(form: Form) -> list[dict[str, str]]:
    """Give every combination of answers to the choices that other questions depend on."""
    decisive = {field.condition.field for field in form.fields if field.condition is not None}
    offers = [[(key, value) for value in _offered(form.field(key))] for key in sorted(decisive)]
    return [dict(way) for way in product(*offers)]


def _offered(field: Field) -> tuple[str, ...]:
    """Give what decides: choices, or for a number some and none."""
    plain = ("some", "none") if field.type is FieldType.NUMBER else ("yes", "no")
    return tuple(choice.key for choice in field.choices) or plain


WAYS = [(form, way) for form in FORMS.latest() for way in ways(form)]


def answer(field: Field, way: dict[str, str]) -> list[Given]:
    """Answer a question as an officer would, with the longest text and the highest figure."""
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return [Said("ă" * field.longest)]
        case FieldType.CHOICE | FieldType.YES_NO:
            return [Chose(way.get(field.key, _offered(field)[0]))]
        case FieldType.CHOICES:
            return [*(Chose(choice.key) for choice in field.choices), Move.DONE_CHOOSING]
        case FieldType.DATE:
            ahead = timedelta(days=9 if field.direction is Direction.FUTURE else -9)
            return [Said(f"{TODAY + ahead:%d/%m/%Y}")]
        case FieldType.FILES:
            photo = Attached(id="a1", kind=FileKind.PHOTO, name="", size=1000)
            return [photo, Move.DONE_CHOOSING]
        case _:
            most = 0 if way.get(field.key) == "none" else field.most
            return [Said(str(40 if most is None else most))]


def held(form: Form, way: dict[str, str], *, skipping: bool) -> Step:
    """Hold the dialog until its summary; every answer must be taken at once."""
    draft = Draft(
        id=DraftId("d1"),
        person=PersonId("p1"),
        form=form.id,
        form_version=form.version,
        started=AT,
        changed=AT,
    )
    background = Background(today=TODAY)
    last = begin(form, draft, background)
    for _ in range(MOST_STEPS):
        given: list[Given]
        match last.prompt:
            case Summary():
                return last
            case ReadBack():
                given = [Move.YES]
            case Ask(field=field, may_skip=may_skip):
                given = [Move.SKIP] if skipping and may_skip else answer(field, way)
            case other:
                pytest.fail(f"{other} was not expected")
        for one in given:
            last = step(form, last.draft, one, background)
            assert last.objection is None, (one, last.prompt)
    pytest.fail("the dialog does not end")


@pytest.mark.parametrize("skipping", [False, True], ids=["in-full", "in-short"])
@pytest.mark.parametrize(
    ("form", "way"), WAYS, ids=["-".join([form.id, *way.values()]) for form, way in WAYS]
)
def test_a_shipped_form_comes_to_its_sending(
    form: Form, way: dict[str, str], *, skipping: bool
) -> None:
    """Whatever is chosen, and whether the optional is skipped or not, the report can be sent."""
    ready = held(form, way, skipping=skipping)
    sent = step(form, ready.draft, Move.CONFIRM, Background(today=TODAY))
    assert sent.sent
    wanted = {key: value for key, value in way.items() if key in sent.draft.answers}
    for key, value in wanted.items():
        assert sent.draft.answers[key] in (_kept(value), None if skipping else _kept(value)), key


def _kept(value: str) -> str | bool:
    told = {"some": "40", "none": "0"}
    return value == "yes" if value in ("yes", "no") else told.get(value, value)


def test_every_question_is_reached_by_some_way() -> None:
    """No condition keeps a question from ever being asked."""
    for form in FORMS.latest():
        reached = {
            key for way in ways(form) for key in held(form, way, skipping=False).draft.answers
        }
        assert reached == {field.key for field in form.fields}


def test_a_full_score_is_excellent() -> None:
    """The sheet of points adds up in the dialog to a hundred, and to its best grade."""
    shown = held(FORMS["cham_diem"], {}, skipping=True).prompt
    assert isinstance(shown, Summary)
    (total,) = shown.sums
    assert total.value == 100
    assert total.band is not None
    assert total.band.label == "Xuất sắc"
