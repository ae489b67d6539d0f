"""What stands at the edges of pages and is no text: their numbers, running heads and feet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from knowledge.pages.columns import PageLine

EDGE: Final = 0.12
"""Share of a page's height at its top and foot in which such lines stand."""

OUTERMOST: Final = 2
"""Lines at each end of a page that are looked at."""

_FIGURES: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(
    r"[-–—|~•.\s]*(?:Trang|Page|Tr\.)?\s*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[-–—|~•.\s]*",
    re.IGNORECASE,
)


def marginal(pages: Sequence[Sequence[PageLine]], heights: Sequence[float]) -> list[set[int]]:
    """Return, for each page, the numbers of its lines that belong to the page."""
    edges = [list(_edge(lines, high)) for lines, high in zip(pages, heights, strict=True)]
    seen = Counter(
        form
        for lines, places in zip(pages, edges, strict=True)
        for form in {_form(lines[at].text) for at in places}
    )
    return [
        {
            at
            for at in places
            if _numbers(lines[at].text, number) or (seen[_form(lines[at].text)] > 1)
        }
        for number, (lines, places) in enumerate(zip(pages, edges, strict=True), 1)
    ]


def _edge(lines: Sequence[PageLine], height: float) -> Iterator[int]:
    """Yield the outermost lines of a page that stand at its edges."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].top)
    yield from (at for at in order[:OUTERMOST] if lines[at].low > (1 - EDGE) * height)
    last = [at for at in order[-OUTERMOST:] if lines[at].top < EDGE * height]
    yield from (at for at in last if at not in order[:OUTERMOST])


def _form(text: str) -> str:
    """Return a line with its figures left out: "Trang 1/4" and "Trang 2/4" are one."""
    return _FIGURES.sub("#", " ".join(text.split()))


def _numbers(text: str, page: int) -> bool:
    """Tell whether a line only numbers a page: by its own number, or as one of a longer paper."""
    found = _NUMBER.fullmatch(text)
    return found is not None and int(found[1]) >= page - 1
