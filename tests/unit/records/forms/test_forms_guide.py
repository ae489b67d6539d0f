"""The admins' page on forms says what the reader takes."""

import re
from pathlib import Path

import pytest

from records.forms.fields import FIELD_KEYS
from records.forms.files import FORM_KEYS, TOTAL_KEYS, read_forms, shipped_forms
from records.forms.model import NEEDED_FIELD, Direction, FieldType, Purpose
from records.model import Outcome

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "bieu-mau.md").read_text(encoding="utf-8")


def test_the_pages_example_is_a_form(tmp_path: Path) -> None:
    """Who copies it has a form that is read, beside those shipped."""
    (example,) = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)
    path = tmp_path / "tiep_dan.yaml"
    path.write_text(example, encoding="utf-8")
    forms = read_forms([shipped_forms(), tmp_path])
    assert forms["tiep_dan"].version == 100


@pytest.mark.parametrize("kind", ["form", "field", "total"])
def test_the_page_explains_each_key_and_no_other(kind: str) -> None:
    """The tables of the page and the keys that are read are the same."""
    headings = {
        "form": ("## Khóa của biểu mẫu", {*FORM_KEYS, *Purpose}),
        "field": ("## Khóa của mỗi câu hỏi", {*FIELD_KEYS, *FieldType}),
        "total": ("## Khóa của dòng cộng", set(TOTAL_KEYS)),
    }
    heading, keys = headings[kind]
    part = PAGE.partition(heading)[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == keys


def test_the_page_names_every_word_that_is_taken() -> None:
    """Forms that are shipped, outcomes and directions of a date."""
    for word in (*read_forms([shipped_forms()]), *Outcome, *Direction, *NEEDED_FIELD.values()):
        assert f"`{word}`" in PAGE
