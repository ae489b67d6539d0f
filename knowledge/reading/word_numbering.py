"""Word's automatic numbers: what stands before a paragraph though nobody typed it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from knowledge.reading.word_styles import Styles, child, local, switched, value

_PLACE: Final = re.compile(r"%([1-9])")
LEVELS: Final = 9
"""Levels that a list of Word has."""
LONGEST_MARK: Final = 80
"""Characters of a mark before its numbers are filled in; "Chương %1." has ten."""
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST: Final = 3_999
"""Largest number written in letters or Roman figures; larger ones are written in figures."""


_BULLETS: Final = frozenset("-–—+*•")
"""Bullets that are kept as they are; those of symbol fonts are shown as "•"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list; `text` has %1 to %9 in place of the numbers of the levels."""

    form: str
    text: str
    start: int
    restart: int
    """The level, from 1, down to which a paragraph sets this number back; 0 for none."""
    legal: bool
    """All numbers in figures, as in "1.2" under "Chương I"."""
    style: str | None
    """The paragraph style that stands for this level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A use of a list: uses of one definition go on counting together."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]
    """Numbers at which this use begins anew."""


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted, in reading order."""

    styles: Styles
    listings: dict[str, Listing]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, properties: etree._Element | None) -> str:
        """Count the paragraph with these properties; return its mark and a blank, "" for none."""
        use, place = self._listed(properties)
        listing = self.listings.get(use)
        level = listing.levels.get(place) if listing else None
        if listing is None or level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return f"{level.text if level.text in _BULLETS else '•'} "
        counts = self.counts[listing.definition]
        self._advance(use, listing, place, counts)
        text = _PLACE.sub(
            lambda match: _shown(int(match[1]) - 1, listing, level, counts), level.text
        )
        return f"{text} " if text else ""

    def _listed(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph, by itself or by its style."""
        style = value(child(properties, "pStyle")) or self.styles.default_paragraph
        chain = list(self.styles.chain(style))
        own = child(properties, "numPr")
        uses = [value(child(own, "numId")), *(each.listing for each in chain)]
        places = [value(child(own, "ilvl")), *(each.level for each in chain)]
        use = next((each for each in uses if each is not None), "")
        place = next((each for each in places if each is not None), None)
        if place is None and use in self.listings:
            levels = self.listings[use].levels
            return use, next((at for at, level in levels.items() if level.style == style), 0)
        return use, _small(place, 0)

    def _advance(self, use: str, listing: Listing, place: int, counts: dict[int, int]) -> None:
        anew = place in listing.starts and (use, place) not in self.begun
        self.begun.add((use, place))
        if anew:
            counts[place] = listing.starts[place]
        else:
            counts[place] = counts.get(place, listing.levels[place].start - 1) + 1
        for deeper in [at for at in counts if at > place]:
            if place < listing.levels[deeper].restart:
                del counts[deeper]


def numbering(root: etree._Element | None, styles: Styles) -> Numbering:
    """Read the part word/numbering.xml; None gives no lists."""
    elements = [] if root is None else list(root)
    definitions = {
        value(each, "abstractNumId") or "": each
        for each in elements
        if local(each) == "abstractNum"
    }
    levels = {name: dict(_levels(each)) for name, each in definitions.items()}
    uses = {value(each, "numId") or "": each for each in elements if local(each) == "num"}
    targets = {use: value(child(each, "abstractNumId")) or "" for use, each in uses.items()}
    links = {
        name: _linked(value(child(each, "numStyleLink")), targets, styles)
        for name, each in definitions.items()
    }
    listings = {}
    for use, element in uses.items():
        name = links.get(targets[use]) or targets[use]
        if name in levels:
            listings[use] = _listing(name, levels[name], element)
    return Numbering(styles, listings)


def _linked(link: str | None, targets: dict[str, str], styles: Styles) -> str | None:
    """Follow a definition that only names the list style which holds the levels."""
    style = styles.by_id.get(link or "")
    return targets.get(style.listing or "") if style else None


def _listing(name: str, levels: dict[int, Level], use: etree._Element) -> Listing:
    levels, starts = dict(levels), {}
    for each in use:
        if local(each) == "lvlOverride":
            place = _small(value(each, "ilvl"), 0)
            levels |= dict(_levels(each))
            start = value(child(each, "startOverride"))
            if start is not None:
                starts[place] = _small(start, 1)
    return Listing(definition=name, levels=levels, starts=starts)


def _levels(holder: etree._Element) -> Iterator[tuple[int, Level]]:
    for each in holder:
        place = _small(value(each, "ilvl"), 0)
        if local(each) == "lvl" and place < LEVELS:
            yield (
                place,
                Level(
                    form=value(child(each, "numFmt")) or "decimal",
                    text=(value(child(each, "lvlText")) or "")[:LONGEST_MARK],
                    start=_small(value(child(each, "start")), 1),
                    restart=_small(value(child(each, "lvlRestart")), place),
                    legal=switched(child(each, "isLgl")) or False,
                    style=value(child(each, "pStyle")),
                ),
            )


def _shown(place: int, listing: Listing, level: Level, counts: dict[int, int]) -> str:
    """Return the number of the level at `place`, as `level` shows it."""
    owner = listing.levels.get(place)
    if owner is None:
        return ""
    number = counts.get(place, owner.start)
    return written(number, "decimal" if level.legal else owner.form)


def written(number: int, form: str) -> str:
    """Write `number` in one of Word's forms; those it does not know give figures."""
    if form == "decimalZero":
        return f"{number:02}"
    if form in {"upperRoman", "lowerRoman"} and 0 < number <= _LARGEST:
        text = _roman(number)
    elif form in {"upperLetter", "lowerLetter"} and 0 < number <= _LARGEST:
        text = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        return str(number)
    return text if form.startswith("upper") else text.lower()


def _roman(number: int) -> str:
    text = ""
    for worth, figure in _ROMAN:
        text += figure * (number // worth)
        number %= worth
    return text


def _small(text: str | None, otherwise: int) -> int:
    """Read a number of at most four figures; anything else gives `otherwise`."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) <= 4
    return int(text) if sound and text is not None else otherwise
