import json
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from ml.features.volunteers import VOLUNTEERS
from ml.training.tables import TableError, Tables, write_table
from ml.training.volunteers.dataset import build_volunteers_dataset, fault, relevance_of
from ml.training.volunteers.memory import Memory
from ml.training.volunteers.world import make_volunteers_world, read_volunteers_truth

pytestmark = pytest.mark.slow

ITEM = {"id": "v1", "kind": "volunteer", "position": 0, "propensity": 0.5, "inputs": {"asks_30d": 1}, "hours": None}


def documents(folder, kind):
    return [json.loads(text) for text in pl.read_parquet(folder / f"{kind}.parquet")["doc"]]


def test_a_yes_is_worth_two_one_given_back_one_and_silence_nothing():
    said = [("yes", "done"), ("yes", None), ("yes", "given_back"), ("no", None), ("none", None)]
    assert [relevance_of(ITEM | {"answer": answer, "ended": ended}) for answer, ended in said] == [2, 2, 1, 0, 0]


def test_a_wave_is_a_query_and_whoever_was_not_asked_is_absent(centre, learnable):
    waves = {len(ask["items"]) for ask in documents(centre, "ask")}
    assert set(learnable.query_sizes.tolist()) <= waves <= {1, 2, 3, 4, 5}
    assert learnable.feature_names == list(VOLUNTEERS.names)


def test_the_logged_propensity_is_the_share_of_the_pool_that_was_asked(centre):
    for ask in documents(centre, "ask"):
        assert {item["propensity"] for item in ask["items"]} == {ask["items"][0]["propensity"]}
        assert 0.5 <= ask["items"][0]["propensity"] <= 1


def test_what_comes_later_changes_no_byte_of_what_was_known_before(centre, learnable, tmp_path):
    make_volunteers_world(tmp_path, seed=3, days=130, volunteers=60)
    longer = build_volunteers_dataset(Tables(tmp_path), as_of=date.fromisoformat(learnable.report["as_of"]))
    assert longer.rows.equals(learnable.rows)
    assert longer.sha256 == learnable.sha256


def test_the_same_arguments_write_the_same_bytes(centre, tmp_path):
    make_volunteers_world(tmp_path, seed=3, days=100, volunteers=60)
    for name in ("volunteer.parquet", "task.parquet", "ask.parquet", "oracle/pairs.parquet"):
        assert (tmp_path / name).read_bytes() == (centre / name).read_bytes(), name


def test_without_its_oracle_a_centre_gives_the_same_data_set(centre, learnable, tmp_path):
    for path in centre.glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert build_volunteers_dataset(Tables(tmp_path)).sha256 == learnable.sha256
    with pytest.raises(TableError, match="no made-up world"):
        read_volunteers_truth(tmp_path)


def test_a_task_that_is_not_over_waits(centre):
    before = build_volunteers_dataset(Tables(centre), as_of=date(2026, 6, 10))
    assert before.report["asks"]["waiting_for_outcome"] > 0
    assert before.report["asks"]["later"] > 0


@pytest.mark.parametrize(
    ("said", "ask"),
    [
        ("it asks nobody, or for nothing", {"query": {"kind": 0}, "items": []}),
        ("it asks somebody twice", {"query": {"kind": 0}, "items": [ITEM, ITEM]}),
        ("a propensity is not above 0 and at most 1", {"query": {"kind": 0}, "items": [ITEM | {"propensity": 0}]}),
        (None, {"query": {"kind": 0}, "items": [ITEM]}),
    ],
)
def test_a_damaged_ask_teaches_nothing(said, ask):
    assert fault(ask) == said


def test_asks_of_a_live_programme_are_refused_in_a_sentence_as_they_log_no_inputs(tmp_path):
    ask = {"task_id": "t", "volunteer_id": "v", "wave": 0, "propensity": 1.0, "asked_at": "2026-05-01T08:00:00Z"}
    write_table(tmp_path / "ask.parquet", [("one", 1, ask)])
    with pytest.raises(TableError, match="log none of the ranker's inputs"):
        build_volunteers_dataset(Tables(tmp_path))


def test_without_asks_it_says_so_in_a_sentence(tmp_path):
    with pytest.raises(TableError, match="no asks yet"):
        build_volunteers_dataset(Tables(tmp_path))
    task = ITEM | {"answer": "no", "ended": None}
    ask = {"asked_at": "2026-05-01T08:00:00Z", "ends_on": "2026-05-09", "task_id": "t", "query": {"kind": 0}}
    write_table(tmp_path / "ask.parquet", [("a", 1, ask | {"items": [task]})])
    with pytest.raises(TableError, match="is over yet"):
        build_volunteers_dataset(Tables(tmp_path))


def test_asks_are_forgotten_after_thirty_days_and_ends_come_when_they_come():
    memory, both = Memory(2), np.array([0, 1])
    memory.turn_to(1)
    memory.ask(np.array([0]))
    memory.ask(np.array([0]))
    memory.take(0, kind=3, ends=4, kept=True)
    seen = []
    for day in (1, 3, 4, 30, 31):
        memory.turn_to(day)
        columns = memory.columns(both)
        seen.append(
            [float(columns[name][0]) for name in ("asks_30d", "asked_days_ago", "holding", "done", "types_mask")]
        )
    assert seen == [[2, 0, 1, 0, 0], [2, 2, 1, 0, 0], [2, 3, 0, 1, 8], [2, 29, 0, 1, 8], [0, 30, 0, 1, 8]]
    assert np.isnan(memory.columns(both)["asked_days_ago"][1])
    assert all(earlier <= later for earlier, later in pairwise(learned[3] for learned in seen))
