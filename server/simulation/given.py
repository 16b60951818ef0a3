"""What is there before anything happens: tasks, a venue with few places, volunteers, some people and placements."""

from typing import Any

from server.sync.door import Put

DISTRICT = "E07000070"


def given(tenant: str, places: int) -> list[Put]:
    """Write the first records of a tenant; both tenants of a world have the same ids."""
    return [
        *(Put("volunteer", f"v{number}", volunteer(f"{tenant}-vic")) for number in (1, 2)),
        *(Put("task", f"task-{number}", task(f"{tenant}-task")) for number in range(2)),
        *(Put("task_detail", f"task-{n}", {"task_id": f"task-{n}", "centre_id": "c1"}) for n in range(2)),
        Put("place_count", "asset-1", place_count(places)),
        Put("person", "p0", person(f"{tenant}-p0", "t1")),
        Put("person", "p1", person(f"{tenant}-p1", "t1")),
        Put("person", "p2", person(f"{tenant}-p2", "t2")),
        *(Put("placement", f"pl{who}", placement(f"p{who}", "t2" if who == 2 else "t1")) for who in range(3)),
    ]


def time_bank(tenant: str) -> list[Put]:
    """Write a time bank with its pot and the accounts of both volunteers."""
    rules = {"floor_min": -120, "ceiling_min": 240}
    opened = {"bank_id": "bank", "opened_at": "2026-11-01T09:00:00Z", "made_up": True}
    bank = {"name": f"{tenant}-bank", "district": DISTRICT, "pot_id": "pot", **rules}
    pot = {"type": "pot", "owner_kind": "bank", "owner_id": "bank", "name": "Pot"}
    return [
        Put("bank", "bank", bank),
        Put("account", "pot", {**opened, **pot, "floor_min": -6000, "ceiling_min": 6000}),
        *(Put("account", f"a{number}", {**opened, **_member(number), **rules}) for number in (1, 2)),
    ]


def _member(number: int) -> dict[str, Any]:
    who = f"v{number}"
    return {
        "type": "person",
        "owner_kind": "volunteer",
        "owner_id": who,
        "volunteer_id": who,
        "name": f"Member {number}",
    }


def volunteer(name: str) -> dict[str, Any]:
    """Make a volunteer."""
    return {"given_name": name, "family_name": "Dale", "centre_id": "c1", "made_up": True}


def task(name: str) -> dict[str, Any]:
    """Make a task that is open for a year."""
    return {
        "name": name,
        "type": "shopping",
        "category": "home_help",
        "centre_id": "c1",
        "district": DISTRICT,
        "minutes": 45,
        "window_from_at": "2026-11-20T09:00:00Z",
        "window_until_at": "2027-11-20T17:00:00Z",
    }


def place_count(total: int) -> dict[str, Any]:
    """Make the count of places of the venue."""
    return {"district": DISTRICT, "item_kind": "asset", "item_id": "asset-1", "places_total": total}


def person(name: str, team: str) -> dict[str, Any]:
    """Make a person."""
    return {"team_id": team, "given_name": name, "family_name": "Quill", "made_up": True}


def placement(who: str, team: str) -> dict[str, Any]:
    """Make a placement of a person at the venue."""
    return {
        "referral_id": "r0",
        "person_id": who,
        "team_id": team,
        "item_kind": "asset",
        "item_id": "asset-1",
        "chosen_at": "2026-11-21T09:00:00Z",
    }
