"""The gate for State secrets: a stamp stops a document, a word that looks like one does not."""

import logging
from pathlib import Path
from types import TracebackType

import pytest
from docx import Document

from knowledge.reading import read
from knowledge.reading.secrecy import HEAD_LINES, stamp
from knowledge.refusals import SECRECY_RULE, SecretDocument
from tests.unit.knowledge.reading_samples.encoders import tcvn3
from tests.unit.knowledge.reading_samples.pdfs import Page, Text, pdf
from tests.unit.knowledge.reading_samples.sentences import TEXT

HEAD = "TỈNH ỦY PHÚ AN\n*\nSố 12-BC/TU\n"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
        ("  [ TỐI  MẬT ]", "TỐI MẬT"),
        ("**MẬT**", "MẬT"),
        ("Tối mật", "TỐI MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("ĐỘ MẬT: MẬT", "MẬT"),
        ("Mức độ mật: tuyệt mật", "TUYỆT MẬT"),
        ("Độ mật\tMật", "MẬT"),
        ("TÀI LIỆU MẬT", "MẬT"),
        ("VĂN BẢN TỐI MẬT", "TỐI MẬT"),
        ("TỈNH ỦY PHÚ AN\tMẬT", "MẬT"),
        ("| TUYỆT MẬT | ĐẢNG CỘNG SẢN VIỆT NAM |", "TUYỆT MẬT"),
        ("MẬT          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("Số: 15-BC/TU (MẬT)", "MẬT"),
        ("MẬT - Bản số: 01", "MẬT"),
        ("MẬT\nBÁO CÁO", "MẬT"),
        ("TỐI MẬT\nDANH SÁCH", "TỐI MẬT"),
        ("MẬT\nĐộ khẩn: Hỏa tốc", "MẬT"),
    ],
)
def test_a_stamp_is_found(line: str, level: str) -> None:
    """A level on a line or in a cell of its own near the head is a stamp, however it is set."""
    assert stamp(f"{HEAD}{line}\n{TEXT}", "") == level
    assert stamp(TEXT, f"3\n{line}") == level


@pytest.mark.parametrize(
    "line",
    [
        "Về công tác bảo vệ bí mật nhà nước",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "LUẬT BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ\nTỐI MẬT",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT",
        "QUY CHẾ BẢO   MẬT   THÔNG TIN",
        "MẬT   ĐỘ   DÂN SỐ",
        "Đổi mật khẩu định kỳ, giữ bí\nmật.",
        "Mật độ dân số của xã là 1.200 người/km²",
        "a) Tuyệt mật;\nb) Tối mật;\nc) Mật.",
        "1. Tuyệt mật\n2. Tối mật\n3. Mật",
        "1. TUYỆT MẬT\n2. TỐI MẬT",
        "Tuyệt mật\tTối mật\tMật",
        "Độ mật: không",
        "Quan hệ mật thiết với Nhân dân",
        "Hợp tác xã nuôi ong lấy mật",
        "MẮT",
        "MẶT",
        "MÁT",
        "MẠT",
    ],
)
def test_words_that_look_alike_are_no_stamp(line: str) -> None:
    """Sentences, headings and lists about secrecy are public matter."""
    assert stamp(f"{HEAD}{line}\n{TEXT}", "") is None


def test_the_highest_of_several_levels_counts() -> None:
    """A stamp that was raised stands beside the older one."""
    assert stamp("MẬT\nTỐI MẬT\n" + TEXT, "") == "TỐI MẬT"


def test_a_stamp_typed_without_diacritics_counts_where_all_is() -> None:
    """In a text wholly without diacritics, MAT is the stamp; in another it is some word."""
    assert stamp("TINH UY PHU AN\nTOI MAT\nBao cao thang 5", "") == "TỐI MẬT"
    assert stamp("TỈNH ỦY PHÚ AN\nMAT\nBáo cáo tháng 5", "") is None


def test_far_from_the_head_a_level_is_a_sample() -> None:
    """A form printed deep inside a public guide shows a stamp and bears none."""
    body = "Nội dung hướng dẫn.\n" * HEAD_LINES
    assert stamp(f"{body}MẬT\n", "") is None
    assert stamp(f"{body}\fMẬT\nPhụ lục", "") == "MẬT"


@pytest.mark.parametrize(
    "kind", ["txt", "tcvn3", "md", "front", "html", "docx", "header", "pdf", "note"]
)
def test_every_format_passes_the_gate(kind: str, tmp_path: Path) -> None:
    """In whatever file and place the stamp stands, the document is refused with rule and level."""
    with pytest.raises(SecretDocument) as refused:
        read(_stamped(kind, tmp_path))
    assert refused.value.level == "TỐI MẬT"
    assert refused.value.rule == SECRECY_RULE == "Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 5"


def _stamped(kind: str, folder: Path) -> Path:
    if kind in {"docx", "header"}:
        return _stamped_word(folder / "a.docx", in_header=kind == "header")
    content = {
        "txt": f"TỐI MẬT\n{TEXT}".encode(),
        "tcvn3": tcvn3(f"TốI MậT\n{TEXT.lower()}"),
        "md": f"# TỐI MẬT\n\n{TEXT}".encode(),
        "front": f"---\nđộ mật: Tối mật\n---\n{TEXT}".encode(),
        "html": f"<div><span>TỐI</span> <b>MẬT</b></div><p>{TEXT}</p>".encode(),
        "pdf": pdf(Page(texts=(Text("TỈNH ỦY PHÚ AN"), Text("TỐI MẬT", x=400)))),
        "note": pdf(Page(texts=(Text("Báo cáo tháng của tỉnh ủy"),), note="TỐI MẬT")),
    }[kind]
    suffix = {"tcvn3": "txt", "front": "md", "note": "pdf"}.get(kind, kind)
    file = folder / f"a.{suffix}"
    file.write_bytes(content)
    return file


def _stamped_word(file: Path, *, in_header: bool) -> Path:
    document = Document()
    place = document.sections[0].header if in_header else document
    place.add_paragraph().add_run("Tối mật").font.all_caps = True
    document.add_paragraph(TEXT)
    document.save(str(file))
    return file


def test_a_refused_secret_leaves_nothing_behind(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the refusal, its causes, the frames it passed nor a log hold a word of the text."""
    file = tmp_path / "a.txt"
    file.write_text(f"TỐI MẬT\n{TEXT}", encoding="utf-8")
    with caplog.at_level(logging.DEBUG), pytest.raises(SecretDocument) as refused:
        read(file)
    word = "quát nạt"
    error = refused.value
    assert word in TEXT
    assert word not in str(error) + str(vars(error)) + caplog.text
    assert (error.__cause__, error.__context__) == (None, None)
    assert word not in "".join(_locals(error.__traceback__))
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def _locals(trace: TracebackType | None) -> list[str]:
    """Return what the product's frames still hold; the test's own frame holds the text."""
    held = []
    while trace is not None:
        if "knowledge" in Path(trace.tb_frame.f_code.co_filename).parts[:-2]:
            held += list(map(repr, trace.tb_frame.f_locals.values()))
        trace = trace.tb_next
    return held
