"""Every sentence the assistant says: screens and short labels, rendered with strict names.

A screen is a template in `screens/`, with `<name>.sample.yaml` beside it; labels and refusals are
lines of the files in `labels/` and `refusals/`, a file a subject, with samples beside it too. A
name that a template uses and the caller does not give is an error, never a blank.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.texts.filters import FILTERS
from vietnamese.refusals import Refusal

COMMANDS: Final = ("start", "dangky", "trogiup")
"""The menu of whoever is not in yet, in its order; each has its description in `labels/`. The menus
of the roles stand in `handlers.dispatch`."""

OPEN_COMMANDS: Final = ("start", "vanban", "dangky", "trogiup")
"""The same where strangers may ask the library."""


class Texts:
    """Renders screens as Telegram's HTML, and labels as plain text."""

    def screen(self, name: str, /, **facts: object) -> str:
        """Return screen `name` as Telegram's HTML."""
        return _screens().get_template(f"{name}.html").render(facts).strip()

    def label(self, name: str, /, **facts: object) -> str:
        """Return label `name`: a button, an alert, a title; not HTML."""
        return _compiled(_labels()[name]).render(facts)

    def refusal(self, refused: Refusal, language: str = "vi") -> str:
        """Return what a refusal is called, in Vietnamese, or in English for the command line."""
        wording = _load_all("refusals")[type(refused).__name__][language]
        return _compiled(wording).render(vars(refused))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all screens; parts that screens share begin with an underscore."""
        return tuple(
            name.removesuffix(".html")
            for name in _screens().list_templates()
            if name.endswith(".html") and not name.startswith("_")
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all labels."""
        return tuple(_labels())


def demo_town() -> tuple[list[dict[str, str]], str]:
    """Return who is in a new sandbox, by the fields of a person, and the name of their group."""
    town = _load("sandbox.yaml")
    return list(town["people"]), str(town["group"])


def demo_data(name: str) -> Any:
    """Return what `demo/NAME.yaml` tells of the fictional province; raises TornText."""
    read = _read(f"demo/{name}.yaml")
    check_whole(read)
    return read


class TornText(ValueError):  # noqa: N818 - what it is, not how it is raised
    """A sentence that YAML cut at a comma: its second half stands as a name without a value."""


def check_whole(read: object) -> None:
    """Raise TornText where a mapping has a name without a value.

    Within braces a comma ends a text that is not quoted: `{a: mở rộng 1,2 km}` is "mở rộng 1".
    """
    if isinstance(read, Mapping):
        torn = [name for name, value in read.items() if value is None]
        if torn:
            raise TornText(f"quote the text that goes on with: {torn[0]}")
        read = tuple(read.values())
    if isinstance(read, list | tuple):
        for part in read:
            check_whole(part)


@cache
def _screens() -> Environment:
    """Return what compiles a screen once a process."""
    screens = Environment(
        loader=PackageLoader("bot.texts", "screens"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    screens.filters.update(FILTERS)
    return screens


@cache
def _plain() -> Environment:
    plain = Environment(undefined=StrictUndefined)  # noqa: S701 - labels are not HTML
    plain.filters.update(FILTERS)
    return plain


@cache
def _compiled(line: str) -> Template:
    """Return a label or a refusal ready to be rendered; each is compiled once a process."""
    return _plain().from_string(line)


@cache
def _labels() -> Mapping[str, str]:
    return {str(name): str(label) for name, label in _load_all("labels").items()}


@cache
def _load_all(folder: str) -> Mapping[str, Any]:
    """Read every file of a folder but the samples, as one."""
    lines: dict[str, Any] = {}
    for path in sorted(files("bot.texts").joinpath(folder).iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml") and not path.name.endswith(".sample.yaml"):
            lines |= _yaml(path)
    return lines


def _load(name: str) -> Mapping[str, Any]:
    """Read a YAML file of this package that is one mapping."""
    loaded: Mapping[str, Any] = _read(name)
    return loaded


def _read(name: str) -> Any:
    return _yaml(files("bot.texts").joinpath(name))


def _yaml(path: Traversable) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
