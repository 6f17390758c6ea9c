"""The sheets 原始数据, 办法参数 and 得分过程: the whole evaluation as formulas.

A spreadsheet takes a figure for a half that lies within its fifteenth digit of one; the
engine looks at the shortest decimal.  Only figures as near to a half as that can differ.
"""

from __future__ import annotations

from collections import Counter

from zoneeval.expressions.excel import NotRenderableError
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.policy.resolve import resolved
from zoneeval.policy.schema import Policy
from zoneeval.report.header import RunHeader, run_note, status_alerts, titled
from zoneeval.report.live.basis import RANKED, Live, add_fields, blocks_of, ordered_rows
from zoneeval.report.live.classes import add_bonus, add_classes, add_places
from zoneeval.report.live.scores import add_indicator, add_reweighing
from zoneeval.report.live.sheet import PARAMETERS, PROCESS, RAW, Grid, Parameters
from zoneeval.report.order import data_rows
from zoneeval.report.workbook.columns import Column, Page

MOST = 20_000
"""Enterprises up to which the formulas are written."""

MOST_TOGETHER = 10_000
"""Enterprises that may be ranked together in formulas.

Rank and place compare everyone with all of the group, four times the work for twice as
many: half a minute for ten thousand in a spreadsheet program.
"""

_NOTES = 3


def why_not_live(policy: Policy, evaluation: Evaluation, dataset: Dataset) -> str:
    """Return why the results are written without formulas, "" where they have them."""
    ranked = sum(str(state) in RANKED for state in evaluation.participation.tolist())
    if ranked > MOST:
        return f"参评企业 {ranked} 家，超过 {MOST} 家，公式过多，本工作簿不附“{PROCESS}”。"
    together = _largest_group(evaluation)
    if together > MOST_TOGETHER:
        return (
            f"一起排名的企业有 {together} 家，超过 {MOST_TOGETHER} 家，重新计算太慢，"
            f"本工作簿不附“{PROCESS}”。"
        )
    if not ranked:
        return f"没有参评企业，本工作簿不附“{PROCESS}”。"
    if evaluation.inputs.merges:
        return f"有企业合并评价，原始数据与评价对象不是一一对应，本工作簿不附“{PROCESS}”。"
    held = {info.key for info in evaluation.indicators}
    used = {track.id: {item.key for item in track.indicators} for track in policy.tracks}
    ranked_in = [
        str(track)
        for track, state in zip(
            evaluation.track.tolist(), evaluation.participation.tolist(), strict=True
        )
        if str(state) in RANKED
    ]
    if any(track not in used or not used[track] <= held for track in ranked_in):
        return f"评价结果与办法的指标不一致，本工作簿不附“{PROCESS}”。"
    if any(place is None for place in data_rows(evaluation, dataset)):
        return f"有企业在原始数据中找不到，本工作簿不附“{PROCESS}”。"
    return ""


def _largest_group(evaluation: Evaluation) -> int:
    members = Counter(
        (str(track), str(group))
        for track, group, state in zip(
            evaluation.track.tolist(),
            evaluation.group.tolist(),
            evaluation.participation.tolist(),
            strict=True,
        )
        if str(state) in RANKED
    )
    return max(members.values(), default=0)


def live_pages(
    header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> tuple[list[Page], str]:
    """Return the sheets of formulas, or none and the reason why not."""
    reason = why_not_live(policy, evaluation, dataset)
    if reason:
        return [], reason
    policy = resolved(policy, dataset.year)
    try:
        live = _built(policy, evaluation, dataset)
    except NotRenderableError:
        return [], f"办法中有不能写成表格公式的规则，本工作簿不附“{PROCESS}”。"
    return _pages(header, live), ""


def _built(policy: Policy, evaluation: Evaluation, dataset: Dataset) -> Live:
    places = data_rows(evaluation, dataset)
    source = ordered_rows(policy, evaluation, dataset, places)
    first = 1 + len(status_alerts(policy, policy.has_illustrative)) + _NOTES + 2
    live = Live(
        policy,
        evaluation,
        dataset,
        source,
        [places[row] or 0 for row in source],
        blocks_of(policy, evaluation, source),
        Grid(RAW, first, len(source)),
        Grid(PROCESS, first, len(source)),
        Parameters(first),
    )
    _identify(live)
    add_fields(live)
    for block in live.blocks:
        for item in block.track.indicators:
            add_indicator(live, block, item)
        add_reweighing(live, block)
    for step in (add_bonus, add_places, add_classes):
        for block in live.blocks:
            step(live, block)
    return live


def _identify(live: Live) -> None:
    evaluation = live.evaluation
    tracks = {track.id: track.label for track in live.policy.tracks}
    for grid in (live.raw, live.process):
        names = grid.add("name", "企业名称", "text")
        names[:] = [evaluation.name[row] for row in live.source]
        codes = grid.add("uscc", "统一社会信用代码", "code")
        codes[:] = [evaluation.uscc[row] for row in live.source]
        groups = grid.add("group", "排名分组", "text")
        groups[:] = [str(evaluation.group[row]) for row in live.source]
    track = live.raw.add("track", "评价对象", "text")
    track[:] = [tracks[evaluation.track[row]] for row in live.source]
    number = live.raw.add("number", "序号", "plain")
    number[:] = list(range(1, len(live.source) + 1))
    graded = live.raw.add("graded", "定级（1是0否）", "plain")
    states = [str(evaluation.participation[row]) for row in live.source]
    graded[:] = [int(state == Participation.EVALUATED.value) for state in states]


def _pages(header: RunHeader, live: Live) -> list[Page]:
    alerts = status_alerts(live.policy, live.policy.has_illustrative)
    run = run_note(header, live.policy)
    said = "；".join(live.said)
    changed = "不写成公式的：" + said + "。" if said else "各项都是公式。"
    fixed = "参评状态、评价对象和排名分组是评价时定下的，不随本表改动而变。"

    def page(grid: Grid, what: str, notes: tuple[str, str]) -> Page:
        return Page(
            grid.name,
            titled(header, what),
            tuple(grid.columns),
            grid.lines(),
            notes=(run, *notes),
            alerts=alerts,
            frozen_columns=2,
        )

    parameters = Page(
        PARAMETERS,
        titled(header, "办法参数"),
        (
            Column("评价对象", width=24),
            Column("项目", width=30),
            Column("参数", width=34),
            Column("数值", "general", width=18),
        ),
        live.parameters.rows,
        notes=(run, f"改动这里的数值，“{PROCESS}”随之重新计算。", "依据见“政策依据”。"),
        alerts=alerts,
        frozen_columns=2,
    )
    return [
        page(
            live.raw,
            "参评企业原始数据",
            (f"改动数值，“{PROCESS}”随之重新计算；请不要排序或增删行。", fixed),
        ),
        parameters,
        page(
            live.process,
            "得分过程",
            (f"各格是公式，取自“{RAW}”和“{PARAMETERS}”；“—”为缺数据，“/”为不适用。", changed),
        ),
    ]
