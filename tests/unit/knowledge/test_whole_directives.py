"""Five fictional directives, whole, as offices print them."""

from pathlib import Path

import pytest

from knowledge.model import Directive, Duty
from knowledge.parsing import parse
from knowledge.reading import read

FOLDER = Path(__file__).parent / "directives"


def whole(name: str) -> Directive:
    """Read and parse one of the files."""
    return parse(read(FOLDER / f"{name}.txt"))


def duties_of(directive: Directive, clause: str) -> list[Duty]:
    """Return what a clause charges units with."""
    return [duty for duty in directive.duties if duty.clause == clause]


def text_of(directive: Directive, path: str) -> str:
    """Return the text of one clause."""
    return next(clause.text for clause in directive.clauses if clause.path == path)


class TestPlan:
    """A plan of a People's Committee, its head in two columns, its clauses with labelled data."""

    directive = whole("ke-hoach")

    def test_the_head_in_two_columns_is_read(self) -> None:
        """Number, place, date and who signed for whom."""
        header = self.directive.header
        assert (header.number, header.place, str(header.date)) == (
            "87/KH-UBND",
            "Sông Lam",
            "2025-08-15",
        )
        assert (header.signer, header.signer_role) == ("Nguyễn Văn Bình", "Phó Chủ tịch")

    def test_a_label_opens_an_item_below_a_full_line(self) -> None:
        """A line "Cơ quan chủ trì: …" is an item, however long the line above it."""
        paths = [clause.path for clause in self.directive.clauses]
        assert [path for path in paths if path.startswith("II.1.")] == [
            "II.1.-1",
            "II.1.-2",
            "II.1.-3",
        ]

    def test_a_clause_that_is_only_a_heading_takes_its_duty_from_the_labels(self) -> None:
        """The heading says what, the labels who and by when."""
        (duty,) = duties_of(self.directive, "II.1")
        assert duty.lead == ("Ủy ban nhân dân các xã, phường, đặc khu",)
        assert duty.support == ("Sở Nội vụ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh")
        assert duty.deadline
        assert str(duty.deadline.before) == "2026-06-30"

    def test_units_listed_over_a_semicolon_lead_together(self) -> None:
        """The list "Các sở, ban, ngành; Ủy ban nhân dân …" is one subject."""
        assert {duty.lead for duty in duties_of(self.directive, "III.1")} == {
            ("Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường")
        }

    def test_each_day_to_report_by_is_a_duty(self) -> None:
        """A plan to make once, then a half-yearly and a yearly report by another road."""
        found = duties_of(self.directive, "III.1")
        assert [duty.deadline and str(duty.deadline.before) for duty in found] == [
            "2025-09-30",
            "06-15",
            "12-15",
        ]
        assert [duty.report_via for duty in found] == [None, "Sở Nội vụ", "Sở Nội vụ"]


class TestDecision:
    """A decision of a chairman, with grounds above its articles."""

    directive = whole("quyet-dinh")

    def test_the_grounds_are_the_preamble(self) -> None:
        """What a decision rests on is kept, and its citations are read."""
        assert text_of(self.directive, "preamble").startswith("Căn cứ Luật Tổ chức")
        cited = {citation.number for citation in self.directive.citations}
        assert {"23-QĐ/TW", "55/TTr-SNV", "1563/QĐ-UBND"} <= cited

    def test_numbers_in_the_grounds_are_not_its_own(self) -> None:
        """The date of a proposal is not the date of the decision."""
        header = self.directive.header
        assert (header.number, str(header.date)) == ("412/QĐ-UBND", "2026-02-03")

    def test_the_articles_charge_and_set_days(self) -> None:
        """A yearly report with its day; who carries it out is charged nothing of their own."""
        (report,) = duties_of(self.directive, "Điều 2")
        assert report.deadline
        assert str(report.deadline.before) == "12-20"
        assert not duties_of(self.directive, "Điều 4")


class TestPartyDirective:
    """A directive of a provincial Party committee after 2025, its clauses marked `1-`."""

    directive = whole("chi-thi")

    @pytest.mark.parametrize(
        ("clause", "lead"),
        [
            ("1", "các cấp ủy, tổ chức đảng"),
            ("2", "Đảng uỷ Uỷ ban nhân dân tỉnh"),
            ("3", "Ban Tuyên giáo và Dân vận Tỉnh uỷ"),
            ("4", "Đảng ủy các xã, phường"),
        ],
    )
    def test_each_clause_charges_whom_it_names(self, clause: str, lead: str) -> None:
        """The first inherits from the preamble; the others open with their unit."""
        assert duties_of(self.directive, clause)[0].lead == (lead,)

    def test_a_footnote_is_taken_from_the_word_it_clings_to(self) -> None:
        """The word "Bộ Chính trị1" is the Political Bureau with a mark."""
        assert "Chính trị1" not in text_of(self.directive, "1")
        (note,) = self.directive.footnotes
        assert note.anchor == "1"

    def test_a_report_goes_by_the_road_that_is_named(self) -> None:
        """Reported to the Standing Board through its department."""
        (duty,) = duties_of(self.directive, "4")
        assert duty.report_to == "Ban Thường vụ Tỉnh ủy"
        assert duty.report_via == "Ban Tuyên giáo và Dân vận Tỉnh ủy"


class TestLetter:
    """An official letter with its subject under the number and its day in the closing."""

    directive = whole("cong-van")

    def test_the_subject_under_the_number_is_the_title(self) -> None:
        """The line "V/v …" belongs to the heading."""
        title = self.directive.header.title
        assert title
        assert title.startswith("V/v báo cáo kết quả")

    def test_a_report_due_in_the_closing_falls_to_those_charged_in_the_preamble(self) -> None:
        """A line "Báo cáo gửi về … chậm nhất ngày …" names nobody: all who were asked owe it."""
        duty = duties_of(self.directive, "closing")[0]
        assert duty.lead == ("các cơ quan, đơn vị, địa phương",)
        assert duty.lead_inherited
        assert duty.report_to == "Sở Nội vụ"
        assert duty.deadline
        assert str(duty.deadline.by) == "2026-06-12"


class TestGuideline:
    """A guideline with headings in capitals."""

    directive = whole("huong-dan")

    def test_a_heading_in_capitals_is_no_unit(self) -> None:
        """The heading "QUY TRÌNH" leads nothing."""
        leads = {name for duty in self.directive.duties for name in duty.lead}
        assert "QUY TRÌNH" not in leads
        assert "Đảng ủy các xã, phường" in leads
