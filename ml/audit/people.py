"""Who belongs to which group: from self-described equality records, deprivation, the log, or a made-up truth.

No trainer and no data set may import this module; a test follows the imports.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from ml.audit.equality import equality_of, read_equality
from ml.audit.groups import Characteristic
from ml.training.tables import TableError, Tables
from ml.training.world.oracle import FOLDER
from mobile_contract.vocabulary import LANGUAGES

Document = Mapping[str, Any]

#: The table of fifths that `kith export` writes.
DEPRIVATION: Final = "deprivation"
#: Ages that are audited, by their first year.
_AGES: Final = ((0, "under 18"), (18, "18 to 34"), (35, "35 to 54"), (55, "55 to 74"), (75, "75 and over"))
#: What a made-up world tells of people in its truth alone.
_TRUTHS: Final = ("protected_group", "deprivation", "disabled")
#: Which ends of the scale of deprivation are which.
_ENDS: Final = {1: ", the most deprived", 5: ", the least deprived"}
_ENGLISH: Final = LANGUAGES.mask(("en",))


class Persons:
    """The people behind queries, as the exported tables tell them.

    queries : ids of exposures. asked : what the ranker knew of each, from its exposure. people : who it was, the
    referral's id where no table tells more.
    """

    def __init__(self, tables: Tables, queries: Sequence[str]) -> None:
        wanted = set(queries)
        exposures = {name: doc for name, doc in tables.documents("exposure") if name in wanted}
        if missing := len(wanted - exposures.keys()):
            raise TableError(f"{missing} of the slates to audit are not among these exposures: give the same tables.")
        persons = {name: doc["person_id"] for name, doc in tables.documents("referral", optional=True)}
        self.referrals = [str(exposures[name]["referral_id"]) for name in queries]
        self.asked: list[Document] = [exposures[name]["query"] for name in queries]
        self.people = [str(persons.get(referral, referral)) for referral in self.referrals]
        self.tables = tables

    def documents(self) -> dict[str, Document]:
        """The document of each person by id; empty where the tables have none."""
        wanted = set(self.people)
        return {name: doc for name, doc in self.tables.documents("person", optional=True) if name in wanted}


def of_log(persons: Persons) -> list[Characteristic]:
    """What the log itself tells: age, access needs and languages. It is told and not judged.

    These decide what a person may be offered at all, so their slates differ in difficulty as well.
    """
    kinds: dict[str, Callable[[Document], str | None]] = {"age": _age, "access needs": _access, "languages": _languages}
    return [
        Characteristic(name, "what slates logged", [told(one) for one in persons.asked], persons.people, judged=False)
        for name, told in kinds.items()
    ]


def of_equality(persons: Persons, path: Path | None) -> list[Characteristic]:
    """Self-described characteristics, from `path` or from the tables' own equality.parquet; none without either."""
    described = read_equality(path) if path else equality_of(persons.tables)
    names = sorted({name for codes in described.values() for name in codes})
    return [
        Characteristic(
            name, "equality records", [described.get(who, {}).get(name) for who in persons.people], persons.people
        )
        for name in names
    ]


def of_truth(persons: Persons, world: Path) -> list[Characteristic]:
    """What the truth of a made-up world tells of its people, and no table of it: see `oracle/equality.parquet`."""
    path = world / FOLDER / "equality.parquet"
    if not path.exists():
        raise TableError(f"{world} tells nothing of protected groups; `kith ml world` makes one that does.")
    rows = {row["referral_id"]: row for row in pl.read_parquet(path).iter_rows(named=True)}
    return [
        Characteristic(
            name.replace("_", " "),
            "the truth of a made-up world",
            [_true_group(name, rows[who][name]) if who in rows else None for who in persons.referrals],
            persons.people,
        )
        for name in _TRUTHS
    ]


def of_deprivation(persons: Persons, path: Path | None) -> Characteristic | None:
    """The fifth of areas by deprivation where each person lives, None when nothing tells it of anybody.

    path : a CSV with a column of LSOA codes (lsoa…_code) and one of deciles (…decile; the first one counts), 1 the
    most deprived, joined by the field `lsoa` of records. Without it the tables' own deprivation.parquet, which
    `kith export` writes.
    """
    groups = _by_area(persons, read_deciles(path)) if path else _exported(persons)
    if not any(groups):
        return None
    return Characteristic("deprivation", path.name if path else "areas of postcodes", groups, persons.people)


def _by_area(persons: Persons, deciles: Mapping[str, int]) -> list[str | None]:
    areas = {name: str(doc.get("lsoa")) for name, doc in persons.documents().items()}
    fifths = {name: (deciles[area] + 1) // 2 for name, area in areas.items() if area in deciles}
    return [_fifth(fifths.get(who)) for who in persons.people]


def _exported(persons: Persons) -> list[str | None]:
    fifths = {name: int(doc["fifth"]) for name, doc in persons.tables.documents(DEPRIVATION, optional=True)}
    return [_fifth(fifths.get(who)) for who in persons.people]


def read_deciles(path: Path) -> dict[str, int]:
    """LSOA → decile; TableError when the file lacks either column."""
    try:
        frame = pl.read_csv(path, infer_schema_length=0)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TableError(f"{path} cannot be read as CSV.") from error
    codes = [name for name in frame.columns if name.lower().startswith("lsoa") and name.lower().endswith("code")]
    deciles = [name for name in frame.columns if name.lower().endswith("decile")]
    if not codes or not deciles:
        raise TableError(f"{path.name} must have a column lsoa…_code and a column …decile.")
    return {code: int(decile) for code, decile in frame.select(codes[0], deciles[0]).iter_rows()}


def _fifth(fifth: int | None) -> str | None:
    return None if fifth is None else f"fifth {fifth}{_ENDS.get(fifth, '')}"


def _true_group(name: str, value: bool | int) -> str | None:
    if name == "deprivation":
        return _fifth(int(value))
    return ("no", "yes")[value] if name == "disabled" else f"group {value}"


def _age(asked: Document) -> str | None:
    age = asked.get("age_low")
    return None if age is None else next(name for first, name in reversed(_AGES) if age >= first)


def _access(asked: Document) -> str:
    return "some" if asked.get("access_needs_mask") else "none told"


def _languages(asked: Document) -> str | None:
    spoken = asked.get("spoken_mask")
    return None if spoken is None else "English alone" if int(spoken) == _ENGLISH else "others, too"
