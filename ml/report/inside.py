"""The sections on what a version is made of: what it goes by, its chances, its figures and hashes."""

from collections.abc import Mapping
from typing import Any, Final

from ml.report import pictures
from ml.report.chances import reliability
from ml.report.effects import by_family, effects
from ml.report.gathered import Known
from ml.report.page import Section, figure, folded, paragraph, table
from ml.report.words import words

#: Effects drawn as curves, and features listed by weight.
_CURVES: Final = 8
_LISTED: Final = 15


def features(known: Known, unit: str = "slates") -> Section:
    """What it goes by: families and features by weight, and how the weightiest act. unit : what a query is called."""
    title = "What it goes by"
    if known.pack is None or known.judged is None or not len(known.judged.rows):
        return Section(title, [paragraph("Give the data set with `--data` to see what each feature does.", soft=True)])
    found = effects(known.pack, known.judged.X)
    heavy = [(one.name, one.weight) for one in found if one.weight > 0][:_LISTED]
    families = [pair for pair in by_family(found) if pair[1] > 0]
    return Section(
        title,
        [
            paragraph(
                f"How far each family of features moves a score, up or down, on average over {unit} it never saw. "
                "A candidate's parts sum to its score."
            ),
            figure(pictures.weights("Weight of each family", "mean movement of the score", families)),
            figure(
                pictures.effect_curves("Effect of the weightiest features", found[:_CURVES]),
                "What a value adds to the score, from the lowest values to the highest; "
                "dotted: what it adds where the value is not known.",
            ),
            folded("The weightiest features", table(("feature", "weight"), [(words(n), f"{w:.3f}") for n, w in heavy])),
        ],
    )


def calibration(known: Known) -> Section | None:
    """Whether its chances come true."""
    if known.pack is None or known.judged is None:
        return None
    found, title = reliability(known.pack, known.judged), "Do its chances come true"
    if found is None:
        return Section(
            title,
            [
                paragraph(
                    "It tells no chances, or too few first places that it never saw have a known outcome.", soft=True
                )
            ],
        )
    drawn = pictures.reliability(
        "Foretold and observed", found.foretold.tolist(), found.came.tolist(), found.count.tolist()
    )
    text = (
        f"How often somebody went, of {found.count.sum():,.0f} first places, against the chance that was foretold. "
        f"They begin on {known.version.manifest['learned_until'][:10]}, where its learning stopped, so earlier than "
        "the slates that orders are judged on, and end where outcomes are not known yet. "
        f"Expected calibration error: {found.error:.3f}."
    )
    caption = "On the dashed line what was foretold came true; below it, fewer went. Each dot tells of as many people."
    return Section(title, [paragraph(text), figure(drawn, caption, narrow=True)])


def about(known: Known, unit: str = "slates") -> Section:
    """What it is made of, to the hash. unit : what a query is called."""
    manifest = known.version.manifest
    data, names = manifest["data"], manifest["features"]["names"]
    rows = {
        "Ranker": f"{manifest['ranker']}, seed {manifest['seed']}",
        "Data up to": manifest["trained_on"],
        "Learned from": f"{data['queries_learned']:,} {unit} before {manifest['learned_until'][:10]}",
        "Kept for judging": f"{data['queries_held_out']:,} {unit} from {manifest['held_out_from'][:10]} on",
        "Features": f"{len(names)}, schema {manifest['features']['schema_sha256'][:12]}",
        "Data": f"{data['labels']} labels, hash {data['sha256'][:12]}",
        "Parameters": f"hash {manifest['parameters_sha256'][:12]}",
        "Made with": ", ".join(f"{name} {number}" for name, number in manifest["made_with"].items()),
    }
    figures = [(name, str(value)) for name, value in _flat(manifest["parameters"]).items()]
    return Section("What is it", [table(("", ""), list(rows.items()), words=2),
                                  folded("Every parameter", table(("parameter", "value"), figures))])  # fmt: skip


def _flat(parameters: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in parameters.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return flat
