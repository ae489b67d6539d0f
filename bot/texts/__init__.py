"""Every sentence the assistant says: screens and short labels, rendered with strict names.

A screen is a template in `screens/`, with `<name>.sample.yaml` beside it; labels and refusals are
lines of the files in `labels/` and `refusals/`, a file a subject, with samples beside it too. A
name that a template uses and the caller does not give is an error, never a blank.
"""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.texts.wording import FILTERS
from vietnamese.refusals import Refusal

COMMANDS: Final = ("start", "dangky", "trogiup")
"""The menu of whoever is not in yet, in its order; each has its description in `labels/`. The menus
of the roles stand in `handlers.joining.menus`."""

OPEN_COMMANDS: Final = ("start", "vanban", "dangky", "trogiup")
"""The same where strangers may ask the library."""


class Texts:
    """Renders screens as Telegram's HTML, and labels as plain text."""

    def __init__(self) -> None:
        self._screens = Environment(
            loader=PackageLoader("bot.texts", "screens"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._plain = Environment(undefined=StrictUndefined)  # noqa: S701 - labels are not HTML
        self._screens.filters.update(FILTERS)
        self._plain.filters.update(FILTERS)

    def screen(self, name: str, /, **facts: object) -> str:
        """Return screen `name` as Telegram's HTML."""
        return self._screens.get_template(f"{name}.html").render(facts).strip()

    def label(self, name: str, /, **facts: object) -> str:
        """Return label `name`: a button, an alert, a title; not HTML."""
        return self._plain.from_string(self._labels[name]).render(facts)

    def refusal(self, refused: Refusal, language: str = "vi") -> str:
        """Return what a refusal is called, in Vietnamese, or in English for the command line."""
        wording = self._refusals[type(refused).__name__][language]
        return self._plain.from_string(wording).render(vars(refused))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all screens; parts that screens share begin with an underscore."""
        return tuple(
            name.removesuffix(".html")
            for name in self._screens.list_templates()
            if name.endswith(".html") and not name.startswith("_")
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all labels."""
        return tuple(self._labels)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {str(name): str(label) for name, label in _load_all("labels").items()}

    @cached_property
    def _refusals(self) -> Mapping[str, Mapping[str, str]]:
        return _load_all("refusals")


def demo_town() -> tuple[list[dict[str, str]], str]:
    """Return who is in a new sandbox, by the fields of a person, and the name of their group."""
    town = _load("sandbox.yaml")
    return list(town["people"]), str(town["group"])


def demo_data(name: str) -> Any:
    """Return what `demo/NAME.yaml` tells of the fictional province."""
    return _read(f"demo/{name}.yaml")


def _load_all(folder: str) -> Mapping[str, Any]:
    """Read every file of a folder but the samples, as one."""
    lines: dict[str, Any] = {}
    for path in sorted(files("bot.texts").joinpath(folder).iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml") and not path.name.endswith(".sample.yaml"):
            lines |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return lines


def _load(name: str) -> Mapping[str, Any]:
    """Read a YAML file of this package that is one mapping."""
    loaded: Mapping[str, Any] = _read(name)
    return loaded


def _read(name: str) -> Any:
    return yaml.safe_load(files("bot.texts").joinpath(name).read_text(encoding="utf-8"))
