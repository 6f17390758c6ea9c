"""Questions a command asks of the workspace before it works: is there such a year, zone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError

if TYPE_CHECKING:
    from zoneeval_db.operations import Workspace


def need_dataset(ws: Workspace, year: int) -> None:
    """Refuse a year without data of enterprises."""
    from zoneeval_db import operations

    if operations.latest_dataset(ws, year) is None:
        known = [y for y in operations.years(ws) if operations.latest_dataset(ws, y) is not None]
        raise InputError(f"工作文件中没有 {year} 年的企业数据。{_advice(known)}")


def need_year(ws: Workspace, year: int) -> None:
    """Refuse a year without any data, of enterprises or of zones."""
    from zoneeval_db import operations

    known = operations.years(ws)
    if year not in known:
        raise InputError(f"工作文件中没有 {year} 年的数据。{_advice(known)}")


def need_zone(ws: Workspace, zone: str | None) -> None:
    """Refuse a zone that the workspace does not know."""
    from zoneeval_db import operations

    known = operations.zones(ws)
    if zone is not None and zone not in known:
        there = f"已有园区：{'、'.join(known)}。" if known else "其中还没有园区。"
        raise InputError(f"工作文件中没有园区“{zone}”。{there}请核对名称。")


def _advice(known: list[int]) -> str:
    if not known:
        return "其中还没有这样的数据，请先导入各部门的表格。"
    return f"已有年度：{'、'.join(str(year) for year in known)}。请换一个年度，或先导入。"
