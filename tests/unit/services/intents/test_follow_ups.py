"""What words ask of what was said before, and what they name anew."""

from datetime import UTC, datetime
from functools import cache

import pytest

from records.model import Scope
from services.intents.follow_ups import asked_of, follow_up, named_anew
from services.intents.lead_time import days_before
from services.intents.renewal import renewed
from services.intents.values import Around, FollowKind
from tests.unit.services.intents.office import TODAY, office


@cache
def around() -> Around:
    """Return what can be named."""
    return office()


def said(words: str, clause: str | None = None) -> Scope:
    """Return what is remembered of these words."""
    return Scope(
        id="lan:1", at=datetime(2026, 11, 28, 9, tzinfo=UTC), said=words, file="a.md", clause=clause
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("đồng chí nào ký vậy", FollowKind.SIGNER),
        ("chỉ thị đó ai kí", FollowKind.SIGNER),
        ("ai ky the", FollowKind.SIGNER),
        ("văn bản ấy ban hành hôm nào", FollowKind.ISSUED),
        ("kế hoạch này số mấy", FollowKind.ISSUED),
        ("quyết định đó gửi những ai", FollowKind.RECIPIENTS),
        ("nơi nhận là ai", FollowKind.RECIPIENTS),
        ("công văn ấy của ai ban hành", FollowKind.ISSUED),
        ("thế báo cáo lên ai", FollowKind.TO_WHOM),
        ("vậy ai theo dõi đôn đốc", FollowKind.OVERSEE),
        ("thế khi nào làm", FollowKind.WHEN),
        ("khoản mấy đấy anh", FollowKind.PLACE),
        ("nói rõ hơn giúp em", FollowKind.WHOLE),
        ("trích dẫn giúp tôi để ghi vào báo cáo", FollowKind.CITE),
        ("viết trích dẫn cho anh", FollowKind.CITE),
    ],
)
def test_a_follow_up_asks_one_kind_of_thing(text: str, kind: FollowKind) -> None:
    """Of the document, of a duty, or of the clause."""
    found = follow_up(text, around(), TODAY)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    ("text", "before", "kind"),
    [
        ("hôm nào thế", said("ai ký vậy"), FollowKind.ISSUED),
        ("ngày nào", said("Ai ký Chỉ thị 33?", "signature"), FollowKind.ISSUED),
        ("hạn ngày nào", said("ai ký vậy"), FollowKind.WHEN),
        ("thế bao giờ làm", said("ai ký vậy"), FollowKind.WHEN),
        ("ngày nào", said("xây dựng quy chế dân chủ thế nào", "5"), FollowKind.WHEN),
    ],
)
def test_a_day_after_who_signed_is_the_document_s(
    text: str, before: Scope, kind: FollowKind
) -> None:
    """Words of work ask for a deadline all the same."""
    assert asked_of(text, FollowKind.WHEN, before, around(), TODAY) is kind


@pytest.mark.parametrize(
    ("text", "before", "question"),
    [
        ("còn Sở Tư pháp?", "Sở Nội vụ phải làm những gì?", "Sở Tư pháp phải làm những gì?"),
        ("Công an tỉnh thì sao", "điều mấy", "Công an tỉnh phải làm những gì?"),
        ("còn kế hoạch 12 thì ai chủ trì", "Sở Nội vụ làm gì?", "kế hoạch 12 ai chủ trì"),
        ("thế nghị định 59 thì sao", "ai ký chỉ thị 33", "ai ký nghị định 59"),
        ("còn năm 2015", "đối thoại mấy lần năm 2024", "đối thoại mấy lần năm 2015"),
    ],
)
def test_another_subject_takes_the_place_of_the_former(
    text: str, before: str, question: str
) -> None:
    """Never is the former body or document asked about together with the new one."""
    found = renewed(text, before, ["Sở Nội vụ"])
    assert found is not None
    assert " ".join(found.question.split()) == question


def test_what_asks_of_itself_takes_nothing_from_before() -> None:
    """A number with a question of its own."""
    found = renewed("còn kế hoạch 12 thì ai chủ trì", "Sở Nội vụ làm gì?", [])
    assert found is not None
    assert found.apart


def test_words_that_name_nothing_anew() -> None:
    """A question of its own."""
    assert named_anew("tuyên truyền gồm những gì") is None
    assert renewed("tuyên truyền gồm những gì", "Sở Nội vụ làm gì?", []) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("nhắc tôi trước hai hôm", 2),
        ("truoc han 5 ngay bao em", 5),
        ("báo trước một tuần nhé", 7),
        ("nhắc tôi trước ngày 5/12", None),
        ("nhắc tôi 15h mai", None),
    ],
)
def test_days_before_a_due_day(text: str, days: int | None) -> None:
    """Said in figures or words; a date is none."""
    assert days_before(text) == days
