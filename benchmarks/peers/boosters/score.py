"""Score the test rows of an .npz with XGBoost's and CatBoost's usual ranker: `python score.py DATA.npz OUT.npz`."""

import sys

import numpy as np


def main(source: str, target: str) -> None:
    """Fit both on the train rows, in order of their queries."""
    from catboost import CatBoostRanker
    from xgboost import XGBRanker

    data = np.load(source)
    query = np.repeat(np.arange(len(data["sizes"])), data["sizes"])
    xgboost = XGBRanker(objective="rank:ndcg", random_state=1, n_jobs=1)
    xgboost.fit(data["X"], data["y"], qid=query)
    catboost = CatBoostRanker(loss_function="YetiRank", random_seed=1, thread_count=1, verbose=False)
    catboost.fit(data["X"], data["y"], group_id=query)
    np.savez(target, xgboost=xgboost.predict(data["test"]), catboost=catboost.predict(data["test"]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
