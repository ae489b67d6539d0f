"""A form's file is read as a whole, and each mistake in it is told with its line."""

from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.texts import Texts
from records.forms.files import read_forms
from records.forms.lines import DEPTH_LIMIT, FILE_LIMIT
from records.forms.model import Band, Choice, Condition, Direction, Form
from records.forms.refusals import FormMistake, FormRefused, NoSuchForm, VersionTwice

GOOD = dedent("""\
    id: thu
    version: 2
    title: Biểu thử
    basis: Kế hoạch thử
    fields:
      - key: done
        type: yes_no
        label: Đã làm
        question: Đã làm chưa?
      - key: kind
        type: choice
        label: Loại
        question: Loại nào?
        condition: {field: done, values: [yes]}
        choices:
          - {key: a, label: Một}
          - {key: b, label: Hai}
      - key: received
        type: number
        label: Đơn nhận
        question: Bao nhiêu đơn?
        unit: đơn
        whole: yes
        least: 1
        shared: petitions
      - key: resolved
        type: number
        label: Đơn đã giải quyết
        question: Đã giải quyết bao nhiêu?
        additive: yes
        not_above: received
      - key: share
        type: percent
        label: Tỷ lệ
        question: Bao nhiêu phần trăm?
      - key: "on"
        type: date
        label: Ngày
        question: Ngày nào?
        direction: past
      - key: one
        type: score
        label: Tiêu chí 1
        question: Chấm mấy điểm?
        most: 60
      - key: two
        type: score
        label: Tiêu chí 2
        question: Chấm tiếp mấy điểm?
        most: 40.0
      - key: note
        type: text
        label: Ghi chú
        question: Ghi chú?
        required: no
        shortest: 5
        longest: 50
      - key: proof
        type: files
        label: Minh chứng
        question: Gửi tệp?
        most_files: 3
    totals:
      - key: points
        label: Tổng điểm
        of: [one, two]
        out_of: 100
        bands:
          - {label: Tốt, at_least: 80}
          - {label: Khá, at_least: 0}
    """)

TEXTS = Texts()

MISTAKES = [
    ("id: thu", "id: Thu", "BadName", 0),
    ("id: thu", "id: thu_mot_bieu_rat_dai", "BadName", 0),
    ("id: thu", "ten: thu", "UnknownKey", 0),
    ("id: thu\n", "", "MissingKey", 0),
    ("id: thu", "id: 'thu", "NotYaml", 0),
    ("id: thu", "id: &a thu", "RepeatsByReference", 0),
    ("version: 2", "version: 0", "OutOfBounds", 0),
    ("version: 2", "version: hai", "WrongType", 0),
    ("version: 2", "version: 1.5", "WrongType", 0),
    ("title: Biểu thử", "title:", "WrongType", 0),
    ("title: Biểu thử", "title: '  '", "WrongType", 0),
    ("title: Biểu thử", "title: [a]", "WrongType", 0),
    ("title: Biểu thử", 'title: "a\\0b"', "BadCharacter", 0),
    ("title: Biểu thử", 'title: "\\uD800"', "BadCharacter", 0),
    ("title: Biểu thử", "title: " + "a" * 61, "TextTooLong", 0),
    ("basis: Kế hoạch thử", "version: 3", "KeyTwice", 0),
    ("- key: done", "- key: 1a", "BadName", 0),
    ("- key: done", "- key: thirteen_char", "BadName", 0),
    ("type: yes_no", "type: truth", "NoSuchValue", 0),
    ("label: Đã làm", "label: " + "a" * 61, "TextTooLong", 0),
    ("question: Đã làm chưa?", "question: " + "a" * 601, "TextTooLong", 0),
    ("question: Đã làm chưa?", "unit: đơn", "MissingKey", -3),
    ("question: Loại nào?", "question: Loại?\n    help: " + "a" * 601, "TextTooLong", 1),
    ("question: Loại nào?", "question: Loại?\n    required: có", "WrongType", 1),
    ("condition: {field: done, values: [yes]}", "unit: đơn", "KeyNotForType", 0),
    ("{field: done, values: [yes]}", "{field: received, values: [yes]}", "NotEarlier", 0),
    ("{field: done, values: [yes]}", "{field: nothing, values: [yes]}", "NotEarlier", 0),
    ("{field: done, values: [yes]}", "{field: done, values: [maybe]}", "NoSuchAnswer", 0),
    ("{field: done, values: [yes]}", "{field: done, values: [yes, yes]}", "NameTaken", 0),
    ("{field: done, values: [yes]}", "{field: done, values: []}", "MissingKey", 0),
    ("{field: done, values: [yes]}", "{field: done, values: yes}", "WrongType", 0),
    ("{field: done, values: [yes]}", "done", "WrongType", 0),
    ("{key: b, label: Hai}", "{key: a, label: Hai}", "NameTaken", 0),
    ("{key: b, label: Hai}", "{key: b, label: Một}", "NameTaken", 0),
    ("{key: b, label: Hai}", "{key: B, label: Hai}", "BadName", 0),
    ("{key: b, label: Hai}", "{key: b}", "MissingKey", 0),
    ("{key: b, label: Hai}", "{key: b, label: " + "a" * 41 + "}", "TextTooLong", 0),
    ("- key: received", "- key: kind", "NameTaken", 0),
    ("whole: yes", "longest: 5", "KeyNotForType", 0),
    ("least: 1", "least: 5\n    most: 4.5", "BoundsUpsideDown", 0),
    ("least: 1", "least: 1e3", "WrongType", 0),
    ("least: 1", "least: .inf", "WrongType", 0),
    ("additive: yes", "additive: 1", "WrongType", 0),
    ("additive: yes", "shared: petitions", "NameTaken", 0),
    ("not_above: received", "not_above: one", "NotEarlier", 0),
    ("not_above: received", "not_above: kind", "NotComparable", 0),
    ("phần trăm?", "phần trăm?\n    most: 101", "OutOfBounds", 1),
    (
        "Ngày nào?",
        "Ngày nào?\n    condition: {field: share, values: [a]}",
        "NotAskedByChoice",
        1,
    ),
    (
        "phần trăm?",
        "phần trăm?\n    condition: {field: received, values: [a]}",
        "NoSuchAnswer",
        1,
    ),
    ("direction: past", "direction: back", "NoSuchValue", 0),
    ("most: 60", "most: 0", "ScoreWithoutPoints", 0),
    ("most: 60", "most: 60\n    least: -1", "OutOfBounds", 1),
    ("shortest: 5", "shortest: 51", "BoundsUpsideDown", 0),
    ("longest: 50", "longest: 4001", "OutOfBounds", 0),
    ("most_files: 3", "most_files: 0", "OutOfBounds", 0),
    ("most_files: 3", "remembered: yes", "KeyNotForType", 0),
    ("- key: points", "- key: one", "NameTaken", 0),
    ("of: [one, two]", "of: []", "MissingKey", 0),
    ("of: [one, two]", "of: [one, three]", "NotEarlier", 0),
    ("of: [one, two]", "of: [one, one]", "NameTaken", 0),
    ("of: [one, two]", "of: [one, note]", "NotSummable", 0),
    ("of: [one, two]", "of: [share, two]", "NotSummable", 0),
    ("out_of: 100", "out_of: 90", "PointsDoNotAddUp", 0),
    ("at_least: 80}", "at_least: 101}", "BandBeyondTotal", 0),
    ("at_least: 0}", "at_least: 80}", "BandsNotDescending", 0),
    ("at_least: 0}", "at_least: 90}", "BandsNotDescending", 0),
    ("at_least: 0}", "at_least: thấp}", "WrongType", 0),
]
"""What is replaced by what, the mistake it makes, and how many lines below it is told."""


def written(folder: Path, text: str | bytes, name: str = "thu.yaml") -> Path:
    """Write a form's file."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_form(path: Path) -> Form:
    """Return the only form of a file's folder."""
    (form,) = read_forms([path.parent]).latest()
    return form


def mistake_in(folder: Path, text: str | bytes) -> FormMistake:
    """Return the mistake for which a file is refused."""
    with pytest.raises(FormMistake) as refused:
        read_form(written(folder, text))
    return refused.value


def test_a_form_is_read_as_written(tmp_path: Path) -> None:
    """Every key of the file arrives in the form."""
    form = read_form(written(tmp_path, GOOD))
    assert (form.id, form.version, form.title) == ("thu", 2, "Biểu thử")
    assert form.basis == "Kế hoạch thử"
    kind = form.field("kind")
    assert kind.choices == (Choice(key="a", label="Một"), Choice(key="b", label="Hai"))
    assert kind.condition == Condition(field="done", values=("yes",))
    received, resolved = form.field("received"), form.field("resolved")
    assert (received.unit, received.whole, received.least) == ("đơn", True, Decimal(1))
    assert (received.shared, resolved.not_above) == ("petitions", "received")
    assert (resolved.additive, resolved.cumulative) == (True, False)
    assert form.field("on").direction is Direction.PAST
    note, proof = form.field("note"), form.field("proof")
    assert (note.required, note.shortest, note.longest) == (False, 5, 50)
    assert proof.most_files == 3


def test_totals_are_read_as_written(tmp_path: Path) -> None:
    """A sheet of points keeps its criteria, its sum and its grades."""
    (points,) = read_form(written(tmp_path, GOOD)).totals
    assert (points.of, points.out_of) == (("one", "two"), Decimal(100))
    assert points.bands == (
        Band(label="Tốt", at_least=Decimal(80)),
        Band(label="Khá", at_least=Decimal(0)),
    )


def test_percents_and_scores_have_bounds_unsaid(tmp_path: Path) -> None:
    """Nobody has to write that a percent is of 0 to 100 and that a score begins at 0."""
    form = read_form(written(tmp_path, GOOD))
    share, one = form.field("share"), form.field("one")
    assert (share.least, share.most) == (Decimal(0), Decimal(100))
    assert (one.least, one.most) == (Decimal(0), Decimal(60))


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: f"{case[2]}-{case[1][:24]}")
def test_a_mistake_names_its_line(tmp_path: Path, case: tuple[str, str, str, int]) -> None:
    """Whoever wrote the file is led to the line."""
    old, new, name, below = case
    assert GOOD.count(old) == 1
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    mistake = mistake_in(tmp_path, GOOD.replace(old, new))
    assert type(mistake).__name__ == name
    assert (mistake.file, mistake.line) == ("thu.yaml", line + below)
    assert f"thu.yaml, dòng {mistake.line}:" in TEXTS.refusal(mistake)
    assert f"thu.yaml, line {mistake.line}:" in TEXTS.refusal(mistake, "en")


def test_a_choice_offers_two_answers(tmp_path: Path) -> None:
    """One answer is nothing to choose, and too many are not read."""
    one = GOOD.replace("      - {key: b, label: Hai}\n", "")
    assert type(mistake_in(tmp_path, one)).__name__ == "TooFewChoices"
    head, _, tail = one.partition("    choices:\n      - {key: a, label: Một}\n")
    assert type(mistake_in(tmp_path, head + tail)).__name__ == "MissingKey"
    more = "".join(f"      - {{key: c{n}, label: Số {n}}}\n" for n in range(19))
    many = GOOD.replace("      - {key: b, label: Hai}\n", "      - {key: b, label: Hai}\n" + more)
    assert type(mistake_in(tmp_path, many)).__name__ == "TooMany"


def test_what_stands_at_its_limit_is_taken(tmp_path: Path) -> None:
    """Every limit is included in what it allows."""
    more = "".join(f"      - {{key: c{n}, label: Số {n}}}\n" for n in range(18))
    text = GOOD
    for old, new in (
        ("version: 2", "version: 9999"),
        ("title: Biểu thử", "title: " + "a" * 60),
        ("label: Đã làm", "label: " + "a" * 60),
        ("question: Đã làm chưa?", "question: " + "a" * 600),
        ("      - {key: b, label: Hai}\n", "      - {key: b, label: " + "a" * 40 + "}\n" + more),
        ("least: 1\n", "least: 1\n    most: 1\n"),
        ("phần trăm?", "phần trăm?\n    least: 0\n    most: 100"),
        ("most: 60", "most: 1000\n    least: 0"),
        ("out_of: 100", "out_of: 1040"),
        ("at_least: 80}", "at_least: 1040}"),
        ("shortest: 5", "shortest: 50"),
        ("most_files: 3", "most_files: 20"),
        ("- key: resolved", "- key: twelve_chars"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    form = read_form(written(tmp_path, text))
    assert len(form.field("kind").choices) == 20


def test_an_outcome_is_one_that_a_report_can_come_to(tmp_path: Path) -> None:
    """The field `outcome` is a choice, of the words for what a report comes to."""
    renamed = GOOD.replace("key: kind", "key: outcome")
    mistake = mistake_in(tmp_path, renamed)
    assert type(mistake).__name__ == "NoSuchValue"
    assert mistake.line == GOOD[: GOOD.index("{key: a,")].count("\n") + 1
    named = renamed.replace("key: a,", "key: done,").replace("key: b,", "key: obstacle,")
    assert read_form(written(tmp_path, named)).field("outcome").choices[1].key == "obstacle"
    yes_no = GOOD.replace("key: done", "key: outcome").replace("field: done", "field: outcome")
    assert type(mistake_in(tmp_path, yes_no)).__name__ == "NoSuchValue"


def test_a_figure_is_cumulative_or_additive(tmp_path: Path) -> None:
    """What counts from the year's start is not the sum of its months."""
    both = GOOD.replace("additive: yes", "additive: yes\n    cumulative: yes")
    assert type(mistake_in(tmp_path, both)).__name__ == "CumulativeAndAdditive"


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("", "WrongType", 1),
        ("# chú thích\n", "WrongType", 1),
        ("- a\n", "WrongType", 1),
        ("id: a\n\tversion: 1\n", "NotYaml", 2),
        ("id: a\n--- \nid: b\n", "NotYaml", 2),
        ("id: a\nversion: \x07\n", "NotYaml", 2),
        ('id: "\\UFFFFFFFF"\n', "NotYaml", 1),
        ("id: a\nversion: [" + "[" * DEPTH_LIMIT, "NestedTooDeep", 2),
        ("id: a\nversion: [" + "[" * (DEPTH_LIMIT - 2), "NotYaml", 2),
        ("id: a\nversion: 1\ntitle: a\nfields: []\n", "MissingKey", 4),
        ("[" * FILE_LIMIT, "NestedTooDeep", 1),
        ("a: &x [1]\nb: [*x, *x]\n", "RepeatsByReference", 1),
        ("id: *x\n", "RepeatsByReference", 1),
        ("? [a]\n: b\n", "WrongType", 1),
        ("id: !!python/object:os.system a\n", "MissingKey", 1),
        ("#" * (FILE_LIMIT + 1), "FormTooLarge", 1),
        (b"id: a\ntitle: \xff\n", "FormUnreadable", 2),
        ("id: a\n".encode("utf-16"), "FormUnreadable", 1),
    ],
    ids=range(18),
)
def test_what_is_no_form_is_refused(
    tmp_path: Path, text: str | bytes, name: str, line: int
) -> None:
    """Whatever stands in the file, it is refused by name, and nothing grows or is executed."""
    mistake = mistake_in(tmp_path, text)
    assert (type(mistake).__name__, mistake.line) == (name, line)


def test_text_of_a_foreign_tag_is_no_text(tmp_path: Path) -> None:
    """A tag that would make an object is refused."""
    tagged = GOOD.replace("id: thu", "id: !!python/name:os.system thu")
    assert type(mistake_in(tmp_path, tagged)).__name__ == "WrongType"


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """What cannot be opened is named, not raised as a fault."""
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(FormMistake):
        read_forms([tmp_path])


def test_words_are_kept_in_one_form(tmp_path: Path) -> None:
    """Decomposed letters are composed; a folded text is one line, a block keeps its lines."""
    text = GOOD.replace("Biểu thử", "Bie\u0302\u0309u").replace(
        "question: Đã làm chưa?", "question: |\n      Đã làm chưa?\n      Xong chưa?"
    )
    form = read_form(
        written(tmp_path, text.replace("label: Đã làm", "label: >\n      Đã\n      làm"))
    )
    assert form.title == "Biểu"
    assert form.field("done").label == "Đã làm"
    assert form.field("done").question == "Đã làm chưa?\nXong chưa?"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Notepad writes one."""
    assert read_form(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).id == "thu"


def test_the_highest_version_counts_and_the_older_stay(tmp_path: Path) -> None:
    """An operator's form takes the place of the shipped one; old reports keep their questions."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    written(shipped, GOOD)
    written(own, GOOD.replace("version: 2", "version: 100").replace("Biểu thử", "Biểu tỉnh"))
    forms = read_forms([shipped, own])
    assert forms["thu"].title == forms.get("thu").title == "Biểu tỉnh"
    assert forms.get("thu", 2).title == "Biểu thử"
    assert (list(forms), len(forms), "thu" in forms) == (["thu"], 1, True)
    assert [form.version for form in forms.latest()] == [100]


def test_a_form_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    """The asker learns which form, and which version."""
    written(tmp_path, GOOD)
    forms = read_forms([tmp_path])
    for form, version in (("khac", None), ("thu", 7)):
        with pytest.raises(NoSuchForm) as refused:
            forms.get(form, version)
        assert (refused.value.form, refused.value.version) == (form, version)


def test_one_version_has_one_content(tmp_path: Path) -> None:
    """The same version twice is taken if it says the same, and refused if it does not."""
    written(tmp_path, GOOD, "a.yaml")
    written(tmp_path, "# chép\n" + GOOD, "b.yaml")
    assert len(read_forms([tmp_path])) == 1
    written(tmp_path, GOOD.replace("Biểu thử", "Biểu khác"), "c.yaml")
    with pytest.raises(VersionTwice) as refused:
        read_forms([tmp_path])
    twice = refused.value
    assert (twice.file, twice.line, twice.other) == ("c.yaml", 2, "a.yaml")


def test_a_folder_that_is_not_there_holds_no_forms(tmp_path: Path) -> None:
    """An operator need not have forms; other files beside them do not count."""
    written(tmp_path, "ghi chú", "doc.txt")
    written(tmp_path, "a: [", ".thu.yaml")
    assert len(read_forms([tmp_path, tmp_path / "none"])) == 0


LINES = GOOD.splitlines(keepends=True)


def read(folder: Path, text: str) -> Form | FormRefused:
    """Read a text as a form's file and return the form or its refusal; other faults come out."""
    path = folder / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return read_form(path)
    except FormRefused as refused:
        return refused


@given(text=st.text(max_size=300))
@example(text='"\\UFFFFFFFF')
@example(text="%YAML " + "9" * 5000 + ".1\n---\na")
def test_any_text_is_a_form_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Nothing that may stand in a file brings the start down with another exception."""
    outcome = read(tmp_path_factory.getbasetemp(), text)
    assert isinstance(outcome, FormMistake)
    assert outcome.line >= 1


@given(
    text=st.text(
        alphabet=st.sampled_from(list("abx:-[]{}'\"|>&*!%#?@,.019~ \t\n\\Uđ\u0000\ufeff")),
        max_size=60,
    )
)
def test_any_text_of_yamls_signs_is_a_form_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """The parser's own corners are refused by name too."""
    assert isinstance(read(tmp_path_factory.getbasetemp(), text), FormMistake)


@given(data=st.data())
def test_any_edit_of_a_form_is_a_form_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Lines lost, doubled, moved or overwritten: the file is read or refused, line within it."""
    lines = data.draw(
        st.lists(st.sampled_from(LINES), min_size=1, max_size=60)
        | st.permutations(LINES)
        | st.just(list(LINES))
    )
    at = data.draw(st.integers(0, len(lines) - 1))
    words = st.sampled_from(
        ["", "yes", "-1", "1e9", "[a]", "{a: b}", "null", "~", "'", "đơn", "a" * 700]
    )
    lines[at] = lines[at].partition(":")[0] + ": " + data.draw(words) + "\n"
    outcome = read(tmp_path_factory.getbasetemp(), "".join(lines))
    assert isinstance(outcome, Form) or 1 <= getattr(outcome, "line", 0) <= len(lines) + 1
