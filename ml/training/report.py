"""One self-contained page on a version: what it is, what it learned from, and how good it is, with pictures."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#212b32}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dde0}"
    "svg{width:100%;height:auto}text{font:13px sans-serif;fill:#212b32}"
)

#: Measures of the pictures, in pixels, and their colours.
_LEFT, _WIDTH, _ROW = 120, 440, 30
_MINE, _OTHERS = "#005eb8", "#4c6272"


def page(manifest: dict[str, Any], evaluation: dict[str, Any] | None) -> str:
    """The page as HTML. evaluation : None before `kith ml evaluate`."""
    title = f"Ranker {manifest['version']}"
    parts = [f"<h1>{escape(title)}</h1>", _about(manifest)]
    parts += ["<p>It was not evaluated yet.</p>"] if evaluation is None else _quality(evaluation)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _about(manifest: dict[str, Any]) -> str:
    data, features = manifest["data"], manifest["features"]
    rows = {
        "Ranker": f"{manifest['ranker']}, seed {manifest['seed']}",
        "Data up to": manifest["trained_on"],
        "Learned from": f"{data['queries_learned']} slates before {manifest['learned_until'][:10]}",
        "Kept for judging": f"{data['queries_held_out']} slates from {manifest['held_out_from'][:10]} on",
        "Features": f"{len(features['names'])}, schema {features['schema_sha256'][:12]}",
        "Data": f"{data['labels']} labels, hash {data['sha256'][:12]}",
        "Parameters": f"hash {manifest['parameters_sha256'][:12]}",
    }
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows.items())
    return f"<table>{''.join(cells)}</table>"


def _quality(evaluation: dict[str, Any]) -> list[str]:
    queries = evaluation["queries"]
    parts = [
        "<h2>How good it is</h2>",
        f"<p>On {queries['judged']} slates shown from {evaluation['judged_from'][:10]} on, which it never saw; "
        f"{queries['without_a_positive']} more had no positive and are left out. Bars are 95 % intervals.</p>",
        _chart("NDCG@10", {name: found["ndcg@10"] for name, found in evaluation["quality"].items()}),
        "<h2>How much better than the others</h2><p>Paired by slate; right of the dashed line it is better.</p>",
        _chart("Difference in NDCG@10", evaluation["over"], zero=True),
    ]
    if "truth" in evaluation:
        truth = evaluation["truth"]["quality"]
        parts += ["<h2>Against the truth of a made-up world</h2>", _chart("NDCG@10 of all candidates", truth)]
    return parts


def _chart(title: str, found: Mapping[str, dict[str, float]], *, zero: bool = False) -> str:
    """A dot with its interval for each order, the best first, as SVG. zero : draw a line at 0."""
    low = min([one["low"] for one in found.values()] + [0.0] * zero)
    high = max([one["high"] for one in found.values()] + [0.0] * zero)
    ordered = sorted(found.items(), key=lambda pair: -pair[1]["mean"])
    scale = _WIDTH / ((high - low) or 1.0)
    marks = [
        _mark(
            name, one, place * _ROW + _ROW // 2, [_LEFT + (one[end] - low) * scale for end in ("low", "mean", "high")]
        )
        for place, (name, one) in enumerate(ordered)
    ]
    height = len(found) * _ROW
    if zero:
        marks.append(f'<path d="M{_LEFT - low * scale:.1f} 0V{height}" stroke="{_OTHERS}" stroke-dasharray="4"/>')
    return (
        f'<svg viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )


def _mark(name: str, one: dict[str, float], y: int, across: list[float]) -> str:
    low, mean, high = across
    colour = _MINE if name == "version" else _OTHERS
    words = "this version" if name == "version" else name
    return (
        f'<text x="0" y="{y + 5}">{escape(words)}</text>'
        f'<path d="M{low:.1f} {y}H{high:.1f}" stroke="{colour}" stroke-width="3"/>'
        f'<circle cx="{mean:.1f}" cy="{y}" r="5" fill="{colour}"/>'
        f'<text x="{high + 10:.1f}" y="{y + 5}">{one["mean"]:.3f}</text>'
    )
