"""A form says where it is offered, and every version of it stays readable."""

from pathlib import Path

import pytest

from bot.texts import Texts
from records.forms.files import Forms, read_forms, shipped_forms
from records.forms.model import Purpose
from records.forms.refusals import (
    NoSuchForm,
    PurposeNeedsField,
    PurposeTaken,
    VersionTwice,
    WrongType,
)

FORM = """\
id: thu
version: 1
title: Biểu thử
{use}fields:
  - key: paper
    type: text
    label: Số văn bản
    question: Số nào?
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Give an operator's folder of forms."""
    folder = tmp_path / "forms"
    folder.mkdir()
    return folder


def write(folder: Path, text: str, name: str = "thu.yaml") -> None:
    """Write a form's file."""
    (folder / name).write_text(text, encoding="utf-8")


def start(folder: Path) -> Forms:
    """Read the forms as the assistant does when it starts."""
    return read_forms([folder], kept=folder / "kept")


def test_a_version_whose_file_was_changed_can_still_be_had(office: Path) -> None:
    """The file is edited in place; the new version is offered, the old one is kept."""
    write(office, FORM.format(use=""))
    start(office)
    write(office, FORM.format(use="").replace("version: 1", "version: 2").replace("thử", "mới"))
    forms = start(office)
    assert forms["thu"].title == "Biểu mới"
    assert forms.get("thu", 1).title == forms.written("thu", 1).title == "Biểu thử"


def test_a_form_taken_away_is_offered_no_more_and_still_read(office: Path) -> None:
    """Nobody begins with it; what was written with it is shown."""
    write(office, FORM.format(use="task: yes\npurpose: paper\n"))
    start(office)
    (office / "thu.yaml").unlink()
    forms = start(office)
    assert ("thu" in forms, forms.latest(), len(forms), list(forms)) == (False, (), 0, [])
    assert forms.written("thu", 1).title == "Biểu thử"
    assert forms.ids(Purpose.PAPER) == {"thu"}
    with pytest.raises(NoSuchForm):
        forms.serving(Purpose.PAPER)
    with pytest.raises(NoSuchForm):
        forms.written("thu", 2)


def test_a_form_that_went_back_is_offered_as_it_stands_in_its_file(office: Path) -> None:
    """What is only kept does not come into use by its higher number."""
    write(office, FORM.format(use="").replace("version: 1", "version: 2"))
    start(office)
    write(office, FORM.format(use=""))
    forms = start(office)
    assert (forms["thu"].version, set(forms.versions["thu"])) == (1, {1, 2})


@pytest.mark.parametrize(
    ("change", "by"),
    [("Số nào?", "Số, ngày nào?"), ("Biểu thử", "Biểu khác"), ("task: yes", "task: no")],
)
def test_a_changed_file_without_a_raised_version_is_refused(
    office: Path, change: str, by: str
) -> None:
    """In one sentence that names the file and says what to do; what is kept stays."""
    text = FORM.format(use="task: yes\n")
    write(office, text)
    start(office)
    write(office, text.replace(change, by))
    with pytest.raises(VersionTwice) as refused:
        start(office)
    said = Texts().refusal(refused.value)
    assert said.startswith("Biểu mẫu thu.yaml, dòng 2: thu phiên bản 1")
    assert said.endswith("đề nghị tăng số phiên bản.")
    write(office, text)
    assert start(office)["thu"].field("paper").question == "Số nào?"


def test_a_comment_is_no_change(office: Path) -> None:
    """Only what is asked or offered counts."""
    write(office, FORM.format(use=""))
    start(office)
    write(office, "# ghi chú\n" + FORM.format(use=""))
    assert "thu" in start(office)


def test_a_version_that_does_not_say_its_use_has_that_of_the_one_before(office: Path) -> None:
    """A file copied before forms said where they are offered goes on as it was."""
    write(office, FORM.format(use="task: yes\npurpose: paper\nduties: [Công văn]\n"))
    write(office, FORM.format(use="").replace("version: 1", "version: 100"), "own.yaml")
    write(office, FORM.format(use="task: no\n").replace("version: 1", "version: 101"), "new.yaml")
    versions = start(office).versions["thu"]
    assert [versions[number].use.task for number in (1, 100, 101)] == [True, True, False]
    assert {one.use.purpose for one in versions.values()} == {Purpose.PAPER}
    assert {one.use.duties for one in versions.values()} == {("cong van",)}


def test_the_same_version_may_leave_its_use_to_another_file(office: Path) -> None:
    """A copy of a shipped form from before is no change of it."""
    write(office, FORM.format(use="purpose: paper\n"), "a.yaml")
    write(office, FORM.format(use=""), "b.yaml")
    assert start(office)["thu"].use.purpose is Purpose.PAPER
    write(office, FORM.format(use="purpose: paper\n"), "c.yaml")
    (office / "a.yaml").unlink()
    assert read_forms([office])["thu"].use.purpose is Purpose.PAPER


def test_a_purpose_has_one_form(office: Path) -> None:
    """Which one a button opens is never a guess."""
    write(office, FORM.format(use="purpose: paper\n"))
    with pytest.raises(PurposeTaken) as refused:
        read_forms([shipped_forms(), office])
    assert (refused.value.file, refused.value.other) == ("van_ban.yaml", "thu")
    write(office, FORM.format(use="purpose: paper\n").replace("id: thu", "id: van_ban"))
    write(office, (office / "thu.yaml").read_text().replace("version: 1", "version: 100"))
    assert read_forms([shipped_forms(), office]).serving(Purpose.PAPER).version == 100


def test_a_purpose_needs_the_field_it_is_shown_by(office: Path) -> None:
    """A list of models has their names."""
    write(office, FORM.format(use="purpose: model\n"))
    with pytest.raises(PurposeNeedsField) as refused:
        start(office)
    assert (refused.value.wanted, refused.value.key) == ("name", "purpose")
    write(office, FORM.format(use="task: có\n"))
    with pytest.raises(WrongType):
        start(office)


def test_each_purpose_is_served_by_a_shipped_form() -> None:
    """The buttons that open a form by its purpose always find one."""
    forms = read_forms([shipped_forms()])
    assert [forms.serving(one).id for one in Purpose] == [
        "tien_do",
        "vuong_mac",
        "van_ban",
        "dan_van_kheo",
    ]
    free = {one.id for one in forms.latest() if not one.use.task}
    assert free == {"vuong_mac", "dan_van_kheo", "tap_huan"}
