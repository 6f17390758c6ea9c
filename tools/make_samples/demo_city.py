"""The workbooks of the fictional city: what each department sends for one year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from enterprises import SEED, YEARS, Enterprise, make_enterprises
from names import pick
from profiles import ZONES, Zone
from workbooks import Sheet, Value, write_book

BASIS = "示例数据（虚构）"
_STARS = {
    2023: (("二星", "二星"), ("一星", "一星"), ("一星", None)),
    2024: (("三星", "二星"), ("二星", "一星"), ("一星", None)),
}
_BUILT = {"东": (4260.0, 2755.0), "西": (3180.0, 1930.0), "南": (2640.0, 1610.0)}
_FAULTS = (
    ("安全事故", "一般机械伤害事故，无人员死亡", "示例 应急〔{year}〕{n}号"),
    ("行政处罚", "污染防治设施未正常运行（示例）", "示例 环罚〔{year}〕{n}号"),
    ("行政处罚", "未按规定开展安全培训（示例）", "示例 应急罚〔{year}〕{n}号"),
    ("行政处罚", "危险废物台账不规范（示例）", "示例 环罚〔{year}〕{n}号"),
)


def _total(
    label_at: int, label: str, rows: list[list[Value]], columns: tuple[int, ...]
) -> list[Value]:
    total: list[Value] = [None] * len(rows[0])
    total[label_at] = label
    for column in columns:
        values = [row[column] for row in rows]
        numbers = [value for value in values if isinstance(value, int | float)]
        figure = sum(numbers)
        total[column] = figure if all(isinstance(n, int) for n in numbers) else round(figure, 3)
    return total


def _directory(year: int, firms: list[Enterprise]) -> Sheet:
    rows: list[list[Value]] = [
        [
            n,
            e.code,
            e.name,
            e.zone.name,
            e.town,
            e.profile.code,
            e.scale,
            e.above_scale_since,
            e.registered_on,
            e.started_on,
            e.years[year].status,
            e.contact,
            e.phone,
        ]
        for n, e in enumerate(firms, 1)
    ]
    return Sheet(
        "企业名录",
        f"示例市{year}年度参评企业名录",
        "填报单位：示例市发展和改革委员会（虚构）",
        (
            "序号",
            "统一社会信用代码",
            "企业名称",
            "所属园区",
            "所属乡镇",
            "国民经济行业代码",
            "企业规模",
            "升规时间",
            "注册时间",
            "投产时间",
            "生产状态",
            "联系人",
            "联系电话",
        ),
        rows,
    )


def _tax(year: int, firms: list[Enterprise]) -> Sheet:
    yuan = year == 2023
    unit = "元" if yuan else "万元"
    rows: list[list[Value]] = [
        [e.code, e.name, round(e.years[year].tax * 10_000, 2) if yuan else e.years[year].tax]
        for e in sorted(firms, key=lambda e: e.code)
    ]
    return Sheet(
        "税收",
        f"{year}年度企业实缴税金情况表",
        f"填报单位：国家税务总局示例市税务局（虚构）    单位：{unit}",
        ("纳税人识别号", "纳税人名称", f"实缴税金（{unit}）"),
        rows,
        total=_total(1, "合计", rows, (2,)),
    )


def _statistics(year: int, firms: list[Enterprise]) -> Sheet:
    rows: list[list[Value]] = []
    for n, e in enumerate(sorted(firms, key=lambda e: (e.profile.code, e.code)), 1):
        y = e.years[year]
        rows.append(
            [
                n,
                e.name,
                e.code,
                y.output,
                y.value_added,
                y.revenue,
                y.profit,
                y.rd,
                y.headcount,
                y.energy,
            ]
        )
    return Sheet(
        "统计数据",
        f"{year}年度工业企业主要经济指标",
        "填报单位：示例市统计局（虚构）    单位：万元、人、吨标准煤",
        (
            "序号",
            "单位详细名称",
            "统一社会信用代码",
            "工业总产值（万元）",
            "工业增加值（万元）",
            "主营业务收入（万元）",
            "利润总额（万元）",
            "研发费用（万元）",
            "平均用工人数（人）",
            "综合能耗（吨标准煤）",
        ),
        rows,
        total=_total(1, "合计", rows, (3, 4, 5, 6, 7, 8, 9)),
        footnote="注：空格表示该企业未报送，不等于零；规下企业增加值为部分企业填报。",
    )


def _land(year: int, firms: list[Enterprise]) -> Sheet:
    rows: list[list[Value]] = [
        [e.name, e.code, p.number, p.place, p.registered, p.leased_in, p.leased_out]
        for e in firms
        for p in e.parcels
    ]
    return Sheet(
        "宗地",
        f"示例市工业企业用地情况表（{year}年）",
        "填报单位：示例市自然资源局（虚构）    单位：亩",
        (
            "使用权人",
            "统一社会信用代码",
            "权证号",
            "坐落",
            "登记面积（亩）",
            "租入面积（亩）",
            "租出面积（亩）",
        ),
        rows,
        total=_total(0, "合计", rows, (4, 5, 6)),
    )


def _power(year: int, firms: list[Enterprise]) -> Sheet:
    rows: list[list[Value]] = [
        [number, e.name, e.code, used]
        for e in firms
        for (number, _), used in zip(e.meters, e.years[year].electricity, strict=True)
    ]
    rows.sort(key=lambda row: str(row[0]))
    return Sheet(
        "用电",
        f"{year}年工业用户用电量明细",
        "填报单位：示例市供电公司（虚构）    单位：万千瓦时",
        ("户号", "户名", "统一社会信用代码", "用电量（万千瓦时）"),
        rows,
    )


def _environment(year: int, firms: list[Enterprise]) -> Sheet:
    rows: list[list[Value]] = [
        [n, e.code, e.name, *e.years[year].emissions]
        for n, e in enumerate(firms, 1)
        if e.scale == "规上" or e.years[year].emissions[0] is not None
    ]
    return Sheet(
        "排放",
        f"{year}年度企业主要污染物排放量",
        "填报单位：示例市生态环境局（虚构）    单位：吨",
        (
            "序号",
            "统一社会信用代码",
            "单位名称",
            "COD（吨）",
            "氨氮（吨）",
            "SO₂（吨）",
            "NOx（吨）",
        ),
        rows,
        footnote="注：空格为未核定排放量的企业，不等于零。",
        decimals=3,
    )


def _events(year: int, firms: list[Enterprise]) -> list[Sheet]:
    def yes(flag: bool) -> str:
        return "是" if flag else "否"

    flags: list[list[Value]] = [
        [e.code, e.name, yes(e.high_tech), yes(e.listed), yes(e.platform)] for e in firms
    ]
    rng = Random(SEED + year)
    events: list[list[Value]] = []
    for n in range(1, 12):
        firm = pick(rng, firms)
        kind, text, number = pick(rng, _FAULTS)
        day = date(year, 1 + int(rng.random() * 12), 1 + int(rng.random() * 28))
        events.append([firm.code, firm.name, kind, day, text, number.format(year=year, n=n)])
    events.sort(key=lambda row: str(row[3]))
    return [
        Sheet(
            "企业资质",
            f"企业资质情况表（{year}年12月31日）",
            "填报单位：示例市科学技术局、工业和信息化局（虚构）",
            ("统一社会信用代码", "企业名称", "是否高新技术企业", "上市企业", "省级研发平台"),
            flags,
        ),
        Sheet(
            "安全与处罚事件",
            f"{year}年企业安全事故与行政处罚清单",
            "填报单位：示例市应急管理局、生态环境局（虚构）    每起一行",
            ("统一社会信用代码", "企业名称", "事件类型", "日期", "说明", "文号"),
            events,
        ),
    ]


def _zone_figures(year: int, zone: Zone, firms: list[Enterprise]) -> list[list[Value]]:
    here = [e.years[year] for e in firms if e.zone is zone]
    added = sum(y.value_added or 0 for y in here if y.scale == "规上")
    if zone is ZONES[1]:
        added *= 1.018
    built, industrial = _BUILT[zone.name[3]]
    grown = 1 + 0.02 * (year - YEARS[0])
    heads = round(sum(y.headcount for y in here) / 0.84, -1)
    figures: tuple[tuple[str, Value, str], ...] = (
        ("建成区面积", round(built * grown, 1), "亩"),
        ("工业用地面积", round(industrial * grown, 1), "亩"),
        ("规上工业增加值", round(added, 2), "万元"),
        ("从业人员", int(heads), "人"),
        ("税收收入", round(sum(y.tax for y in here) / 0.91, 2), "万元"),
    )
    return [[zone.name, year, label, value, unit, BASIS] for label, value, unit in figures]


def write_demo_city(folder: Path) -> list[Path]:
    """Write the workbooks of both years below ``folder`` and return their paths."""
    everyone = make_enterprises()
    paths: list[Path] = []
    for year in YEARS:
        firms = [e for e in everyone if year in e.years]
        here = folder / str(year)
        figures = [row for zone in ZONES for row in _zone_figures(year, zone, firms)]
        stars: list[list[Value]] = [
            [zone.name, year, target, last, BASIS]
            for zone, (target, last) in zip(ZONES, _STARS[year], strict=True)
        ]
        books: dict[str, list[Sheet]] = {
            "企业名录": [_directory(year, firms)],
            "税务局": [_tax(year, firms)],
            "统计局": [_statistics(year, firms)],
            "自然资源局": [_land(year, firms)],
            "供电公司": [_power(year, firms)],
            "生态环境局": [_environment(year, firms)],
            "资质与事件": _events(year, firms),
            "园区指标": [
                Sheet(
                    "园区指标",
                    f"{year}年度园区主要指标",
                    "填报单位：各园区管理委员会（虚构）",
                    ("园区", "年度", "指标", "数值", "单位", "依据"),
                    figures,
                )
            ],
            "星级目标": [
                Sheet(
                    "星级目标",
                    f"{year}年度园区星级目标",
                    "填报单位：示例市发展和改革委员会（虚构）",
                    ("园区", "年度", "目标星级", "上年度认定星级", "依据"),
                    stars,
                )
            ],
        }
        paths += [write_book(here / f"{name}.xlsx", sheets) for name, sheets in books.items()]
    return paths
