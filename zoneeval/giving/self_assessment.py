"""What a zone's annual self-assessment says: the expected star, each criterion, what is open."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zoneeval.model.standing import CriterionStanding, ReasonKind, ZoneStanding, level_name
from zoneeval.model.star_history import ZoneHistory
from zoneeval.model.targets import TargetProgress
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigure, ZoneFigures
from zoneeval.policy.ladder import Ladder
from zoneeval.report.header import document_words
from zoneeval.report.workbook.columns import MISSING, compact

Met = Literal["met", "unmet", "no_data", "unknown"]
MET_WORDS: dict[Met, str] = {
    "met": "达到",
    "unmet": "未达到",
    "no_data": "没有数据",
    "unknown": "标准未知",
}
REASON_WORDS: dict[ReasonKind, str] = {
    "unmet": "未达到标准",
    "no_data": "没有数据",
    "unknown": "标准未知",
    "gate": "门槛",
    "veto": "一票否决和扣分",
    "movement": "升降限制",
    "peers": "同组园区情况不明",
    "former": "本园区以往星级不明",
    "note": "其他",
}


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """A self-assessment that was recorded: a level, or between which levels."""

    zone: str
    year: int
    rule: str
    at_least: int | None
    at_most: int | None
    score: float | None = None
    place: int | None = None
    document: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """Return the level or interval in words."""
        return interval(self.at_least, self.at_most)


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """Everything a zone's self-assessment of a year rests on; ``former`` is the one kept."""

    zone: str
    year: int
    ladder: Ladder
    warnings: tuple[str, ...]
    standing: ZoneStanding
    figures: ZoneFigures
    progress: tuple[TargetProgress, ...] = ()
    history: ZoneHistory | None = None
    former: KeptStanding | None = None

    @property
    def aim(self) -> int:
        """Return the level the criteria are held against: the target, else the next one."""
        if self.standing.target is not None:
            return min(self.standing.target, self.ladder.levels - 1)
        low = self.standing.at_least
        return min((-1 if low is None else low) + 1, self.ladder.levels - 1)


def interval(low: int | None, high: int | None) -> str:
    """Return 二星, 至少一星、至多五星, or 不能判定."""
    if low == high:
        return level_name(low)
    if low is None:
        return f"不能判定（至多{level_name(high)}）"
    return f"至少{level_name(low)}、至多{level_name(high)}"


def as_number(level: int | None) -> int:
    """Return a level as a number, -1 below the gate."""
    return -1 if level is None else level


def met_at(criterion: CriterionStanding, level: int) -> Met:
    """Tell whether a criterion reaches a level, and why that cannot be told."""
    if as_number(criterion.level_at_least) >= level:
        return "met"
    if as_number(criterion.level_at_most) < level:
        return "unmet"
    return "no_data" if criterion.value is None else "unknown"


def value_words(criterion: CriterionStanding, value: float | None) -> str:
    """Return a value of a criterion with its unit, shares as per cent."""
    if value is None:
        return MISSING
    known = ZONE_INDICATORS.get(criterion.key)
    share = known is not None and known.is_share and not criterion.unit
    return compact(value, share=share) + ("" if share else criterion.unit)


def threshold_words(criterion: CriterionStanding, level: int) -> str:
    """Return what a level asks of a criterion: a figure, 未知, or 不要求."""
    asked = criterion.thresholds[level] if level < len(criterion.thresholds) else None
    if isinstance(asked, str):
        return "未知" if asked == "unknown" else "不要求"
    return "不要求" if asked is None else value_words(criterion, asked)


def source_words(figure: ZoneFigure | None) -> str:
    """Return where a figure comes from and how many enterprises it lacks."""
    if figure is None:
        return "没有录入"
    if figure.used is None:
        return figure.lacking or "没有录入"
    words = figure.source or MISSING
    if figure.difference is not None and figure.difference:
        words += f"；汇总与公布相差 {difference_words(figure)}"
    return words


def difference_words(figure: ZoneFigure) -> str:
    """Return how far the two figures are apart, with the unit."""
    known = figure.definition
    size = abs(figure.difference or 0.0)
    return compact(size, share=known.is_share) + ("" if known.is_share else known.unit)


def criterion_rows(made: SelfAssessment) -> list[tuple[str, ...]]:
    """Return number, criterion, value, source, level reached, what is asked, conclusion."""
    rows: list[tuple[str, ...]] = []
    for number, one in enumerate(made.standing.criteria, 1):
        met = met_at(one, made.aim)
        words = MET_WORDS[met]
        if met == "unmet" and (short := shortfall(made, one, made.aim)) is not None:
            words += f"，差 {value_words(one, short)}"
        rows.append(
            (
                str(number),
                one.label,
                value_words(one, one.value),
                source_words(made.figures.get(one.key)),
                interval(one.level_at_least, one.level_at_most),
                threshold_words(one, made.aim),
                words,
            )
        )
    return rows


def shortfall(made: SelfAssessment, one: CriterionStanding, level: int) -> float | None:
    """Return how far a value is short of a level; negative is what it has to spare."""
    asked = one.thresholds[level] if 0 <= level < len(one.thresholds) else None
    if isinstance(asked, str) or asked is None or one.value is None:
        return None
    return one.value - asked if lower_is_better(made, one) else asked - one.value


def lower_is_better(made: SelfAssessment, one: CriterionStanding) -> bool:
    """Tell whether less is better; the same indicator may be asked in both directions."""
    found = [c for c in made.ladder.criteria if c.indicator == one.key]
    fitting = [c for c in found if c.thresholds == one.thresholds] or found
    return any(c.direction == "cost" for c in fitting)


def item_rows(made: SelfAssessment) -> list[tuple[str, ...]]:
    """Return group, item, full marks, value, points, and what is missing."""
    rows: list[tuple[str, ...]] = []
    for one in made.standing.items:
        points = points_words(one.points_at_least, one.points_at_most)
        known = compact(one.value) + one.unit if one.value is not None else MISSING
        rows.append(
            (one.group, one.label, compact(one.weight), known, points,
             "没有数据" if one.missing else "有数据")
        )  # fmt: skip
    return rows


def points_words(low: float, high: float) -> str:
    """Return points, or between which they lie as far as that is known."""
    if not math.isfinite(low):
        return f"至多 {high:.2f}" if math.isfinite(high) else "不能计算"
    return f"{low:.2f}" if low == high else f"{low:.2f}—{high:.2f}"


def reason_lines(made: SelfAssessment) -> list[str]:
    """Return the reasons of the verdict, those of a kind together."""
    lines = []
    for kind, words in REASON_WORDS.items():
        found = [
            reason.words.rstrip("。") for reason in made.standing.reasons if reason.kind == kind
        ]
        if found:
            lines.append(f"{words}：{'；'.join(dict.fromkeys(found))}。")
    return lines


def conclusion(made: SelfAssessment) -> list[str]:
    """Return what the self-assessment comes to, beside target and former record."""
    standing = made.standing
    lines = [f"按{document_words(made.ladder)}测算，{made.zone}{made.year}年度预期为"
             f"{interval(standing.at_least, standing.at_most)}。"]  # fmt: skip
    if not standing.decidable and standing.because:
        lines.append(f"不能确定到一级，是因为：{standing.because.rstrip('。')}。")
    if standing.score_at_least is not None and standing.score_at_most is not None:
        low, high = standing.score_at_least, standing.score_at_most
        score = f"{low:.2f} 分" if low == high else f"{low:.2f} 分至 {high:.2f} 分"
        place = f"，在 {standing.rank_of} 个园区中列第 {standing.rank} 位" if standing.rank else ""
        lines.append(f"综合得分 {score}{place}。")
    if standing.target is None:
        lines.append("本年度没有录入星级目标。")
    else:
        low, high = as_number(standing.at_least), as_number(standing.at_most)
        word = "预期达到" if low >= standing.target else "预期达不到"
        if low < standing.target <= high:
            word = "能否达到不能判定"
        lines.append(f"本年度星级目标为{level_name(standing.target)}，{word}。")
    if made.former is not None:
        same = (made.former.at_least, made.former.at_most) == (standing.at_least, standing.at_most)
        word = "与本次相同" if same else f"本次为{interval(standing.at_least, standing.at_most)}"
        lines.append(f"此前记录的自评为{made.former.words}，{word}。")
    return lines


def history_lines(made: SelfAssessment) -> list[str]:
    """Return the stars held before with their sources, and how many years running."""
    if made.history is None or not made.history.entries:
        return ["没有这个园区以往星级的记录。"]
    lines = [
        f"{'年度不详' if e.year is None else f'{e.year}年度'}：{level_name(e.level)}"
        f"（{e.origin}：{e.source}）"
        for e in made.history.entries
    ]
    running = made.history.running(made.year)
    if running is not None and running.words:
        lines.append(f"到{made.year}年度，{running.words}。")
    return lines


def target_lines(progress: Sequence[TargetProgress]) -> list[tuple[str, ...]]:
    """Return label, target, value, completion, conclusion and document of each target."""
    from zoneeval.report.zones.progress import met_words

    return [
        (
            one.target.label,
            one.target.words,
            one.target.figure_words(one.value),
            MISSING if one.completion is None else f"{one.completion * 100:.1f}%",
            met_words(one),
            one.target.document or ("本单位录入" if one.target.own else MISSING),
        )
        for one in progress
        if one.target.kind != "star"
    ]
