"""Figures add up over units, each read as it was asked for."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from records.forms.files import Forms, read_forms, shipped_forms
from records.forms.model import Field
from records.ids import DraftId, PersonId, ReportId, UnitId
from records.model import Outcome, Report
from services.figures import added_up

OLD = replace(read_forms((shipped_forms(),))["doi_thoai"], version=1)
TOLD = Report(
    id=ReportId("a"),
    series=ReportId("a"),
    version=1,
    author=PersonId("lan"),
    unit=UnitId("xa"),
    form=OLD.id,
    form_version=1,
    outcome=Outcome.DONE,
    submitted=datetime(2026, 11, 3, tzinfo=UTC),
    draft=DraftId("d"),
    answers={"received": "4", "dialogues": "1"},
)


def test_a_figure_is_read_by_the_version_it_was_told_in() -> None:
    """What has the same key and unit adds up; what is counted otherwise stands by itself."""

    def recount(field: Field) -> Field:
        return replace(field, unit="lá") if field.key == "received" else field

    new = replace(OLD, version=2, title="Mới", fields=tuple(recount(one) for one in OLD.fields))
    forms = Forms(versions={OLD.id: {1: OLD, 2: new}}, current={OLD.id: 2})
    other = replace(TOLD, id=ReportId("b"), unit=UnitId("phuong"), form_version=2)
    sums = list(added_up([TOLD, other, replace(TOLD, form="gone")], forms))
    assert [(one.form, one.field, one.unit, one.value, one.units) for one in sums] == [
        ("Mới", "dialogues", "cuộc", Decimal(2), 2),
        ("Mới", "received", "lá", Decimal(4), 1),
        (OLD.title, "received", "đơn", Decimal(4), 1),
    ]
