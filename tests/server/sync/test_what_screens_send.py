"""What screens of the app send and no walk does: word for word as they send it, and taken."""

from typing import Any

from server.sync.model import Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, TENANT, Phone, centre, person, placement, put, task, volunteer
from tests.server.timebank.town import Town

TODAY = "2026-11-21"
EVENT = {"employer_id": "firm-a", "centre_id": "centre-a", "opportunity_id": "dig", "held_on": TODAY}
GIVEN: dict[str, Any] = {"minutes": 60, "category": "other", "day_on": TODAY}


def who(role: str, *scopes: str) -> Principal:
    return Principal(TENANT, f"account-{role}", f"phone-{role}", frozenset({role}), frozenset(scopes))


def took(*receipts: Receipt) -> None:
    assert [(one.outcome, one.problem) for one in receipts] == [(Outcome.APPLIED, None)] * len(receipts)


def test_a_team_is_agreed_to_and_closed(store: Store) -> None:  # screens/events/team.tsx
    put(store, "employer", "firm-a", {"name": "Firm", "centre_id": "centre-a", "allowance_min": 6000, "year_month": 4})
    role = {"name": "Digging", "category": "gardening", "district": DISTRICT, "role_type": "employee"}
    put(store, "opportunity", "dig", role)
    firm, desk = Phone(store, who("employer", "employer:firm-a", f"directory:{DISTRICT}")), Phone(store, centre())
    firm.create("team_event", "day", **EVENT, places=4, minutes=180)
    took(desk.command("agree_event", "team_event", "day"))
    took(desk.command("close_event", "team_event", "day", attended=3))


def test_what_a_hub_kept_is_handed_out_or_let_go(store: Store) -> None:  # screens/hub/item.tsx
    nell = Phone(store, who("hub", "hub:hub-a"))
    item = {"name": "Lentils", "category": "food", "unit": "each", "location": None, "low_at": None}
    came = {"type": "in", "reason": "donated", "quantity": 12, "moved_on": TODAY}
    took(
        nell.create("item", "i", hub_id="hub-a", **item),
        nell.create("movement", "m", item_id="i", hub_id="hub-a", **came),
    )
    for _ in range(2):
        nell.command("reserve", "item", "i", quantity=2, household_id="h", until_at="2026-11-28T17:00:00Z")
    with store.read(TENANT) as view:
        first, second = (one.key.id for one in view.of_kind("reservation"))
    took(nell.command("hand_out", "reservation", first), nell.command("let_go", "reservation", second))


def test_a_volunteer_takes_back_a_training(store: Store) -> None:  # screens/training/training.tsx
    put(store, "training", "t", {"name": "First aid", "district": DISTRICT})
    put(store, "volunteer", "volunteer-1", {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"})
    own = volunteer(1)
    vic = Phone(
        store, Principal(TENANT, "vic", "vic", own.roles, own.scopes | {f"directory:{DISTRICT}"}, "volunteer-1")
    )
    done = {"volunteer_id": "volunteer-1", "training_id": "t", "centre_id": "centre-a", "done_on": TODAY}
    assert vic.create("completion", "c", **done, evidence="Card 7").problem is None
    took(vic.command("revoke_completion", "completion", "c", reason="mistake"))


def test_a_break_is_taken_and_ended(store: Store) -> None:  # screens/me/pause.tsx
    put(store, "volunteer", "volunteer-1", {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"})
    vic = Phone(store, volunteer(1))
    took(vic.patch("volunteer", "volunteer-1", 99, paused_until_on="2026-12-05"))
    took(vic.patch("volunteer", "volunteer-1", 99, paused_until_on=None))


def test_a_centre_opens_a_task_again_and_calls_it_off(store: Store) -> None:  # screens/centre/task-deeds.tsx
    desk = Phone(store, centre())
    desk.create("task", "task-1", **task())
    put(store, "volunteer", "volunteer-1", {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"})
    took(Phone(store, volunteer(1)).command("claim", "task", "task-1"))
    took(desk.command("release", "task", "task-1"), desk.patch("task", "task-1", 99, status="cancelled"))


def test_a_group_is_on_every_week_or_once_and_is_paused(store: Store) -> None:  # screens/upkeep/time.tsx, entry.tsx
    put(store, "asset", "choir", {"name": "Choir", "category": "arts", "district": DISTRICT})
    desk, of = Phone(store, centre()), {"item_kind": "asset", "item_id": "choir", "district": DISTRICT}
    times = {"from_time": "14:00", "until_time": "16:00", "ends_on": None}
    weekly = {"frequency": "weekly", "weekday": "tue", "week_of_month": None, "on": None}
    once = {"frequency": "once", "weekday": None, "week_of_month": None, "on": "2026-12-01"}
    for name, often in (("weekly", weekly), ("once", once)):
        assert desk.create("schedule", name, **of, **times, **often).problem is None
    assert (
        desk.patch("schedule", "once", 99, **times, **{**weekly, "frequency": "monthly", "week_of_month": 5}).problem
        is None
    )
    took(desk.patch("asset", "choir", 99, status="paused"), desk.patch("asset", "choir", 99, status="active"))


def test_a_visit_is_taken_back_a_round_closed_a_session_begun(store: Store) -> None:  # screens/fieldwork, sessions
    ned, of = Phone(store, who("outreach", "fieldwork:team-a", "caseload:team-a")), {"team_id": "team-a"}
    ned.create("round", "r", **of, name="Mill Lane", district=None, survey_id=None, workers=[], starts_on=TODAY)
    ned.create("household", "h", **of, round_id="r", number=1)
    took(
        ned.create(
            "visit", "v", survey_id=None, **of, round_id="r", household_id="h", visited_on=TODAY, outcome="not_in"
        )
    )
    took(ned.delete("visit", "v", 99))
    took(*(ned.patch("round", "r", 99, status=status) for status in ("open", "closed", "open")))
    took(ned.create("session_log", "s", **of, held_on=TODAY, place="The park", minutes=None, workers=["Ned"]))


def test_a_choice_that_is_over_needs_no_word_about_its_place(store: Store) -> None:  # screens/referral/placement.tsx
    joan = Phone(store, who("prescriber", "caseload:team-a", f"directory:{DISTRICT}"))
    put(store, "asset", "asset-1", {"name": "Choir", "category": "arts", "district": DISTRICT})
    joan.create("person", "person-1", **person())
    joan.create("referral", "referral-1", team_id="team-a", person_id="person-1", needs=[], received_on=TODAY)
    took(joan.create("placement", "p", **placement(exposure_id=None, position=None)))
    took(joan.command("offer_place", "placement", "p", "2026-11-28T23:59:59Z"))
    over = joan.patch("placement", "p", 99, status="ended", outcome_on=TODAY, reason="completed")
    assert over.problem is None
    with store.read(TENANT) as view:
        assert [one.doc["place_held"] for one in view.of_kind("placement")] == ["none"]


def test_an_organisation_asks_and_says_no_sort(store: Store) -> None:  # screens/requests/new-role.tsx
    put(store, "organisation", "o", {"name": "Hall", "district": DISTRICT})
    desk, least = (
        Phone(store, centre()),
        {"centre_id": "centre-a", "organisation_id": "o", "name": "Plants", "category": "arts"},
    )
    took(desk.create("role_request", "r", **least, description=None, skills=[], min_age=None, asked_on=TODAY))
    took(desk.command("decline_request", "role_request", "r", reason="unclear"))


def test_the_person_agrees_after_the_call(store: Store) -> None:  # screens/calls/call.tsx
    nell, call = Phone(store, who("hub", "hub:hub-a")), {"hub_id": "hub-a", "taken_on": TODAY, "relation": "self"}
    took(nell.create("intake", "i", **call, agreed=False, given_name="Bea", family_name="Shaw", said=None))
    took(nell.patch("intake", "i", 99, agreed=True))


def test_members_of_a_bank_give_say_no_and_take_back(store: Store) -> None:  # screens/timebank
    town = Town.opened(store)
    vic, una, desk = town.phone(1), town.phone(2), town.desk()
    asked = {
        "request_id": "r",
        "title": "A lift",
        "category": "transport",
        "minutes": 60,
        "availability": [],
        "note": None,
    }
    took(vic.command("ask_help", "account", "a1", **asked), vic.command("withdraw_request", "request_detail", "r"))
    offered = {"offer_id": "o", "title": "Songs", "category": "arts", "minutes": 60, "availability": []}
    took(Phone(store, centre("choir-desk")).command("offer_help", "account", "choir", **offered))
    terms = {**GIVEN, "note": None, "with_account_id": "a2", "gives": True}
    took(vic.command("propose_exchange", "account", "a1", **terms, exchange_id="x", done=False))
    took(una.command("decline_exchange", "exchange", "x"))
    took(vic.command("propose_exchange", "account", "a1", **terms, exchange_id="y", done=True))
    took(una.command("confirm_exchange", "exchange", "y"), vic.command("reverse", "exchange", "y"))
    took(vic.command("transfer", "account", "a1", **GIVEN, transaction_id="t", to_account_id="a2"))
    with store.read(TENANT) as view:
        given = next(one.key.id for one in view.of_kind("entry") if one.doc["type"] == "transfer")
    took(desk.command("reverse", "entry", given))
