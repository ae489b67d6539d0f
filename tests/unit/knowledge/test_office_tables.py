"""A table of duties is understood in each format, and nothing more is made of it."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from knowledge.library.intake import take
from knowledge.model import ClauseKind, Directive

COLUMNS = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm")
ROWS = (
    ("1", "Mở lớp bồi dưỡng", "Sở Nội vụ", "Công an tỉnh", "Trước ngày 30/6/2026", "Báo cáo"),
    ("2", "Sơ kết mô hình", "Sở Y tế", "", "Quý III/2026", "Hội nghị"),
    ("3", "Tổng hợp số liệu", "Văn phòng UBND tỉnh", "Các sở, ngành", "Hằng tháng", ""),
)
ABOVE = "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ"


def as_markdown() -> str:
    """Write the table with bars."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *ROWS]
    return f"{ABOVE}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def as_webpage() -> str:
    """Write the table as a page, its heading's first cell over two rows."""
    head = "".join(f"<th rowspan=2>{name}</th>" for name in COLUMNS[:2])
    both = "<th colspan=2>Cơ quan thực hiện</th>"
    rest = "".join(f"<th rowspan=2>{name}</th>" for name in COLUMNS[4:])
    second = "<th>Chủ trì</th><th>Phối hợp</th>"
    body = "".join(
        f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in cells)}</tr>" for cells in ROWS
    )
    above = "".join(f"<p>{line}</p>" for line in ABOVE.split("\n"))
    return f"{above}<table><tr>{head}{both}{rest}</tr><tr>{second}</tr>{body}</table>"


def as_text() -> str:
    """Write the table with bars between the cells alone."""
    return f"{ABOVE}\n" + "\n".join(" | ".join(cells) for cells in (COLUMNS, *ROWS))


@pytest.fixture(params=["md", "html", "txt", "docx", "odt", "xlsx", "rtf"])
def directive(request: pytest.FixtureRequest, tmp_path: Path) -> Directive:
    """Read the table in one format, below the signature of a plan."""
    file = tmp_path / f"ke-hoach.{request.param}"
    signed = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n"
    body = f"KẾ HOẠCH\nCông tác năm 2026\n1. Sở Nội vụ theo dõi.\n{signed}"
    if request.param in _WRITERS:
        _WRITERS[request.param](file, body)
        return take(file)
    written = {"md": as_markdown, "html": as_webpage, "txt": as_text}[request.param]()
    lines = body.replace("\n", "\n\n")
    if request.param == "html":
        lines = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    file.write_text(f"{lines}{written}", encoding="utf-8")
    return take(file)


def _word(file: Path, body: str) -> None:
    document = Document()
    for line in (*body.split("\n"), *ABOVE.split("\n")):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(COLUMNS))
    for cells in (COLUMNS, *ROWS):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(file))


def _sheet(file: Path, body: str) -> None:
    book = Workbook()
    sheet = book.create_sheet()
    for line in (*body.split("\n"), *ABOVE.split("\n")):
        sheet.append([line])
    for cells in (COLUMNS, *ROWS):
        sheet.append(cells)
    book.save(file)


_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"


def _open_document(file: Path, body: str) -> None:
    spaces = " ".join(f'xmlns:{name}="{_NAMES}{name}:1.0"' for name in ("office", "text", "table"))
    lines = "".join(f"<text:p>{line}</text:p>" for line in (*body.split("\n"), *ABOVE.split("\n")))
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    rows = "".join(
        f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"
        for cells in (COLUMNS, *ROWS)
    )
    text = f"<office:text>{lines}<table:table>{rows}</table:table></office:text>"
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body>{text}</office:body>"
            "</office:document-content>",
        )


def _rich_text(file: Path, body: str) -> None:
    def coded(text: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)

    def row(cells: tuple[str, ...]) -> str:
        held = "".join(rf"\pard\intbl {coded(cell)}\cell " for cell in cells)
        return rf"\trowd {held}\row "

    above = (*body.split("\n"), *ABOVE.split("\n"))
    lines = "".join(rf"\pard {coded(line)}\par " for line in above)
    rows = "".join(map(row, (COLUMNS, *ROWS)))
    head = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Times New Roman;}}"
    file.write_bytes(f"{head}{lines}{rows}}}".encode("ascii"))


_WRITERS = {"docx": _word, "xlsx": _sheet, "odt": _open_document, "rtf": _rich_text}


def test_each_row_is_a_clause_and_one_duty(directive: Directive) -> None:
    """Lead, help and time come from the columns; no other duty comes from the table."""
    below = [duty for duty in directive.duties if duty.clause.startswith("Phụ lục")]
    assert [(duty.clause, duty.lead, duty.support) for duty in below] == [
        ("Phụ lục.1", ("Sở Nội vụ",), ("Công an tỉnh",)),
        ("Phụ lục.2", ("Sở Y tế",), ()),
        ("Phụ lục.3", ("Văn phòng UBND tỉnh",), ("Các sở, ngành",)),
    ]
    days = [str(duty.deadline and duty.deadline.day) for duty in below]
    assert days == ["2026-06-30", "2026-09-30", "None"]


def test_the_table_is_kept_as_a_value(directive: Directive) -> None:
    """Columns and cells stay apart, an empty cell too."""
    (table,) = directive.tables
    assert table.clause == "Phụ lục"
    assert table.columns[1] == "Nhiệm vụ"
    assert [row[1] for row in table.rows] == [row[1] for row in ROWS]
    assert table.rows[1][3] == ""


def test_a_table_that_charges_nobody_gives_no_duty(tmp_path: Path) -> None:
    """Figures, criteria and lists of names are rows to quote, and nobody's duty."""
    file = tmp_path / "a.md"
    rows = "| 1 | Xây dựng mô hình | 20 |\n| 2 | Tổ chức đối thoại | 30 |"
    file.write_text(
        f"KẾ HOẠCH\n\nNăm 2026\n\n1. Bảng điểm:\n\n| TT | Nội dung | Điểm |\n|-|-|-|\n{rows}",
        encoding="utf-8",
    )
    directive = take(file)
    assert not directive.duties
    assert [c.path for c in directive.clauses if c.kind is ClauseKind.ROW] == ["1.1", "1.2"]
