"""What is known of a version: its manifest, everything that was measured of it, and rows to look at."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ml.features.feature_set import FeatureSet
from ml.features.people import PEOPLE
from ml.models.manifest import json_in
from ml.models.packed import pack_of
from ml.models.registry import CHAMPION, DamagedError, Version
from ml.models.walker import Pack
from ml.training.groups import Dataset

#: What commands leave beside a version, and which command makes it again.
KEPT: Final = {
    "evaluation": "evaluate",
    "fairness": "fairness",
    "drift": "drift",
    "ope": "ope",
    "shadow": "shadow",
    "promotion": "promote",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A version with its measurements by name, each as its command kept it, None where it was not made.

    pack : None for a ranker of foreign features. judged : slates that it never saw, None without a data set. serves :
    whether it is the champion.
    """

    version: Version
    found: dict[str, Any]
    pack: Pack | None
    judged: Dataset | None = None
    serves: bool = False

    def __getitem__(self, name: str) -> Any:
        """The measurement called `name`, None where it was not made."""
        return self.found.get(name)


def gather(version: Version, judged: Dataset | None = None, features: FeatureSet = PEOPLE) -> Known:
    """Read all that is kept of `version`, whose pack reads `features`; DamagedError for a file that cannot be read."""
    found = {name: _kept(version.folder / f"{name}.json", command) for name, command in KEPT.items()}
    pack = pack_of(version, features) if version.has_pack else None
    champion = version.folder.parent / CHAMPION
    serves = champion.exists() and champion.read_text(encoding="utf-8").split()[:1] == [version.name]
    return Known(version, found, pack, judged, serves)


class _Kept(dict[str, Any]):
    """A measurement that says which command makes it again when asked for what it ought to tell and does not."""

    def __init__(self, told: dict[str, Any], again: str) -> None:
        super().__init__(told)
        self.again = again

    def __missing__(self, name: str) -> Any:
        raise DamagedError(f"{self.again} It lacks {name}.")


def _kept(path: Path, command: str) -> _Kept | None:
    again = f"{path} is damaged; `kith ml {command} {path.parent.name}` makes it again."
    if not path.exists():
        return None
    found = json_in(path, f"`kith ml {command} {path.parent.name}` makes it again.")
    if not isinstance(found, dict):
        raise DamagedError(again)
    return _Kept(found, again)
