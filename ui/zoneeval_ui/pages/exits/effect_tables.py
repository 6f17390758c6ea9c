"""Tables, bars and the form of the segment 成效."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.effects import EFFECT_WORDS, MONEY, period_words
from zoneeval_ui.pages.exits.form import Form, Input, Values
from zoneeval_ui.pages.exits.ledger_tables import known_words, make_table
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import Column, TableData
from zoneeval_ui.theme import Tone, tone_of_grade
from zoneeval_ui.widgets.year_bars import YearSeries

if TYPE_CHECKING:
    from zoneeval.model.effects import Effect, EffectEntry, Expected
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.session import Work

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Measure:
    """A figure that the chart can show."""

    key: str
    label: str
    unit: str
    of: Callable[[Effect], float | None]


MEASURES = (
    Measure("charged", "加价", "万元", lambda one: one.charged),
    Measure("relieved", "减免", "万元", lambda one: one.relieved),
    Measure("land", "腾出土地", "亩", lambda one: one.land.value),
    Measure("energy", "腾出用能", "吨标准煤", lambda one: one.energy.value),
    Measure("emission", "减少排放", "吨", lambda one: one.emission.value),
)


def bars_of(effects: Sequence[Effect], measure: Measure) -> tuple[list[str], list[YearSeries]]:
    """Return the years without gaps between, and a series per class that has the figure."""
    if not effects:
        return [], []
    years = list(range(min(one.year for one in effects), max(one.year for one in effects) + 1))
    held = {(one.year, one.grade): one for one in effects}
    grades = sorted({one.grade for one in effects}, key=lambda grade: grade or "~")
    series = []
    for grade in grades:
        mine = [held.get((year, grade)) for year in years]
        values = tuple(None if one is None else measure.of(one) for one in mine)
        if any(value is not None for value in values):
            tone = tone_of_grade(grade) if grade else Tone.PLAIN
            notes = tuple("" if one is None else _months(one, measure.key) for one in mine)
            series.append(YearSeries(_grade_words(grade), tone, values, notes))
    return [str(year) for year in years], series


def _grade_words(grade: str | None) -> str:
    if grade is None:
        return translate("Exits", "其他")
    return translate("Exits", "{grade} 类").format(grade=grade)


def _months(one: Effect, key: str) -> str:
    months = {"charged": one.months_charged, "relieved": one.months_relieved}.get(key, 12)
    if months in (0, 12):
        return ""
    return translate("Exits", "只有 {n} 个月的金额").format(n=months)


def effects_table(effects: Sequence[Effect]) -> TableData:
    """Return the effects by year and class, the newest year first."""
    columns = (
        Column("year", translate("Exits", "年度"), width=5),
        Column("grade", translate("Exits", "类别"), width=4),
        Column(
            "charged", translate("Exits", "加价"), translate("Exits", "万元"), width=8, right=True
        ),
        Column(
            "relieved", translate("Exits", "减免"), translate("Exits", "万元"), width=8, right=True
        ),
        Column("cases", translate("Exits", "销号"), translate("Exits", "项"), "integer"),
        Column(
            "land", translate("Exits", "腾出土地"), translate("Exits", "亩"), width=9, right=True
        ),
        Column(
            "energy",
            translate("Exits", "腾出用能"),
            translate("Exits", "吨标准煤"),
            width=9,
            right=True,
        ),
        Column(
            "emission", translate("Exits", "减排"), translate("Exits", "吨"), width=9, right=True
        ),
        Column("people", translate("Exits", "安置"), translate("Exits", "人"), width=8, right=True),
    )
    order = sorted(effects, key=lambda one: (-one.year, one.grade or "~"))
    lines = [
        {
            "year": str(one.year),
            "grade": _grade_words(one.grade),
            "charged": _money(one.charged, one.months_charged),
            "relieved": _money(one.relieved, one.months_relieved),
            "cases": one.cases,
            "land": known_words(one.land),
            "energy": known_words(one.energy),
            "emission": known_words(one.emission),
            "people": known_words(one.people),
        }
        for one in order
    ]
    return make_table(columns, lines, [f"{one.year}/{one.grade or ''}" for one in order], {})


def _money(amount: float | None, months: int) -> str:
    text = figure(amount)
    if amount is not None and 0 < months < 12:
        text += translate("Exits", "（{n} 个月）").format(n=months)
    return text


def entries_table(entries: Sequence[EffectEntry]) -> TableData:
    """Return the amounts entered; row ids are the numbers."""
    columns = (
        Column("period", translate("Exits", "期间"), width=8),
        Column("grade", translate("Exits", "类别"), kind="grade"),
        Column("kind", translate("Exits", "项目"), width=4),
        Column("amount", translate("Exits", "金额"), kind="number"),
        Column("unit", translate("Exits", "单位"), width=4),
        Column("document", translate("Exits", "依据文件"), width=16),
        Column("note", translate("Exits", "备注"), width=12),
        Column("id", translate("Exits", "编号"), kind="integer", width=4),
    )
    lines = [
        {
            "period": period_words(one.period),
            "grade": one.grade,
            "kind": EFFECT_WORDS[one.kind],
            "amount": one.amount,
            "unit": one.unit,
            "document": one.document,
            "note": one.note,
            "id": one.id,
        }
        for one in entries
    ]
    return make_table(columns, lines, [one.id for one in entries], {})


def expected_table(found: Sequence[Expected]) -> TableData:
    """Return what a tariff would bring, by class."""
    columns = (
        Column("grade", translate("Exits", "类别"), kind="grade"),
        Column(
            "charged",
            translate("Exits", "加价估算"),
            translate("Exits", "万元"),
            width=14,
            right=True,
        ),
        Column(
            "relieved",
            translate("Exits", "减免估算"),
            translate("Exits", "万元"),
            width=14,
            right=True,
        ),
    )
    lines = [
        {
            "grade": one.grade,
            "charged": known_words(one.charged),
            "relieved": known_words(one.relieved),
        }
        for one in found
    ]
    return make_table(columns, lines, [one.grade for one in found], {})


def effect_form(content: ExitsContent) -> Form:
    """Ask for an amount of a class in a period."""
    year = str(content.year or content.today.year)
    kinds = tuple(EFFECT_WORDS.items())

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> EffectEntry:
            from zoneeval_db import operations

            return operations.add_effect(
                ws,
                values["period"],
                values["grade"],
                values["kind"],
                values["amount"],
                unit=values["unit"],
                document=values["document"],
                note=values["note"],
            )

        return do

    return Form(
        "effectEntry",
        translate("Exits", "录入政策成效"),
        translate("Exits", "一类企业在一个期间的加价或减免金额，都填正数。不清楚的不录入。"),
        (
            Input(
                "period",
                translate("Exits", "期间"),
                value=year,
                hint="2025、2025Q1、2025-03",
                required=True,
            ),
            Input(
                "grade", translate("Exits", "类别"), hint=translate("Exits", "如 C"), required=True
            ),
            Input("kind", translate("Exits", "项目"), "choice", "charged", choices=kinds),
            Input("amount", translate("Exits", "金额"), "number", required=True),
            Input(
                "unit",
                translate("Exits", "单位"),
                "choice",
                "万元",
                choices=tuple((u, u) for u in MONEY),
            ),
            Input(
                "document",
                translate("Exits", "依据文件"),
                hint=translate("Exits", "报表、结算单的名称和文号"),
                required=True,
            ),
            Input("note", translate("Exits", "备注")),
        ),
        translate("Exits", "录入"),
        work,
        lambda one: translate("Exits", "已录入{period} {grade} 类{kind}。").format(
            period=period_words(one.period), grade=one.grade, kind=EFFECT_WORDS[one.kind]
        ),
    )
