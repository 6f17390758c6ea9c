"""Star ladders and tariffs in plain sentences."""

from __future__ import annotations

from zoneeval.model.standing import level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Criterion, Ladder
from zoneeval.policy.tariff import Rate, Tariff
from zoneeval_ui.pages.policies.content import Line, Part
from zoneeval_ui.pages.wording import figure


def ladder_parts(ladder: Ladder) -> list[Part]:
    """Return what a ladder is for and what each level asks."""
    lines = [Line(f"分 {ladder.levels} 级：门槛和一星至{level_name(ladder.levels - 1)}。")]
    if ladder.scope:
        lines.append(Line(f"适用范围：{ladder.scope}。"))
    if ladder.valid_from or ladder.valid_to:
        start = f"{ladder.valid_from} 年起" if ladder.valid_from else ""
        end = f"到 {ladder.valid_to} 年止" if ladder.valid_to else ""
        lines.append(Line(f"适用年度：{start}{end}。"))
    assumed = "（文件未说明，按通常理解）" if ladder.combine_assumed else ""
    lines.append(
        Line(f"各项指标须全部达到才算这一级{assumed}。", illustrative=ladder.combine_assumed)
    )
    asked = tuple(_criterion(ladder, item) for item in ladder.criteria)
    return [Part("怎样用", tuple(lines)), Part("各级门槛", asked)]


def _criterion(ladder: Ladder, item: Criterion) -> Line:
    label = item.label or ZONE_INDICATORS[item.indicator].label
    unit = f"（{item.unit}）" if item.unit else ""
    steps = [
        f"{level_name(level)} {_threshold(cell, share=not item.unit)}"
        for level, cell in enumerate(item.thresholds)
        if cell != ""
    ]
    limit = "不高于" if item.direction == "cost" else "不低于"
    return Line(
        f"{label}{unit}{limit}：{'，'.join(steps)}。",
        ladder.clause(item.cite, illustrative=item.illustrative),
        item.illustrative or "unknown" in item.thresholds,
    )


def _threshold(cell: float | str, *, share: bool) -> str:
    return "未知" if isinstance(cell, str) else figure(cell, share=share)


def tariff_parts(tariff: Tariff) -> list[Part]:
    """Return the rates of a tariff, or why there are none."""
    if not tariff.rates:
        utilities = "、".join(tariff.utilities)
        reason = tariff.empty_reason or "没有见到公布的标准，加价标准列写“待定”。"
        return [
            Part(
                "加价标准", (Line(f"清单按{utilities}分别编制。"), Line(reason, illustrative=True))
            )
        ]
    return [Part("加价标准", tuple(_rate(tariff, rate) for rate in tariff.rates))]


def _rate(tariff: Tariff, rate: Rate) -> Line:
    years = ""
    if rate.from_consecutive_year > 1:
        years = f"（连续第 {rate.from_consecutive_year} 年起）"
    span = f"，{rate.starts} 至 {rate.ends}" if rate.starts or rate.ends else ""
    return Line(
        f"{rate.utility}，{rate.grade} 类{years}：加价 {rate.amount:g} {rate.unit}{span}。",
        tariff.clause(rate.cite, illustrative=rate.illustrative),
        rate.illustrative,
    )
