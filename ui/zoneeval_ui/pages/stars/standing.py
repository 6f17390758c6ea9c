"""One zone's standing in words, figures and bars."""

from __future__ import annotations

from dataclasses import dataclass

from zoneeval.model.standing import CriterionStanding, ZoneStanding, level_name
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import LadderRow

PERCENT = "%"
_OF_CHANGE = ("增速", "高出平均", "比上年增减")


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion on the way to a level: what it is, and what is missing.

    ``lacking`` is the gap as a share of the threshold, for finding the furthest one.
    """

    key: str
    label: str
    change: str
    verdict: str
    tone: Tone
    clause: str
    lacking: float = 0.0


def aim_of(standing: ZoneStanding, levels: int) -> int | None:
    """Return the level to reach next: the target, else one more; None at the top."""
    at_least = -1 if standing.at_least is None else standing.at_least
    if standing.target is not None and standing.target > at_least:
        return min(standing.target, levels - 1)
    return at_least + 1 if at_least + 1 < levels else None


def is_share(criterion: CriterionStanding) -> bool:
    """Tell whether a criterion's figures show as per cent; places and counts do not."""
    if criterion.unit or criterion.label.endswith(("位次", "位次提升")):
        return False
    known = ZONE_INDICATORS.get(criterion.key)
    return known is None or known.is_share or criterion.label.endswith(_OF_CHANGE)


def unit_of(criterion: CriterionStanding) -> str:
    """Return the unit that is written behind a criterion's figures."""
    return PERCENT if is_share(criterion) else criterion.unit


def lower_is_better(criterion: CriterionStanding) -> bool:
    """Tell the direction from what is asked: thresholds that fall want less."""
    known = [t for t in criterion.thresholds if not isinstance(t, str) and t is not None]
    if len(set(known)) > 1:
        return known[-1] < known[0]
    if criterion.gap and criterion.value is not None and criterion.next_threshold is not None:
        return criterion.value > criterion.next_threshold
    of = ZONE_INDICATORS.get(criterion.key)
    return of is not None and of.lower_is_better


def value_words(criterion: CriterionStanding, value: float | None) -> str:
    """Return a figure of a criterion with its unit: 24.17 亿元, 3.3%."""
    if value is None:
        return figure(None)
    return f"{figure(value, share=is_share(criterion))} {criterion.unit}".rstrip()


def step_of(criterion: CriterionStanding, aim: int) -> Step:
    """Return what one criterion still needs for the next level or the target."""
    threshold = criterion.thresholds[aim]
    now = value_words(criterion, criterion.value)
    reached = criterion.level_at_least is not None and criterion.level_at_least >= aim
    change, verdict, tone, lacking = now, "", Tone.UNCERTAIN, 0.0
    if threshold is None:
        verdict, tone = "这一级不要求", Tone.PLAIN
    elif isinstance(threshold, str):
        change, verdict = f"{now} → 未知", "门槛未知，没有见到公布的数值"
        if reached and criterion.value is not None:
            verdict, tone = "已达（更高一级的门槛已达到）", Tone.A
    else:
        wanted = value_words(criterion, threshold)
        change = f"{now} → {wanted}"
        gap = _gap(criterion, threshold)
        if criterion.value is None or gap is None:
            change, verdict = f"缺数据 → {wanted}", "缺数据，请录入或导入"
        elif gap > 0:
            verdict, tone = gap_words(criterion, threshold, gap), Tone.C
            lacking = gap / abs(threshold) if threshold else 0.0
        else:
            change, verdict, tone = f"{now}，要求 {wanted}", "已达", Tone.A
    return Step(criterion.key, criterion.label, change, verdict, tone, criterion.clause, lacking)


def _gap(criterion: CriterionStanding, threshold: float) -> float | None:
    """Return what is missing to the next level's threshold or the target's."""
    if threshold == criterion.next_threshold:
        return criterion.gap
    return criterion.target_gap if threshold == criterion.target_threshold else None


def gap_words(criterion: CriterionStanding, threshold: float, gap: float) -> str:
    """Return what is missing to a threshold: 差 5.83 亿元，需增长 24.1%."""
    words = f"差 {value_words(criterion, gap)}"
    if is_share(criterion):
        words = f"差 {figure(gap * 100)} 个百分点"
    if not criterion.value or criterion.value < 0:
        return words
    change = threshold / criterion.value - 1
    verb = "增长" if change >= 0 else "下降"
    return f"{words}，需{verb} {figure(abs(change) * 100, decimals=1)}%"


def distance_words(standing: ZoneStanding, levels: int) -> tuple[str, Tone]:
    """Return how far a zone is from its target (or next level), in one cell."""
    at_least = -1 if standing.at_least is None else standing.at_least
    if standing.target is not None and at_least >= standing.target:
        return "已达", Tone.A
    aim = aim_of(standing, levels)
    if aim is None:
        return "已到最高一级", Tone.A
    steps = [step_of(criterion, aim) for criterion in standing.criteria]
    missing = [s.label for s in steps if s.verdict.startswith("缺数据")]
    if missing:
        return f"缺数据：{'、'.join(missing)}", Tone.UNCERTAIN
    behind = [step for step in steps if step.tone is Tone.C]
    if behind:
        step = max(behind, key=lambda one: one.lacking)
        more = f"，共 {len(behind)} 项未达" if len(behind) > 1 else ""
        short = step.verdict.replace("，需增长 ", "（+").replace("，需下降 ", "（−")
        closed = f"{short}）" if short != step.verdict else short
        return f"{step.label}{closed}{more}", Tone.C
    if any(step.verdict.startswith("门槛未知") for step in steps):
        return f"{level_name(aim)}的门槛未知", Tone.UNCERTAIN
    return _said(standing)


def _said(standing: ZoneStanding) -> tuple[str, Tone]:
    """Return the weightiest reason where no criterion keeps a zone from its next level."""
    for kinds, tone in (
        (("veto", "gate", "movement", "unmet"), Tone.C),
        (("no_data", "unknown", "peers", "former"), Tone.UNCERTAIN),
    ):
        found = [reason.words for reason in standing.reasons if reason.kind in kinds]
        if found:
            more = f"，共 {len(found)} 条" if len(found) > 1 else ""
            return found[0] + more, tone
    return "各项已达", Tone.A


def _short(step: Step) -> str:
    """Return what is missing in a few words: 差 5.83 亿元."""
    return step.verdict.partition("，")[0]


def ladder_rows(standing: ZoneStanding, aim: int | None) -> list[LadderRow]:
    """Return the criteria for the ladder drawn; shares are shown as per cent."""
    rows = []
    for criterion in standing.criteria:
        times = 100.0 if is_share(criterion) else 1.0
        thresholds = tuple(
            "unknown" if isinstance(t, str) else None if t is None else round(t * times, 10)
            for t in criterion.thresholds
        )
        meets, lacking = criterion.met, ""
        if aim is not None:
            step = step_of(criterion, aim)
            if criterion.value is not None:
                meets = {Tone.A: True, Tone.PLAIN: True, Tone.C: False}.get(step.tone)
                lacking = "" if step.tone in (Tone.A, Tone.PLAIN) else _short(step)
        rows.append(
            LadderRow(
                criterion.key,
                f"{criterion.label}（{unit_of(criterion)}）"
                if unit_of(criterion)
                else criterion.label,
                thresholds,  # type: ignore[arg-type]
                None if criterion.value is None else criterion.value * times,
                unit_of(criterion),
                meets,
                value_words(criterion, criterion.value),
                lower_is_better(criterion),
                aim,
                lacking,
            )
        )
    return rows
