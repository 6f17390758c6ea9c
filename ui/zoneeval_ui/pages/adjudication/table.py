"""Chips and tables of 公示调整: objections, classes by hand, changes, all classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.adjudication.wording import decision_words, subject_words, value_words
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval_ui.pages.adjudication.content import AdjudicationContent

translate = QCoreApplication.translate
OBJECTIONS, BY_HAND, CHANGES, ALL = "objections", "overrides", "changes", "all"
OBJECTION = "objection:"
"""Begins the row id of an objection; other rows have the credit code."""


def chips_of(content: AdjudicationContent) -> list[Chip]:
    """Return what can be looked at, with counts."""
    waiting = sum(o.is_open for o in content.objections)
    return [
        Chip(
            OBJECTIONS,
            translate("Adjudication", "异议"),
            len(content.objections),
            translate("Adjudication", "待处理 {n} 件").format(n=waiting),
        ),
        Chip(BY_HAND, translate("Adjudication", "人工调整"), len(content.overrides)),
        Chip(
            CHANGES,
            translate("Adjudication", "变化"),
            len(content.changes),
            translate("Adjudication", "最终类别与公示前（接替的：与已发布的）不同的企业"),
        ),
        Chip(ALL, translate("Adjudication", "全部类别"), len(content.rows)),
    ]


def empty_text(key: str) -> str:
    """Return what to say where a table has no rows."""
    return {
        OBJECTIONS: translate("Adjudication", "没有收到异议"),
        BY_HAND: translate("Adjudication", "没有人工调整"),
        CHANGES: translate("Adjudication", "没有企业改变类别"),
    }.get(key, translate("Adjudication", "没有企业"))


def row_for(content: AdjudicationContent, key: str, row_id: str | None) -> str | None:
    """Return the row of another table that is about the same enterprise."""
    if row_id is None:
        return None
    if key == OBJECTIONS and not row_id.startswith(OBJECTION):
        mine = [o for o in content.objections if o.uscc == row_id]
        mine.sort(key=lambda o: not o.is_open)
        return f"{OBJECTION}{mine[0].id}" if mine else row_id
    if key != OBJECTIONS and row_id.startswith(OBJECTION):
        number = row_id.removeprefix(OBJECTION)
        return next((o.uscc for o in content.objections if str(o.id) == number), None)
    return row_id


def table_of(content: AdjudicationContent, key: str) -> TableData:
    """Return the table of a chip."""
    if content.run is None:
        return TableData((), {})
    make = {OBJECTIONS: _objections, BY_HAND: _by_hand, CHANGES: _changes}.get(key, _all)
    return make(content)


def _table(
    columns: tuple[Column, ...],
    lines: Sequence[dict[str, Any]],
    ids: Sequence[Any],
    tints: dict[tuple[int, str], Tint] | None = None,
) -> TableData:
    values = {column.key: [line[column.key] for line in lines] for column in columns}
    return TableData(columns, values, ids=ids, tints=tints or {})


def _objections(content: AdjudicationContent) -> TableData:
    columns = (
        Column("name", translate("Adjudication", "企业名称"), width=14),
        Column("subject", translate("Adjudication", "事项"), width=6),
        Column("decision", translate("Adjudication", "处理"), width=4),
        Column("stated", translate("Adjudication", "评价所用数值"), right=True),
        Column("claimed", translate("Adjudication", "企业主张"), right=True),
        Column("grade", translate("Adjudication", "类别"), kind="grade"),
        Column("received", translate("Adjudication", "收到日期"), width=6),
        Column("decided", translate("Adjudication", "决定日期"), width=6),
        Column("moved", translate("Adjudication", "改变类别"), "户", "integer"),
        Column("number", translate("Adjudication", "编号"), kind="integer"),
    )
    lines, tints = [], {}
    for place, made in enumerate(content.objections):
        who = content.moved.get(made.id)
        lines.append(
            {
                "name": content.name_of(made.uscc),
                "subject": subject_words(made),
                "decision": decision_words(made),
                "stated": value_words(made, made.stated_value),
                "claimed": value_words(made, made.claimed_value),
                "grade": content.final.get(made.uscc),
                "received": made.received_on,
                "decided": made.decided_on,
                "moved": None if who is None else len(who),
                "number": made.id,
            }
        )
        tints[place, "decision"] = {
            "open": Tint.UNCERTAIN,
            "accepted": Tint.GOOD,
        }.get(made.decision, Tint.MUTED)
    return _table(columns, lines, [f"{OBJECTION}{o.id}" for o in content.objections], tints)


def _by_hand(content: AdjudicationContent) -> TableData:
    columns = (
        Column("name", translate("Adjudication", "企业名称"), width=14),
        Column("rules", translate("Adjudication", "按办法"), kind="grade"),
        Column("grade", translate("Adjudication", "调整后"), kind="grade"),
        Column("reason", translate("Adjudication", "理由"), width=14),
        Column("document", translate("Adjudication", "依据文件"), width=12),
        Column("approver", translate("Adjudication", "批准人"), width=8),
        Column("day", translate("Adjudication", "决定日期"), width=6),
    )
    lines = [
        {
            "name": content.name_of(made.uscc),
            "rules": rules_grade(content, made.uscc),
            "grade": made.grade,
            "reason": made.reason,
            "document": made.document,
            "approver": made.approver,
            "day": made.decided_on,
        }
        for made in content.overrides.values()
    ]
    return _table(columns, lines, list(content.overrides))


def rules_grade(content: AdjudicationContent, uscc: str) -> str | None:
    """Return the class that the rules give, beside which one by hand stands."""
    row = content.run.evaluation.row_of(uscc) if content.run else None
    return None if row is None or content.run is None else content.run.evaluation.grade[row]


def _changes(content: AdjudicationContent) -> TableData:
    columns = (
        Column("name", translate("Adjudication", "企业名称"), width=15),
        Column("before", translate("Adjudication", "原类别"), kind="grade"),
        Column("after", translate("Adjudication", "现类别"), kind="grade"),
        Column("cause", translate("Adjudication", "原因"), width=22),
        Column("zone", translate("Adjudication", "园区"), width=11),
    )
    keys = [column.key for column in columns]
    lines = [{key: getattr(made, key) for key in keys} for made in content.changes]
    return _table(columns, lines, [made.uscc for made in content.changes])


def _all(content: AdjudicationContent) -> TableData:
    assert content.run is not None
    evaluation, rows = content.run.evaluation, list(content.rows)
    codes = [str(code) for code in evaluation.uscc[rows]]
    columns = [
        Column("name", translate("Adjudication", "企业名称"), width=15),
        Column("grade", translate("Adjudication", "最终类别"), kind="grade"),
        Column("rules", translate("Adjudication", "按办法"), kind="grade"),
        Column("composite", translate("Adjudication", "综合得分"), kind="number", strong=True),
        Column("rank", translate("Adjudication", "排名"), kind="integer"),
        Column("state", translate("Adjudication", "参评状态")),
        Column("note", translate("Adjudication", "备注"), width=12),
    ]
    values: dict[str, Any] = {
        "name": evaluation.name[rows],
        "grade": [content.final.get(code) for code in codes],
        "rules": evaluation.grade[rows],
        "composite": evaluation.composite[rows],
        "rank": evaluation.rank[rows],
        "state": [Participation(evaluation.participation[i]).label for i in rows],
        "note": [_note(content, code) for code in codes],
    }
    if content.zone is None and len(set(evaluation.zone[rows])) > 1:
        columns.insert(5, Column("zone", translate("Adjudication", "园区"), width=11))
        values["zone"] = evaluation.zone[rows]
    tints = {
        (place, "state"): Tint.MUTED
        for place, i in enumerate(rows)
        if evaluation.participation[i] != Participation.EVALUATED
    }
    return TableData(tuple(columns), values, ids=codes, tints=tints)


def _note(content: AdjudicationContent, uscc: str) -> str | None:
    words = [translate("Adjudication", "人工调整")] if uscc in content.overrides else []
    mine = [o for o in content.objections if o.uscc == uscc]
    if any(o.is_open for o in mine):
        words.append(translate("Adjudication", "异议待处理"))
    elif mine:
        words.append(translate("Adjudication", "异议已处理"))
    return "，".join(words) or None
