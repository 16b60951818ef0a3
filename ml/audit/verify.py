"""Is a version still what it was: every hash, the pack as it announces itself, and golden rows scored anew.

The golden rows are drawn from a fixed seed, a twentieth of their values hostile (missing, tiny, huge, minus nought);
model and pack must score them to the same bytes, and so must whoever verifies with other libraries later.
"""

from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray
from ml.features import schema_hash
from ml.files import json_bytes, sha256_of
from ml.models.evidence import EVIDENCE
from ml.models.history import PROMOTED, events
from ml.models.registry import MANIFEST, PACK, DamagedError, Registry, RegistryError, Version
from ml.models.stored import load_ranker
from ml.models.walker import Pack, PackError

#: Golden rows.
ROWS: Final = 1000
_HOSTILE: Final = (np.nan, -0.0, 0.0, 5e-324, -5e-324, 1e-36, 1e300, -1e300, 1e9)


def golden_rows(columns: int, *, seed: int = 1) -> FloatArray:
    """The rows on which versions are verified, shape (ROWS, columns): the same bytes each time."""
    rng = np.random.default_rng(seed)
    spread = 10.0 ** rng.integers(-1, 5, columns)
    rows: FloatArray = np.floor(rng.normal(0.5, 1.0, (ROWS, columns)) * spread * 8) / 8
    hostile = rng.choice(np.array(_HOSTILE), rows.shape)
    return np.ascontiguousarray(np.where(rng.random(rows.shape) < 0.05, hostile, rows))


def verify(registry: Registry, version: Version) -> dict[str, Any]:
    """What is wrong with `version`, in sentences, and the hash of its golden scores when it can score."""
    faults = _files(version)
    # A cut-off model ends LightGBM's whole process, so only files that are what the manifest names are loaded.
    scores, found = (None, []) if faults else _golden(version)
    faults += _parameters(version)
    return {
        "version": version.name,
        "schema_is_todays": version.manifest["features"]["schema_sha256"] == schema_hash(),
        "golden_scores_sha256": scores,
        "evidence": version.evidence,
        "faults": faults + found + _evidence(registry, version),
    }


def _files(version: Version) -> list[str]:
    faults = [] if version.folder.name == version.name else [f"The folder is called {version.folder.name}."]
    for name in version.manifest["files"]:
        try:
            version.check(name)
        except DamagedError as error:
            faults.append(str(error))
    return faults


def _parameters(version: Version) -> list[str]:
    manifest = version.manifest
    if sha256_of(json_bytes(manifest["parameters"])) == manifest["parameters_sha256"]:
        return []
    return [f"The parameters in its {MANIFEST} do not have the hash that it gives."]


def _golden(version: Version) -> tuple[str | None, list[str]]:
    """The hash of the golden rows' scores, and what is wrong with them; a ranker of foreign features has no pack."""
    if not version.has_pack:
        return None, []
    try:
        pack = Pack.load(version.pack_path.read_bytes(), version=version.manifest["version"])
        ranker = load_ranker(version.folder)
        rows = golden_rows(ranker.n_features_in_)
        packed, modelled = pack.score(rows), ranker.score(rows)
    except PackError as error:
        return None, [f"Its pack cannot rank: {error}."]
    except Exception as error:
        return None, [f"It cannot score: {str(error)[:200]}."]
    differ = int((packed.view(np.int64) != modelled.view(np.int64)).sum())
    told = [f"Pack and model differ in {differ} of {ROWS} golden rows."] if differ else []
    return sha256_of(packed.tobytes()), told


def _evidence(registry: Registry, version: Version) -> list[str]:
    """What is known of the version must be about this very pack, and be what it was promoted on."""
    faults: list[str] = []
    pack = version.manifest["files"].get(PACK)
    for file, command in EVIDENCE.items():
        try:
            found = version.told(file)
        except RegistryError as error:
            faults.append(str(error))
            continue
        if found is not None and pack and found.get("model_sha256", pack) != pack:
            faults.append(f"{file} is about another model of this name: run `kith ml {command} {version.name}`.")
    return faults + _since_promotion(registry, version)


def _since_promotion(registry: Registry, version: Version) -> list[str]:
    promoted = [event for event in events(registry) if event.what == PROMOTED and event.version == version.name]
    if promoted and promoted[-1].pack_sha256 != version.manifest["files"].get(PACK):
        return [f"Its pack is not the one that was promoted on {promoted[-1].on}."]
    return []
