"""Addresses of map tiles: pictures of somebody else, which phones show only where an operator says so."""

import re
from typing import Final

EXAMPLE: Final = "https://tiles.example.org/{z}/{x}/{y}.png"
#: Nothing in it may end a directive of the content security policy.
_ADDRESS: Final = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/?=&%{}-]+")


def is_of_tiles(address: str) -> bool:
    """Whether an address is one of tiles, by level, column and row."""
    return bool(_ADDRESS.fullmatch(address)) and all(part in address for part in ("{z}", "{x}", "{y}"))


def origin_of(address: str) -> str:
    """Give the origin of an address: its scheme, host and port."""
    return "/".join(address.split("/", 3)[:3])
