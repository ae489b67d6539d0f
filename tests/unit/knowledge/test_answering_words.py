"""What officers type is read in plain words: chat speech, abbreviations, everyday wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.cues import kind_of
from knowledge.answering.plain_words import Speller
from knowledge.answering.slips import may_mean, sound
from knowledge.answering.understanding import MOST_CHARACTERS, Question, Reader
from knowledge.answering.values import QuestionKind
from knowledge.vocabulary import SmallTalkKind, shipped_vocabulary
from vietnamese.text import fold

READER = Reader(shipped_vocabulary())
SPELLER = Speller(shipped_vocabulary())


def read(typed: str) -> Question:
    """Understand a question by the shipped vocabulary."""
    return READER.read(typed)


def offered(typed: str) -> set[str]:
    """Return every wording that is searched for besides what was typed."""
    return {text for wording in read(typed).wordings for text in wording.write}


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ubnd", "ủy ban nhân dân"),
        ("U.B.N.D xã", "ủy ban nhân dân xã"),
        ("P.HCQT", "phòng hành chính - quản trị"),
        ("TW", "trung ương"),
        ("hok bít lm j", "không biết làm gì"),
        ("fải ntn z", "phải như thế nào vậy"),
        ("đ/c", "đồng chí"),
        ("triển khai CT", "triển khai chỉ thị"),
        ("CT UBND tỉnh", "chủ tịch ủy ban nhân dân tỉnh"),
    ],
)
def test_short_forms_are_written_out(typed: str, plain: str) -> None:
    """Dots, case and chat spelling do not hide what is meant; neighbours choose the reading."""
    assert SPELLER.write_out(typed).text == plain


@pytest.mark.parametrize("typed", ["tu dưỡng", "ca dao", "điểm a khoản 2", "mục c", "wifi", "Zalo"])
def test_ordinary_words_are_left_alone(typed: str) -> None:
    """A syllable that could be a short form counts as one only in capitals."""
    assert SPELLER.write_out(typed).text == typed


def test_the_reading_not_chosen_is_still_looked_for() -> None:
    """An ambiguous short form is searched by its other readings too, with less weight."""
    others = {reading.text: reading.weight for reading in SPELLER.write_out("TC của xã").others}
    assert 0 < others["tài chính"] < others["TC"]


def test_printed_text_is_written_out_by_capitals_only() -> None:
    """A directive's own abbreviations are read; a number's symbols are not touched."""
    text = "UBND tỉnh theo Kế hoạch số 175/KH-UBND, Tỉnh ủy TU"
    assert SPELLER.spell_capitals(text) == (
        "ủy ban nhân dân tỉnh theo Kế hoạch số 175/KH-UBND, Tỉnh ủy TU"
    )


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("lấy đất của dân", "thu hồi đất"),
        ("lay dat cua dan", "thu hồi đất"),
        ("giấy tờ lằng nhằng", "rườm rà"),
        ("kỹ luật cán bộ", "kỷ cương hành chính"),
    ],
)
def test_everyday_words_offer_the_register_of_directives(typed: str, official: str) -> None:
    """The thesaurus is met with, without and with wrong diacritics."""
    assert any(official in text for text in offered(typed))


def test_a_ring_does_not_tear_a_word_apart() -> None:
    """A run of two halves is no word: "sơ kết" is not said in "hồ sơ kết nạp"."""
    assert not any("tổng kết" in text for text in offered("hồ sơ kết nạp đảng viên"))
    assert not any("tiền lương" in text for text in offered("chất lượng phục vụ"))


def test_the_register_is_not_turned_into_everyday_words() -> None:
    """Rings are read from left to right only."""
    assert not any("lấy đất" in text for text in offered("thu hồi đất"))


def test_question_words_are_no_matter() -> None:
    """What asks is left out; "chỉ" stays where it is part of "chỉ thị"."""
    assert read("Cho em hỏi đối thoại với dân như thế nào ạ?").words == ("đối", "thoại", "dân")
    assert read("chỉ thị nào").words == ("chỉ", "thị")


def test_a_document_number_is_no_matter() -> None:
    """Numbers are looked up; a search must never see them."""
    question = read("Kế hoạch 67 nói gì")
    assert [number.ordinal for number in question.numbers] == [67]
    assert "67" not in question.query().text
    assert "67" not in question.words


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Ai ký chỉ thị?", QuestionKind.SIGNER),
        ("chi thi ban hanh ngay nao", QuestionKind.ISSUED),
        ("Công văn gửi cho những nơi nào", QuestionKind.RECIPIENTS),
        ("hạn nộp báo cáo?", QuestionKind.DEADLINE),
        ("bao lâu báo cáo một lần", QuestionKind.DEADLINE),
        ("đơn vị nào chủ trì", QuestionKind.RESPONSIBLE),
        ("Sở Nội vụ phải làm những việc gì", QuestionKind.DUTIES),
        ("thế nào là gần dân", QuestionKind.DEFINITION),
        ("một cửa liên thông", QuestionKind.CLAUSE),
    ],
)
def test_the_turn_of_phrase_tells_the_kind(typed: str, kind: QuestionKind) -> None:
    """The same words ask for different facts."""
    assert read(typed).kind is kind


def test_a_report_sent_somewhere_is_not_a_document_sent_out() -> None:
    """Where a report goes is a duty, not the list of recipients."""
    assert read("hằng năm báo cáo gửi cho ai").kind is not QuestionKind.RECIPIENTS


def test_a_number_decides_the_kind() -> None:
    """With a number, "là gì" asks about that document."""
    assert kind_of("ke hoach la gi", has_number=True) is QuestionKind.ABOUT_NUMBER
    assert kind_of("van ban nao nhac den ke hoach", has_number=True) is QuestionKind.CITED_BY
    assert kind_of("chi thi vien dan nhung van ban nao", has_number=True) is QuestionKind.CITES


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Xin chào!", SmallTalkKind.GREETING),
        ("bot ơi", SmallTalkKind.GREETING),
        ("camon nha", SmallTalkKind.THANKS),
        ("ok em", SmallTalkKind.CONSENT),
        ("tạm biệt nhé", SmallTalkKind.FAREWELL),
        ("bạn tên gì", SmallTalkKind.IDENTITY),
        ("trời mưa quá", SmallTalkKind.CHAT),
    ],
)
def test_small_talk_is_told_apart(typed: str, kind: SmallTalkKind) -> None:
    """A greeting gets no search."""
    assert read(typed).small_talk is kind


def test_a_greeting_before_a_question_is_no_small_talk() -> None:
    """Politeness does not hide what is asked."""
    assert read("Chào bot, hạn nộp báo cáo là ngày nào?").small_talk is None


def test_places_and_offices_are_named() -> None:
    """A province that is also a common word counts only in capitals."""
    assert read("chỉ thị của Nghệ An").places == ("Nghệ An",)
    assert read("giữ gìn hòa bình").places == ()
    assert read("tỉnh Hòa Bình").places == ("Hòa Bình",)
    assert read("SNV làm gì").bodies == ("so noi vu",)


@given(st.text(max_size=300))
def test_any_text_is_understood_as_some_question(typed: str) -> None:
    """Nothing that can be typed is an error."""
    question = read(typed)
    assert len(question.words) <= MOST_CHARACTERS
    for wording in question.wordings:
        assert 0 <= wording.start <= wording.end <= len(question.words)
    assert all(at + 1 < len(question.words) for at in question.joined)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ", min_size=1, max_size=6))
def test_a_syllable_may_mean_itself(syllable: str) -> None:
    """Slips are looked for from a distance of none upward."""
    assert may_mean(syllable, syllable)
    assert may_mean(fold(syllable), syllable)


def test_slips_of_tone_are_forgiven_and_other_words_are_not() -> None:
    """Hỏi for ngã and a missing tone are slips; another vowel or tone is another word."""
    assert may_mean("kỹ", "kỷ")
    assert may_mean("quyêt", "quyết")
    assert not may_mean("bán", "bạn")
    assert not may_mean("cân", "căn")
    assert sound("su") == sound("xu")
