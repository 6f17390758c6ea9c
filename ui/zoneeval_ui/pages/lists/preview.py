"""The lists as tables, before they are exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.pricing import DIRECTION_WORDS, RECEIVER_KIND
from zoneeval.model.utility_list import METERED, ListLine
from zoneeval_ui.pages.lists.content import ExitRow, ListsContent
from zoneeval_ui.pages.lists.wording import letters_words
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval_db.operations import DraftList

translate = QCoreApplication.translate
PENDING, NO_ACCOUNT = "待定", "缺户号"
METERED_KINDS = frozenset(RECEIVER_KIND[name] for name in METERED)


def preview_chips(content: ListsContent) -> list[Chip]:
    """Return which lists can be looked at, with their rows."""
    if content.rank_only_reason:
        return []
    exits = translate("Lists", "{letters}企业").format(letters=letters_words(content.exit_letters))
    chips = [Chip("exit", exits, len(content.exits))]
    chips += [
        Chip(
            f"price:{utility}",
            translate("Lists", "价格清单·{u}").format(u=utility),
            len(draft_lines(draft)),
        )
        for utility, draft in content.drafts.items()
    ]
    return chips


def preview_table(content: ListsContent, key: str) -> TableData:
    """Return the list of a chip as a table."""
    kind, _, utility = key.partition(":")
    if kind == "price":
        draft = content.drafts.get(utility)
        return list_table(draft_lines(draft) if draft is not None else ())
    return exit_table(content.exits)


def exit_table(rows: tuple[ExitRow, ...]) -> TableData:
    """Return the enterprises that are to leave or transform."""
    columns = (
        Column("name", translate("Lists", "企业名称"), width=16),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("years", translate("Lists", "连续年数"), kind="integer"),
        Column("composite", translate("Lists", "综合得分"), kind="number", strong=True),
        Column("rank", translate("Lists", "排名"), kind="integer"),
        Column("drags", translate("Lists", "主要拖累指标"), width=24),
        Column("zone", translate("Lists", "园区"), width=11),
        Column("uscc", translate("Lists", "统一社会信用代码")),
    )
    values = {column.key: [getattr(row, column.key) for row in rows] for column in columns}
    return TableData(columns, values, ids=[row.uscc for row in rows])


def list_table(lines: Sequence[ListLine]) -> TableData:
    """Return the lines of a list; unknown rates and dates are amber 待定."""
    columns = (
        Column("enterprise", translate("Lists", "企业名称"), width=16),
        Column("account_name", translate("Lists", "户名"), width=16),
        Column("account", translate("Lists", "户号"), width=11),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("years", translate("Lists", "连续年数"), kind="integer"),
        Column("what", translate("Lists", "措施"), width=7),
        Column("rate", translate("Lists", "标准")),
        Column("span", translate("Lists", "执行起止")),
        Column("document", translate("Lists", "依据文号"), width=10),
        Column("remark", translate("Lists", "备注"), width=14),
        Column("zone", translate("Lists", "园区"), width=11),
    )
    values: dict[str, list[object]] = {column.key: [] for column in columns}
    tints: dict[tuple[int, str], Tint] = {}
    for place, row in enumerate(lines):
        for key, value in line_words(row).items():
            values[key].append(value)
            if value in (PENDING, NO_ACCOUNT):
                tints[place, key] = Tint.UNCERTAIN
    return TableData(columns, values, ids=list(range(len(lines))), tints=tints)


def line_words(line: ListLine) -> dict[str, object]:
    """Return what a line says, by column."""
    pending = PENDING if line.state == "pending" else None
    rate = f"{line.rate:g} {line.unit}".strip() if line.rate is not None else pending
    span = f"{line.starts or '—'} 至 {line.ends or '—'}" if line.starts or line.ends else pending
    account = line.account
    if account is None and line.kind in METERED_KINDS:
        account = NO_ACCOUNT
    return {
        "enterprise": line.enterprise,
        "account_name": line.account_name,
        "account": account,
        "grade": line.grade,
        "years": line.years,
        "what": f"{line.kind}{DIRECTION_WORDS[line.direction]}",
        "rate": rate or translate("Lists", "不执行"),
        "span": span,
        "document": line.document or pending,
        "remark": line.remark,
        "zone": line.zone,
    }


def draft_lines(draft: DraftList) -> tuple[ListLine, ...]:
    """Return every line of a draft: accounts, those shared, and enterprises without one."""
    content = draft.content
    shared = tuple(one.line for one in content.shared)
    return (*content.lines, *shared, *content.missing)
