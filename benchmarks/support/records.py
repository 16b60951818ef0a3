"""The record that every server is given: 15 fields in about 600 bytes, the same for all."""

import secrets
import time
from typing import Any

import orjson


def person(team: str, number: int) -> dict[str, Any]:
    """Make a record of 15 fields and about 600 bytes."""
    return {
        "team_id": team,
        "given_name": f"Given{number:06}",
        "family_name": "Measured",
        "age_band": "65_74",
        "phone": "01632 960001",
        "email": f"person{number:06}@example.org",
        "address": "Flat 4, 112 Madeup Street, Chelmsford, Essex",
        "postcode": "CM1 1AB",
        "district": "E07000070",
        "easting": 570600,
        "northing": 206900,
        "languages": ["en", "pl"],
        "travel": "bus",
        "what_matters": "Getting out on Tuesdays, seeing her sister, and somebody to walk with. " * 3,
        "made_up": True,
    }


def size() -> int:
    """Give the bytes of a record as JSON."""
    return len(orjson.dumps(person("team", 1)))


def uuid7() -> str:
    """Make a UUID of version 7."""
    milliseconds, chance = time.time_ns() // 1_000_000, secrets.token_hex(10)
    digits = f"{milliseconds:012x}7{chance[:3]}{'89ab'[int(chance[3], 16) % 4]}{chance[4:19]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
