"""A version's manifest as it lies in its folder, read whole or not at all."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ml.files import read_json, sha256_of_file

MANIFEST: Final = "manifest.json"
MODEL: Final = "model.txt"
PACK: Final = "pack.json.gz"

#: What a manifest tells, where it does, and as what.
_INSTANTS: Final = ("learned_until", "held_out_from")
_KINDS: Final[dict[str, type]] = dict.fromkeys(("features", "parameters", "data"), dict)


class RegistryError(Exception):
    """Something that the registry refuses, said in a sentence for a person."""


class DamagedError(RegistryError):
    """A file of the registry cannot be used; the message says which and how to mend it."""


class UnreadableError(DamagedError):
    """A file that this user may not read: nothing is known to be damaged, and nothing has to be mended but rights."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"This user may not read {path}. Give it the right to, or run this as its owner.")


class Manifest(dict[str, Any]):
    """What a manifest tells; asking for what it ought to tell and does not raises DamagedError."""

    def __init__(self, told: dict[str, Any], folder: Path) -> None:
        super().__init__(told)
        self.folder = folder

    def __missing__(self, name: str) -> Any:
        """Say which manifest lacks `name`."""
        raise DamagedError(f"{self.folder / MANIFEST} is damaged: it lacks {name}. {mend(self.folder)}")


def manifest_in(folder: Path) -> Manifest:
    """Read a version's manifest; DamagedError unless it names the version and the hashes of its files."""
    found = json_in(folder / MANIFEST)
    if not isinstance(found, dict) or not isinstance(found.get("version"), str) or not _is_sound(found):
        raise DamagedError(f"{folder / MANIFEST} is damaged. {mend(folder)}")
    return Manifest(found, folder)


def json_in(path: Path, remedy: str = "") -> Any:
    """Read the JSON at `path`; DamagedError tells apart what may not be read, what cannot be, and what is damaged.

    remedy : what to do about a damaged file, the remedy for a damaged version when empty.
    """
    try:
        return read_json(path)
    except PermissionError as error:
        raise UnreadableError(path) from error
    except OSError as error:
        raise DamagedError(f"{path} cannot be read: {error.strerror}. Run this again when it can.") from error
    except (ValueError, RecursionError) as error:  # both decoding errors are ValueErrors
        raise DamagedError(f"{path} is damaged. {remedy or mend(path.parent)}") from error


def is_whole(path: Path, sha256: str | None) -> bool:
    """Whether the file at `path` is there with the hash `sha256`; UnreadableError when nobody can tell."""
    try:
        return sha256_of_file(path) == sha256
    except PermissionError as error:
        raise UnreadableError(path) from error
    except OSError:
        return False


def mend(folder: Path) -> str:
    """What to do about a damaged version; nobody is told to delete what may be sound."""
    return (
        f"Put the folder {folder} back from a copy, or move it away and train again (`kith ml train`). If it serves, "
        "`kith ml rollback` lets the champion before it serve."
    )


def _is_sound(manifest: dict[str, Any]) -> bool:
    typed = all(isinstance(manifest[name], kind) for name, kind in _KINDS.items() if name in manifest)
    return typed and _names_files(manifest) and all(_is_instant(manifest.get(name, _NO_DAY)) for name in _INSTANTS)


_NO_DAY: Final = "1970-01-01T00:00:00Z"


def _is_instant(text: Any) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _names_files(manifest: dict[str, Any]) -> bool:
    files, features = manifest.get("files"), manifest.get("features", {})
    needed = MODEL if features.get("foreign") is True else PACK  # what no phone can work out has no pack
    return isinstance(files, dict) and needed in files and all(isinstance(one, str) for one in files.values())
