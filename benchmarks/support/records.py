"""The record that every server is given: 15 fields in about 600 bytes, the same for all."""

import secrets
import time
from collections.abc import Iterator
from random import Random
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


def _milliseconds() -> Iterator[int]:
    """Give the time, never the same twice: edits come from people, none of whom makes two in one millisecond."""
    last = 0
    while True:
        last = max(last + 1, time.time_ns() // 1_000_000)
        yield last


_MOMENTS = _milliseconds()


def uuid7() -> str:
    """Make a UUID of version 7, greater than the last."""
    milliseconds, chance = next(_MOMENTS), secrets.token_hex(10)
    digits = f"{milliseconds:012x}7{chance[:3]}{'89ab'[int(chance[3], 16) % 4]}{chance[4:19]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


_GIVEN = "Ada Bola Carys Dev Esme Femi Grace Hana Ivo Joan Kofi Lena Mair Nia Omar Pia Ravi Sana Tomos Uma Vera Wim Zoe"
_FAMILY = (
    "Ali Bello Cole Davies Evans Farah Green Hughes Ito Jones Khan Lewis Mensah Novak Owen Patel Quinn Rees Shah Tran"
)
_STREETS = (
    "Abbey Bridge Castle Dock Elm Forge Garden Hill Iron Jubilee Kiln Lime Mill North Orchard Park Quay River Station"
)
_WORDS = (
    "a and because before bingo books brother bus café cat chess church coffee cooking daughter day dog "
    "evening fishing friend garden getting grandson hall her his in knitting likes lunch market me misses "
    "morning music my neighbour of often on once out painting park people post pottery quiet reading school "
    "sea seeing shop sister slowly some somebody son swimming talk team the their to together town Tuesday "
    "used walk wants week when wife with work would "
)


def varied_person(team: str, number: int, chance: Random) -> dict[str, Any]:
    """Make a record that packs about as badly as a real one: its words are drawn, and so are its numbers."""
    given, family = chance.choice(_GIVEN.split()), chance.choice(_FAMILY.split())
    return person(team, number) | {
        "given_name": given,
        "family_name": family,
        "phone": f"01632 960{chance.randrange(1000):03}",
        "email": f"{given}.{family}{chance.randrange(1000)}@example.org".lower(),
        "address": f"{chance.randrange(1, 200)} {chance.choice(_STREETS.split())} Street, Chelmsford, Essex",
        "postcode": f"CM{chance.randrange(1, 10)} {chance.randrange(1, 10)}{''.join(chance.choices('ABDEFG', k=2))}",
        "easting": 570_000 + chance.randrange(5_000),
        "northing": 205_000 + chance.randrange(5_000),
        "what_matters": " ".join(chance.choices(_WORDS.split(), k=36)),
    }
