"""Lay out the page: a heading with the figures that matter, then a section a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_STYLE: Final = """
:root {
  --ink: #212b32; --soft: #4c6272; --line: #d8dde0; --paper: #fff; --wash: #f0f4f5; --blue: #005eb8;
  --good: #00703c; --bad: #b1521c;
}
* { box-sizing: border-box }
body {
  font: 17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif; margin: 0;
  color: var(--ink); background: var(--wash);
}
header,main,footer { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem }
header { padding-top: 2rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.3rem; margin: 0 0 .25rem }
p { margin: .4rem 0 .8rem }
.soft,figcaption { color: var(--soft); font-size: .95rem }
section,.verdict {
  background: var(--paper); border-radius: .6rem; padding: 1.25rem 1.5rem; margin: 1.25rem 0;
  box-shadow: 0 1px 2px rgb(33 43 50/.12);
}
.verdict { border-left: .4rem solid var(--soft) }
.verdict.good { border-color: var(--good) }
.verdict.bad { border-color: var(--bad) }
.figures {
  display: grid; grid-template-columns: repeat(auto-fit,minmax(9.5rem,1fr)); gap: .75rem; margin: 1.25rem 0;
  padding: 0;
}
.figures div {
  background: var(--paper); border-radius: .6rem; padding: .8rem 1rem;
  box-shadow: 0 1px 2px rgb(33 43 50/.12);
}
.figures dt { color: var(--soft); font-size: .9rem }
.figures dd { margin: 0; font-size: 1.55rem; font-weight: 600 }
.figures small { display: block; color: var(--soft); font-size: .85rem; font-weight: 400 }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; padding: 0; margin: .5rem 0 }
a { color: var(--blue) }
figure { margin: 1rem 0; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: flex-start }
figcaption { flex: 1 1 12rem }
svg { width: 100%; max-width: 32rem; height: auto; display: block }
svg.narrow { max-width: 30rem }
table { border-collapse: collapse; width: 100%; font-size: .95rem }
td,th {
  text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top;
}
td.n,th.n { text-align: right; font-variant-numeric: tabular-nums }
details { margin: .6rem 0 }
summary { cursor: pointer; color: var(--blue) }
.wide { overflow-x: auto }
code { background: var(--wash); padding: .05rem .3rem; border-radius: .25rem }
footer { color: var(--soft); font-size: .9rem; padding-bottom: 3rem }
@media (max-width: 40rem) {
  header,main,footer { padding: 0 .6rem }
  section,.verdict { padding: 1rem .8rem }
}
@media print {
  body { background:#fff }
  section,.verdict,.figures div { box-shadow:none; border:1px solid var(--line); break-inside:avoid }
  nav { display:none }
}
"""


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure at the top. note : a few words under it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the page. parts : HTML, in order."""

    title: str
    parts: Sequence[str]

    @property
    def anchor(self) -> str:
        """What a link to it names."""
        return self.title.lower().replace(" ", "-").replace(",", "").replace("?", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it serves or may, in a sentence, with the reasons. mood : good, bad or empty."""

    sentence: str
    reasons: Sequence[str] = ()
    mood: str = ""


def page(title: str, lead: str, verdict: Verdict, headlines: Sequence[Headline], sections: Sequence[Section]) -> str:
    """The whole page as HTML, with nothing to fetch from anywhere."""
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<header><h1>{escape(title)}</h1><p class="soft">{escape(lead)}</p>{_contents(sections)}</header>'
        f"<main>{_verdict(verdict)}{_figures(headlines)}{''.join(map(_section, sections))}</main>"
        f"<footer><p>Intervals are 95 %. A person decides what is offered; a ranker only puts it in order.</p></footer>"
        "</body></html>\n"
    )


def paragraph(text: str, *, soft: bool = False) -> str:
    """A paragraph of plain words; what stands between backticks is set as code."""
    pieces = [escape(piece) for piece in text.split("`")]
    inner = "".join(f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces))
    return f"<p{' class=soft' if soft else ''}>{inner}</p>"


def figure(svg: str, caption: str = "", *, narrow: bool = False) -> str:
    """A picture with a line of words under it."""
    drawn = svg.replace("<svg", '<svg class="narrow"', 1) if narrow else svg
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{drawn}{words}</figure>"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> str:
    """A table. words : how many columns at the left are words and not figures."""
    head = "".join(f"<th{_kind(place, words)}>{escape(cell)}</th>" for place, cell in enumerate(headings))
    body = "".join(
        f"<tr>{''.join(f'<td{_kind(place, words)}>{escape(cell)}</td>' for place, cell in enumerate(row))}</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def folded(summary: str, inner: str) -> str:
    """What is shown when it is asked for."""
    return f"<details><summary>{escape(summary)}</summary>{inner}</details>"


def _kind(place: int, words: int) -> str:
    return "" if place < words else ' class="n"'


def _contents(sections: Sequence[Section]) -> str:
    links = "".join(f'<li><a href="#{one.anchor}">{escape(one.title)}</a></li>' for one in sections)
    return f'<nav aria-label="On this page"><ul>{links}</ul></nav>'


def _verdict(verdict: Verdict) -> str:
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in verdict.reasons)
    listed = f"<ul>{reasons}</ul>" if reasons else ""
    return f'<div class="verdict {verdict.mood}"><strong>{escape(verdict.sentence)}</strong>{listed}</div>'


def _figures(headlines: Sequence[Headline]) -> str:
    cells = "".join(
        f"<div><dt>{escape(one.name)}</dt><dd>{escape(one.value)}<small>{escape(one.note)}</small></dd></div>"
        for one in headlines
    )
    return f'<dl class="figures">{cells}</dl>'


def _section(section: Section) -> str:
    return f'<section id="{section.anchor}"><h2>{escape(section.title)}</h2>{"".join(section.parts)}</section>'
