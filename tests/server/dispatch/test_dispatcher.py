from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest

from mobile_contract.schemas import KINDS
from server.dispatch.dispatcher import Dispatcher
from server.dispatch.plan import Plan
from server.domain.waves import WavePolicy
from server.sync.door import Door, Put
from server.sync.model import Command, Key, Outcome
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, task, validate, volunteer

POLICY = WavePolicy(target=0.5, prompt=0.5, explore=0.0, quiet_from="00:00", quiet_until="00:00")
HERE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}


class Town:
    """A programme with a clock of its own, a door, and dispatchers that look at it."""

    def __init__(self, store, policy=POLICY):
        self.store, self.policy, self.now = store, policy, NOW
        self.door = Door(store, TENANT, KINDS, validate, lambda: self.now)
        self.dispatcher = self.another()

    def another(self):
        return Dispatcher(self.store, TENANT, self.door, self.policy, lambda: None, lambda: self.now)

    def volunteers(self, count, **fields: Any):
        names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a", "max_km": 5} | HERE
        self.write(*(Put("volunteer", f"volunteer-{n}", names | fields) for n in range(count)))

    def write(self, *puts):
        self.door.write(puts)

    def task(self, name="task-1", **fields):
        self.write(Put("task", name, task(**HERE | fields)))

    def look(self, seconds=0):
        self.now += timedelta(seconds=seconds)
        return self.dispatcher.look()

    def all(self, kind):
        with self.store.read(TENANT) as view:
            return [dict(one.doc) for one in view.of_kind(kind)]

    def asks(self, status=None):
        return [one for one in self.all("ask") if status in (None, one["status"])]

    def inputs(self):
        with self.store.read(TENANT) as view:
            return [orjson.loads(one.inputs) | one._asdict() for one in view.asked()]

    def doc(self, kind, name):
        with self.store.read(TENANT) as view:
            return view.records([Key(kind, name)])[Key(kind, name)].doc

    def phone(self, number):
        return Phone(self.store, volunteer(number), now=self.now)


@pytest.fixture
def town(store):
    return Town(store)


def test_a_published_task_goes_out_to_as_many_as_it_takes_and_each_phone_gets_its_own_ask(town):
    town.volunteers(9)
    town.task()
    done = town.look()
    asks = town.asks()
    assert (done.waves, done.asks) == (1, len(asks))
    assert 1 < len(asks) < 9
    assert {(one["wave"], one["status"], one["policy"]) for one in asks} == {(0, "asked", POLICY.name)}
    assert sorted(one["position"] for one in asks) == list(range(len(asks)))
    asked = int(asks[0]["volunteer_id"].removeprefix("volunteer-"))
    mine = [row for row in town.phone(asked).pull().rows if row.kind == "ask"]
    assert len(mine) == 1
    assert town.doc("task", "task-1")["wave"] == 0


def test_what_each_was_ranked_by_is_kept_beside_the_ask_as_it_was_then_and_travels_to_no_phone(town):
    town.volunteers(9, skills=["driving"])
    town.task("task-0", skills=["driving"])
    town.look()
    town.task("task-1", skills=["driving"])
    town.look(1)
    known = {(one["task_id"], one["volunteer_id"]): one for one in town.inputs()}
    assert known.keys() == {(one["task_id"], one["volunteer_id"]) for one in town.asks()}
    for (task_id, volunteer_id), one in known.items():
        assert one["task"]["easting"] == HERE["easting"]
        before = task_id == "task-1" and ("task-0", volunteer_id) in known
        assert (one["volunteer"]["asks_30d"], one["volunteer"].get("asked_days_ago")) == (
            (1, 0) if before else (0, None)
        )
    town.door.change([(Key("volunteer", name), {"easting": 1}) for _, name in known])
    assert {one["volunteer"]["home_easting"] for one in town.inputs()} == {HERE["easting"]}
    phones = [*map(town.phone, range(9)), Phone(town.store, centre(), now=NOW)]
    rows = [row for phone in phones for row in phone.pull().rows]
    assert not [row for row in rows if row.doc and "asks_30d" in row.doc]


def test_what_an_erased_volunteer_was_ranked_by_is_erased_with_them(town):
    town.volunteers(3)
    town.task()
    town.look()
    gone, *others = sorted(one["volunteer_id"] for one in town.asks())
    town.door.erase([Key("volunteer", gone)])
    assert [one["volunteer_id"] for one in town.inputs()] == others


def test_looking_again_asks_nobody_twice_and_the_next_wave_is_wider(town):
    town.volunteers(30)
    town.task()
    first = town.look().asks
    assert town.look().asks == 0
    assert town.look(30).asks == 0
    second = town.look(30).asks
    assert second > first
    assert len({one["volunteer_id"] for one in town.asks()}) == first + second


def test_nobody_is_asked_more_than_four_times_a_day_even_when_ten_tasks_are_published_at_once(town):
    town.volunteers(6)
    for number in range(10):
        town.task(f"task-{number}")
    town.look()
    town.look(60)
    counts = Counter(ask["volunteer_id"] for ask in town.asks())
    assert (len(counts), max(counts.values())) == (6, 4)


def test_a_claim_answers_the_claimants_ask_and_withdraws_the_others(town):
    town.volunteers(9)
    town.task()
    town.look()
    who = town.asks()[0]["volunteer_id"]
    assert town.phone(int(who[-1])).command("claim", "task", "task-1").outcome is Outcome.APPLIED
    town.look(1)
    assert {one["volunteer_id"] for one in town.asks("claimed")} == {who}
    assert {(one["status"], one["reason"]) for one in town.asks() if one["volunteer_id"] != who} == {
        ("withdrawn", "taken")
    }
    assert town.look(600).asks == 0


def test_when_all_have_said_no_the_next_wave_goes_out_at_once(town):
    town.volunteers(9)
    town.task()
    first = town.look().asks
    for ask in town.asks():
        phone = town.phone(int(ask["volunteer_id"][-1]))
        row = next(row for row in phone.pull().rows if row.kind == "ask")
        assert phone.command("see_ask", "ask", row.id).outcome is Outcome.APPLIED
        assert phone.command("decline_ask", "ask", row.id, reason="time").outcome is Outcome.APPLIED
    assert town.look(1).asks > 0
    assert len(town.asks("declined")) == first
    assert len({one["volunteer_id"] for one in town.asks()}) == len(town.asks())


def test_what_is_given_back_goes_out_again_first_and_not_to_whoever_gave_it_back(town):
    town.volunteers(3)
    town.task()
    town.look()
    who = int(town.asks()[0]["volunteer_id"][-1])
    town.phone(who).command("claim", "task", "task-1")
    town.look(1)
    phone = town.phone(who)
    phone.lseq, phone.made = 1, 1
    assert phone.command("release", "task", "task-1").outcome is Outcome.APPLIED
    assert (town.doc("task", "task-1")["priority"], town.doc("task", "task-1")["status"]) == (1, "open")
    assert town.look(1).waves == 1
    assert f"volunteer-{who}" not in {one["volunteer_id"] for one in town.asks("asked")}


def test_a_volunteer_who_pauses_in_mid_wave_is_asked_no_more(town):
    town.volunteers(9)
    town.task()
    town.look()
    who = town.asks()[0]["volunteer_id"]
    town.door.change([(Key("volunteer", who), {"paused_until_on": "2026-12-24"})])
    town.look(1)
    assert {(one["status"], one["reason"]) for one in town.asks() if one["volunteer_id"] == who} == {
        ("withdrawn", "paused")
    }


def test_a_volunteer_who_paused_after_the_dispatcher_looked_is_left_out_of_the_wave(town):
    town.volunteers(2)
    town.task()
    town.dispatcher._follower.follow(town.now)
    town.door.change([(Key("volunteer", "volunteer-0"), {"paused_until_on": "2026-12-24"})])
    waves = [wave for name in ["task-1"] if (wave := town.dispatcher._wave(name, town.now))]
    assert town.dispatcher._carry_out(Plan(waves, (), ())).asks == 1
    assert [one["volunteer_id"] for one in town.asks()] == ["volunteer-1"]


def test_asks_lapse_and_a_task_whose_time_is_over_expires(town):
    town.volunteers(2)
    town.task(window_until_at="2026-11-21T12:00:00Z")
    town.look()
    town.look(3601)
    assert {one["status"] for one in town.asks()} == {"lapsed"}
    town.look(7200)
    assert town.doc("task", "task-1")["status"] == "expired"


def test_a_claim_that_nobody_ends_lapses_a_day_after_the_window(town):
    town.volunteers(1)
    town.task(window_until_at="2026-11-21T12:00:00Z")
    town.look()
    town.phone(0).command("claim", "task", "task-1")
    town.look(4 * 3600)
    assert town.doc("task", "task-1")["status"] == "claimed"
    town.look(24 * 3600)
    assert [one["status"] for one in town.all("claim")] == ["lapsed"]
    assert town.doc("task", "task-1")["status"] == "expired"


def test_nobody_is_asked_at_night_but_all_in_the_morning(store):
    town = Town(store, WavePolicy())
    town.now = NOW.replace(hour=23)
    town.volunteers(3)
    town.task()
    assert town.look().asks == 0
    assert town.look(9 * 3600).asks > 0


def test_of_two_dispatchers_that_choose_the_same_wave_one_sends_it(town):
    town.volunteers(9)
    town.task()
    other = town.another()
    other._follower.follow(town.now)
    town.dispatcher._follower.follow(town.now)
    waves = [each._wave("task-1", town.now) for each in (other, town.dispatcher)]
    assert waves[0] == waves[1]
    first, second = (Plan([wave], (), ()) for wave in waves)
    assert other._carry_out(first).asks == len(waves[0].asked)
    assert town.dispatcher._carry_out(second).asks == 0
    assert town.look().asks == 0


class PulledPlugError(Exception):
    pass


def test_a_dispatcher_killed_between_the_wave_and_the_notices_leaves_neither(town, monkeypatch):
    town.volunteers(9)
    town.task()
    with town.store.write(TENANT) as work:
        kind = type(work)
    save = kind.save

    def written_and_gone(self, writes):
        save(self, writes)
        raise PulledPlugError

    with monkeypatch.context() as patched:
        patched.setattr(kind, "save", written_and_gone)
        with pytest.raises(PulledPlugError):
            town.look()
    assert (town.asks(), town.doc("task", "task-1")["wave"]) == ([], None)
    town.dispatcher = town.another()
    asked = town.look().asks
    assert len(town.asks()) == len({one["volunteer_id"] for one in town.asks()}) == asked > 0


def test_of_two_claims_made_without_signal_the_first_to_arrive_wins_and_the_other_is_told_kindly(town):
    town.volunteers(9)
    town.task()
    town.look()
    first, second = (town.phone(int(one["volunteer_id"][-1])) for one in town.asks()[:2])
    made = [each.mutation("command", "task", "task-1", command=Command("claim", {}, None)) for each in (first, second)]
    second.now = town.now + timedelta(minutes=10)
    first.now = town.now + timedelta(minutes=30)  # claimed first, heard of last
    assert second.push(made[1]).results[0].outcome is Outcome.APPLIED
    lost = first.push(made[0]).results[0]
    assert lost.problem is not None
    assert lost.problem.slug == "task-already-claimed"
    town.look(1)
    assert [one["volunteer_id"] for one in town.asks("claimed")] == [second.principal.volunteer_id]
    assert not [row for row in first.pull().rows if row.kind in ("claim", "task_detail")]


def test_a_claim_of_a_task_that_expired_meanwhile_is_refused_by_name(town):
    town.volunteers(3)
    town.task(window_until_at="2026-11-21T10:00:00Z")
    town.look()
    late = town.phone(0)
    late.now = town.now + timedelta(hours=2)
    refused = late.command("claim", "task", "task-1")
    assert refused.problem is not None
    assert refused.problem.slug == "task-not-open"


@pytest.mark.slow
def test_two_dispatchers_at_once_ask_nobody_twice_and_miss_no_wave(postgres_store):
    town = Town(postgres_store, replace(POLICY, most_a_day=80))  # else all have had their four before the fourth wave
    town.volunteers(60)
    town.write(*(Put("task", f"task-{n:02}", task(**HERE)) for n in range(20)))
    both = [town.another(), town.another()]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(4):
            done = list(pool.map(Dispatcher.look, both))
            assert sum(one.waves for one in done) == 20
            town.now += timedelta(seconds=61)
    asks = town.asks()
    assert len({(one["task_id"], one["volunteer_id"]) for one in asks}) == len(asks)
    for n in range(20):
        assert {one["wave"] for one in asks if one["task_id"] == f"task-{n:02}"} == {0, 1, 2, 3}


def test_a_dispatcher_that_starts_anew_goes_on_where_the_last_one_was(town):
    town.volunteers(30)
    town.task()
    first = town.look().asks
    town.dispatcher = town.another()
    assert town.look(1).asks == 0
    assert town.look(60).asks > first
    assert {one["wave"] for one in town.asks()} == {0, 1}


def test_only_those_who_may_do_it_are_asked(town):
    town.volunteers(3)
    town.write(Put("volunteer", "far", {"given_name": "Fay", "family_name": "Far", "centre_id": "centre-a", "max_km": 5,
                                        **HERE, "northing": 216_000}))  # fmt: skip
    town.task(radius_km=20)
    town.look()
    town.look(60)
    assert "far" not in {one["volunteer_id"] for one in town.asks()}


def test_another_centres_volunteers_are_not_asked(town):
    town.volunteers(2, centre_id="centre-b")
    town.task()
    assert town.look().asks == 0


def test_a_coordinator_sees_the_asks_of_their_centre(town):
    town.volunteers(3)
    town.task()
    town.look()
    rows = Phone(town.store, centre(), now=town.now).pull().rows
    assert sum(row.kind == "ask" for row in rows) == len(town.asks())


def test_those_without_the_training_that_a_task_asks_for_are_not_asked(town):
    town.volunteers(5)
    held = {"volunteer_id": "volunteer-3", "training_id": "lifting", "centre_id": "centre-a", "done_on": "2026-03-01"}
    state = {"status": "verified", "expires_on": "2026-11-22"}
    town.write(Put("training", "lifting", {"name": "Lifting"}), Put("completion", "done-1", held | state))
    town.task(training=["lifting"])
    town.look()
    assert {one["volunteer_id"] for one in town.asks()} == {"volunteer-3"}


def test_nobody_is_asked_by_a_training_that_ran_out_yesterday(town):
    town.volunteers(5)
    held = {"volunteer_id": "volunteer-3", "training_id": "lifting", "centre_id": "centre-a", "done_on": "2026-03-01"}
    state = {"status": "verified", "expires_on": "2026-11-20"}
    town.write(Put("training", "lifting", {"name": "Lifting"}), Put("completion", "done-1", held | state))
    town.task(training=["lifting"])
    town.look()
    assert town.asks() == []
