"""Lists to the utilities as tables: where each stands, its changes, its history, reports."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.effects import period_words
from zoneeval.model.feedback import STATUS_WORDS, FeedbackComparison
from zoneeval.model.utility_list import CHANGE_WORDS, IssuedList, ListChanges, ListLine, SharedLine
from zoneeval_ui.pages.lists.preview import line_words
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval_db.operations import DraftList
    from zoneeval_ui.pages.lists.content import ListsContent

translate = QCoreApplication.translate
CHANGE_TINTS = {"added": Tint.UNCERTAIN, "removed": Tint.GOOD, "changed": Tint.MUTED}


@dataclass(frozen=True, eq=False)
class Standing:
    """Where the list of one utility stands: what was sent last, and what would be now."""

    utility: str
    last: IssuedList | None
    draft: DraftList | None
    issued: tuple[IssuedList, ...]

    @property
    def changes(self) -> ListChanges | None:
        """Return what a new list would change."""
        return self.draft.changes if self.draft is not None else None


def standings(content: ListsContent) -> list[Standing]:
    """Return the utilities of the chosen tariff, then those that have a list all the same."""
    names = dict.fromkeys((*content.drafts, *(one.utility for one in content.issued)))
    out = []
    for name in names:
        mine = tuple(one for one in content.issued if one.utility == name)
        last = next((one for one in mine if one.withdrawn is None), None)
        out.append(Standing(name, last, content.drafts.get(name), mine))
    return out


def today() -> str:
    """Return the day by which lists are in force."""
    return date.today().isoformat()


def span_words(one: IssuedList) -> str:
    """Return from when to when a list is carried out."""
    until = translate("Lists", "至 {day}").format(day=one.valid_to) if one.valid_to else ""
    return translate("Lists", "{day} 起{until}").format(day=one.valid_from, until=until)


def standings_table(found: Sequence[Standing]) -> TableData:
    """Return one row per utility."""
    columns = (
        Column("utility", translate("Lists", "单位"), width=4, strong=True),
        Column("list", translate("Lists", "最近印发的名单"), width=13),
        Column("state", translate("Lists", "状态"), width=4),
        Column("span", translate("Lists", "执行起止"), width=11),
        Column("held", translate("Lists", "在册"), "行", kind="integer"),
        Column("now", translate("Lists", "现应列"), "行", kind="integer"),
        Column("added", CHANGE_WORDS["added"], kind="integer"),
        Column("removed", CHANGE_WORDS["removed"], kind="integer"),
        Column("changed", CHANGE_WORDS["changed"], kind="integer"),
        Column("pending", translate("Lists", "待定"), kind="integer"),
        Column("missing", translate("Lists", "缺户号"), "家", kind="integer"),
        Column("shared", translate("Lists", "合用户号"), kind="integer"),
    )
    values: dict[str, list[Any]] = {column.key: [] for column in columns}
    tints: dict[tuple[int, str], Tint] = {}
    for place, one in enumerate(found):
        for key, value in _standing(one).items():
            values[key].append(value)
            if key in ("added", "removed", "changed", "pending", "missing", "shared") and value:
                tints[place, key] = Tint.UNCERTAIN
    return TableData(columns, values, ids=[one.utility for one in found], tints=tints)


def _standing(one: Standing) -> dict[str, Any]:
    last, draft = one.last, one.draft
    row: dict[str, Any] = {
        "utility": one.utility,
        "list": f"第 {last.id} 号 {last.document}" if last else translate("Lists", "还没有印发"),
        "state": last.state_on(today()) if last else None,
        "span": span_words(last) if last else None,
        "held": len(last.content.charged) if last else None,
    }
    changes = one.changes
    content = draft.content if draft is not None else None
    row["now"] = len(content.charged) if content else None
    for kind in ("added", "removed", "changed"):
        row[kind] = len(changes.of(kind)) if changes else None
    row["pending"] = sum(x.state == "pending" for x in content.lines) if content else None
    row["missing"] = len({x.uscc for x in content.missing}) if content else None
    row["shared"] = len(content.shared) if content else None
    return row


def changes_table(changes: ListChanges) -> TableData:
    """Return what a list adds, takes off and changes, each with its reason."""
    columns = (
        Column("kind", translate("Lists", "变化"), width=3, strong=True),
        Column("enterprise", translate("Lists", "企业名称"), width=15),
        Column("account", translate("Lists", "户号"), width=10),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("rate", translate("Lists", "标准")),
        Column("reason", translate("Lists", "原因"), width=24),
        Column("document", translate("Lists", "依据文号"), width=12),
        Column("zone", translate("Lists", "园区"), width=10),
    )
    rows = changes.changes
    words = [line_words(one.line) for one in rows]
    values: dict[str, list[Any]] = {
        key: [line[key] for line in words]
        for key in ("enterprise", "account", "grade", "rate", "document", "zone")
    }
    values["kind"] = [CHANGE_WORDS[one.kind] for one in rows]
    values["reason"] = [one.reason for one in rows]
    tints = {(at, "kind"): CHANGE_TINTS[one.kind] for at, one in enumerate(rows)}
    return TableData(columns, values, ids=list(range(len(rows))), tints=tints)


def shared_table(found: Iterable[SharedLine]) -> TableData:
    """Return the accounts that cannot be charged as a whole."""
    rows = list(found)
    rows_lines = [one.line for one in rows]
    columns = (
        Column("enterprise", translate("Lists", "企业名称"), width=15),
        Column("account", translate("Lists", "户号"), width=11),
        Column("users", translate("Lists", "合用的企业"), width=26),
        Column("use", translate("Lists", "本企业用量"), _unit(rows_lines), kind="number"),
        Column("remark", translate("Lists", "备注"), width=20),
    )
    values: dict[str, list[Any]] = {
        "enterprise": [one.line.enterprise for one in rows],
        "account": [one.line.account for one in rows],
        "users": [one.users for one in rows],
        "use": [one.use for one in rows],
        "remark": [one.line.remark for one in rows],
    }
    return TableData(columns, values, ids=list(range(len(rows))))


def _unit(lines: Iterable[ListLine]) -> str:
    """Return the unit of what was used, "" where it is not the same in all lines."""
    from zoneeval.engine.acting.feedback import use_unit

    units = {use_unit(line.kind, line.unit) for line in lines}
    return units.pop() if len(units) == 1 else ""


def history_table(issued: Sequence[IssuedList]) -> TableData:
    """Return the lists sent, the newest first."""
    columns = (
        Column("id", translate("Lists", "编号"), width=4, strong=True),
        Column("document", translate("Lists", "文号"), width=14),
        Column("issued_on", translate("Lists", "印发日期")),
        Column("span", translate("Lists", "执行起止"), width=14),
        Column("state", translate("Lists", "状态"), width=5),
        Column("lines", translate("Lists", "执行"), "行", kind="integer"),
        Column("changes", translate("Lists", "比上一份"), width=13),
        Column("tariff", translate("Lists", "价格表"), width=15),
        Column("run", translate("Lists", "评价"), width=5),
        Column("withdrawn", translate("Lists", "撤回"), width=16),
    )
    values: dict[str, list[Any]] = {
        "id": [f"第 {one.id} 号" for one in issued],
        "document": [one.document for one in issued],
        "issued_on": [one.issued_on for one in issued],
        "span": [span_words(one) for one in issued],
        "state": [one.state_on(today()) for one in issued],
        "lines": [len(one.content.charged) for one in issued],
        "changes": [_counts(one.changes) for one in issued],
        "tariff": [_tariff_words(one) for one in issued],
        "run": [f"第 {one.run_id} 次" for one in issued],
        "withdrawn": [
            f"{x.withdrawn.on} {x.withdrawn.document}：{x.withdrawn.reason}"
            if x.withdrawn
            else None
            for x in issued
        ],
    }
    return TableData(columns, values, ids=[one.id for one in issued])


def _tariff_words(one: IssuedList) -> str:
    """Return title and version of the tariff that a list was made from."""
    title = str(tomllib.loads(one.tariff_text).get("title", one.tariff))
    _id, _, version = one.tariff.partition("@")
    return (
        translate("Lists", "{title}（第 {n} 版）").format(title=title, n=version)
        if version
        else title
    )


def _counts(changes: ListChanges) -> str:
    if changes.against is None:
        return translate("Lists", "第一份")
    parts = [f"{word} {len(changes.of(kind))}" for kind, word in CHANGE_WORDS.items()]
    return "，".join(parts)


def feedback_table(found: FeedbackComparison) -> TableData:
    """Return what was reported held against the list, faults first."""
    unit = _unit([one.line for one in found.lines if one.line is not None])
    columns = (
        Column("status", translate("Lists", "结论"), width=6, strong=True),
        Column("enterprise", translate("Lists", "企业名称"), width=15),
        Column("account", translate("Lists", "户号"), width=10),
        Column("period", translate("Lists", "期间"), width=6),
        Column("use", translate("Lists", "反馈用量"), unit, kind="number"),
        Column("listed", translate("Lists", "名单标准"), right=True),
        Column("rate", translate("Lists", "反馈标准"), kind="number", decimals=4),
        Column("expected", translate("Lists", "应为"), "万元", kind="number"),
        Column("amount", translate("Lists", "反馈金额"), "万元", kind="number"),
        Column("words", translate("Lists", "说明"), width=22),
    )
    rows = sorted(found.lines, key=lambda one: not one.is_fault)
    values: dict[str, list[Any]] = {
        "status": [STATUS_WORDS[one.status] for one in rows],
        "enterprise": [one.line.enterprise if one.line else None for one in rows],
        "account": [
            (x.line.account or x.line.uscc) if x.line else x.row.account if x.row else None
            for x in rows
        ],
        "period": [period_words(one.period) for one in rows],
        "use": [one.row.use if one.row else None for one in rows],
        "listed": [
            f"{x.line.rate:g} {x.line.unit}" if x.line and x.line.rate is not None else None
            for x in rows
        ],
        "rate": [one.rate for one in rows],
        "expected": [one.expected for one in rows],
        "amount": [one.row.amount if one.row else None for one in rows],
        "words": [one.words for one in rows],
    }
    tints = {
        (at, "status"): Tint.UNCERTAIN if one.is_fault else Tint.GOOD for at, one in enumerate(rows)
    }
    return TableData(columns, values, ids=list(range(len(rows))), tints=tints)


def feedback_words(found: FeedbackComparison) -> str:
    """Return the comparison in a sentence; unknown amounts are counted apart."""
    counts = "，".join(f"{STATUS_WORDS[key]} {n} 项" for key, n in found.counts.items() if n)
    billed = translate("Lists", "反馈金额 {n} 万元").format(n=figure(found.billed, decimals=4))
    if found.billed_unknown:
        billed += translate("Lists", "（{n} 项没有金额，不计入）").format(n=found.billed_unknown)
    due = translate("Lists", "按名单应为 {n} 万元").format(n=figure(found.expected, decimals=4))
    if found.expected_unknown:
        due += translate("Lists", "（{n} 项没有用量，不计入）").format(n=found.expected_unknown)
    return f"{counts}。{billed}，{due}。"
