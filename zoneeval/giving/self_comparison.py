"""How the official star differs from the expected one, indicator by indicator."""

from __future__ import annotations

from zoneeval.giving.self_assessment import (
    SelfAssessment,
    as_number,
    difference_words,
    interval,
    lower_is_better,
    met_at,
    shortfall,
    threshold_words,
    value_words,
)
from zoneeval.model.standing import CriterionStanding, level_name
from zoneeval.units import convert


def comparison(made: SelfAssessment) -> list[str]:
    """Return how the official star differs from the expected one, indicator by indicator."""
    standing, official = made.standing, made.standing.official
    if official is None:
        return ["没有录入本年度的认定结果。认定公布后录入，即可与自评比较。"]
    low, high = as_number(standing.at_least), as_number(standing.at_most)
    expected = interval(standing.at_least, standing.at_most)
    head = f"认定为{level_name(official)}，自评为{expected}，"
    if low <= official <= high:
        same = "两者一致。" if low == high else "认定结果在自评的范围之内。"
        return [head + same]
    if official > high:
        return [f"{head}认定高于自评 {official - high} 级。", *_above(made, official)]
    return [f"{head}认定低于自评 {low - official} 级。", *_below(made, official)]


def _above(made: SelfAssessment, official: int) -> list[str]:
    lines = []
    for one in made.standing.criteria:
        if met_at(one, official) != "unmet":
            continue
        words = (
            f"{one.label}：本单位数为 {value_words(one, one.value)}，没有达到"
            f"{level_name(official)}的要求 {threshold_words(one, official)}"
        )
        other = _other_figure(made, one, official)
        lines.append(f"{words}{other or '，认定所用的数可能不同，请核对'}。")
    return _with_points(made, lines)


def _below(made: SelfAssessment, official: int) -> list[str]:
    level = official + 1
    margins = []
    for one in made.standing.criteria:
        short = shortfall(made, one, level)
        asked = one.thresholds[level] if level < len(one.thresholds) else None
        if short is None or short > 0 or not isinstance(asked, float | int) or not asked:
            continue
        margins.append((-short / abs(asked), one))
    margins.sort(key=lambda pair: pair[0])
    lines = [
        f"{one.label}：超出{level_name(level)}的要求 {threshold_words(one, level)}"
        f"仅 {share * 100:.1f}%，认定所用的数略有不同就会达不到。"
        for share, one in margins[:3]
        if share < _NARROW
    ]
    same = []
    for one in made.standing.criteria:
        other = _other_figure(made, one, level)
        if "达不到" in other:
            lines.append(f"{one.label}：自评用 {value_words(one, one.value)}{other}。")
        elif other:
            same.append(one.label)
    if same:
        lines.append(
            f"{'、'.join(same)}：汇总数与公布数不同，但改用另一个数仍达到{level_name(level)}的要求，"
            "不能解释这一差别。"
        )
    return _with_points(made, lines)


_NARROW = 0.1
"""A margin below this share of what is asked is called narrow."""


def _points_lines(made: SelfAssessment) -> list[str]:
    """Return the items of a score whose figure might have been another one."""
    composite = made.ladder.composite
    if composite is None:
        return []
    parts = {
        item.id: {measure.indicator for measure, _ in item.measured} for item in composite.items
    }
    lines = []
    for one in made.standing.items:
        for key in sorted(parts.get(one.id, set())):
            figure = made.figures.get(key)
            if figure is None or not figure.difference or figure.used is None:
                continue
            words = f"“{one.label}”得 {one.points_at_least:.2f} 分，所用的{figure.definition.label}"
            lines.append(f"{words}汇总数与公布数相差 {difference_words(figure)}。")
    return lines


def _with_points(made: SelfAssessment, lines: list[str]) -> list[str]:
    """Return the lines with those on points, and how far they may be trusted."""
    found = [*lines, *_points_lines(made)]
    return [*found, *_closing(bool(found))]


def _closing(found: bool) -> list[str]:
    if found:
        return [
            "以上是按指标查出的可能原因，是否如此须向认定机关核实；一票否决和扣分事项也须核对。"
        ]
    return [
        "按指标没有查出确定的原因，差别可能来自认定所用的数、一票否决和扣分、升降限制或认定办法本身，"
        "须向认定机关核实。"
    ]


def _other_figure(made: SelfAssessment, one: CriterionStanding, level: int) -> str:
    """Return what the figure that was not used would give; "" where there is none."""
    figure = made.figures.get(one.key)
    asked = one.thresholds[level] if level < len(one.thresholds) else None
    if figure is None or not figure.difference:
        return ""
    computed = figure.slot == "computed"
    other = figure.official if computed else figure.computed
    if other is None:
        return ""
    value = convert(other, figure.definition.unit, one.unit)
    words = f"（{'汇总数' if computed else '公布数'}），另有{'公布数' if computed else '汇总数'} "
    words += value_words(one, value)
    if isinstance(asked, str) or asked is None:
        return words
    short = value - asked if lower_is_better(made, one) else asked - value
    verb = "达不到" if short > 0 else "达到"
    return f"{words}，改用后{verb}{level_name(level)}的要求 {value_words(one, asked)}"
