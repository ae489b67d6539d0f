"""The library by buttons: everything can be reached, nothing is too long, what is gone is stale."""

import dataclasses
from datetime import date

import pytest

from bot.texts import Texts
from handlers.core.callback_data import CallbackData, StaleButton, encode
from handlers.core.screen import Screen
from handlers.library.buttons import OpenClause, OpenDocument, OpenDocuments, OpenRelated
from handlers.library.screens import clause, document, documents, related
from knowledge.catalogue import Catalogue, NotInCatalogue, cited, clause_id, document_id
from knowledge.model import Header
from tests.unit.handlers.samples import LONG, directive

TEXTS = Texts()
PLAN = directive()
ID = document_id(PLAN.file)


def library(count: int) -> Catalogue:
    """Give a catalogue of so many plans."""
    return Catalogue.of([directive(f"plan-{n:02d}.md") for n in range(count)])


def opened(catalogue: Catalogue, pressed: CallbackData) -> Screen:
    """Open what a press of the library opens."""
    match pressed:
        case OpenDocuments():
            return documents(TEXTS, catalogue, pressed)
        case OpenDocument():
            return document(TEXTS, catalogue, pressed)
        case OpenClause():
            return clause(TEXTS, catalogue, pressed)
        case OpenRelated():
            return related(TEXTS, catalogue, pressed)
        case _:
            raise AssertionError(pressed)


def reachable(catalogue: Catalogue) -> dict[CallbackData, Screen]:
    """Open everything that can be reached by buttons from the list."""
    found: dict[CallbackData, Screen] = {}
    waiting: list[CallbackData] = [OpenDocuments(0)]
    while waiting:
        pressed = waiting.pop()
        if pressed not in found:
            found[pressed] = opened(catalogue, pressed)
            waiting += [button.data for row in found[pressed].rows for button in row]
    return found


def test_every_clause_of_every_document_can_be_reached() -> None:
    """By buttons alone, each with data and a label that Telegram takes."""
    catalogue = library(20)
    found = reachable(catalogue)
    for plan in catalogue.documents:
        for path in ("preamble", "I", "II", "II.1", "II.2"):
            assert OpenClause(document_id(plan.file), clause_id(path), 0) in found
    for screen in found.values():
        assert 1 <= len(screen.html) <= 4096
        for button in (button for row in screen.rows for button in row):
            assert len(encode(button.data).encode()) <= 64
            assert 1 <= len(button.label) <= 64


def test_a_long_clause_is_shown_whole_page_by_page() -> None:
    """The pages of a clause hold all its words, once."""
    catalogue = Catalogue.of([PLAN])
    pages = [
        screen.html
        for pressed, screen in sorted(reachable(catalogue).items(), key=lambda one: str(one[0]))
        if isinstance(pressed, OpenClause) and pressed.clause == clause_id("II.2")
    ]
    assert len(pages) == 3
    assert sum(page.count(LONG.split(",")[0]) for page in pages) == 100


def test_the_latest_document_stands_first() -> None:
    """Documents without a date come last."""
    old = directive("a.md", header=Header(date=date(2020, 1, 1)))
    new = directive("b.md", header=Header(date=date(2024, 1, 1)))
    undated = directive("c.md", header=Header())
    listed = Catalogue.of([undated, old, new]).documents
    assert [one.file for one in listed] == ["b.md", "a.md", "c.md"]


def test_named_parts_are_opened_like_clauses() -> None:
    """The signature and the footnotes have their places too."""
    catalogue = Catalogue.of([PLAN])
    signature = clause(TEXTS, catalogue, OpenClause(ID, clause_id("signature"), 0))
    assert "Phần ký, Kế hoạch số 175/KH-UBND" in signature.html
    assert "Trần A" in signature.html
    note = clause(TEXTS, catalogue, OpenClause(ID, clause_id("footnote"), 0))
    assert "1 Nghị quyết số 25-NQ/TW" in note.html


@pytest.mark.parametrize(
    "pressed",
    [
        OpenDocuments(9),
        OpenDocument("0" * 12, 0),
        OpenDocument(ID, 9),
        OpenClause(ID, "0" * 8, 0),
        OpenClause(ID, clause_id("II"), 9),
        OpenClause(ID, clause_id("recipients"), 0),
        OpenRelated("0" * 12),
    ],
)
def test_what_is_gone_is_a_stale_button(pressed: CallbackData) -> None:
    """A document, clause or page that is not there any more."""
    with pytest.raises((StaleButton, NotInCatalogue)):
        opened(Catalogue.of([PLAN]), pressed)


def test_related_documents_of_both_directions() -> None:
    """What a document cites and what cites it, with buttons for those in the library."""
    named = directive(
        "chi-thi.md",
        header=dataclasses.replace(PLAN.header, number="33/CT-TTg", type="chỉ thị"),
        citations=(),
        named_citations=(),
    )
    catalogue = Catalogue.of([PLAN, named])
    forth = related(TEXTS, catalogue, OpenRelated(ID))
    assert "33/CT-TTg, ngày 26/11/2021, của Thủ tướng Chính phủ" in forth.html
    assert "Luật Dân chủ cơ sở" in forth.html
    back = related(TEXTS, catalogue, OpenRelated(document_id("chi-thi.md")))
    assert "Văn bản viện dẫn văn bản này</b> (1)" in back.html
    for screen, other in ((forth, "chi-thi.md"), (back, PLAN.file)):
        assert screen.rows[0][0].data == OpenDocument(document_id(other), 0)


def test_a_number_cited_twice_is_listed_once() -> None:
    """With all that the mentions together state."""
    [number, name] = cited(PLAN)
    assert (number.clause, number.issuer, number.issued) == (
        "preamble",
        "Thủ tướng Chính phủ",
        date(2021, 11, 26),
    )
    assert name.name == "Luật Dân chủ cơ sở"
