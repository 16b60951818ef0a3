"""The split: by time, with an embargo, and nothing on both sides."""

from datetime import UTC, datetime, timedelta

import pytest

from ml.training.dataset import build_dataset
from ml.training.split import held_out, split_by_time
from ml.training.tables import TableError
from tests.ml.training.made import exposure, item, log, placement, tables


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return build_dataset(log(tmp_path_factory.mktemp("log"), queries=200, days=400))


def test_the_newest_fifth_is_held_out_and_an_embargo_lies_between(dataset):
    split = split_by_time(dataset)
    assert len(split.held_out.queries) == pytest.approx(40, abs=1)
    assert split.held_out_from - split.learned_until == timedelta(weeks=12)
    assert split.train.queries["shown_at"].max() < split.learned_until
    assert split.held_out.queries["shown_at"].min() >= split.held_out_from


def test_judging_begins_at_midnight(dataset):
    assert split_by_time(dataset).held_out_from.time() == datetime.min.time()


def test_queries_stay_whole(dataset):
    split = split_by_time(dataset)
    assert set(split.train.query_sizes) | set(split.held_out.query_sizes) == {6}


def test_a_referral_that_was_learned_from_is_not_judged_as_well(tmp_path):
    exposures = {f"e{n}": exposure([item("a", 0), item("b", 1)], referral=f"r{n % 40}", days=n * 5) for n in range(80)}
    choices = {f"p{n}": placement(f"e{n}", "a", days=n * 5) for n in range(80)}
    dataset = build_dataset(tables(tmp_path, exposures, choices))
    with pytest.raises(TableError, match="Only 0 slates"):
        held_out(dataset, datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC))


def test_a_log_younger_than_the_embargo_says_that_one_has_to_wait(tmp_path):
    dataset = build_dataset(log(tmp_path, queries=60, days=30))
    with pytest.raises(TableError, match=r"Only 0 slates with a choice were shown before .* Wait"):
        split_by_time(dataset)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0])
def test_a_share_that_leaves_a_side_empty_is_refused(dataset, share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        split_by_time(dataset, share=share)
