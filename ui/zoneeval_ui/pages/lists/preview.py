"""The lists as tables, before they are exported."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from zoneeval.model.pricing import PricedAccount
from zoneeval_ui.pages.lists.content import ExitRow, ListsContent
from zoneeval_ui.pages.lists.wording import letters_words
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

translate = QCoreApplication.translate
PENDING = "待定"


def preview_chips(content: ListsContent) -> list[Chip]:
    """Return which lists can be looked at, with their rows."""
    if content.rank_only_reason:
        return []
    exits = translate("Lists", "{letters}企业").format(letters=letters_words(content.exit_letters))
    chips = [Chip("exit", exits, len(content.exits))]
    chips += [
        Chip(f"price:{utility}", translate("Lists", "价格清单·{u}").format(u=utility), len(rows))
        for utility, rows in content.prices.items()
    ]
    return chips


def preview_table(content: ListsContent, key: str) -> TableData:
    """Return the list of a chip as a table."""
    kind, _, utility = key.partition(":")
    if kind == "price":
        return price_table(content.prices.get(utility, ()))
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


def price_table(rows: tuple[PricedAccount, ...]) -> TableData:
    """Return the accounts of a price list; unknown rates and dates are amber 待定."""
    columns = (
        Column("enterprise", translate("Lists", "企业名称"), width=16),
        Column("account_name", translate("Lists", "户名"), width=16),
        Column("account", translate("Lists", "户号"), width=11),
        Column("grade", translate("Lists", "类别"), kind="grade"),
        Column("years", translate("Lists", "连续年数"), kind="integer"),
        Column("rate", translate("Lists", "加价标准")),
        Column("span", translate("Lists", "执行起止")),
        Column("document", translate("Lists", "依据文号"), width=10),
        Column("zone", translate("Lists", "园区"), width=11),
    )
    values: dict[str, list[object]] = {column.key: [] for column in columns}
    tints: dict[tuple[int, str], Tint] = {}
    for place, row in enumerate(rows):
        rate = PENDING if row.rate is None else f"{row.rate:g} {row.unit}".strip()
        span = f"{row.starts} 至 {row.ends}" if row.starts or row.ends else PENDING
        line = {
            "enterprise": row.enterprise,
            "account_name": row.account_name,
            "account": row.account or translate("Lists", "缺户号"),
            "grade": row.grade,
            "years": row.consecutive_years,
            "rate": rate,
            "span": span,
            "document": row.document or PENDING,
            "zone": row.zone,
        }
        for key, value in line.items():
            values[key].append(value)
            if value == PENDING or (key == "account" and not row.account):
                tints[place, key] = Tint.UNCERTAIN
    return TableData(columns, values, ids=list(range(len(rows))), tints=tints)
