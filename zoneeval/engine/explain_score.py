"""How a score came about: value, benchmark, weight, and the sum worked out in figures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zoneeval.engine.bonus import item_points
from zoneeval.engine.derive import derive
from zoneeval.engine.scoring import Members, ends_of, places, scored_values
from zoneeval.expressions import evaluate_number, parse
from zoneeval.model.arrays import FloatArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.explanation import Explanation
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.records import SourceCell
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    Population,
    RankPoints,
    RatioToBest,
    ReverseLinear,
)
from zoneeval.policy.schema import Benchmark, Indicator, Policy, Track
from zoneeval.policy.wording import band_words, benchmark_words, bonus_words, method_words

_BEST = (FlooredMinMax, RatioToBest, Efficacy)


def bonus_nodes(
    policy: Policy,
    track: Track,
    evaluation: Evaluation,
    row: int,
    label: str,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> tuple[Explanation, ...]:
    """Return one node per item of the catalogue that this enterprise meets.

    ``label`` is 加分 or 扣分.  Of several of one kind only the highest counts; the others
    say so.
    """
    if dataset is None:
        return ()
    rows = np.flatnonzero(dataset.text("uscc") == evaluation.uscc[row])
    names = [n for b in track.bonus for f in b.formulas for n in parse(f).fields]
    table = derive(dataset.take(rows), names).dataset
    score = np.full(table.size, _score_of(track, evaluation, row))
    nodes = []
    for item in track.bonus:
        points = item_points(item, table, score)
        given = float(points[np.argmax(np.abs(points))]) if len(points) else 0.0
        if given == 0 or (given > 0) != (label == "加分"):
            continue
        same = [b for b in track.bonus if item.kind and b.kind == item.kind]
        note = "同类只计最高一项" if len(same) > 1 else ""
        if item.per or item.share_of_score is not None or item.window:
            note = bonus_words(item)
        if item.per:
            note = f"{int(_count(item.per, table))} 次；{note}"
        used = dict.fromkeys(n for f in item.formulas for n in parse(f).fields)
        cells = [sources[name].place for name in used if name in sources]
        clause = policy.clause(item.cite, illustrative=item.illustrative)
        words = "；".join(part for part in (clause, note) if part)
        nodes.append(Explanation(item.label, abs(given), "分", words, "；".join(cells)))
    return tuple(nodes)


def limit_clause(track: Track, label: str) -> str:
    """Return what limits all bonus or all penalty points together, "" where nothing does."""
    most = track.bonus_max if label == "加分" else track.penalty_max
    return f"{label}合计最多 {most:g} 分" if most is not None else ""


def indicator_node(
    policy: Policy,
    item: Indicator,
    evaluation: Evaluation,
    row: int,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> Explanation:
    """Return one indicator with its value, benchmark, weight and how the points came about."""
    key = item.key
    value, mark = evaluation.values[key][row], evaluation.benchmarks[key][row]
    weight, score = float(evaluation.weights[key][row]), float(evaluation.scores[key][row])
    formula = next((i.formula for i in evaluation.indicators if i.key == key), "") or key
    clause = policy.clause(item.cite, illustrative=item.illustrative)
    nodes = [_value(formula, item, float(value), evaluation.uscc[row], sources, dataset)]
    if item.benchmark.kind != "none":
        words = _mark_words(policy, item, evaluation.group[row])
        nodes.append(_figure_node("基准值", float(mark), item, words))
    elif isinstance(item.method, _BEST):
        nodes.append(_figure_node("最好值", float(mark), item, ""))
    gained = weight > item.weight
    shared = f"原为 {item.weight:g} 分，加上缺数据各项分来的权重；{clause}"
    nodes.append(Explanation("权重", weight, "分", shared if gained else clause))
    scored = float(scored_values(item, np.array([value]))[0])
    if np.isnan(scored) or np.isnan(_without_missing(item, scored, float(mark))):
        nodes.append(Explanation("缺数据", _missing(item)))
    else:
        sum_ = _worked_out(item, evaluation, row, scored, float(mark), weight)
        nodes.append(Explanation("计分", sum_, "", method_words(item)))
    return Explanation(item.shown_label, score, "分", clause, item.note, tuple(nodes))


def _missing(item: Indicator) -> str:
    return {
        "zero": "计 0 分",
        "average_score": "取该项得分的平均",
        "reweight": "不计分，权重分给其他各项",
        "penalty": f"计 {item.missing_points or 0:g} 分",
        "block": "计 0 分",
    }[item.missing]


def _without_missing(item: Indicator, value: float, mark: float) -> float:
    """Return NaN where a ratio cannot be formed although the value is known."""
    if isinstance(item.method, Bands | RankPoints | Efficacy | FlooredMinMax):
        return value
    if not mark > 0:
        return np.nan
    divides = item.direction == "cost" and not isinstance(item.method, ReverseLinear)
    return np.nan if divides and value <= 0 else value


def _worked_out(
    item: Indicator, evaluation: Evaluation, row: int, value: float, mark: float, weight: float
) -> str:
    """Return the sum in figures, such as 30 ×［20 ＋ 80 ×（12 － 2）÷（42 － 2）］÷ 100."""
    method, cost = item.method, item.direction == "cost"
    x, w, best = _shown(value, item), f"{weight:g}", _shown(mark, item)
    limits = ""
    if item.cap is not None:
        limits += f"，最高 {item.cap * weight:g} 分"
    if item.floor is not None:
        limits += f"，最低 {item.floor * weight:g} 分"
    if isinstance(method, ReverseLinear):
        k = f"{method.zero_at:g}"
        words = f"{w} ×（{k} － {x} ÷ {best}）÷ {k}，不高于 {w} 分，不低于 0 分"
    elif isinstance(method, Bands):
        side = "right" if method.includes == "from" else "left"
        ends = [band.high for band in method.bands if band.high is not None]
        band = method.bands[int(np.searchsorted(ends, value, side=side))]  # type: ignore[call-overload]
        words = f"{x} 在“{band_words(band, method, item)}”一段，得 {band.score:g} 分"
    elif isinstance(method, RankPoints):
        values, at = _population(item, evaluation, row, method.population)
        place, count = places(values, Members(np.zeros(len(values), dtype=np.int64), 1), cost=cost)
        words = f"在 {int(count[at])} 家中排第 {int(place[at])} 名"
        if not method.points and method.step is None:
            words = f"{w} ×（{count[at]} － {int(place[at])} ＋ 1）÷ {count[at]}，{words}"
        elif method.step is not None:
            words = f"{w} － {method.step:g} × {int(place[at]) - 1}，不低于 0 分，{words}"
    elif isinstance(method, FlooredMinMax | Efficacy):
        values, at = _population(item, evaluation, row, method.population)
        members = Members(np.zeros(len(values), dtype=np.int64), 1)
        worst, top = (float(end[0]) for end in ends_of(method, values, members, cost=cost))
        part = f"（{x} － {_shown(worst, item)}）÷（{_shown(top, item)} － {_shown(worst, item)}）"
        if worst == top:
            words = "各家数值相同，得满分" + (f" {w} 分" if _is_full(method) else "")
        elif isinstance(method, FlooredMinMax):
            words = f"{w} ×［{method.base:g} ＋ {method.span:g} ×{part}］÷ 100"
        elif method.shape == "linear":
            words = f"{w} ×［{method.base:g} ＋ {100 - method.base:g} ×{part}］÷ 100"
        else:
            words = f"{w} × {method.base:g} ×（100 ÷ {method.base:g}）的［{part}］次方 ÷ 100"
    elif cost:
        words = f"{best} ÷ {x} × {w}"
    else:
        words = f"{x} ÷ {best} × {w}"
    return words + limits


def _is_full(method: FlooredMinMax | Efficacy) -> bool:
    return isinstance(method, Efficacy) or method.base + method.span == 100


def _population(
    item: Indicator, evaluation: Evaluation, row: int, population: Population
) -> tuple[FloatArray, int]:
    """Return the values that one enterprise is compared with, and its own place in them."""
    mine = (evaluation.track == evaluation.track[row]) & ~np.isnan(evaluation.weights[item.key])
    if population == "group":
        mine &= evaluation.group == evaluation.group[row]
    rows = np.flatnonzero(mine)
    values = scored_values(item, evaluation.values[item.key][rows])
    return values, int(np.searchsorted(rows, row))


def _count(formula: str, table: Dataset) -> float:
    found = evaluate_number(parse(formula), table)
    return float(found[0]) if len(found) and found[0] == found[0] else 0.0


def _score_of(track: Track, evaluation: Evaluation, row: int) -> float:
    points = [float(evaluation.scores[item.key][row]) for item in track.indicators]
    return sum(p for p in points if p == p)


def _shown(value: float, item: Indicator) -> str:
    return f"{value * 100:.4g}%" if item.is_share else f"{value:.6g}"


def _figure_node(label: str, value: float, item: Indicator, clause: str) -> Explanation:
    known = None if np.isnan(value) else value
    return Explanation(label, known, item.shown_unit, clause, is_share=item.is_share)


def _mark_words(policy: Policy, item: Indicator, group: str) -> str:
    rule: Benchmark = item.benchmark
    doubtful = rule.illustrative or item.illustrative
    clause = policy.clause(rule.cite or item.cite, illustrative=doubtful)
    if rule.values:
        return f"{benchmark_words(rule, item)}；{clause}"
    if rule.kind == "fixed":
        return f"固定值；{clause}"
    if rule.kind != "average" or rule.population == "all":
        words = benchmark_words(rule, item)
        return f"{words.replace('本组', f'{group} 参评企业', 1)}；{clause}"
    who = f"{group} 参评企业" if rule.population == "group" else "本组别参评企业"
    year = "上一年度" if rule.year == "previous" else "本年度"
    how = "总量之比" if rule.average == "ratio_of_totals" else "比值的平均"
    times = f"的 {rule.multiple:g} 倍" if rule.multiple != 1 else ""
    return f"{who}{year}平均值（{how}）{times}；{clause}"


def _value(
    formula: str,
    item: Indicator,
    value: float,
    uscc: str,
    sources: Mapping[str, SourceCell],
    dataset: Dataset | None,
) -> Explanation:
    field = FIELDS.get(formula)
    parts = parse(field.formula if field and field.is_derived else formula).fields
    nodes = [_raw(name, uscc, sources, dataset) for name in parts] if dataset is not None else []
    direct = sources.get(formula)
    return Explanation(
        "数值",
        None if np.isnan(value) else value,
        item.shown_unit,
        " ÷ ".join(label_of(name) for name in parts) if field and field.is_derived else "",
        direct.place if direct else "",
        tuple(nodes),
        item.is_share,
    )


def _raw(
    name: str, uscc: str, sources: Mapping[str, SourceCell], dataset: Dataset | None
) -> Explanation:
    field = FIELDS[name]
    value: float | str | None = None
    nodes: tuple[Explanation, ...] = ()
    if dataset is not None and dataset.has(name):
        rows = np.flatnonzero(dataset.text("uscc") == uscc)
        if len(rows):
            held = dataset.columns[name][rows[0]]
            value = None if held is None or held != held else held
    if field.is_derived and value is None:
        nodes = tuple(_raw(part, uscc, sources, dataset) for part in parse(field.formula).fields)
        numbers = [n.value for n in nodes if isinstance(n.value, float)]
        value = _combined(name, uscc, dataset) if numbers else None
    cell = sources.get(name)
    return Explanation(
        field.label,
        float(value) if isinstance(value, float | np.floating) else value,
        field.unit,
        field.note,
        cell.place if cell else "",
        nodes,
    )


def _combined(name: str, uscc: str, dataset: Dataset | None) -> float | None:
    if dataset is None:
        return None
    rows = np.flatnonzero(dataset.text("uscc") == uscc)
    value = derive(dataset.take(rows), [name]).dataset.number(name)[0]
    return None if np.isnan(value) else float(value)
