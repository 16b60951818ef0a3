"""The page on a version, from what is known of it."""

from collections.abc import Mapping
from typing import Final

from ml.report import audits, inside, sections
from ml.report.gathered import Known
from ml.report.page import Headline, Verdict, page

_AN_ORDER: Final = {"rules": "rules", "logistic": "the linear model", "random": "a random order"}


def report(known: Known) -> str:
    """Return the page on a version as HTML: one file, nothing to fetch, the same bytes each time."""
    version = known.version
    made_of = version.manifest["data"]
    lead = f"Learned from {made_of['queries_learned']:,} slates with data up to {version.manifest['trained_on']}."
    asked = (
        sections.quality,
        sections.truth,
        sections.slices,
        sections.learning,
        inside.calibration,
        audits.off_policy,
        audits.fairness,
        inside.features,
        audits.drift,
        inside.about,
    )
    answers = [answer for answer in (ask(known) for ask in asked) if answer is not None]
    return page(f"Ranker {version.name}", lead, _verdict(known), _headlines(known), answers)


def _verdict(known: Known) -> Verdict:
    promotion = known["promotion"]
    if known.serves:
        return Verdict("It serves: phones and the server rank with it.", mood="good")
    if promotion is None:
        return Verdict("Nobody asked yet whether it may serve: `kith ml promote` decides.".replace("`", ""))
    if promotion["promoted"]:
        return Verdict("It served, and another version serves now.")
    return Verdict("It may not serve:", promotion["reasons"], "bad")


def _beside(over: Mapping[str, object]) -> str:
    """The plain order whose lead is told; foreign features have no rules, and few slates no logistic regression."""
    return next(name for name in ("rules", "logistic", "random") if name in over)


def _headlines(known: Known) -> list[Headline]:
    found = known["evaluation"]
    if found is None:
        return []
    mean, beside = found["quality"]["version"]["ndcg@10"], _beside(found["over"])
    over = found["over"][beside]
    lines = [
        Headline("NDCG@10", f"{mean['mean']:.3f}", f"{mean['low']:.3f} to {mean['high']:.3f}"),
        Headline(f"lead over {beside}", f"{over['mean']:+.3f}", f"{over['low']:+.3f} to {over['high']:+.3f}"),
        Headline("slates judged", f"{found['queries']['judged']:,}"),
    ]
    if "truth" in found:
        told = found["truth"]["quality"]["version"]
        lines.append(Headline("against the truth", f"{told['mean']:.3f}", "a made-up world's"))
    return lines
