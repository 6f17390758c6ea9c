"""What each indicator is measured against, per group, and from which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zoneeval.engine.kernel import group_means, ratio_of_totals
from zoneeval.engine.scoring import Members, extremes, scored_values
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


@dataclass(frozen=True)
class Everyone:
    """The evaluated enterprises of all tracks, this year and the year before."""

    current: Dataset
    previous: Dataset | None


KIND_WORDS = {
    "average": "平均值",
    "maximum": "最高值",
    "minimum": "最低值",
    "median": "中位数",
    "percentile": "分位值",
}


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
    everyone: Everyone | None = None,
) -> FloatArray:
    """Return the benchmark per group of ``current``, NaN where it cannot be formed.

    ``everyone`` are the enterprises of all tracks; without it they are those of this one.

    Raises:
        InputError: the policy asks for the previous year and there is none.
    """
    rule = indicator.benchmark
    if rule.kind == "none":
        return np.full(current.groups, np.nan)
    if rule.kind == "fixed":
        return np.full(current.groups, float(rule.value or 0))
    source = current
    if rule.year == "previous":
        if previous is None:
            raise InputError(
                f"“{indicator.shown_label}”的基准值取自上一年度{KIND_WORDS[rule.kind]}，"
                "但没有上一年度数据："
                "请导入上一年度的数据，或用 --previous 给出上一年度的表。"
            )
        source = previous
    if rule.population == "all" and everyone is not None:
        whole = everyone.previous if rule.year == "previous" else everyone.current
        if whole is not None:
            source = Population(whole, np.zeros(whole.size, dtype=np.int64), 1, source.words)
    codes, groups = source.codes, source.groups
    if rule.population != "group":
        codes, groups = np.zeros_like(codes), 1
    found = _figures(indicator, formula, source, codes, groups, assumptions)
    if rule.population != "group":
        found = np.full(current.groups, found[0])
    return found[: current.groups] * rule.multiple


def _figures(
    indicator: Indicator,
    formula: str,
    source: Population,
    codes: IntArray,
    groups: int,
    assumptions: list[str],
) -> FloatArray:
    rule = indicator.benchmark
    if rule.kind == "average":
        return _averages(indicator, formula, source, codes, groups, assumptions)
    values = scored_values(indicator, evaluate_number(parse(formula), source.dataset))
    if rule.kind in ("maximum", "minimum"):
        low, high = extremes(values, Members(codes, groups))
        return high if rule.kind == "maximum" else low
    share = 0.5 if rule.percentile is None else rule.percentile
    return _percentiles(values, codes, groups, share)


def _percentiles(values: FloatArray, codes: IntArray, groups: int, share: float) -> FloatArray:
    """Return the percentile of the known values per group, between two linearly.

    It is that of a spreadsheet's PERCENTILE.INC.
    """
    out = np.full(groups, np.nan)
    rows = np.flatnonzero(~np.isnan(values))
    rows = rows[np.argsort(codes[rows], kind="stable")]
    starts = np.searchsorted(codes[rows], np.arange(groups + 1))
    for group in range(groups):
        mine = values[rows[starts[group] : starts[group + 1]]]
        if len(mine):
            out[group] = np.quantile(mine, share)
    return out


def _averages(
    indicator: Indicator,
    formula: str,
    source: Population,
    codes: IntArray,
    groups: int,
    assumptions: list[str],
) -> FloatArray:
    values = scored_values(indicator, evaluate_number(parse(formula), source.dataset))
    if indicator.benchmark.average == "mean_of_ratios":
        return group_means(values, codes, groups)
    field = FIELDS.get(formula)
    parts = quotient_parts(parse(field.formula if field and field.is_derived else formula))
    if parts is None:
        return group_means(values, codes, groups)
    top, bottom = (evaluate_number(part, source.dataset) for part in parts)
    if indicator.zero == "missing":
        top = np.where(np.isnan(values), np.nan, top)
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
