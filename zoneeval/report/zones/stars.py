"""The star workbook (园区星级情况): standing, criteria, indicators, and the ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zoneeval.model.rewards import ZoneReward
from zoneeval.model.standing import CriterionStanding, ZoneStanding, level_name
from zoneeval.model.star_history import ZoneHistory
from zoneeval.model.targets import TargetProgress
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigures
from zoneeval.policy.ladder import Ladder
from zoneeval.report.header import (
    citation_section,
    document_words,
    list_section,
    rule_section,
    status_alerts,
)
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import (
    MISSING,
    Cell,
    Column,
    FactPage,
    Kind,
    Page,
    Section,
    Styled,
    compact,
)
from zoneeval.report.zones.progress import progress_page
from zoneeval.report.zones.star_pages import (
    history_page,
    official_words,
    points_page,
    reasons_page,
    rewards_page,
    score_cells,
    score_columns,
)

_POPULATIONS = {"all": "全部工业企业", "above_scale": "规上工业企业"}


def write_stars(
    path: Path,
    year: int,
    ladder: Ladder,
    standings: Sequence[ZoneStanding],
    figures: Mapping[str, ZoneFigures],
    warnings: Sequence[str],
    *,
    progress: Sequence[TargetProgress] = (),
    histories: Sequence[ZoneHistory] = (),
    rewards: Sequence[ZoneReward] = (),
) -> None:
    """Write where each zone stands on the ladder to ``path``.

    ``progress``, ``histories`` and ``rewards`` add their sheets where they are given.

    Raises:
        UserError: the file cannot be written.
    """
    alerts = (*status_alerts(ladder, _has_illustrative(ladder), "本星级阶梯"), *warnings)
    ordered = sorted(standings, key=lambda standing: standing.zone)
    note = f"星级阶梯：{document_words(ladder)}　年度：{year}"
    pages: list[Page | FactPage] = [
        _standing_page(year, ordered, note, alerts),
        _criteria_page(year, ladder, ordered, note, alerts),
    ]
    points = points_page(year, ordered)
    if points is not None:
        pages.append(points)
    pages.append(reasons_page(year, ordered))
    if progress:
        pages.append(progress_page("目标进度", f"{year}年度园区目标完成情况", progress))
    if histories:
        pages.append(history_page(histories))
    if rewards:
        pages.append(rewards_page(year, rewards))
    pages += [_figures_page(year, figures), _about_page(year, ladder, warnings, alerts)]
    write_book(path, f"{year}年度园区星级情况", pages)


def _has_illustrative(ladder: Ladder) -> bool:
    return any(criterion.illustrative for criterion in ladder.criteria)


def _kind(key: str, unit: str) -> Kind:
    known = ZONE_INDICATORS.get(key)
    return "share" if known is not None and known.is_share and not unit else "number"


def _number(value: float | None, kind: Kind) -> Cell:
    if value is None or value != value:
        return MISSING
    small = kind == "number" and 0 < abs(value) < 0.1
    return Styled(value, "fine" if small else kind)


def _gap(standing: CriterionStanding) -> Cell:
    """Return what is missing to the next level, or why there is no such figure."""
    if standing.met is True:
        return "已达到"
    if standing.gap is not None:
        return _number(standing.gap, _kind(standing.key, standing.unit))
    if standing.met is None and standing.value is not None and standing.next_threshold is None:
        return "标准未知" if "unknown" in standing.thresholds else MISSING
    return MISSING


def _target_met(standing: ZoneStanding) -> str:
    if standing.target is None:
        return "未设目标"
    if standing.at_least is not None and standing.at_least >= standing.target:
        return "达到"
    if standing.at_most is None or standing.at_most < standing.target:
        return "未达到"
    return "不能判定"


def _target_gap(criterion: CriterionStanding) -> Cell:
    if criterion.target_gap == 0:
        return "已达到"
    return _number(criterion.target_gap, _kind(criterion.key, criterion.unit))


def _short_of_target(standing: ZoneStanding) -> str:
    """Return in words what is missing to the zone's target, criterion by criterion."""
    if standing.target is None or _target_met(standing) == "达到":
        return MISSING
    parts = []
    for criterion in standing.criteria:
        if criterion.target_gap:
            share = _kind(criterion.key, criterion.unit) == "share"
            words = compact(criterion.target_gap, share=share)
            parts.append(f"{criterion.label} 差 {words} {'个百分点' if share else criterion.unit}")
        elif criterion.value is None:
            parts.append(f"{criterion.label} 没有数据")
    return "\n".join(parts).replace("% 个百分点", " 个百分点") or MISSING


def _standing_page(
    year: int, standings: Sequence[ZoneStanding], note: str, alerts: tuple[str, ...]
) -> Page:
    columns = [
        Column("序号", "plain"),
        Column("园区", cap=24),
        Column("测算结果", "center", cap=26),
        Column("官方认定", "center"),
        Column("认定与测算", "center"),
        Column("本年目标", "center"),
        Column("是否达到目标", "center"),
        Column("距目标还差", "wrap", cap=40),
        *score_columns(standings),
    ]
    scored = bool(score_columns(standings))
    criteria = standings[0].criteria if standings else ()
    for criterion in criteria:
        unit = f"（{criterion.unit}）" if criterion.unit else ""
        columns += [
            Column(f"{criterion.label}{unit}", _kind(criterion.key, criterion.unit)),
            Column(f"{criterion.label}距下一级{unit}", _kind(criterion.key, criterion.unit)),
        ]
    rows: list[list[Cell]] = []
    for i, standing in enumerate(standings, 1):
        row: list[Cell] = [
            i,
            standing.zone,
            standing.verdict,
            MISSING if standing.official is None else level_name(standing.official),
            official_words(standing),
            MISSING if standing.target is None else level_name(standing.target),
            _target_met(standing),
            _short_of_target(standing),
            *(score_cells(standing) if scored else ()),
        ]
        for criterion in standing.criteria:
            row += [
                _number(criterion.value, _kind(criterion.key, criterion.unit)),
                _gap(criterion),
            ]
        rows.append(row)
    return Page(
        "星级总表",
        f"{year}年度园区星级情况总表",
        tuple(columns),
        rows,
        notes=(
            note,
            "“距下一级”是达到测算结果的上一级还差多少；“—”表示没有数据或不能计算，不是 0。",
        ),
        alerts=alerts,
        frozen_columns=2,
        empty="没有园区。",
    )


def _criteria_page(
    year: int,
    ladder: Ladder,
    standings: Sequence[ZoneStanding],
    note: str,
    alerts: tuple[str, ...],
) -> Page:
    rows: list[list[Cell]] = []
    for standing in standings:
        for criterion in standing.criteria:
            kind = _kind(criterion.key, criterion.unit)
            row: list[Cell] = [
                standing.zone,
                criterion.label,
                criterion.unit,
                _number(criterion.value, kind),
            ]
            row += [_threshold(t, kind) for t in criterion.thresholds]
            row += [
                _levels(criterion),
                _number(criterion.next_threshold, kind),
                _gap(criterion),
                {True: "是", False: "否", None: "不能判定"}[criterion.met],
                _number(criterion.target_threshold, kind),
                _target_gap(criterion),
                criterion.clause,
            ]
            rows.append(row)
    return Page(
        "逐项对照",
        f"{year}年度园区星级逐项对照",
        (
            Column("园区", cap=24),
            Column("指标", cap=26),
            Column("单位", "center", cap=16),
            Column("实际值", "number"),
            *(Column(level_name(i), "number") for i in range(ladder.levels)),
            Column("本项达到", "center", cap=26),
            Column("下一级要求", "number"),
            Column("还差", "number"),
            Column("是否达到下一级", "center"),
            Column("目标要求", "number"),
            Column("距目标还差", "number"),
            Column("依据", "wrap", cap=40),
        ),
        rows,
        notes=(note, "“未知”表示没有见到该级标准的公布数值；“不要求”表示该级对本项没有要求。"),
        alerts=alerts,
        frozen_columns=2,
        empty="没有园区。" if ladder.criteria else "本阶梯按综合得分定级，没有逐项标准。",
    )


def _threshold(value: float | str | None, kind: Kind) -> Cell:
    if isinstance(value, str):
        return "未知" if value == "unknown" else "不要求"
    return "不要求" if value is None else _number(value, kind)


def _levels(criterion: CriterionStanding) -> str:
    low, high = criterion.level_at_least, criterion.level_at_most
    if low == high:
        return level_name(low)
    if low is None:
        return f"不能判定（至多{level_name(high)}）"
    return f"至少{level_name(low)}，至多{level_name(high)}"


def _figures_page(year: int, figures: Mapping[str, ZoneFigures]) -> Page:
    rows: list[list[Cell]] = []
    for zone in sorted(figures):
        for key in ZONE_INDICATORS:
            figure = figures[zone].get(key)
            if figure is None or (figure.computed is None and figure.official is None):
                continue
            known = figure.definition
            kind: Kind = "share" if known.is_share else "number"
            rows.append(
                [
                    zone,
                    known.label,
                    known.unit,
                    _number(figure.computed, kind),
                    _number(figure.official, kind),
                    _number(figure.used, kind),
                    _number(figure.numerator, "number"),
                    _number(figure.denominator, "number"),
                    _POPULATIONS[known.population] if known.sums else MISSING,
                    figure.missing if known.sums or known.is_ratio else MISSING,
                    figure.source or MISSING,
                ]
            )
    return Page(
        "园区指标",
        f"{year}年度园区指标",
        (
            Column("园区", cap=24),
            Column("指标", cap=28),
            Column("单位", "center", cap=16),
            Column("按企业测算", "number"),
            Column("官方数值", "number"),
            Column("采用值", "number"),
            Column("分子", "number"),
            Column("分母", "number"),
            Column("汇总范围", cap=16),
            Column("缺数企业（家）", "plain"),
            Column("来源", "wrap", cap=44),
        ),
        rows,
        notes=(
            "有官方数值时采用官方数值，否则采用按企业测算的数值；人工选定的从其选定，两者都保留。",
            "两种数都没有的指标不列。",
        ),
        frozen_columns=2,
        empty="没有园区指标。",
    )


def _about_page(
    year: int, ladder: Ladder, warnings: Sequence[str], alerts: tuple[str, ...]
) -> FactPage:
    combine = "各项指标都达到该级要求，才算达到该级"
    if ladder.combine_assumed:
        combine += "（这一条是假定，未见公布）"
    years = "—".join(str(y) for y in (ladder.valid_from, ladder.valid_to) if y) or MISSING
    scope = (("适用范围", ladder.scope or MISSING), ("适用年份", years), ("判定规则", combine))
    head = rule_section(ladder, "一、星级阶梯")
    return FactPage(
        "说明",
        f"{year}年度园区星级情况说明",
        (
            Section(head.heading, (*head.facts, *scope)),
            list_section("二、阶梯中缺少的内容", ladder.missing, "没有。"),
            list_section("三、提醒", list(warnings), "没有。"),
            Section("四、引用的文件", citation_section(ladder).facts),
            Section("五、核对用的指纹", (("阶梯指纹", ladder.fingerprint or MISSING),)),
        ),
        alerts,
    )
