"""The pictures of the page, each from plain values."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from ml.report.effects import Effect
from ml.report.ink import BAD, FAINT, GOOD, MINE, OTHERS, RIVAL, WIDTH, no_ticks, picture
from ml.report.words import words

#: A mean with its interval, as reports keep it: {"mean", "low", "high"}.
Interval = Mapping[str, float]

_ROW: Final = 0.34
_MARGIN: Final = 0.75
_COLOURS: Final = {"version": MINE, "champion": RIVAL}


def intervals(
    said: str,
    label: str,
    found: Mapping[str, Interval],
    *,
    at: float | None = None,
    band: tuple[float, float] | None = None,
    ordered: bool = True,
) -> str:
    """A dot with its 95 % interval a row.

    at : where to draw the line of no difference. band : where all is well. ordered : the best first.
    """
    rows = sorted(found.items(), key=lambda pair: -pair[1]["mean"]) if ordered else list(found.items())
    with picture(said, size=(WIDTH, _MARGIN + _ROW * len(rows))) as drawn:
        ax = drawn.ax
        if band is not None:
            ax.axvspan(*band, color=GOOD, alpha=0.12, linewidth=0)
        if at is not None:
            ax.axvline(at, color=OTHERS, linewidth=1, linestyle="--")
        for place, (name, one) in enumerate(rows):
            _dot(ax, place, one, _COLOURS.get(name, OTHERS))
        _rows(ax, [words(name) for name, _ in rows])
        ax.set_xlabel(label)
    return drawn.svg


def grouped(said: str, label: str, groups: Mapping[str, Mapping[str, Interval]]) -> str:
    """Rows as in `intervals` under a title each, all on one scale, so that any two can be compared by eye."""
    rows = [row for title, found in groups.items() for row in ((title, None), *found.items())]
    with picture(said, size=(WIDTH, _MARGIN + _ROW * len(rows))) as drawn:
        ax = drawn.ax
        for place, (_, one) in enumerate(rows):
            if one is not None:
                _dot(ax, place, one, OTHERS)
        _rows(ax, [name for name, _ in rows])
        for tick, (_, one) in zip(ax.get_yticklabels(), rows, strict=True):
            tick.set_fontweight("bold" if one is None else "normal")
        ax.set_xlabel(label)
    return drawn.svg


def _dot(ax: Axes, place: int, one: Interval, colour: str) -> None:
    ax.plot([one["low"], one["high"]], [place, place], color=colour, linewidth=3, solid_capstyle="round")
    ax.plot([one["mean"]], [place], "o", color=colour, markersize=7)
    ax.annotate(f"{one['mean']:.3f}", (one["high"], place), (8, 0), textcoords="offset points", va="center", size=9.5)


def _rows(ax: Axes, names: Sequence[str]) -> None:
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.margins(x=0.14)
    ax.locator_params(axis="x", nbins=6)
    no_ticks(ax, "y")


def curve(said: str, label: str, at: Sequence[float], lines: Mapping[str, Sequence[Interval]]) -> str:
    """Means with bands against a figure that grows, a line each name; the figure is drawn on a scale of ratios."""
    with picture(said) as drawn:
        ax = drawn.ax
        for name, line in lines.items():
            colour = _COLOURS.get(name, OTHERS)
            ax.fill_between(at, [one["low"] for one in line], [one["high"] for one in line], color=colour, alpha=0.15)
            ax.plot(at, [one["mean"] for one in line], "o-", color=colour, label=words(name))
        ax.set_xscale("log")
        ax.set_xticks(at, [f"{value:,.0f}" for value in at])
        ax.minorticks_off()
        ax.set_xlabel(label)
        ax.set_ylabel("NDCG@10")
        if len(lines) > 1:
            ax.legend()
    return drawn.svg


def reliability(said: str, chance: Sequence[float], came: Sequence[float], count: Sequence[float]) -> str:
    """What was foretold against what came, dots as large as the rows behind them; on the line all is well."""
    with picture(said, size=(4.6, 4.0)) as drawn:
        ax = drawn.ax
        top = max([*chance, *came, 0.05]) * 1.1
        ax.plot([0, top], [0, top], color=OTHERS, linewidth=1, linestyle="--")
        size = 20 + 120 * np.asarray(count, dtype=np.float64) / max([*count, 1])
        ax.scatter(chance, came, s=size, color=MINE, alpha=0.75, zorder=3)
        whole = (-0.05 * top, top)  # so that a dot at nought is a whole one
        ax.set(xlabel="chance that was foretold", ylabel="share that came true", xlim=whole, ylim=whole)
    return drawn.svg


def lorenz(said: str, shares: Sequence[float]) -> str:
    """The share of all that goes to each share of those who have least, with the line on which all have as much."""
    at = np.linspace(0, 1, len(shares))
    with picture(said, size=(4.6, 4.0)) as drawn:
        ax = drawn.ax
        ax.plot([0, 1], [0, 1], color=OTHERS, linewidth=1, linestyle="--")
        ax.fill_between(at, shares, at, color=MINE, alpha=0.12, linewidth=0)
        ax.plot(at, shares, "o-", color=MINE, markersize=4)
        ticks = (0, 0.25, 0.5, 0.75, 1)
        ax.set_xticks(ticks, [f"{tick:.0%}" for tick in ticks])
        ax.set_yticks(ticks, [f"{tick:.0%}" for tick in ticks])
        ax.set(xlabel="volunteers, least asked first", ylabel="share of all asks", xlim=(0, 1.02), ylim=(0, 1.02))
    return drawn.svg


def weights(said: str, label: str, found: Sequence[tuple[str, float]]) -> str:
    """A bar each row."""
    with picture(said, size=(WIDTH, _MARGIN + _ROW * len(found))) as drawn:
        drawn.ax.barh(range(len(found)), [value for _, value in found], color=MINE, height=0.62)
        drawn.ax.set_xlabel(label)
        _rows(drawn.ax, [words(name) for name, _ in found])
    return drawn.svg


def effect_curves(said: str, found: Sequence[Effect]) -> str:
    """What each of a few features adds to the score as its value grows, two curves a line."""
    lines = -(-len(found) // 2)
    with picture(said, size=(WIDTH, 1.9 * lines), columns=2, rows=lines) as drawn:
        for ax, one in zip(drawn.axes, found, strict=False):
            _effect(ax, one)
        _one_scale(drawn.axes[: len(found)])
        for ax in drawn.axes[len(found) :]:
            ax.set_visible(False)
    return drawn.svg


def _effect(ax: Axes, one: Effect) -> None:
    ax.axhline(0, color=OTHERS, linewidth=1)
    ax.plot(one.at, one.added, "o-", color=MINE, markersize=3.5, linewidth=1.6)
    if not np.isnan(one.missing):
        ax.axhline(one.missing, color=BAD, linewidth=1, linestyle=":")
    ax.set_title(words(one.name))
    ax.tick_params(labelsize=8.5)
    ax.locator_params(axis="x", nbins=4)


def _one_scale(axes: Sequence[Axes]) -> None:
    """Give them all the same scale upwards: a flat curve then looks flat."""
    ends = [ax.get_ylim() for ax in axes]
    for ax in axes:
        ax.set_ylim(min(low for low, _ in ends), max(high for _, high in ends))


def drifts(said: str, found: Mapping[str, float], limits: Mapping[str, float]) -> str:
    """How far each feature moved, as its population stability index, beside the limit past which it is flagged."""
    rows = sorted(found.items(), key=lambda pair: -pair[1])
    with picture(said, size=(WIDTH, _MARGIN + _ROW * len(rows))) as drawn:
        ax = drawn.ax
        for place, (name, value) in enumerate(rows):
            flagged = value > limits.get(name, np.inf)
            ax.barh(place, value, color=BAD if flagged else MINE, height=0.62)
            if name in limits:
                ax.plot([limits[name]] * 2, [place - 0.4, place + 0.4], color=OTHERS, linewidth=1.5)
        ax.set_xlabel("PSI; the grey mark is the limit")
        _rows(ax, [words(name) for name, _ in rows])
    return drawn.svg


def months(said: str, at: Sequence[str], found: Sequence[Interval]) -> str:
    """NDCG@10 by month with intervals."""
    with picture(said, size=(WIDTH, 2.6)) as drawn:
        ax = drawn.ax
        place = range(len(at))
        ax.vlines(place, [one["low"] for one in found], [one["high"] for one in found], color=MINE, linewidth=3)
        ax.plot(place, [one["mean"] for one in found], "o", color=MINE)
        ax.set_xticks(place, at, rotation=45 if len(at) > 5 else 0, ha="right" if len(at) > 5 else "center")
        ax.set_ylabel("NDCG@10")
        ax.grid(visible=False, axis="x")
        ax.grid(color=FAINT, axis="y")
    return drawn.svg
