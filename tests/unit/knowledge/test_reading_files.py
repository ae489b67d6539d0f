"""Text, Markdown and HTML files are read as meant; what cannot be read is refused by name."""

from pathlib import Path

import pytest

from knowledge.file_kinds import FILE_BYTES
from knowledge.reading import KINDS, old_word, programs, read, reader
from knowledge.reading.legacy import raw
from knowledge.reading.limits import PAGE_BYTES
from knowledge.refusals import (
    BrokenFile,
    CannotOpen,
    EmptyFile,
    FileRefused,
    NoSuchFile,
    NotText,
    OldWordFile,
    TooLarge,
    TooMuchText,
    UnknownEncoding,
    UnknownKind,
)
from tests.unit.knowledge.reading_samples.encoders import ENCODERS, tcvn3, vps
from tests.unit.knowledge.reading_samples.sentences import SENTENCES, TEXT


def text_of(name: str, content: str | bytes, folder: Path) -> str:
    """Write a file, read it, and return the text without the last line end."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(file).text.rstrip("\n")


def test_a_text_file_keeps_its_layout(tmp_path: Path) -> None:
    """Blanks, blank lines and page breaks are the parser's evidence, and stay."""
    text = " \tTỈNH ỦY\n\n   *\n\fSố 12-KH/TU  \nnăm 2024¹"
    assert text_of("a.txt", text, tmp_path) == text


def test_a_source_bears_the_name_of_its_file(tmp_path: Path) -> None:
    """The name is without folders, as the library lists it; a capital extension counts too."""
    file = tmp_path / "Kế hoạch 12.TXT"
    file.write_text(TEXT, encoding="utf-8")
    source = read(file)
    assert (source.name, source.text, dict(source.meta)) == ("Kế hoạch 12.TXT", TEXT, {})


def test_front_matter_is_kept_apart(tmp_path: Path) -> None:
    """Fields stand as written, dates and numbers too; a list is joined; the text begins after."""
    file = tmp_path / "a.md"
    file.write_text(
        "---\nnumber: 12-KH/TU\ndate: 2024-05-06\nterm: 010\ntitle: 'Về: việc'\n"
        "to:\n  - Sở A\n  - Sở B\n---\n\nNội dung",
        encoding="utf-8",
    )
    source = read(file)
    assert source.text == "\nNội dung"
    assert source.meta == {
        "number": "12-KH/TU",
        "date": "2024-05-06",
        "term": "010",
        "title": "Về: việc",
        "to": "Sở A; Sở B",
    }


def test_rules_around_prose_are_no_front_matter(tmp_path: Path) -> None:
    """A line of dashes at the top may be a rule; what follows it is text."""
    assert text_of("a.md", "---\nLời nói đầu\n---\nHết", tmp_path) == "\nLời nói đầu\n\nHết"
    assert text_of("a.md", "---\nnumber: 1\nHết", tmp_path) == "\nnumber: 1\nHết"


@pytest.mark.parametrize("front", ["a: [b", "a: {b: c}", "? {a: b}\n: c", "[" * 9000, "a: *b"])
def test_front_matter_that_is_no_list_of_fields_is_broken(front: str, tmp_path: Path) -> None:
    """Broken, nested or absurd YAML is refused, not guessed at."""
    with pytest.raises(BrokenFile):
        text_of("a.md", f"---\n{front}\n---\nHết", tmp_path)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# KẾ HOẠCH #", "KẾ HOẠCH"),
        ("**Về** *việc* __họp__ _lần_ `hai`", "Về việc họp lần hai"),
        ("* mục\n  * con", "- mục\n  - con"),
        ("- mục\n+ mục", "- mục\n+ mục"),
        ("1\\. Một \\* hai", "1. Một * hai"),
        ("> trích\n> > sâu", "trích\nsâu"),
        ("[Cổng](https://a.vn/x) ![ảnh](b.png)", "Cổng ảnh"),
        ("| TT | Đơn vị |\n|----|:--:|\n| 1 | Sở |", "TT\tĐơn vị\n1\tSở"),
        ("năm 2024[^1]\n\n[^1]: Ghi chú", "năm 2024¹\n\n¹ Ghi chú"),
        ("năm 2024<sup>12</sup><br>dòng", "năm 2024¹²\ndòng"),
        ("a <!-- ẩn\nẩn --> b <!-- mở", "a  b <!-- mở"),
        ("TỈNH ỦY\n*\nSố 1", "TỈNH ỦY\n*\nSố 1"),
        ("2*3*4 và snake_case_name", "234 và snake_case_name"),
    ],
)
def test_marks_of_formatting_are_taken_out(written: str, shown: str, tmp_path: Path) -> None:
    """Markdown is read as its reader sees it, list and clause marks kept."""
    assert text_of("a.md", written, tmp_path) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Một\n hai</p><p>ba<br>bốn</p>", "Một hai\nba\nbốn"),
        ("<head><title>x</title><style>p{}</style></head><p>a<script>b</script></p>", "a"),
        ("<div style='display:none'>ẩn</div><nav>mục</nav><p>hiện<!-- ẩn --></p>", "hiện"),
        ("<ol start=3><li>ba<li>bốn<ul><li>con</ul></ol>", "3. ba\n4. bốn\n- con"),
        ("<table><tr><th>TT<th>Sở</tr><tr><td>1<td>Y tế</table>", "TT\tSở\n1\tY tế"),
        (
            "<table><tr><td><p>TỈNH ỦY</p><p>*</p></td><td>ĐẢNG</td></tr></table>",
            "TỈNH ỦY\n*\nĐẢNG",
        ),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>c", "a\nb\nc"),
        ("năm 2024<sup>1</sup> &amp; 2025&nbsp;&#7841;", "năm 2024¹ & 2025\xa0ạ"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<td>lẻ</td></tr><p>không đóng", "lẻ\nkhông đóng"),
    ],
)
def test_a_page_is_read_as_shown(page: str, shown: str, tmp_path: Path) -> None:
    """Blocks are lines, cells are parted by tabs, what a browser hides is not there."""
    assert text_of("a.html", page, tmp_path) == shown


@pytest.mark.parametrize("name", ENCODERS)
def test_a_page_in_a_legacy_encoding_is_recognised(name: str, tmp_path: Path) -> None:
    """What the page says of its encoding is not trusted; its letters tell."""
    head = b"<meta charset=windows-1252><body>"
    body = b"".join(b"<p>" + ENCODERS[name](each.lower()) + b"</p>" for each in SENTENCES)
    assert text_of("a.htm", head + body, tmp_path) == TEXT.lower()


def test_fonts_of_a_page_tell_capitals(tmp_path: Path) -> None:
    """.VnTimeH shows small letters as capitals, in bytes as in entities."""
    typed = tcvn3("chỉ thị về dân vận")
    page = (
        b"<p style=\"font-family:'.VnTimeH'\">" + typed + b"</p>"
        b'<p><font face=".VnTimeH">' + typed + b"</font></p><p>" + typed + b"</p>"
    )
    entities = page.decode("latin-1").encode("ascii", "xmlcharrefreplace")
    shown = "CHỈ THỊ VỀ DÂN VẬN\nCHỈ THỊ VỀ DÂN VẬN\nchỉ thị về dân vận"
    assert text_of("a.html", page, tmp_path) == shown
    assert text_of("b.html", entities, tmp_path) == shown


def test_legacy_text_saved_as_unicode_is_recovered(tmp_path: Path) -> None:
    """A .txt saved from a document in .VnTime is UTF-8 of the wrong letters."""
    assert text_of("a.txt", raw(tcvn3(TEXT.lower())), tmp_path) == TEXT.lower()
    assert text_of("b.md", raw(vps(TEXT)), tmp_path) == TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_empty(kind: str, tmp_path: Path) -> None:
    """No byte at all is one refusal, whatever the format."""
    with pytest.raises(EmptyFile):
        text_of(f"a{kind}", b"", tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.txt", b" \n\t. -\n", EmptyFile),
        ("a.html", b"<p> </p><!-- x -->", EmptyFile),
        ("a.html", b"<!-- x -->", EmptyFile),
        ("a.md", b"---\nnumber: 1\n---\n\n", EmptyFile),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", NotText),
        ("a.md", b"PK\x03\x04zip", NotText),
        ("a.html", b"%PDF-1.7", NotText),
        ("a.txt", "Приказ об утверждении".encode("koi8-r"), UnknownEncoding),
        ("a.docx", b"PK\x03\x04 cut", BrokenFile),
        ("a.docx", b"plain", BrokenFile),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, OldWordFile),
        ("a.doc", b"plain", BrokenFile),
        ("a.xlsx", b"PK\x03\x04", BrokenFile),
        ("a.odt", b"PK\x03\x04", BrokenFile),
        ("a.pptx", b"PK\x03\x04", UnknownKind),
        ("a", b"text", UnknownKind),
        ("a.html", b"<b>" * 3000 + b"x", BrokenFile),
        ("a.html", b" " * (PAGE_BYTES + 1), TooLarge),
        ("a.txt", b"x" * (FILE_BYTES + 1), TooLarge),
        ("a.txt", b"x " * 1_600_000, TooMuchText),
        ("a.html", b"<br>" * 300_001, TooMuchText),
    ],
)
def test_bad_input_has_a_name(
    name: str, content: bytes, refusal: type[FileRefused], tmp_path: Path
) -> None:
    """Each kind of bad input is its own refusal and names the file, without its folder."""
    with pytest.raises(FileRefused) as refused:
        text_of(name, content, tmp_path)
    assert type(refused.value) is refusal
    assert refused.value.file == name
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(("has", "refusal"), [(False, OldWordFile), (True, BrokenFile)])
def test_an_old_word_file_needs_its_program(
    has: bool,
    refusal: type[FileRefused],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without antiword it is said what to install; with it, a damaged file is a damaged file."""
    monkeypatch.setattr(old_word, "installed", lambda _: has)
    monkeypatch.setattr(programs, "_HELD", "exit 1")
    with pytest.raises(refusal):
        text_of("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, tmp_path)


@pytest.mark.parametrize("data", [b"<html><p>Giao</p></html>", b"PK\x03\x04"])
def test_a_page_or_a_new_file_under_the_old_extension_is_read_as_what_it_is(
    data: bytes, tmp_path: Path
) -> None:
    """Programs save pages and new documents as .doc too."""
    if data.startswith(b"PK"):
        with pytest.raises(BrokenFile):
            text_of("a.doc", data, tmp_path)
    else:
        assert text_of("a.doc", data, tmp_path) == "Giao"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A missing file and a folder are no crash either."""
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(NoSuchFile):
        read(tmp_path / "none.txt")
    with pytest.raises(CannotOpen):
        read(tmp_path / "folder.txt")


def test_no_more_is_read_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file at the limit is read, one byte more is refused with the limit."""
    monkeypatch.setattr(reader, "FILE_BYTES", 9)
    assert text_of("a.txt", b"123456789", tmp_path) == "123456789"
    with pytest.raises(TooLarge) as refused:
        text_of("a.txt", b"1234567890", tmp_path)
    assert refused.value.limit == 9


@pytest.mark.acceptance
def test_real_directives_lose_nothing(acceptance_data: Path) -> None:
    """The real files are read as they are: all words in order, the lost character kept."""
    lost = 0
    for file in sorted((acceptance_data / "directives").glob("*.txt")):
        text = read(file).text
        assert len(text.split()) == len(file.read_text(encoding="utf-8").split())
        lost += text.count("\ufffd")
    assert lost == 1
