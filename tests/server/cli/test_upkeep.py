from datetime import timedelta

import pytest

from server.cli.workplace import workplace
from server.sync.door import Put
from server.sync.model import Key
from server.sync.ports import AskedInputs, Writes

SCOPE = "directory:county"


def districts(count: int) -> list[Put]:
    return [Put("district", f"E07{number:06d}", {"name": f"Place {number}"}) for number in range(count)]


@pytest.mark.slow
def test_snapshots_are_built_for_scopes_of_some_size_and_only_when_they_changed(essex):
    at = workplace()
    at.door("essex").write(districts(12))
    assert "0 snapshots" in essex("snapshots", "build").output
    scopes = at.store.scope_counts("essex")
    assert max(scopes.values()) == 12
    assert "made anew" in essex("snapshots", "build", "--min-rows", "12").output
    assert ", 0 made anew" in essex("snapshots", "build", "--tenant", "essex", "--min-rows", "12").output
    listed = at.store.listed_snapshots()
    assert listed
    assert all(at.services.shelf.has(sha256) for sha256 in listed)


def test_a_scope_that_nobody_has_gets_no_snapshot_anywhere(essex):
    essex("tenant", "add", "kent")
    at = workplace()
    at.door("essex").write(districts(1))
    assert "No record is in the scope nope." in essex("snapshots", "build", "--scope", "nope", ends=1).output
    assert at.store.listed_snapshots() == frozenset()
    told = essex("snapshots", "build", "--scope", SCOPE).stdout.splitlines()
    assert told == ["essex: 1 snapshot of 1 record, 1 made anew.", "kent: 0 snapshots of 0 records, 0 made anew."]
    assert "No record is in" in essex("snapshots", "build", "--scope", SCOPE, "--tenant", "kent", ends=1).output


def test_replaced_snapshots_are_cleared_away_but_for_the_last(essex):
    at = workplace()
    for count in range(1, 5):
        at.door("essex").write(districts(count))
        essex("snapshots", "build", "--min-rows", "1")
    with at.store.read("essex") as view:
        kept = [snapshot.scope for snapshot in view.snapshots(None)]
    assert max(kept.count(scope) for scope in kept) == 2
    files = list((at.settings.home / "snapshots").glob("??/*"))
    at.services.shelf.sweep(at.store.listed_snapshots(), grace_s=-1)
    left = list((at.settings.home / "snapshots").glob("??/*"))
    assert len(left) == len(kept) < len(files)


def test_compaction_says_what_it_cleared_away(essex):
    at = workplace()
    at.door("essex").write(districts(3))
    at.door("essex").remove([Key("district", "E07000001")])
    assert "0 traces" in essex("compact").output
    assert "0 traces" not in essex("compact", "--older-than", "0d").output
    assert "180d" in essex("compact", "--older-than", "soon", ends=2).output


def test_what_volunteers_were_ranked_by_long_ago_is_forgotten(essex):
    with workplace().store.write("essex") as work:
        work.save(Writes(asked=[AskedInputs("task", 0, "vic", "2024-01-01T09:00:00Z", "{}")]))
    assert "the inputs of 1 ask forgotten" in essex("compact").output
    assert "forgotten" not in essex("compact").output


def test_the_server_notes_once_a_day_where_its_feeds_are(essex):
    at = workplace()
    at.door("essex").write(districts(3))
    today = at.services.now().date()
    assert at.store.days("essex").keys() == {today.isoformat()}
    assert (today - timedelta(days=1)).isoformat() not in at.store.days("essex")


def test_a_database_put_back_by_other_means_gets_a_new_epoch(essex):
    before = workplace().store.heads()["essex"]
    assert "new epoch" in essex("epoch", "new", "--tenant", "essex").output
    after = workplace().store.heads()["essex"]
    assert after.epoch != before.epoch
    assert after.seq > before.seq


@pytest.mark.slow
def test_a_recount_says_how_many_counts_it_put_right_and_leaves_the_demonstration_alone(essex):
    at = workplace()
    essex("tenant", "add", "essex-demo")
    count = {"item_kind": "asset", "item_id": "tea", "chosen": 7}
    for tenant in ("essex", "essex-demo"):
        at.door(tenant).write([Put("place_count", "tea", count)])
    told = essex("recount").output.splitlines()
    assert told[0] == "essex: 1 item counted, 1 put right."
    assert told[1].startswith("essex-demo: left as it is.")
    assert essex("recount", "--tenant", "essex").output == "essex: 1 item counted, 0 put right.\n"
    assert "There is no programme kent" in essex("recount", "--tenant", "kent", ends=1).output
