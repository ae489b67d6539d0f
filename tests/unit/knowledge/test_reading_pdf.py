"""A PDF with a text layer is read as its pages show it; others are refused by name."""

import zlib
from pathlib import Path

import pytest

from knowledge.reading import pdf as pdf_module
from knowledge.reading import read, scans
from knowledge.reading.legacy import raw
from knowledge.refusals import (
    BrokenFile,
    PasswordProtected,
    ScannedPdf,
    TooMuchText,
    TooSlow,
)
from tests.unit.knowledge.reading_samples.encoders import tcvn3
from tests.unit.knowledge.reading_samples.pdfs import Page, Text, archive, paragraph, pdf
from tests.unit.knowledge.reading_samples.sentences import SENTENCES, TEXT

SAMPLES = Path(__file__).parent / "reading_samples"
A4 = (595.0, 842.0)


def text_of(folder: Path, *pages: Page) -> str:
    """Write a PDF, read it, and return the text."""
    file = folder / "a.pdf"
    file.write_bytes(pdf(*pages))
    return read(file).text


def test_lines_and_pages_are_kept(tmp_path: Path) -> None:
    """Printed lines stay lines for the parser to join; a page ends with a form feed."""
    assert text_of(tmp_path, paragraph(*SENTENCES[:3]), paragraph(*SENTENCES[3:])) == (
        "\n".join(SENTENCES[:3]) + "\f" + "\n".join(SENTENCES[3:])
    )


def test_columns_of_a_heading_are_kept_apart(tmp_path: Path) -> None:
    """Issuer and motto on one printed line do not run into each other."""
    heading = Page(texts=(Text("TỈNH ỦY PHÚ AN"), Text("ĐẢNG CỘNG SẢN VIỆT NAM", x=350)))
    issuer, motto = (part for part in text_of(tmp_path, heading).split("   ") if part.strip())
    assert (issuer, motto.strip()) == ("TỈNH ỦY PHÚ AN", "ĐẢNG CỘNG SẢN VIỆT NAM")


def test_the_call_of_a_footnote_is_raised(tmp_path: Path) -> None:
    """A small figure above the line is not glued to the year, at the note as at its call."""
    page = Page(
        texts=(
            Text("tháng 4 năm 2024", size=14),
            Text("1", x=72 + 7 * 16, y=704.6, size=9),
            Text("; các sở", x=72 + 7 * 16 + 4.5, size=14),
            Text("1", y=104, size=7),
            Text("Ghi chú số 12", x=77, y=100, size=10),
        )
    )
    assert text_of(tmp_path, page) == "tháng 4 năm 2024¹; các sở\n¹Ghi chú số 12"


def test_a_number_broken_at_its_hyphen_keeps_it(tmp_path: Path) -> None:
    """The hyphen at a line's end is part of a document number, not a trait of layout."""
    text = text_of(tmp_path, paragraph("Kế hoạch số 67-", "KH/BDVTU và các"))
    assert text == "Kế hoạch số 67-\nKH/BDVTU và các"


def test_a_text_layer_in_a_legacy_font_is_decoded(tmp_path: Path) -> None:
    """Old documents printed to PDF hold bytes of TCVN3 as letters."""
    lines = [raw(tcvn3(sentence.lower())) for sentence in SENTENCES]
    assert text_of(tmp_path, paragraph(*lines)) == TEXT.lower()


@pytest.mark.parametrize(
    ("pages", "scanned"),
    [
        ([Page(), Page(picture=A4)], (1, 2)),
        ([Page(picture=A4), paragraph(*SENTENCES)], (1,)),
        ([paragraph(*SENTENCES), Page(texts=(Text("Ký bởi: UBND xã"),), picture=A4)], (2,)),
    ],
    ids=["no-text", "first-page", "signature-over-scan"],
)
def test_scanned_pages_are_named(
    pages: list[Page],
    scanned: tuple[int, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without Tesseract a PDF with pictures of pages would be half-read; it is refused by page."""
    monkeypatch.setattr(scans, "installed", lambda _: False)
    with pytest.raises(ScannedPdf) as refused:
        text_of(tmp_path, *pages)
    assert (refused.value.pages, refused.value.scanned) == (2, scanned)


def test_a_seal_and_a_blank_page_are_no_scan(tmp_path: Path) -> None:
    """A small picture, a page left blank, and text over a full background are all in order."""
    seal = Page(texts=(Text("Nơi nhận: như trên"),), picture=(90, 90))
    form = Page(texts=paragraph(*SENTENCES).texts, picture=A4)
    assert text_of(tmp_path, paragraph(TEXT[:60]), Page(), seal, form).count("\f") == 3


def test_a_password_is_named() -> None:
    """A locked PDF is told from a broken one."""
    with pytest.raises(PasswordProtected):
        read(SAMPLES / "locked.pdf")


@pytest.mark.parametrize(
    "data", [b"no pdf", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<< /Type", b"\0" * 99]
)
def test_a_damaged_pdf_is_broken(data: bytes, tmp_path: Path) -> None:
    """What is cut or never was a PDF gives one refusal."""
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    with pytest.raises(BrokenFile):
        read(file)


def test_a_pdf_that_eats_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that unpacks a thousandfold ends the reading process and nothing else."""
    monkeypatch.setattr(pdf_module, "PDF_MEMORY_BYTES", 160 * 1024 * 1024)
    bomb = zlib.compress(b"BT /F 12 Tf <0001> Tj ET\n" * 4_000_000, 9)
    assert text_of(tmp_path, paragraph(*SENTENCES)) == TEXT
    file = tmp_path / "bomb.pdf"
    file.write_bytes(_with_content(b"/Filter /FlateDecode", bomb))
    with pytest.raises(BrokenFile):
        read(file)


def test_a_pdf_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading process is ended at its limit of time."""
    monkeypatch.setattr(pdf_module, "PDF_SECONDS", 0)
    with pytest.raises(TooSlow):
        text_of(tmp_path, paragraph(*SENTENCES))


def test_a_pdf_with_too_much_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker gives no more characters than it was asked for."""
    monkeypatch.setattr(pdf_module, "TEXT_CHARS", 100)
    with pytest.raises(TooMuchText):
        text_of(tmp_path, paragraph(*SENTENCES))


def _with_content(head: bytes, content: bytes) -> bytes:
    """Return a PDF of one page with this content stream."""
    return archive(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content),
        ]
    )
