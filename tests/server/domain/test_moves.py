import pytest

from mobile_contract.schemas import KINDS
from server.domain.moves import BY_COMMAND, may_move, may_start

REFERRAL, TASK = KINDS["referral"].fields["status"], KINDS["task"].fields["status"]


def test_a_referral_moves_along_its_life_and_no_other_way() -> None:
    assert may_move("referral", REFERRAL, "received", "contacted")
    assert not may_move("referral", REFERRAL, "received", "sustained")
    assert not may_move("referral", REFERRAL, "nowhere", "received")


@pytest.mark.parametrize(("current", "wanted"), sorted(BY_COMMAND["task"]))
def test_taking_and_giving_back_a_task_is_for_commands(current: str, wanted: str) -> None:
    assert wanted in TASK.moves[current]
    assert not may_move("task", TASK, current, wanted)


def test_a_centre_may_call_a_task_off_whoever_has_it() -> None:
    assert may_move("task", TASK, "open", "cancelled")
    assert may_move("task", TASK, "claimed", "cancelled")


def test_a_task_starts_unclaimed() -> None:
    assert [status for status in TASK.moves if may_start("task", status)] == ["open", "expired", "cancelled"]
    assert all(may_start("referral", status) for status in REFERRAL.moves)
