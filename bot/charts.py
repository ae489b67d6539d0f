"""Pictures of a digest: progress by unit and over months, for a phone's screen."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from handlers.digest.pictures import Bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES: Final = 7.2
DOTS: Final = 150
"""Dots an inch: 1,080 wide, a phone's screen."""

ROW: Final = 0.5
"""Inches of a bar with its name."""

MARGIN: Final = 1.6
"""Inches of a panel above and below its bars: title, legend, scale."""

PARTS: Final = ("reported", "due", "late")
COLOURS: Final = ("#1f7a4d", "#e0b84c", "#b3362b")
HATCHES: Final = ("", "..", "//")
"""Told apart without colour too."""

NARROW: Final = 0.08
"""Share of the longest bar below which a part has no room for its number."""

BETWEEN: Final = " · "
"""Between the numbers behind a bar: all three, in the order of the parts."""

ROOM: Final = 1.4
"""Width of the scale by the longest bar, so that numbers behind it stand inside the picture."""

TREND: Final = ("on_time", "came_late", "missing")
"""The names of the same three parts where bars are months."""


def progress(
    title: str, units: Sequence[Bar], months: Sequence[Bar], labels: Mapping[str, str]
) -> bytes:
    """Draw a bar a unit, and below them one a month where there are any; return a PNG.

    `labels` names the parts, reported, due, late and on_time, came_late, missing, and the trend.
    """
    figure = drawn(title, units, months, labels)
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def drawn(
    title: str, units: Sequence[Bar], months: Sequence[Bar], labels: Mapping[str, str]
) -> "Figure":
    """Return the figure that `progress` writes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    panels = [(title, units, PARTS)] + ([(labels["trend"], months, TREND)] if months else [])
    heights = [MARGIN + ROW * len(bars) for _, bars, _ in panels]
    figure = Figure(figsize=(INCHES, sum(heights)), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    places = figure.subfigures(len(panels), 1, height_ratios=heights, squeeze=False)
    for place, (heading, bars, names) in zip(places[:, 0], panels, strict=True):
        axes = place.subplots()
        _panel(axes, heading, bars, [labels[name] for name in names])
        place.legend(loc="outside lower center", ncols=len(names), fontsize=13, frameon=False)
    return figure


def _panel(axes: "Axes", title: str, bars: Sequence[Bar], names: Sequence[str]) -> None:
    """Draw stacked bars, each number in its part, or all behind the bar where one has no room."""
    from matplotlib.patheffects import withStroke
    from matplotlib.ticker import MaxNLocator

    longest = max((sum(_sizes(bar)) for bar in bars), default=0) or 1
    cramped = [any(0 < size < NARROW * longest for size in _sizes(bar)) for bar in bars]
    left = [0] * len(bars)
    for place, (colour, hatch, name) in enumerate(zip(COLOURS, HATCHES, names, strict=True)):
        sizes = [_sizes(bar)[place] for bar in bars]
        part = axes.barh(
            range(len(bars)), sizes, left=left, color=colour, hatch=hatch, edgecolor="white"
        )
        part.set_label(name)
        inside = [
            str(size) if size and not behind else ""
            for size, behind in zip(sizes, cramped, strict=True)
        ]
        for number in axes.bar_label(
            part, inside, label_type="center", fontsize=13, fontweight="bold"
        ):
            number.set_path_effects([withStroke(linewidth=4, foreground="white")])
        left = [before + size for before, size in zip(left, sizes, strict=True)]
    for row, (bar, behind) in enumerate(zip(bars, cramped, strict=True)):
        if behind:
            said = BETWEEN.join(str(size) for size in _sizes(bar))
            axes.text(left[row], row, f" {said}", va="center", fontsize=13, fontweight="bold")
    axes.set_xlim(0, longest * (ROOM if any(cramped) else 1.05))
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars], fontsize=13)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.tick_params(axis="x", labelsize=12)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, fontsize=15, fontweight="bold", loc="left", wrap=True)


def _sizes(bar: Bar) -> tuple[int, int, int]:
    return bar.reported, bar.due, bar.late
