"""What officers' words mean: each intent by its phrasings, and questions left alone."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intents.follow_ups import follow_up, named_anew
from services.intents.router import route, weighed
from services.intents.sheet import SheetMistake, _sign
from services.intents.values import Around, FollowKind, Intent, Meant, Named, Question, Unsure
from tests.unit.services.intents.office import TODAY, office

HERE = Path(__file__).parent
PHRASINGS = yaml.safe_load((HERE / "phrasings.yaml").read_text(encoding="utf-8"))
OFFICERS = HERE.parents[3] / "benchmarks" / "officers.jsonl"
LEFT_ALONE = 0.01
"""Share of library questions that may be taken for something else."""


@cache
def around() -> Around:
    """Return what can be named."""
    return office()


def test_every_intent_has_ten_phrasings() -> None:
    """Unaccented, misspelt and abbreviated ones among them."""
    assert set(PHRASINGS) == {one.value for one in Intent}
    assert min(map(len, PHRASINGS.values())) >= 10


@pytest.mark.parametrize("intent", list(Intent))
def test_an_intent_is_told_by_its_phrasings(intent: Intent) -> None:
    """At most one of its phrasings is asked about, and none is taken for another."""
    meanings = {text: route(text, around(), 0.3, TODAY) for text in PHRASINGS[intent.value]}
    wrong = {t: m for t, m in meanings.items() if isinstance(m, Meant) and m.intent is not intent}
    asked = [text for text, meaning in meanings.items() if not isinstance(meaning, Meant)]
    assert not wrong
    assert len(asked) <= 1, asked


def test_questions_to_the_library_are_left_alone() -> None:
    """Where the library is sure, at most one question in a hundred is taken for something else."""
    asked = [json.loads(line)["question"] for line in OFFICERS.read_text("utf-8").splitlines()]
    taken = [q for q in asked if not isinstance(route(q, around(), 1.0, TODAY), Question)]
    assert len(taken) <= LEFT_ALONE * len(asked), taken


def test_what_may_be_either_is_asked_about() -> None:
    """Where the library is sure the question stands; where it knows nothing, the intent does."""
    text = "báo cáo đối thoại hạn khi nào"
    assert isinstance(route(text, around(), 1.0, TODAY), Question)
    assert isinstance(route(text, around(), 0.4, TODAY), Unsure)
    assert isinstance(route(text, around(), 0.0, TODAY), Meant)


def test_words_name_units_tasks_and_periods() -> None:
    """A unit without the words of its kind, a task by a run of its title, a period by its words."""
    named = weighed("Khe Ngọc đã báo cáo rà soát tổ dân vận quý trước chưa", around(), TODAY).named
    assert (named.units, named.tasks) == (("demo-khengoc",), ("groups",))
    assert named.span is not None
    assert named.span.key == "2026-Q3"


def test_a_single_syllable_needs_its_own_accents() -> None:
    """Typed without any, "muon" is "muốn" and not "muộn"."""
    assert isinstance(route("toi muon bao cao", around(), 0.3, TODAY), Meant)
    meant = route("toi muon bao cao", around(), 0.3, TODAY)
    assert isinstance(meant, Meant)
    assert meant.intent is Intent.REPORT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("thế ai phối hợp?", FollowKind.SUPPORT),
        ("hạn khi nào?", FollowKind.WHEN),
        ("han khi nao", FollowKind.WHEN),
        ("điều mấy?", FollowKind.PLACE),
        ("nói rõ hơn", FollowKind.WHOLE),
        ("nguyên văn", FollowKind.WHOLE),
        ("văn bản đó còn hiệu lực không?", FollowKind.VALID),
        ("trích dẫn đầy đủ cho tôi ghi vào báo cáo", FollowKind.CITE),
        ("gửi cho ai?", FollowKind.RECIPIENTS),
        ("ai chủ trì vậy", FollowKind.LEAD),
    ],
)
def test_a_follow_up_asks_about_the_last_quotation(text: str, kind: FollowKind) -> None:
    """With and without what points back."""
    found = follow_up(text, around(), TODAY)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Ai chủ trì hướng dẫn Chỉ thị 33-CT/TU?",
        "hạn nộp báo cáo dân vận của văn phòng là ngày nào",
        "người đứng đầu đối thoại với dân mấy lần một năm",
        "",
        "???",
    ],
)
def test_a_subject_of_its_own_is_no_follow_up(text: str) -> None:
    """It leaves what was said before."""
    assert follow_up(text, around(), TODAY) is None


def test_another_name_asks_the_same_of_it() -> None:
    """A unit, a period, a kind; of a body that is no unit here its words."""
    for text in ("còn xã Khe Ngọc?", "thế quý trước?", "còn các phường?"):
        found = follow_up(text, around(), TODAY)
        assert found is not None
        assert found.kind is None
    assert named_anew("còn Ban Tuyên giáo Tỉnh ủy thì sao?") == "Ban Tuyên giáo Tỉnh ủy"
    assert named_anew("Ban Tuyên giáo làm gì") is None


def test_what_was_spoken_of_need_not_be_said_again() -> None:
    """Only where all of the words are understood so."""
    before = Named(tasks=("groups",))
    lent = weighed("ai duyệt?", around(), TODAY, before, own=True)
    assert lent.shares[0].intent is Intent.REVIEW
    assert not weighed("ai duyệt kinh phí trồng rừng?", around(), TODAY, before, own=True).shares


def test_a_sign_names_concepts_that_there_are() -> None:
    """A slip in the file is named."""
    with pytest.raises(SheetMistake, match="owes"):
        _sign("self owes", {"self", "owe"})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_words_have_a_meaning(text: str) -> None:
    """Whatever is typed, nothing fails."""
    assert isinstance(route(text, around(), 0.0, TODAY), Meant | Unsure | Question)
    follow_up(text, around(), TODAY)
