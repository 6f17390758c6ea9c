"""The engine beside scikit-criteria: weighted sums and min–max over the same matrix."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from zoneeval.engine import evaluate
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS
from zoneeval.policy.loader import parse_policy

with warnings.catch_warnings():  # its dependencies warn of their own future
    warnings.simplefilter("ignore")
    skcriteria = pytest.importorskip("skcriteria")
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.preprocessing.scalers import MaxAbsScaler, MinMaxScaler

WEIGHTS = {
    "tax_per_mu": 30.0,
    "value_added_per_mu": 25.0,
    "rd_intensity": 15.0,
    "tax_per_tce": 30.0,
}
HEAD = """
schema = 1
id = "peer"
title = "对照"
issuer = "示意"
year = 2024
status = "illustrative"
[[grades]]
letter = "A"
name = "甲"
treatment = "priority"
[[tracks]]
id = "all"
label = "全部"
default = true
"""
TAIL = """
[tracks.grading]
kind = "rank_only"
reason = "只作对照"
"""


def policy_text(method: str) -> str:
    """Return a policy that scores the four indicators by one method."""
    items = [
        f'[[tracks.indicators]]\nkey = "{key}"\nweight = {weight}\nillustrative = true\n'
        f"method = {method}\n"
        for key, weight in WEIGHTS.items()
    ]
    return HEAD + "\n".join(items) + TAIL


def matrix(seed: int, size: int = 40) -> np.ndarray:
    """Return positive values, one row per enterprise, shape (size, 4)."""
    return np.random.default_rng(seed).lognormal(1.0, 0.8, (size, len(WEIGHTS)))


def ours(method: str, values: np.ndarray) -> np.ndarray:
    """Return the engine's composite scores of a matrix."""
    columns: dict[str, np.ndarray] = {
        key: values[:, at].astype(np.float64) for at, key in enumerate(WEIGHTS)
    }
    codes = np.empty(len(values), dtype=object)
    codes[:] = [f"P{at:04d}" for at in range(len(values))]
    assert all(FIELDS[key].is_number for key in columns)
    result = evaluate(parse_policy(policy_text(method)), Dataset({**columns, "uscc": codes}, 2024))
    return result.composite


def theirs(scaler: object, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return scikit-criteria's weighted sums and ranks of a matrix, weights summing to 100."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem = skcriteria.mkdm(
            values,
            [max] * len(WEIGHTS),
            weights=list(WEIGHTS.values()),
            criteria=list(WEIGHTS),
        )
        result = WeightedSumModel().evaluate(scaler.transform(problem))  # type: ignore[attr-defined]
    return np.asarray(result.e_["score"]), np.asarray(result.rank_)


@pytest.mark.parametrize("seed", range(5))
def test_min_max_scores_are_those_of_scikit_criteria(seed: int) -> None:
    values = matrix(seed)
    mine = ours('{ kind = "floored_minmax", base = 0, span = 100 }', values)
    scores, ranks = theirs(MinMaxScaler("matrix"), values)
    np.testing.assert_allclose(mine, scores, rtol=1e-12)
    assert list(np.argsort(-mine, kind="stable")) == list(np.argsort(ranks, kind="stable"))


@pytest.mark.parametrize("seed", range(5))
def test_weighted_sums_against_the_best_are_those_of_scikit_criteria(seed: int) -> None:
    values = matrix(seed + 100)
    mine = ours('"ratio_to_best"', values)
    scores, ranks = theirs(MaxAbsScaler("matrix"), values)
    np.testing.assert_allclose(mine, scores, rtol=1e-12)
    assert list(np.argsort(-mine, kind="stable")) == list(np.argsort(ranks, kind="stable"))
