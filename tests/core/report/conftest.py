"""Shared pieces of the tests of workbooks."""

from __future__ import annotations

import pytest

from tests.helpers.evaluations import small_dataset, small_evaluation
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import load_policy
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader


@pytest.fixture
def header() -> RunHeader:
    return RunHeader(
        run_id=7,
        year=2024,
        zones=("东湾园区", "西岭园区"),
        dataset_version=3,
        dataset_fingerprint="d" * 64,
        created_at="2024-11-20T09:30:15+08:00",
        engine_version="1",
        workspace="示例市.zoneeval",
    )


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy("zhengzhou-2018")


@pytest.fixture
def dataset() -> Dataset:
    return small_dataset(7)


@pytest.fixture
def evaluation(dataset: Dataset) -> Evaluation:
    return small_evaluation(dataset)
