"""Screens of answers: what was found, what to choose from, what is near, and what else there is."""

from collections.abc import Sequence
from typing import Final, TypeVar

from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import count, cut
from handlers.core.screen import Button, Screen
from handlers.library.buttons import AskOf, Judge, MoreResults, OpenClause, OpenRelated
from knowledge.answering.values import (
    Answer,
    Choice,
    DeadlineFact,
    Found,
    QuestionKind,
    Quote,
    Several,
    SmallTalk,
    Topic,
    Uncertain,
    Unknown,
)
from knowledge.catalogue import Catalogue, clause_id, document_id

DUTIES_PAGE: Final = 6
"""Duties on one page: each takes up to 580 characters of the 4,096."""

CITATIONS_PAGE: Final = 10
"""Citations on one page: each takes up to 330 characters."""

QUOTES_PAGE: Final = 3
"""Further quotes on one page: each takes up to 900 characters."""

CHOICES: Final = 8
"""Documents to choose from; with more, issuer or year must be named."""

INLINE_DUTIES: Final = 3
"""So many duties stand beside the quote; all duties of one unit are a list of their own."""

FURTHER: Final = 2
"""Quotes offered beside one that is not sure."""

TOPICS: Final = 5
"""Near topics offered when nothing was found."""

_LISTS_CITATIONS: Final = frozenset({QuestionKind.CITES, QuestionKind.CITED_BY})
"""What another document says of a number is quoted first; only who asks for the list gets one."""

Row = tuple[Button, ...]
Entry = TypeVar("Entry")


def answer_screen(texts: Texts, catalogue: Catalogue, answer: Answer, question: str) -> Screen:
    """Word an answer; `question` is its id in the question log."""
    match answer:
        case Found():
            return results(texts, answer, MoreResults(question, 0))
        case Uncertain():
            return _uncertain(texts, answer, question)
        case Several():
            return _several(texts, answer, question)
        case Unknown():
            return _unknown(texts, catalogue, answer, question)
        case SmallTalk():
            return Screen(texts.screen("small_talk", kind=answer.kind.value))


def quoted(answer: Answer) -> tuple[str, ...]:
    """Return what an answer shows, for the question log: `file#clause`, best first."""
    if isinstance(answer, SmallTalk):
        return ()
    return tuple(f"{quote.file}#{quote.clause}" for quote in answer.quotes[:3])


def results(texts: Texts, answer: Answer, pressed: MoreResults) -> Screen:
    """Show a page of an answer: 0 is the answer, what follows depends on what was asked."""
    of_unit = isinstance(answer, Found) and answer.unit and answer.duties
    if isinstance(answer, Found) and answer.kind is QuestionKind.DUTIES and of_unit:
        return _duties(texts, answer, pressed)
    if isinstance(answer, Found) and answer.kind in _LISTS_CITATIONS:
        return _citations(texts, answer, pressed)
    if isinstance(answer, Found) and pressed.page == 0:
        return _found(texts, answer, pressed.question)
    if isinstance(answer, Uncertain) and pressed.page == 0:
        return _uncertain(texts, answer, pressed.question)
    if isinstance(answer, SmallTalk):
        raise StaleButton
    return _others(texts, answer.quotes, pressed)


def chosen(texts: Texts, answer: Answer, file: str, question: str) -> Screen | None:
    """Show the best quote of one document; None if the answer quotes nothing of it."""
    quotes = () if isinstance(answer, SmallTalk) else answer.quotes
    for quote in quotes:
        if quote.file == file:
            html = texts.screen("found", quote=quote, deadlines=(), duties=())
            return Screen(html, _rows(texts, quote, question, more=False))
    return None


def choice_id(choice: Choice) -> str:
    """Return the short id of a choice: of its file, or of the number of what is only cited."""
    return document_id(choice.file or choice.number or "")


def _found(texts: Texts, answer: Found, question: str) -> Screen:
    """Show the best quote; with it, where that was asked, the deadlines or charges it states."""
    quote = answer.quotes[0]
    wants_who = answer.kind in {QuestionKind.RESPONSIBLE, QuestionKind.DUTIES}
    deadlines = _deadlines(answer)
    duties = [one for one in answer.duties if wants_who and _same_place(one.quote, quote)]
    html = texts.screen("found", quote=quote, deadlines=deadlines, duties=duties[:INLINE_DUTIES])
    return Screen(html, _rows(texts, quote, question, more=len(answer.quotes) > 1))


def _deadlines(answer: Found | Uncertain) -> list[DeadlineFact]:
    """Return the deadlines of the best quote, where a day was asked for."""
    wanted = answer.kind is QuestionKind.DEADLINE
    return [one for one in answer.deadlines if wanted and _same_place(one.quote, answer.quotes[0])]


def _same_place(fact: Quote, shown: Quote) -> bool:
    """Tell whether a fact stands in the clause shown, or the other way round."""
    inner, outer = sorted((fact.clause, shown.clause), key=len, reverse=True)
    return fact.file == shown.file and f"{inner}.".startswith(f"{outer}.")


def _rows(texts: Texts, quote: Quote, question: str, *, more: bool) -> tuple[Row, ...]:
    """Return the buttons under an answer."""
    document = document_id(quote.file)
    whole = Button(
        texts.label("whole_clause"), OpenClause(document, clause_id(quote.clause), 0, anew=1)
    )
    others = Button(texts.label("other_results"), MoreResults(question, 1, anew=1))
    related = Button(texts.label("related"), OpenRelated(document, anew=1))
    return ((whole, others) if more else (whole,), (related,), _judging(texts, question))


def _judging(texts: Texts, question: str) -> Row:
    return (
        Button(texts.label("useful"), Judge(question, 1)),
        Button(texts.label("useless"), Judge(question, 0)),
    )


def _duties(texts: Texts, answer: Found, pressed: MoreResults) -> Screen:
    shown = _page(answer.duties, pressed.page, DUTIES_PAGE)
    total = count(len(answer.duties), DUTIES_PAGE)
    first = pressed.page * DUTIES_PAGE
    html = texts.screen(
        "duties",
        unit=answer.unit,
        duties=shown,
        total=len(answer.duties),
        page=pressed.page,
        pages=total,
        first=first,
    )
    numbers = _numbers(texts, [duty.quote for duty in shown], first)
    return Screen(html, _leafing(texts, numbers, pressed, total))


def _citations(texts: Texts, answer: Found, pressed: MoreResults) -> Screen:
    facts = answer.cites or answer.cited_by
    shown = _page(facts, pressed.page, CITATIONS_PAGE)
    total = count(len(facts), CITATIONS_PAGE)
    first = pressed.page * CITATIONS_PAGE
    html = texts.screen(
        "citations",
        cited_by=not answer.cites,
        facts=shown,
        total=len(facts),
        page=pressed.page,
        pages=total,
        first=first,
    )
    numbers = _numbers(texts, [fact.quote for fact in shown], first)
    return Screen(html, _leafing(texts, numbers, pressed, total))


def _others(texts: Texts, quotes: Sequence[Quote], pressed: MoreResults) -> Screen:
    """Show the quotes after the first, from page 1 on."""
    rest = quotes[1:]
    shown = _page(rest, pressed.page - 1, QUOTES_PAGE)
    total = count(len(rest), QUOTES_PAGE)
    first = 1 + (pressed.page - 1) * QUOTES_PAGE
    html = texts.screen("others", quotes=shown, page=pressed.page, pages=total, first=first)
    numbers = _numbers(texts, shown, first)
    turns = _turns(texts, pressed, 1, total)
    return Screen(html, (*numbers, *turns))


def _page(entries: Sequence[Entry], page: int, most: int) -> Sequence[Entry]:
    """Return a page of entries; StaleButton if the answer has become shorter than that."""
    shown = cut(entries, page, most) if page >= 0 else ()
    if not shown:
        raise StaleButton
    return shown


def _numbers(texts: Texts, quotes: Sequence[Quote], first: int) -> tuple[Row, ...]:
    """Return numbered buttons that open the clauses quoted, five in a row."""
    row = [
        Button(
            texts.label("number", n=first + n),
            OpenClause(document_id(quote.file), clause_id(quote.clause), 0, anew=1),
        )
        for n, quote in enumerate(quotes, 1)
    ]
    return tuple(tuple(row[at : at + 5]) for at in range(0, len(row), 5))


def _leafing(
    texts: Texts, numbers: tuple[Row, ...], pressed: MoreResults, total: int
) -> tuple[Row, ...]:
    turns = _turns(texts, pressed, 0, total - 1)
    return (*numbers, *turns, _judging(texts, pressed.question))


def _turns(texts: Texts, pressed: MoreResults, first: int, last: int) -> tuple[Row, ...]:
    """Return the row that leafs through results; none where there is one page."""
    row = []
    if pressed.page > first:
        row.append(Button(texts.label("previous"), MoreResults(pressed.question, pressed.page - 1)))
    if pressed.page < last:
        row.append(Button(texts.label("next"), MoreResults(pressed.question, pressed.page + 1)))
    return (tuple(row),) if row else ()


def _uncertain(texts: Texts, answer: Uncertain, question: str) -> Screen:
    """Show the best quote as a guess, and the next ones as buttons."""
    quote, *others = answer.quotes
    further = others[:FURTHER]
    html = texts.screen(
        "uncertain",
        doubt=answer.doubt.value,
        quote=quote,
        deadlines=_deadlines(answer),
        further=bool(further),
    )
    rows = tuple((_further(texts, one),) for one in further)
    more = len(others) > FURTHER
    return Screen(html, (*rows, *_rows(texts, quote, question, more=more)))


def _further(texts: Texts, quote: Quote) -> Button:
    press = OpenClause(document_id(quote.file), clause_id(quote.clause), 0, anew=1)
    return Button(texts.label("further_quote", quote=quote), press)


def _several(texts: Texts, answer: Several, question: str) -> Screen:
    html = texts.screen("several", choices=answer.choices, most=CHOICES)
    rows = tuple(
        (Button(texts.label("choose", n=n, choice=choice), AskOf(question, choice_id(choice))),)
        for n, choice in enumerate(answer.choices[:CHOICES], 1)
    )
    return Screen(html, rows)


def _unknown(texts: Texts, catalogue: Catalogue, answer: Unknown, question: str) -> Screen:
    html = texts.screen(
        "unknown",
        documents=len(catalogue.documents),
        reason=answer.reason.value,
        named=answer.named,
        topics=answer.topics[:TOPICS],
    )
    rows = [(_topic(texts, topic),) for topic in answer.topics[:TOPICS]]
    return Screen(html, (*rows, _judging(texts, question)))


def _topic(texts: Texts, topic: Topic) -> Button:
    pressed = OpenClause(document_id(topic.quote.file), clause_id(topic.quote.clause), 0, anew=1)
    return Button(texts.label("open_topic", title=topic.title), pressed)
