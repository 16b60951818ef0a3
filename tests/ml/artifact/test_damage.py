import gzip
import hashlib
import json
import random
from collections import Counter

import numpy as np
import pytest

from ml.models.artifact import export
from ml.models.walker import Pack, PackError
from tests.ml.artifact.damage import damaged, edited
from tests.ml.artifact.models import hybrid, rows

CALIBRATION = {"scores": [-1.0, 0.0, 1.0], "chances": [0.1, 0.2, 0.9]}
REFUSED = {"pack-corrupt", "pack-too-large", "pack-schema", "pack-malformed", "pack-renamed"}


@pytest.fixture(scope="module")
def data():
    return export(hybrid("categorical", trees=12), version="v1", calibration=CALIBRATION)


@pytest.fixture(scope="module", name="X")
def some_rows():
    return np.nan_to_num(rows(seed=9, count=20))


def verdict(data, X):
    """Why a pack is refused, or the hash of the scores it gives."""
    try:
        pack = Pack.load(data)
    except PackError as error:
        return error.slug
    with np.errstate(all="ignore"):
        scores = pack.score(X)
    return hashlib.sha256(np.where(np.isnan(scores), 0.0, scores).tobytes()).hexdigest()


@pytest.mark.slow
def test_no_damage_gives_a_wrong_score(data, X):
    chance, right = random.Random(1), verdict(data, X)
    found = Counter(verdict(damaged(chance, data), X) for _ in range(1000))
    assert set(found) <= REFUSED | {right}
    assert found["pack-corrupt"] > 800


def test_every_damage_is_seen_by_the_hash_that_was_announced(data):
    chance, sha256 = random.Random(2), hashlib.sha256(data).hexdigest()
    for _ in range(500):
        wrong = damaged(chance, data)
        if wrong != data:
            with pytest.raises(PackError) as caught:
                Pack.load(wrong, sha256=sha256)
            assert caught.value.slug == "pack-not-as-announced"


@pytest.mark.slow
def test_the_phone_gives_no_wrong_score_either(data, X, phone):
    chance, right = random.Random(3), verdict(data, X)
    files = [damaged(chance, data) for _ in range(2000)]
    phone.ask_verdicts("damaged", files, X)
    phone.run()
    found = phone.verdicts("damaged")
    assert set(found) <= REFUSED | {right}
    python = [verdict(each, X) for each in files]
    assert [pair for pair in zip(python, found, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.slow
def test_a_pack_edited_by_hand_is_the_same_pack_to_both_engines_or_to_neither(data, X, phone):
    chance, document = random.Random(4), json.loads(gzip.decompress(data))
    files = [edited(chance, document) for _ in range(600)]
    phone.ask_verdicts("edited", files, X)
    phone.run()
    pairs = Counter(zip((verdict(each, X) for each in files), phone.verdicts("edited"), strict=True))
    accepted = {pair: count for pair, count in pairs.items() if not set(pair) <= REFUSED}
    assert [pair for pair in accepted if pair[0] != pair[1]] == []
    assert sum(accepted.values()) > 60
    assert pairs["pack-malformed", "pack-malformed"] > 200
