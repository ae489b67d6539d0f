"""What the officer is shown and can tap, worked out from values."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.texts import Texts
from handlers.core.callback_data import CallbackData, Codec, StaleButton, encode
from handlers.core.screen import Screen
from handlers.reports.buttons import (
    Jump,
    OpenDue,
    Pick,
    Resume,
    Revise,
    SayAtOnce,
    Step,
    TurnSummary,
    outcome_at,
    outcome_number,
)
from handlers.reports.dialog_screens import dialog_screen, notice
from handlers.reports.screens import Desktop, due_card, reporting, sent_report
from records.dialog.engine import begin, step
from records.dialog.values import (
    Ask,
    AskReason,
    Background,
    Chose,
    Complaint,
    Doubt,
    KnownFigure,
    Line,
    Move,
    Objection,
    ReadBack,
    Said,
    Summary,
)
from records.forms.files import read_forms, shipped_forms
from records.forms.model import Form
from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.model import (
    Cadence,
    Draft,
    DueRule,
    Outcome,
    Report,
    ReportState,
    Task,
)
from records.obligations.obligation import Obligation, pressing
from records.obligations.states import State
from services.reports.values import Dialog, Sent
from tests.unit.records.obligations.owing import owed
from vietnamese.zone import ZONE

TEXTS = Texts()
FORMS = read_forms([shipped_forms()])
TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 8, tzinfo=ZONE)
KNOWN = Background(today=TODAY)
TASK = Task(
    id=TaskId("doithoai-xyz"),
    title="Tổ chức đối thoại với Nhân dân",
    lead=UnitId("anhoa"),
    form="doi_thoai",
    cadence=Cadence.QUARTERLY,
    rule=DueRule(day_of_month=15),
    created=datetime(2026, 5, 1, tzinfo=ZONE),
    created_by=PersonId("chief"),
)
REPORT = Report(
    id=ReportId("report-1234"),
    series=ReportId("report-1234"),
    version=1,
    author=PersonId("lan"),
    unit=UnitId("anhoa"),
    form="doi_thoai",
    form_version=1,
    outcome=Outcome.DONE,
    submitted=NOW,
    draft=DraftId("d"),
    task=TASK.id,
    period=PeriodKey("2026-Q3"),
)


def shown(form: Form, *given: Said | Chose | Move, known: Background = KNOWN) -> Dialog:
    """Return the dialog of a form after some inputs."""
    draft = Draft(
        id=DraftId("draft-12345"),
        person=PersonId("lan"),
        form=form.id,
        form_version=form.version,
        started=NOW,
        changed=NOW,
    )
    taken = begin(form, draft, known)
    for one in given:
        taken = step(form, taken.draft, one, known)
    return Dialog(
        draft=taken.draft,
        form=form,
        prompt=taken.prompt,
        unit="Xã An Hòa",
        objection=taken.objection,
    )


def screen(dialog: Dialog, page: int = 0) -> Screen:
    """Return the screen of a dialog."""
    return dialog_screen(TEXTS, {"so_ket": "Sơ kết"}, dialog, page)


def buttons(given: Screen) -> list[CallbackData]:
    """Return what the buttons mean, each as it comes back from Telegram."""
    return [
        Codec([type(button.data)]).decode(encode(button.data))
        for row in given.rows
        for button in row
    ]


def labels(given: Screen) -> list[str]:
    """Return what stands on the buttons."""
    return [button.label for row in given.rows for button in row]


# --- the dialog ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS.latest(), ids=lambda form: form.id)
def test_every_question_of_every_form_can_be_shown_and_tapped(form: Form) -> None:
    """Its buttons fit Telegram's 64 bytes and its text Telegram's 4,096 characters."""
    for field in form.fields:
        ask = Ask(
            field=field,
            position=1,
            count=len(form.fields),
            may_go_back=True,
            may_skip=True,
            to_summary=True,
        )
        made = screen(replace(shown(form), prompt=ask))
        assert len(made.html) <= 4096
        picks = [pressed for pressed in buttons(made) if isinstance(pressed, Pick)]
        assert len(picks) == len(field.choices) or field.type.value == "yes_no"


def test_choices_stand_on_buttons_and_the_taken_ones_are_marked() -> None:
    """Of several choices each tap takes one or lets it go; "Xong" ends it."""
    form = FORMS.get("doi_thoai")
    field = form.field("topics")
    ask = Ask(field=field, position=4, count=9, current=("land",), chosen=("land",))
    made = screen(replace(shown(form), prompt=ask))
    assert "☑️ Đất đai" in labels(made)
    assert "Xong, sang câu sau" in labels(made)
    assert "Đang ghi: Đất đai" in made.html


def test_an_answer_is_read_back_above_the_next_question() -> None:
    """As it is kept: a number with its dots and unit."""
    made = screen(shown(FORMS.get("doi_thoai"), Said("1250")))
    assert "Đã ghi: <b>1.250 cuộc</b>" in made.html
    assert "Câu 2/" in made.html


def test_a_figure_of_another_report_is_offered() -> None:
    """With where it stands; one tap takes it."""
    figure = KnownFigure(value=Decimal(31), form="so_ket", period="2026-Q3")
    known = replace(KNOWN, shared={"dialogues": figure})
    made = screen(shown(FORMS.get("doi_thoai"), known=known))
    assert "đã báo 31 cuộc trong “Sơ kết”" in made.html
    assert "Lấy số đã báo: 31 cuộc" in labels(made)


def test_what_could_be_meant_otherwise_is_asked_back() -> None:
    """Before it counts."""
    form = FORMS.get("doi_thoai")
    read = ReadBack(field=form.field("received"), position=9, count=17, answer="20")
    made = screen(replace(shown(form), prompt=read))
    assert "hiểu là <b>20 đơn</b>" in made.html
    moves = [pressed.move for pressed in buttons(made) if isinstance(pressed, Step)]
    assert moves == [Move.YES, Move.NO]


@pytest.mark.parametrize(
    ("doubt", "against", "words"),
    [
        (Doubt.FELL, "31", "thấp hơn số đã báo kỳ trước (31 đơn)"),
        (Doubt.NOT_THE_SUM, "31", "không bằng tổng các kỳ trong đó đã báo (31 đơn)"),
        (Doubt.OUT_OF_RANGE, "9–31", "thường từ 9 đơn đến 31 đơn"),
    ],
)
def test_a_figure_that_stands_out_asks_for_a_reason(doubt: Doubt, against: str, words: str) -> None:
    """And says against what."""
    form = FORMS.get("doi_thoai")
    prompt = AskReason(
        field=form.field("received"),
        position=9,
        count=17,
        answer="20",
        doubt=doubt,
        against=against,
    )
    made = screen(replace(shown(form), prompt=prompt))
    assert words in made.html
    assert "Nhập lại" in labels(made)


@pytest.mark.parametrize("complaint", Complaint)
def test_every_objection_has_its_sentence(complaint: Complaint) -> None:
    """It fits an alert, and stands above the question."""
    bound = "2026-11-05" if complaint.value.startswith("in_the") else "20"
    against = Objection(complaint=complaint, bound=bound, other="dialogues")
    dialog = replace(shown(FORMS.get("doi_thoai")), objection=against)
    alert = notice(TEXTS, dialog)
    assert alert is not None
    assert len(alert) <= 200
    assert alert.startswith("Đã đủ") or alert.endswith(".")
    assert "⚠️" in screen(dialog).html


def test_a_summary_leads_to_each_field() -> None:
    """Two buttons abreast, a page of them at a time, and "Gửi" first."""
    form = FORMS.get("so_ket")
    summary = Summary(lines=tuple(Line(field=one, answer=None) for one in form.fields))
    dialog = replace(shown(form), prompt=summary)
    found: set[str] = set()
    for page in range(-(-len(form.fields) // 12)):
        made = screen(dialog, page)
        assert labels(made)[0] == "📨 Gửi báo cáo"
        assert len(made.html) <= 4096
        found |= {pressed.field for pressed in buttons(made) if isinstance(pressed, Jump)}
        assert any(isinstance(pressed, TurnSummary) for pressed in buttons(made))
    assert found == {one.key for one in form.fields}


def test_the_longest_summary_fits_a_message() -> None:
    """Sixty fields with labels and answers as long as a form allows."""
    form = FORMS.get("tien_do")
    field = replace(form.field("result"), label="Kết quả " * 8)
    line = Line(field=field, answer="Đã vận động Nhân dân " * 100, note="Lý do " * 80)
    for many in (1, 25, 60):
        summary = Summary(lines=(line,) * many)
        judged = screen(replace(shown(form), prompt=summary)).html
        assert len(judged) - judged.count("<b>") * 7 <= 4096


# --- what is due -----------------------------------------------------------------------------


def due_of(*reports: Report, task: Task = TASK) -> list[Obligation]:
    """Return what is wanted, the most pressing first."""
    every = owed(task, *reports, day=TODAY, name="Xã An Hòa")
    return sorted((one for one in every if one.wanted), key=pressing)


def keys(due: list[Obligation]) -> list[str | None]:
    """Return the periods."""
    return [one.key for one in due]


def test_arrears_come_first_the_newest_of_them_on_top() -> None:
    """From when the task was made; the one whose figures are being gathered is not asked yet."""
    due = due_of()
    assert keys(due) == ["2026-Q3", "2026-Q2"]
    assert [one.overdue for one in due] == [True, True]


def test_of_many_missed_periods_none_is_lost() -> None:
    """The list has a page for each, and says how many older ones there are."""
    weekly = replace(TASK, cadence=Cadence.WEEKLY, rule=DueRule(weekday=5))
    due = due_of(task=weekly)
    late = sum(one.overdue for one in due)
    assert late == 27
    shown = reporting(TEXTS, Desktop(drafts=[], due=due, free=[]), 0)
    assert f"Còn {late - 8} báo cáo quá hạn cũ hơn" in shown.html


@pytest.mark.parametrize(
    ("state", "outcome", "wanted"),
    [
        (ReportState.SUBMITTED, Outcome.DONE, False),
        (ReportState.ACCEPTED, Outcome.NOTHING, False),
        (ReportState.RETURNED, Outcome.DONE, True),
        (ReportState.SUBMITTED, Outcome.OBSTACLE, True),
        (ReportState.ACCEPTED, Outcome.IN_PROGRESS, False),
    ],
)
def test_what_was_reported_is_due_no_longer(
    state: ReportState, outcome: Outcome, wanted: bool
) -> None:
    """Unless it was returned or left work unfinished."""
    held = replace(REPORT, state=state, outcome=outcome)
    assert ("2026-Q3" in keys(due_of(held))) is wanted


def test_a_task_reported_once_is_due_until_it_is_done() -> None:
    """An accepted "Đang làm" leaves it open."""
    once = replace(TASK, id=TaskId("once"), cadence=Cadence.ONCE, rule=None)
    under_way = replace(
        REPORT,
        task=once.id,
        period=None,
        outcome=Outcome.IN_PROGRESS,
        state=ReportState.ACCEPTED,
    )
    assert [one.state for one in due_of(under_way, task=once)] == [State.UNDERWAY]


def test_the_list_shows_drafts_due_reports_and_free_forms() -> None:
    """Each a tap away; a page that is not there is an old button."""
    due = due_of()
    desktop = Desktop(
        drafts=[shown(FORMS.get("vuong_mac"))],
        due=due * 6,
        free=[FORMS.get("vuong_mac")],
    )
    first = reporting(TEXTS, desktop, 0)
    assert isinstance(buttons(first)[0], Resume)
    assert "⏰ <b>quá hạn 51 ngày</b>" in first.html
    assert [pressed for pressed in buttons(first) if isinstance(pressed, OpenDue)][
        1
    ].period == "2026-Q2"
    assert len(buttons(reporting(TEXTS, desktop, 1))) == 4 + 1
    with pytest.raises(StaleButton):
        reporting(TEXTS, desktop, 2)


def test_a_card_offers_every_way_to_report_and_each_counts_once() -> None:
    """All one-tap ways of one card share the draft that makes them one report."""
    due = due_of()[0]
    card = due_card(TEXTS, due, FORMS, PersonId("lan"))
    at_once = [pressed for pressed in buttons(card) if isinstance(pressed, SayAtOnce)]
    assert [outcome_at(pressed.outcome) for pressed in at_once] == [
        Outcome.DONE,
        Outcome.IN_PROGRESS,
        Outcome.NOTHING,
    ]
    assert len({pressed.draft for pressed in at_once}) == 1
    again = due_card(TEXTS, due, FORMS, PersonId("lan"))
    assert not {pressed.draft for pressed in at_once} & {
        pressed.draft for pressed in buttons(again) if isinstance(pressed, SayAtOnce)
    }


def test_a_report_that_stands_can_be_changed_until_it_is_accepted() -> None:
    """An accepted one is shown without the button."""
    for state, may in ((ReportState.SUBMITTED, True), (ReportState.ACCEPTED, False)):
        report = replace(REPORT, state=state)
        sent = Sent(report=report, unit="Xã An Hòa", form=FORMS.get("doi_thoai"), task=TASK)
        found = buttons(sent_report(TEXTS, sent))
        assert any(isinstance(pressed, Revise) for pressed in found) is may


def test_an_outcome_no_button_was_made_for_is_an_old_button() -> None:
    """Forged, or of another version."""
    assert outcome_at(outcome_number(Outcome.NOTHING)) is Outcome.NOTHING
    with pytest.raises(StaleButton):
        outcome_at(99)
