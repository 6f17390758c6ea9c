"""The pages 说明, 汇总, 分组界线 and 未参评原因 of the results workbook."""

from __future__ import annotations

import math
from collections import Counter

from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import label_of
from zoneeval.policy.schema import Policy
from zoneeval.report.header import (
    RunHeader,
    citation_section,
    list_section,
    rule_section,
    run_note,
    status_alerts,
    titled,
)
from zoneeval.report.order import awards_classes, letters_of, zones_of
from zoneeval.report.workbook.columns import MISSING, Cell, Column, FactPage, Page, Section, Styled


def about_page(
    header: RunHeader, policy: Policy, evaluation: Evaluation, without: str = ""
) -> FactPage:
    """Return 说明: the rules, the run, the counts, what is missing and what was assumed.

    ``without`` says why the workbook has no sheets of formulas.
    """
    missing = [*policy.missing]
    for track in policy.tracks:
        missing += [f"{track.label}：{line}" for line in track.missing]
    if not awards_classes(policy):
        missing.append("本办法没有公布分类比例，只打分排名，不定类别。")
    return FactPage(
        "说明",
        titled(header, "企业分类综合评价结果"),
        (
            rule_section(policy, "一、评价办法"),
            _run_section(header, evaluation),
            _count_section(policy, evaluation),
            list_section("四、办法中缺少的内容", missing, "没有。"),
            list_section("五、计算时的假定", evaluation.assumptions, "没有。"),
            list_section(
                "六、提醒", [*evaluation.warnings, *([without] if without else [])], "没有。"
            ),
            Section("七、" + citation_section(policy).heading, citation_section(policy).facts),
            Section(
                "八、核对用的指纹（内容有任何改动，指纹就不同）",
                (
                    ("办法指纹", evaluation.policy_fingerprint or MISSING),
                    ("数据指纹", header.dataset_fingerprint or evaluation.dataset_fingerprint),
                    ("上一年数据指纹", evaluation.previous_fingerprint or "未用上一年数据"),
                ),
            ),
        ),
        status_alerts(policy, policy.has_illustrative),
    )


def _run_section(header: RunHeader, evaluation: Evaluation) -> Section:
    version = header.dataset_version
    return Section(
        "二、本次评价",
        (
            ("评价年度", str(header.year) if header.year else MISSING),
            ("园区", "、".join(zone for zone in header.zones if zone) or MISSING),
            ("评价批次", f"第 {header.run_id} 号" if header.run_id is not None else "未存入工作区"),
            ("数据版本", f"第 {version} 版" if version is not None else MISSING),
            ("企业数", f"{evaluation.size} 家"),
            ("评价时间", header.time_words),
            ("计算程序版本", header.engine_version),
            ("工作区文件", header.workspace or MISSING),
        ),
    )


def _count_section(policy: Policy, evaluation: Evaluation) -> Section:
    counts = evaluation.counts()
    facts = []
    for letter in letters_of(policy, evaluation):
        grade = policy.grade(letter)
        name = f"（{grade.name}）" if grade and grade.name != f"{letter}类" else ""
        facts.append((f"{letter}类{name}", f"{counts.get(letter, 0)} 家"))
    states = Counter(str(state) for state in evaluation.participation.tolist())
    facts += [(p.label, f"{states.get(p.value, 0)} 家") for p in Participation]
    return Section("三、结果", tuple(facts))


def summary_page(header: RunHeader, policy: Policy, evaluation: Evaluation) -> Page:
    """Return 汇总: per zone the counts and shares of classes, and those left out."""
    letters = letters_of(policy, evaluation)
    columns = [
        Column("园区"),
        Column("企业数（家）", "integer"),
        Column("参评（家）", "integer"),
    ]
    for letter in letters:
        columns += [
            Column(f"{letter}类（家）", "integer"),
            Column(f"{letter}类占参评比例", "share"),
        ]
    others = _other_states(evaluation)
    columns += [Column("参评未定类（家）", "integer")]
    columns += [Column(f"{state.label}（家）", "integer") for state in others]
    zones = evaluation.zone.tolist()
    rows = [
        _summary_row(
            zone or "（未分园区）",
            evaluation,
            [i for i, z in enumerate(zones) if z == zone],
            letters,
            others,
        )
        for zone in zones_of(evaluation)
    ]
    return Page(
        "汇总",
        titled(header, "分类结果汇总"),
        tuple(columns),
        rows,
        notes=(run_note(header, policy), "比例＝该类家数÷参评家数；“—”表示没有参评企业。"),
        alerts=status_alerts(policy, policy.has_illustrative),
        last_row=_summary_row("合计", evaluation, list(range(evaluation.size)), letters, others),
        frozen_columns=1,
    )


def _other_states(evaluation: Evaluation) -> list[Participation]:
    """Return the states, other than evaluated, that occur at all."""
    found = {str(state) for state in evaluation.participation.tolist()}
    return [
        state
        for state in Participation
        if state is not Participation.EVALUATED and state.value in found
    ]


def _summary_row(
    label: str,
    evaluation: Evaluation,
    rows: list[int],
    letters: list[str],
    others: list[Participation],
) -> list[Cell]:
    states = Counter(str(evaluation.participation[i]) for i in rows)
    evaluated = states.get(Participation.EVALUATED.value, 0)
    grades = Counter(evaluation.grade[i] for i in rows)
    among = Counter(
        evaluation.grade[i]
        for i in rows
        if str(evaluation.participation[i]) == Participation.EVALUATED.value
    )
    out: list[Cell] = [label, len(rows), evaluated]
    for letter in letters:
        share = among.get(letter, 0) / evaluated if evaluated else None
        out += [grades.get(letter, 0), share]
    out.append(among.get(None, 0))
    return [*out, *(states.get(state.value, 0) for state in others)]


def lines_page(header: RunHeader, policy: Policy, evaluation: Evaluation) -> Page:
    """Return 分组界线: per ranking group each class's quota, taken, and cut."""
    names = {info.key: info for info in evaluation.indicators}
    rows: list[list[Cell]] = []
    for summary in evaluation.groups:
        track = policy.track(summary.track)
        for quota in summary.quotas:
            info = names.get(quota.key)
            by = info.label if info else label_of(quota.key)
            if quota.key in ("composite", "composite_score"):
                by = "综合得分"
            share = info is not None and info.is_share
            cut: Cell = quota.cut
            if cut is not None and math.isfinite(float(quota.cut or 0)):
                cut = Styled(quota.cut, "ratio" if share else "fine")
            rows.append(
                [
                    track.label if track else summary.track,
                    summary.group or "全部",
                    summary.size,
                    f"{quota.grade}类",
                    quota.share,
                    quota.quota,
                    quota.taken,
                    by,
                    cut,
                ]
            )
    return Page(
        "分组界线",
        titled(header, "各组名额与分界"),
        (
            Column("评价对象"),
            Column("排名分组"),
            Column("参评（家）", "integer"),
            Column("类别", "center"),
            Column("比例", "share"),
            Column("名额（家）", "integer"),
            Column("实取（家）", "integer"),
            Column("排序依据", "center"),
            Column("最后一家的数值", "fine"),
        ),
        rows,
        notes=(run_note(header, policy),),
        empty="本次评价没有划分类别的名额。",
    )


def left_out_page(header: RunHeader, policy: Policy, evaluation: Evaluation) -> Page:
    """Return 未参评原因: how many per zone, state and reason."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in range(evaluation.size):
        state = Participation(str(evaluation.participation[row]))
        if state is not Participation.EVALUATED:
            reason = "；".join(evaluation.reasons[row]) or MISSING
            found[(evaluation.zone[row] or "（未分园区）", state.label, reason)] += 1
    return Page(
        "未参评原因",
        titled(header, "未参评企业原因汇总"),
        (
            Column("园区"),
            Column("参评状态", "center"),
            Column("原因", "wrap", cap=70),
            Column("企业数（家）", "integer"),
        ),
        [[*key, count] for key, count in sorted(found.items())],
        notes=(run_note(header, policy),),
        sums=(3,),
        empty="所有企业都参加了评价。",
    )
