"""Documents of what link workers wrote down: notes and wellbeing measures."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from ml.training.world.names import person_name

Document = dict[str, Any]

_TEXTS: Final = (
    ("call", "Introduced the service by phone; happy to talk further."),
    ("note", "Prefers mornings, and would rather not travel after dark."),
    ("visit", "Met at home. We talked about what a good week looks like."),
    ("message", "Sent the details of what we agreed."),
    ("call", "Checked in. Going well so far."),
)


def notes(rng: np.random.Generator, referrals: Mapping[str, Document], today: date) -> dict[str, Document]:
    """Write one to three notes on each referral that was followed up, by id; none lies after `today`."""
    return {
        f"note-{key.removeprefix('referral-')}-{index}": note
        for key, referral in sorted(referrals.items())
        if referral["status"] != "received"
        for index, note in enumerate(_notes(rng, key, referral, today))
    }


def _notes(rng: np.random.Generator, key: str, referral: Document, today: date) -> Iterator[Document]:
    on = date.fromisoformat(referral["received_on"])
    author = " ".join(person_name(rng))
    for index in range(int(rng.integers(1, 4))):
        on = min(on + timedelta(days=int(rng.integers(1, 12))), today)
        sort, text = _TEXTS[(index + int(rng.integers(2))) % len(_TEXTS)]
        yield {
            "person_id": referral["person_id"],
            "referral_id": key,
            "team_id": referral["team_id"],
            "type": sort,
            "text": text,
            "written_at": f"{on}T{10 + index}:15:00Z",
            "author_name": author,
        }


def measures(rng: np.random.Generator, referrals: Mapping[str, Document]) -> dict[str, Document]:
    """Take a baseline of the four ONS questions for half of the referrals, by id."""
    return {
        f"measure-{key.removeprefix('referral-')}-0": {
            "person_id": referral["person_id"],
            "referral_id": key,
            "team_id": referral["team_id"],
            "instrument": "ons4",
            "stage": "baseline",
            "taken_on": referral["received_on"],
            **{name: int(rng.integers(2, 9)) for name in ("satisfied", "worthwhile", "happy", "anxious")},
        }
        for key, referral in sorted(referrals.items())
        if rng.random() < 0.5
    }
