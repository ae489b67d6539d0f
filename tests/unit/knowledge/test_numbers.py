"""Numbers of documents: found where printed, read as typed, never confused with another."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document_kinds import Series, document_kinds
from knowledge.numbers import (
    DocumentNumber,
    find_numbers,
    matches,
    parse_number,
    typed_numbers,
)
from vietnamese.text import fold

PARTY_KINDS = ("CT", "NQ", "QĐ", "QĐi", "KL", "KH", "HD", "CTr", "CV", "TB", "BC", "TTr")
STATE_KINDS = ("CT", "NQ", "QĐ", "KH", "HD", "TB", "BC", "TTr", "NĐ", "TT", "CTr")
ordinals = st.integers(min_value=1, max_value=9999)
party_numbers = st.builds(
    DocumentNumber,
    ordinal=ordinals,
    letter=st.sampled_from(["", "a", "b"]),
    kind=st.sampled_from(PARTY_KINDS),
    issuer=st.sampled_from(["TW", "TU", "BDVTU", "ĐUK", "VPTW", "BDVTU-BCSĐUBND"]),
    series=st.just(Series.PARTY),
)
state_numbers = st.builds(
    DocumentNumber,
    ordinal=ordinals,
    year=st.one_of(st.none(), st.integers(min_value=1990, max_value=2035)),
    kind=st.sampled_from(STATE_KINDS),
    issuer=st.sampled_from(["CP", "TTg", "UBND", "SNV", "HĐND", "BNV"]),
    series=st.just(Series.STATE),
)
numbers = st.one_of(party_numbers, state_numbers)


def names_of(kind: str) -> list[str]:
    """Give the names that kinds with this symbol have."""
    return [row.name for row in document_kinds() if kind in row.symbols]


def the_number(text: str) -> DocumentNumber:
    """Read a printed number that is known to be one."""
    number = parse_number(text)
    assert number is not None
    return number


class TestPrinted:
    """Numbers in a directive's text."""

    @given(numbers)
    def test_what_is_printed_is_read_back(self, number: DocumentNumber) -> None:
        """A printed number, read again, is the same number."""
        assert parse_number(str(number)) == number

    @given(numbers, st.sampled_from(["\n", "\n\n", " \n\n  "]))
    def test_a_broken_line_does_not_part_a_number(self, number: DocumentNumber, gap: str) -> None:
        """A number broken after a hyphen or slash is found whole, its raw form joined."""
        printed = str(number)
        broken = re.sub(r"-(?=[^-]*$)", "-" + gap, printed, count=1)
        found = find_numbers(f"thực hiện Văn bản số {broken} của tỉnh")
        assert [(n, n.raw) for _, n in found] == [(number, printed)]

    @given(st.text(alphabet="0123456789/-.,: năm ngày tháng quýII\n", max_size=40))
    def test_dates_and_counts_number_no_document(self, text: str) -> None:
        """Digits without a symbol are never a document's number."""
        assert find_numbers(text) == []

    @pytest.mark.parametrize(
        ("text", "raw", "kind", "issuer", "drafter", "year"),
        [
            ("số 1161/SNV-XDCQ&TCBM ngày", "1161/SNV-XDCQ&TCBM", None, "SNV", "XDCQ&TCBM", None),
            ("số 02/2015/QĐ-UBND ngày", "02/2015/QĐ-UBND", "QĐ", "UBND", None, 2015),
            ("Quy định số 11-QĐi/TW, ngày", "11-QĐi/TW", "QĐi", "TW", None, None),
            ("Luật số 117/2025/QH15.", "117/2025/QH15", None, "QH15", None, 2025),
            ("số 33 - CT/TU", "33-CT/TU", "CT", "TU", None, None),
            ("số 05/CT- TTg", "05/CT-TTg", "CT", "TTg", None, None),
            ("số 7/2021/QĐ-UBND3 và", "7/2021/QĐ-UBND", "QĐ", "UBND", None, 2021),
            ("số 01/QCPH/UBND-MTTQ", "01/QCPH/UBND-MTTQ", "QCPH", "UBND-MTTQ", None, None),
            ("số 19/2008/NQLT/CP-MTTW", "19/2008/NQLT/CP-MTTW", "NQLT", "CP-MTTW", None, 2008),
            ("Nghị định số 24/CP", "24/CP", None, "CP", None, None),
            ("số 01/2021/TTLT-BNV-BTC", "01/2021/TTLT-BNV-BTC", "TTLT", "BNV-BTC", None, 2021),
        ],
    )  # fmt: skip
    def test_each_convention_is_read(
        self,
        text: str,
        raw: str,
        kind: str | None,
        issuer: str,
        drafter: str | None,
        year: int | None,
    ) -> None:
        """State, Party, legal and official-letter numbers give kind, issuer, drafter and year."""
        [(_, number)] = find_numbers(text)
        got = (number.raw, number.kind, number.issuer, number.drafter, number.year)
        assert got == (raw, kind, issuer, drafter, year)

    def test_the_separator_is_part_of_the_identity(self) -> None:
        """A Party number and a State number of one ordinal and kind are two documents."""
        assert the_number("05-CT/TU") != the_number("05/CT-TU")

    def test_a_zero_before_the_ordinal_is_not(self) -> None:
        """Both "5-CT/TU" and "05-CT/TU" are one number."""
        assert the_number("5-CT/TU") == the_number("05-CT/TU")

    @pytest.mark.parametrize("text", ["24/24 giờ", "năm 2021-2030", "F0/F1", "2 - Hà/Nội", "1/2"])
    def test_slashes_and_hyphens_alone_are_no_number(self, text: str) -> None:
        """Ranges, fractions and names are passed over."""
        assert find_numbers(text) == []


class TestTyped:
    """Numbers in a question."""

    @given(numbers, st.sampled_from(["{kind} {n}", "{kind}{n}", "{kind} số {n}", "{kind}-{n}"]))
    def test_short_forms_match_their_number(self, number: DocumentNumber, form: str) -> None:
        """Forms as "CT33", "CT 33", "ct số 33", with diacritics and without, match the document."""
        typed = form.format(kind=number.kind, n=f"{number.ordinal}{number.letter}")
        if number.ordinal in range(1930, 2100) and "số" not in form and not number.letter:
            return  # a year, as far as anyone can tell
        for question in (typed, typed.lower(), fold(typed)):
            assert [matches(t, number) for t in typed_numbers(question)] == [True], question

    @given(numbers)
    def test_the_full_number_matches_in_any_case(self, number: DocumentNumber) -> None:
        """A number typed whole, in small letters or without diacritics, is that number."""
        for question in (str(number), str(number).lower(), fold(str(number))):
            assert [matches(t, number) for t in typed_numbers(f"nội dung {question}?")] == [True]

    @given(numbers)
    def test_the_name_of_the_kind_matches(self, number: DocumentNumber) -> None:
        """Forms as "chi thi so 33", "Chỉ thị số 33" match the document."""
        for name in names_of(number.kind or ""):
            for question in (f"{name} số {number.ordinal}", f"{fold(name)} so {number.ordinal}"):
                [typed] = typed_numbers(question)
                assert matches(typed, number) is (number.letter == "")

    @given(numbers, numbers)
    def test_two_different_full_numbers_never_match(
        self, one: DocumentNumber, other: DocumentNumber
    ) -> None:
        """A number typed whole matches another only if nothing typed tells them apart."""
        [typed] = typed_numbers(str(one))
        differs = (one.ordinal, one.letter, one.series) != (
            other.ordinal,
            other.letter,
            other.series,
        )
        if differs:
            assert not matches(typed, other)

    @pytest.mark.parametrize(
        ("question", "number"),
        [
            ("33 ct tu", "33-CT/TU"),
            ("33ct/tu", "33-CT/TU"),
            ("CT 05/TU", "05-CT/TU"),
            ("QĐ 124 của BBT nói gì", "124-QĐ/TW"),
            ("nghi quyêt 76 cũa chính phũ ngày máy", "76/NQ-CP"),
            ("BTVTU ra CT 08 về việc gì", "08-CT/TU"),
            ("chi thi 06 cua tinh uy ve mat tran", "06-CT/TU"),
            ("Nghị định 59/2023", "59/2023/NĐ-CP"),
            ("công văn 1161", "1161/SNV-XDCQ&TCBM"),
            ("van ban so 1161", "1161/SNV-XDCQ&TCBM"),
            ("luật số 117/2025", "117/2025/QH15"),
            ("quy định 11", "11-QĐi/TW"),
            ("quy định 124", "124-QĐ/TW"),
            ("chi thj 33", "33/CT-TTg"),
            ("chỉ thị 33 năm 2021 của thủ tướng", "33/CT-TTg"),
            ("kế hoạch 67", "67-KH/BDVTU-BCSĐUBND"),
            ("33", "33-CT/TU"),
        ],
    )
    def test_everyday_forms_reach_their_document(self, question: str, number: str) -> None:
        """Abbreviated, misspelt, unaccented and shortened forms all match."""
        [typed] = typed_numbers(question)
        assert matches(typed, the_number(number))

    @pytest.mark.parametrize(
        ("question", "number"),
        [
            ("chỉ thị 33 của Thủ tướng", "33-CT/TU"),
            ("chỉ thị 33 của Tỉnh ủy", "33/CT-TTg"),
            ("33-ct/tu", "33/CT-TTg"),
            ("13-CT/TU", "33-CT/TU"),
            ("quyết định 11", "11-KL/TW"),
            ("nghị định 59/2022", "59/2023/NĐ-CP"),
            ("chỉ thị 33", "33a-CT/TU"),
            ("CT 33", "33-CTr/TU"),
        ],
    )
    def test_a_near_number_is_another_document(self, question: str, number: str) -> None:
        """Another issuer, separator, digit, kind, year or letter does not match."""
        [typed] = typed_numbers(question)
        assert not matches(typed, the_number(number))

    @pytest.mark.parametrize(
        "question",
        [
            "kế hoạch năm 2024",
            "kế hoạch 2024",
            "kế hoạch 05 năm",
            "báo cáo 6 tháng",
            "báo cáo quý 3",
            "trước ngày 05/11",
            "ký ngày 15 hay 25 tháng 7",
            "quý II",
            "họp trên 2 người",
            "chương trình 5 nội dung",
            "mẫu số 2",
            "công dân 18 tuổi",
            "thông tin 24h",
            "mức 2 ở đâu",
            "nghị quyết đại hội 13",
        ],
    )
    def test_counts_dates_and_places_are_no_numbers(self, question: str) -> None:
        """A count, a date, a year or a part of a text numbers no document."""
        assert typed_numbers(question) == []

    def test_numbers_of_one_list_share_kind_and_body(self) -> None:
        """One list as "QĐ 217 và 218 của Bộ Chính trị" names two decisions of one body."""
        typed = typed_numbers("QĐ 217 và 218 của Bộ Chính trị")
        assert [(t.ordinal, t.issuers) for t in typed] == [(217, ("TW",)), (218, ("TW",))]
        assert all(matches(t, the_number(f"{t.ordinal}-QĐ/TW")) for t in typed)

    def test_each_number_keeps_its_own_body(self) -> None:
        """Two numbers of one question with two bodies stay apart."""
        typed = typed_numbers("Chỉ thị 05 của Bộ Chính trị khác gì Chỉ thị 05 của Tỉnh ủy?")
        assert [t.issuers for t in typed] == [("TW",), ("TU",)]

    @given(st.text(max_size=60))
    def test_any_question_can_be_read(self, question: str) -> None:
        """No text makes the reader fail, and each span holds what it says."""
        for typed in typed_numbers(question):
            assert str(typed.ordinal) in typed.raw.replace(" ", "") or typed.raw.startswith("0")


@pytest.mark.acceptance
def test_every_cited_number_is_found_in_its_file(acceptance_data: Path) -> None:
    """Each number the truth lists stands in its file, and nothing else is taken for one."""
    documents = json.loads((acceptance_data / "gold" / "documents.json").read_text("utf-8"))
    for document in documents:
        text = (acceptance_data / "directives" / document["file"]).read_text("utf-8")
        cited = {citation["number"] for citation in document["citations"]}
        found = {number.raw for _, number in find_numbers(text)} - {document["number"]}
        assert found == cited
