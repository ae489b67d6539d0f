"""What Word's styles say of a run of characters: its font, capitals, raised or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
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
    """How a run of characters is shown; None where a style leaves it open."""

    font: str | None = None
    capitals: bool | None = None
    raised: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None

    @property
    def gone(self) -> bool:
        """Whether it is no live text: hidden, or struck out."""
        return bool(self.hidden or self.struck)

    def over(self, other: "RunLook") -> "RunLook":
        """Return this look with what it leaves open taken from `other`."""
        return RunLook(
            font=other.font if self.font is None else self.font,
            capitals=other.capitals if self.capitals is None else self.capitals,
            raised=other.raised if self.raised is None else self.raised,
            hidden=other.hidden if self.hidden is None else self.hidden,
            struck=other.struck if self.struck is None else self.struck,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style says; a list or level of None is left open."""

    based_on: str | None
    look: RunLook
    listing: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document by their ids."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: RunLook = field(default_factory=RunLook)
    looks: dict[tuple[str | None, str | None], RunLook] = field(default_factory=dict)
    """Of character and paragraph styles together, worked out once each."""

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        """Read the part word/styles.xml; None gives no styles."""
        elements = [] if root is None else [each for each in root if local(each) == "style"]
        ids = [value(each, "styleId") or "" for each in elements]
        default = next(
            (
                name
                for name, each in zip(ids, elements, strict=True)
                if value(each, "type") == "paragraph" and value(each, "default") in {"1", "true"}
            ),
            None,
        )
        styles = dict(zip(ids, map(_style, elements), strict=True))
        return cls(styles, default, look(child(root, "docDefaults", "rPrDefault", "rPr")))

    def chain(self, style: str | None) -> Iterator[Style]:
        """Yield a style, then those it is based on."""
        for _ in range(CHAIN):
            found = self.by_id.get(style or "")
            if found is None:
                return
            yield found
            style = found.based_on

    def look(self, run: etree._Element | None, paragraph_style: str | None) -> RunLook:
        """Return how a run with the properties `run` is shown in a paragraph of that style."""
        names = value(child(run, "rStyle")), paragraph_style or self.default_paragraph
        if names not in self.looks:
            styles = [each.look for name in names for each in self.chain(name)]
            self.looks[names] = reduce(RunLook.over, [*styles, self.defaults])
        return look(run).over(self.looks[names])


def look(properties: etree._Element | None) -> RunLook:
    """Return what the properties of a run say themselves."""
    fonts = child(properties, "rFonts")
    place = value(child(properties, "vertAlign"))
    once = switched(child(properties, "strike"))
    twice = switched(child(properties, "dstrike"))
    return RunLook(
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
        capitals=switched(child(properties, "caps")),
        raised=None if place is None else place == "superscript",
        hidden=switched(child(properties, "vanish")),
        struck=(once or twice) if once is not None or twice is not None else None,
    )


def _style(element: etree._Element) -> Style:
    return Style(
        based_on=value(child(element, "basedOn")),
        look=look(child(element, "rPr")),
        listing=value(child(element, "pPr", "numPr", "numId")),
        level=value(child(element, "pPr", "numPr", "ilvl")),
    )
