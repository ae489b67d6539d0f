"""Questions over a small library: what is quoted, what is looked up, what is declined."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.answers import SETS, Figures, ours, questions_of
from knowledge.answering import answer_json, ask
from knowledge.answering.values import (
    Answer,
    Doubt,
    Found,
    QuestionKind,
    Quote,
    Several,
    SmallTalk,
    Uncertain,
    Unknown,
    UnknownReason,
)
from knowledge.library import Library

TODAY = date(2026, 3, 2)

DIRECTIVE = """TỈNH ỦY PHÚ YÊN
*
Số 12-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Phú Yên, ngày 15 tháng 4 năm 2024

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
Về giữ gìn chợ quê sạch đẹp
-----
Thực hiện Nghị quyết số 08-NQ/TU, ngày 02/3/2023 của Ban Chấp hành Đảng bộ tỉnh về nếp sống mới, \
Ban Thường vụ Tỉnh ủy yêu cầu:

1. Các cấp ủy, tổ chức đảng vận động tiểu thương bãi bỏ việc bày hàng lấn đường, loại bỏ quầy \
hàng cũ nát; gặp vướng mắc thì tháo gỡ ngay từ cơ sở.

2. Sở Công Thương chủ trì, phối hợp với Hội Liên hiệp Phụ nữ tỉnh hướng dẫn ban quản lý chợ lập \
nội quy. Hằng năm, Sở Công Thương báo cáo kết quả về Ban Dân vận Tỉnh ủy trước ngày 20/9.

3. Sở Y tế kiểm tra thực phẩm bán tại chợ theo định kỳ; thực hiện Kế hoạch số 30/KH-UBND ngày \
11/01/2024 của Ủy ban nhân dân tỉnh về bữa ăn an toàn.

Nơi nhận:
- Ban Bí thư Trung ương,
- Các sở, ban, ngành cấp tỉnh,
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
(Đã ký)
Lê Thị Mận
"""

LETTER = """Kính gửi: Ủy ban nhân dân các huyện, thành phố.

Thực hiện Chỉ thị số 12/CT-TTg ngày 05/02/2024 của Thủ tướng Chính phủ về đường làng ngõ xóm; \
Kế hoạch số 30/KH-UBND ngày 11/01/2024 của Ủy ban nhân dân tỉnh về bữa ăn an toàn, Ủy ban nhân dân \
tỉnh yêu cầu:

1. Trồng cây hai bên đường, mỗi thôn một tuyến; người dân tự chọn giống cây phù hợp với đất.

2. Giải quyết kịp thời đơn thư khiếu nại về thu hồi đất làm đường.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give a library of two invented directives."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "cho.txt").write_text(DIRECTIVE, encoding="utf-8")
    (folder / "duong.txt").write_text(LETTER, encoding="utf-8")
    return Library.open([folder], tmp_path_factory.mktemp("index"))


def found(library: Library, question: str) -> Found:
    """Ask, and expect an answer."""
    answer = ask(library, question, TODAY)
    assert isinstance(answer, Found), answer
    return answer


def declined(library: Library, question: str) -> Unknown:
    """Ask, and expect to be told that the library does not hold it."""
    answer = ask(library, question, TODAY)
    assert isinstance(answer, Unknown), answer
    return answer


def not_sure(library: Library, question: str) -> Unknown | Uncertain:
    """Ask, and expect either to be told so or to be shown what is marked as uncertain."""
    answer = ask(library, question, TODAY)
    assert isinstance(answer, Unknown | Uncertain), answer
    return answer


def place(quote: Quote) -> tuple[str, str]:
    """Return where a quotation stands."""
    return quote.file, quote.clause


# A matter


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("dẹp quầy hàng cũ ở chợ", ("cho.txt", "1")),
        ("dep quay hang cu o cho", ("cho.txt", "1")),
        ("ai lập nội quy chợ", ("cho.txt", "2")),
        ("trồng cây hai bên đường", ("duong.txt", "1")),
        ("giai quyet don thu khieu nai thu hoi dat", ("duong.txt", "2")),
        ("dân kiện vì bị lấy đất làm đường", ("duong.txt", "2")),
    ],
)
def test_the_clause_that_speaks_of_it_is_quoted(
    library: Library, question: str, where: tuple[str, str]
) -> None:
    """Everyday words, with diacritics or without, lead to the clause."""
    assert place(found(library, question).quotes[0]) == where


def test_a_quotation_is_verbatim_and_can_be_cited(library: Library) -> None:
    """Text, number, date, issuer and clause stand beside each other."""
    quote = found(library, "quầy hàng cũ nát ở chợ quê").quotes[0]
    assert quote.text in DIRECTIVE
    assert quote.number == "12-CT/TU"
    assert quote.issued == date(2024, 4, 15)
    assert quote.type == "chỉ thị"
    assert quote.digest_of is None


def test_what_nobody_speaks_of_is_declined_with_the_nearest_topics(library: Library) -> None:
    """No passage is passed off as an answer; the officer learns what there is."""
    answer = declined(library, "thủ tục cấp hộ chiếu phổ thông cho trẻ em")
    assert answer.reason is UnknownReason.NO_PASSAGE
    assert all(topic.quote in answer.quotes for topic in answer.topics)


# Deadlines and duties


def test_a_deadline_names_the_last_day_in_time(library: Library) -> None:
    """Before 20/9 ends with 19/9 of this year, while it lies ahead."""
    fact = found(library, "Sở Công Thương báo cáo kết quả chậm nhất hôm nào?").deadlines[0]
    assert fact.last_day == date(2026, 9, 19)
    assert "20/9" in fact.rule.text
    assert place(fact.quote) == ("cho.txt", "2")


def test_the_deadline_of_one_office_is_not_that_of_another(library: Library) -> None:
    """Only the office that a clause charges, or names, is bound by its day."""
    not_sure(library, "Sở Y tế nộp báo cáo trước ngày mấy?")


def test_another_reporting_period_has_no_sure_deadline(library: Library) -> None:
    """A yearly day does not answer for a quarter."""
    not_sure(library, "Sở Công Thương báo cáo quý I trước ngày nào?")


def test_all_duties_of_an_office_are_listed_and_cited(library: Library) -> None:
    """Who asks what an office must do gets each of its duties with the clause."""
    answer = found(library, "SCT phải làm gì?")
    assert answer.kind is QuestionKind.DUTIES
    assert answer.unit == "Sở Công Thương"
    assert {place(duty.quote) for duty in answer.duties} == {("cho.txt", "2")}
    assert all(duty.what in DIRECTIVE for duty in answer.duties)


# Documents by number


@pytest.mark.parametrize("typed", ["12-CT/TU", "12 ct tu", "chi thi 12 cua tinh uy"])
def test_a_number_is_looked_up_however_it_is_typed(library: Library, typed: str) -> None:
    """Number alone, the head of the document answers."""
    assert place(found(library, typed).quotes[0])[0] == "cho.txt"


def test_a_number_that_fits_two_documents_asks_which(library: Library) -> None:
    """12-CT/TU and 12/CT-TTg are two documents; the one here comes first."""
    answer = ask(library, "chỉ thị 12", TODAY)
    assert isinstance(answer, Several)
    assert [choice.number for choice in answer.choices] == ["12-CT/TU", "12/CT-TTg"]
    assert answer.choices[0].file == "cho.txt"
    assert answer.choices[1].issued == date(2024, 2, 5)
    assert place(answer.quotes[0]) == ("cho.txt", "header")


def test_a_number_that_fits_two_documents_is_the_one_of_the_place_named(library: Library) -> None:
    """Of two directives no. 12 the one of Phú Yên is meant by who says so."""
    answer = ask(library, "chỉ thị 12 Phú Yên nói gì về nội quy chợ", TODAY)
    assert isinstance(answer, Found | Uncertain)
    assert {quote.file for quote in answer.quotes} == {"cho.txt"}


def test_a_number_beside_a_wrong_date_is_not_sure(library: Library) -> None:
    """Who names a paper by number and another date may mean another paper."""
    answer = ask(library, "nghị quyết 08-NQ/TU ngày 03/4/2023", TODAY)
    assert isinstance(answer, Uncertain)
    assert answer.doubt is Doubt.NO_SUCH_FACT
    assert isinstance(ask(library, "nghị quyết 08-NQ/TU ngày 02/3/2023", TODAY), Found)


def test_a_letter_about_a_number_is_meant_by_its_kind(tmp_path: Path) -> None:
    """Of "công văn Kế hoạch 30" it is the letter's addressees that are asked for."""
    (tmp_path / "l.txt").write_text("CÔNG VĂN\n" + LETTER, encoding="utf-8")
    library = Library.open([tmp_path], tmp_path / ".cache")
    answer = found(library, "văn bản về kế hoạch 30 gửi cho những nơi nào")
    assert answer.kind is QuestionKind.RECIPIENTS
    assert "các huyện" in answer.quotes[0].text


@pytest.mark.parametrize("question", ["ông Lê Thị Mận là ai", "le thi man ky van ban nao"])
def test_who_signed_is_found_by_name(library: Library, question: str) -> None:
    """A name leads to the signature, with the office held."""
    answer = found(library, question)
    assert answer.kind is QuestionKind.SIGNER
    assert place(answer.quotes[0]) == ("cho.txt", "signature")
    assert "PHÓ BÍ THƯ" in answer.quotes[0].text


def test_of_a_signers_person_nothing_is_known(library: Library) -> None:
    """His age stands in no directive."""
    not_sure(library, "đồng chí Lê Thị Mận bao nhiêu tuổi")


def test_another_year_is_not_sure(library: Library) -> None:
    """What a document of 2024 says is not said for 2031; what is due each year is."""
    matter = "trồng cây hai bên đường"
    assert isinstance(ask(library, f"{matter} năm 2024", TODAY), Found)
    answer = ask(library, f"{matter} năm 2031", TODAY)
    assert isinstance(answer, Uncertain)
    assert isinstance(ask(library, "năm 2031 Sở Công Thương báo cáo trước ngày nào", TODAY), Found)


@pytest.mark.parametrize("day", ["mùng 20 tháng 9", "mung 20/9", "20 thang 9"])
def test_a_day_is_found_however_it_is_said(library: Library, day: str) -> None:
    """Officers say "mùng 5 tháng 11", directives print "05/11"."""
    answer = ask(library, f"{day} phải báo cáo gì", TODAY)
    assert isinstance(answer, Found | Uncertain)
    assert place(answer.quotes[0]) == ("cho.txt", "2")


def test_a_number_that_is_nowhere_has_no_neighbour(library: Library) -> None:
    """13-CT/TU is like 12-CT/TU to a machine and another document to everyone else."""
    answer = declined(library, "Chỉ thị 13-CT/TU về giữ chợ quê sạch đẹp nói gì?")
    assert answer.reason is UnknownReason.NO_SUCH_NUMBER
    assert answer.named == "13-CT/TU"


def test_a_number_only_cited_is_answered_by_what_cites_it(library: Library) -> None:
    """Each citing clause is given with date and issuer, from every document."""
    answer = found(library, "Kế hoạch 30 là gì?")
    assert {fact.quote.file for fact in answer.cited_by} == {"cho.txt", "duong.txt"}
    assert {fact.issued for fact in answer.cited_by} == {date(2024, 1, 11)}


def test_who_signed_a_paper_that_is_only_cited_is_not_known(library: Library) -> None:
    """A citation tells number, date and matter, not the signer."""
    assert declined(library, "Kế hoạch 30/KH-UBND do ai ký?").named == "30/KH-UBND"


def test_citations_are_listed_both_ways(library: Library) -> None:
    """What a document cites, and which clauses cite a document."""
    cites = found(library, "Chỉ thị 12-CT/TU viện dẫn những văn bản nào?").cites
    assert [fact.number for fact in cites] == ["08-NQ/TU", "30/KH-UBND"]
    cited_by = found(library, "văn bản nào nhắc đến kế hoạch 30/KH-UBND?").cited_by
    assert {place(fact.quote) for fact in cited_by} == {("cho.txt", "3"), ("duong.txt", "preamble")}


# Parts of a document


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("ai ký chỉ thị của Phú Yên", ("cho.txt", "signature")),
        ("chi thi phu yen ban hanh ngay nao", ("cho.txt", "header")),
        ("chỉ thị 12-CT/TU gửi cho những ai", ("cho.txt", "recipients")),
        ("công văn gửi cho những nơi nào", ("duong.txt", "addressed_to")),
    ],
)
def test_the_part_that_holds_it_is_quoted(
    library: Library, question: str, where: tuple[str, str]
) -> None:
    """Signature, head and recipients answer what no clause does."""
    answer = ask(library, question, TODAY)
    quotes = answer.quotes if isinstance(answer, Found | Several) else ()
    assert where in [place(quote) for quote in quotes[:2]]


# What is named and not held


@pytest.mark.parametrize(
    ("question", "reason", "named"),
    [
        ("Chỉ thị của Nghệ An về chợ quê", UnknownReason.NO_SUCH_PLACE, "Nghệ An"),
        ("Sở Tài chính phải làm những việc gì?", UnknownReason.NO_SUCH_BODY, "Sở Tài chính"),
        ("Luật Đất đai quy định thu hồi đất thế nào?", UnknownReason.NO_SUCH_LAW, "Luật Đất đai"),
        ("Chợ quê năm 2009 sạch đẹp ra sao?", UnknownReason.NO_SUCH_YEAR, "2009"),
    ],
)
def test_what_no_document_names_is_declined_by_its_name(
    library: Library, question: str, reason: UnknownReason, named: str
) -> None:
    """A place, an office, a law or a year that is nowhere in the library has no answer there."""
    answer = declined(library, question)
    assert answer.reason is reason
    assert answer.named == named


@pytest.mark.parametrize(
    "question",
    [
        "Cho xin số điện thoại Sở Công Thương",
        "Tiểu thương bày hàng lấn đường bị phạt bao nhiêu tiền?",
        "Chỉ thị 12-CT/TU hết hiệu lực khi nào?",
        "Chỉ thị 12-CT/TU có mấy điều?",
        "Bí thư Tỉnh ủy Phú Yên là ai?",
        "Tải mẫu báo cáo kết quả về Ban Dân vận Tỉnh ủy ở đâu?",
    ],
)
def test_the_right_matter_without_the_fact_asked_for_is_not_sure(
    library: Library, question: str
) -> None:
    """Nothing is passed off as the sum, the day or the name that it does not hold."""
    not_sure(library, question)


@pytest.mark.parametrize(
    "question",
    [
        "mấy chương trình dẹp quầy hàng cũ ở chợ",
        "bn ơi dẹp quầy hàng cũ ở chợ thế nào",
        "trang web có nói dẹp quầy hàng cũ ở chợ không",
    ],
)
def test_a_word_that_only_looks_like_a_count_or_an_address_asks_for_none(
    library: Library, question: str
) -> None:
    """Chapters, sums and addresses are looked for only where they are asked for."""
    answer = ask(library, question, TODAY)
    assert not isinstance(answer, Uncertain) or answer.doubt is Doubt.WEAK
    assert not isinstance(answer, Unknown)


def test_a_deputys_signature_does_not_name_the_chief(library: Library) -> None:
    """Signed by the deputy: who the chief is stays unknown, who signed does not."""
    not_sure(library, "Bí thư Tỉnh ủy tên gì?")
    assert "Lê Thị Mận" in found(library, "Chỉ thị 12-CT/TU do ai ký?").quotes[0].text


def test_a_list_of_names_never_comes_before_a_clause(library: Library) -> None:
    """Who asks of a matter gets what is said of it, though "Nơi nhận" names the same bodies."""
    answer = ask(library, "các sở ban ngành cấp tỉnh lo chợ", TODAY)
    assert isinstance(answer, Found | Uncertain)
    clauses = [quote.clause for quote in answer.quotes]
    lists = [at for at, clause in enumerate(clauses) if clause in ("recipients", "signature")]
    assert all(clause not in ("1", "2", "3") for at in lists for clause in clauses[at:])


def test_a_preamble_gives_way_to_a_clause_that_says_as_much(library: Library) -> None:
    """The opening only names the matter; the clause says what to do about it."""
    assert place(found(library, "bãi bỏ việc bày hàng lấn đường ở chợ quê").quotes[0])[1] == "1"


def test_a_law_with_a_slip_in_its_name_is_not_declined_by_name(tmp_path: Path) -> None:
    """One syllable agrees: the other may be a slip of the keyboard."""
    folder = tmp_path / "files"
    folder.mkdir()
    text = DIRECTIVE.replace("bữa ăn an toàn.", "Luật Đất đai và bữa ăn an toàn.")
    (folder / "cho.txt").write_text(text, encoding="utf-8")
    answer = ask(Library.open([folder], tmp_path / "index"), "Luật Đấtt đai nói gì về chợ", TODAY)
    assert not isinstance(answer, Unknown) or answer.reason is not UnknownReason.NO_SUCH_LAW


# Around the answer


def test_small_talk_is_not_looked_up(library: Library) -> None:
    """A greeting is answered as one."""
    assert isinstance(ask(library, "Xin chào bot", TODAY), SmallTalk)


def test_a_broken_index_is_not_a_missing_answer(tmp_path: Path) -> None:
    """What the search raises reaches the caller: "không tìm thấy" is never said for it."""

    class Broken(Library):
        """A library whose index cannot be read."""

        def search(self, *_: object) -> list[object]:  # type: ignore[override]
            """Fail as a damaged disk does."""
            raise OSError

    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "cho.txt").write_text(DIRECTIVE, encoding="utf-8")
    broken = Broken.open([folder], tmp_path / "index")
    with pytest.raises(OSError):  # noqa: PT011
        ask(broken, "chợ quê", TODAY)


def test_a_document_added_is_answered_from(tmp_path: Path) -> None:
    """What is worked out of a library does not outlive its state."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "cho.txt").write_text(DIRECTIVE, encoding="utf-8")
    library = Library.open([folder], tmp_path / "index")
    assert not isinstance(ask(library, "trồng cây hai bên đường", TODAY), Found)
    (folder / "duong.txt").write_text(LETTER, encoding="utf-8")
    library.add(folder / "duong.txt")
    assert found(library, "trồng cây hai bên đường").quotes[0].file == "duong.txt"


def test_an_answer_is_json_that_says_how_sure_it_is(library: Library) -> None:
    """Programs get the best passages also of what is declined, told apart by `certainty`."""
    given_up = answer_json(ask(library, "Luật Đất đai nói gì về thu hồi đất?", TODAY), 2)
    assert (given_up["refused"], given_up["certainty"]) == (True, "none")
    assert len(given_up["answers"]) == 2
    guessed = answer_json(ask(library, "Chỉ thị 12-CT/TU có mấy điều?", TODAY), 2)
    assert (guessed["refused"], guessed["certainty"]) == (False, "uncertain")
    answered = answer_json(ask(library, "trồng cây hai bên đường", TODAY), 3)
    assert (answered["refused"], answered["certainty"]) == (False, "sure")
    assert json.loads(json.dumps(answered)) == answered
    talk = answer_json(ask(library, "Xin chào", TODAY), 3)
    assert talk == {"refused": True, "certainty": "none", "answers": []}


def _quotes(answer: Answer) -> Iterator[Quote]:
    if not isinstance(answer, SmallTalk):
        yield from answer.quotes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_anything_typed_gets_an_answer_of_bounded_quotations(library: Library, typed: str) -> None:
    """Nothing an officer can type is an error, and nothing quoted is too long to show."""
    for quote in _quotes(ask(library, typed, TODAY)):
        assert len(quote.text) <= 1_500


@pytest.mark.acceptance
def test_officers_questions_meet_the_bars(acceptance_data: Path, tmp_path: Path) -> None:
    """As seen: .88 first, .95 in three, .03 wrongly declined; no answer: .05 misled."""
    library = Library.open([acceptance_data / "directives"], tmp_path)
    seen = Figures.of(ours(library, questions_of(SETS["gold"](acceptance_data))))
    assert seen.first >= 0.88
    assert seen.three >= 0.95
    assert seen.lost <= 0.03
    assert seen.fooled <= 0.05
