"""The page 政策依据: every figure of a policy with the clause it rests on."""

from __future__ import annotations

from zoneeval.expressions.wording import worded
from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.class_wording import (
    ClassLine,
    adjustment_words,
    denominator_words,
    formula_words,
    group_words,
    industry_words,
    limit_lines,
    precedence_words,
    ranked_by,
    share_lines,
    threshold_lines,
)
from zoneeval.policy.dated_grading import by_year_words
from zoneeval.policy.methods import Ratio
from zoneeval.policy.schema import (
    Benchmark,
    Bonus,
    Grading,
    Indicator,
    Limits,
    Policy,
    RankOnly,
    Shares,
    Thresholds,
    Track,
    TwoStage,
)
from zoneeval.policy.wording import (
    addon_words,
    benchmark_words,
    bonus_words,
    limit_words,
    method_words,
    missing_words,
    treatment_words,
)
from zoneeval.report.header import document_words, status_alerts
from zoneeval.report.workbook.columns import Cell, Column, Page, Styled

_ROUNDING = {"nearest": "四舍五入取整", "floor": "向下取整", "ceil": "向上取整"}
_TIES = {"next_key": "按下一排序项分先后", "include": "一并列入", "exclude": "一并不列入"}
_HALVES = {"upper": "前半", "lower": "后半"}
_MIDDLE = {"neither": "不归前后两半", "upper": "归前半", "lower": "归后半"}
_ORDERS = {"descending": "由高到低", "ascending": "由低到高"}
_LIMITS = "上限向下取整、下限向上取整"
_CONVENTION = "按本程序所载办法文件的约定，原文未写明的须核定"


class _Rows:
    """Collect the rows of the page."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.rows: list[list[Cell]] = []

    def add(
        self,
        about: str,
        item: str,
        value: Cell,
        *,
        unit: str = "",
        cite: str = "",
        illustrative: bool = False,
        note: str = "",
        clause: str = "",
    ) -> None:
        """Add one figure; the clause says where it was published, or that it was not."""
        clause = clause or self._policy.clause(cite, illustrative=illustrative)
        self.rows.append(
            [
                len(self.rows) + 1,
                about,
                item,
                value,
                unit,
                clause or "未注明出处",
                "示意" if illustrative else "否",
                note,
            ]
        )


def basis_page(policy: Policy) -> Page:
    """Return 政策依据."""
    found = _Rows(policy)
    for condition in policy.eligibility:
        found.add(
            "参评范围",
            condition.reason,
            Participation(condition.otherwise).label
            + (f"，按 {condition.managed_as} 类管理" if condition.managed_as else ""),
            cite=condition.cite,
            illustrative=condition.illustrative,
            note=condition.note,
        )
    document = document_words(policy)
    for grade in policy.grades:
        found.add("类别", f"{grade.letter}类", grade.name, note=grade.note, clause=document)
    for group in policy.groups:
        words, sample = industry_words(group), group.illustrative
        found.add("行业组", group.label, words, cite=group.cite, illustrative=sample)
    for track in policy.tracks:
        _track(found, track)
    for rule in policy.adjustments:
        words, sample = adjustment_words(policy, rule), rule.illustrative
        found.add(
            "类别调整", rule.reason, words, cite=rule.cite, illustrative=sample, note=rule.note
        )
    if precedence_words(policy):
        found.add("类别调整", "先后", precedence_words(policy), clause=document)
    return Page(
        "政策依据",
        f"{document_words(policy)}数值与依据",
        (
            Column("序号", "plain"),
            Column("对象", cap=24),
            Column("项目", "wrap", cap=36),
            Column("数值", "wrap", cap=30),
            Column("单位", "center", cap=16),
            Column("依据", "wrap", cap=52),
            Column("是否示意", "center"),
            Column("备注", "wrap", cap=40),
        ),
        found.rows,
        notes=("“示意”表示该数值未见公布，为试算所设，不是官方数值。",),
        alerts=status_alerts(policy, policy.has_illustrative),
        frozen_columns=3,
    )


def _track(found: _Rows, track: Track) -> None:
    groups = group_words(track.group_by) or "全部企业"
    found.add(track.label, "排名分组", f"按{groups}" if track.group_by else groups, cite=track.cite)
    if track.rank_by:
        found.add(track.label, "排名依据", ranked_by(track), cite=track.cite)
    if track.decimals is not None:
        found.add(
            track.label,
            "综合得分保留小数",
            track.decimals,
            unit="位",
            cite=track.cite,
            illustrative=track.decimals_illustrative,
        )
    for indicator in track.indicators:
        _indicator(found, track, indicator)
    for bonus in track.bonus:
        plain = not bonus.per and bonus.share_of_score is None
        found.add(
            track.label,
            f"{'扣分' if bonus.is_penalty else '加分'}：{bonus.label}",
            Styled(bonus.points, "number") if plain else bonus_words(bonus),
            unit="分" if plain else "",
            cite=bonus.cite,
            illustrative=bonus.illustrative,
            note=_joined(bonus_words(bonus) if plain and _conditions(bonus) else "", bonus.note),
        )
    for words in limit_words(track):
        found.add(track.label, "加减分上限", words, cite=track.cite)
    if track.addon is not None:
        found.add(track.label, "地方自选指标", addon_words(track), cite=track.cite)
    _grading(found, track, track.grading)


def _conditions(bonus: Bonus) -> bool:
    return bool(bonus.limit is not None or bonus.window or bonus.kind)


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)


def _indicator(found: _Rows, track: Track, indicator: Indicator) -> None:
    name, cite, sample = indicator.shown_label, indicator.cite, indicator.illustrative
    formula = indicator.formula or (
        FIELDS[indicator.key].formula if indicator.key in FIELDS else ""
    )
    note = _joined(f"算法：{worded(formula)}" if formula else "", indicator.note)
    found.add(
        track.label,
        f"{name}：权重",
        Styled(indicator.weight, "number"),
        unit="分",
        cite=cite,
        illustrative=sample,
        note=note,
    )
    if not isinstance(indicator.method, Ratio):
        words = method_words(indicator)
        found.add(track.label, f"{name}：计分", words, cite=cite, illustrative=sample)
    base = indicator.benchmark
    if base.kind != "none":
        value, unit = _benchmark(base, indicator)
        found.add(
            track.label,
            f"{name}：基准",
            value,
            unit=unit,
            cite=base.cite or cite,
            illustrative=base.illustrative,
            note=base.note,
        )
    if indicator.direction == "cost":
        found.add(track.label, f"{name}：方向", "越低越好", cite=cite, illustrative=sample)
    for word, limit in (("最高得分", indicator.cap), ("最低得分", indicator.floor)):
        if limit is not None:
            found.add(
                track.label,
                f"{name}：{word}",
                Styled(limit, "number"),
                unit="倍权重",
                cite=cite,
                illustrative=sample,
            )
    for words in treatment_words(indicator):
        found.add(track.label, f"{name}：处理", words, cite=cite, illustrative=sample)
    if indicator.missing != "zero":
        words = missing_words(indicator)
        found.add(track.label, f"{name}：缺数", words, cite=cite, illustrative=sample)


def _benchmark(base: Benchmark, indicator: Indicator) -> tuple[Cell, str]:
    if base.values or base.kind not in ("fixed", "average") or base.population == "all":
        return benchmark_words(base, indicator), indicator.shown_unit
    if base.kind == "fixed":
        return Styled(base.value, "ratio" if indicator.is_share else "fine"), indicator.shown_unit
    year = "上一年度" if base.year == "previous" else "本年度"
    whose = "本组" if base.population == "group" else "全部同类企业"
    how = "总量相除" if base.average == "ratio_of_totals" else "逐家比值平均"
    times = "" if base.multiple == 1 else f"的 {base.multiple:g} 倍"
    return f"{whose}{year}平均值{times}（{how}）", indicator.shown_unit


def _grading(found: _Rows, track: Track, grading: Grading) -> None:
    if isinstance(grading, RankOnly):
        found.add(track.label, "类别", "只排名，不定类别", cite=grading.cite, note=grading.reason)
        return
    sample = grading.illustrative
    lines: list[ClassLine] = []
    if isinstance(grading, Shares):
        lines = share_lines(grading)
    elif isinstance(grading, Limits):
        lines = limit_lines(grading)
    elif isinstance(grading, Thresholds):
        lines = threshold_lines(track, grading)
    for line in lines:
        found.add(
            track.label,
            f"{line.grade}类",
            line.words,
            cite=line.cite,
            illustrative=line.illustrative,
            note=grading.note,
        )
    if isinstance(grading, TwoStage):
        found.add(
            track.label,
            "综合得分排名的前半占",
            Styled(grading.gate, "share"),
            cite=grading.cite,
            illustrative=sample,
            note="；".join(words for words in (by_year_words(grading), grading.note) if words),
        )
        middle = _MIDDLE[grading.middle]
        found.add(track.label, "奇数家时中间一家", middle, clause=_CONVENTION)
        for chosen in grading.selections:
            key = formula_words(track, chosen.order_by)
            item = (
                f"{chosen.grade}类：{_HALVES[chosen.half]}中按{key}"
                f"{_ORDERS[chosen.order]}，占参评企业"
            )
            found.add(
                track.label,
                item,
                Styled(chosen.share, "share"),
                cite=chosen.cite or grading.cite,
                illustrative=chosen.illustrative or sample,
                note=by_year_words(chosen),
            )
        found.add(track.label, "其余企业", f"{grading.rest}类", cite=grading.cite)
    if isinstance(grading, Thresholds):
        return
    rounding = _LIMITS if isinstance(grading, Limits) else _ROUNDING[grading.rounding]
    found.add(
        track.label,
        "名额取整；并列",
        f"{rounding}；{_TIES[grading.ties]}{denominator_words(grading)}",
        clause=_CONVENTION,
    )
