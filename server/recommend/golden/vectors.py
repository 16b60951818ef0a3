"""Work out every golden vector; all follow from one seed."""

import random
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray
from ml.features.operations import OPERATIONS
from ml.features.programs import run
from ml.inputs import candidate_inputs, columns, query_inputs
from ml.models.artifact import packed
from ml.models.walker import Pack
from server.recommend.explore import explored, hash32, propensity
from server.recommend.golden.pairs import judged, said
from server.recommend.golden.scenario import TODAY, Json, candidates, pack_document, referrals
from server.recommend.model import Candidate, Request
from server.recommend.slate import shortlist

SEED: Final = 20261121
_TODAY: Final = date.fromisoformat(TODAY)
#: Numbers that engines are known to disagree on.
_HOSTILE: Final = (
    0.0,
    -0.0,
    5e-324,
    1e-35,
    -3.5,
    0.1,
    3.7,
    31.0,
    2147483647.0,
    2147483648.0,
    1e300,
    float("inf"),
    float("nan"),
)
_TABLE: Final = [[4.0, 0.0, 2.0], [1.0, 3.0, 0.5]]


def world() -> Json:
    """Return the documents that the other vectors speak of, and the inputs that follow from them."""
    chance = random.Random(SEED)
    asked, offered = referrals(chance, 8), candidates(chance, 80)
    for each in asked:
        each["query"] = query_inputs(each["referral"], each["person"], today=_TODAY)
    for each in offered:
        documents = (each["kind"], each["doc"], each["schedules"], each["place_count"])
        each["inputs"] = candidate_inputs(*documents, today=_TODAY)
    return {"today": TODAY, "referrals": asked, "candidates": offered}


def pack() -> Json:
    """Return the document of the pack that ranks in the vectors."""
    return pack_document(random.Random(SEED + 1))


def operations() -> Json:
    """Return what each operation makes of hostile numbers: [program, result] with numbers as text."""
    tables = {"table": np.array(_TABLE), "list": np.array([7.0, 8.0, 9.0])}
    programs: list[Any] = []
    for name in OPERATIONS:
        programs += _PROGRAMS.get(name, _pairs)(name)
    known: dict[str, FloatArray] = {f"x{i}": np.array([value]) for i, value in enumerate(_HOSTILE)}
    with np.errstate(all="ignore"):
        results = [said(float(np.broadcast_to(run(program, tables, known), 1)[0])) for program in programs]
    return {
        "inputs": {name: said(float(column[0])) for name, column in known.items()},
        "tables": {name: table.tolist() for name, table in tables.items()},
        "cases": [list(case) for case in zip(programs, results, strict=True)],
    }


def features() -> list[Json]:
    """Return the features, the excluding rule and the score of each pair of a referral and a few candidates."""
    loaded, documents = Pack.load(packed(pack())), world()
    some = documents["candidates"][:12]
    cases = []
    for each in documents["referrals"]:
        known = columns(each["query"], [one["inputs"] for one in some])
        cases += judged(loaded, known, [{"referral": each["id"], "candidate": one["id"]} for one in some])
    return cases


def explorations() -> list[Json]:
    """Return the hash and the order of a few referrals, and the chances of what is shown."""
    ids = [f"r-{i}" for i in range(30)] + ["", "0197-ünï", "x" * 64]
    cases = []
    for i, name in enumerate(ids):
        order = explored(name, i % 11)
        chances = [propensity(rank, position, len(order)) for position, rank in enumerate(order)]
        cases.append({"id": name, "hash": hash32(name), "order": order, "propensities": chances})
    return cases


def shortlists() -> list[Json]:
    """Return whole slates: by the golden pack for each referral, by rules for the first two."""
    loaded, documents = Pack.load(packed(pack())), world()
    offered = [Candidate(*(one[name] for name in ("kind", "id", "doc", "schedules", "place_count")))
               for one in documents["candidates"]]  # fmt: skip
    cases = []
    for ranker, asked in ((loaded, documents["referrals"]), (None, documents["referrals"][:2])):
        for each in asked:
            request = Request(each["id"], each["referral"], each["person"], offered, _TODAY)
            slate = replace(shortlist(ranker, request), pack_sha256=None)  # gzip's bytes differ between zlibs
            cases.append({"referral": each["id"], "rules": ranker is None, "slate": asdict(slate)})
    return cases


def _pairs(name: str) -> list[Any]:
    arguments = 1 if name in ("sqrt", "floor", "not", "missing") else 3 if name == "select" else 2
    values = [f"x{i}" for i in range(len(_HOSTILE))]
    if arguments == 1:
        return [[name, value] for value in values]
    middle = ["x5"] if arguments == 3 else []
    return [[name, first, *middle, second] for first in values for second in values]


def _tabled(name: str) -> list[Any]:
    values = [f"x{i}" for i in range(len(_HOSTILE))]
    last = [1] if name == "reaching" else []
    return [[name, "#table", first, second, *last] for first in [*values, 1, 2, 3] for second in [*values, 1, 2, 5, 7]]


_PROGRAMS: Final[dict[str, Callable[[str], list[Any]]]] = {
    "lookup": lambda name: [*_tabled(name), *[[name, "#list", f"x{i}"] for i in range(len(_HOSTILE))]],
    "best": _tabled,
    "reaching": _tabled,
}
