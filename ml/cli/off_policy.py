"""`kith ml ope`: what an order that was never served would have earned."""

import json
from pathlib import Path
from typing import Any, Final

import click

from ml.cli.options import console, data_option, registry_option, seed_option, working
from ml.cli.serving import named
from ml.listing import Listing
from ml.models.evidence import OPE
from ml.models.registry import Registry
from ml.training.groups import Dataset

_ESTIMATORS: Final = {"dr": "doubly robust", "snips": "SNIPS", "ips": "IPS", "dm": "model alone"}
_EARNED: Final = {"chosen": "choices a slate", "outcome": "outcome a slate"}


@click.command()
@click.argument("version", required=False)
@data_option
@registry_option
@seed_option
@click.option("--reward", type=click.Choice(["chosen", "outcome"]), default="chosen", show_default=True,
              help="Count choices, or how far they went (0 to 1) where it is known.")  # fmt: skip
@click.option("--assume", "assumption", type=click.Choice(["examined", "placed"]), default="examined",
              show_default=True, help="What is assumed of places: see docs/matcher/off-policy.md.")  # fmt: skip
@click.option("--policy", "policies", multiple=True, metavar="NAME",
              help="Value slates of this policy alone; again for more [default: all, if they are of one].")  # fmt: skip
@click.option("--as-json", is_flag=True, help="Print what is kept beside the version.")
def ope(
    version: str | None, data: Path, registry: Path, seed: int, reward: Any, assumption: Any,
    policies: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Estimate what slates would have earned in the order of VERSION (the one trained last), from the log.

    Exits with 1 and gives no number where the log cannot tell.
    """
    from ml.off_policy.judging import judge

    kept = Registry(registry)
    judged = named(kept, version)
    judged.check()
    with working("Reading the data set") as say:
        read = Dataset.load(data)
        say("Weighing what was logged and resampling slates")
        about: dict[str, Any] = {"reward": reward, "assumption": assumption, "policies": policies, "seed": seed}
        found = judge(judged, read, champion=kept.champion(), **about)
        kept.write_evidence(judged.name, OPE, found)
    if as_json:
        click.echo(json.dumps(found, sort_keys=True, indent=2, ensure_ascii=False))
    elif found["refused"] is None:
        _tell(found)
    if found["refused"] is not None:
        raise click.ClickException(found["refused"])


def _tell(found: dict[str, Any]) -> None:
    headings = ("order", "effective slates", *_ESTIMATORS.values(), "the version earns more by")
    title = f"Version {found['version']}: {_EARNED[found['reward']]}, from {found['slates']} slates since "
    table = Listing(*headings, title=title + found["judged_from"][:10])
    table.add("as logged (naive)", found["slates"], _span(found["logged"]), "", "", "", "")
    for name, order in found["orders"].items():
        told = order.get("estimates", {})
        cells = (_span(told.get(estimator)) for estimator in _ESTIMATORS)
        table.add(name, f"{order['ess']:.0f}", *cells, _span(found["over"].get(name), "+.3f"))
    table.print()
    for line in _notes(found):
        console.print(line, highlight=False, markup=False)


def _notes(found: dict[str, Any]) -> list[str]:
    """What the figures rest on, in sentences."""
    lines = [
        "The first row is the mean of what was logged, in the order that was served: no estimate of any other.",
        "Slates came about by " + ", ".join(f"{name}: {count}" for name, count in found["policies"].items()) + ".",
        f"{found['slates_by_chance']} of the slates stood in an order drawn by chance.",
    ]
    if found["attention"]:
        curve = found["attention"]
        lines.append(
            f"Place k is looked at with k to the power of -{curve['fall']:.2f} (± {1.96 * curve['error']:.2f}): chance "
            f"told {curve['told_by_chance']:.0%} of it, a model of all choices the rest."
        )
    lines += [f"{count} slates {why} are left out." for why, count in found["left_out"].items()]
    cut = sum(order["clipped"]["weights"] for order in found["orders"].values() if order["refused"] is None)
    lines.append(f"{cut} weights were cut." if cut else "No weight was cut.")
    return lines + [f"{name}: {order['refused']}" for name, order in found["orders"].items() if order["refused"]]


def _span(found: dict[str, Any] | None, form: str = ".3f") -> str:
    return "" if found is None else f"{found['mean']:{form}} ({found['low']:{form}} to {found['high']:{form}})"
