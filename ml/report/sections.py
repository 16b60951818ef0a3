"""The sections of the page, a question each: what is known of a version in, HTML out."""

from collections.abc import Mapping
from typing import Any, Final

from ml.report import pictures
from ml.report.effects import by_family, effects
from ml.report.gathered import KEPT, Known
from ml.report.page import Section, figure, folded, paragraph, table

#: Effects drawn as curves, and features listed by weight.
_CURVES: Final = 9
_LISTED: Final = 15


def quality(known: Known) -> Section:
    """How well it orders slates that it never saw, beside everything it has to beat."""
    found = known["evaluation"]
    if found is None:
        return missing("How good is it", "evaluation")
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


def features(known: Known) -> Section:
    """What it goes by: families and features by weight, and how the weightiest act."""
    title = "What it goes by"
    if known.pack is None or known.rows is None or not len(known.rows):
        return Section(title, [paragraph("Give the data set with `--data` to see what each feature does.", soft=True)])
    found = effects(known.pack, known.rows)
    heavy = [(one.name, one.weight) for one in found if one.weight > 0][:_LISTED]
    families = [pair for pair in by_family(found) if pair[1] > 0]
    return Section(
        title,
        [
            paragraph(
                "How far each family of features moves a score, up or down, on average over slates it never saw. "
                "A candidate's parts sum to its score."
            ),
            figure(pictures.weights("Weight of each family", "mean movement of the score", families)),
            figure(
                pictures.effect_curves("Effect of the weightiest features", found[:_CURVES]),
                "What a value adds to the score, from the lowest values to the highest; "
                "dotted: what it adds where the value is not known.",
            ),
            folded("The weightiest features", table(("feature", "weight"), [(n, f"{w:.3f}") for n, w in heavy])),
        ],
    )


def about(known: Known) -> Section:
    """What it is made of, to the hash."""
    manifest = known.version.manifest
    data, names = manifest["data"], manifest["features"]["names"]
    rows = {
        "Ranker": f"{manifest['ranker']}, seed {manifest['seed']}",
        "Data up to": manifest["trained_on"],
        "Learned from": f"{data['queries_learned']:,} slates before {manifest['learned_until'][:10]}",
        "Kept for judging": f"{data['queries_held_out']:,} slates from {manifest['held_out_from'][:10]} on",
        "Features": f"{len(names)}, schema {manifest['features']['schema_sha256'][:12]}",
        "Data": f"{data['labels']} labels, hash {data['sha256'][:12]}",
        "Parameters": f"hash {manifest['parameters_sha256'][:12]}",
        "Made with": ", ".join(f"{name} {number}" for name, number in manifest["made_with"].items()),
    }
    figures = [(name, str(value)) for name, value in _flat(manifest["parameters"]).items()]
    return Section("What is it", [table(("", ""), list(rows.items()), words=2),
                                  folded("Every parameter", table(("parameter", "value"), figures))])  # fmt: skip


def missing(title: str, kept: str) -> Section:
    """Say which command fills a section."""
    return Section(title, [paragraph(f"Not measured yet: `kith ml {KEPT[kept]}` does.", soft=True)])


def _measures(quality_of: Mapping[str, Any]) -> str:
    names = list(next(iter(quality_of.values())))
    rows = [[pictures.words(order), *(_told(found[name]) for name in names)] for order, found in quality_of.items()]
    return table(["order", *names], rows)


def _told(one: Mapping[str, float]) -> str:
    return f"{one['mean']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def _flat(parameters: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in parameters.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return flat
