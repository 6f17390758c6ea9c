"""One published report of a zone's figures, and the labels that reports share."""

from __future__ import annotations

from dataclasses import dataclass

B = "B（报刊、新闻网站报道）"
C = "C（转载、百科、文库等副本）"
VA, FAI, REV = "规上工业增加值", "固定资产投资", "规上主营业务收入"
TAX, JOBS, BUILT, PLAN = "税收收入", "从业人员", "建成区面积", "规划面积"
UNSEEN = "转引（二手资料，原文未见）"
INCOME = "原文为“收入”，口径未说明"


@dataclass(frozen=True, slots=True)
class Report:
    """What one source says of one zone in one period: 指标, 数值, 单位[, 口径]."""

    zone: str
    year: int
    period: str
    source: str
    confidence: str
    figures: tuple[tuple[str, float, str] | tuple[str, float, str, str], ...]
    scope: str = "产业集聚区"
