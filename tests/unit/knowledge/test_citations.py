"""Citations: which documents a clause names, with the date and issuer it states."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Clause, ClauseKind, Footnote
from knowledge.parsing.citations import citations


def clause(path: str, text: str) -> Clause:
    """Make a numbered clause."""
    return Clause(path=path, kind=ClauseKind.CLAUSE, text=text)


def cited(text: str) -> list[tuple[str, str | None, str | None]]:
    """Read the numbered citations of one clause: number, date, issuer."""
    numbered, _ = citations([clause("1", text)], [])
    return [(c.number, c.date.isoformat() if c.date else None, c.issuer) for c in numbered]


def named(text: str) -> list[str]:
    """Read the names cited in one clause."""
    return [citation.name for citation in citations([clause("1", text)], [])[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "theo Chỉ thị số 18-CT/TU, ngày 05/3/2024 của Ban Thường vụ Tỉnh ủy về việc khác.",
            [("18-CT/TU", "2024-03-05", "Ban Thường vụ Tỉnh ủy")],
        ),
        (
            "Kế hoạch số 9/KH-UBND ngày 02 tháng 4 năm 20241 của UBND tỉnh ban hành mẫu",
            [("9/KH-UBND", "2024-04-02", "UBND tỉnh")],
        ),
        (
            "Kết luận số 7-KL/TW của Ban Bí thư (khóa XII) về nông dân",
            [("7-KL/TW", None, "Ban Bí thư (khóa XII)")],
        ),
        (
            "Nghị quyết số 8-NQ/TW của Bộ Chính trị khóa XIII “Về đất đai”",
            [("8-NQ/TW", None, "Bộ Chính trị khóa XIII")],
        ),
        (
            "Kế hoạch số 15-KH/TU của Ban Thường vụ Thành ủy ngày 03/02/2024 về",
            [("15-KH/TU", "2024-02-03", "Ban Thường vụ Thành ủy")],
        ),
        (
            "Chương trình số 3-CTr/BDVTU-BCSĐ ngày 1/2/2023 giữa Ban Dân vận Tỉnh ủy và Ban cán sự "
            "đảng Ủy ban nhân dân tỉnh về dân vận",
            [
                (
                    "3-CTr/BDVTU-BCSĐ",
                    "2023-02-01",
                    "Ban Dân vận Tỉnh ủy và Ban cán sự đảng Ủy ban nhân dân tỉnh",
                )
            ],
        ),
        (
            "theo đề nghị của Sở Xây dựng tại Tờ trình số 44/TTr-SXD ngày 6/6/2023;",
            [("44/TTr-SXD", "2023-06-06", "Sở Xây dựng")],
        ),
        (
            "Ngày 20/10/2022, Thủ tướng Chính phủ đã ban hành Chỉ thị số 14/CT-TTg về chuyển đổi.",
            [("14/CT-TTg", "2022-10-20", "Thủ tướng Chính phủ")],
        ),
        ("thực hiện Chỉ thị số 18-CT/TU.", [("18-CT/TU", None, None)]),
    ],
)  # fmt: skip
def test_date_and_issuer_are_read_as_stated(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """Both date forms, either order, term, joint issuer and issuer before the number are read."""
    assert cited(text) == expected


@pytest.mark.parametrize("joint", [" và Quyết định số ", ", Quyết định số ", ", "])
def test_numbers_of_one_list_share_the_date_and_issuer_stated_last(joint: str) -> None:
    """A date and an issuer after the second of two numbers hold for both."""
    text = f"Quyết định số 300-QĐ/TW{joint}301-QĐ/TW, ngày 12/12/2020 của Bộ Chính trị."
    expected = ("2020-12-12", "Bộ Chính trị")
    assert [(d, i) for _, d, i in cited(text)] == [expected, expected]


def test_a_semicolon_ends_the_sharing() -> None:
    """What follows a semicolon says nothing of the number before it."""
    text = "Quyết định số 300-QĐ/TW; Quyết định số 301-QĐ/TW, ngày 12/12/2020 của Bộ Chính trị."
    assert cited(text)[0] == ("300-QĐ/TW", None, None)


def test_bodies_of_two_series_do_not_share() -> None:
    """A provincial number takes nothing from a central one beside it."""
    text = "Quyết định số 30-QĐ/TU và Quyết định số 31-QĐ/TW ngày 1/3/2022 của Bộ Chính trị"
    assert cited(text)[0] == ("30-QĐ/TU", None, None)


def test_a_number_counts_once_in_a_clause() -> None:
    """A second mention adds only what the first left out."""
    text = "Theo Kết luận số 7-KL/TW; việc thực hiện Kết luận số 7-KL/TW ngày 4/5/2020 là chính."
    assert cited(text) == [("7-KL/TW", "2020-05-04", None)]


def test_a_number_belongs_to_the_innermost_unit() -> None:
    """A containing clause does not repeat what its items cite."""
    item = Clause(path="1.-1", kind=ClauseKind.ITEM, text="- Thực hiện Chỉ thị số 5-CT/TU.")
    outer = clause("1", "1. Các sở theo Chỉ thị số 6-CT/TU:\n- Thực hiện Chỉ thị số 5-CT/TU.")
    numbered, _ = citations([outer, item], [])
    assert [(c.clause, c.number) for c in numbered] == [("1", "6-CT/TU"), ("1.-1", "5-CT/TU")]


def test_footnotes_are_one_place() -> None:
    """A document named in two footnotes is cited once, with clause `footnote`."""
    notes = [
        Footnote(mark=mark, anchor="1", text=f"{mark} Chỉ thị số 5-CT/TU ngày 1/1/2020")
        for mark in "12"
    ]
    numbered, _ = citations([], notes)
    assert [(c.clause, c.number, c.date) for c in numbered] == [
        ("footnote", "5-CT/TU", date(2020, 1, 1))
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tuyên truyền Luật Tiếp công dân nhằm giúp", ["Luật Tiếp công dân"]),
        (
            "Luật Phòng, chống tham nhũng và Luật Tố cáo năm 2018.",
            ["Luật Phòng, chống tham nhũng", "Luật Tố cáo năm 2018"],
        ),
        ("Luật Hôn nhân và gia đình; Hội Luật gia; pháp luật", ["Luật Hôn nhân và gia đình"]),
        (
            "Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030 và đề án",
            ["Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030"],
        ),
        ("Nghị quyết Đại hội XIV của Đảng về", ["Nghị quyết Đại hội XIV của Đảng"]),
        ("Quyết định số 5-QĐ/TU ngày 1/1/2020 ban hành Quy chế làm việc của Ban.", []),
        ("Công văn này, Kế hoạch này, Chương trình số 5-CTr/TU", []),
        ("Căn cứ Luật Bảo vệ bí mật nhà nước số 117/2025/QH15", []),
    ],
)
def test_laws_and_programmes_are_cited_by_name(text: str, names: list[str]) -> None:
    """A name ends where the sentence goes on; one inside a numbered document's title is none."""
    assert named(text) == names


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail."""
    assert all(citation.clause == "1" for citation in citations([clause("1", text)], [])[0])


@pytest.mark.acceptance
def test_truth_has_a_date_for_every_citation_that_states_one(acceptance_data: Path) -> None:
    """Each sentence that the truth quotes a number from gives that number when read alone."""
    documents = json.loads((acceptance_data / "gold" / "documents.json").read_text("utf-8"))
    for document in documents:
        text = (acceptance_data / "directives" / document["file"]).read_text("utf-8")
        numbers = {number for number, _, _ in cited(text)}
        assert {citation["number"] for citation in document["citations"]} <= numbers
