from dataclasses import replace

import pytest

from server.sync.model import Key, Mutation, Outcome, Push, RefusedError
from server.sync.ports import Store
from server.sync.push import push
from tests.builders import KINDS, NOW, TENANT, Phone, person, prescriber, put, task, validate


def test_a_created_record_gets_a_version_and_comes_back_in_a_pull(store: Store) -> None:
    phone = Phone(store, prescriber())
    receipt = phone.create("person", "person-1", **person())
    assert (receipt.outcome, receipt.version) == (Outcome.APPLIED, 1)
    page = phone.pull()
    assert [(row.kind, row.id, row.version, row.op) for row in page.rows] == [("person", "person-1", 1, "put")]
    assert '"given_name":"Ada"' in (page.rows[0].doc or "")
    assert page.consistent
    assert page.acked_lseq == 1


def test_a_repeated_push_returns_the_first_receipt(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    first = phone.push(mutation)
    other = Phone(store, prescriber("phone-b"))
    other.patch("person", "person-1", 1, given_name="Grace")
    assert phone.push(mutation) == first
    assert store_head(store) == 2  # the repeat moved nothing


def store_head(store: Store) -> int:
    with store.read(TENANT) as view:
        return view.head().seq


def test_every_kind_of_receipt_comes_back_verbatim(store: Store) -> None:
    put(store, "person", "person-1", person(given_name="Grace"))
    phone = Phone(store, prescriber())
    mutations = (
        phone.mutation("patch", "person", "person-1", 0, set={"given_name": "Joan"}),
        phone.mutation("create", "person", "person-2", set=person(given_name=7)),
        phone.mutation("create", "referral", "r", set={"person_id": "later", "team_id": "team-a", "needs": ["money"],
                                                       "received_on": "2026-11-20"}),
        phone.mutation("patch", "person", "person-1", 1, set={"given_name": "Joan"}),
    )  # fmt: skip
    first = phone.push(*mutations)
    outcomes = [receipt.outcome for receipt in first.results]
    assert outcomes == [Outcome.CONFLICT, Outcome.REJECTED, Outcome.DEFERRED, Outcome.DUPLICATE]
    assert phone.push(*mutations) == first


def test_the_same_id_with_another_payload_is_refused_and_kept_aside(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    phone.push(mutation)
    answer = phone.push(replace(mutation, set=person(given_name="Grace")))
    assert problem_of(answer.results[0]) == "mid-reused"
    assert [refused.reason for refused in quarantine(store)] == ["mid-reused"]
    assert phone.push(mutation).results[0].outcome is Outcome.APPLIED


def test_a_reused_id_does_not_block_what_comes_after_it(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutation = phone.mutation("create", "person", "person-1", set=person())
    phone.push(mutation)
    reused = replace(phone.mutation("create", "person", "person-2", set=person()), mid=mutation.mid)
    after = phone.mutation("create", "person", "person-3", set=person())
    answer = phone.push(reused, after)
    assert [receipt.outcome for receipt in answer.results] == [Outcome.REJECTED, Outcome.APPLIED]
    assert answer.acked_lseq == 3


def problem_of(receipt: object) -> str:
    return receipt.problem.slug if receipt.problem else ""  # type: ignore[attr-defined] # a receipt


def quarantine(store: Store) -> list:  # type: ignore[type-arg] # of Quarantined
    with store.read(TENANT) as view:
        return list(view.quarantined())


def test_a_hole_in_the_numbers_stops_there_and_says_so(store: Store) -> None:
    phone = Phone(store, prescriber())
    first, lost, third, fourth = (phone.mutation("create", "person", f"person-{n}", set=person()) for n in (1, 2, 3, 4))
    answer = phone.push(first, third, fourth)
    assert [(r.lseq, problem_of(r)) for r in answer.results] == [(1, ""), (3, "lseq-gap")]
    assert answer.acked_lseq == 1
    again = phone.push(lost, third, fourth)
    assert [receipt.outcome for receipt in again.results] == [Outcome.APPLIED] * 3
    assert again.acked_lseq == 4


def test_mutations_out_of_order_in_one_push_are_applied_in_order(store: Store) -> None:
    phone = Phone(store, prescriber())
    create = phone.mutation("create", "person", "person-1", set=person())
    edit = phone.mutation("patch", "person", "person-1", set={"given_name": "Grace"})
    answer = phone.push(edit, create)
    assert [receipt.lseq for receipt in answer.results] == [1, 2]
    assert record(store, "person", "person-1")["given_name"] == "Grace"


def record(store: Store, kind: str, record_id: str) -> dict:  # type: ignore[type-arg] # a document
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def test_a_number_used_for_another_change_is_refused(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "person-1", **person())
    phone.lseq = 0
    assert problem_of(phone.create("person", "person-2", **person())) == "lseq-reused"
    assert len(quarantine(store)) == 1


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
        ({"op": "delete"}, "not-yours"),
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


def test_a_poisonous_record_is_set_aside_and_the_rest_goes_on(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutations = [phone.mutation("create", "person", f"person-{n}", set=person()) for n in (1, 2, 3)]

    def poisoned(kind: str, values, partial: bool):  # type: ignore[no-untyped-def] # as Validate
        if len(calls) == 1:
            calls.append("poison")
            raise ZeroDivisionError
        calls.append("fine")
        return validate(kind, values, partial)

    calls: list[str] = []
    request = Push("phone-a", None, 1, tuple(mutations))
    answer = push(request, prescriber(), store=store, rules=KINDS, validate=poisoned, now=NOW)
    assert [problem_of(receipt) for receipt in answer.results] == ["", "set-aside", ""]
    assert answer.acked_lseq == 3
    assert [refused.mid for refused in quarantine(store)] == [mutations[1].mid]
    assert phone.push(*mutations) == replace(answer, clock_offset_ms=0)


def trusting(kind: str, values, partial: bool):  # type: ignore[no-untyped-def] # as Validate
    """Take anything: what the contract lets through some day must still not break a push."""
    defaults = {} if partial else {name: rule.default for name, rule in KINDS[kind].fields.items()}
    return {**defaults, **values}, {}


def test_text_that_no_database_can_hold_poisons_only_itself(store: Store) -> None:
    phone = Phone(store, prescriber(), validate=trusting)
    broken = phone.mutation("create", "person", "person-1", set=person(given_name="\ud800"))
    nul = phone.mutation("create", "person", "person-2", set=person(given_name="a\0b"))
    fine = phone.mutation("create", "person", "person-3", set=person(given_name="Zoë 😀"))
    answer = phone.push(broken, nul, fine)
    assert [problem_of(receipt) for receipt in answer.results] == ["set-aside", "", ""]
    assert record(store, "person", "person-2")["given_name"] == "a\0b"
    assert record(store, "person", "person-3")["given_name"] == "Zoë 😀"
    assert "ud800" in quarantine(store)[0].payload


@pytest.mark.parametrize("district", ["E\0", "E" * 200, "\ud800"])
def test_a_scope_that_is_no_name_poisons_only_itself(store: Store, district: str) -> None:
    staff = replace(prescriber("desk", ("centre:centre-a",)), roles=frozenset({"centre"}))
    desk = Phone(store, staff, validate=trusting)
    odd = desk.mutation("create", "task", "task-1", set=task(district=district))
    fine = desk.mutation("create", "task", "task-2", set=task())
    assert [problem_of(receipt) for receipt in desk.push(odd, fine).results] == ["set-aside", ""]


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
