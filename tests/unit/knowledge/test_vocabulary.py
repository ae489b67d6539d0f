"""The vocabulary files: what they hold, and how a mistake in one is told."""

from pathlib import Path

import pytest

from knowledge.vocabulary import VocabularyMistake, load_vocabulary, shipped_vocabulary
from vietnamese.text import comparable, has_diacritics


def _refused(folder: Path, file: str, text: str) -> VocabularyMistake:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyMistake) as refusal:
        load_vocabulary(folder)
    return refusal.value


def test_the_shipped_files_hold_the_words_of_the_field() -> None:
    """Hundreds of short forms and of rings are there from the first start."""
    vocabulary = shipped_vocabulary()
    assert len(vocabulary.abbreviations) >= 300
    assert len(vocabulary.rings) >= 400
    assert vocabulary.abbreviations["UBND"][0].full == "ủy ban nhân dân"


def test_every_small_talk_kind_has_phrases() -> None:
    """No kind of small talk is an empty promise."""
    assert all(shipped_vocabulary().small_talk.values())


def test_rings_are_written_with_diacritics() -> None:
    """A ring without any mark in what directives write was typed in a hurry."""
    for ring in shipped_vocabulary().rings:
        assert any(has_diacritics(words) for words in ring.write), ring


def test_no_ring_expands_a_word_to_itself_alone() -> None:
    """What is written must differ from what is said, or the ring adds nothing."""
    for ring in shipped_vocabulary().rings:
        said = {comparable(words) for words in ring.say}
        if ring.say != ring.write:
            assert {comparable(words) for words in ring.write} - said, ring


def test_an_operators_abbreviation_replaces_the_shipped_one(tmp_path: Path) -> None:
    """The office's own reading of a short form counts."""
    (tmp_path / "abbreviations.yaml").write_text("CB: chi bộ\nTXP: tổ xung phong\n", "utf-8")
    merged = load_vocabulary(tmp_path).abbreviations
    assert [reading.full for reading in merged["CB"]] == ["chi bộ"]
    assert merged["TXP"][0].full == "tổ xung phong"
    assert merged["UBND"] == shipped_vocabulary().abbreviations["UBND"]


def test_an_operators_rings_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    """The data folder extends the thesaurus, it does not replace it."""
    (tmp_path / "thesaurus.yaml").write_text(
        "- {say: [chạy việc], write: [chạy chức chạy quyền]}\n", "utf-8"
    )
    rings = load_vocabulary(tmp_path).rings
    assert rings[:-1] == shipped_vocabulary().rings
    assert rings[-1].say == ("chạy việc",)


def test_an_empty_operators_file_changes_nothing(tmp_path: Path) -> None:
    """A file of comments only is as good as none."""
    (tmp_path / "thesaurus.yaml").write_text("# chưa có gì\n", "utf-8")
    assert load_vocabulary(tmp_path) == shipped_vocabulary()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- {say: [a], write: [b]}\n- {say: [c]}\n", 2, "missing key"),
        ("- {say: [a], write: [b], wait: 1}\n", 1, "unknown key"),
        ("- {say: [a], write: [b],\n   weight: 1.5}\n", 2, "not a share"),
        ("- {say: [a], write: [b], weight: much}\n", 1, "not a share"),
        ("- {say: a, write: [b]}\n", 1, "not a list"),
        ("- {say: [a, a], write: [b]}\n", 1, "twice"),
        ("- {say: [], write: [b]}\n", 1, "empty"),
        ("- {say: [{a: b}], write: [b]}\n", 1, "not text"),
        ("- {say: [a], same: [b]}\n", 1, "unknown key"),
        ("say: [a]\n", 1, "not a list"),
        ("- {say: [a]\n- {x\n", 2, "syntax"),
        ("# \u0007\n", 1, "syntax"),
    ],
)
def test_a_mistake_in_the_thesaurus_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    """An operator who edits by hand learns which line to look at, and which rule it breaks."""
    mistake = _refused(tmp_path, "thesaurus.yaml", text)
    assert (mistake.file, mistake.line, mistake.what) == ("thesaurus.yaml", line, what)


def test_a_short_form_given_twice_is_a_mistake(tmp_path: Path) -> None:
    """YAML would keep the later one in silence."""
    mistake = _refused(tmp_path, "abbreviations.yaml", "CB: chi bộ\nTU: tỉnh ủy\nCB: cán bộ\n")
    assert (mistake.line, mistake.what, mistake.entry) == (3, "twice", "CB")


def test_a_short_form_that_yaml_takes_for_a_truth_value_is_text(tmp_path: Path) -> None:
    """`NO` is "nông nghiệp – nông thôn" to its office, not false."""
    (tmp_path / "abbreviations.yaml").write_text("NO: nợ đọng\n", "utf-8")
    assert load_vocabulary(tmp_path).abbreviations["NO"][0].full == "nợ đọng"


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are a mistake of that line, not a crash."""
    (tmp_path / "chat_speech.yaml").write_bytes(b"words:\n  a: b\n  c: \xff\n")
    with pytest.raises(VocabularyMistake) as refusal:
        load_vocabulary(tmp_path)
    assert refusal.value.line == 3
