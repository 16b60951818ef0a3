import gc
from dataclasses import replace

import pytest

from server.sync.ids import are_ids, is_id
from server.sync.model import Mutation, Outcome, Push, RefusedError
from server.sync.ports import Store
from server.sync.prepare import Prepared
from server.sync.push import push
from tests.builders import KINDS, NOW, Phone, person, prescriber, put, task, validate
from tests.promises.asking import head as store_head
from tests.promises.asking import problem_of, quarantine, record


def test_a_created_record_gets_a_version_and_comes_back_in_a_pull(store: Store) -> None:
    phone = Phone(store, prescriber())
    receipt = phone.create("person", "person-1", **person())
    assert (receipt.outcome, receipt.version) == (Outcome.APPLIED, 1)
    page = phone.pull()
    assert [(row.kind, row.id, row.version, row.op) for row in page.rows] == [("person", "person-1", 1, "put")]
    assert '"given_name":"Ada"' in (page.rows[0].doc or "")
    assert page.consistent
    assert page.acked_lseq == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "spaceship"}, "unknown-kind"),
        ({"set": person(shoe_size=41)}, "unknown-field"),
        ({"set": person(given_name=41)}, "invalid"),
        ({"set": {"team_id": "team-a"}}, "invalid"),
        ({"set": person(team="team-b")}, "not-yours"),
        ({"kind": "claim", "set": {}}, "read-only"),
        ({"kind": "district", "set": {"name": "Nowhere"}}, "not-yours"),
        ({"op": "explode"}, "invalid"),
        ({"op": "patch"}, "not-yours"),
        ({"op": "delete"}, "invalid"),
        ({"op": "delete", "set": {}}, "not-yours"),
        ({"op": "command"}, "unknown-command"),
        ({"id": "no/such id\0"}, "invalid"),
    ],
)
def test_a_wrong_mutation_gets_a_named_problem_and_is_kept(store: Store, change: dict, problem: str) -> None:  # type: ignore[type-arg] # fields of a mutation
    phone = Phone(store, prescriber())
    wrong = replace(phone.mutation("create", "person", "person-1", set=person()), **change)
    fine = phone.mutation("create", "person", "person-2", set=person())
    answer = phone.push(wrong, fine)
    assert [problem_of(receipt) for receipt in answer.results] == [problem, ""]
    assert [refused.reason for refused in quarantine(store)] == [problem]
    assert [row.id for row in phone.pull().rows] == ["person-2"]


def test_another_teams_record_answers_like_no_record_at_all(store: Store) -> None:
    put(store, "person", "theirs", person(team="team-b"))
    phone = Phone(store, prescriber())
    known, unknown = (
        phone.patch("person", "theirs", 1, given_name="X"),
        phone.patch("person", "none", 1, given_name="X"),
    )
    taken, deleted = phone.create("person", "theirs", **person()), phone.delete("person", "theirs", 1)
    told = {repr(replace(r, mid="", lseq=0)) for r in (known, unknown, taken, deleted)}
    assert len(told) == 1
    assert record(store, "person", "theirs")["given_name"] == "Ada"
    assert len(quarantine(store)) == 4


def test_a_record_cannot_be_moved_where_the_sender_is_not(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "person-1", **person())
    assert problem_of(phone.patch("person", "person-1", 1, team_id="team-b")) == "not-yours"


def test_another_devices_push_is_refused_whole(store: Store) -> None:
    with pytest.raises(RefusedError) as refused:
        push(Push("phone-b", None, 1, ()), prescriber(), store=store, rules=KINDS, validate=validate, now=NOW)
    assert refused.value.problem.slug == "wrong-device"


def test_a_mutation_without_a_proper_id_is_refused_whole(store: Store) -> None:
    bad = Mutation("m\0", 1, "person", "person-1", "create", set=person())
    with pytest.raises(RefusedError) as refused:
        push(Push("phone-a", None, 1, (bad,)), prescriber(), store=store, rules=KINDS, validate=validate, now=NOW)
    assert refused.value.problem.slug == "invalid"


def test_an_empty_push_moves_nothing(store: Store) -> None:
    answer = Phone(store, prescriber()).push()
    assert (answer.results, answer.acked_lseq) == ((), 0)
    assert store_head(store) == 0


def test_server_owned_values_are_ignored_and_the_sender_is_told(store: Store) -> None:
    desk = Phone(store, replace(prescriber("desk", ("centre:centre-a",)), roles=frozenset({"centre"})))
    receipt = desk.create("task", "task-1", **{**task(), "claimed_at": "2026-11-21T09:00:00Z"})
    assert receipt.outcome is Outcome.MERGED
    assert [(c.field, c.rule, c.kept) for c in receipt.conflicts] == [("claimed_at", "server", None)]
    assert record(store, "task", "task-1")["claimed_at"] is None


def test_a_written_once_field_cannot_be_edited(store: Store) -> None:
    put(store, "person", "person-1", person())
    phone = Phone(store, prescriber())
    phone.create("note", "note-1", person_id="person-1", team_id="team-a", type="note", text="Called.",
                 written_at="2026-11-21T09:00:00Z")  # fmt: skip
    assert problem_of(phone.patch("note", "note-1", 2, text="Never called.")) == "immutable"
    assert problem_of(phone.delete("note", "note-1", 2)) == "immutable"
    assert record(store, "note", "note-1")["text"] == "Called."


def test_no_problem_is_unknown_to_the_contract() -> None:
    import re
    from pathlib import Path

    from mobile_contract.problems import PROBLEMS

    sources = [path.read_text() for folder in ("sync", "domain") for path in Path("server", folder).glob("*.py")]
    named = {
        slug
        for source in sources
        for slug in re.findall(r'(?:Problem|rejected|refuse)\(\s*(?:\w+, )?"([\w-]+)"', source)
    }
    assert {"lseq-gap", "not-yours", "mid-reused", "cursor-invalid"} <= named
    assert named <= PROBLEMS.keys()


def test_a_repeat_tells_nothing_of_a_record_whose_scope_was_lost(store: Store) -> None:
    put(store, "person", "person-1", person())
    first, second = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    first.patch("person", "person-1", 1, given_name="Bea")
    late = second.mutation("patch", "person", "person-1", 1, set={"given_name": "Cy"})
    answer = second.push(late).results[0]
    assert answer.row is not None
    assert answer.conflicts
    second.principal = prescriber("phone-b", scopes=())
    again = second.push(late).results[0]
    assert again == replace(answer, row=None, conflicts=())


@pytest.mark.slow
def test_a_push_leaves_nothing_to_the_search_for_garbage(store: Store) -> None:
    phone = Phone(store, prescriber())
    gc.collect()
    gc.disable()
    try:
        phone.create("person", "person-1", **person())
        phone.patch("person", "person-1", 1, given_name="Bea")
        phone.delete("person", "person-1", 2)
        assert not [one for one in gc.get_objects() if type(one) is Prepared], "a circle keeps all of a push in memory"
    finally:
        gc.enable()


@pytest.mark.parametrize("one", ["", "no/such", "a" * 65, "é", "a\n", None, 7])
def test_many_ids_are_right_when_each_of_them_is(one: object) -> None:
    assert are_ids(["a", "b"])
    assert not is_id(one)
    assert not are_ids(["a", one])
