"""A made-up time bank and what its made-up members will do for others, a few in each district."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.sync.door import Put

#: The made-up time bank, and the organisation that runs it.
BANK: Final = "time-bank"
#: The group whose account these offers are: who looks after the bank answers for it.
GROUP: Final = "time-choir"
_ABOUT: Final = "Made up for demonstration."
#: Title, category, what else it answers, minutes, when, whether at the person's home.
_OFFERS: Final[tuple[tuple[str, str, list[str], int, list[str], bool], ...]] = (
    ("Company over a cup of tea", "befriending", ["social_group"], 60, ["tue_am", "thu_am"], True),
    ("Help with a phone or a computer", "digital_help", [], 60, ["mon_pm", "wed_pm"], True),
    ("A walk together round the park", "walking", ["befriending"], 60, ["wed_am", "fri_am"], False),
    ("An hour in your garden", "gardening", ["home_help"], 60, ["sat_am"], True),
    ("Conversation in English", "language_class", [], 90, ["mon_eve", "thu_eve"], False),
    ("A lift to an appointment", "transport", [], 120, [], True),
    ("Cooking a week's meals together", "cooking", ["home_help"], 120, ["sun_pm"], True),
    ("Help with forms and letters", "money_advice", [], 60, ["fri_pm"], True),
)
_EACH: Final = 3


def made_up_offers(districts: Mapping[str, Mapping[str, Any]]) -> Iterator[Put]:
    """Give the documents of a time bank and of three offers a district. districts : GSS code → its document."""
    about = {"district": "county", "type": "centre", "description": f"An hour for an hour. {_ABOUT}", "made_up": True}
    yield Put("organisation", BANK, {"name": "County Time Bank", "phone": "01632 960190", **about})
    for place, (code, district) in enumerate(sorted(districts.items())):
        for number in range(_EACH):
            offer = _OFFERS[(_EACH * place + number) % len(_OFFERS)]
            name = f"offer-{code}-{number}"
            yield Put("offer", name, _offer(code, district, *offer))
            yield Put("offer_detail", name, {"offer_id": name, "account_id": GROUP, "bank_id": BANK})


def _offer(
    code: str,
    district: Mapping[str, Any],
    title: str,
    category: str,
    others: list[str],
    minutes: int,
    when: list[str],
    at_home: bool,
) -> dict[str, Any]:
    """Give the document of one offer, its place rounded to 100 metres."""
    spot = {name: round(district[name], -2) for name in ("easting", "northing") if district.get(name) is not None}
    return {
        "name": f"{title}, {district['name']}",
        "description": f"A member of the time bank offers this. {_ABOUT}",
        "category": category,
        "other_categories": others,
        "bank_id": BANK,
        "organisation_id": BANK,
        "minutes": minutes,
        "availability": when,
        "group_size": 1,
        "at_home": at_home,
        "district": code,
        "made_up": True,
        **spot,
    }
