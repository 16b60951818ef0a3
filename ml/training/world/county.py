"""The demonstration county: the same generator, with the people who work there."""

from datetime import date
from pathlib import Path

from ml.training.world.world import Summary, simulate
from ml.training.world.write import write_documents

PEOPLE = 400


def make_county(folder: Path, seed: int, today: date) -> Summary:
    """Write the county's documents to `folder`, ``<kind>.parquet`` each, as they stand on `today`."""
    documents, summary, _ = simulate(seed=seed, referrals=PEOPLE, dial="additive", today=today)
    write_documents(folder, documents)
    return summary
