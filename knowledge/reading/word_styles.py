"""What Word's styles say of a run of characters: its font, capitals, raised or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

_OFF: Final = frozenset({"0", "false", "off", "none"})
CHAIN: Final = 12
"""Styles based on styles that are followed; Word itself allows eleven levels."""


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace: strict and transitional files differ."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element at `path` under `element`, None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    found = (text for key, text in element.items() if str(key).rpartition("}")[2] == name)
    return next((str(text) for text in found), None)


def switched(element: etree._Element | None) -> bool | None:
    """Return a switch: on unless it says otherwise, None where it is not there."""
    return None if element is None else (value(element) or "on") not in _OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """How a run of characters is shown."""

    font: str | None = None
    capitals: bool = False
    raised: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document by their ids."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: etree._Element | None = None

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        """Read the part word/styles.xml; None gives no styles."""
        if root is None:
            return cls()
        styles = [each for each in root if local(each) == "style"]
        default = next(
            (
                value(each, "styleId")
                for each in styles
                if value(each, "type") == "paragraph" and value(each, "default") in {"1", "true"}
            ),
            None,
        )
        by_id = {value(each, "styleId") or "": each for each in styles}
        return cls(by_id, default, child(root, "docDefaults", "rPrDefault", "rPr"))

    def chain(self, style: str | None) -> Iterator[etree._Element]:
        """Yield a style, then those it is based on."""
        for _ in range(CHAIN):
            element = self.by_id.get(style or "")
            if element is None:
                return
            yield element
            style = value(child(element, "basedOn"))

    def look(self, run: etree._Element | None, paragraph_style: str | None) -> RunLook:
        """Return how a run with the properties `run` is shown in a paragraph of that style."""
        styles = [*self.chain(value(child(run, "rStyle")))]
        styles += self.chain(paragraph_style or self.default_paragraph)
        properties = [run, *(child(style, "rPr") for style in styles), self.defaults]
        said = [each for each in properties if each is not None]
        return RunLook(
            font=next((font for each in said if (font := _font(child(each, "rFonts")))), None),
            capitals=_first_switch(said, "caps"),
            raised=next((up for each in said if (up := value(child(each, "vertAlign")))), "")
            == "superscript",
            hidden=_first_switch(said, "vanish"),
        )


def _font(fonts: etree._Element | None) -> str | None:
    return value(fonts, "ascii") or value(fonts, "hAnsi")


def _first_switch(said: list[etree._Element], name: str) -> bool:
    found = (switched(child(each, name)) for each in said)
    return next((state for state in found if state is not None), False)
