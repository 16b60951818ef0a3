"""SKEW-BOUNDED: a clock wrong by ten years changes no winner except true ties, and dates nothing in the future."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.storage.memory import MemoryStore
from server.sync.model import Outcome
from server.sync.ports import Store
from tests.builders import NOW, Phone, person, prescriber, put
from tests.promises.asking import record

TEN_YEARS = timedelta(days=3652)
ERRORS = [-TEN_YEARS, timedelta(minutes=-6), timedelta(0), timedelta(minutes=6), TEN_YEARS]


def script(store: Store, seed: int, errors: tuple[timedelta, ...]) -> dict[str, Any]:
    """Let three phones edit one person offline at different minutes and push later, with these clocks."""
    roll = random.Random(seed)
    put(store, "person", "p", person(given_name="Ada"))
    phones = [Phone(store, prescriber(f"phone-{n}"), clock_error=error) for n, error in enumerate(errors)]
    made: list[tuple[Phone, Any]] = []
    for minute in range(12):
        phone = roll.choice(phones)
        phone.now = NOW + timedelta(minutes=minute)
        values = {roll.choice(["given_name", "family_name", "phone"]): f"{seed}-{minute}"}
        made.append((phone, phone.mutation("patch", "person", "p", 1, set=values)))
    for phone in roll.sample(phones, 3):
        phone.now = NOW + timedelta(hours=1)
        phone.push(*(mutation for owner, mutation in made if owner is phone))
    return record(store, "person", "p")


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_clocks_say_the_same_edit_wins(seed: int) -> None:
    true = script(MemoryStore(), seed, (timedelta(0),) * 3)
    for errors in [(-TEN_YEARS, timedelta(0), TEN_YEARS), (TEN_YEARS, TEN_YEARS, -TEN_YEARS)]:
        assert script(MemoryStore(), seed, errors) == true


def test_the_same_on_every_store(store: Store) -> None:
    assert script(store, 99, (-TEN_YEARS, timedelta(0), TEN_YEARS)) == script(MemoryStore(), 99, (timedelta(0),) * 3)


def note(phone: Phone, name: str) -> Any:
    written_at = (phone.now + phone.clock_error).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {"person_id": "p", "team_id": "team-a", "type": "note", "text": "Called.", "written_at": written_at}
    return phone.mutation("create", "note", name, set=values)


@pytest.mark.parametrize("error", ERRORS)
def test_a_note_is_dated_when_it_was_written_whatever_the_phones_clock_said(store: Store, error: timedelta) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(), clock_error=error)
    made = note(phone, "n")
    receipt = phone.push(made, sent_at=NOW + timedelta(hours=3)).results[0]
    written = datetime.fromisoformat(record(store, "note", "n")["written_at"])
    assert abs(written - NOW) <= timedelta(minutes=5)
    right = Outcome.MERGED if abs(error) > timedelta(minutes=5) else Outcome.APPLIED
    assert receipt.outcome is right
    assert phone.push(made, sent_at=NOW + timedelta(hours=4)).results[0] == receipt


@pytest.mark.parametrize("error", [TEN_YEARS, timedelta(days=40)])
def test_a_clock_that_was_wrong_and_counts_on_though_it_was_put_right_moves_no_date(
    store: Store, error: timedelta
) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(), clock_error=error)
    wrong = note(phone, "n")
    phone.clock_error = timedelta(0)
    phone.push(wrong, replace(note(phone, "m"), hlc=wrong.hlc), sent_at=NOW)
    assert record(store, "note", "m")["written_at"] == "2026-11-21T09:30:00Z"


def test_a_note_from_the_future_becomes_one_of_now(store: Store) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber())
    values = {"person_id": "p", "team_id": "team-a", "type": "note", "text": "x", "written_at": "2031-01-01T00:00:00Z"}
    receipt = phone.create("note", "n", **values)
    assert record(store, "note", "n")["written_at"] == "2026-11-21T09:30:00.000Z"
    assert [(one.field, one.rule) for one in receipt.conflicts] == [("written_at", "server")]


@pytest.mark.parametrize("error", ERRORS)
def test_the_phone_is_told_how_far_its_clock_is_off(store: Store, error: timedelta) -> None:
    phone = Phone(store, prescriber(), clock_error=error)
    assert phone.push().clock_offset_ms == -error / timedelta(milliseconds=1)
