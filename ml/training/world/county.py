"""The demonstration county: a thinned world, with those who give time, their tasks, and what was written down."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from ml.training.world import casework, places, volunteers
from ml.training.world.dials import PRESETS
from ml.training.world.directory import Documents
from ml.training.world.model import Summary
from ml.training.world.world import simulate
from ml.training.world.write import write_documents

#: Referrals that the history runs through, so that counts look like a county's.
HISTORY: Final = 2000
#: How many of them keep their person and their records.
PEOPLE: Final = 400
_OF_PEOPLE: Final = ("person", "consent", "referral", "exposure", "placement")


def make_county(folder: Path, seed: int, today: date, *, history: int = HISTORY) -> Summary:
    """Write the county's documents to `folder`, ``<kind>.parquet`` each, as they stand on `today`.

    history : how many referrals led to the counts, a multiple of `PEOPLE`. The same arguments write the same bytes.
    Everything is made up, but for the names and codes of districts.
    """
    documents, summary, *_ = simulate(seed=seed, referrals=history, dials=PRESETS["county"], today=today)
    kept = {kind: _thinned(kind, documents, history // PEOPLE) for kind in documents}
    write_documents(folder, kept | _added(seed, kept, today))
    return summary


def _thinned(kind: str, documents: Documents, one_in: int) -> dict[str, dict[str, Any]]:
    if kind not in _OF_PEOPLE:
        return documents[kind]
    return {key: doc for key, doc in documents[kind].items() if _number(key) % one_in == 0}


def _number(key: str) -> int:
    """The number of a referral in the id of any record that belongs to it, such as ``placement-00120-3``."""
    return next(int(part) for part in key.split("-") if part.isdigit())


def _added(seed: int, kept: Documents, today: date) -> Documents:
    rng = np.random.default_rng([seed, 1])
    spots = places.neighbourhoods(np.random.default_rng(seed))  # the same as the world's: drawn first there too
    tasks, details = volunteers.task_documents(rng, spots, today)
    return {
        "volunteer": volunteers.volunteer_documents(rng, spots, today),
        "task": tasks,
        "task_detail": details,
        "note": casework.notes(rng, kept["referral"], today),
        "measure": casework.measures(rng, kept["referral"]),
    }
