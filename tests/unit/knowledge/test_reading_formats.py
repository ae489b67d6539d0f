"""A directive is the same directive in whatever format it comes."""

import html
import textwrap
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from knowledge.parsing import parse
from knowledge.reading import read
from tests.unit.knowledge.reading_samples.pdfs import Page, Text, pdf

LINES_OF_PAGE = 45
LETTERS_OF_LINE = 95


def as_word(text: str) -> bytes:
    """Write each line as a paragraph."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_page(text: str) -> bytes:
    """Write each line with text as a paragraph of HTML."""
    lines = (html.escape(line) for line in text.split("\n") if line.strip())
    return "".join(f"<p>{line}</p>\n" for line in lines).encode()


def as_pdf(text: str) -> bytes:
    """Print the lines, the longer ones over several, on as many pages as they take."""
    lines = [
        part for line in text.split("\n") for part in textwrap.wrap(line, LETTERS_OF_LINE) or [""]
    ]
    pages = (lines[at : at + LINES_OF_PAGE] for at in range(0, len(lines), LINES_OF_PAGE))
    return pdf(
        *(
            Page(
                texts=tuple(
                    Text(line, 40, 800 - 16 * at, 10) for at, line in enumerate(page) if line
                )
            )
            for page in pages
        )
    )


@pytest.mark.acceptance
@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        ("docx", as_word),
        ("html", as_page),
        ("pdf", as_pdf),
        ("txt", lambda text: text.encode("utf-16")),
    ],
    ids=["docx", "html", "pdf", "utf-16"],
)
def test_a_real_directive_is_the_same_in_every_form(
    suffix: str, write: Callable[[str], bytes], acceptance_data: Path, tmp_path: Path
) -> None:
    """Clauses, citations, notes and header of the five directives do not depend on the file."""
    files = sorted((acceptance_data / "directives").glob("*.txt"))
    assert files
    for original in files:
        source = read(original)
        expected = parse(source)
        (tmp_path / f"b.{suffix}").write_bytes(write(source.text))
        found = parse(read(tmp_path / f"b.{suffix}"))
        assert [clause.path for clause in found.clauses] == [c.path for c in expected.clauses]
        assert [cited.number for cited in found.citations] == [c.number for c in expected.citations]
        assert len(found.footnotes) == len(expected.footnotes)
        assert (found.header.number, found.header.date) == (
            expected.header.number,
            expected.header.date,
        )


def test_a_note_of_word_is_a_note_of_the_directive(tmp_path: Path) -> None:
    """What reading writes for a footnote is what parsing takes for one."""
    file = tmp_path / "a.txt"
    file.write_text(
        "KẾ HOẠCH\n1. Các xã rà soát mô hình năm 2024¹ và gửi kết quả.\n2. Các sở phối hợp.\n\n"
        "¹ Theo Kế hoạch số 12-KH/TU của Tỉnh ủy.\n",
        encoding="utf-8",
    )
    note = parse(read(file)).footnotes[0]
    assert (note.mark, note.anchor) == ("¹", "1")
    assert "Theo Kế hoạch số 12-KH/TU" in note.text
