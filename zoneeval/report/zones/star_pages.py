"""Further sheets of the star workbook: points, reasons, targets, stars held, rewards."""

from __future__ import annotations

from collections.abc import Sequence

from zoneeval.model.rewards import ZoneReward
from zoneeval.model.standing import ReasonKind, ZoneStanding, level_name
from zoneeval.model.star_history import ZoneHistory
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Page

REASONS: dict[ReasonKind, str] = {
    "unmet": "未达到",
    "no_data": "没有数据",
    "unknown": "标准未知",
    "gate": "门槛",
    "veto": "否决、扣分",
    "movement": "升降限制",
    "peers": "同组情况不明",
    "former": "以往星级不明",
    "note": "其他",
}


def reasons_page(year: int, standings: Sequence[ZoneStanding]) -> Page:
    """Return why each zone's level is what it is, or cannot be told."""
    rows: list[list[Cell]] = [
        [standing.zone, standing.verdict, REASONS[reason.kind], reason.words]
        for standing in standings
        for reason in standing.reasons
    ]
    return Page(
        "判定理由",
        f"{year}年度园区星级判定理由",
        (
            Column("园区", cap=24),
            Column("测算结果", "center", cap=26),
            Column("类别", "center"),
            Column("理由", "wrap", cap=90),
        ),
        rows,
        notes=("“未达到”是有数据而不够标准，“没有数据”“标准未知”是不能判定，三者不同。",),
        frozen_columns=1,
        empty="没有需要说明的理由。",
    )


def points_page(year: int, standings: Sequence[ZoneStanding]) -> Page | None:
    """Return the points of each item, None where the ladder has no composite."""
    rows: list[list[Cell]] = [
        [
            standing.zone,
            standing.peers or MISSING,
            item.group,
            item.label,
            item.unit,
            item.value,
            item.weight,
            item.points_at_least,
            item.points_at_most,
            "没有数据" if item.missing else "",
            item.clause,
        ]
        for standing in standings
        for item in standing.items
    ]
    if not rows:
        return None
    return Page(
        "得分明细",
        f"{year}年度园区综合得分明细",
        (
            Column("园区", cap=24),
            Column("同组", "center", cap=20),
            Column("类别", cap=20),
            Column("项目", cap=28),
            Column("单位", "center", cap=14),
            Column("数值", "number"),
            Column("满分", "number"),
            Column("得分（至少）", "number"),
            Column("得分（至多）", "number"),
            Column("数据", "center"),
            Column("依据", "wrap", cap=40),
        ),
        rows,
        notes=("缺少数据或同组园区数据不全时，得分只能确定在两个数之间。",),
        frozen_columns=1,
    )


def history_page(histories: Sequence[ZoneHistory]) -> Page:
    """Return the stars held, with their sources, and how many years running."""
    rows: list[list[Cell]] = []
    for history in histories:
        conflicts = history.conflicts()
        for entry in history.entries:
            running = history.running(entry.year) if entry.year is not None else None
            remarks = ["年度由公布时间推定"] if entry.inferred else []
            if entry.year in conflicts:
                remarks.append("各来源不一致")
            if entry.note:
                remarks.append(entry.note)
            rows.append(
                [
                    history.zone,
                    MISSING if entry.year is None else entry.year,
                    level_name(entry.level),
                    (running.words if running else "") or MISSING,
                    entry.origin,
                    entry.source,
                    "；".join(remarks) or MISSING,
                ]
            )
    return Page(
        "以往星级",
        "园区星级沿革",
        (
            Column("园区", cap=24),
            Column("年度", "plain"),
            Column("星级", "center"),
            Column("连续年数", "center", cap=20),
            Column("记录", "center", cap=14),
            Column("来源", "wrap", cap=44),
            Column("说明", "wrap", cap=36),
        ),
        rows,
        notes=("没有列出的年度是没有记录，不表示没有星级；“至少连续”是因为更早的年度不详。",),
        frozen_columns=1,
        empty="没有以往星级的记录。",
    )


def score_columns(standings: Sequence[ZoneStanding]) -> tuple[Column, ...]:
    """Return the columns of score and place, none where nobody has a score."""
    if all(standing.score_at_most is None for standing in standings):
        return ()
    return (
        Column("综合得分（至少）", "number"),
        Column("综合得分（至多）", "number"),
        Column("位次", "center"),
        Column("位次比上年", "center"),
    )


def score_cells(standing: ZoneStanding) -> list[Cell]:
    """Return a zone's score, place among how many, and how many places it rose."""
    change = standing.rank_change
    place = MISSING if standing.rank is None else str(standing.rank)
    if standing.rank is not None and standing.rank_of is not None:
        place += f"／{standing.rank_of}"
    words = MISSING
    if change is not None:
        words = "不变" if change == 0 else f"{'上升' if change > 0 else '下降'} {abs(change)} 位"
    return [standing.score_at_least, standing.score_at_most, place, words]


def official_words(standing: ZoneStanding) -> str:
    """Return how the official star stands to the computed one."""
    official = standing.official
    if official is None:
        return "没有认定结果"
    low = -1 if standing.at_least is None else standing.at_least
    high = -1 if standing.at_most is None else standing.at_most
    if low <= official <= high:
        return "一致" if low == high else "在测算范围内"
    return f"认定高 {official - high} 级" if official > high else f"认定低 {low - official} 级"


def rewards_page(year: int, rewards: Sequence[ZoneReward]) -> Page:
    """Return what the known schemes pay for the star of the year."""
    rows: list[list[Cell]] = []
    for one in rewards:
        parts = [
            f"{item.label} {item.amount:g}{one.unit}{'' if item.applies else '（不能确定）'}"
            for item in one.items
            if item.applies is not False
        ]
        rows.append(
            [
                one.zone,
                one.scheme_title,
                one.payer,
                one.scope or MISSING,
                one.unit,
                one.at_least,
                one.at_most,
                "；".join([*parts, *one.reasons]) or MISSING,
            ]
        )
    return Page(
        "奖励",
        f"{year}年度园区星级奖励",
        (
            Column("园区", cap=24),
            Column("奖励办法", "wrap", cap=40),
            Column("出资", "center", cap=16),
            Column("适用范围", "wrap", cap=30),
            Column("单位", "center"),
            Column("奖励（至少）", "number"),
            Column("奖励（至多）", "number"),
            Column("构成和理由", "wrap", cap=60),
        ),
        rows,
        notes=("按认定结果计算，不按测算结果计算；是否属于适用范围须核对。",),
        frozen_columns=1,
        empty="没有可以计算的奖励。",
    )
