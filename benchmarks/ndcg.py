"""NDCG@10 against the truth: every ranker, additive and hard worlds, three seeds; see `--help`."""

from ml.cli.judging import ndcg

if __name__ == "__main__":
    ndcg()
