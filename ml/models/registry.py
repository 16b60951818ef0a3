"""The registry: a folder a version, and pointer files that say which version serves."""

import fcntl
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from ml.files import sha256_of_file, write_bytes, write_json
from ml.models.evidence import EVALUATION, EVIDENCE
from ml.models.manifest import (
    MANIFEST,
    MODEL,
    PACK,
    DamagedError,
    RegistryError,
    UnreadableError,
    is_whole,
    json_in,
    manifest_in,
    mend,
)  # fmt: skip

__all__ = [
    "CARD", "CHALLENGER", "CHAMPION", "MANIFEST", "MODEL", "PACK", "DamagedError", "Registry", "RegistryError",
    "Version",
]  # fmt: skip

CARD: Final = "card.md"
CHAMPION: Final = "champion"
CHALLENGER: Final = "challenger"
_NO_PACK: Final = "Version {} ranks by features that no phone can work out, so it has no pack and cannot serve."
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


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
        """The SHA-256 of the pack's bytes, in hexadecimal; RegistryError where there is no pack."""
        if not self.has_pack:
            raise RegistryError(_NO_PACK.format(self.name))
        return str(self.manifest["files"][PACK])

    @property
    def model_sha256(self) -> str:
        """The hash that evidence names: of the pack, or of the model where foreign features leave it without one."""
        return str(self.manifest["files"][PACK if self.has_pack else MODEL])

    @property
    def has_pack(self) -> bool:
        """Whether phones could rank with it; a ranker of foreign features is a model alone."""
        return PACK in self.manifest["files"]

    @property
    def evaluation(self) -> dict[str, Any] | None:
        """What `kith ml evaluate` found, None before it has run; DamagedError when it cannot be read."""
        return self.told(EVALUATION)

    def told(self, file: str) -> dict[str, Any] | None:
        """What a command found out, by its file of `EVIDENCE`; None before it has run, DamagedError when damaged."""
        path = self.folder / file
        if not path.exists():
            return None
        remedy = f"Run `kith ml {EVIDENCE[file]} {self.name}` again."
        found = json_in(path, remedy)
        if not isinstance(found, dict):
            raise DamagedError(f"{path} is damaged. {remedy}")
        return found

    @property
    def evidence(self) -> dict[str, str]:
        """The SHA-256 of each file of `EVIDENCE` that lies beside it."""
        return {file: sha256_of_file(self.folder / file) for file in EVIDENCE if (self.folder / file).is_file()}

    def check(self, *names: str) -> None:
        """Raise DamagedError unless the files `names` (all when none is named) have the hashes of the manifest.

        RegistryError when a pack is asked for and it never had one.
        """
        if PACK in names and not self.has_pack:
            raise RegistryError(_NO_PACK.format(self.name))
        for name in names or self.manifest["files"]:
            if not is_whole(self.folder / name, self.manifest["files"].get(name)):
                raise DamagedError(
                    f"{name} of version {self.name} is not the file that its manifest names. {mend(self.folder)}"
                )


class Registry:
    """Versions in the folder `root`; the one way to read or change them.

    The file `champion` holds the serving version on its first line and its predecessors below, newest
    first, so that one atomic write promotes and one rolls back.
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process promotes or rolls back here, and keep the others waiting meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def versions(self) -> list[Version]:
        """Every version whose manifest can be read, by name."""
        return [found for found in self._all() if isinstance(found, Version)]

    def damaged(self) -> list[str]:
        """Say in a sentence each what is damaged: manifests, packs and pointers."""
        told = [str(found) for found in self._all() if isinstance(found, DamagedError)]
        asks: list[Callable[[], object]] = [self.champion, self.challenger]
        asks += [partial(one.check, PACK) for one in self.versions() if one.has_pack]
        return told + [text for ask in asks if (text := _complaint(ask))]

    def version(self, name: str) -> Version:
        """The version called `name`; RegistryError when there is none, DamagedError when it cannot be read."""
        folder = self.root / name
        if not _VERSION.fullmatch(name) or not (folder / MANIFEST).is_file():
            raise RegistryError(f"There is no version {name[:60]!r} in the registry.")
        return Version(name, folder, manifest_in(folder))

    def champion(self) -> Version | None:
        """The version that serves, None before the first promotion; DamagedError when the pointer leads nowhere."""
        return self._pointed(
            CHAMPION,
            "`kith ml rollback` lets the champion before it serve. Where there was none, move {path} away and promote "
            "a version: `kith ml promote VERSION --first`.",
        )

    def challenger(self) -> Version | None:
        """The version that was registered last, None when there is none; DamagedError as for the champion."""
        return self._pointed(CHALLENGER, "Train again (`kith ml train`), which names another in {path}.")

    def register(self, folder: Path) -> Version:
        """Copy the version in `folder` into the registry and make it the challenger.

        Safe to repeat. RegistryError when a file does not have the hash that the manifest gives, or when another
        model already has this name.
        """
        if not (folder / MANIFEST).is_file():
            raise RegistryError(
                f"There is no version in {folder}: it has no {MANIFEST}. `kith ml train --out` makes one."
            )
        manifest = manifest_in(folder)
        name = str(manifest["version"])
        Version(name, folder, manifest).check()
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
        promoted.check(PACK, *promoted.manifest["files"])
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
        predecessor.check()
        self._point(CHAMPION, line[1:])
        return predecessor

    def write_evidence(self, version: str, file: str, found: dict[str, Any]) -> None:
        """Keep what a command found out beside the version, as one of the files of `EVIDENCE`."""
        if file not in EVIDENCE:
            raise ValueError(f"{file} is no evidence")
        write_json(self.version(version).folder / file, found)

    def _pointer(self, name: str) -> list[str]:
        path = self.root / name
        try:
            return path.read_text(encoding="utf-8").split() if path.exists() else []
        except PermissionError as error:
            raise UnreadableError(path) from error
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedError(f"{path} cannot be read.") from error

    def _pointed(self, name: str, mend: str) -> Version | None:
        try:
            line = self._pointer(name)
            return self.version(line[0]) if line else None
        except UnreadableError:
            raise
        except RegistryError as error:
            raise DamagedError(f"{str(error).rstrip()} {mend.format(path=self.root / name)}") from error

    def _all(self) -> Iterator[Version | DamagedError]:
        for path in sorted(self.root.glob(f"[!.]*/{MANIFEST}")):
            try:
                yield self.version(path.parent.name)
            except DamagedError as error:
                yield error
            except RegistryError:
                continue  # a folder with a name that no version has

    def _point(self, name: str, line: list[str]) -> None:
        write_bytes(self.root / name, "".join(f"{version}\n" for version in line).encode())

    def _copy(self, folder: Path, name: str) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        half = self.root / f".{name}.partial"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(folder, half)
        half.chmod(0o755)  # a scratch folder is its maker's alone, but the server has to read this one
        half.rename(self.root / name)

    def _refuse_another(self, name: str, manifest: dict[str, Any]) -> None:
        if self.version(name).manifest["files"] != manifest["files"]:
            raise RegistryError(f"Another model is already registered as {name}.")


def _complaint(ask: Callable[[], object]) -> str | None:
    try:
        ask()
    except DamagedError as error:
        return str(error)
    return None
