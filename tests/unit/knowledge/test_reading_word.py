"""A .docx is read as Word shows it: numbers, tables, text boxes, notes and all."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.reading import read
from knowledge.reading.legacy import raw
from knowledge.reading.limits import PART_BYTES, PARTS, UNPACKED_BYTES
from knowledge.reading.word_numbering import written
from knowledge.refusals import BrokenFile, EmptyFile, ExpandsTooFar, PasswordProtected
from tests.unit.knowledge.reading_samples.encoders import tcvn3, vni

SAMPLES = Path(__file__).parent / "reading_samples"
W = nsdecls("w")


def text_of(document: WordDocument, folder: Path) -> str:
    """Save, read, and return the text without the last line end."""
    file = folder / "a.docx"
    document.save(str(file))
    return read(file).text.rstrip("\n")


def test_paragraphs_and_tables_keep_their_order(tmp_path: Path) -> None:
    """The office heading in two cells comes before the title, a data table row by row."""
    document = Document()
    heading = document.add_table(1, 2).rows[0].cells
    heading[0].text = "TỈNH ỦY PHÚ AN\n*"
    heading[0].add_paragraph("Số 12-KH/TU")
    heading[1].text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    document.add_paragraph("KẾ HOẠCH")
    data = document.add_table(2, 2)
    for place, word in enumerate(("TT", "Đơn vị", "1", "Sở Nội vụ")):
        data.cell(place // 2, place % 2).text = word
    document.add_paragraph("Hết")
    assert text_of(document, tmp_path).split("\n") == [
        *("TỈNH ỦY PHÚ AN", "*", "Số 12-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        *("KẾ HOẠCH", "TT\tĐơn vị", "1\tSở Nội vụ", "Hết"),
    ]


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    """Clause marks that Word counts itself stand in the text, level under level."""
    document = Document()
    levels = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")]
    _add_list(document, 77, levels)
    for level, words in enumerate(("Mục đích", "Yêu cầu chung", "Đúng tiến độ", "Gọn")):
        _listed(document, words, 77, level)
    _listed(document, "Sát thực tế", 77, 2)
    _listed(document, "Nhiệm vụ", 77, 0)
    _listed(document, "Tuyên truyền", 77, 1)
    assert text_of(document, tmp_path).split("\n") == [
        *("I. Mục đích", "1. Yêu cầu chung", "a) Đúng tiến độ", "- Gọn", "b) Sát thực tế"),
        *("II. Nhiệm vụ", "1. Tuyên truyền"),
    ]


def test_articles_go_on_counting_through_chapters(tmp_path: Path) -> None:
    """A level that is told not to restart keeps its number under the next chapter."""
    document = Document()
    _add_list(document, 78, [("upperRoman", "Chương %1"), ("decimal", "Điều %2.")], restart=False)
    for words, level in (("Chung", 0), ("Phạm vi", 1), ("Riêng", 0), ("Hiệu lực", 1)):
        _listed(document, words, 78, level)
    assert text_of(document, tmp_path).split("\n") == [
        *("Chương I Chung", "Điều 1. Phạm vi", "Chương II Riêng", "Điều 2. Hiệu lực"),
    ]


def test_a_use_that_begins_anew_counts_from_its_start(tmp_path: Path) -> None:
    """Two uses of one list go on together, unless the second says where it starts."""
    document = Document()
    _add_list(document, 79, [("decimal", "%1.")])
    numbering = document.part.numbering_part.element
    for use, override in (
        (80, ""),
        (81, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="{use}"><w:abstractNumId w:val="79"/>{override}</w:num>')
        )
    for words, use in (("a", 79), ("b", 80), ("c", 81), ("d", 81)):
        _listed(document, words, use, 0)
    assert text_of(document, tmp_path).split("\n") == ["1. a", "2. b", "1. c", "2. d"]


def test_numbers_of_a_style_count_too(tmp_path: Path) -> None:
    """A paragraph is numbered by its style as well as by itself."""
    document = Document()
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    assert text_of(document, tmp_path).split("\n") == ["1. Một", "2. Hai", "• gạch"]


def _add_list(
    document: WordDocument, number: int, levels: list[tuple[str, str]], *, restart: bool = True
) -> None:
    numbering = document.part.numbering_part.element
    kept = "" if restart else '<w:lvlRestart w:val="0"/>'
    described = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{kept}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{described}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    )


def _listed(document: WordDocument, words: str, use: int, level: int) -> None:
    _put(
        document.add_paragraph(words)._p.get_or_add_pPr(),
        f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>',
    )


def _put(holder: BaseOxmlElement, xml: str) -> None:
    holder.append(parse_xml(xml))


def test_footnotes_are_called_and_follow_the_text(tmp_path: Path) -> None:
    """A note's call is a raised number, its text stands after the body under that number."""
    document = Document()
    document.add_paragraph("Căn cứ Kế hoạch năm 2024")
    document.add_paragraph("Kết thúc")
    document.save(str(tmp_path / "plain.docx"))
    note = (
        '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>Số 67-KH/BDV</w:t></w:r></w:p></w:footnote>"
    )
    call = '<w:r><w:footnoteReference w:id="5"/></w:r></w:p>'
    file = _changed(
        tmp_path / "plain.docx",
        add={"word/footnotes.xml": f"<w:footnotes {W}>{note}</w:footnotes>"},
        replace={
            "word/document.xml": ("</w:p>", call),
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                '<Relationship Id="rIdN" Target="footnotes.xml" Type="http://schemas.openxmlformats'
                '.org/officeDocument/2006/relationships/footnotes"/></Relationships>',
            ),
        },
    )
    assert read(file).text == "Căn cứ Kế hoạch năm 2024¹\nKết thúc\n\n¹ Số 67-KH/BDV\n"


def test_a_raised_figure_is_a_superscript(tmp_path: Path) -> None:
    """A footnote digit typed raised is not glued to the year before it."""
    document = Document()
    paragraph = document.add_paragraph("năm 2024")
    paragraph.add_run("12").font.superscript = True
    assert text_of(document, tmp_path) == "năm 2024¹²"


def test_what_word_shows_is_what_is_read(tmp_path: Path) -> None:
    """Capitals by formatting are capitals; hidden and struck-out words are not there."""
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("chỉ thị ").font.all_caps = True
    paragraph.add_run("ẩn ").font.hidden = True
    for inner in (
        f"<w:del {W}><w:r><w:delText>cũ </w:delText></w:r></w:del>",
        f'<w:ins {W}><w:r><w:t xml:space="preserve">mới </w:t></w:r></w:ins>',
        f'<w:hyperlink {W}><w:r><w:t xml:space="preserve">nối </w:t></w:r></w:hyperlink>',
        f"<w:sdt {W}><w:sdtContent>"
        '<w:r><w:t xml:space="preserve">ô </w:t></w:r></w:sdtContent></w:sdt>',
        f"<w:r {W}><w:instrText>PAGE</w:instrText></w:r>",
        f"<w:r {W}><w:t>67</w:t><w:noBreakHyphen/><w:t>KH</w:t></w:r>",
    ):
        _put(paragraph._p, inner)
    assert text_of(document, tmp_path) == "CHỈ THỊ mới nối ô 67-KH"


def test_a_text_box_stands_before_its_paragraph(tmp_path: Path) -> None:
    """The copy that Word keeps of a drawing for its older self is not read twice."""
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p></w:txbxContent>"
    _put(
        document.add_paragraph("Dòng")._p,
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert text_of(document, tmp_path) == "Khung\nDòng"


def test_breaks_of_pages_and_lines_are_kept(tmp_path: Path) -> None:
    """A page break is a form feed, a line break a line feed."""
    document = Document()
    run = document.add_paragraph("một").add_run()
    run.add_break(WD_BREAK.PAGE)
    run.add_text("hai")
    run.add_break()
    run.add_text("ba")
    assert text_of(document, tmp_path) == "một\fhai\nba"


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    """A cell that goes over several rows stands in the first of them."""
    document = Document()
    table = document.add_table(2, 2)
    for place, word in enumerate(("Khối", "Sở Y tế", "", "Sở Tư pháp")):
        table.cell(place // 2, place % 2).text = word
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Khối"
    assert text_of(document, tmp_path) == "Khối\tSở Y tế\nSở Tư pháp"


def test_legacy_fonts_are_read_as_shown(tmp_path: Path) -> None:
    """.VnTimeH shows TCVN3 as capitals, other fonts as it is; a style may name the font."""
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run(raw(tcvn3("chỉ thị"))).font.name = ".VnTimeH"
    paragraph.add_run(raw(tcvn3(" về công tác dân vận"))).font.name = ".VnTime"
    document.add_paragraph().add_run(raw(vni("Tăng cường đối thoại"))).font.name = "VNI-Times"
    document.styles["Quote"].font.name = ".VnTime"
    document.add_paragraph(raw(tcvn3("giữ lời hứa với dân")), style="Quote")
    assert text_of(document, tmp_path).split("\n") == [
        "CHỈ THỊ về công tác dân vận",
        "Tăng cường đối thoại",
        "giữ lời hứa với dân",
    ]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (27, "lowerLetter", "aa"),
        (3, "decimalZero", "03"),
        (12, "ordinalText", "12"),
        (0, "upperRoman", "0"),
        (9999, "upperLetter", "9999"),
    ],
)
def test_numbers_take_words_forms(number: int, form: str, text: str) -> None:
    """Roman figures and letters as Word writes them; unknown forms and extremes in figures."""
    assert written(number, form) == text


def test_a_document_locked_by_a_password_is_named_so() -> None:
    """A .docx with a password is no archive but a locked container."""
    with pytest.raises(PasswordProtected):
        read(SAMPLES / "locked.docx")


def test_an_empty_document_is_empty(tmp_path: Path) -> None:
    """Paragraphs without a letter are no text."""
    document = Document()
    document.add_paragraph(" . ")
    with pytest.raises(EmptyFile):
        text_of(document, tmp_path)


def test_a_part_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    """A bomb of one part is stopped while it unpacks, whatever its archive declares."""
    bomb = b"<w:document>" + b" " * (PART_BYTES + 1)
    file = _archive(tmp_path / "bomb.docx", {"word/document.xml": bomb})
    assert file.stat().st_size < PART_BYTES / 500
    with pytest.raises(ExpandsTooFar) as refused:
        read(file)
    assert refused.value.limit == PART_BYTES
    data = file.read_bytes()
    true = len(bomb).to_bytes(4, "little")
    assert data.count(true) == 2
    file.write_bytes(data.replace(true, (12).to_bytes(4, "little")))
    with pytest.raises(BrokenFile):
        read(file)


def test_many_parts_that_unpack_too_far_are_refused(tmp_path: Path) -> None:
    """The archive's own sum is held to a limit before anything is unpacked."""
    chunk = b"\0" * (UNPACKED_BYTES // 8 + 1)
    file = _archive(tmp_path / "bomb.docx", {f"word/media/{n}.png": chunk for n in range(8)})
    with pytest.raises(ExpandsTooFar) as refused:
        read(file)
    assert refused.value.limit == UNPACKED_BYTES


def test_an_archive_of_countless_parts_is_refused(tmp_path: Path) -> None:
    """More entries than any document has are not even listed."""
    file = _archive(tmp_path / "a.docx", {f"{n}": b"" for n in range(PARTS + 1)})
    with pytest.raises(ExpandsTooFar):
        read(file)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"/>',
        "<other/>",
        f"<w:document {W}><w:body>{'<w:tbl><w:tr><w:tc>' * 60}{'</w:tc></w:tr></w:tbl>' * 60}"
        "</w:body></w:document>",
        f"<w:document {W}><w:body><w:p>{'<w:ins>' * 60}{'</w:ins>' * 60}</w:p></w:body>"
        "</w:document>",
    ],
    ids=["cut", "entities", "not-word", "deep-tables", "deep-runs"],
)
def test_xml_that_is_no_document_is_broken(body: str, tmp_path: Path) -> None:
    """Cut, booby-trapped or absurdly nested XML gives one refusal."""
    file = _archive(tmp_path / "a.docx", {"word/document.xml": body.encode()})
    with pytest.raises(BrokenFile):
        read(file)


def test_lists_and_styles_that_go_in_circles_end(tmp_path: Path) -> None:
    """A style based on itself and absurd numbers do not hold up the reader."""
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="S"/>'
        "</w:style></w:styles>"
    )
    numbers = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:start w:val="99999999999999"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1%9."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    body = (
        f'<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="S"/><w:numPr><w:ilvl w:val="x"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>chữ</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="{part}" Type="{kind}/{part}" Target="{part}.xml"/>'
        for part in ("styles", "numbering")
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{links}</Relationships>"
    )
    parts = {
        "word/document.xml": body,
        "word/styles.xml": styles,
        "word/numbering.xml": numbers,
        "word/_rels/document.xml.rels": relations,
    }
    file = _archive(tmp_path / "a.docx", {name: part.encode() for name, part in parts.items()})
    assert read(file).text == "I. chữ\n"


def _archive(file: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def _changed(file: Path, *, add: dict[str, str], replace: dict[str, tuple[str, str]]) -> Path:
    """Write a copy of a .docx with parts added, and one place in some parts replaced."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in replace.items():
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    parts |= {name: content.encode() for name, content in add.items()}
    return _archive(file.with_name("changed.docx"), parts)
