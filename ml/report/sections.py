"""The sections on how good a version is: what is known of it in, HTML out."""

from collections.abc import Mapping
from typing import Any

from ml.report import pictures
from ml.report.gathered import KEPT, Known
from ml.report.page import Section, figure, folded, paragraph, table
from ml.report.words import slice_words, words


def quality(known: Known) -> Section:
    """How well it orders slates that it never saw, beside everything it has to beat."""
    found = known["evaluation"]
    if found is None:
        return missing(known, "How good is it", "evaluation")
    queries, means = found["queries"], {name: one["ndcg@10"] for name, one in found["quality"].items()}
    parts = [
        paragraph(
            f"On {queries['judged']:,} slates shown from {found['judged_from'][:10]} on, which it never saw. "
            f"{queries['without_a_positive']:,} more had no positive and tell nothing about an order."
        ),
        figure(pictures.intervals("NDCG@10 of each order", "NDCG@10", means)),
        figure(
            pictures.intervals("Lead over each other order", "lead in NDCG@10", found["over"], at=0.0),
            "Paired by slate: right of the dashed line this version is better.",
        ),
        folded("All measures as a table", _measures(found["quality"])),
    ]
    return Section("How good is it", parts)


def truth(known: Known) -> Section | None:
    """How near it comes to the truth of a made-up world, where it was measured in one."""
    found = (known["evaluation"] or {}).get("truth")
    if found is None:
        return None
    drawn = pictures.intervals("NDCG@10 of all candidates against the truth", "NDCG@10", found["quality"])
    words = "This version learned from a made-up world, whose truth is known: all candidates are ranked, shown or not."
    return Section("How near the truth", [paragraph(words), figure(drawn)])


def slices(known: Known) -> Section | None:
    """How good it is by need, district and the like, beside plain rules."""
    found = (known["evaluation"] or {}).get("slices")
    if not found:
        return None
    drawn = {
        group: {
            slice_words(group, name): one["quality"]["version"]
            for name, one in sorted(told.items(), key=_quality)
            if "quality" in one
        }
        for group, told in found.items()
    }
    few = [slice_words(group, name) for group, told in found.items() for name in told if "quality" not in told[name]]
    told = {f"by {group}": shown for group, shown in drawn.items() if shown}
    if not told:
        return Section("Where is it good", [paragraph("No slice has enough queries to tell.", soft=True)])
    caption = f"Too few slates to tell of: {', '.join(few)}." if few else ""
    return Section("Where is it good", [figure(pictures.grouped("NDCG@10 by slice", "NDCG@10", told), caption)])


def _quality(told: tuple[str, Mapping[str, Any]]) -> float:
    """The best first, those of too few slates last."""
    return -told[1]["quality"]["version"]["mean"] if "quality" in told[1] else 1.0


def learning(known: Known) -> Section:
    """Whether more data would help."""
    points = (known["evaluation"] or {}).get("learning_curve")
    title = "Would more data help"
    if not points:
        return Section(
            title,
            [paragraph(f"Not measured yet: `kith ml evaluate --learning-curve {known.version.name}` does.", soft=True)],
        )
    sizes = [point["queries"] for point in points]
    drawn = pictures.curve(
        "NDCG@10 against what was learned from",
        "slates learned from",
        sizes,
        {"version": [p["ndcg@10"] for p in points]},
    )
    words = "One recipe, learned from ever longer pasts, judged on the same slates: a line still rising asks for more."
    return Section(title, [paragraph(words), figure(drawn)])


def missing(known: Known, title: str, kept: str) -> Section:
    """Say which command fills a section."""
    return Section(
        title, [paragraph(f"Not measured yet: `kith ml {KEPT[kept]} {known.version.name}` does.", soft=True)]
    )


def _measures(quality_of: Mapping[str, Any]) -> str:
    names = list(next(iter(quality_of.values())))
    rows = [[words(order), *(_told(found[name]) for name in names)] for order, found in quality_of.items()]
    return table(["order", *names], rows)


def _told(one: Mapping[str, float]) -> str:
    return f"{one['mean']:.3f} ({one['low']:.3f} to {one['high']:.3f})"
