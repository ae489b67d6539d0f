"""Duties: who leads and helps, with what, by when, reporting to whom."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Clause, ClauseKind, Duty, Header
from knowledge.parsing import parse
from knowledge.parsing.charges import read_charge
from knowledge.parsing.duties import duties
from knowledge.parsing.units import Words, units_at
from knowledge.reading.source import Source
from vietnamese.text import comparable

CLAUSE, ITEM, SECTION = ClauseKind.CLAUSE, ClauseKind.ITEM, ClauseKind.SECTION
PLAN = Header(type="kế hoạch")


def clause(path: str, text: str, kind: ClauseKind = CLAUSE, heading: str | None = None) -> Clause:
    """Make a clause."""
    return Clause(path=path, kind=kind, text=text, heading=heading)


def of(text: str, *before: Clause, header: Header = PLAN) -> list[Duty]:
    """Read the duties of one clause after others."""
    return list(duties(header, [*before, clause("1", f"1. {text}")]))


def only(text: str, *before: Clause) -> Duty:
    """Read the one duty of a clause."""
    [duty] = of(text, *before)
    return duty


PREAMBLE = clause(
    "preamble",
    "Để làm tốt, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng thực hiện những việc sau:",
    ClauseKind.PREAMBLE,
)


class TestUnits:
    """Names of units."""

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            (
                "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh chủ trì",
                ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh"],
            ),
            (
                "Các sở, ban, ngành; Ủy ban nhân dân các xã, phường, đặc khu: Căn cứ",
                ["Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường, đặc khu"],
            ),
            (
                "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tham gia",
                ["Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"],
            ),
            (
                "Thủ trưởng các sở, ban, ngành và các tổ chức, cá nhân có liên quan chịu trách",
                ["Thủ trưởng các sở, ban, ngành", "các tổ chức, cá nhân có liên quan"],
            ),
            (
                "Đảng ủy xã, phường tổ chức thực hiện",
                ["Đảng ủy xã, phường"],
            ),
            (
                "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở tỉnh kiểm tra",
                ["Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở tỉnh"],
            ),
            ("Ban Thường vụ Tỉnh ủy2 và", ["Ban Thường vụ Tỉnh ủy"]),
            ("Ban hành hướng dẫn", []),
            ("Phòng, chống tham nhũng", []),
            ("Tổ chức tiếp công dân", []),
        ],
    )  # fmt: skip
    def test_a_name_ends_where_the_act_begins(self, text: str, names: list[str]) -> None:
        """Commas and "và" inside names hold, those between names part them."""
        assert [unit.name for unit in units_at(Words(text), 0)] == names


class TestCharges:
    """One sentence at a time."""

    @pytest.mark.parametrize(
        ("text", "lead"),
        [
            ("Giao Sở Nội vụ theo dõi việc thực hiện.", ("Sở Nội vụ",)),
            ("Đề nghị Hội Nông dân tỉnh tuyên truyền.", ("Hội Nông dân tỉnh",)),
            ("Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện.", ("các sở, ngành",)),
            ("Hằng năm, căn cứ tình hình, Sở Tài chính bố trí kinh phí.", ("Sở Tài chính",)),
            ("Các địa phương, theo chức năng được giao, tổ chức thực hiện.", ("Các địa phương",)),
            ("Trường Chính trị tỉnh đưa nội dung vào giảng dạy.", ("Trường Chính trị tỉnh",)),
            ("Công an tỉnh đã kiểm tra.", ()),
            ("Nâng cao chất lượng hoạt động của Hội đồng nhân dân.", ()),
            ("Phân công đồng chí chủ tịch phụ trách công tác này.", ()),
        ],
    )
    def test_who_leads(self, text: str, lead: tuple[str, ...]) -> None:
        """The subject of the act or the object of the charge leads; a told fact charges nobody."""
        assert read_charge(text, led=False).lead == lead

    @pytest.mark.parametrize(
        ("text", "support"),
        [
            (
                "Sở Y tế chủ trì, phối hợp chặt chẽ với Sở Tài chính, các cơ quan liên quan lập.",
                ("Sở Tài chính", "các cơ quan liên quan"),
            ),
            ("Tạo điều kiện để Mặt trận Tổ quốc giám sát.", ("Mặt trận Tổ quốc",)),
            ("Cử cán bộ dự lớp do Sở Nội vụ tổ chức.", ("Sở Nội vụ",)),
            ("Công an tỉnh chỉ đạo công an các xã nắm tình hình.", ("công an các xã",)),
            ("Tăng cường hướng dẫn các đơn vị.", ()),
        ],
    )
    def test_who_helps(self, text: str, support: tuple[str, ...]) -> None:
        """Who is worked with, given room, or steered by a named lead helps."""
        assert read_charge(text, led=False).support == support

    @pytest.mark.parametrize(
        ("text", "to", "via"),
        [
            (
                "Định kỳ báo cáo Ban Thường vụ Tỉnh ủy về kết quả (qua Ban Dân vận Tỉnh ủy).",
                "Ban Thường vụ Tỉnh ủy",
                "Ban Dân vận Tỉnh ủy",
            ),
            ("Báo cáo kết quả thực hiện gửi về Sở Nội vụ trước ngày 05/11.", "Sở Nội vụ", None),
            ("Gửi Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh.", "Sở Nội vụ", None),
            ("Tổng hợp và báo cáo UBND tỉnh kết quả.", "UBND tỉnh", None),
            ("Bồi dưỡng báo cáo viên của Tỉnh ủy.", None, None),
        ],
    )
    def test_who_is_reported_to(self, text: str, to: str | None, via: str | None) -> None:
        """The first body a report goes to, and the one it goes through."""
        charge = read_charge(text, led=False)
        assert (charge.report_to, charge.report_via) == (to, via)


class TestClauses:
    """Clauses, with what stands around them."""

    def test_the_preamble_gives_the_lead(self) -> None:
        """A clause that names nobody falls to whom the preamble charges."""
        duty = only("Đẩy mạnh tuyên truyền.", PREAMBLE)
        assert (duty.lead, duty.lead_inherited) == (("các cấp ủy, tổ chức đảng",), True)

    def test_the_addressees_lead_where_the_preamble_charges_nobody(self) -> None:
        """Those under "Kính gửi" are whom the clauses charge."""
        header = Header(addressed_to=("Các sở, ban, ngành",))
        [duty] = of("Đẩy mạnh tuyên truyền.", header=header)
        assert (duty.lead, duty.lead_inherited) == (("Các sở, ban, ngành",), True)

    def test_a_named_lead_stays_for_the_sentences_that_follow(self) -> None:
        """Another time makes another duty of the same lead."""
        first, second = of(
            "Sở Nội vụ xây dựng mô hình mẫu. Đánh giá, xếp loại các đơn vị hằng năm.", PREAMBLE
        )
        assert first.lead == second.lead == ("Sở Nội vụ",)
        assert (first.deadline, second.what) == (None, "Đánh giá, xếp loại các đơn vị hằng năm.")

    def test_sentences_about_one_thing_are_one_duty(self) -> None:
        """A paragraph that brings no other unit, time or output is one duty, verbatim."""
        text = "Tăng cường đối thoại với Nhân dân. Giải quyết kịp thời đơn thư; công khai kết quả."
        assert only(text, PREAMBLE).what == text

    def test_a_report_belongs_to_its_duty(self) -> None:
        """A sentence that only reports gives the duty its time and addressee."""
        duty = only(
            "Các đơn vị tổ chức thực hiện. Hằng năm, báo cáo về Phòng Tổng hợp trước ngày 05/11."
        )
        assert duty.deadline is not None
        assert (str(duty.deadline.before), duty.report_to) == ("11-05", "Phòng Tổng hợp")

    def test_several_report_days_are_several_duties(self) -> None:
        """Each day to report by is a duty of its own."""
        found = of(
            "Sở Y tế định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) báo cáo."
        )
        assert [duty.deadline and str(duty.deadline.before) for duty in found] == ["06-15", "12-15"]

    def test_other_helpers_make_another_duty(self) -> None:
        """A sentence that opens with working together with others stands apart."""
        found = of(
            "Sở Y tế xây dựng kế hoạch; chủ trì, phối hợp với Sở Nội vụ khen thưởng.", PREAMBLE
        )
        assert [duty.support for duty in found] == [(), ("Sở Nội vụ",)]

    def test_a_heading_leads_the_items_below(self) -> None:
        """Units as heading of a clause lead all its items."""
        heading = "Sở Nội vụ"
        outer = clause("1", "1. Sở Nội vụ\n- Mở lớp tập huấn.\n- Kiểm tra cơ sở.", heading=heading)
        items = [
            clause("1.-1", "- Mở lớp tập huấn.", ITEM),
            clause("1.-2", "- Kiểm tra cơ sở.", ITEM),
        ]
        found = duties(PLAN, [outer, *items])
        assert [(duty.clause, duty.lead) for duty in found] == [
            ("1.-1", ("Sở Nội vụ",)),
            ("1.-2", ("Sở Nội vụ",)),
        ]

    def test_labelled_items_are_the_clause_s_data(self) -> None:
        """Units and time under labels give one duty of the clause, and none of their own."""
        lines = [
            "- Đơn vị chủ trì: Sở Y tế, Sở Nội vụ.",
            "- Đơn vị phối hợp: Các phòng, ban liên quan.",
            "- Thời gian thực hiện: Hằng năm.",
        ]
        items = [clause(f"1.-{i}", line, ITEM) for i, line in enumerate(lines, 1)]
        outer = clause("1", "\n".join(["1. Nâng cao chất lượng phục vụ.", *lines]))
        [duty] = duties(PLAN, [outer, *items])
        assert (duty.clause, duty.what) == ("1", "Nâng cao chất lượng phục vụ.")
        assert (duty.lead, duty.support) == (
            ("Sở Y tế", "Sở Nội vụ"),
            ("Các phòng, ban liên quan",),
        )
        assert duty.deadline is not None
        assert duty.deadline.kind.value == "yearly"

    def test_data_may_stand_in_brackets(self) -> None:
        """The same labels in brackets at the end of the sentence are read."""
        duty = only(
            "Cắt giảm thủ tục (Cơ quan chủ trì: Văn phòng UBND tỉnh; phối hợp: các sở; "
            "thời gian: trước ngày 30/6/2026)."
        )
        assert (duty.lead, duty.support) == (("Văn phòng UBND tỉnh",), ("các sở",))
        assert duty.deadline is not None
        assert str(duty.deadline.before) == "2026-06-30"

    def test_purpose_and_requirements_charge_nobody(self) -> None:
        """What stands under "Mục đích, yêu cầu" is no duty."""
        section = clause("I", "I. MỤC ĐÍCH, YÊU CẦU\n1. Các sở thực hiện nghiêm.", SECTION)
        section = clause("I", section.text, SECTION, "MỤC ĐÍCH, YÊU CẦU")
        inner = clause("I.1", "1. Các sở thực hiện nghiêm.")
        assert duties(PLAN, [section, inner]) == ()

    def test_closing_paragraphs_stand_alone(self) -> None:
        """A paragraph after the last clause inherits nothing."""
        closing = clause(
            "closing",
            "Sở Nội vụ theo dõi việc thực hiện.\nChỉ thị này được phổ biến đến chi bộ.",
            ClauseKind.CLOSING,
        )
        found = duties(PLAN, [PREAMBLE, clause("1", "1. Tăng cường kiểm tra."), closing])
        assert [duty.lead for duty in found[1:]] == [("Sở Nội vụ",), ()]

    def test_a_letter_without_clauses_asks_in_its_paragraphs(self) -> None:
        """Whom the first paragraph asks leads the ones that follow."""
        letter = clause(
            "preamble",
            "Thực hiện Kế hoạch số 8/KH-UBND ngày 1/2/2026, Sở Nội vụ đề nghị các sở, ngành báo "
            "cáo kết quả.\nBáo cáo gửi về Sở Nội vụ trước ngày 10/6/2026.",
            ClauseKind.PREAMBLE,
        )
        first, second = duties(Header(type="công văn"), [letter])
        assert first.lead == second.lead == ("các sở, ngành",)
        assert (second.report_to, second.deadline and str(second.deadline.before)) == (
            "Sở Nội vụ",
            "2026-06-10",
        )

    def test_a_law_orders_nobody_unnamed(self) -> None:
        """In a bare law a sentence without a unit is no duty."""
        assert of("Cung cấp thông tin về tài sản.", header=Header()) == []

    def test_the_period_in_a_cited_title_is_no_deadline(self) -> None:
        """Years in the title of a cited directive belong to that directive."""
        duty = only(
            "Thực hiện Chỉ thị số 5/CT-TTg ngày 2/9/2025 của Thủ tướng Chính phủ về cải cách giai "
            "đoạn 2026 - 2030.",
            PREAMBLE,
        )
        assert duty.deadline is None

    @given(st.lists(st.text(max_size=60), max_size=4))
    def test_any_clauses_can_be_read(self, texts: list[str]) -> None:
        """Nothing fails, and what a duty states is verbatim in its clause."""
        clauses = [clause(str(i), text) for i, text in enumerate(texts)]
        for duty in duties(PLAN, clauses):
            assert duty.what in clauses[int(duty.clause)].text


@pytest.mark.acceptance
def test_duties_of_real_directives_agree_with_the_truth(acceptance_data: Path) -> None:
    """Clause, leads and kind of deadline agree one to one in at least .85 (F1)."""
    documents = json.loads((acceptance_data / "gold" / "documents.json").read_text("utf-8"))
    right = wrong = missed = 0
    for document in documents:
        text = (acceptance_data / "directives" / document["file"]).read_text("utf-8")
        found = [_key(duty) for duty in parse(Source(name=document["file"], text=text)).duties]
        for task in document["tasks"]:
            lead = frozenset(comparable(name) for name in task["lead"])
            key = task["clause"], lead, (task["deadline"] or {}).get("kind")
            if key in found:
                found.remove(key)
                right += 1
            else:
                missed += 1
        wrong += len(found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.85


def _key(duty: Duty) -> tuple[str, frozenset[str], str | None]:
    lead = frozenset(comparable(name) for name in duty.lead)
    return duty.clause, lead, duty.deadline.kind.value if duty.deadline else None
