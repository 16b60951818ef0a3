"""Golden conversations, held against the real server on each store. KITH_RECORD=1 writes the answers down anew."""

import os

import pytest

from mobile_contract.transcripts import Replay, differences, filled, frozen, load, names, recorded
from mobile_contract.transcripts.replay import save


@pytest.mark.parametrize("name", names())
def test_the_server_answers_as_the_transcript_says(name, make_stage):
    transcript = load(name)
    stage = make_stage(transcript["given"])
    replay = Replay(stage.send, stage.wait, stage.act)
    if os.environ.get("KITH_RECORD"):
        save(name, replay.record(transcript))
    else:
        assert replay.play(transcript) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", frozen())
def test_a_phone_of_an_older_contract_is_answered_as_ever(name, make_old_stage):
    transcript = load(name)
    stage = make_old_stage(transcript["given"])
    assert Replay(stage.send, stage.wait, stage.act, more=True).play(transcript) == []


def test_names_that_came_later_are_passed_over_and_missing_ones_are_not():
    assert list(differences({"a": [{"b": 1}]}, {"a": [{"b": 1, "new": 2}], "newer": 3}, {}, more=True)) == []
    assert list(differences({"a": 1}, {"b": 1}, {}, more=True)) == ["/a: is missing"]


def test_every_conversation_that_was_promised_is_there():
    promised = {
        "sign-in", "first-pull", "create", "repeat", "merge", "conflict", "claim", "revoked", "evicted", "bad-requests",
        "bad-mutations", "bad-cursors", "moved", "waiting", "forgotten", "dispatch", "dispatch-refused",
    }  # fmt: skip
    assert set(names()) == promised


def test_an_answer_that_differs_is_told_with_its_place():
    expected = {"rows": [{"v": 1, "d": "<any>"}], "cursor": "<keep:cursor>"}
    kept = {}
    actual = {"rows": [{"v": 2, "d": None, "extra": 1}], "cursor": "abc"}
    assert sorted(differences(expected, actual, kept)) == [
        "/rows/0/extra: was not expected",
        "/rows/0/v: expected 1, got 2",
    ]
    assert kept == {"cursor": "abc"}


def test_a_placeholder_stands_for_its_own_sort_of_value_only():
    assert list(differences("<number>", "7", {})) == ["/: expected '<number>', got '7'"]
    assert list(differences("<number>", True, {})) == ["/: expected '<number>', got True"]
    assert list(differences("<instant>", "2026-11-21", {})) == ["/: expected '<instant>', got '2026-11-21'"]
    assert list(differences(["<instant>", "<text>"], ["2026-11-21T09:00:00Z", "x"], {})) == []
    assert list(differences(1, True, {})) == ["/: expected 1, got True"]


def test_what_was_kept_goes_into_the_next_request():
    assert filled({"cursor": "{c}", "list": ["a{c}", 1]}, {"c": "xyz"}) == {"cursor": "xyz", "list": ["axyz", 1]}
    with pytest.raises(KeyError):
        filled("{unknown}", {})


def test_recording_keeps_the_placeholders_that_fit():
    expected = {"a": "<text>", "b": "<number>", "gone": 1}
    assert recorded(expected, {"a": "x", "b": "now a text", "new": 2}) == {"a": "<text>", "b": "now a text", "new": 2}
