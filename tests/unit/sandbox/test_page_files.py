"""The chat page's files keep the rules that no browser test can prove."""

import re
from pathlib import Path
from typing import Final

import pytest

from sandbox.server import PAGE

SCRIPTS: Final = sorted(PAGE.glob("*.js"))
VIETNAMESE: Final = re.compile(
    "[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
MARKUP_FROM_TEXT: Final = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\("
)
OUTSIDE: Final = re.compile(r"""(?:src|href|from|import|url\()\s*[=(]?\s*["']?(?:https?:)?//""")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_makes_markup_from_text(script: Path) -> None:
    """Elements are built one by one, so that nothing anybody writes can become one."""
    assert MARKUP_FROM_TEXT.search(script.read_text(encoding="utf-8")) is None


def test_sentences_stand_in_one_module() -> None:
    """What the page says is found, and changed, in texts.js alone."""
    speaking = [one.name for one in SCRIPTS if VIETNAMESE.search(one.read_text(encoding="utf-8"))]
    assert speaking == ["texts.js"]


def test_every_sentence_is_said() -> None:
    """A sentence that no script uses is gone from texts.js."""
    scripts = "".join(one.read_text(encoding="utf-8") for one in SCRIPTS)
    texts = (PAGE / "texts.js").read_text(encoding="utf-8")
    names = re.findall(r"^  (\w+):", texts, re.MULTILINE)
    assert names
    assert [name for name in names if not re.search(rf"TEXTS\.{name}\b", scripts)] == []


def test_the_policy_lets_only_own_files_run() -> None:
    """No inline script, no style attribute, no other host: the page's policy forbids them."""
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'content="(default-src[^"]*)"', index)
    assert policy is not None
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy[1]
    assert "unsafe" not in policy[1]
    assert re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", index) is None


def test_nothing_is_fetched_from_elsewhere() -> None:
    """The page works on a machine without the Internet."""
    files = [*SCRIPTS, PAGE / "index.html", PAGE / "style.css"]
    assert [one.name for one in files if OUTSIDE.search(one.read_text(encoding="utf-8"))] == []
