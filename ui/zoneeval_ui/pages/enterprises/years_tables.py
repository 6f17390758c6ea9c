"""Tables and bars of one enterprise over all years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.fields import FIELDS
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import Chip
from zoneeval_ui.widgets.year_bars import YearSeries

if TYPE_CHECKING:
    from zoneeval.model.enterprise_years import EnterpriseYear, EnterpriseYears, YearResult

translate = QCoreApplication.translate
DATA, SCORES, PRICES, EXIT, EVENTS = "data", "scores", "prices", "exit", "events"
CHARTED = (DATA, SCORES)
"""The tables whose rows have a figure per year, which can be drawn."""
COMPOSITE = "composite"


def chips_of(found: EnterpriseYears) -> list[Chip]:
    """Return what can be looked at, with counts."""
    return [
        Chip(DATA, translate("Years", "数据和类别"), None),
        Chip(SCORES, translate("Years", "各项得分"), None),
        Chip(PRICES, translate("Years", "差别化政策"), len(found.prices)),
        Chip(EXIT, translate("Years", "退出转型"), len(found.cases)),
        Chip(EVENTS, translate("Years", "大事记"), len(found.happenings)),
    ]


def empty_text(key: str) -> str:
    """Return what to say where a table has no rows."""
    return {
        SCORES: translate("Years", "各年度都没有得分"),
        PRICES: translate("Years", "没有列入印发的执行名单"),
        EXIT: translate("Years", "没有列入退出转型台账"),
        EVENTS: translate("Years", "没有记录异议、调整、执行名单和退出转型事项"),
    }.get(key, translate("Years", "没有数据"))


def table_of(found: EnterpriseYears, key: str) -> TableData:
    """Return the table of a chip."""
    make = {SCORES: _scores, PRICES: _prices, EXIT: _exit, EVENTS: _events}.get(key, _data)
    return make(found)


def sentence_of(found: EnterpriseYears) -> str:
    """Say what the newest years were, year by year."""
    parts = []
    for one in found.years:
        made = one.result
        grade = translate("Years", "没有评价")
        if made is not None and made.final:
            grade = translate("Years", "{grade} 类").format(grade=made.final)
        elif made is not None:
            grade = made.participation
        parts.append(f"{found.heading(one)} {grade}")
    return translate("Years", "{years}。").format(years="，".join(parts))


# -- years side by side ------------------------------------------------------------------


def _by_year(
    found: EnterpriseYears, rows: Sequence[tuple[str, str, list[str]]], tints: dict[Any, Tint]
) -> TableData:
    columns = [Column("item", translate("Years", "项目"), width=15)]
    columns += [
        Column(str(at), found.heading(one), width=10, right=True)
        for at, one in enumerate(found.years)
    ]
    values: dict[str, list[str]] = {"item": [label for _key, label, _texts in rows]}
    for at in range(len(found.years)):
        values[str(at)] = [texts[at] for _key, _label, texts in rows]
    return TableData(tuple(columns), values, ids=[key for key, _label, _t in rows], tints=tints)


def _data(found: EnterpriseYears) -> TableData:
    years = found.years
    rows = [
        ("final", translate("Years", "最终类别"), [_grade(one, "final") for one in years]),
        (
            "by_rules",
            translate("Years", "按办法的类别"),
            [_grade(one, "by_rules") for one in years],
        ),
        (
            "by_score",
            translate("Years", "按得分的类别"),
            [_grade(one, "by_score") for one in years],
        ),
        (
            COMPOSITE,
            translate("Years", "综合得分"),
            [_figure(_number(found, COMPOSITE, one)) for one in years],
        ),
        ("rank", translate("Years", "综合排名"), [_rank(one) for one in years]),
        ("count", translate("Years", "连续在该类（年）"), [_count(one) for one in years]),
        ("taking", translate("Years", "参评情况"), [_taking(one) for one in years]),
        ("status", translate("Years", "评价状态"), [_status(one) for one in years]),
    ]
    for key in next(iter(years)).values:
        if any(one.values[key] is not None for one in years):
            share = FIELDS[key].kind == "share"
            texts = [figure(one.values[key], share=share) for one in years]
            rows.append((key, FIELDS[key].heading, texts))
    tints: dict[Any, Tint] = {}
    for at, one in enumerate(years):
        if one.result is not None and one.result.override is not None:
            tints[0, str(at)] = Tint.NOTE
        if one.result is not None and one.result.is_adjusted:
            tints[1, str(at)] = Tint.NOTE
    return _by_year(found, rows, tints)


def _scores(found: EnterpriseYears) -> TableData:
    keys = [(f"score:{info.key}", info.label) for info in found.indicators]
    if keys:
        keys += [
            ("bonus", translate("Years", "加分")),
            ("penalty", translate("Years", "扣分")),
            (COMPOSITE, translate("Years", "综合得分")),
        ]
    rows = [
        (key, label, [_figure(_number(found, key, one)) for one in found.years])
        for key, label in keys
    ]
    return _by_year(found, rows, {})


def _number(_found: EnterpriseYears, key: str, one: EnterpriseYear) -> float | None:
    """Return the figure of a row in a year, None where it has none."""
    made = one.result
    if key in one.values:
        return one.values[key]
    if made is None:
        return None
    if key.startswith("score:"):
        return made.scores.get(key.removeprefix("score:"))
    given = {COMPOSITE: made.composite, "bonus": made.bonus, "penalty": made.penalty}
    return given.get(key)


def bars_of(found: EnterpriseYears, key: str) -> tuple[str, str, list[str], YearSeries] | None:
    """Return title, unit, years and figures of a row; None where it has no figures."""
    values = [_number(found, key, one) for one in found.years]
    if all(value is None for value in values):
        return None
    label, unit = _named(found, key)
    if key in FIELDS and FIELDS[key].kind == "share":
        unit = "%"
        values = [None if value is None else value * 100 for value in values]
    years = [found.heading(one) for one in found.years]
    return label, unit, years, YearSeries(label, Tone.ACCENT, tuple(values))


def _named(found: EnterpriseYears, key: str) -> tuple[str, str]:
    if key in FIELDS:
        return FIELDS[key].label, FIELDS[key].unit
    names = {f"score:{info.key}": info.label for info in found.indicators}
    others = {
        "bonus": translate("Years", "加分"),
        "penalty": translate("Years", "扣分"),
        COMPOSITE: translate("Years", "综合得分"),
    }
    label = others.get(key) or translate("Years", "{name}得分").format(name=names[key])
    return label, translate("Years", "分")


def _figure(value: float | None) -> str:
    return figure(value)


def _grade(one: EnterpriseYear, name: str) -> str:
    grade = getattr(one.result, name) if one.result is not None else None
    return str(grade) if grade else MISSING


def _rank(one: EnterpriseYear) -> str:
    rank = one.result.rank if one.result else None
    return MISSING if rank is None else translate("Years", "第 {n} 名").format(n=rank)


def _count(one: EnterpriseYear) -> str:
    count = one.result.years_in_class if one.result else None
    return MISSING if count is None else str(count)


def _taking(one: EnterpriseYear) -> str:
    made = one.result
    if made is None:
        return translate("Years", "没有评价")
    words = [made.participation, *made.reasons]
    if made.evaluated_as:
        words.append(translate("Years", "与 {code} 一并评价").format(code=made.evaluated_as))
    return "；".join(words)


def _status(one: EnterpriseYear) -> str:
    made: YearResult | None = one.result
    if made is None:
        return MISSING
    return translate("Years", "{status}（第 {n} 次）").format(
        status=made.status.label, n=made.run_id
    )


# -- lists ---------------------------------------------------------------------------------


def _listed(columns: tuple[Column, ...], lines: Sequence[tuple[Any, ...]]) -> TableData:
    values = {column.key: [line[at] for line in lines] for at, column in enumerate(columns)}
    return TableData(columns, values, ids=list(range(len(lines))))


def _prices(found: EnterpriseYears) -> TableData:
    columns = (
        Column("utility", translate("Years", "执行单位"), width=5),
        Column("year", translate("Years", "评价年度"), width=5),
        Column("grade", translate("Years", "类别"), kind="grade"),
        Column("years", translate("Years", "连续年数"), kind="integer"),
        Column("kind", translate("Years", "项目"), width=7),
        Column("rate", translate("Years", "标准"), width=11, right=True),
        Column("from", translate("Years", "执行期间"), width=13),
        Column("account", translate("Years", "户号"), width=8),
        Column("document", translate("Years", "名单文号"), width=12),
        Column("basis", translate("Years", "标准依据"), width=14),
    )
    lines = []
    for price in found.prices:
        line = price.line
        rate = line.remark or translate("Years", "标准待定，没有执行")
        if line.rate is not None:
            rate = f"{DIRECTION_WORDS[line.direction]} {line.rate:g} {line.unit}"
        until = price.until or translate("Years", "长期")
        lines.append(
            (
                price.utility,
                str(price.year),
                line.grade,
                line.years,
                line.kind,
                rate,
                f"{price.valid_from} — {until}",
                line.account,
                price.document,
                line.document,
            )
        )
    return _listed(columns, lines)


def _exit(found: EnterpriseYears) -> TableData:
    columns = (
        Column("case", translate("Years", "事项"), width=9),
        Column("state", translate("Years", "状态"), width=5),
        Column("path", translate("Years", "处置路径"), width=6),
        Column("responsible", translate("Years", "责任单位"), width=8),
        Column("due", translate("Years", "时限"), width=7),
        Column("what", translate("Years", "步骤（结果）"), width=14),
        Column("done", translate("Years", "完成日期"), width=7),
        Column("evidence", translate("Years", "佐证材料"), width=14),
    )
    lines: list[tuple[Any, ...]] = []
    for case in found.cases:
        name = translate("Years", "第 {n} 号 {kind}").format(n=case.id, kind=case.kind.label)
        result = (case.closed_on, case.document) if case.closed_on else (None, None)
        lines.append(
            (name, case.state.label, case.path, case.responsible, case.due, case.outcome, *result)
        )
        lines += [
            (name, None, None, step.responsible, step.due, step.what, step.done_on, step.evidence)
            for step in found.steps.get(case.id, ())
        ]
    return _listed(columns, lines)


def _events(found: EnterpriseYears) -> TableData:
    columns = (
        Column("on", translate("Years", "日期"), width=7),
        Column("kind", translate("Years", "事项"), width=6),
        Column("words", translate("Years", "内容"), width=30),
        Column("document", translate("Years", "依据文件或材料"), width=12),
    )
    lines = [
        (
            one.on or (translate("Years", "{year} 年").format(year=one.year) if one.year else None),
            one.kind,
            one.words,
            one.document or None,
        )
        for one in found.happenings
    ]
    return _listed(columns, lines)
