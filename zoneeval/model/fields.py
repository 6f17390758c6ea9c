"""The registry of fields of an enterprise-year, and of what is derived from them.

Every heading that the program reads or writes comes from here.  Values are
stored in the units that officials write (万元, 亩, 吨标准煤 …); a share is a
fraction (0.035).  Derived fields are formulas of :mod:`zoneeval.expressions`.
"""

from __future__ import annotations

from zoneeval.model.field import Combine, Field, Kind
from zoneeval.model.rarer_fields import OTHER_RATINGS, PERMIT_FIELDS, TAX_FIELDS

__all__ = [
    "BASE_FIELDS",
    "DERIVED_FIELDS",
    "FIELDS",
    "OPERATING_STATES",
    "SCALES",
    "Combine",
    "Field",
    "Kind",
    "label_of",
    "unit_of",
]

SCALES = ("规上", "规下")
OPERATING_STATES = ("正常", "停产", "半停产")

_IDENTITY = (
    Field(
        "uscc",
        "统一社会信用代码",
        kind="code",
        aliases=("信用代码", "社会信用代码", "纳税人识别号", "统一信用代码"),
    ),
    Field(
        "name",
        "企业名称",
        kind="text",
        aliases=("单位名称", "纳税人名称", "单位详细名称", "企业全称", "使用权人", "用电单位"),
    ),
    Field(
        "zone",
        "园区",
        kind="text",
        aliases=("所属园区", "产业集聚区", "所属产业集聚区", "开发区", "集聚区"),
    ),
    Field(
        "town",
        "乡镇",
        kind="text",
        aliases=("所属乡镇", "乡镇（街道）", "街道", "所属乡镇（街道）"),
    ),
    Field(
        "industry_code",
        "行业代码",
        kind="code",
        aliases=("国民经济行业代码", "行业小类代码", "行业分类代码"),
        note="GB/T 4754",
    ),
    Field(
        "scale",
        "规模",
        kind="choice",
        choices=SCALES,
        aliases=("企业规模", "规上规下", "规模类别"),
    ),
    Field("above_scale_since", "升规时间", kind="date", aliases=("纳入规上时间", "入库时间")),
    Field(
        "registered_on",
        "注册时间",
        kind="date",
        aliases=("成立日期", "注册日期", "登记日期", "成立时间"),
    ),
    Field(
        "production_started_on",
        "投产时间",
        kind="date",
        aliases=("投产日期", "开业时间", "正式投产时间"),
    ),
    Field(
        "completion_due_on",
        "合同约定竣工时间",
        kind="date",
        aliases=("约定竣工时间", "合同竣工时间", "约定竣工日期", "合同约定竣工日期"),
        note="土地出让合同约定的竣工时间",
    ),
    Field(
        "operating_status",
        "生产状态",
        kind="choice",
        choices=OPERATING_STATES,
        aliases=("经营状态", "运行状态", "生产经营状态", "营业状态"),
    ),
    Field("contact", "联系人", kind="text", aliases=("企业联系人", "填报人")),
    Field("phone", "联系电话", kind="code", aliases=("电话", "手机", "联系方式")),
)

_LAND = (
    Field(
        "land_area",
        "用地面积",
        "亩",
        formula="land_registered + coalesce(land_leased_in, 0)"
        " - coalesce(land_leased_out, 0) + coalesce(land_other, 0)",
        minimum=0,
        note="登记＋租入－租出＋其他",
    ),
    Field(
        "land_registered",
        "登记用地面积",
        "亩",
        aliases=("使用权面积", "登记面积", "土地使用权面积", "宗地面积"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "land_leased_in",
        "租入用地面积",
        "亩",
        aliases=("租入面积", "承租面积", "承租土地面积"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "land_leased_out",
        "租出用地面积",
        "亩",
        aliases=("租出面积", "出租面积", "出租土地面积"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "land_other",
        "其他用地面积",
        "亩",
        aliases=("其他土地面积",),
        minimum=0,
        combine="sum",
    ),
    Field(
        "floor_leased_in",
        "承租厂房面积",
        "㎡",
        aliases=("租赁厂房面积",),
        minimum=0,
        combine="sum",
    ),
    Field(
        "tenant_count",
        "承租企业数",
        "家",
        aliases=("承租户数", "承租家数", "租户数", "租户家数", "承租企业家数"),
        minimum=0,
        note="租用本企业厂房、土地的企业数",
    ),
)

_OUTPUT = (
    Field(
        "tax_paid",
        "税收实际贡献",
        "万元",
        aliases=("税收", "税金", "实缴税金", "实际缴纳税收", "入库税收", "税收合计", "评价税收"),
    ),
    Field(
        "revenue",
        "主营业务收入",
        "万元",
        aliases=("营业收入", "销售收入", "开票销售收入", "主营收入"),
        minimum=0,
    ),
    Field("profit", "利润总额", "万元", aliases=("利润",)),
    Field("value_added", "工业增加值", "万元", aliases=("增加值",)),
    Field(
        "output_value",
        "工业总产值",
        "万元",
        aliases=("总产值", "产值"),
        minimum=0,
    ),
    Field(
        "rd_expense",
        "研发费用",
        "万元",
        aliases=("研发经费", "R&D经费", "R&D经费支出", "研究开发费用"),
        minimum=0,
    ),
    Field(
        "average_headcount",
        "平均用工人数",
        "人",
        aliases=("平均用工", "年平均职工", "年平均职工人数", "从业人员平均人数", "平均人数"),
        minimum=0,
    ),
    Field(
        "fixed_asset_investment",
        "固定资产投资",
        "万元",
        aliases=("固投",),
        minimum=0,
    ),
    Field(
        "wage_growth",
        "职工工资增长率",
        kind="share",
        aliases=("工资增长率", "职工平均工资增长率", "人均工资增长率"),
    ),
)

_ENERGY = (
    Field(
        "energy_use",
        "综合能耗",
        "吨标准煤",
        aliases=("综合能源消费量", "能耗"),
        minimum=0,
    ),
    Field(
        "electricity_use",
        "用电量",
        "万千瓦时",
        aliases=("年用电量", "电量", "年用电"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "water_use",
        "用水量",
        "万立方米",
        aliases=("年用水量", "年用水"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "gas_use",
        "用气量",
        "万立方米",
        aliases=("年用气量", "天然气用量"),
        minimum=0,
        combine="sum",
    ),
    Field(
        "energy_intensity_decline",
        "单位能耗下降率",
        kind="share",
        aliases=("能耗下降率", "单位增加值能耗下降率", "万元增加值能耗下降率"),
    ),
)

_EMISSION = (
    Field(
        "emission_cod",
        "化学需氧量排放量",
        "吨",
        aliases=("COD", "化学需氧量", "COD排放量"),
        minimum=0,
    ),
    Field("emission_nh3n", "氨氮排放量", "吨", aliases=("氨氮", "NH3-N"), minimum=0),
    Field("emission_so2", "二氧化硫排放量", "吨", aliases=("SO2", "SO₂", "二氧化硫"), minimum=0),
    Field("emission_nox", "氮氧化物排放量", "吨", aliases=("NOx", "NOX", "氮氧化物"), minimum=0),
    Field(
        "emission_total",
        "主要污染物排放量",
        "吨",
        formula="emission_cod + emission_nh3n + emission_so2 + emission_nox",
        minimum=0,
        aliases=("污染物排放总量",),
        note="四项合计",
    ),
    Field(
        "pollutant_equivalent",
        "污染当量",
        "当量",
        formula="1000 * (emission_cod / 1 + emission_nh3n / 0.8"
        " + emission_so2 / 0.95 + emission_nox / 0.95)",
        minimum=0,
        note="《环境保护税法》附表二：千克 ÷ 当量值（COD 1、氨氮 0.8、SO₂ 0.95、NOx 0.95）",
    ),
)

_QUALIFICATION = (
    Field("high_tech", "高新技术企业", kind="flag", aliases=("是否高新技术企业",)),
    Field(
        "high_tech_until",
        "高新技术企业证书有效期至",
        kind="date",
        aliases=("高企证书有效期至", "高新技术企业有效期至", "高新证书有效期至"),
    ),
    Field(
        "quality_prize_on",
        "质量奖获奖时间",
        kind="date",
        aliases=("质量奖获奖年度", "质量奖获奖日期", "获奖时间", "获奖年度"),
        note="中国质量奖、省长质量奖、市长质量奖中最近一次",
    ),
    Field("listed", "上市企业", kind="flag", aliases=("上市公司", "是否上市", "是否上市企业")),
    Field(
        "provincial_rd_platform",
        "省级研发平台",
        kind="flag",
        aliases=("省级及以上研发平台", "是否有省级研发平台", "省级以上研发平台"),
    ),
    Field("accidents", "安全事故次数", "次", aliases=("生产安全事故", "安全事故"), minimum=0),
    Field(
        "penalties",
        "行政处罚次数",
        "次",
        aliases=("环保处罚次数", "处罚次数", "行政处罚"),
        minimum=0,
    ),
)


def _ratio(
    key: str, label: str, unit: str, top: str, bottom: str, kind: Kind = "number", **more: str
) -> Field:
    return Field(
        key, label, unit, kind=kind, formula=f"{top} / {bottom}", note=more.get("note", "")
    )


_DERIVED = (
    _ratio("tax_per_mu", "亩均税收", "万元/亩", "tax_paid", "land_area"),
    _ratio("revenue_per_mu", "亩均主营业务收入", "万元/亩", "revenue", "land_area"),
    _ratio("profit_per_mu", "亩均利润", "万元/亩", "profit", "land_area"),
    _ratio("value_added_per_mu", "亩均增加值", "万元/亩", "value_added", "land_area"),
    _ratio("labor_productivity", "全员劳动生产率", "万元/人", "value_added", "average_headcount"),
    _ratio("value_added_per_tce", "单位能耗增加值", "万元/吨标准煤", "value_added", "energy_use"),
    _ratio("output_value_per_tce", "单位能耗总产值", "万元/吨标准煤", "output_value", "energy_use"),
    _ratio("tax_per_tce", "单位能耗税收", "万元/吨标准煤", "tax_paid", "energy_use"),
    _ratio("tax_per_electricity", "单位用电税收", "万元/万千瓦时", "tax_paid", "electricity_use"),
    _ratio(
        "value_added_per_emission", "单位排放增加值", "万元/吨", "value_added", "emission_total"
    ),
    _ratio(
        "value_added_per_equivalent",
        "单位当量增加值",
        "万元/当量",
        "value_added",
        "pollutant_equivalent",
    ),
    _ratio("tax_per_emission", "单位排放税收", "万元/吨", "tax_paid", "emission_total"),
    _ratio(
        "rd_intensity",
        "R&D投入强度",
        "",
        "rd_expense",
        "revenue",
        kind="share",
        note="研发费用÷主营业务收入",
    ),
    _ratio(
        "rd_to_value_added",
        "R&D占增加值比重",
        "",
        "rd_expense",
        "value_added",
        kind="share",
        note="研发费用÷工业增加值",
    ),
)

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        *_IDENTITY,
        *_LAND,
        *_OUTPUT,
        *_ENERGY,
        *_EMISSION,
        *_QUALIFICATION,
        *TAX_FIELDS,
        *PERMIT_FIELDS,
        *OTHER_RATINGS,
        *_DERIVED,
    )
}
"""Every field of an enterprise-year by identifier, in the order of the forms."""

BASE_FIELDS: tuple[Field, ...] = tuple(f for f in FIELDS.values() if not f.is_derived)
DERIVED_FIELDS: tuple[Field, ...] = tuple(f for f in FIELDS.values() if f.is_derived)


def label_of(key: str) -> str:
    """Return the Chinese label of a field, or the identifier where it is unknown."""
    field = FIELDS.get(key)
    return field.label if field else key


def unit_of(key: str) -> str:
    """Return the unit of a field ("" where it has none)."""
    field = FIELDS.get(key)
    return field.unit if field else ""
