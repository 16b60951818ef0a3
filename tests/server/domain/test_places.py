import pytest

from server.domain.places import PlaceMove, decide_place


@pytest.mark.parametrize(
    ("command", "held", "status", "decided"),
    [
        ("offer_place", "none", "chosen", PlaceMove("offered", "offered", takes=True)),
        ("offer_place", "offered", "offered", None),
        ("offer_place", "accepted", "accepted", "illegal-move"),
        ("offer_place", "none", "ended", "placement-ended"),
        ("offer_place", "none", "declined", "placement-ended"),
        ("accept_place", "offered", "offered", PlaceMove("accepted", "accepted")),
        ("accept_place", "accepted", "accepted", None),
        ("accept_place", "none", "chosen", "place-not-offered"),
        ("accept_place", "offered", "declined", "place-not-offered"),
        ("decline_place", "offered", "offered", PlaceMove("none", "declined", gives=True)),
        ("decline_place", "accepted", "started", PlaceMove("none", "started", gives=True)),
        ("decline_place", "none", "declined", None),
        ("decline_place", "none", "chosen", "place-not-held"),
    ],
)
def test_each_command_decides_by_what_is_held(command: str, held: str, status: str, decided: object) -> None:
    assert decide_place(command, {"place_held": held, "status": status}) == decided
