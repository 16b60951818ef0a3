"""The sections on how what is asked is shared, and on what nobody can judge from it."""

from collections.abc import Mapping
from math import sqrt
from typing import Any, Final

from ml.report import pictures
from ml.report.page import Section, figure, paragraph
from ml.training.volunteers.load import EVEN, FEWEST, FEWEST_JUDGED

_Z: Final = 1.959964
#: Asks that were made by chance: with fewer no estimate of another order would mean anything.
_EXPLORED: Final = 100
_TITLES: Final = {"district": "by district of the volunteer", "deprivation": "by deprivation of where they live"}
#: Said when it is not known where volunteers live, and always.
_NO_AREAS: Final = (
    "Whether volunteers of deprived areas are asked as often as others: there were no postcodes of volunteers, or no "
    "table of deprivation (`kith import deprivation`), when this was exported."
)
_NEVER: Final = (
    "Whether women and men, young and old, or people of any origin are asked alike: nothing of that is recorded of "
    "volunteers, on purpose, so nobody can tell, and no ranker can read it.",
    "Why somebody was never asked: a rule may have kept them off every task, or their turn never came. Who was "
    "asked is logged, not who was passed over.",
    "Whether a district is asked less because it is passed over or because it has fewer tasks: asks a head are both.",
    "Tasks that somebody found and took by themselves: nobody was asked about them, so they are no answer.",
)


def sections(found: Mapping[str, Any]) -> list[Section]:
    """How asks are shared among volunteers, and among the groups that are known."""
    load = found["load"]
    if load["gini"] is None:
        return [Section("Is it shared fairly", [paragraph("Too few volunteers were asked to tell.", soft=True)])]
    text = (
        f"{load['asks']:,} asks of {load['volunteers']:,} active volunteers, every one counted, whatever came of it. "
        f"The most asked tenth had {load['most_asked_tenth']:.0%} of them. Gini is 0 when all are asked as often and 1 "
        f"when one has everything; were each ask put to anybody by lot, it would be {load['gini_by_lot']:.2f}, and "
        "asking in turns comes below that. The rest comes of whom tasks suit, who lives where, and when they joined."
    )
    drawn = pictures.lorenz("Share of asks of the least asked volunteers", load["lorenz"])
    caption = "The further below the dashed line, the more is asked of the same people."
    return [Section("Is it shared fairly", [paragraph(text), figure(drawn, caption, narrow=True), *_groups(load)])]


def compared(load: Mapping[str, Any]) -> str:
    """Name the groups between which asks were compared."""
    names = {"district": "districts", "deprivation": "areas of all sorts of deprivation"}
    known = [names[what] for what, groups in load["groups"].items() if groups]
    return " and ".join(known).capitalize()


def _groups(load: Mapping[str, Any]) -> list[str]:
    parts = []
    for what, groups in load["groups"].items():
        shown = {f"{name} ({one['volunteers']:,})": one for name, one in groups.items() if one is not None}
        if len(shown) > 1:
            title = f"Asks a head {_TITLES[what]}"
            picture = pictures.intervals(
                title, "asks a head, all volunteers being 1", shown, at=1.0, band=EVEN, ordered=False
            )
            parts.append(
                figure(picture, f"{title}; how many they are in brackets. Green is even enough. {_hidden(groups)}")
            )
    return parts


def _hidden(groups: Mapping[str, Any]) -> str:
    few = [name for name, one in groups.items() if one is None]
    return f"Fewer than {FEWEST} volunteers, not shown: {', '.join(few)}." if few else ""


def not_judged(found: Mapping[str, Any]) -> Section:
    """What none of these figures can say, each in a sentence."""
    load, left = found["load"], found["left_out"].get("withdrawn", 0)
    lines = [
        *([] if load["groups"].get("deprivation") else [_NO_AREAS]),
        *_NEVER,
        *(
            [f"What {left:,} volunteers would have answered who heard that it was taken before they did."]
            if left
            else []
        ),
    ]
    if found["explored"] < _EXPLORED:
        told = f"{found['explored']:,} answers came from asks in which chance had a part"
        lines.append(f"What another order would have earned: {told}, and fewer than {_EXPLORED} tell of luck alone.")
    small = f"Groups of fewer than {FEWEST} are not shown, and of fewer than {FEWEST_JUDGED} volunteers not judged."
    return Section("What cannot be judged", [*map(_listed, lines), paragraph(small, soft=True)])


def _listed(line: str) -> str:
    return paragraph(f"– {line}")


def interval_of(share: float, of: int) -> dict[str, float]:
    """A share with its 95 % interval by Wilson's score. Source: Wilson (1927)."""
    middle = share + _Z**2 / (2 * of)
    reach = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    return {"mean": share, "low": (middle - reach) / scale, "high": (middle + reach) / scale}
