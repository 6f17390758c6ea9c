"""What 总览 shows, read in the worker."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.adjudication import RunStatus
from zoneeval_ui.pages.adjudication.content import current_state, states_of
from zoneeval_ui.pages.overview.ledger import LedgerView, read_ledger
from zoneeval_ui.pages.overview.standing import StarView, figure, star_views, stars_note
from zoneeval_ui.pages.overview.steps import (
    ISSUED,
    LIVE,
    OVERDUE,
    PAGE_OF_STEP,
    TARIFF,
    WAITING,
    year_steps,
)
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import CutLine, Metric, ScoreBar, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval_db.operations import Acting, Headline, NearLine, Overview, RunResult, RunState
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.shell import Context

translate = QCoreApplication.translate
MOST_BARS = 16


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the primary button does: its text, the page it leads to, and a link's key."""

    text: str
    page: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the scores are spread, the lines drawn, and how the classes came about."""

    bars: tuple[ScoreBar, ...]
    cuts: tuple[CutLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ExitView:
    """The lowest class: its letter, how many, and the land they hold (亩)."""

    letter: str
    count: int
    land: float | None
    without_land: int


@dataclass(frozen=True, slots=True)
class OverviewContent:
    """A year and zone at a glance."""

    year: int
    sentence: str
    next_step: NextStep
    has_run: bool
    steps: tuple[Step, ...]
    metrics: tuple[Metric, ...]
    metrics_note: str
    spread: Spread
    near: tuple[NearLine, ...]
    near_letter: str
    stars: tuple[StarView, ...]
    stars_note: str
    exit: ExitView | None
    ledger: LedgerView | None = None


def read_overview(workspace: Workspace, context: Context) -> OverviewContent | None:
    """Return the year and zone of the context, or None where no year is chosen."""
    from zoneeval_db import operations

    if context.year is None:
        return None
    found = operations.overview(workspace, context.year, context.zone or None)
    run = found.final
    newest = found.dataset.id if found.dataset else None
    state = current_state(states_of(workspace, found.year, found.zone), context.policy)
    locked = found.run is not None and operations.adjudication(workspace, found.run.id).is_locked
    ledger = read_ledger(workspace, context.zone or None, date.today())
    stale = found.run is not None and not locked and newest not in (None, found.run.dataset_id)
    return OverviewContent(
        year=found.year,
        sentence=_sentence(found, context),
        next_step=_next_step(found, state, stale=stale),
        has_run=run is not None,
        steps=year_steps(found, state, stale=stale, ledger=ledger),
        metrics=tuple(_metric(headline) for headline in found.headlines),
        metrics_note=_metrics_note(found.headlines),
        spread=_spread(found, run),
        near=found.near_line,
        near_letter=_lowest(run) if run else "",
        stars=star_views(found),
        stars_note=stars_note(found),
        exit=_exit(run, context.zone) if run else None,
        ledger=ledger,
    )


def _sentence(found: Overview, context: Context) -> str:
    place = f"{found.zone} " if found.zone else ""
    text = translate("Overview", "{place}{state}；下一步：{step}。").format(
        place=place, state=found.state, step=found.next_step
    )
    if found.run is not None and context.policy not in (None, found.run.policy_id):
        text += translate("Overview", "最近一次评价用的是“{title}”。").format(
            title=found.run.policy_title
        )
    return text


def _next_step(found: Overview, state: RunState | None, *, stale: bool) -> NextStep:
    if not found.enterprises:
        return NextStep(translate("Overview", "导入表格"), "import")
    if found.run is None:
        return NextStep(translate("Overview", "去评价"), "evaluation")
    if stale:
        return NextStep(translate("Overview", "去重新评价"), "evaluation")
    if found.acting is not None:
        return _act_next(found.acting)
    if state is not None and state.adjudication.status is not RunStatus.TRIAL:
        return NextStep(translate("Overview", "去公示调整"), "adjudication")
    return NextStep(translate("Overview", "查看评价结果"), "evaluation")


def _act_next(acting: Acting) -> NextStep:
    """Return what the button does once the result is published."""
    words = {
        "issue": (translate("Overview", "去印发名单"), ISSUED),
        "tariff": (translate("Overview", "去填写价格表"), TARIFF),
        "feedback": (translate("Overview", "查看执行名单"), ISSUED),
        "export": (translate("Overview", "去导出名单"), "act"),
        "open": (translate("Overview", "去立案"), WAITING),
        "overdue": (translate("Overview", "查看逾期事项"), OVERDUE),
        "live": (translate("Overview", "查看在办事项"), LIVE),
    }
    text, link = words[acting.step]
    return NextStep(text, PAGE_OF_STEP[link], link)


def _metric(headline: Headline) -> Metric:
    value = "" if headline.value is None else figure(headline.value)
    if headline.change is None or headline.value is None:
        return Metric(headline.label, value, headline.unit)
    decimals = 1 if abs(headline.value) >= 10 else 2
    change = round(headline.change, decimals)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    delta = translate("Overview", "{change} 较上年").format(
        change=f"{sign}{abs(change):,.{decimals}f}"
    )
    tone = Tone.A if change > 0 else Tone.C if change < 0 else Tone.PLAIN
    return Metric(headline.label, value, headline.unit, delta, tone)


def _metrics_note(headlines: Sequence[Headline]) -> str:
    note = translate("Overview", "按合计数计算（总量 ÷ 总量）。")
    lacking = [
        translate("Overview", "{label} {n} 户").format(label=h.label, n=h.missing)
        for h in headlines
        if h.missing
    ]
    if not lacking:
        return note
    return note + translate("Overview", "缺数据未计入：{list}。").format(list="、".join(lacking))


def _spread(found: Overview, run: RunResult | None) -> Spread:
    if run is None or not found.scores:
        return Spread((), (), "")
    letters = [grade.letter for grade in run.policy.grades]
    return Spread(
        score_bars(found.scores, found.score_grades, letters),
        _cuts(run, found.zone),
        _how_graded(run),
    )


def score_bars(
    scores: Sequence[float], grades: Sequence[str | None], letters: Sequence[str]
) -> tuple[ScoreBar, ...]:
    """Return scores in at most 16 bins of a round width, lowest class at the foot."""
    low, high = min(scores), max(scores)
    widths = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
    width = next((w for w in widths if (high - low) / w <= MOST_BARS - 2), (high - low) / 10)
    first, last = math.floor(low / width), math.floor(high / width)
    bins = [Counter[str]() for _ in range(last - first + 1)]
    for score, grade in zip(scores, grades, strict=True):
        bins[math.floor(score / width) - first][grade or ""] += 1
    order = [*reversed(letters), ""]
    return tuple(
        ScoreBar(
            (first + place) * width,
            (first + place + 1) * width,
            tuple((letter, found[letter]) for letter in order if found[letter]),
        )
        for place, found in enumerate(bins)
    )


def _cuts(run: RunResult, zone: str | None) -> tuple[CutLine, ...]:
    """Return the lines on the composite score; only one group's lines mean anything."""
    import numpy as np

    evaluation = run.evaluation
    inside = np.array([zone is None or z == zone for z in evaluation.zone])
    ranked = inside & ~np.isnan(evaluation.rank)
    groups = {(evaluation.track[i], evaluation.group[i]) for i in np.flatnonzero(ranked)}
    if len(groups) != 1:
        return ()
    summary = evaluation.group_of(int(np.flatnonzero(ranked)[0]))
    cuts = [
        CutLine(q.cut, translate("Overview", "{grade} 类线").format(grade=q.grade))
        for q in (summary.quotas[:-1] if summary else ())
        if q.key == "composite_score" and q.cut is not None
    ]
    upper = evaluation.composite[ranked & (evaluation.gate == "upper")]
    lower = evaluation.composite[ranked & (evaluation.gate == "lower")]
    if len(upper) and len(lower):
        middle = (float(upper.min()) + float(lower.max())) / 2
        cuts.append(CutLine(middle, translate("Overview", "前后各半")))
    return tuple(cuts)


def _how_graded(run: RunResult) -> str:
    from zoneeval.policy.class_wording import formula_words
    from zoneeval.policy.schema import TwoStage

    for track in run.policy.tracks:
        rule = track.grading
        if isinstance(rule, TwoStage):
            parts = [
                translate("Overview", "{grade} 类从得分{half} {share:.0%} 中按{key}选出").format(
                    grade=s.grade,
                    half="前" if s.half == "upper" else "后",
                    share=rule.gate,
                    key=formula_words(track, s.order_by),
                )
                for s in rule.selections
            ]
            return "，".join(parts) + translate("Overview", "，同一分数段里可有不同类别。")
    if not run.evaluation.counts():
        return translate("Overview", "办法没有可用的分类规则，只评分和排名。")
    return ""


def _leaving(run: RunResult) -> str:
    """Return the letter of the class that is to leave, "" where the policy has none."""
    from zoneeval.policy.schema import Treatment

    letters = [g.letter for g in run.policy.grades if g.treatment is Treatment.EXIT]
    return letters[-1] if letters else ""


def _lowest(run: RunResult) -> str:
    return _leaving(run) or run.policy.grades[-1].letter


def _exit(run: RunResult, zone: str | None) -> ExitView | None:
    """Return the class that is to leave, or None where the policy has no such class."""
    import numpy as np

    from zoneeval.engine.derive import derive

    letter = _leaving(run)
    if not letter or not run.evaluation.counts():
        return None
    evaluation = run.evaluation
    codes = {
        str(code)
        for code, grade, place in zip(
            evaluation.uscc, evaluation.grade, evaluation.zone, strict=True
        )
        if grade == letter and (not zone or place == zone)
    }
    table = derive(run.dataset, ["land_area"]).dataset
    inside = np.array([str(code) in codes for code in table.text("uscc")], dtype=bool)
    land = table.number("land_area")[inside]
    known = land[~np.isnan(land)]
    total = float(known.sum()) if len(known) else None
    return ExitView(letter, len(codes), total, len(land) - len(known))
