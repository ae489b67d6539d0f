"""What the documentation names exists."""

import re
from pathlib import Path

import pytest

from bot.cli import cli
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """A link to a file of the project names a file of the project."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page: Path) -> None:
    """`danvan NAME` in a page is a command of the program, `make NAME` a target."""
    text = page.read_text(encoding="utf-8")
    commands = set(re.findall(r"danvan ([a-z]+)", text)) - {"run"}
    assert commands <= set(cli.commands)
    targets = set(re.findall(r"`make ([a-z]+)", text)) | set(
        re.findall(r"^make ([a-z]+)", text, re.MULTILINE)
    )
    made = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert targets <= made


def test_the_operators_guide_names_every_setting() -> None:
    """Each setting stands in the guide, and the guide names no other."""
    guide = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z][A-Z_]{4,})`", guide))
    assert named == {field.upper() for field in Settings.model_fields}
