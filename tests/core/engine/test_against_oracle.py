"""The engine against the slow, obvious implementation, on random tables."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.comparing import compare_huaian, compare_zhengzhou, policy
from tests.helpers.oracle import nearest
from tests.helpers.tables import Rows, dataset, enterprises, fixed_rows
from zoneeval.engine import evaluate
from zoneeval.model.evaluation import Evaluation, Participation

FEW = settings(max_examples=40, deadline=None)


@FEW
@given(enterprises())
def test_zhengzhou_agrees_with_the_oracle(rows: Rows) -> None:
    compare_zhengzhou(rows)


@FEW
@given(enterprises(plain=True))
def test_zhengzhou_agrees_where_everybody_takes_part(rows: Rows) -> None:
    compare_zhengzhou(rows)


@FEW
@given(enterprises(), enterprises())
def test_huaian_agrees_with_the_oracle(rows: Rows, previous: Rows) -> None:
    compare_huaian(rows, previous)


@FEW
@given(enterprises(plain=True), enterprises(plain=True))
def test_huaian_agrees_where_everybody_takes_part(rows: Rows, previous: Rows) -> None:
    compare_huaian(rows, previous)


@FEW
@given(enterprises(), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(rows: Rows, random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = evaluate(policy("zhengzhou-2018"), dataset(rows))
    second = evaluate(policy("zhengzhou-2018"), dataset([rows[i] for i in order]))
    assert first.dataset_fingerprint == second.dataset_fingerprint
    for place, row in enumerate(order):
        assert second.enterprise_json(place) == first.enterprise_json(row)
    assert second.groups == first.groups


@cache
def _one_zone(size: int, factor: float = 1.0) -> Evaluation:
    rows = [{**row, "zone": "东"} for row in fixed_rows(size, factor)]
    return evaluate(policy("zhengzhou-2018"), dataset(rows))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 10, 11, 20, 23, 50, 90, 101])
def test_quotas_are_exact_and_classes_come_from_their_own_half(size: int) -> None:
    result = _one_zone(size)
    letters = list(result.grade)
    assert letters.count("A") == min(nearest(size, "0.15"), size // 2)
    assert letters.count("C") == min(nearest(size, "0.10"), size // 2)
    assert letters.count("B") == size - letters.count("A") - letters.count("C")
    place = dict(zip(result.position, letters, strict=True))
    for position, letter in place.items():
        if letter == "A":
            assert position <= size // 2
        if letter == "C":
            assert position > size - size // 2
    if size % 2:
        assert result.gate[list(result.position).index(size // 2 + 1)] == "middle"


@pytest.mark.parametrize("factor", [10.0, 10_000.0, 0.0001])
def test_the_unit_of_the_numerators_does_not_change_a_class(factor: float) -> None:
    first, second = _one_zone(90), _one_zone(90, factor)
    np.testing.assert_allclose(second.composite, first.composite, atol=1.01e-4)
    assert list(second.grade) == list(first.grade)
    assert first.counts() == {"A": 14, "B": 67, "C": 9}


@FEW
@given(enterprises())
def test_everybody_has_a_class_or_a_reason_and_nothing_is_infinite(rows: Rows) -> None:
    result = evaluate(policy("zhengzhou-2018"), dataset(rows))
    for row in range(result.size):
        evaluated = result.participation[row] == Participation.EVALUATED
        assert evaluated == (result.grade[row] is not None)
        lacking = any("缺数据" in reason for reason in result.reasons[row])
        assert evaluated == (not result.reasons[row] or lacking)
        assert evaluated == bool(result.composite[row] == result.composite[row])
    arrays = [
        result.composite,
        *result.values.values(),
        *result.scores.values(),
        *result.benchmarks.values(),
    ]
    assert not any(np.isinf(array).any() for array in arrays)
