"""Only audits read what people say of themselves: no trainer, no data set, no ranker."""

import re
from pathlib import Path

from ml.files import sha256_of
from ml.training.dataset import build_dataset
from ml.training.tables import write_table
from tests.ml.training.made import log

#: What reads, or passes on, who belongs to which group.
READS_PROTECTED = {f"ml.audit.{name}" for name in ("equality", "fairness", "flip", "groups", "people", "proxy")}
ROOT = Path(__file__).resolve().parents[3]


def modules(*folders):
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def imported(path):
    return re.findall(r"^\s*(?:from|import)\s+([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_no_trainer_data_set_feature_ranker_or_server_imports_an_audit():
    guilty = [
        str(path.relative_to(ROOT))
        for path in modules("ml/training", "ml/models", "ml/features", "ml/off_policy", "server", "mobile_contract")
        if READS_PROTECTED & set(imported(path))
    ]
    assert guilty == []


def test_equality_records_beside_the_log_change_no_byte_of_a_data_set(tmp_path):
    made = log(tmp_path / "log", queries=60, days=300)
    before = build_dataset(made)
    write_table(made.root / "equality.parquet", [("q1", 1, {"person_id": "r1", "ethnicity": "any"})])
    after = build_dataset(made)
    assert before.sha256 == after.sha256
    assert sha256_of(repr(before.report).encode()) == sha256_of(repr(after.report).encode())


def test_nothing_is_pickled():
    banned = {"pickle", "joblib", "cloudpickle", "dill", "shelve", "marshal"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in modules("ml", "server")
        if banned & {name.split(".")[0] for name in imported(path)}
    ]
    assert guilty == []
