"""Every sentence renders with its sample, in Telegram's markup and within Telegram's limits."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import UndefinedError

import bot.texts
import knowledge
import records
import scheduler
from bot.texts import COMMANDS, Texts
from bot.texts.filters import clip, day, entry, place, weekday
from vietnamese.refusals import Refusal
from vietnamese.text import has_diacritics

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(bot.texts.__file__).parent
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote"}
TEXTS = Texts()


class Judge(HTMLParser):
    """Reads Telegram's HTML: refuses other tags and wrong nesting, and counts what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse tags and attributes that Telegram does not know."""
        assert tag in TAGS, tag
        assert all(name == "expandable" and tag == "blockquote" for name, _ in attrs), attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Refuse what closes another tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.shown += data


def loaded(path: Path) -> Any:
    """Read a file of texts or samples."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def screens() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each screen with each of its samples."""
    for name in TEXTS.names:
        samples = loaded(FOLDER / "screens" / f"{name}.sample.yaml")
        assert samples, name
        yield from ((name, sample) for sample in samples)


SCREENS = tuple(screens())


def stretched(sample: Any) -> Any:
    """Return the sample with every text and list as long as a directive may make it."""
    if isinstance(sample, str):
        return sample if re.fullmatch(r"[\w.-]{1,12}|[\d/A-Z]+", sample) else sample * 300
    if isinstance(sample, list):
        return [stretched(entry) for entry in sample] * 8
    if isinstance(sample, dict):
        given = ("username", "id", "clause")
        """Telegram's own, ours, and paths, which are short."""
        return {name: v if name in given else stretched(v) for name, v in sample.items()}
    return sample


@pytest.mark.parametrize(("name", "sample"), SCREENS)
def test_a_screen_is_telegrams_html_within_its_limit(name: str, sample: dict[str, Any]) -> None:
    """Tags are known and closed, the text is 1 to 4,096 characters, and no blank lines pile up."""
    html = TEXTS.screen(name, **sample)
    judge = Judge()
    judge.feed(html)
    judge.close()
    assert judge.open == []
    assert 1 <= len(judge.shown.encode("utf-16-le")) // 2 <= 4096
    assert "\n\n\n" not in html
    assert "None" not in judge.shown
    assert "&amp;amp;" not in html
    assert not re.search(r"[ \t]\n| {2,}| ,", judge.shown), judge.shown


@pytest.mark.parametrize(("name", "sample"), SCREENS)
def test_a_screen_of_long_facts_keeps_its_limit(name: str, sample: dict[str, Any]) -> None:
    """However long names and lists are, a screen clips them; quotes are cut by who gives them."""
    long = stretched(sample)
    for key in ("quote", "shown"):
        if key in sample:
            long[key] = sample[key]
    judge = Judge()
    judge.feed(TEXTS.screen(name, **long))
    quote_at_most = 3000 if "shown" in sample else 1500 if "quote" in sample else 0
    assert len(judge.shown) + quote_at_most <= 4096


@pytest.mark.parametrize("name", sorted({name for name, sample in SCREENS if sample}))
def test_a_missing_fact_is_an_error(name: str) -> None:
    """A screen never shows a blank where a fact should stand."""
    with pytest.raises(UndefinedError):
        TEXTS.screen(name)


@cache
def of_folder(folder: str, ending: str) -> dict[str, Any]:
    """Read the files of a folder of texts with that ending, as one; a name stands once."""
    held: dict[str, Any] = {}
    for path in sorted((FOLDER / folder).glob(f"*{ending}")):
        if ending != ".yaml" or not path.name.endswith(".sample.yaml"):
            read = loaded(path) or {}
            assert not held.keys() & read.keys(), path
            held |= read
    return held


@pytest.mark.parametrize("folder", ["labels", "refusals"])
def test_a_name_stands_in_one_file(folder: str) -> None:
    """No subject's file overwrites another's line."""
    assert of_folder(folder, ".yaml")
    assert of_folder(folder, ".sample.yaml") is not None


LIMITS = {
    "fault_alert": 200,
    "stale": 200,
    "description": 512,
    "short_description": 120,
    "citation": 256,
}


@pytest.mark.parametrize("name", TEXTS.labels)
def test_a_label_keeps_its_limit(name: str) -> None:
    """Alerts 200, descriptions 512 and 120, faults two lines, buttons what a phone shows."""
    samples = of_folder("labels", ".sample.yaml")
    alert = name.startswith(("thanks", "no_")) or name.endswith(("_alert", "_notice"))
    most = 200 if alert else LIMITS.get(name, 120 if name.startswith("fault_") else 64)
    most = {"inline_title": 90, "inline_description": 160}.get(name, most)
    text = TEXTS.label(name, **samples.get(name, {}))
    assert 1 <= len(text) <= most
    assert text == " ".join(text.split())


def test_every_command_has_its_description() -> None:
    """The menu can be built."""
    assert all(TEXTS.label(f"command_{name}") for name in COMMANDS)


def leaves(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """Give the classes that are raised, of all modules; those that group others are not."""
    for room in (knowledge, records, scheduler):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    for under in kind.__subclasses__():
        if under.__subclasses__():
            yield from leaves(under)
        else:
            yield under


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", list(leaves(Refusal)), ids=lambda kind: kind.__name__)
def test_every_refusal_is_worded(kind: type[Refusal], language: str) -> None:
    """A person is told what is wrong and what to do; the command line says it in one line.

    Facts beyond those named here stand in a sample beside the wording, by the refusal's name.
    """
    facts = {
        "file": "a.pdf",
        "folder": "index",
        "known": (".txt", ".md"),
        "limit": 20 * 1024 * 1024,
        "seconds": 30,
        "pages": 9,
        "scanned": (1, 2),
        "level": "MẬT",
        "line": 3,
        "what": "a ring of one word",
        "kind": "reports",
        "field": "draft",
        "reason": "a checksum differs",
        "where": "records",
        **of_folder("refusals", ".sample.yaml").get(kind.__name__, {}),
    }
    wanted: Mapping[str, object] = getattr(kind, "__dataclass_fields__", {})
    taken = {name: fact for name, fact in facts.items() if name in wanted}
    said = TEXTS.refusal(kind(**taken), language)
    assert "\n" not in said
    assert said.endswith(".")
    assert has_diacritics(said) == (language == "vi")


def test_words_for_dates_and_places() -> None:
    """The forms of an office."""
    assert day(date(2026, 2, 5)) == "05/02/2026"
    assert day(date(2026, 6, 12)) == "12/6/2026"
    assert weekday(date(2026, 11, 4)) == "thứ Tư"
    assert place("II.2.a") == "điểm a, khoản 2, mục II"
    assert place("1.-4") == "gạch đầu dòng thứ 4, khoản 1"
    assert place("5", "Điều 5. Trách nhiệm") == "Điều 5"
    assert place("5.1", "1. Sở Nội vụ") == "khoản 1, khoản 5"
    assert place("Phụ lục I.2") == "khoản 2, Phụ lục I"
    assert place("signature") == "phần ký"


def test_a_part_in_a_list_names_its_place_once() -> None:
    """Where a clause prints its mark, that is enough."""
    part = {"clause": "II.2", "text": "2. Rà soát", "heading": None}
    assert entry(part) == "2. Rà soát"
    assert entry(part | {"clause": "II.-2", "text": "- Rà soát"}) == "- Rà soát"
    assert entry(part | {"clause": "preamble", "text": "Thực hiện"}) == "Phần mở đầu: Thực hiện"
    assert entry(part | {"clause": "5", "text": "Điều 5. Rà soát"}) == "Điều 5. Rà soát"


def test_a_clipped_text_ends_at_a_word() -> None:
    """An ellipsis says that there is more."""
    assert clip("công tác dân vận", 12) == "công tác…"
    assert clip("công tác", 12) == "công tác"
    assert len(clip("x" * 50, 12)) == 12


def test_sentences_stand_in_the_templates_only() -> None:
    """No string literal with Vietnamese letters stands in code that talks to people."""
    found = []
    for room in ("bot", "handlers", "scheduler"):
        for path in (ROOT / room).rglob("*.py"):
            if FOLDER in path.parents:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            notes = {id(note) for node in ast.walk(tree) for note in _docstrings(node)}
            found += [
                f"{path.name}:{node.lineno}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in notes
                and has_diacritics(node.value)
            ]
    assert found == []


def _docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """Give the bare strings in a body: documentation, not speech."""
    body = getattr(node, "body", None)
    for statement in body if isinstance(body, list) else []:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            yield statement.value


@pytest.mark.parametrize("name", ["answers", "people", "tasks", "units"])
def test_no_sentence_of_the_demo_is_torn(name: str) -> None:
    """YAML cuts a text within braces at its commas unless it is quoted."""
    assert bot.texts.demo_data(name)


@pytest.mark.parametrize("torn", ["{a: mở rộng 1,2 km}", "b: [{a: một, hai}]"])
def test_a_torn_sentence_is_refused(torn: str) -> None:
    """The second half is named."""
    with pytest.raises(bot.texts.TornText, match=r"quote the text that goes on with: (2 km|hai)"):
        bot.texts.check_whole(yaml.safe_load(torn))
