"""How pictures look, and how one becomes a part of the page: SVG that is the same bytes each time."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

#: This version, its champion, all others, what is good, what is bad, and the lines between.
MINE, RIVAL, OTHERS, GOOD, BAD, FAINT = "#005eb8", "#7c2855", "#768692", "#00703c", "#b1521c", "#d8dde0"
#: Inches: as wide as a phone can show with letters that can be read; a desk shows the same, larger.
WIDTH: Final = 5.0
_INK: Final = "#212b32"

_LOOK: Final[dict[str, Any]] = {
    "svg.fonttype": "none",  # letters stay letters: small, sharp, and read aloud
    "svg.hashsalt": "kith",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.5,
    "text.color": _INK,
    "axes.edgecolor": OTHERS,
    "axes.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "legend.frameon": False,
}
_SAME_EACH_TIME: Final = {"Date": None, "Creator": None}


class Picture:
    """A figure under way: draw on `axes`; `svg` is there when the drawing is done."""

    def __init__(self, axes: list[Axes]) -> None:
        self.axes = axes
        self.svg = ""

    @property
    def ax(self) -> Axes:
        """The only axes, or the first."""
        return self.axes[0]


@contextmanager
def picture(
    said: str, *, size: tuple[float, float] = (WIDTH, 2.8), columns: int = 1, rows: int = 1
) -> Iterator[Picture]:
    """Open a figure to draw on.

    said : what it shows, for those who cannot see it. size : inches. columns, rows : of axes.
    """
    with mpl.rc_context(_LOOK):  # type: ignore[arg-type]  # its keys are listed in a type of their own
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasSVG(figure)
        drawn = Picture(list(figure.subplots(rows, columns, squeeze=False).flat))
        yield drawn
        drawn.svg = _svg(figure, said)


def _svg(figure: Figure, said: str) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata=_SAME_EACH_TIME, transparent=True)
    text = out.getvalue()
    body = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    body = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", body, count=1)
    body = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", body, count=1)
    return body.replace("<svg", f'<svg role="img" aria-label="{escape(said, quote=True)}"', 1)


def no_ticks(ax: Axes, axis: Literal["x", "y"]) -> None:
    """Take the little marks, and the grid, off an axis, and leave its labels."""
    ax.tick_params(axis=axis, length=0)
    ax.grid(visible=False, axis=axis)
