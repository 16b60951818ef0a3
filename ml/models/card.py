"""A model card: one page in plain words on what a version is, what it learned from and how good it is."""

from typing import Any, Final


def card(manifest: dict[str, Any], evaluation: dict[str, Any] | None) -> str:
    """The card of a version as Markdown. evaluation : None before `kith ml evaluate`."""
    foreign = manifest["features"].get("foreign") is True
    parts = [
        _what(manifest, foreign),
        _data(manifest, foreign),
        _quality(evaluation),
        _LIMITS_FOREIGN if foreign else _LIMITS,
    ]
    return "\n\n".join(parts) + "\n"


def _what(manifest: dict[str, Any], foreign: bool) -> str:
    orders = "the candidates of each query, by features of somebody else's" if foreign else _OFFERS
    return f"""# Ranker {manifest["version"]}

It orders {orders}. A person decides; it never does.

| | |
|---|---|
| Ranker | {manifest["ranker"]}, seed {manifest["seed"]} |
| Features | {len(manifest["features"]["names"])}, schema {manifest["features"]["schema_sha256"][:12]} |
| Parameters | {manifest["parameters_sha256"][:12]} |
| Made with | {", ".join(f"{name} {number}" for name, number in manifest["made_with"].items())} |"""


def _data(manifest: dict[str, Any], foreign: bool) -> str:
    data = manifest["data"]
    labels = "Labels: 0 to 4, as they were given." if foreign else _LABELS
    return f"""## What it learned from

{data["queries_learned"]} slates ({data["rows_learned"]} shown items) before {manifest["learned_until"][:10]};
{data["queries_learned_with_a_positive"]} of them had a choice. Slates from {manifest["held_out_from"][:10]} on were
kept apart to judge it. {labels}"""


def _quality(evaluation: dict[str, Any] | None) -> str:
    if evaluation is None:
        return "## How good it is\n\nNot evaluated yet."
    queries = evaluation["queries"]
    rows = [_line(name, found, evaluation["over"].get(name)) for name, found in evaluation["quality"].items()]
    return "\n".join(
        [
            "## How good it is",
            "",
            f"On {queries['judged']} slates shown from {evaluation['judged_from'][:10]} on, with 95 % intervals; "
            f"{queries['share_without_a_positive']:.0%} of the slates had no positive and are left out.",
            "",
            "| Order | NDCG@10 | NDCG@5 | MRR | This version is better by |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def _line(name: str, found: dict[str, Any], over: dict[str, Any] | None) -> str:
    label = "**this version**" if name == "version" else name
    gain = "" if over is None else _interval(over, "+.3f")
    measured = [_interval(found[name]) for name in ("ndcg@10", "ndcg@5", "mrr")]
    return f"| {' | '.join([label, *measured, gain])} |"


def _interval(found: dict[str, Any], form: str = ".3f") -> str:
    return f"{found['mean']:{form}} ({found['low']:{form}} to {found['high']:{form}})"


_OFFERS: Final = "what a person could be offered: groups, services, roles and tasks"
_LABELS: Final = """Labels: 0 skipped or declined, 1 chosen, 2 attended, 3 sustained, 4 wellbeing gain. What was
declined for want of a place or transport is left out, as is no matter of taste."""
_LIMITS_FOREIGN: Final = """## What it must not be used for

Nobody here knows what its features tell of people: whoever made them has to say. It has no pack, so it never serves.
Scores of two queries do not compare."""
_LIMITS: Final = """## What it must not be used for

It does not know names, addresses, ethnicity, religion, sexuality, gender, disability or deprivation, and must not be
given them. Logged slates show what was chosen among what was shown; an order that was never tried is judged only
roughly. Scores of two people do not compare."""
