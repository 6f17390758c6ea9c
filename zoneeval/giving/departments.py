"""Which department fills in which columns: the blank templates, and what each is asked."""

from __future__ import annotations

from dataclasses import dataclass

from zoneeval.errors import InputError
from zoneeval.giving.item import Item, field_item
from zoneeval.model.fields import FIELDS
from zoneeval.model.inputs import DECISION_WORDS, TAKE_BACK
from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.model.zone_indicators import ZONE_INDICATORS

EVENT_KINDS = ("安全事故", "行政处罚")


@dataclass(frozen=True, slots=True)
class Template:
    """One blank workbook; ``addressee`` is whom a letter about its values goes to.

    ``fields`` are the values the department answers for; ``rules`` are sentences for
    those who fill it in.
    """

    department: str
    addressee: str
    title: str
    items: tuple[Item, ...]
    rules: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields of an enterprise that this department supplies."""
        own = (i.key for i in self.items if i.key in FIELDS)
        return tuple(key for key in own if key not in ("uscc", "name"))

    @property
    def file_name(self) -> str:
        """Return what the blank workbook is called."""
        return f"{self.department}（空白模板）.xlsx"


_CODE = field_item("uscc", required=True, width=24, note="营业执照上的 18 位代码，按文字填写")
_NAME = field_item("name", width=30, note="与营业执照一致的全称")
_ONE_ROW = "每户企业填一行，同一企业不要重复。"
_NO_DATA = "没有数据的单元格留空，不要填 0；确实为零的填 0。"
_UNITS = "数值按列标题中括号内的计量单位填写，单元格内不写单位。"


def _document(note: str = "文件名称和文号") -> Item:
    return Item("document", "依据文件", width=26, note=note)


_PERIODS = ("全年", "一季度", "上半年", "前三季度", *(f"1—{n}月" for n in range(2, 12)))
_QUARTERLY = (
    "above_scale_value_added", "above_scale_revenue", "tax_revenue", "fixed_asset_investment",
    "above_scale_count", "employees", "unit_count", "built_area", "green_area",
    "standard_plant_area", "multi_storey_plant_area", "road_length", "water_pipe_length",
)  # fmt: skip


def _zone_item(key: str) -> Item:
    """Return the column of a zone indicator."""
    known = ZONE_INDICATORS[key]
    return Item(key, f"{known.label}（{known.unit}）", known.unit, "number", note=known.note)


def _meter(department: str, addressee: str, key: str, what: str) -> Template:
    return Template(
        department,
        addressee,
        f"企业{what}情况表",
        (
            _CODE,
            _NAME,
            Item("account", "户号", kind="code", required=True, width=18,
                 note="按文字填写，开头的 0 不能丢"),
            Item("account_name", "户名", width=28, note="与供用合同一致"),
            field_item(key, required=True, note="全年合计"),
        ),
        ("每个户号填一行；一户企业有几个户号就填几行，程序自动合计。", _UNITS, _NO_DATA),
    )  # fmt: skip


TEMPLATES: tuple[Template, ...] = (
    Template(
        "企业名录",
        "园区管理机构",
        "企业名录",
        (
            _CODE,
            field_item("name", required=True, width=30, note="与营业执照一致的全称"),
            field_item("zone", required=True, width=18, note="园区全称，同一园区写法要一致"),
            field_item("town", width=14),
            field_item("industry_code", required=True, note="GB/T 4754 的 4 位小类代码"),
            field_item("scale", required=True, width=10),
            field_item("above_scale_since", note="规上企业填纳入统计的时间"),
            field_item("registered_on", note="营业执照上的成立日期"),
            field_item("production_started_on", note="正式投产的日期；用来判断是否满评价年限"),
            field_item("completion_due_on", note="没有投产的填写；土地出让合同约定的时间"),
            field_item("operating_status", width=10),
            field_item("floor_leased_in", note="租用厂房而没有土地的企业填写"),
            field_item("tenant_count", note="把厂房、土地租给别的企业的填写"),
            field_item("contact", width=10),
            field_item("phone", width=16, note="按文字填写"),
        ),
        (_ONE_ROW, "日期按 2019-05-01 的样式填写。", _NO_DATA),
    ),
    Template(
        "税务",
        "税务部门",
        "企业税收情况表",
        (
            _CODE,
            _NAME,
            field_item("tax_paid", required=True, note="评价年度的税收实际贡献；口径按评价办法"),
        ),
        (_ONE_ROW, _UNITS, "退税大于入库的可以填负数，并请另附说明。", _NO_DATA),
    ),
    Template(
        "统计",
        "统计部门",
        "企业统计数据表",
        (
            _CODE,
            _NAME,
            *(
                field_item(key)
                for key in (
                    *("revenue", "profit", "value_added", "output_value", "rd_expense"),
                    *("average_headcount", "energy_use", "fixed_asset_investment"),
                )
            ),
        ),
        (_ONE_ROW, _UNITS, _NO_DATA),
    ),
    Template(
        "自然资源",
        "自然资源部门",
        "企业用地情况表",
        (
            _CODE,
            _NAME,
            Item("certificate", "不动产权证号", kind="code", width=28, note="没有证的填“无证”"),
            Item("location", "坐落", width=26),
            field_item("land_registered", note="证载面积"),
            field_item("land_leased_in", note="从他人处租入的土地"),
            field_item("land_leased_out", note="租给他人的土地"),
            field_item("land_other", note="没有登记而实际使用的土地"),
        ),
        (
            "每宗土地填一行；一户企业有几宗就填几行，程序自动合计。",
            "计分用地＝登记＋租入－租出＋其他。",
            _UNITS,
            _NO_DATA,
        ),
    ),
    _meter("供电", "供电公司", "electricity_use", "用电"),
    _meter("供水", "供水公司", "water_use", "用水"),
    _meter("燃气", "燃气公司", "gas_use", "用气"),
    Template(
        "生态环境",
        "生态环境部门",
        "企业主要污染物排放情况表",
        (
            _CODE,
            _NAME,
            *(
                field_item(key, note="全年排放量")
                for key in ("emission_cod", "emission_nh3n", "emission_so2", "emission_nox")
            ),
        ),
        (_ONE_ROW, _UNITS, _NO_DATA),
    ),
    Template(
        "资质",
        "科技、工信等部门",
        "企业资质情况表",
        (
            _CODE,
            _NAME,
            field_item("high_tech", note="评价年度末在有效期内"),
            field_item("high_tech_until", width=16, note="证书上的有效期截止日期"),
            field_item("listed", note="评价年度末已上市"),
            field_item("provincial_rd_platform", width=16, note="省级及以上"),
            field_item("quality_prize_on", note="中国、省长、市长质量奖，填最近一次"),
        ),
        (_ONE_ROW, "不了解的留空，不要填“否”。"),
    ),
    Template(
        "安全与处罚事件",
        "应急、生态环境等部门",
        "企业安全事故和行政处罚情况表",
        (
            _CODE,
            _NAME,
            Item("event_kind", "事件类型", kind="choice", choices=EVENT_KINDS, required=True),
            Item("event_date", "发生日期", kind="date", required=True,
                 note="处罚填决定书日期"),
            Item("description", "说明", width=36, note="事由和结果，一两句话"),
            Item("document", "决定书文号", width=26),
        ),
        ("每起事件填一行；没有事件的企业不必填。",),
    ),
    Template(
        "园区指标",
        "统计部门",
        "园区指标表",
        (
            field_item("zone", required=True, width=20),
            Item("year", "年度", kind="year", required=True, width=8),
            Item("period", "期间", kind="choice", choices=_PERIODS, width=10,
                 note="留空为全年；季度、月度填年初以来的累计数"),
            Item("indicator", "指标名称", kind="choice", required=True, width=26,
                 choices=tuple(i.label for i in ZONE_INDICATORS.values()),
                 note="从下拉列表中选择"),
            Item("figure", "数值", kind="number", required=True),
            Item("unit", "计量单位", width=14, note="与数值相符，如 万元、亿元、亩"),
            _document(),
        ),
        (
            "一个园区、一个期间、一项指标填一行。",
            "季度、月度数填年初以来的累计数；注明数值的计量单位，程序自动换算。",
            "占比类指标可以填 3.5%，也可以填 0.035。",
        ),
    ),
    Template(
        "星级目标",
        "园区管理机构",
        "园区星级目标表",
        (
            field_item("zone", required=True, width=20),
            Item("year", "年度", kind="year", required=True, width=8),
            Item("target_star", "目标星级", kind="choice", choices=LEVEL_WORDS[1:7]),
            Item("official_star", "上年度认定星级", kind="choice", choices=LEVEL_WORDS[:7],
                 width=16),
            _document(),
        ),
        ("一个园区、一个年度填一行。",),
    ),
    Template(
        "园区季度指标",
        "园区管理机构",
        "园区季度指标表",
        (
            field_item("zone", required=True, width=20),
            Item("year", "年度", kind="year", required=True, width=8),
            Item("period", "期间", kind="choice", choices=_PERIODS, width=10,
                 note="留空为全年；季度填年初以来的累计数或期末数"),
            *(_zone_item(key) for key in _QUARTERLY),
            _document(),
        ),
        (
            "一个园区、一个期间填一行；配套设施各项口径同统计报表 JJQ201。",
            "季度、月度数填年初以来的累计数，面积、长度、个数填期末数。",
            _NO_DATA,
        ),
    ),
    Template(
        "参评名单",
        "园区管理机构",
        "参评名单（人工决定）",
        (
            _CODE,
            _NAME,
            Item("decision", "人工决定", kind="choice",
                 choices=(*DECISION_WORDS.values(), TAKE_BACK), width=12,
                 note="没有人工决定的留空；“按办法”是取消以前的决定"),
            Item("decision_reason", "理由", width=36, note="有决定的必须写明"),
            _document("会议纪要、批复等"),
        ),
        (
            "只有需要人工决定的企业才填；其他企业按办法判断是否参评。",
            "“参评”“不参评”优先于办法的规定，理由和依据文件随评价结果保存。",
        ),
    ),
)  # fmt: skip
"""Every template, in the order in which the departments are usually asked."""


def find_template(department: str) -> Template:
    """Return the template of a department; raise InputError for an unknown one."""
    wanted = department.strip()
    for template in TEMPLATES:
        if wanted in (template.department, template.addressee):
            return template
    raise InputError(
        f"没有“{department}”的空白模板。可选：{'、'.join(t.department for t in TEMPLATES)}。"
    )
