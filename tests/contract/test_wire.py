"""Messages: what is unknown, wrong or too much is refused by name."""

import pytest
from marshmallow import ValidationError

from mobile_contract import wire

MUTATION = {
    "mid": "01a9d1f0-0000-7000-8000-000000000001", "lseq": 1, "kind": "person", "id": "p1", "op": "create",
    "hlc": "1795251600000-0000-phone-a",
}  # fmt: skip
PUSH = {"device": "phone-a", "sent_at": "2026-11-21T09:00:00Z", "schema": 1, "mutations": [MUTATION]}


def errors(schema: type[wire.MessageSchema], body: object) -> dict[str, object]:
    with pytest.raises(ValidationError) as caught:
        schema().load(body)
    return caught.value.messages


def test_a_mutation_gets_its_defaults():
    assert wire.PushSchema().load(PUSH)["mutations"] == [{**MUTATION, "base": 0, "set": {}, "command": None}]


def test_an_unknown_field_is_named_at_every_depth():
    body = {**PUSH, "colour": 1, "mutations": [{**MUTATION, "flavour": 2}]}
    assert errors(wire.PushSchema, body) == {
        "colour": ["Unknown field."],
        "mutations": {"0": {"flavour": ["Unknown field."]}},
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mid", "M1"),
        ("mid", MUTATION["mid"].upper().replace("0", "A")),
        ("lseq", 0),
        ("lseq", "1"),
        ("lseq", 2**53),
        ("lseq", True),
        ("base", -1),
        ("id", "p/1"),
        ("id", "p1\n"),
        ("id", ""),
        ("op", "upsert"),
        ("set", []),
        ("hlc", "1795251600000-0000"),
        ("hlc", "now"),
        ("hlc", "１795251600000-0000-phone-a"),
        ("command", {"name": "claim", "args": [], "valid_until": None}),
        ("command", {"name": "claim", "valid_until": "soon"}),
    ],
)
def test_a_wrong_value_is_named(field, value):
    wrong = {**MUTATION, field: value}
    body = {**PUSH, "mutations": [MUTATION, wrong, MUTATION]}
    if field in ("mid", "lseq"):  # nobody could be told what became of it
        assert errors(wire.PushSchema, body)["mutations"]["1"].keys() == {field}
        return
    before, alone, after = wire.PushSchema().load(body)["mutations"]
    assert before == after == {**MUTATION, "base": 0, "set": {}, "command": None}
    assert (alone["sent"], alone["wrong"].keys()) == (wrong, {field})
    both = wire.SyncSchema().load({"push": body, "pull": {}})["push"]["mutations"]
    assert both == [before, alone, after]


def test_too_many_mutations_are_counted_before_they_are_read():
    found = errors(wire.PushSchema, {**PUSH, "mutations": ["not even a mutation"] * 10_001})
    assert found == {"mutations": ["10001 mutations; at most 1000 in one push."]}


def test_a_combined_sync_names_the_place_of_a_fault():
    body = {"push": {**PUSH, "schema": None}, "pull": {"limit": 0}}
    found = errors(wire.SyncSchema, body)
    assert found["push"].keys() == {"schema"}
    assert found["pull"].keys() == {"limit"}


def test_a_pull_has_usual_sizes_and_a_first_one_no_cursor():
    usual = {"cursor": None, "limit": wire.PAGE_ROWS, "max_bytes": wire.PAGE_BYTES, "snapshots": [], "retake": []}
    usual["schema"] = 1  # a phone of the first contract says nothing
    assert wire.PullSchema().load({}) == usual


def test_the_limits_are_those_of_the_manifest():
    assert wire.limits().keys() == wire.ManifestSchema().fields["limits"].schema.fields.keys()


def test_a_password_is_never_written_out():
    assert "password" not in wire.SignInSchema().dump({"username": "amina", "password": "secret"})
