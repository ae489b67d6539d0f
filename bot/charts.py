"""Pictures of a digest: progress by unit and over months, for a phone's screen."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from handlers.digesting.pictures import Bar

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
) -> Figure:
    """Return the figure that `progress` writes."""
    heights = [MARGIN + ROW * len(units)] + ([MARGIN + ROW * len(months)] if months else [])
    figure = Figure(figsize=(INCHES, sum(heights)), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)
    _panel(panels[0][0], title, units, [labels[part] for part in PARTS])
    if months:
        _panel(panels[1][0], labels["trend"], months, [labels[part] for part in TREND])
    return figure


def _panel(axes: Axes, title: str, bars: Sequence[Bar], names: Sequence[str]) -> None:
    left = [0] * len(bars)
    for part, colour, hatch, name in zip(PARTS, COLOURS, HATCHES, names, strict=True):
        sizes = [int(getattr(bar, part)) for bar in bars]
        drawn_bars = axes.barh(
            range(len(bars)), sizes, left=left, color=colour, hatch=hatch, edgecolor="white"
        )
        drawn_bars.set_label(name)
        numbers = axes.bar_label(
            drawn_bars,
            [str(size) if size else "" for size in sizes],
            label_type="center",
            fontsize=13,
            fontweight="bold",
        )
        for number in numbers:
            number.set_path_effects([withStroke(linewidth=4, foreground="white")])
        left = [before + size for before, size in zip(left, sizes, strict=True)]
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars], fontsize=13)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(axis="x", labelsize=12)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, fontsize=15, fontweight="bold", loc="left", wrap=True)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.4, -0.08), ncols=3, fontsize=13, frameon=False
    )
