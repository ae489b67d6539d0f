"""Each kind of answer has its screen, and every button on it leads somewhere."""

from datetime import date

import pytest

from bot.texts import Texts
from handlers.core.callback_data import StaleButton, encode
from handlers.core.screen import Screen
from handlers.library.answer_screens import answer_screen, chosen, quoted, results
from handlers.library.buttons import AskOf, Judge, MoreResults, OpenClause
from knowledge.answering.values import (
    Answer,
    Choice,
    CitationFact,
    DeadlineFact,
    Doubt,
    DutyFact,
    Found,
    QuestionKind,
    Several,
    SmallTalk,
    Topic,
    Uncertain,
    Unknown,
    UnknownReason,
)
from knowledge.catalogue import Catalogue, document_id
from knowledge.deadline import Deadline, DeadlineKind, MonthDay
from knowledge.vocabulary import SmallTalkKind
from tests.unit.handlers.samples import directive, quote

TEXTS = Texts()
CATALOGUE = Catalogue.of([directive()])
ASKED = "1f-00c0ffee"


def found(**facts: object) -> Found:
    """Make an answer of one kind."""
    given = {"kind": QuestionKind.CLAUSE, "quotes": (quote(),), "confidence": 0.9, **facts}
    return Found(**given)  # type: ignore[arg-type]  # facts of many types by their names


def screen(answer: Answer) -> Screen:
    """Word an answer, and see to it that Telegram takes it."""
    shown = answer_screen(TEXTS, CATALOGUE, answer, ASKED)
    assert 1 <= len(shown.html) <= 4096
    for button in (button for row in shown.rows for button in row):
        assert encode(button.data)
    return shown


def buttons(shown: Screen) -> list[object]:
    """Return what the buttons mean."""
    return [button.data for row in shown.rows for button in row]


def test_a_deadline_shows_its_working() -> None:
    """The rule as worded, and the last day it leaves, with its weekday; in a guess as well."""
    rule = Deadline(kind=DeadlineKind.YEARLY, text="trước ngày 05/11", before=MonthDay(11, 5))
    fact = DeadlineFact(
        rule=rule, last_day=date(2026, 11, 4), units=("Sở A",), report_to="Ban B", quote=quote()
    )
    shown = screen(found(kind=QuestionKind.DEADLINE, deadlines=(fact,)))
    assert "trước ngày 05/11 → hết ngày <b>04/11/2026 (thứ Tư)</b>" in shown.html
    assert "<b>Đơn vị:</b> Sở A. <b>Gửi:</b> Ban B" in shown.html
    guess = Uncertain(
        kind=QuestionKind.DEADLINE,
        doubt=Doubt.WEAK,
        quotes=(quote(),),
        confidence=0.2,
        deadlines=(fact,),
    )
    assert "trước ngày 05/11 → hết ngày <b>04/11/2026 (thứ Tư)</b>" in screen(guess).html


def test_what_was_not_asked_is_not_told() -> None:
    """A question of a matter gets its clause, not the deadlines and charges around it."""
    duty = DutyFact(what="Tổng hợp", lead=("Sở A",), support=(), quote=quote())
    assert "Chủ trì" not in screen(found(duties=(duty,))).html
    elsewhere = DutyFact(what="Việc", lead=("Sở A",), support=(), quote=quote(clause="I"))
    shown = screen(found(kind=QuestionKind.RESPONSIBLE, duties=(elsewhere,)))
    assert "Chủ trì" not in shown.html


def test_one_quote_offers_no_other_results() -> None:
    """The button stands only where it leads somewhere."""
    assert MoreResults(ASKED, 1, 1) not in buttons(screen(found()))
    more = screen(found(quotes=(quote(), quote(clause="II.2"))))
    assert MoreResults(ASKED, 1, 1) in buttons(more)


def test_who_leads_stands_beside_the_quote() -> None:
    """Few duties are told with the clause itself."""
    duty = DutyFact(what="Tổng hợp", lead=("Sở A",), support=("Sở B",), quote=quote())
    shown = screen(found(kind=QuestionKind.RESPONSIBLE, duties=(duty,)))
    assert "<b>Chủ trì:</b> Sở A.\n<b>Phối hợp:</b> Sở B." in shown.html
    assert "<blockquote" in shown.html


def test_all_duties_of_a_unit_can_be_leafed_through() -> None:
    """However many: each once, each with its clause, each openable."""
    duties = tuple(
        DutyFact(what=f"Việc {n}.", lead=(), support=(), quote=quote(clause=f"II.{n}"))
        for n in range(1, 15)
    )
    answer = found(kind=QuestionKind.DUTIES, unit="Sở Nội vụ", duties=duties)
    pressed: MoreResults | None = MoreResults(ASKED, 0)
    pages = []
    while pressed is not None:
        shown = results(TEXTS, answer, pressed)
        pages.append(shown)
        later = [p for p in buttons(shown) if isinstance(p, MoreResults) and p.page > pressed.page]
        pressed = later[0] if later else None
    assert "Việc giao cho Sở Nội vụ</b> (14 việc, trang 1/3)" in pages[0].html
    text = "".join(page.html for page in pages)
    assert all(text.count(f"Việc {n}.") == 1 for n in range(1, 15))
    openable = [p for page in pages for p in buttons(page) if isinstance(p, OpenClause)]
    assert len(openable) == 14


@pytest.mark.parametrize("side", ["cites", "cited_by"])
def test_citations_are_listed_in_either_direction(side: str) -> None:
    """With the clause that makes each."""
    fact = CitationFact(number="33/CT-TTg", issued=date(2021, 11, 26), issuer=None, quote=quote())
    shown = screen(found(kind=QuestionKind(side), **{side: (fact,) * 11}))
    said = "33/CT-TTg, ngày 26/11/2021" if side == "cites" else "Điểm a, khoản 1, mục II, Kế hoạch"
    assert shown.html.count(said) == 10
    assert "(11, trang 1/2)" in shown.html


def test_what_a_cited_number_is_about_is_quoted() -> None:
    """An officer who asks what a paper says gets the clause that says it, not a list."""
    fact = CitationFact(number="33/CT-TTg", issued=date(2021, 11, 26), issuer=None, quote=quote())
    shown = screen(found(kind=QuestionKind.ABOUT_NUMBER, cited_by=(fact,)))
    assert "<blockquote expandable>" in shown.html


def test_an_ambiguous_number_is_asked_back() -> None:
    """Each has its button, also one that the library only cites, and that is said."""
    held = Choice(
        number="33-CT/TU", type="chỉ thị", issuer="A", issued=None, title="T", file="ke-hoach.md"
    )
    cited = Choice(number="33/CT-TTg", type=None, issuer=None, issued=None, title=None, file=None)
    shown = screen(Several(choices=(held, cited), quotes=(quote(),)))
    assert buttons(shown) == [
        AskOf(ASKED, document_id("ke-hoach.md")),
        AskOf(ASKED, document_id("33/CT-TTg")),
    ]
    assert "chỉ được viện dẫn" in shown.html


def test_a_choice_shows_what_was_asked_of_that_document() -> None:
    """The quote of the chosen document; nothing if the answer quotes none of it."""
    answer = Several(choices=(), quotes=(quote("other.md", text="khác"), quote(text="đúng")))
    shown = chosen(TEXTS, answer, "ke-hoach.md", ASKED)
    assert shown is not None
    assert "đúng" in shown.html
    assert chosen(TEXTS, answer, "third.md", ASKED) is None


@pytest.mark.parametrize("reason", list(UnknownReason))
def test_not_found_is_said_in_each_case(reason: UnknownReason) -> None:
    """With the nearest topics as buttons, and a way to say that this is wrong."""
    topic = Topic(title="Dân chủ cơ sở", quote=quote())
    shown = screen(
        Unknown(reason=reason, topics=(topic,), quotes=(quote(),), confidence=0.1, named="99/QĐ")
    )
    assert shown.html.startswith("<b>Không tìm thấy</b>")
    assert [type(pressed) for pressed in buttons(shown)] == [OpenClause, Judge, Judge]


@pytest.mark.parametrize("doubt", list(Doubt))
def test_an_uncertain_answer_says_so_and_offers_two_more(doubt: Doubt) -> None:
    """The best quotation as a guess, the next two as buttons, the rest behind one more."""
    quotes = tuple(quote(clause=f"II.{n}") for n in range(1, 6))
    answer = Uncertain(kind=QuestionKind.CLAUSE, doubt=doubt, quotes=quotes, confidence=0.2)
    shown = screen(answer)
    assert shown.html.startswith("<b>Có thể đồng chí hỏi đoạn này</b>, trợ lý chưa chắc")
    assert [type(row[0].data) for row in shown.rows[:2]] == [OpenClause, OpenClause]
    assert MoreResults(ASKED, 1, 1) in buttons(shown)
    assert results(TEXTS, answer, MoreResults(ASKED, 0)) == shown
    alone = screen(Uncertain(kind=answer.kind, doubt=doubt, quotes=quotes[:1], confidence=0.2))
    assert "đoạn khác" not in alone.html
    assert MoreResults(ASKED, 1, 1) not in buttons(alone)


def test_small_talk_has_no_buttons() -> None:
    """Nothing was asked, so there is nothing to judge."""
    talk = SmallTalk(kind=SmallTalkKind.THANKS)
    assert screen(talk).rows == ()
    assert quoted(talk) == ()


def test_a_page_that_is_gone_is_stale() -> None:
    """The library may hold less than when the button was made."""
    with pytest.raises(StaleButton):
        results(TEXTS, found(), MoreResults(ASKED, 1))
    with pytest.raises(StaleButton):
        results(TEXTS, SmallTalk(kind=SmallTalkKind.CHAT), MoreResults(ASKED, 0))


def test_the_question_log_learns_what_was_quoted() -> None:
    """File and clause of the best quotes."""
    assert quoted(found()) == ("ke-hoach.md#II.1.a",)
