"""Public historical figures of zones, in the units in which they were published."""

from __future__ import annotations

from workbooks import Value
from zhengzhou_regions import REGIONS
from zhengzhou_report import BUILT, FAI, INCOME, JOBS, PLAN, REV, TAX, UNSEEN, VA, B, C, Report

_RANKED = UNSEEN + "；hn.cri.cn，2024-01-12 报道"
_XINGANG = "新郑市新港产业集聚区"
_PORT = "郑州航空港试验区"
_PORT_SCOPE = "航空港试验区口径，大于产业集聚区"
_KFQ_SCOPE = "开发区口径，与产业集聚区不同"


REPORTS = (
    Report(
        "郑州马寨产业集聚区",
        2013,
        "年度",
        "新闻报道：news.zynews.cn，2014-04-09（9312670）",
        B,
        (
            (PLAN, 11.8, "平方公里"),
            (BUILT, 6.0, "平方公里"),
            ("工业企业数", 347, "家"),
            ("规上工业企业数", 87, "家"),
            (JOBS, 2.6, "万人", "约数"),
            (REV, 137.9, "亿元"),
            (REV + "增速", 20.3, "%"),
            (VA, 33.7, "亿元"),
            (VA + "增速", 16.2, "%"),
            (FAI, 35.1, "亿元"),
            (FAI + "增速", 70.3, "%"),
            (TAX, 3.6, "亿元"),
            (TAX + "增速", 26.3, "%"),
        ),
    ),
    Report(
        _XINGANG,
        2009,
        "年度",
        UNSEEN,
        C,
        (
            ("增加值", 18.9, "亿元", "原文为“增加值”，是否规上未说明"),
            ("规上企业收入", 57.2, "亿元", "规上企业；" + INCOME),
            (TAX, 2297.5, "万元"),
            ("规上企业数", 23, "家"),
        ),
    ),
    Report(
        _XINGANG,
        2015,
        "约2015年",
        "转引：henandmxh 355753（原文未见）",
        B,
        (
            (PLAN, 27.61, "平方公里", "＝建成区＋发展区＋预留区"),
            (BUILT, 12.87, "平方公里"),
            ("发展区面积", 9.48, "平方公里"),
            ("预留区面积", 5.26, "平方公里"),
        ),
    ),
    Report(
        _XINGANG,
        2017,
        "年度",
        UNSEEN,
        C,
        (
            ("增加值", 85.1, "亿元", "原文为“增加值”，是否规上未说明"),
            (TAX, 10.02, "亿元"),
            ("四上企业数", 97, "家"),
        ),
    ),
    Report(
        "巩义市产业集聚区",
        2010,
        "年度",
        UNSEEN,
        C,
        (
            (PLAN, 13.3, "平方公里"),
            (BUILT, 7.8, "平方公里"),
            ("工业增加值", 46.5, "亿元"),
            ("收入", 305, "亿元", INCOME),
            (FAI, 43.5, "亿元"),
            (JOBS, 5, "万人"),
            ("全省规模排名", 5, "位"),
            ("全省综合排名", 67, "位"),
        ),
    ),
    Report(
        "巩义市开发区",
        2022,
        "1—10月",
        UNSEEN,
        C,
        (
            ("收入", 1086, "亿元", INCOME),
            (TAX, 16.5, "亿元"),
            ("规上铝企业数", 98, "家"),
            ("规上增加值占全市比重", 68, "%", "超过68%"),
        ),
        _KFQ_SCOPE,
    ),
    Report(
        "巩义市开发区",
        2023,
        "年度",
        UNSEEN,
        B,
        (("工业产值", 1203.9, "亿元", "是否规上未说明"),),
        _KFQ_SCOPE,
    ),
    Report(
        "新密新区",
        2013,
        "2014年报道的上一年",
        "新闻报道：house.zynews.cn，2014-04-02",
        B,
        (
            ("企业数", 82, "家"),
            ("规上企业数", 28, "家"),
            ("收入", 160.3, "亿元", INCOME),
            (FAI, 59.9, "亿元"),
        ),
        "新密新区（含产业集聚区）口径",
    ),
    Report(
        "郑州高新区",
        2014,
        "年度",
        "转引：lyredcross 373074（原文未见）",
        C,
        (
            (VA, 78, "亿元"),
            (VA + "增速", 7, "%"),
            (FAI, 280, "亿元"),
            (FAI + "增速", 28, "%"),
            ("园区收入", 1200, "亿元", "超过1200亿元；" + INCOME),
            ("园区收入增速", 20, "%"),
        ),
        "高新区口径，与产业集聚区可能不一致",
    ),
    Report(
        "航空港产业集聚区",
        2014,
        "一季度",
        "新闻报道：hnr，2014年5月",
        B,
        (
            ("投资额", 20.03, "亿元"),
            ("投资额排名", 14, "位", "各产业集聚区排名"),
        ),
    ),
    Report(
        _PORT,
        2015,
        "1—7月",
        UNSEEN,
        C,
        (
            (VA, 177.4, "亿元"),
            (VA + "增速", 30.7, "%"),
            (FAI, 258.51, "亿元"),
            (FAI + "增速", 32.5, "%"),
            (TAX, 33, "亿元", "国税、地税合计"),
            (TAX + "增速", 67.5, "%", "国税、地税合计"),
            ("手机产量", 6193.3, "万部"),
        ),
        _PORT_SCOPE,
    ),
    Report(
        _PORT,
        2017,
        "年度",
        UNSEEN,
        B,
        (
            ("地区生产总值", 700.1, "亿元"),
            ("地区生产总值增速", 14, "%"),
            (VA, 295.3, "亿元"),
            (VA + "增速", 15.1, "%"),
            (FAI, 680.5, "亿元"),
            (FAI + "增速", 8.3, "%"),
            ("一般公共预算收入", 36.3, "亿元"),
            ("一般公共预算收入增速", 16, "%"),
        ),
        _PORT_SCOPE,
    ),
    Report(
        _PORT,
        2020,
        "年度",
        UNSEEN,
        B,
        ((BUILT, 100, "平方公里", "超过100平方公里"),),
        _PORT_SCOPE,
    ),
    Report(
        _PORT,
        2022,
        "年度",
        UNSEEN,
        B,
        (
            ("四上企业数", 600, "家"),
            ("收入", 7755, "亿元", INCOME),
        ),
        _PORT_SCOPE,
    ),
    Report(
        "郑州经开区",
        2010,
        "1—11月",
        "转引：百科镜像（原文未见）",
        C,
        (
            ("规上工业总产值", 130, "亿元", "原文为“规上产值”"),
            (VA, 28, "亿元"),
            (VA + "增速", 47.2, "%"),
        ),
        _KFQ_SCOPE,
    ),
    Report(
        "郑州经开区",
        2017,
        "年度",
        UNSEEN,
        B,
        (
            ("地区生产总值", 667.6, "亿元"),
            ("地区生产总值增速", 8.9, "%"),
            (FAI, 447.5, "亿元"),
            (FAI + "增速", 16.4, "%"),
        ),
        _KFQ_SCOPE,
    ),
    Report(
        "郑州经开区",
        2022,
        "年度",
        _RANKED,
        B,
        (
            ("规上企业数", 838, "家", "全行业"),
            ("百亿元以上企业数", 14, "家"),
            ("全国排名", 23, "位", "原文为全国排名"),
        ),
        _KFQ_SCOPE,
    ),
    Report(
        "郑州经开区",
        2023,
        "年度",
        _RANKED,
        B,
        (("全国排名", 26, "位", "原文为全国排名"),),
        _KFQ_SCOPE,
    ),
)


def history_rows() -> list[list[Value]]:
    """Return 园区, 年度, 期间, 指标, 数值, 单位, 口径, 依据文件, 可信度."""
    rows: list[list[Value]] = []
    for report in (*REPORTS, *REGIONS):
        for label, value, unit, *note in report.figures:
            scope = "；".join([report.scope, *note])
            rows.append(
                [
                    report.zone,
                    report.year,
                    report.period,
                    label,
                    float(value),
                    unit,
                    scope,
                    report.source,
                    report.confidence,
                ]
            )
    return rows
