"""What each indicator is measured against, per group, and from which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zoneeval.engine.kernel import group_means, ratio_of_totals
from zoneeval.errors import InputError
from zoneeval.expressions import evaluate_number, parse, quotient_parts
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS
from zoneeval.policy.schema import Indicator


@dataclass(frozen=True)
class Population:
    """Enterprises to average over: their data, and the group each belongs to."""

    dataset: Dataset
    codes: IntArray
    groups: int
    words: str


def formula_of(indicator: Indicator, dataset: Dataset, previous: Dataset | None) -> str:
    """Return the formula or field name that gives this indicator's value.

    Of ``first_available`` it is the first that both years' tables can supply.
    """
    if indicator.formula:
        return indicator.formula
    if not indicator.first_available:
        return indicator.key
    tables = [t for t in (dataset, previous) if t is not None]
    for name in indicator.first_available:
        if all(bool((~np.isnan(table.number(name))).any()) for table in tables):
            return name
    return indicator.first_available[0]


def benchmark_of(
    indicator: Indicator,
    formula: str,
    current: Population,
    previous: Population | None,
    assumptions: list[str],
) -> FloatArray:
    """Return the benchmark per group of ``current``, NaN where it cannot be formed.

    Raises:
        InputError: the policy asks for the previous year and there is none.
    """
    rule = indicator.benchmark
    if rule.kind == "fixed":
        return np.full(current.groups, float(rule.value or 0))
    source = current
    if rule.year == "previous":
        if previous is None:
            raise InputError(
                f"“{indicator.shown_label}”的基准值取自上一年度平均值，但没有上一年度数据："
                "请导入上一年度的数据，或用 --previous 给出上一年度的表。"
            )
        source = previous
    codes, groups = source.codes, source.groups
    if rule.population == "track":
        codes, groups = np.zeros_like(codes), 1
    averages = _averages(indicator, formula, source, codes, groups, assumptions)
    if rule.population == "track":
        averages = np.full(current.groups, averages[0])
    return averages[: current.groups] * rule.multiple


def _averages(
    indicator: Indicator,
    formula: str,
    source: Population,
    codes: IntArray,
    groups: int,
    assumptions: list[str],
) -> FloatArray:
    values = evaluate_number(parse(formula), source.dataset)
    if indicator.benchmark.average == "mean_of_ratios":
        return group_means(values, codes, groups)
    field = FIELDS.get(formula)
    parts = quotient_parts(parse(field.formula if field and field.is_derived else formula))
    if parts is None:
        return group_means(values, codes, groups)
    top, bottom = (evaluate_number(part, source.dataset) for part in parts)
    has_parts = ~np.isnan(top) & ~np.isnan(bottom)
    if not has_parts.any() and (~np.isnan(values)).any():
        assumptions.append(
            f"{source.words}只有“{indicator.shown_label}”的比值，没有分子和分母，"
            "基准取各企业比值的平均。"
        )
        return group_means(values, codes, groups)
    lacking = int((~has_parts & ~np.isnan(values)).sum())
    if lacking:
        assumptions.append(
            f"{source.words}有 {lacking} 家的“{indicator.shown_label}”只有比值，"
            "未计入基准的总量之比。"
        )
    return ratio_of_totals(top, bottom, codes, groups)


def group_codes(names: Sequence[str]) -> tuple[IntArray, list[str]]:
    """Return a code per row and the group names in sorted order."""
    unique = sorted(set(names))
    code_of = {name: code for code, name in enumerate(unique)}
    return np.array([code_of[name] for name in names], dtype=np.int64), unique
