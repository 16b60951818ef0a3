from datetime import UTC, datetime, time, timedelta

import pytest

from server.domain.waves import WavePolicy, Willing, is_due, is_quiet, next_wave

PLAIN = WavePolicy(target=0.75, prompt=0.5, explore=0.0, step=1.0)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def willing(*chances: float, asks: tuple[int, ...] = ()) -> list[Willing]:
    counts = asks or (0,) * len(chances)
    return [
        Willing(f"v{n}", chance, chance, asked) for n, (chance, asked) in enumerate(zip(chances, counts, strict=True))
    ]


def names(policy: WavePolicy, people: list[Willing], seed: str = "task", number: int = 0, last: int = 0) -> list[str]:
    return [one.volunteer_id for one in next_wave(people, policy, seed=seed, number=number, last_size=last)]


def test_a_wave_is_just_large_enough_that_one_prompt_yes_is_likely():
    # Each says yes promptly with chance 0.5 x 0.8 = 0.4: of two nobody does with 0.36, of three with 0.216 < 0.25.
    assert len(names(PLAIN, willing(*[0.8] * 6))) == 3
    assert len(names(PLAIN, willing(*[0.4] * 20))) == 7  # 0.8 to the seventh is 0.21, to the sixth 0.26


def test_where_the_target_is_out_of_reach_all_are_asked_but_never_more_than_the_most():
    assert len(names(PLAIN, willing(0.1, 0.1))) == 2
    assert len(names(WavePolicy(most=5), willing(*[0.01] * 9))) == 5
    assert names(PLAIN, []) == []


def test_each_wave_is_wider_than_the_one_before():
    assert len(names(PLAIN, willing(*[0.8] * 20), number=1, last=6)) == 9
    assert len(names(PLAIN, willing(*[0.8] * 4), number=1, last=6)) == 4


def test_whoever_was_asked_less_of_late_comes_before_somebody_who_suits_a_little_better():
    assert names(PLAIN, willing(0.9, 0.8, 0.7, asks=(1, 0, 0)))[:2] == ["v1", "v2"]


def test_equals_are_drawn_by_lot_which_the_seed_decides():
    people = willing(*[0.8] * 8)
    assert names(PLAIN, people) == names(PLAIN, people[::-1])
    assert len({tuple(names(PLAIN, people, seed=f"task-{n}")) for n in range(20)}) > 10


def test_what_is_explored_has_the_propensity_that_it_says():
    policy = WavePolicy(target=0.75, prompt=0.5, explore=0.25, among=4)
    people = [Willing(f"v{n}", 9.0 - n, 0.8, 0) for n in range(10)]
    waves = [next_wave(people, policy, seed=f"task-{n}", number=0) for n in range(2000)]
    assert all([one.volunteer_id for one in wave[:2]] == ["v0", "v1"] for wave in waves)
    assert {one.propensity for wave in waves for one in wave[:2]} == {1.0}
    last = [(wave[2].volunteer_id, wave[2].propensity) for wave in waves]
    for name, chance in (("v2", 0.75), *((f"v{n}", 0.0625) for n in range(3, 7))):
        assert {told for who, told in last if who == name} == {chance}
        assert sum(who == name for who, _ in last) / len(last) == pytest.approx(chance, abs=0.03)


def test_the_next_wave_is_due_when_its_time_has_come_or_all_have_said_no():
    assert is_due(None, 3, PLAIN, NOW)
    assert not is_due(NOW - timedelta(seconds=59), 3, PLAIN, NOW)
    assert is_due(NOW - timedelta(seconds=60), 3, PLAIN, NOW)
    assert is_due(NOW - timedelta(seconds=1), 0, PLAIN, NOW)


@pytest.mark.parametrize(
    ("at", "quiet_from", "quiet_until", "quiet"),
    [
        ("22:00", None, None, True), ("07:59", None, None, True), ("08:00", None, None, False),
        ("12:30", "12:00", "14:00", True), ("14:00", "12:00", "14:00", False), ("23:00", "12:00", "12:00", False),
        ("21:30", "22:00", None, False),
    ],
)  # fmt: skip
def test_nobody_is_asked_in_their_quiet_hours(at, quiet_from, quiet_until, quiet):
    assert is_quiet(time.fromisoformat(at), quiet_from, quiet_until, PLAIN) is quiet
