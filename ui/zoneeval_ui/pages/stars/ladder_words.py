"""A star ladder in plain sentences: what it is for, what each level asks, what moves it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

from zoneeval.model.standing import level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion, Ladder
from zoneeval_ui.pages.policies.content import Line, Part
from zoneeval_ui.pages.policies.parts import Form
from zoneeval_ui.pages.stars.ladder_forms import MEASURES
from zoneeval_ui.pages.stars.ladder_rule_forms import rule_forms
from zoneeval_ui.pages.stars.ladder_score_forms import COLUMNS, score_forms
from zoneeval_ui.pages.wording import figure

_PLACES = ("rank", "rank_change")


def ladder_parts(ladder: Ladder) -> list[Part]:
    """Return what a ladder is for, what each level asks, and every rule beside it."""
    data = tomllib.loads(ladder.text)
    made = ladder.composite
    scores = score_forms(data)
    parts = [Part("怎样用", tuple(_use(ladder)))]
    if ladder.criteria:
        parts.append(Part("各级门槛", tuple(_criterion(ladder, c) for c in ladder.criteria)))
    if made is not None:
        weights = [f"权重 {item.weight:g}，" for item in made.items]
        parts.append(_part(ladder, scores[0], made.items, weights))
        parts.append(Part("得分怎样定级", tuple(_levels(ladder))))
    rules: dict[str, Sequence[Any]] = {
        "准入条件": ladder.gates,
        "否决和降级": ladder.vetoes,
        "加分": made.bonuses if made else (),
        "扣分": made.deductions if made else (),
        "星级升降": (ladder.movement,) if ladder.movement else (),
        "连续多年": ladder.years_rules,
        "同类组": ladder.peers,
    }
    parts += [_part(ladder, form, rules[form.title]) for form in rule_forms(data)]
    return [part for part in parts if part.lines]


def _part(
    ladder: Ladder, form: Form, rules: Sequence[Any], before: Sequence[str] | None = None
) -> Part:
    lines = []
    for at, (row, rule) in enumerate(zip(form.rows, rules, strict=True)):
        illustrative = bool(getattr(rule, "illustrative", False))
        cite = getattr(rule, "cite", "")
        clause = ladder.clause(cite, illustrative=illustrative) if cite or illustrative else ""
        words = f"{row.label}：{before[at] if before else ''}{row.words}。"
        lines.append(Line(words, clause, illustrative or "未知" in row.words))
    return Part(form.title, tuple(lines))


def _use(ladder: Ladder) -> list[Line]:
    lines = [Line(f"分 {ladder.levels} 级：门槛和一星至{level_name(ladder.levels - 1)}。")]
    if ladder.scope:
        lines.append(Line(f"适用范围：{ladder.scope}。"))
    if ladder.valid_from or ladder.valid_to:
        start = f"{ladder.valid_from} 年起" if ladder.valid_from else ""
        end = f"到 {ladder.valid_to} 年止" if ladder.valid_to else ""
        lines.append(Line(f"适用年度：{start}{end}。"))
    if ladder.criteria:
        assumed = "（文件未说明，按通常理解）" if ladder.combine_assumed else ""
        lines.append(Line(f"{_combining(ladder)}{assumed}。", illustrative=ladder.combine_assumed))
        if not ladder.cumulative:
            lines.append(Line("各级单独判断，不必先达到下面各级。"))
    if ladder.gate_consequence:
        lines.append(Line(f"达不到门槛的：{ladder.gate_consequence}。"))
    return lines


def _combining(ladder: Ladder) -> str:
    need = f"{ladder.need:g}" if ladder.need is not None else ""
    if ladder.combine == "n_of":
        return f"{len(ladder.criteria)} 项指标达到 {need} 项就算这一级"
    if ladder.combine == "mandatory":
        return f"必达指标须全部达到，其余达到 {need} 项，才算这一级"
    if ladder.combine == "weighted":
        return f"达到的指标权重合计不低于 {need} 才算这一级"
    return "各项指标须全部达到才算这一级"


def _criterion(ladder: Ladder, item: Criterion) -> Line:
    label = item.label or ZONE_INDICATORS[item.indicator].label
    if item.measure != "value":
        label += f"（{dict(MEASURES)[item.measure]}）"
    unit = f"（{item.unit}）" if item.unit else ""
    share = not item.unit and item.measure not in _PLACES
    steps = [
        f"{level_name(level)} {'未知' if isinstance(cell, str) else figure(cell, share=share)}"
        for level, cell in enumerate(item.thresholds)
        if cell != ""
    ]
    limit = "不高于" if item.direction == "cost" else "不低于"
    extra = "，必须达到" if item.mandatory else ""
    if ladder.combine == "weighted":
        extra += f"，权重 {item.weight:g}"
    if item.peers:
        labels = {peer.id: peer.label for peer in ladder.peers}
        extra += f"，只要求{'、'.join(labels.get(key, key) for key in item.peers)}"
    return Line(
        f"{label}{unit}{limit}：{'，'.join(steps) or '各级都不要求'}{extra}。",
        ladder.clause(item.cite, illustrative=item.illustrative),
        item.illustrative or "unknown" in item.thresholds,
    )


def _levels(ladder: Ladder) -> list[Line]:
    made = ladder.composite
    if made is None or made.levels is None:
        return [Line("得分只用于排名，不定级。")]
    levels = made.levels
    clause = ladder.clause(levels.cite, illustrative=levels.illustrative)
    lines = []
    for name, cells in levels.columns:
        words, times = COLUMNS[name]
        steps = [
            f"{level_name(level)} {'未知' if isinstance(cell, str) else figure(cell * times)}"
            for level, cell in enumerate(cells)
            if cell != ""
        ]
        unknown = levels.illustrative or "unknown" in cells
        lines.append(Line(f"{words}：{'，'.join(steps)}。", clause, unknown))
    if ladder.criteria:
        lines.append(Line("与各项门槛比较，取较低的一级。"))
    return lines
