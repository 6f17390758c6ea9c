"""Tariffs in plain sentences."""

from __future__ import annotations

from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval.policy.tariff import Provision, Rate, Tariff
from zoneeval_ui.pages.policies.content import Line, Part


def tariff_parts(tariff: Tariff) -> list[Part]:
    """Return the measures of a tariff and how they are counted, or why there are none."""
    if not tariff.rates and not tariff.provisions:
        utilities = "、".join(tariff.utilities)
        reason = tariff.empty_reason or "没有见到公布的标准，加价标准列写“待定”。"
        return [
            Part(
                "加价标准", (Line(f"清单按{utilities}分别编制。"), Line(reason, illustrative=True))
            )
        ]
    parts = [
        Part("加价和减免标准", tuple(_rate(tariff, rate) for rate in tariff.rates)),
        Part("其他措施", tuple(_provision(tariff, item) for item in tariff.provisions)),
        Part("怎样计算", tuple(_counting(tariff))),
    ]
    return [part for part in parts if part.lines]


def _rate(tariff: Tariff, rate: Rate) -> Line:
    years = ""
    if rate.from_consecutive_year > 1:
        years = f"（连续第 {rate.from_consecutive_year} 年起）"
    span = f"，{rate.starts} 至 {rate.ends}" if rate.starts or rate.ends else ""
    word = DIRECTION_WORDS[rate.direction]
    return Line(
        f"{rate.kind}，{rate.grade} 类{years}：{word} {rate.amount:g} {rate.unit}{span}。",
        tariff.clause(rate.cite, illustrative=rate.illustrative),
        rate.illustrative,
    )


def _provision(tariff: Tariff, item: Provision) -> Line:
    return Line(
        f"{item.kind}，{item.grade} 类：{item.content}。",
        tariff.clause(item.cite, illustrative=item.illustrative),
        item.illustrative,
    )


def _counting(tariff: Tariff) -> list[Line]:
    lines = []
    if any(rate.from_consecutive_year > 1 for rate in tariff.rates):
        anew = "中断后重新计算" if tariff.restart == "anew" else "中断以前的年数接着计算"
        assumed = "（文件未说明，按通常理解）" if tariff.restart_assumed else ""
        since = f"，从 {tariff.counts_from} 年起算" if tariff.counts_from else ""
        lines.append(Line(f"连续年数{anew}{assumed}{since}。", illustrative=tariff.restart_assumed))
    if tariff.stacking == "highest":
        words = "企业已执行其他加价的，只执行最高的一种，不叠加。"
        lines.append(Line(words, tariff.clause(tariff.stacking_cite)))
    for item in tariff.exemptions:
        kinds = "、".join(item.kinds) or "全部措施"
        clause = tariff.clause(item.cite, illustrative=item.illustrative)
        lines.append(Line(f"{item.label}，免于执行{kinds}的加价。", clause, item.illustrative))
    return lines
