"""Small lists of invented names: anyone who reads one should see that it is made up."""

from typing import Final

import numpy as np

GIVEN: Final = (
    "Ada", "Albie", "Amara", "Anwar", "Beryl", "Bogdan", "Ciara", "Clement", "Daria", "Desmond", "Edith", "Elif",
    "Esme", "Fergus", "Florin", "Gita", "Gwen", "Hamish", "Hattie", "Ines", "Ivor", "Jasmin", "Joan", "Kamil",
    "Kezia", "Lionel", "Lubna", "Mabel", "Marek", "Nadia", "Ned", "Olive", "Oskar", "Parveen", "Percy", "Queenie",
    "Rafiq", "Rosa", "Rufus", "Saira", "Seth", "Tadas", "Thea", "Umar", "Una", "Vera", "Victor", "Wilf", "Yara",
    "Zofia",
)  # fmt: skip
FAMILY: Final = (
    "Applewhistle", "Barleymoon", "Bramblecot", "Buttonshaw", "Candlewright", "Cloverbank", "Dappleforth",
    "Dewberrow", "Elderflint", "Fernhollow", "Figglestone", "Gladewater", "Goosefeather", "Haybottle", "Honeyford",
    "Inkpenny", "Juniperley", "Kettlewick", "Larkabout", "Lavenderby", "Marrowby", "Meadowlark", "Mossbutton",
    "Nettlefold-Moon", "Oatcastle", "Oxlipton", "Pebblewade", "Plumtrees", "Quillfeather", "Quincewell",
    "Rainbarrel", "Rookabout", "Saltmarrow", "Sparrowgate", "Teaselbrook", "Thimbleby-Fox", "Umberfield",
    "Velvetmoss", "Wagonwheel", "Willowbee", "Wrenfold", "Yarrowmint",
)  # fmt: skip
_VILLAGE_STARTS: Final = (
    "Amber", "Bittern", "Cobble", "Drift", "Ever", "Feather", "Gorse", "Hollow", "Iron", "Jackdaw", "Kestrel", "Linnet",
)  # fmt: skip
_VILLAGE_ENDS: Final = ("wick", "mere", "combe", "stow", "garth",
                        "holme", "leigh")  # fmt: skip
HALLS: Final = (
    "Community Hall", "Village Hall", "Scout Hut", "Library Room", "Leisure Centre", "Church Rooms", "Hub", "Pavilion",
)  # fmt: skip
STREETS: Final = ("Acorn Lane", "Bluebell Road", "Cartwheel Street", "Duckpond Row", "Elm Rise", "Foxglove Way")
PROVIDERS: Final = ("Friends of", "Together in", "Good Neighbours of", "Active", "Open Door", "Age Kindly")


def village(number: int) -> str:
    """Name the neighbourhood with this number; the first 84 are all different."""
    end = _VILLAGE_ENDS[number % len(_VILLAGE_ENDS)]
    return _VILLAGE_STARTS[number // len(_VILLAGE_ENDS) % len(_VILLAGE_STARTS)] + end


def person_name(rng: np.random.Generator) -> tuple[str, str]:
    """Draw a given and a family name."""
    return GIVEN[int(rng.integers(len(GIVEN)))], FAMILY[int(rng.integers(len(FAMILY)))]


def phone(rng: np.random.Generator) -> str:
    """Draw a number of the range that Ofcom keeps for drama: 01632 960000 to 960999."""
    return f"01632 960{int(rng.integers(1000)):03d}"
