"""`kith ml assign`: proposals for all who wait, when places are too few; a person decides about each."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from ml.assignment.solve import Proposal, one_by_one
from ml.assignment.solve import assign as share
from ml.assignment.waiting import READ, Batch, batch_of
from ml.cli.options import FOLDER, home, registry_option, summary, working
from ml.files import write_json
from ml.models.packed import pack_of
from ml.models.registry import PACK, Registry
from ml.models.walker import Pack
from ml.training.tables import Tables

#: Where the proposals lie in KITH_HOME.
PROPOSALS: Final = Path("assignments") / "latest.json"
_NOTE: Final = "Proposals only: nobody was placed. A person decides about each (UK GDPR, Articles 22A to 22D)."


@click.command()
@click.option("--from", "source", type=FOLDER, required=True, help="Tables that `kith export` wrote, or a world's.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day to share places on.")
@click.option("--most", type=click.IntRange(1, 10), default=1, show_default=True, help="Proposals a referral at most.")
@registry_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=lambda: home() / PROPOSALS,
              show_default=f"{PROPOSALS} in KITH_HOME")  # fmt: skip
def assign(source: Path, today: datetime, most: int, registry: Path, out: Path) -> None:
    """Propose places for every waiting referral so that all together gain most; nobody is placed.

    Groups, roles, small tasks and offers compete alike, after the rules. Nothing is promised beyond its places, and of
    equals whoever waited longer comes first.
    """
    tables, pack = Tables(source), _champion(Registry(registry))
    with working("Reading who waits and what is there"):
        batch = batch_of(tables, pack, today.date())
    with working("Sharing out the places"):
        proposals = share(batch.value, batch.places, batch.waited_days, most=most)
    plain = one_by_one(batch.value, batch.places, batch.waited_days, most=most)
    told = _told(batch, proposals, plain)
    about = {"tables": tables.hashes(READ), "pack": {"version": pack.version, "sha256": pack.sha256}}
    about |= {"today": f"{today.date()}", "most": most}
    write_json(out, {"note": _NOTE, **about, **told, "proposals": [_line(batch, each) for each in proposals]})
    summary(f"Proposals in {out}", {name.replace("_", " "): value for name, value in told.items()})
    click.echo(_NOTE)


def _champion(registry: Registry) -> Pack:
    """Load the pack that serves, or plain rules when none does."""
    champion = registry.champion()
    if champion is None:
        return Pack.rules()
    champion.check(PACK)
    return pack_of(champion)


def _told(batch: Batch, proposals: list[Proposal], plain: list[Proposal]) -> dict[str, Any]:
    worth = "chances" if batch.calibrated else "places in the order, as the ranker tells no chances"
    limited = batch.places[np.isfinite(batch.places)]
    return {
        "waiting": len(batch.referrals),
        "waiting_and_never_ranked": len(batch.unknown),
        "items": len(batch.items),
        "places": float(limited.sum()),
        "items_without_limit": len(batch.items) - limited.size,
        "proposed": len(proposals),
        "without_a_proposal": len(batch.referrals) - len({each.query for each in proposals}),
        "worth_in": worth,
        "worth": round(sum(each.value for each in proposals), 6),
        "worth_one_by_one": round(sum(each.value for each in plain), 6),
    }


def _line(batch: Batch, each: Proposal) -> dict[str, Any]:
    kind, name, _ = batch.items[each.item]
    return {
        "referral_id": batch.referrals[each.query],
        "waited_days": int(batch.waited_days[each.query]),
        "item_kind": kind,
        "item_id": name,
        "value": round(each.value, 6),
    }
