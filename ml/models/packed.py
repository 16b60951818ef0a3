"""A version's pack, loaded; why it cannot be is said with its file and what to do."""

from typing import Final

from ml.features.feature_set import FeatureSet
from ml.features.people import PEOPLE
from ml.models.manifest import DamagedError, mend
from ml.models.registry import Version
from ml.models.walker import Pack, PackError

_OTHER: Final = "Train again (`kith ml train`): today's features rank by another pack."


def pack_of(version: Version, features: FeatureSet = PEOPLE) -> Pack:
    """Load the pack of `version`; DamagedError when it is not whole, of another name, or of other features.

    features : the set that it must read. RegistryError when it never had a pack.
    """
    sha256 = version.pack_sha256
    try:
        return Pack.load(version.pack_path.read_bytes(), version=version.name, sha256=sha256, features=features)
    except PackError as error:
        raise DamagedError(f"{version.pack_path} cannot rank. {_why(error)} {_remedy(version, error)}") from error
    except OSError as error:
        raise DamagedError(f"{version.pack_path} cannot be read: {error.strerror}. {mend(version.folder)}") from error


def _why(error: PackError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _remedy(version: Version, error: PackError) -> str:
    return _OTHER if error.slug == "pack-schema" else mend(version.folder)
