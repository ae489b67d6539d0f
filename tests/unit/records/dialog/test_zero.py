"""A figure of zero is an answer that other questions hang on; a new thing has no last answer."""

from dataclasses import replace

from records.dialog.values import Background
from records.forms.files import read_forms, shipped_forms
from records.forms.model import Condition, FieldType
from records.model import Answer
from tests.unit.records.dialog.talking import Talk, ask, choices, form

FORMS = read_forms([shipped_forms()])


def test_of_what_there_was_none_nothing_more_is_asked() -> None:
    """No dialogues: nobody attended; no petitions: none was resolved."""
    talk = Talk(FORMS["doi_thoai"]).gives("0")
    assert talk.at == "sessions"
    talk = talk.gives("0", "0", "không")
    assert talk.at == "overdue"
    assert talk.gives("0").at == "hot"


def test_of_what_there_was_some_more_is_asked() -> None:
    """Three dialogues: how many were held by the head."""
    assert Talk(FORMS["doi_thoai"]).gives("3").at == "by_head"


def test_a_new_thing_is_not_as_last_time() -> None:
    """The last name is offered for what was registered, and not for what is registered now."""
    stage = replace(ask("stage", FieldType.CHOICE), choices=choices("Mới", "Cũ"))
    fresh = Condition(field="stage", values=("c1",))
    name = replace(ask("name", FieldType.TEXT), remembered=True, fresh=fresh)
    last: dict[str, Answer] = {"name": "Chính quyền thân thiện"}
    for said, same in (("mới", None), ("cũ", "Chính quyền thân thiện")):
        known = Background(today=Talk(form(stage, name)).background.today, last=last)
        talk = Talk(form(stage, name), background=known).gives(said)
        assert talk.shown.same == same
