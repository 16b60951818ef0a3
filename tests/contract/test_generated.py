"""What follows from the kinds is up to date, the same every time, and says what the schemas do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from marshmallow import ValidationError

from mobile_contract.generate import FOLDER, artefacts, history, json_schema, stale, write
from mobile_contract.generate.__main__ import main
from mobile_contract.schemas import KINDS, SCHEMAS
from server.cli.openapi import openapi

PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill"}
EXAMPLES = {
    "person": PERSON,
    "note": {
        "person_id": "p1", "team_id": "t1", "type": "call", "text": "Rang.", "written_at": "2026-11-21T09:00:00Z",
    },
    "schedule": {
        "item_kind": "asset", "item_id": "a1", "frequency": "weekly", "from_time": "09:30", "until_time": "11:00",
        "cancelled_on": ["2026-12-25"],
    },
    "postcode_sector": {"district": "E07000070", "sector": "CM1 4", "units": {"AB": [570000, 207000]}},
    "exposure": {
        "referral_id": "r1", "team_id": "t1", "shown_at": "2026-11-21T09:00:00.123Z", "ranked_on": "phone",
        "model_version": "rules", "policy": "explore-10", "query": {"age": 71},
        "items": [{"kind": "asset", "id": "a1", "position": 0, "score": 0.4, "propensity": 1.0, "inputs": {}}],
    },
}  # fmt: skip
WRONG = {
    "an unknown field": ("person", {**PERSON, "shoe_size": 9}),
    "a missing name": ("person", {"team_id": "t1", "given_name": "Ada"}),
    "a word for a number": ("person", {**PERSON, "max_km": "far"}),
    "an unknown code": ("person", {**PERSON, "languages": ["klingon"]}),
    "a day that does not look like one": ("person", {**PERSON, "birth_on": "21 November"}),
    "a null character": ("person", {**PERSON, "given_name": "A\x00da"}),
    "an id with a line break": ("person", {**PERSON, "team_id": "t1\n"}),
    "a time without a zone": ("note", {**EXAMPLES["note"], "written_at": "2026-11-21T09:00:00"}),
    "a late hour": ("schedule", {**EXAMPLES["schedule"], "until_time": "25:00"}),
    "a propensity of nothing": (
        "exposure", {**EXAMPLES["exposure"], "items": [{**EXAMPLES["exposure"]["items"][0], "propensity": 0}]},
    ),
}  # fmt: skip
#: The pattern's $ is read in Python's way by this validator, and JSON Schema has no word for the other.
NOT_IN_JSON_SCHEMA = {"an id with a line break", "a null character"}


def described(kind: str) -> Draft202012Validator:
    schema = json_schema.kind_schema(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_generated_files_are_up_to_date():
    assert stale() == [], "run python -m mobile_contract.generate"


def test_the_openapi_document_is_up_to_date():
    said = CliRunner().invoke(openapi).output
    assert json.loads((FOLDER / "openapi.json").read_text("utf-8")) == json.loads(said), "run make contract"


def test_every_change_of_the_contract_is_noted_in_its_history():
    assert history.is_noted(), history.MEND


def test_the_same_kinds_give_the_same_bytes():
    assert artefacts() == artefacts()


def test_a_stale_a_missing_and_a_left_over_file_are_named_and_mended(tmp_path):
    assert len(write(tmp_path)) == len(KINDS) + 3  # and two modules of TypeScript, and the vectors of surveys
    (tmp_path / "contract.ts").write_text("// old")
    (tmp_path / "json-schema" / "note.json").unlink()
    (tmp_path / "json-schema" / "gone.json").write_text("{}")
    assert stale(tmp_path) == ["contract.ts", "json-schema/gone.json", "json-schema/note.json"]
    write(tmp_path)
    assert stale(tmp_path) == []


def test_a_changed_kind_without_a_note_fails_and_says_the_mend(monkeypatch, capsys):
    monkeypatch.setattr(history, "HISTORY", Path("/nonexistent/history.json"))
    assert main(["--check"]) == 1
    assert "--note" in capsys.readouterr().out


def test_a_note_is_written_once(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "HISTORY", tmp_path / "history.json")
    history.add_note("The first contract.")
    history.add_note("Nothing has changed since.")
    assert [note["note"] for note in history.history()] == ["The first contract."]
    monkeypatch.setattr(history, "contract_hash", lambda: "another")
    history.add_note("A field more.")
    assert [note["hash"] == "another" for note in history.history()] == [False, True]


def test_the_hash_moves_with_a_field_and_with_its_merge_rule(monkeypatch):
    before = history.contract_hash()
    monkeypatch.setattr(SCHEMAS["note"]._declared_fields["text"], "required", False)
    assert history.contract_hash() != before


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_json_schema_and_server_both_take_a_good_document(kind):
    described(kind).validate(EXAMPLES[kind])
    described(kind).validate(SCHEMAS[kind]().load(EXAMPLES[kind]))


@pytest.mark.parametrize("what", sorted(WRONG))
def test_json_schema_and_server_both_refuse(what):
    kind, document = WRONG[what]
    with pytest.raises(ValidationError):
        SCHEMAS[kind]().load(document)
    if what not in NOT_IN_JSON_SCHEMA:
        assert not described(kind).is_valid(document)


def test_every_kind_has_a_schema_with_rules_for_each_field():
    for name, rule in KINDS.items():
        properties = described(name).schema["properties"]
        assert properties.keys() == rule.fields.keys()
        assert {field: about["x-merge"] for field, about in properties.items()} == {
            field: about.merge.value for field, about in rule.fields.items()
        }


def test_typescript_names_every_kind_and_every_field():
    text = artefacts()["contract.ts"]
    for name, rule in KINDS.items():
        assert f"\n  {name}: {{" in text
        assert all(f'      {field}: {{"merge": "{about.merge}"' in text for field, about in rule.fields.items())
