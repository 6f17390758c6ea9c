"""The list of idle and low-efficiency assets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.assets import ASSET_WORDS, Asset
from zoneeval.model.exits import known_sum
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import Cell, Column, Page, shown


def write_assets(path: Path, assets: Sequence[Asset], zone: str | None = None) -> None:
    """Write the assets that are not disposed of, and those that are, on two sheets.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{zone or ''}低效闲置资产清单"
    live = [one for one in assets if one.disposed_on is None]
    done = [one for one in assets if one.disposed_on is not None]
    pages = [
        _page("待处置", title, live, "没有待处置的低效、闲置资产。"),
        _page("已处置", f"{zone or ''}低效闲置资产处置情况", done, "还没有处置完毕的资产。"),
    ]
    write_book(path, title, pages)


def _page(name: str, title: str, assets: Sequence[Asset], empty: str) -> Page:
    rows: list[list[Cell]] = [
        [
            i,
            ASSET_WORDS[one.kind],
            one.name,
            one.uscc,
            one.zone,
            one.location,
            one.size,
            one.unit,
            one.state,
            one.reason,
            one.found_by,
            one.found_on,
            one.disposal,
            one.disposed_on,
            one.document,
            one.note,
        ]
        for i, one in enumerate(assets, 1)
    ]
    return Page(
        name,
        title,
        (
            Column("序号", "plain"),
            Column("类别", "center"),
            Column("名称", cap=34),
            Column("统一社会信用代码", "code", cap=22),
            Column("园区", cap=18),
            Column("位置", "wrap", cap=24),
            Column("面积（数量）", "number"),
            Column("单位", "center"),
            Column("状态", "center"),
            Column("原因", "wrap", cap=40),
            Column("发现依据", "wrap", cap=34),
            Column("发现日期", "center", width=13),
            Column("处置方式", "center", cap=12),
            Column("处置日期", "center", width=13),
            Column("依据文件", "wrap", cap=24),
            Column("备注", "wrap", cap=24),
        ),
        rows,
        notes=(_sums(assets),) if assets else (),
        frozen_columns=3,
        empty=empty,
    )


def _sums(assets: Sequence[Asset]) -> str:
    groups: dict[tuple[str, str], list[Asset]] = {}
    lacking: dict[str, int] = {}
    for one in assets:
        word = ASSET_WORDS[one.kind]
        if one.size is None:
            lacking[word] = lacking.get(word, 0) + 1
        else:
            groups.setdefault((word, one.unit or ""), []).append(one)
    parts = [
        f"{word} {shown(known_sum(one.size for one in mine).value)} {unit}（{len(mine)} 宗）"
        for (word, unit), mine in groups.items()
    ]
    parts += [f"{word}另有 {count} 宗面积（数量）不详" for word, count in lacking.items()]
    return f"共 {len(assets)} 宗：{'，'.join(parts)}。不详的没有计入。"
