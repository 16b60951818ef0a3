from datetime import UTC, datetime, timedelta

import pytest

from server.cli.workplace import workplace
from server.sync.door import Put

SOON = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()


@pytest.fixture
def town(essex):
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a", "skills": ["driving"]}
    done = {"volunteer_id": "v1", "training_id": "lift", "centre_id": "centre-a", "done_on": "2026-01-05"}
    bank = {"name": "Hythe", "district": "county"}
    account = {"bank_id": "hythe", "type": "person", "owner_kind": "volunteer", "owner_id": "v2", "name": "Vic Dale"}
    workplace().door("essex").write(
        [
            Put("training", "lift", {"name": "Lifting safely"}),
            *(Put("volunteer", f"v{n}", names) for n in range(3)),
            Put("completion", "d1", done | {"status": "verified", "expires_on": SOON}),
            Put("bank", "hythe", bank),
            Put("account", "a2", account | {"volunteer_id": "v2", "opened_at": "2026-11-21T09:00:00Z"}),
        ]
    )
    role = {"name": "Cook", "category": "cooking", "organisation_id": "hall"}
    enquiry = {"centre_id": "centre-a", "origin": "web", "enquired_on": "2026-06-01", "opportunity_id": "cook"}
    workplace().door("essex").write(
        [
            Put("opportunity", "cook", role),
            Put("enquiry", "e1", enquiry | {"volunteer_id": "v1", "status": "at_4_weeks"}),
            Put("enquiry", "e2", enquiry | {"volunteer_id": "v2", "status": "matched"}),
        ]
    )
    return essex


def test_who_is_due_is_listed_with_the_day_and_the_training(town):
    (line,) = town("training", "due", "--tenant", "essex", "--days", "30").output.splitlines()[1:]
    assert line.split()[0] == SOON
    assert ("v1" in line, "Vic Dale" in line, "Lifting safely" in line) == (True, True, True)
    assert len(town("training", "due", "--tenant", "essex", "--centre", "centre-b").output.splitlines()) == 1


def test_who_here_can_do_something_is_listed_for_all_a_centre_or_the_members_of_a_time_bank(town):
    def who(*options):
        return [line.split()[0] for line in town("training", "who", "--tenant", "essex", *options).output.splitlines()]

    assert who("--training", "lift")[1:] == ["v1"]
    assert who("--skill", "driving")[1:] == ["v0", "v1", "v2"]
    assert who("--skill", "driving", "--bank", "hythe")[1:] == ["v2"]
    assert who("--skill", "driving", "--centre", "centre-b")[1:] == []
    assert who("--skill", "driving", "--organisation", "hall")[1:] == ["v1"]


def test_a_training_that_is_not_in_the_catalogue_is_said_to_be_none(town):
    assert (
        "There is no training aid" in town("training", "who", "--tenant", "essex", "--training", "aid", ends=1).output
    )
    assert "Name a --training or a --skill" in town("training", "who", "--tenant", "essex", ends=2).output


def test_what_is_listed_is_in_the_audit(town):
    town("training", "who", "--tenant", "essex", "--training", "lift")
    lines = [line for line in town("audit", "--tenant", "essex").output.splitlines() if "trainings" in line]
    assert len(lines) == 1
    assert "v1" in lines[0]


def test_whoever_names_a_training_that_is_not_there_is_told_which_are(town):
    said = town("training", "who", "--tenant", "essex", "--training", "lifting", ends=1).output
    assert "There is no training lifting in the catalogue. There are: lift." in said
