"""A tiny log for tests: slates of three or more, an honest choice, and time enough for outcomes."""

from datetime import UTC, datetime, timedelta

import numpy as np

from ml.training.tables import Tables, write_table

START = datetime(2025, 1, 6, 9, tzinfo=UTC)

QUERY = {"needs_mask": 1.0, "main_need_mask": 1.0, "home_easting": 570000.0, "home_northing": 200000.0, "travel": 4.0}


def instant(days: float) -> str:
    return (START + timedelta(days=days)).isoformat().replace("+00:00", "Z")


def item(name, position, *, metres=1000.0, category=0, propensity=0.5):
    inputs = {
        "kind": 0.0, "category": float(category), "categories_mask": float(1 << category), "easting": 570000.0 + metres,
        "northing": 200000.0, "online": 0.0, "at_home": 0.0, "cost_pence": 0.0, "shown": 0.0, "chosen": 0.0,
        "started": 0.0, "sustained": 0.0, "chosen_90d": 0.0, "wait_days": 0.0,
    }  # fmt: skip
    return {
        "kind": "asset", "id": name, "position": position, "score": 0.0, "propensity": propensity, "inputs": inputs,
    }  # fmt: skip


def exposure(items, *, referral="r1", days=0.0):
    return {
        "referral_id": referral, "team_id": "t1", "shown_at": instant(days), "ranked_on": "phone",
        "model_version": "rules", "pack_sha256": None, "policy": "plain", "query": QUERY, "items": items,
        "excluded": [],
    }  # fmt: skip


def placement(exposure_id, item_id, *, days=0.0, referral="r1", **told):
    return {
        "referral_id": referral, "exposure_id": exposure_id, "item_kind": "asset", "item_id": item_id,
        "chosen_at": instant(days), "status": "chosen", "attended": 0, "wellbeing_gain": "unknown", "reason": None,
        "outcome_on": None,
    } | told  # fmt: skip


def tables(folder, exposures, placements=None, referrals=None) -> Tables:
    """Write documents by id as tables; versions count up."""
    for kind, documents in (("exposure", exposures), ("placement", placements or {}), ("referral", referrals or {})):
        rows = [(name, version, doc) for version, (name, doc) in enumerate(documents.items(), start=1)]
        write_table(folder / f"{kind}.parquet", rows)
    return Tables(folder)


def log(folder, *, queries=120, days=365, seed=1, shown=6) -> Tables:
    """Write a log in which fit and nearness decide, outcomes follow them, and the position misleads a little."""
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    exposures, placements = {}, {}
    for query in range(queries):
        at = query * days / queries
        items = [
            item(f"a{query}-{place}", place, metres=float(rng.integers(100, 20000)), category=int(rng.integers(0, 28)))
            for place in range(shown)
        ]
        merit = np.array([_merit(one) - 0.1 * one["position"] for one in items]) + rng.normal(0, 0.3, shown)
        best = int(np.argmax(merit))
        exposures[f"e{query:05}"] = exposure(items, referral=f"r{query}", days=at)
        attended = int(np.clip(round(merit[best] * 3), 0, 9))
        placements[f"p{query:05}"] = placement(
            f"e{query:05}", items[best]["id"], days=at + 0.01, referral=f"r{query}", attended=attended
        )
    fifths = [(f"r{query}", 1, {"fifth": 1 + query % 2}) for query in range(queries)]
    write_table(folder / "deprivation.parquet", fifths)  # which audits alone read, and need to judge anybody
    return tables(folder, exposures, placements)


def _merit(one) -> float:
    inputs = one["inputs"]
    fit = {0: 2.0, 1: 2.0, 2: 1.5, 8: 1.5, 5: 1.5, 6: 1.5}.get(int(inputs["category"]), 0.0)
    return fit - (inputs["easting"] - 570000.0) / 10000.0
