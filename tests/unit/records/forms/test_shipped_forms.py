"""The forms that come with the assistant: readable, short enough for a phone, and consistent."""

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from records.forms.fields import (
    CHOICE_LABEL_LIMIT,
    FIELD_KEY_LIMIT,
    HELP_LIMIT,
    LABEL_LIMIT,
    QUESTION_LIMIT,
)
from records.forms.files import FORM_ID_LIMIT, TITLE_LIMIT, read_forms, shipped_forms
from records.forms.model import Field, FieldType, Form
from records.model import Outcome

LIBRARY = Path(__file__).resolve().parents[4] / "knowledge" / "files"
FORMS = read_forms([shipped_forms()])
WANTED = {
    "tien_do",
    "dan_van_kheo",
    "doi_thoai",
    "vuong_mac",
    "tap_huan",
    "so_ket",
    "cham_diem",
    "van_ban",
}
FIELDS = [(form, field) for form in FORMS.latest() for field in form.fields]


def test_what_the_directives_ask_for_has_its_form() -> None:
    """Progress, models, dialogues, obstacles, training, reviews, scoring, and paper."""
    assert set(FORMS) == WANTED


def test_a_shipped_form_stands_in_the_file_of_its_name() -> None:
    """An admin who copies a form finds it by its id."""
    for form in FORMS.latest():
        assert f"\nid: {form.id}\n" in shipped_forms().joinpath(f"{form.id}.yaml").read_text(
            "utf-8"
        )
        assert len(form.id) <= FORM_ID_LIMIT
        assert len(form.title) <= TITLE_LIMIT


@pytest.mark.parametrize(
    ("form", "field"), FIELDS, ids=[f"{form.id}-{field.key}" for form, field in FIELDS]
)
def test_a_question_fits_a_phone(form: Form, field: Field) -> None:
    """Question, help and buttons are within what is read at a glance; a question asks."""
    assert 1 <= len(field.question) <= QUESTION_LIMIT
    assert len(field.help or "") <= HELP_LIMIT
    assert 1 <= len(field.label) <= LABEL_LIMIT
    assert len(field.key) <= FIELD_KEY_LIMIT
    assert all(len(choice.label) <= CHOICE_LABEL_LIMIT for choice in field.choices)
    assert field.question.endswith(("?", ".")), form.id
    assert len(field.question) + len(field.help or "") <= 300


def test_a_shared_figure_is_the_same_figure_everywhere() -> None:
    """What is offered from one report to another counts the same thing in the same way."""
    shared = defaultdict(set)
    for _, field in FIELDS:
        if field.shared is not None:
            known = (field.label, field.question, field.unit, field.whole, field.additive)
            shared[field.shared].add((known, field.least, field.most, field.cumulative))
    assert set(shared) >= {
        "dialogues_held",
        "citizens_received",
        "petitions_received",
        "petitions_resolved",
        "petitions_overdue",
    }
    assert all(len(kinds) == 1 for kinds in shared.values())


def test_progress_asks_for_the_obstacle_only_where_there_is_one() -> None:
    """The three results of a task, each with its own questions."""
    form = FORMS["tien_do"]
    labels = {choice.key: choice.label for choice in form.field("outcome").choices}
    assert labels == {
        Outcome.DONE: "Hoàn thành",
        Outcome.IN_PROGRESS: "Đang làm",
        Outcome.OBSTACLE: "Vướng mắc",
    }
    obstacle = form.field("obstacle").condition
    assert obstacle is not None
    assert obstacle.values == (Outcome.OBSTACLE,)
    assert form.field("evidence").required is False


def test_a_model_belongs_to_one_of_four_fields() -> None:
    """Economy, culture and society, defence and security, building the political system."""
    form = FORMS["dan_van_kheo"]
    assert [choice.label for choice in form.field("area").choices] == [
        "Kinh tế",
        "Văn hóa – xã hội",
        "Quốc phòng – an ninh",
        "Xây dựng hệ thống chính trị",
    ]
    stages = {choice.key for choice in form.field("stage").choices}
    asked = {
        value
        for field in form.fields
        if field.condition is not None and field.condition.field == "stage"
        for value in field.condition.values
    }
    assert stages == asked == {"register", "progress", "result", "nominate"}


def test_no_more_petitions_are_resolved_than_received() -> None:
    """Received in the period adds up over periods; resolved of those and overdue do not."""
    for form in (FORMS["doi_thoai"], FORMS["so_ket"]):
        received, resolved, overdue = (
            form.field(key) for key in ("received", "resolved", "overdue")
        )
        assert resolved.not_above == "received"
        assert overdue.not_above is None
        assert (received.additive, resolved.additive, overdue.additive) == (True, False, False)
        assert not any(one.cumulative for one in (received, resolved, overdue))


def test_the_sheet_of_points_comes_to_a_hundred_in_five_grades() -> None:
    """Criteria are scores, all summed; the sheet says that a province puts its own in its place."""
    form = FORMS["cham_diem"]
    (points,) = form.totals
    scores = [field for field in form.fields if field.type is FieldType.SCORE]
    assert points.of == tuple(field.key for field in scores)
    assert sum(field.most or 0 for field in scores) == points.out_of == Decimal(100)
    grades = [band.label for band in points.bands]
    assert grades == ["Xuất sắc", "Tốt", "Khá", "Trung bình", "Yếu"]
    assert points.bands[-1].at_least == 0
    assert form.basis is not None
    assert "thay bằng quy định của tỉnh" in form.basis
    assert "mẫu" in (scores[0].help or "")


def test_a_paper_is_named_by_its_number_and_date() -> None:
    """What was sent in writing needs two answers and no more."""
    assert [field.key for field in FORMS["van_ban"].fields] == ["paper", "sent_on"]


@pytest.mark.parametrize("form", FORMS.latest(), ids=lambda form: form.id)
def test_a_basis_cites_only_what_the_library_holds(form: Form) -> None:
    """No number of a document is invented: each stands in a directive of the shipped library."""
    library = "\n".join(path.read_text(encoding="utf-8") for path in LIBRARY.glob("*.md"))
    cited = re.findall(r"số ([\w/-]*\d[\w/-]*)", form.basis or "")
    assert all(number in library for number in cited), cited
    assert bool(cited) == (form.basis is not None)
