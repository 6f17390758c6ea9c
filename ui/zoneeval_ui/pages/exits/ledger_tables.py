"""Chips and tables of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.exits import CaseState
from zoneeval_ui.pages.exits.content import SOON
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitCase, Freed, Known
    from zoneeval_ui.pages.exits.content import ExitsContent

translate = QCoreApplication.translate
ALL, OPEN, ACTING, OVERDUE, NEAR, CLOSED = "all", "open", "acting", "overdue", "soon", "closed"
CANCELLED, FREED = "cancelled", "freed"


def cases_of(content: ExitsContent, key: str) -> list[ExitCase]:
    """Return the cases of a chip."""
    if key == OVERDUE:
        return [case for case in content.cases if case.id in content.overdue]
    if key == NEAR:
        return [case for case in content.cases if case.id in content.soon]
    if key in tuple(CaseState):
        return [case for case in content.cases if case.state == key]
    return list(content.cases)


def chips_of(content: ExitsContent) -> list[Chip]:
    """Return what can be looked at, with counts."""
    labels = (
        (ALL, translate("Exits", "全部"), ""),
        (OPEN, CaseState.OPEN.label, translate("Exits", "已立案，还没有选定处置路径")),
        (ACTING, CaseState.ACTING.label, translate("Exits", "已选定处置路径或有步骤")),
        (OVERDUE, translate("Exits", "逾期"), translate("Exits", "事项或步骤过了时限")),
        (
            NEAR,
            translate("Exits", "即将到期"),
            translate("Exits", "{n} 天内到期").format(n=SOON),
        ),
        (CLOSED, CaseState.CLOSED.label, ""),
        (CANCELLED, CaseState.CANCELLED.label, ""),
    )
    chips = [Chip(key, label, len(cases_of(content, key)), tip) for key, label, tip in labels]
    chips = [chip for chip in chips if chip.key != CANCELLED or chip.count]
    tip = translate("Exits", "已销号事项腾出的土地、用能等，按年度和园区汇总")
    return [*chips, Chip(FREED, translate("Exits", "腾出汇总"), None, tip)]


def empty_text(key: str) -> str:
    """Return what to say where a table has no rows."""
    return {
        OVERDUE: translate("Exits", "没有逾期的事项"),
        NEAR: translate("Exits", "{n} 天内没有到期的事项").format(n=SOON),
        CLOSED: translate("Exits", "还没有销号的事项"),
        FREED: translate("Exits", "还没有销号的事项，没有可以汇总的"),
        ALL: translate("Exits", "台账中还没有事项。请按评价结果立案，或逐项登记"),
    }.get(key, translate("Exits", "没有这样的事项"))


def case_table(content: ExitsContent, key: str) -> TableData:
    """Return the cases of a chip as a table; row ids are the numbers."""
    cases = cases_of(content, key)
    closed = key in (CLOSED, CANCELLED)
    day = translate("Exits", "日期") if closed else translate("Exits", "完成时限")
    columns: list[Column] = [
        Column("subject", translate("Exits", "企业或项目"), width=15),
        Column("state", translate("Exits", "状态"), width=7),
        Column("closed" if closed else "due", day, width=7),
        Column("path", translate("Exits", "处置路径"), width=6),
        Column("responsible", translate("Exits", "责任单位"), width=7),
    ]
    if closed:
        columns += [
            Column(
                "freed_land", translate("Exits", "腾出土地"), translate("Exits", "亩"), "number"
            ),
            Column(
                "freed_energy",
                translate("Exits", "腾出用能"),
                translate("Exits", "吨标准煤"),
                "number",
            ),
            Column(
                "freed_emission", translate("Exits", "减排"), translate("Exits", "吨"), "number"
            ),
            Column("people", translate("Exits", "安置"), translate("Exits", "人"), "integer"),
        ]
    else:
        columns += [
            Column("steps", translate("Exits", "步骤"), width=4, right=True),
            Column("land", translate("Exits", "用地面积"), translate("Exits", "亩"), "number"),
            Column(
                "energy", translate("Exits", "综合能耗"), translate("Exits", "吨标准煤"), "number"
            ),
        ]
    columns.append(Column("kind", translate("Exits", "种类"), width=7))
    if content.zone is None:
        columns.append(Column("zone", translate("Exits", "园区"), width=10))
    columns += [
        Column("opened", translate("Exits", "立案日期"), width=7),
        Column("id", translate("Exits", "编号"), kind="integer", width=4),
    ]
    tints: dict[tuple[int, str], Tint] = {}
    lines: list[dict[str, Any]] = []
    for row, case in enumerate(cases):
        lines.append(_line(content, case))
        if case.id in content.overdue:
            tints[row, "state"] = tints[row, "due"] = Tint.POOR
        elif case.id in content.soon:
            tints[row, "state"] = tints[row, "due"] = Tint.UNCERTAIN
        elif case.state is CaseState.CLOSED:
            tints[row, "state"] = Tint.GOOD
        elif case.state is CaseState.CANCELLED:
            tints[row, "state"] = Tint.MUTED
    return make_table(columns, lines, [case.id for case in cases], tints)


def state_words(content: ExitsContent, case: ExitCase) -> str:
    """Return the state of a case, with what is urgent about it."""
    if case.id in content.overdue:
        return translate("Exits", "{state}·逾期").format(state=case.state.label)
    if case.id in content.soon:
        return translate("Exits", "{state}·将到期").format(state=case.state.label)
    return case.state.label


def _line(content: ExitsContent, case: ExitCase) -> dict[str, Any]:
    steps, figures = content.steps.get(case.id, ()), content.figures.get(case.id)
    done = sum(step.done_on is not None for step in steps)
    return {
        "subject": case.subject,
        "state": state_words(content, case),
        "kind": case.kind.label,
        "path": case.path,
        "responsible": case.responsible,
        "due": case.due,
        "closed": case.closed_on,
        "steps": f"{done}/{len(steps)}" if steps else None,
        "land": figures.land_area if figures else None,
        "energy": figures.energy_use if figures else None,
        "freed_land": case.freed_land,
        "freed_energy": case.freed_energy,
        "freed_emission": case.freed_emission,
        "people": case.people,
        "zone": case.zone,
        "opened": case.opened_on,
        "id": case.id,
    }


def freed_table(content: ExitsContent) -> TableData:
    """Return what was freed by year and zone; row ids are the places in the content."""
    columns = [
        Column("year", translate("Exits", "年度"), width=4),
        Column("zone", translate("Exits", "园区"), width=12),
        Column("cases", translate("Exits", "销号"), translate("Exits", "项"), "integer"),
        Column(
            "land", translate("Exits", "腾出土地"), translate("Exits", "亩"), width=8, right=True
        ),
        Column(
            "energy",
            translate("Exits", "腾出用能"),
            translate("Exits", "吨标准煤"),
            width=12,
            right=True,
        ),
        Column(
            "emission", translate("Exits", "减排"), translate("Exits", "吨"), width=8, right=True
        ),
        Column("people", translate("Exits", "安置"), translate("Exits", "人"), width=8, right=True),
    ]
    lines = [
        {
            "year": str(one.year),
            "zone": one.zone,
            "cases": one.cases,
            **{
                name: known_words(getattr(one, name))
                for name in ("land", "energy", "emission", "people")
            },
        }
        for one in content.freed
    ]
    return make_table(columns, lines, list(range(len(lines))), {})


def known_words(known: Known) -> str:
    """Return a sum, and of how many parts nothing is known: 32.5（另 2 项未填）."""
    if known.of == 0:
        return MISSING
    if known.value is None:
        return translate("Exits", "{n} 项均未填").format(n=known.missing)
    text = figure(known.value)
    if known.missing:
        text += translate("Exits", "（另 {n} 项未填）").format(n=known.missing)
    return text


def freed_facts(one: Freed) -> list[tuple[str, str]]:
    """Return what was freed as labels and texts."""
    return [
        (translate("Exits", "腾出土地（亩）"), known_words(one.land)),
        (translate("Exits", "腾出用能（吨标准煤）"), known_words(one.energy)),
        (translate("Exits", "减少排放（吨）"), known_words(one.emission)),
        (translate("Exits", "安置人数（人）"), known_words(one.people)),
    ]


def make_table(
    columns: Sequence[Column],
    lines: Sequence[dict[str, Any]],
    ids: Sequence[Any],
    tints: dict[tuple[int, str], Tint],
) -> TableData:
    """Return lines as a table."""
    values = {column.key: [line[column.key] for line in lines] for column in columns}
    return TableData(tuple(columns), values, ids=ids, tints=tints)
