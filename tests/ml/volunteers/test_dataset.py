import json
from collections import Counter
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


def wave(**answers):
    """A wave of a task that is over, by volunteer: the answer, hours until it, and more."""
    items = [
        ITEM | {"id": name, "answer": answer, "hours": hours, "ended": "done" if answer == "yes" else None, **more}
        for name, (answer, hours, more) in answers.items()
    ]
    times = {"asked_at": "2026-05-01T08:00:00Z", "ends_on": "2026-05-02"}
    return {"task_id": "t", "query": {"kind": 0}, "items": items, **times}


def built(folder, *waves, as_of=None):
    write_table(folder / "wave.parquet", [(f"w{n}", n, one) for n, one in enumerate(waves)])
    return build_volunteers_dataset(Tables(folder), as_of=as_of)


def test_all_who_were_asked_about_a_task_are_a_query_and_whoever_was_not_asked_is_absent(centre, learnable):
    asked = Counter()
    for one in documents(centre, "wave"):
        asked[one["task_id"]] += len(one["items"])
    assert dict(zip(learnable.queries["query"], learnable.query_sizes.tolist(), strict=True)).items() <= asked.items()
    assert learnable.feature_names == list(VOLUNTEERS.names)


def test_who_had_no_time_to_answer_or_was_unwell_is_no_no(tmp_path):
    said = {
        "a": ("yes", 1.0, {}), "b": ("no", 0.5, {"reason": "too_far"}), "c": ("withdrawn", 1.0, {"reason": "taken"}),
        "d": ("open", None, {}), "e": ("none", 1.0, {"reason": "no_answer"}), "f": ("no", 0.2, {"reason": "unwell"}),
    }  # fmt: skip
    found = built(tmp_path, wave(**said), as_of=date(2026, 5, 2))
    assert dict(found.rows.select("item", "relevance").iter_rows()) == {"a": 2, "b": 0, "e": 0}
    assert found.report["asks_left_out"] == {"open": 1, "unwell": 1, "withdrawn": 1}


def test_what_was_answered_later_is_open_and_what_was_given_back_later_still_stands(tmp_path):
    given_back = {"ended": "given_back", "ended_on": "2026-05-04"}
    said = {"a": ("yes", 30.0, given_back), "b": ("no", 47.9, {}), "c": ("no", 60.0, {})}
    known = [built(tmp_path, wave(**said), as_of=date(2026, 5, day)) for day in (2, 3, 4)]
    assert [dict(one.rows.select("item", "relevance").iter_rows()) for one in known] == [
        {"a": 2}, {"a": 2, "b": 0, "c": 0}, {"a": 1, "b": 0, "c": 0},
    ]  # fmt: skip


def test_the_logged_propensity_is_the_share_of_the_pool_that_was_asked(centre):
    for ask in documents(centre, "wave"):
        assert {item["propensity"] for item in ask["items"]} == {ask["items"][0]["propensity"]}
        assert 0.5 <= ask["items"][0]["propensity"] <= 1


def test_what_comes_later_changes_no_byte_of_what_was_known_before(centre, learnable, tmp_path):
    make_volunteers_world(tmp_path, seed=3, days=130, volunteers=60)
    longer = build_volunteers_dataset(Tables(tmp_path), as_of=date.fromisoformat(learnable.report["as_of"]))
    assert longer.rows.equals(learnable.rows)
    assert longer.sha256 == learnable.sha256


def test_the_same_arguments_write_the_same_bytes(centre, tmp_path):
    make_volunteers_world(tmp_path, seed=3, days=100, volunteers=60)
    for name in ("volunteer.parquet", "task.parquet", "wave.parquet", "oracle/pairs.parquet"):
        assert (tmp_path / name).read_bytes() == (centre / name).read_bytes(), name


def test_without_its_oracle_a_centre_gives_the_same_data_set(centre, learnable, tmp_path):
    for path in centre.glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert build_volunteers_dataset(Tables(tmp_path)).sha256 == learnable.sha256
    with pytest.raises(TableError, match="no made-up world"):
        read_volunteers_truth(tmp_path)


def test_a_task_that_is_not_over_waits(centre):
    before = build_volunteers_dataset(Tables(centre), as_of=date(2026, 6, 10))
    assert before.report["waves"]["waiting_for_outcome"] > 0
    assert before.report["waves"]["later"] > 0


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


def test_without_asks_it_says_so_in_a_sentence(tmp_path):
    with pytest.raises(TableError, match="There are no asks"):
        build_volunteers_dataset(Tables(tmp_path))
    with pytest.raises(TableError, match="is over yet"):
        built(tmp_path, wave(a=("no", 1.0, {})) | {"ends_on": "2026-05-09"})


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
