"""Formulas of values, benchmarks and points on 得分过程."""

from __future__ import annotations

import numpy as np

from zoneeval.engine.derive import derive
from zoneeval.expressions import Expression, evaluate_number, parse, quotient_parts
from zoneeval.expressions.excel import NotRenderableError, both
from zoneeval.expressions.parsing import SCORE
from zoneeval.model.fields import FIELDS
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    Ratio,
    RatioToBest,
    ReverseLinear,
)
from zoneeval.policy.schema import Indicator
from zoneeval.report.live.basis import Block, Live, cell_of
from zoneeval.report.live.sheet import HERE

_DASH = '"—"'
_MOST_BANDS = 50


def add_indicator(live: Live, block: Block, item: Indicator) -> None:
    """Add value, benchmark and points of an indicator for one track."""
    sheet, key, label = live.process, item.key, item.shown_label
    formula = live.formula_of(item)
    value, scored = f"value:{key}", f"scored:{key}"
    sheet.fill(value, f"{label}数值", block.rows, cell_of(live, formula))
    if item.negative == "zero" or item.zero == "missing":
        text = _scored(item, sheet.here(value, HERE))
        sheet.fill(scored, f"{label}计分数值", block.rows, text)
    else:
        scored = value
    if item.benchmark.kind != "none":
        _add_benchmark(live, block, item, formula, scored)
    reweighs = any(other.missing == "reweight" for other in block.track.indicators)
    raw = f"raw:{key}" if reweighs or item.missing == "average_score" else SCORE + key
    heading = f"{label}得分" if raw.startswith(SCORE) else f"{label}得分（缺数据未处理）"
    try:
        known, text = _points(live, block, item, scored)
    except NotRenderableError:
        scores = [float(live.evaluation.scores[key][live.source[r]]) for r in block.rows]
        live.give_values(SCORE + key, f"{label}得分", block.rows, scores)
        return
    filled = "0"
    if item.missing == "penalty":
        filled = live.parameters.cell(
            block.track.label, label, "缺数据计分", item.missing_points or 0
        )
    otherwise = filled if raw.startswith(SCORE) else _DASH
    sheet.fill(raw, heading, block.rows, f"IF({known},{text},{otherwise})")
    if item.missing == "average_score" and not reweighs:
        span, own = sheet.span(raw, block.rows), sheet.here(raw, HERE)
        mean = f"IF(COUNT({span})>0,SUM({span})/COUNT({span}),0)"
        text = f"IF(ISNUMBER({own}),{own},{mean})"
        sheet.fill(SCORE + key, f"{label}得分", block.rows, text)


def _scored(item: Indicator, cell: str) -> str:
    text = f"MAX({cell},0)" if item.negative == "zero" else cell
    if item.zero == "missing":
        text = f"IF({text}=0,{_DASH},{text})"
    return f"IF(ISNUMBER({cell}),{text},{_DASH})"


def _add_benchmark(live: Live, block: Block, item: Indicator, formula: str, scored: str) -> None:
    rule, key, label = item.benchmark, f"mark:{item.key}", f"{item.shown_label}基准值"
    sheet, figure = live.process, live.parameters.cell
    track = block.track.label
    if rule.kind == "fixed":
        cell = figure(track, item.shown_label, "基准值", float(rule.value or 0))
        sheet.once(key, label, block.rows, cell)
        return
    times = figure(track, item.shown_label, "基准倍数", rule.multiple)
    spans = block.groups if rule.population == "group" else (block.rows,)
    if rule.year == "previous" or rule.population == "all":
        what = "上一年度" if rule.year == "previous" else "全部参评企业"
        for group in spans if rule.population == "group" else (block.rows,):
            mark = float(live.evaluation.benchmarks[item.key][live.source[group[0]]])
            name = str(live.evaluation.group[live.source[group[0]]])
            where = f"（{name}）" if len(block.groups) > 1 and rule.population == "group" else ""
            if not np.isfinite(mark):
                sheet.once(key, label, group, _DASH)
                continue
            cell = figure(
                track, item.shown_label, f"{what}基准数{where}（已算出）", mark / rule.multiple
            )
            sheet.once(key, label, group, f"{cell}*{times}")
        live.said.append(f"“{label}”所依据的{what}数据不在本表，在“办法参数”中给出已算出的数值")
        return
    text = {
        "maximum": "MAX({0})",
        "minimum": "MIN({0})",
        "median": "MEDIAN({0})",
        "percentile": "PERCENTILE({0},{1})",
    }.get(rule.kind, "SUM({0})/COUNT({0})")
    share = ""
    if rule.kind == "percentile":
        share = figure(track, item.shown_label, "基准分位", rule.percentile or 0.5)
    parts = None
    if rule.kind == "average":
        own = sheet.here(scored, HERE) if item.zero == "missing" else ""
        parts = _add_parts(live, block, item, formula, f"ISNUMBER({own})" if own else "")
    for group in spans:
        if parts:
            top, bottom = (sheet.span(part, group) for part in parts)
            ratio = f"IF(SUM({bottom})<>0,SUM({top})/SUM({bottom})*{times},{_DASH})"
            sheet.once(key, label, group, f"IF(COUNT({top})>0,{ratio},{_DASH})")
        else:
            span = sheet.span(scored, group)
            found = text.format(span, share)
            sheet.once(key, label, group, f"IF(COUNT({span})>0,{found}*{times},{_DASH})")


def _add_parts(
    live: Live, block: Block, item: Indicator, formula: str, counts: str
) -> tuple[str, str] | None:
    """Add numerator and denominator of those who know both, or return None for a mean.

    ``counts`` is what else must hold for an enterprise to be averaged.
    """
    if item.benchmark.average == "mean_of_ratios":
        return None
    known = FIELDS.get(formula)
    parts = quotient_parts(parse(known.formula if known and known.is_derived else formula))
    if parts is None or not _has_parts(live, block, parts):
        return None
    keys = (f"top:{item.key}", f"bottom:{item.key}")
    heads = (f"{item.shown_label}基准分子", f"{item.shown_label}基准分母")
    top, bottom = (live.renderer.number(part.tree) for part in parts)
    met = both((*top.known, *bottom.known, f"{bottom.value}<>0", *([counts] if counts else [])))
    for k, heading, part in zip(keys, heads, (top, bottom), strict=True):
        live.process.fill(k, heading, block.rows, f"IF({met},{part.value},{_DASH})")
    return keys


def _has_parts(live: Live, block: Block, parts: tuple[Expression, Expression]) -> bool:
    """Tell whether anybody knows both parts; else the engine takes the mean of the ratios."""
    places = np.array([live.places[row] for row in block.rows], dtype=np.int64)
    names = [name for tree in parts for name in tree.fields]
    table = derive(live.dataset.take(places), names).dataset
    top, bottom = (evaluate_number(tree, table) for tree in parts)
    return bool((~np.isnan(top) & ~np.isnan(bottom)).any())


def _points(live: Live, block: Block, item: Indicator, scored: str) -> tuple[str, str]:
    """Return when points can be given, and the points."""
    sheet, method, label = live.process, item.method, item.shown_label
    track, cost = block.track.label, item.direction == "cost"

    def figure(what: str, value: float) -> str:
        return live.parameters.cell(track, label, what, value)

    weight = figure("权重", item.weight)
    cap = figure("得分上限（权重的倍数）", item.cap) if item.cap is not None else ""
    floor = figure("得分下限（权重的倍数）", item.floor) if item.floor is not None else ""

    def limited(text: str, times: str = "") -> str:
        text = f"MIN({text},{cap}{times})" if cap else text
        return f"MAX({text},{floor}{times})" if floor else text

    worst = best = ""
    if isinstance(method, FlooredMinMax | Efficacy | RatioToBest):
        if isinstance(method, Efficacy) and method.shape != "linear":
            raise NotRenderableError("exponential")
        worst, best = _add_ends(live, block, item, scored)
    v = sheet.here(scored, HERE)
    if isinstance(method, Ratio | RatioToBest):
        b = best or sheet.here(f"mark:{item.key}", HERE)
        known = [f"ISNUMBER({v})", f"ISNUMBER({b})", f"{b}>0"]
        ratio = f"{b}/{v}" if cost else f"{v}/{b}"
        known += [f"{v}>0"] if cost else []
        return both(known), f"{limited(ratio)}*{weight}"
    if isinstance(method, ReverseLinear):
        b, zero = sheet.here(f"mark:{item.key}", HERE), figure("得 0 分的倍数", method.zero_at)
        share = f"MAX(0,MIN(1,({zero}-{v}/{b})/{zero}))"
        known = [f"ISNUMBER({v})", f"ISNUMBER({b})", f"{b}>0"]
        return both(known), limited(f"{weight}*{share}", f"*{weight}")
    if isinstance(method, Bands):
        return f"ISNUMBER({v})", limited(_banded(live, block, item, v), f"*{weight}")
    if isinstance(method, FlooredMinMax | Efficacy):
        base = figure("基础分", method.base)
        span = f"(100-{base})"
        if isinstance(method, FlooredMinMax):
            span = figure("分距", method.span)
        part = f"IF({best}-{worst}=0,1,({v}-{worst})/({best}-{worst}))"
        text = f"{weight}*({base}+{span}*{part})/100"
        return f"ISNUMBER({v})", limited(text, f"*{weight}")
    raise NotRenderableError(method.kind)


def _banded(live: Live, block: Block, item: Indicator, value: str) -> str:
    method = item.method
    assert isinstance(method, Bands)
    if len(method.bands) > _MOST_BANDS:
        raise NotRenderableError("bands")

    def figure(what: str, number: float) -> str:
        return live.parameters.cell(block.track.label, item.shown_label, what, number)

    sign = "<" if method.includes == "from" else "<="
    text = figure(f"第 {len(method.bands)} 段得分", method.bands[-1].score)
    for number in range(len(method.bands) - 1, 0, -1):
        band = method.bands[number - 1]
        end = figure(f"第 {number} 段止", band.high or 0)
        score = figure(f"第 {number} 段得分", band.score)
        text = f"IF({value}{sign}{end},{score},{text})"
    return text


def _add_ends(live: Live, block: Block, item: Indicator, scored: str) -> tuple[str, str]:
    """Add worst and best value per population, and return their cells."""
    sheet, method, label = live.process, item.method, item.shown_label
    assert isinstance(method, FlooredMinMax | Efficacy | RatioToBest)
    cost, keys = item.direction == "cost", (f"worst:{item.key}", f"best:{item.key}")
    given: list[float | None] = [None, None]
    if isinstance(method, Efficacy):
        given = [method.worst, method.best]
    for group in block.groups if method.population == "group" else (block.rows,):
        span = sheet.span(scored, group)
        texts = ["MAX({0})", "MIN({0})"] if cost else ["MIN({0})", "MAX({0})"]
        if isinstance(method, RatioToBest) and cost:
            texts[1] = 'SMALL({0},COUNTIF({0},"<=0")+1)'
        for key, text, own, name in zip(keys, texts, given, ("最差值", "最好值"), strict=True):
            found = text.format(span)
            if isinstance(method, RatioToBest) and cost and name == "最好值":
                asked = f'COUNTIF({span},">0")>0'
            else:
                asked = f"COUNT({span})>0"
            found = f"IF({asked},{found},{_DASH})"
            if own is not None:
                found = live.parameters.cell(block.track.label, label, name, own)
            sheet.once(key, f"{label}{name}", group, found)
    return sheet.here(keys[0], HERE), sheet.here(keys[1], HERE)


def add_reweighing(live: Live, block: Block) -> None:
    """Spread the weight of missing figures over those the enterprise has."""
    items = block.track.indicators
    if not any(item.missing == "reweight" for item in items):
        return
    sheet = live.process
    if any(f"raw:{item.key}" not in sheet.at for item in items):
        raise NotRenderableError("reweight")
    known, lost = [], []
    for item in items:
        weight = live.parameters.cell(block.track.label, item.shown_label, "权重", item.weight)
        own = f"ISNUMBER({sheet.here(f'raw:{item.key}', HERE)})"
        known.append(f"IF({own},{weight},0)")
        if item.missing == "reweight":
            lost.append(f"IF({own},0,{weight})")
    sheet.fill("held", "有数据的权重", block.rows, "+".join(known))
    sheet.fill("freed", "缺数据分出的权重", block.rows, "+".join(lost))
    h, f = sheet.here("held", HERE), sheet.here("freed", HERE)
    text = f"IF({h}>0,IF({f}>0,({h}+{f})/{h},1),1)"
    sheet.fill("factor", "权重放大倍数", block.rows, text)
    for item in items:
        raw = f"raw:{item.key}"
        otherwise = "0"
        if item.missing == "average_score":
            span = sheet.span(raw, block.rows)
            otherwise = f"IF(COUNT({span})>0,SUM({span})/COUNT({span}),0)"
        elif item.missing == "penalty":
            otherwise = live.parameters.cell(
                block.track.label, item.shown_label, "缺数据计分", item.missing_points or 0
            )
        own = sheet.here(raw, HERE)
        text = f"IF(ISNUMBER({own}),{own}*{sheet.here('factor', HERE)},{otherwise})"
        sheet.fill(SCORE + item.key, f"{item.shown_label}得分", block.rows, text)
