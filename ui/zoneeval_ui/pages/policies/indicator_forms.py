"""The settings of an indicator: how it scores, against whom, by year, missing and odd values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.model.fields import FIELDS
from zoneeval.policy import editing
from zoneeval_ui.pages.policies.method_forms import method_entries
from zoneeval_ui.pages.policies.parts import (
    Apply,
    Choices,
    Entry,
    Item,
    Path,
    at,
    cite_entry,
    dated_value,
    or_none,
    set_dated,
)
from zoneeval_ui.pages.policies.rule_forms import held_at

BENCHMARKS = {
    "average": "平均值",
    "fixed": "固定值",
    "maximum": "最高值",
    "minimum": "最低值",
    "median": "中位数",
    "percentile": "分位值",
}
MISSING = {"zero": "计 0 分", "average_score": "取平均分", "reweight": "分给其他项"}
MISSING |= {"block": "列为待核"}
_ALL_MISSING: Choices = (*MISSING.items(), ("penalty", "固定扣分"))
_DIRECTIONS: Choices = (("benefit", "越高越好"), ("cost", "越低越好"))
_NEGATIVE: Choices = (("keep", "照实计算"), ("zero", "按 0 计算"))
_ZERO: Choices = (("keep", "照实计算"), ("missing", "按缺数据处理"))
_POPULATIONS: Choices = (
    ("group", "本组企业"),
    ("track", "同类全部企业"),
    ("all", "全部参评企业"),
)
_YEARS: Choices = (("current", "本年度"), ("previous", "上一年度"))
_AVERAGES: Choices = (
    ("ratio_of_totals", "总量之比"),
    ("mean_of_ratios", "逐家比值的平均"),
)


def missing_change(path: Path) -> Apply:
    """Return the change of what is done without data; points go with the fixed penalty."""

    def change(text: str, value: Any) -> str:
        held = held_at(text, path)
        if value != "penalty":
            text = editing.set_entry(text, (*path, "missing_points"), None)
        elif "missing_points" not in held:
            text = editing.set_entry(text, (*path, "missing_points"), -1)
        return editing.set_entry(text, (*path, "missing"), value)

    return change


def indicator_item(label: str, path: Path) -> Item:
    """Return the form of an indicator."""
    return Item(f"指标：{label}", path, partial(_entries, path=path))


def _entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    mark = held.get("benchmark") or {}
    fixed = mark.get("kind") == "fixed"
    known = FIELDS.get(str(held.get("key", "")))
    percent = known is not None and known.kind == "share"
    out = [
        Entry(
            "label", "名称（不写用通用的）", "text", held.get("label"), or_none((*path, "label"))
        ),
        *_own_formula(held, path),
        _choice(path, "direction", "方向", held.get("direction", "benefit"), _DIRECTIONS),
        Entry(
            *("weights", "各年度的权重", "dated", dated_value(held, "weight")),
            set_dated(path, "weight"),
        ),
        *method_entries(held, path, percent=percent),
    ]
    bench = (*path, "benchmark")
    if mark.get("kind", "none") != "none":
        out += _benchmark(mark, path)
    if fixed:
        out.append(
            Entry(
                *("values", "各年度的基准值", "dated", dated_value(mark, "value")),
                set_dated(bench, "value"),
            )
        )
    elif mark.get("kind", "none") != "none":
        whose, year = mark.get("population", "group"), mark.get("year", "current")
        out.append(_choice(bench, "population", "基准取自哪些企业", whose, _POPULATIONS))
        out.append(_choice(bench, "year", "基准取哪一年度", year, _YEARS))
        if mark.get("kind") == "average":
            how = mark.get("average", "ratio_of_totals")
            out.append(_choice(bench, "average", "平均值怎样算", how, _AVERAGES))
        if mark.get("kind") == "percentile":
            share = mark.get("percentile")
            change = at((*bench, "percentile"))
            out.append(Entry("percentile", "分位（%）", "percent", share, change))
    out.append(_choice(path, "negative", "负数", held.get("negative", "keep"), _NEGATIVE))
    out.append(_choice(path, "zero", "零", held.get("zero", "keep"), _ZERO))
    missing = held.get("missing", "zero")
    change = missing_change(path)
    out.append(Entry("missing", "缺数据", "choice", missing, change, _ALL_MISSING, shapes=True))
    if missing == "penalty":
        points = held.get("missing_points")
        change = at((*path, "missing_points"))
        out.append(Entry("points", "缺数据的分值（负数）", "number", points, change))
    addon, change = bool(held.get("addon")), or_none((*path, "addon"))
    out.append(Entry("addon", "地方自选指标", "flag", addon, change))
    out.append(cite_entry(data, held, path))
    out.append(Entry("note", "说明", "text", held.get("note"), or_none((*path, "note"))))
    return out


def _own_formula(held: Mapping[str, Any], path: Path) -> list[Entry]:
    """Return formula and unit of an indicator that the policy itself defines."""
    if not held.get("formula"):
        return []
    unit, change = held.get("unit"), or_none((*path, "unit"))
    return [
        Entry("formula", "公式", "sum", held["formula"], at((*path, "formula"))),
        Entry("unit", "单位", "text", unit, change, width=120),
    ]


def _benchmark(mark: Mapping[str, Any], path: Path) -> list[Entry]:
    """Return the kind of a benchmark, and its figure or multiple where one holds for all years."""
    track, number = int(path[1]), int(path[3])
    kind = str(mark.get("kind"))

    def choose(text: str, value: Any) -> str:
        return editing.set_benchmark(text, track, number, kind=value)

    def figure(text: str, value: Any) -> str:
        return editing.set_benchmark(text, track, number, figure=value)

    out = [
        Entry(
            *("benchmark", "基准", "choice", kind, choose),
            tuple(BENCHMARKS.items()),
            shapes=True,
        )
    ]
    if kind != "fixed":
        out.append(Entry("figure", "基准的几倍", "number", mark.get("multiple", 1), figure))
    elif "values" not in mark:
        out.append(Entry("figure", "基准值", "number", mark.get("value"), figure))
    return out


def _choice(path: Path, key: str, label: str, value: str, choices: Choices) -> Entry:
    return Entry(key, label, "choice", value, at((*path, key)), choices)
