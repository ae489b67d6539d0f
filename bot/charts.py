"""Pictures of a digest: progress by unit and over time, for a phone's screen."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from handlers.digesting.pictures import Bar

INCHES: Final = 7.2
DOTS: Final = 150
"""Dots an inch: 1,080 wide, a phone's screen."""

ROW: Final = 0.52
"""Inches of a bar with its name."""

MARGIN: Final = 2.0
"""Inches above and below the bars: title, legend, scale."""

COLOURS: Final = {"reported": "#1f7a4d", "due": "#e0b84c", "late": "#b3362b"}
HATCHES: Final = {"reported": "", "due": "..", "late": "//"}
"""Told apart without colour too."""


def progress(title: str, bars: Sequence[Bar], labels: Mapping[str, str]) -> bytes:
    """Draw stacked bars, one a unit, and return a PNG.

    `labels` names the parts: reported, due, late.
    """
    figure = Figure(figsize=(INCHES, MARGIN + ROW * len(bars)), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    names = [bar.name for bar in bars]
    left = [0] * len(bars)
    for part in COLOURS:
        sizes = [getattr(bar, part) for bar in bars]
        drawn = axes.barh(
            range(len(bars)),
            sizes,
            left=left,
            color=COLOURS[part],
            hatch=HATCHES[part],
            edgecolor="white",
            label=labels[part],
        )
        numbers = [str(size) if size else "" for size in sizes]
        axes.bar_label(drawn, numbers, label_type="center", fontsize=13, color="black",
                       bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5,
                             "boxstyle": "round"})  # fmt: skip
        left = [before + size for before, size in zip(left, sizes, strict=True)]
    axes.set_yticks(range(len(bars)), names, fontsize=13)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(axis="x", labelsize=12)
    axes.spines[["top", "right"]].set_visible(False)
    figure.suptitle(title, fontsize=15, fontweight="bold", wrap=True)
    figure.legend(loc="outside lower center", ncols=3, fontsize=13, frameon=False)
    png = BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()
