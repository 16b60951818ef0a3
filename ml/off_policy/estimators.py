"""The estimators: what a policy would earn a query, from rows that another policy logged.

A query's reward is the sum of its rows'. Where each query has one row these are the estimators of Saito, Aihara,
Matsutani and Narita, Open Bandit Dataset and Pipeline (2021), section 3. With several rows a query they are those of
Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay and Wen, Offline evaluation of ranking policies with click models
(2018): a row is weighed by its own item and place, and not by the whole order, which would never be met again.
Each function gives one value a query whose mean is the estimate, so that an interval can be had by resampling queries.
"""

import numpy as np

from ml.arrays import FloatArray, IntArray


def naive(reward: FloatArray, query_sizes: IntArray) -> FloatArray:
    """What the logging policy earned, shape (n_queries,): no estimate of another policy, but its usual stand-in."""
    return per_query(reward, query_sizes)


def ips(reward: FloatArray, weight: FloatArray, query_sizes: IntArray) -> FloatArray:
    """Inverse propensity scoring, shape (n_queries,): each row's reward times its weight.

    Unbiased where every row that the target might show has a logged chance. Source: Horvitz and Thompson (1952);
    Precup, Sutton and Singh (2000).
    """
    return per_query(weight * reward, query_sizes)


def snips(
    reward: FloatArray,
    weight: FloatArray,
    query_sizes: IntArray,
    *,
    logged: FloatArray | float = 1.0,
    target: FloatArray | float | None = None,
) -> FloatArray:
    """Estimate by self-normalised weights, shape (n_queries,): the mean is the estimate, the spread its influence.

    sum(w r) / sum(w e), times how much a query is exposed by the target. logged : e, how much each row was exposed by
    the log, shape (n_rows,), 1 where all are alike. target : how much each query is by the target, shape (n_queries,),
    its rows when None. Raises ValueError when no row has weight. Source: Swaminathan and Joachims (2015), the
    self-normalised estimator; its influence: Owen (2013), section 9.2.
    """
    exposed = per_query(weight * logged, query_sizes)
    total = float(exposed.sum())
    if not total > 0:
        raise ValueError("no row has weight")
    earned = per_query(weight * reward, query_sizes)
    rate = float(earned.sum()) / total
    whole = float(np.mean(query_sizes if target is None else target))
    return np.asarray(whole * (rate + (earned - rate * exposed) / (total / query_sizes.size)))


def direct(predicted_target: FloatArray) -> FloatArray:
    """The direct method, shape (n_queries,): what a reward model expects of the target, and nothing else.

    predicted_target : shape (n_queries,). As wrong as its model. Source: Beygelzimer and Langford (2009).
    """
    return predicted_target


def doubly_robust(
    reward: FloatArray,
    weight: FloatArray,
    query_sizes: IntArray,
    *,
    predicted_logged: FloatArray,
    predicted_target: FloatArray,
) -> FloatArray:
    """What the model expects of the target, mended by what it got wrong on the logged rows, shape (n_queries,).

    predicted_logged : shape (n_rows,), the model's reward of what was logged. predicted_target : shape (n_queries,).
    Unbiased when the propensities are right or the model is. Source: Dudík, Erhan, Langford and Li (2014).
    """
    return predicted_target + per_query(weight * (reward - predicted_logged), query_sizes)


def per_query(value: FloatArray, query_sizes: IntArray) -> FloatArray:
    """Add the values of each query's rows, shape (n_queries,)."""
    if query_sizes.sum() != value.size or (query_sizes < 1).any():
        raise ValueError("query sizes must be at least 1 and sum to the number of rows")
    return np.add.reduceat(value, np.cumsum(query_sizes) - query_sizes)
