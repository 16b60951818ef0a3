"""Documents of organisations: volunteer centres, GP practices, and those who run groups."""

import math
from typing import Any

import numpy as np

from ml.training.world import names
from ml.training.world.dials import Dials
from ml.training.world.places import AREAS, DISTRICTS, Neighbourhood

Document = dict[str, Any]


def centre_id(area: str) -> str:
    """Name the volunteer centre of an area."""
    return f"centre-{area}"


def centres(rng: np.random.Generator, places: tuple[Neighbourhood, ...], made: dict[str, Document]) -> None:
    """Add a volunteer centre for each area."""
    for area in AREAS:
        home = next(place for place in places if place.district.area == area)
        made[centre_id(area)] = {
            "name": f"{home.name} Volunteer Centre (made up)",
            "type": "centre",
            "phone": names.phone(rng),
            "made_up": True,
            **home.draw(rng),
        }


def practices(rng: np.random.Generator, places: tuple[Neighbourhood, ...], made: dict[str, Document]) -> None:
    """Add a GP practice for each district."""
    for number, district in enumerate(DISTRICTS, start=1):
        home = next(place for place in places if place.district == district)
        made[f"practice-{number:02d}"] = {
            "name": f"{home.name} Surgery (made up)",
            "type": "practice",
            "ods_code": f"QX{number:03d}",
            "phone": names.phone(rng),
            "made_up": True,
            **home.draw(rng),
        }


def providers(
    rng: np.random.Generator, places: tuple[Neighbourhood, ...], made: dict[str, Document], dials: Dials
) -> list[tuple[str, bool]]:
    """Make providers, as usual 100, a fifth of them large; return (id, small)."""
    made_up = []
    for number in range(round(dials.providers)):
        home = places[number % len(places)]
        title = names.PROVIDERS[int(rng.integers(len(names.PROVIDERS)))]
        key = f"provider-{number:03d}"
        made[key] = {
            "name": f"{title} {home.name}",
            "phone": names.phone(rng),
            "email": f"hello@{key}.example",
            "made_up": True,
            **home.draw(rng),
        }
        made_up.append((key, not _is_large(number, dials.large)))
    return made_up


def _is_large(number: int, share: float) -> bool:
    """Spread a share of large ones evenly over the numbers, the first among them."""
    return math.floor(number * share) > math.floor((number - 1) * share)


def provider(rng: np.random.Generator, candidates: list[tuple[str, bool]], runs: float = 6.0) -> tuple[str, bool]:
    """Pick who runs something; the large ones run `runs` times as much."""
    weights = np.array([1.0 if small else runs for _, small in candidates])
    return candidates[int(rng.choice(len(candidates), p=weights / weights.sum()))]
