"""Run a pack in Python: features, rules and scores to the last bit as the phone's TypeScript has them."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

import numpy as np

from ml.arrays import FloatArray, IntArray, linear
from ml.features.feature_set import FeatureSet
from ml.features.people import PEOPLE
from ml.features.programs import evaluate, first_of, gather, rows_of, with_missing
from ml.models.artifact import FORMAT, packed, rules_document
from ml.models.calibration import Calibration
from ml.models.forest import Forest
from ml.models.pack_shape import check_document
from ml.models.planting import forest_of

#: A pack that unfolds to more is refused unread.
MOST_BYTES: Final = 8_000_000


class PackError(ValueError):
    """A pack that must not rank, and why.

    slug : pack-corrupt, pack-too-large, pack-not-as-announced, pack-renamed, pack-schema or pack-malformed.
    """

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(f"{slug}: {detail}")
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack.

    document : its JSON, see `ml.models.artifact`. inputs : what it reads. tables : its tables as arrays. weights,
    means : shape (n_features,). forest : its trees. calibration : None when its scores stand for no chance.
    """

    version: str
    as_of: str | None
    sha256: str
    document: Mapping[str, Any]
    inputs: tuple[str, ...]
    tables: Mapping[str, FloatArray]
    weights: FloatArray
    means: FloatArray
    intercept: float
    forest: Forest
    calibration: Calibration | None

    @classmethod
    def load(
        cls, data: bytes, *, version: str | None = None, sha256: str | None = None, features: FeatureSet = PEOPLE
    ) -> Self:
        """Return the pack in `data`; PackError when it is not whole, not of this schema, or not the one expected.

        version, sha256 : what whoever announced the pack said of it, None for any. features : the set it must read.
        """
        digest = hashlib.sha256(data).hexdigest()
        if sha256 not in (None, digest):
            raise PackError("pack-not-as-announced", "its bytes have another SHA-256")
        document = _read(data, features)
        if version not in (None, document.get("version")):
            raise PackError("pack-renamed", f"it calls itself {document.get('version')}")
        try:
            return cls._of(document, digest, features)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, RecursionError) as error:
            raise PackError("pack-malformed", str(error)) from error

    @classmethod
    def rules(cls, features: FeatureSet = PEOPLE) -> "Pack":
        """Return the pack that ranks by plain rules when no other can."""
        return _rules_pack(features)

    @classmethod
    def _of(cls, document: Mapping[str, Any], digest: str, features: FeatureSet) -> Self:
        check_document(document, features.inputs)
        parts, calibration = document["linear"], document["calibration"]
        return cls(
            version=document["version"],
            as_of=document["as_of"],
            sha256=digest,
            document=document,
            inputs=features.inputs,
            tables={name: np.array(table, dtype=np.float64) for name, table in document["tables"].items()},
            weights=np.array(parts["weights"], dtype=np.float64),
            means=np.array(parts["means"], dtype=np.float64),
            intercept=float(parts["intercept"]),
            forest=forest_of(document["trees"], len(parts["weights"])),
            calibration=None if calibration is None else Calibration.of(calibration),
        )

    def known(self, inputs: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Work out every value of the pack from columns of inputs, see `ml.inputs.columns`."""
        return evaluate(dict(self.document["values"]), self.tables, with_missing(inputs, self.inputs))

    def matrix(self, known: Mapping[str, FloatArray]) -> FloatArray:
        """Return the features of rows whose values are known, shape (n_rows, n_features)."""
        programs = {name: program for name, _, program in self.document["features"]}
        return gather(known, programs, self.tables, rows_of(known))

    def first_rule(self, known: Mapping[str, FloatArray]) -> IntArray:
        """Return the place of the first rule that excludes each row, -1 for the eligible; shape (n_rows,)."""
        programs = {name: program for name, program, _, _ in self.document["rules"]}
        return first_of(gather(known, programs, self.tables, rows_of(known)))

    def score(self, X: FloatArray) -> FloatArray:
        """Score rows of features, shape (n_rows,): the linear part, then the trees' sum added to it."""
        return linear(X, self.weights, self.intercept) + self.forest.score(X)

    def chance(self, score: FloatArray) -> FloatArray | None:
        """Return the chance that each score stands for, of the same shape; None when nobody fitted that."""
        return None if self.calibration is None else self.calibration.chance(score)

    @property
    def base(self) -> float:
        """The score of a typical candidate, to which `contributions` add."""
        return float(linear(self.means[None, :], self.weights, self.intercept)[0]) + self.forest.base

    def contributions(self, X: FloatArray) -> FloatArray:
        """Return what each feature added, shape (n_rows, n_features); a row's sum and `base` make its score."""
        return (np.where(np.isnan(X), 0.0, X) - self.means) * self.weights + self.forest.contributions(X)


@cache
def _rules_pack(features: FeatureSet) -> Pack:
    return Pack.load(packed(rules_document(features)), features=features)


def _read(data: bytes, features: FeatureSet) -> dict[str, Any]:
    reader = zlib.decompressobj(wbits=31)
    try:
        text = reader.decompress(data, MOST_BYTES)
        if reader.unconsumed_tail:
            raise PackError("pack-too-large", f"it unfolds to more than {MOST_BYTES:,} bytes")
        if not reader.eof or reader.unused_data:
            raise PackError("pack-corrupt", "it is cut short or has something after its end")
        document = json.loads(text.decode(), parse_constant=_refused)
    except (zlib.error, ValueError, RecursionError) as error:
        if isinstance(error, PackError):
            raise
        raise PackError("pack-corrupt", "it is not gzipped JSON") from error
    if (
        not isinstance(document, dict)
        or document.get("format") != FORMAT
        or document.get("language") != features.language_hash()
    ):
        raise PackError("pack-schema", "it was made for another version of the ranker")
    return document


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")
