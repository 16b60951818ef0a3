"""What the server does once a day, by a clock that the test owns."""

import os
import sys

import server.daily
from server.daily import FIRST_S, Daily, regular

QUICK = (sys.executable, "-c", "pass")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def daily(clock: Clock, *command: str) -> Daily:
    return Daily(24, command, clock)


def runs(one: Daily) -> bool:
    one.keep_up()
    ran = one.process is not None
    if one.process is not None:
        one.process.wait()
    return ran


def test_the_first_time_is_ten_minutes_after_the_start_and_the_next_a_day_later() -> None:
    clock = Clock()
    one = daily(clock, *QUICK)
    seen = []
    for later in (0.0, FIRST_S - 1, FIRST_S, FIRST_S + 60, FIRST_S + 86_399, FIRST_S + 86_400):
        clock.now = 1000.0 + later
        seen.append(runs(one))
    assert seen == [False, False, True, False, False, True]


def test_a_failure_is_logged_and_the_next_day_comes(caplog) -> None:
    clock = Clock()
    one = daily(clock, sys.executable, "-c", "raise SystemExit(1)")
    for later in (FIRST_S, FIRST_S + 86_400):
        clock.now = 1000.0 + later
        assert runs(one)
    one.keep_up()
    assert [record.code for record in caplog.records] == [1, 1]
    assert "kith recount says why" in caplog.text


def test_what_it_ended_with_is_heard_before_the_server_buries_all_its_children(caplog) -> None:
    clock = Clock()
    one = daily(clock, sys.executable, "-c", "raise SystemExit(3)")
    clock.now += FIRST_S
    one.keep_up()
    assert one.process is not None
    os.waitid(os.P_PID, one.process.pid, os.WEXITED | os.WNOWAIT)
    one.heed()
    assert one.process is None
    assert [record.code for record in caplog.records] == [3]


def test_the_end_of_the_server_breaks_off_what_runs() -> None:
    clock = Clock()
    one = daily(clock, sys.executable, "-c", "import time; time.sleep(60)")
    clock.now += FIRST_S
    one.keep_up()
    process = one.process
    one.end()
    one.end()
    assert process is not None
    assert process.returncode == -15


def test_offered_places_and_late_notices_are_looked_after_every_hour_and_nothing_where_it_is_turned_off(
    monkeypatch,
) -> None:
    clock, started = Clock(), []
    monkeypatch.setattr(server.daily.subprocess, "Popen", lambda command, **_: started.append(command) or Ended())
    work = regular(24, clock)
    clock.now += FIRST_S
    for _hour in range(3):
        for one in work:
            one.keep_up()
        clock.now += 3600
    assert [command[2:] for command in started].count(("kith", "calendar", "renew")) == 3
    assert len(started) == 4
    assert regular(0, clock) == ()


class Ended:
    returncode = 0

    def poll(self) -> int:
        return 0
