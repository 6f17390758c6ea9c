"""The registry of zone indicators: what is summed over enterprises, what is typed in.

A total is summed over the enterprises of its population and may also be entered as
an official figure; both are kept.  A ratio names its two totals, so that its
numerator, denominator and population are part of the definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Population = Literal["all", "above_scale"]


@dataclass(frozen=True, slots=True)
class ZoneIndicator:
    """One indicator of a zone and year.

    ``sums`` is the enterprise field that is summed ("" where the figure is only
    typed in, "*" for a count of enterprises); ``numerator`` and ``denominator`` are
    identifiers of other zone indicators where this one is a ratio.
    """

    key: str
    label: str
    unit: str
    population: Population = "all"
    sums: str = ""
    numerator: str = ""
    denominator: str = ""
    aliases: tuple[str, ...] = ()
    lower_is_better: bool = False
    is_share: bool = False

    @property
    def is_ratio(self) -> bool:
        """Tell whether the value is a quotient of two other indicators."""
        return bool(self.numerator)


_TOTALS = (
    ZoneIndicator("enterprise_count", "工业企业数", "家", sums="*"),
    ZoneIndicator(
        "above_scale_count", "规上工业企业数", "家", "above_scale", "*", aliases=("规上企业数",)
    ),
    ZoneIndicator(
        "above_scale_value_added",
        "规上工业增加值",
        "万元",
        "above_scale",
        "value_added",
        aliases=("规模以上工业增加值", "增加值"),
    ),
    ZoneIndicator(
        "above_scale_output_value",
        "规上工业总产值",
        "万元",
        "above_scale",
        "output_value",
        aliases=("规上产值",),
    ),
    ZoneIndicator(
        "above_scale_revenue",
        "规上主营业务收入",
        "万元",
        "above_scale",
        "revenue",
        aliases=("规上主营",),
    ),
    ZoneIndicator("above_scale_profit", "规上利润总额", "万元", "above_scale", "profit"),
    ZoneIndicator("above_scale_rd_expense", "规上研发费用", "万元", "above_scale", "rd_expense"),
    ZoneIndicator(
        "above_scale_headcount", "规上平均用工人数", "人", "above_scale", "average_headcount"
    ),
    ZoneIndicator("above_scale_energy", "规上综合能耗", "吨标准煤", "above_scale", "energy_use"),
    ZoneIndicator("tax_revenue", "税收收入", "万元", sums="tax_paid", aliases=("税收",)),
    ZoneIndicator("revenue", "主营业务收入", "万元", sums="revenue"),
    ZoneIndicator("profit", "利润总额", "万元", sums="profit"),
    ZoneIndicator("employees", "从业人员", "人", sums="average_headcount", aliases=("从业人员数",)),
    ZoneIndicator("fixed_asset_investment", "固定资产投资", "万元", sums="fixed_asset_investment"),
    ZoneIndicator("industrial_land", "工业用地面积", "亩", sums="land_area", aliases=("工业用地",)),
    ZoneIndicator("built_area", "建成区面积", "亩", aliases=("建成区", "建成面积")),
    ZoneIndicator("planned_area", "规划面积", "亩"),
    ZoneIndicator("gdp", "地区生产总值", "万元", aliases=("GDP",)),
)


def _ratio(
    key: str,
    label: str,
    unit: str,
    top: str,
    bottom: str,
    *,
    lower: bool = False,
    share: bool = False,
) -> ZoneIndicator:
    return ZoneIndicator(
        key, label, unit, numerator=top, denominator=bottom, lower_is_better=lower, is_share=share
    )


_RATIOS = (
    _ratio(
        "value_added_per_built_mu",
        "建成区亩均增加值",
        "万元/亩",
        "above_scale_value_added",
        "built_area",
    ),
    _ratio("tax_per_built_mu", "建成区亩均税收", "万元/亩", "tax_revenue", "built_area"),
    _ratio(
        "tax_per_industrial_mu", "工业用地亩均税收", "万元/亩", "tax_revenue", "industrial_land"
    ),
    _ratio(
        "value_added_per_industrial_mu",
        "工业用地亩均增加值",
        "万元/亩",
        "above_scale_value_added",
        "industrial_land",
    ),
    _ratio(
        "labor_productivity",
        "全员劳动生产率",
        "万元/人",
        "above_scale_value_added",
        "above_scale_headcount",
    ),
    _ratio(
        "value_added_per_employee",
        "从业人员人均增加值",
        "万元/人",
        "above_scale_value_added",
        "employees",
    ),
    _ratio(
        "energy_per_value_added",
        "单位工业增加值能耗",
        "吨标准煤/万元",
        "above_scale_energy",
        "above_scale_value_added",
        lower=True,
    ),
    _ratio(
        "rd_to_value_added",
        "R&D占规上增加值比重",
        "",
        "above_scale_rd_expense",
        "above_scale_value_added",
        share=True,
    ),
    _ratio(
        "rd_intensity",
        "R&D投入强度",
        "",
        "above_scale_rd_expense",
        "above_scale_revenue",
        share=True,
    ),
)

ZONE_INDICATORS: dict[str, ZoneIndicator] = {i.key: i for i in (*_TOTALS, *_RATIOS)}
"""Every zone indicator by identifier, totals first."""


@dataclass(frozen=True, slots=True)
class ZoneFigure:
    """One indicator of one zone and year, in the registry's unit.

    ``computed`` comes from the enterprises (for a ratio: from the two totals used),
    ``official`` was entered or imported, ``used`` is the one that rates the zone.
    ``missing`` counts enterprises that should have been summed but gave no value.
    """

    key: str
    computed: float | None
    official: float | None
    used: float | None
    numerator: float | None = None
    denominator: float | None = None
    source: str = ""
    missing: int = 0

    @property
    def definition(self) -> ZoneIndicator:
        """Return the registry's entry."""
        return ZONE_INDICATORS[self.key]

    def as_json(self) -> dict[str, object]:
        """Return the figure in the shape of the command line's contract."""
        return {
            "computed": self.computed,
            "official": self.official,
            "used": self.used,
            "unit": self.definition.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "source": self.source,
        }


ZoneFigures = dict[str, ZoneFigure]
"""Figures of one zone and year by identifier."""
