"""An answer of a form as people read it: choices by their labels, amounts and dates as written."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.core.dependencies import Texts
from records.forms.model import Field, FieldType, Form
from records.model import Answer, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One line of a report as it is shown."""

    label: str
    said: str
    note: str | None = None


def said(texts: Texts, field: Field, answer: Answer) -> str:
    """Return an answer in words."""
    if answer is None:
        return texts.label("answer_none")
    match field.type:
        case FieldType.YES_NO:
            words = texts.label("answer_yes" if answer else "answer_no")
        case FieldType.FILES:
            words = texts.label("answer_files", count=len(_several(answer)))
        case FieldType.CHOICE | FieldType.CHOICES:
            words = _chosen(field, answer)
        case FieldType.DATE:
            words = texts.label("answer_day", day=str(answer))
        case FieldType.NUMBER | FieldType.PERCENT | FieldType.SCORE:
            words = _amount(texts, field, str(answer))
        case _:
            words = str(answer)
    return words


def _several(answer: Answer) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else (str(answer),)


def lines(
    texts: Texts, form: Form, answers: Mapping[str, Answer], notes: Mapping[str, str]
) -> tuple[SaidLine, ...]:
    """Return the answered fields of a report in the form's order."""
    return tuple(
        SaidLine(
            label=field.label,
            said=said(texts, field, answers[field.key]),
            note=notes.get(field.key),
        )
        for field in form.fields
        if answers.get(field.key) not in (None, ())
    )


def report_facts(texts: Texts, form: Form, report: Report) -> dict[str, object]:
    """Return what every screen of one report says of it, with its answers as lines."""
    return {
        "version": report.version,
        "outcome": report.outcome.value,
        "paper": report.paper_number,
        "submitted": report.submitted,
        "state": report.state.value,
        "remark": report.remark,
        "lines": lines(texts, form, report.answers, report.notes),
    }


def _chosen(field: Field, answer: Answer) -> str:
    labels = {choice.key: choice.label for choice in field.choices}
    return "; ".join(labels.get(key, key) for key in _several(answer))


def _amount(texts: Texts, field: Field, kept: str) -> str:
    if field.type is FieldType.PERCENT:
        return texts.label("answer_percent", amount=kept)
    if field.type is FieldType.SCORE:
        return texts.label("answer_score", amount=kept, most=str(field.most or ""))
    return texts.label("answer_amount", amount=kept, unit=field.unit or "")
