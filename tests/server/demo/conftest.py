"""A county in a folder, made once, and a small one that loads in no time."""

from datetime import date
from pathlib import Path

import pytest

from ml.training.world import make_county
from ml.training.world.write import read_documents, write_documents

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    make_county(folder, 1, TODAY, history=400)
    return folder


@pytest.fixture(scope="session")
def hamlet(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep three records of each kind and what they refer to, so that a test costs milliseconds."""
    documents = read_documents(county)
    chosen = sorted(key for key, doc in documents["placement"].items() if doc.get("place_held") == "accepted")[:3]
    kept = {kind: dict(sorted(docs.items())[:3]) for kind, docs in documents.items()}
    kept["placement"] = {key: documents["placement"][key] for key in chosen}
    for placement in kept["placement"].values():
        item = placement["item_id"]
        kept[placement["item_kind"]][item] = documents[placement["item_kind"]][item]
        kept["place_count"][item] = documents["place_count"][item] | {"places_total": 9}
        for kind in ("referral", "person", "exposure"):
            key = placement[f"{kind}_id"]
            kept[kind][key] = documents[kind][key]
    folder = tmp_path_factory.mktemp("hamlet")
    write_documents(folder, kept)
    return folder
