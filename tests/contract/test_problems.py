import re

import pytest

from mobile_contract.problems import PROBLEMS, Problem, problem

#: Words of whoever builds against the server, which say nothing to whoever works with a phone.
DEVELOPERS = re.compile(
    r"`|contract|JSON|mutation|payload|cursor|feed|outbox|token|SHA|HTTP|Content-|Retry-After|OpenAPI|manifest|UTF|null"
    r"|\bids?\b|\bpack\b|scope|refresh|Encoding"
)


@pytest.mark.parametrize("named", PROBLEMS.values(), ids=PROBLEMS.keys())
def test_what_people_are_told_is_in_their_words(named: Problem) -> None:
    said = str(named.body()["detail"])
    assert DEVELOPERS.findall(said) == []
    assert said.endswith(".")


def test_what_builders_are_told_stays_on_the_page_of_the_problem() -> None:
    invalid = problem("invalid")
    assert "`errors`" in invalid.explanation
    assert invalid.body()["detail"] == invalid.detail != invalid.explanation


def test_what_the_server_says_of_one_case_goes_before_what_is_said_of_all() -> None:
    assert problem("invalid").body("The name is missing.")["detail"] == "The name is missing."
