"""`kith simulate` refuses what would play nothing, and never takes that for a promise kept or broken."""

from collections import Counter

import pytest
from click.testing import CliRunner

from server.simulation.cli import simulate
from server.simulation.many_mutants import Caught


def told(*arguments, ends):
    result = CliRunner().invoke(simulate, arguments)
    assert result.exit_code == ends, result.output
    return result.output


@pytest.mark.parametrize(
    "arguments", [("--seeds", "0"), ("--seeds", "-1"), ("--jobs", "0"), ("--minutes", "0"), ("--minutes", "-1")]
)
def test_a_number_with_which_nothing_is_played_is_refused(arguments):
    output = told(*arguments, ends=2)
    assert "is not in the range" in output
    assert "none" not in output


def test_a_time_that_is_over_before_the_first_world_is_told():
    output = told("--store", "memory", "--jobs", "1", "--seeds", "1", "--minutes", "1e-12", ends=1)
    assert "The time was over before the first world." in output


def test_a_database_that_cannot_be_reached_breaks_no_promise():
    output = told("--store", "postgresql", "--url", "postgresql://me:geheim@127.0.0.1:1/x", "--seeds", "1", ends=1)
    assert "The database of --url cannot be reached" in output
    assert "broken" not in output
    assert "geheim" not in output


@pytest.mark.parametrize("url", ["garbage", "mysql://me:geheim@h/x"])
def test_an_address_of_no_database_is_told_without_its_password(url):
    output = told("--store", "postgresql", "--url", url, ends=1)
    assert "--url is no address of a database" in output
    assert "geheim" not in output


def test_an_address_is_for_postgresql_alone():
    assert "--store postgresql" in told("--url", "postgresql://h/x", ends=2)
    assert "of PostgreSQL" in told("--store", "postgresql", "--url", "sqlite:///x.db", ends=2)


def test_a_world_that_was_played_is_counted_in_words():
    output = told("--store", "memory", "--jobs", "1", "--seeds", "1", ends=0)
    assert "1 world on memory, from seed 0" in output
    assert output.rstrip().splitlines()[-1].split() == ["every", "promise", "none", "-"]


def test_planted_bugs_that_few_worlds_missed_ask_for_more_worlds(monkeypatch):
    missed = Caught("bug", "what it does", Counter(), 1, None)
    monkeypatch.setattr("server.simulation.cli.hunt", lambda *_: iter([missed]))
    output = told("--mutants", "--seeds", "1", ends=1)
    assert "1 world may be too few to catch every planted bug: give --seeds 400." in output
    assert "too few" not in told("--mutants", "--seeds", "400", ends=1)
