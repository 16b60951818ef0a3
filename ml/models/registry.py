"""The registry: a folder a version, and pointer files that say which version serves."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ml.files import read_json, sha256_of_file, write_bytes, write_json

MANIFEST: Final = "manifest.json"
MODEL: Final = "model.txt"
PACK: Final = "pack.json.gz"
CARD: Final = "card.md"
EVALUATION: Final = "evaluation.json"
CHAMPION: Final = "champion"
CHALLENGER: Final = "challenger"

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


class RegistryError(Exception):
    """Something that the registry refuses, said in a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Version:
    """One trained model: its name, its folder and what its manifest says."""

    name: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def pack_path(self) -> Path:
        """The gzipped pack that phones fetch."""
        return self.folder / PACK

    @property
    def pack_sha256(self) -> str:
        """The SHA-256 of the pack's bytes, in hexadecimal."""
        return str(self.manifest["files"][PACK])

    @property
    def evaluation(self) -> dict[str, Any] | None:
        """What `kith ml evaluate` found, None before it has run."""
        path = self.folder / EVALUATION
        return read_json(path) if path.exists() else None


class Registry:
    """Versions in the folder `root`; the one way to read or change them.

    The file `champion` holds the serving version on its first line and its predecessors below, newest
    first, so that one atomic write promotes and one rolls back.
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    def versions(self) -> list[Version]:
        """Every version, by name."""
        if not self.root.is_dir():
            return []
        return [self.version(path.parent.name) for path in sorted(self.root.glob(f"[!.]*/{MANIFEST}"))]

    def version(self, name: str) -> Version:
        """The version called `name`; RegistryError when there is none."""
        folder = self.root / name
        if not _VERSION.fullmatch(name) or not (folder / MANIFEST).is_file():
            raise RegistryError(f"There is no version {name!r} in the registry.")
        return Version(name, folder, read_json(folder / MANIFEST))

    def champion(self) -> Version | None:
        """The version that serves, None before the first promotion."""
        line = self._pointer(CHAMPION)
        return self.version(line[0]) if line else None

    def challenger(self) -> Version | None:
        """The version that was registered last, None when there is none."""
        line = self._pointer(CHALLENGER)
        return self.version(line[0]) if line else None

    def pack_path(self, version: str) -> Path:
        """Where the pack of `version` lies; RegistryError when there is no such version."""
        return self.version(version).pack_path

    def register(self, folder: Path) -> Version:
        """Copy the version in `folder` into the registry and make it the challenger.

        Safe to repeat. RegistryError when a file does not have the hash that the manifest gives, or when another
        model already has this name.
        """
        manifest = read_json(folder / MANIFEST)
        name = str(manifest["version"])
        _check(folder, manifest)
        if not _VERSION.fullmatch(name):
            raise RegistryError(f"{name!r} cannot be the name of a version.")
        if (self.root / name / MANIFEST).exists():
            self._refuse_another(name, manifest)
        else:
            self._copy(folder, name)
        write_bytes(self.root / CHALLENGER, f"{name}\n".encode())
        return self.version(name)

    def promote(self, version: str) -> Version:
        """Let `version` serve from now on. It asks nothing: `ml.training.promote` does."""
        promoted = self.version(version)
        _check(promoted.folder, promoted.manifest)
        line = self._pointer(CHAMPION)
        if line[:1] != [version]:
            self._point(CHAMPION, [version, *line])
        return promoted

    def rollback(self) -> Version:
        """Let the predecessor serve again; RegistryError when there is none."""
        line = self._pointer(CHAMPION)
        if len(line) < 2:
            raise RegistryError("There is no earlier champion to go back to.")
        predecessor = self.version(line[1])
        _check(predecessor.folder, predecessor.manifest)
        self._point(CHAMPION, line[1:])
        return predecessor

    def write_evaluation(self, version: str, evaluation: dict[str, Any]) -> None:
        """Keep what `kith ml evaluate` found beside the version."""
        write_json(self.version(version).folder / EVALUATION, evaluation)

    def _pointer(self, name: str) -> list[str]:
        path = self.root / name
        return path.read_text().split() if path.exists() else []

    def _point(self, name: str, line: list[str]) -> None:
        write_bytes(self.root / name, "".join(f"{version}\n" for version in line).encode())

    def _copy(self, folder: Path, name: str) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        partial = self.root / f".{name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(folder, partial)
        partial.chmod(0o755)  # a scratch folder is its maker's alone, but the server has to read this one
        partial.rename(self.root / name)

    def _refuse_another(self, name: str, manifest: dict[str, Any]) -> None:
        if self.version(name).manifest["files"] != manifest["files"]:
            raise RegistryError(f"Another model is already registered as {name}.")


def _check(folder: Path, manifest: dict[str, Any]) -> None:
    for name, sha256 in manifest["files"].items():
        path = folder / name
        if not path.is_file() or sha256_of_file(path) != sha256:
            raise RegistryError(f"{name} of version {manifest['version']} is not the file that its manifest names.")
