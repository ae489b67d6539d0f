"""Passages are verbatim, short enough to quote, and lose no run of 25 words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Clause, ClauseKind, Directive, Footnote, Header
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.searching.passages import PASSAGE_CHARACTERS, passages, windows

WORD = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxy"), min_size=1, max_size=7)
LINE = st.lists(WORD, min_size=1, max_size=120).map(lambda words: " ".join(words) + ".")
TEXT = st.lists(LINE, min_size=1, max_size=12).map("\n".join)


def clause(path: str, text: str, kind: ClauseKind = ClauseKind.CLAUSE) -> Clause:
    """Make a clause without a heading."""
    return Clause(path=path, kind=kind, text=text)


def directive(*clauses: Clause, header: Header | None = None) -> Directive:
    """Make a directive of these clauses."""
    return Directive(file="a.txt", header=header or Header(), clauses=clauses)


def sentence(word: str, count: int) -> str:
    """Make one long sentence."""
    return " ".join([word] * count) + "."


class TestWindows:
    """A long text is cut into overlapping pieces."""

    @given(TEXT)
    def test_every_run_of_words_lies_whole_in_a_piece(self, text: str) -> None:
        """25 words in a row, wherever they stand, are in one piece, and no piece is too long."""
        pieces = [piece.split() for piece in windows(text)]
        words = text.split()
        assert all(len(piece) <= PASSAGE_CHARACTERS for piece in windows(text))
        runs = {tuple(words[at : at + 25]) for at in range(max(len(words) - 24, 1))}
        held = {
            tuple(piece[at : at + 25]) for piece in pieces for at in range(max(len(piece) - 24, 1))
        }
        assert runs <= held

    @given(TEXT)
    def test_pieces_are_verbatim(self, text: str) -> None:
        """Each piece stands in the text letter for letter."""
        assert all(piece in text for piece in windows(text))

    def test_a_text_without_blanks_ends(self) -> None:
        """Even a word longer than a passage is cut, and the cutting comes to an end."""
        assert "".join(windows("x" * 5_000)).count("x") >= 5_000


class TestClauses:
    """A clause that fits is one passage; a longer one is cut by what it contains."""

    def test_a_clause_that_fits_stays_whole(self) -> None:
        """Its items are quoted with it, not again alone."""
        whole = directive(
            clause("1", "1. Rửa tay:\n- trước bữa ăn;\n- sau giờ làm."),
            clause("1.-1", "- trước bữa ăn;", ClauseKind.ITEM),
            clause("1.-2", "- sau giờ làm.", ClauseKind.ITEM),
        )
        assert [(p.clause, p.text) for p in passages(whole)] == [("1", whole.clauses[0].text)]

    def test_a_long_clause_is_cut_by_its_items(self) -> None:
        """The line that leads the items in goes with the first of them."""
        items = [f"- {sentence(word, 150)}" for word in ("tay", "chân", "mắt")]
        outer = "1. Giữ sạch:\n" + "\n".join(items) + "\nViệc này làm hằng ngày."
        inner = [clause(f"1.-{n}", text, ClauseKind.ITEM) for n, text in enumerate(items, start=1)]
        found = passages(directive(clause("1", outer), *inner))
        assert [p.clause for p in found] == ["1.-1", "1.-2", "1.-3"]
        assert found[0].text.startswith("1. Giữ sạch:\n- tay")
        assert found[-1].text.endswith("Việc này làm hằng ngày.")

    def test_a_section_gives_its_clauses_their_heading(self) -> None:
        """The heading is context, searched but not quoted."""
        section = Clause(
            path="I", kind=ClauseKind.SECTION, text="I. Nhà bếp\n1. Rửa rau.", heading="Nhà bếp"
        )
        found = passages(directive(section, clause("I.1", "1. Rửa rau.")))
        assert "Nhà bếp" in found[-1].context
        assert found[-1].clause == "I.1"

    def test_printed_blocks_and_footnotes_are_passages(self) -> None:
        """Head, addressees, recipients, signature and footnotes can be quoted as printed."""
        header = Header(
            heading_text="XÃ MẪU\nSố 7-CV/ĐU",
            addressed_text="Kính gửi: Các xóm",
            recipients_text="Nơi nhận:\n- Như trên",
            signature_text="BÍ THƯ\nNguyễn Văn Mẫu",
        )
        made = Directive(
            file="a.txt",
            header=header,
            clauses=(clause("1", "1. Quét đường."),),
            footnotes=(Footnote(mark="1", anchor="1", text="Xem sổ tay."),),
        )
        found = {p.clause: p.text for p in passages(made)}
        assert found["header"] == header.heading_text
        assert found["addressed_to"] == header.addressed_text
        assert found["recipients"] == header.recipients_text
        assert found["signature"] == header.signature_text
        assert found["footnote"] == "Xem sổ tay."

    @given(st.lists(TEXT, min_size=1, max_size=5))
    def test_ordinals_count_and_files_are_named(self, texts: list[str]) -> None:
        """Passages are numbered from 0 in reading order, none is empty or too long."""
        clauses = [clause(str(n), text) for n, text in enumerate(texts, start=1)]
        found = passages(directive(*clauses))
        assert [p.ordinal for p in found] == list(range(len(found)))
        assert all(p.text and len(p.text) <= PASSAGE_CHARACTERS for p in found)


@pytest.mark.acceptance
def test_every_gold_quote_lies_in_a_passage(acceptance_data: Path) -> None:
    """On the real directives, each quotation of the truth is whole in a passage of its file."""
    cut = {
        path.name: [" ".join(p.text.split()).casefold() for p in passages(parse(read(path)))]
        for path in (acceptance_data / "directives").glob("*.txt")
    }
    lines = (acceptance_data / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    answers = [answer for line in lines for answer in json.loads(line)["answers"]]
    missing = [
        answer["quote"]
        for answer in answers
        if not any(
            " ".join(answer["quote"].split()).casefold() in text for text in cut[answer["file"]]
        )
    ]
    assert len(answers) > 200
    assert missing == []
