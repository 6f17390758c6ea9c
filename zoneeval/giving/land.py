"""用地面积公示表: the land of every enterprise, made public before anything is scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.giving.dossier import Dossier
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import MISSING, Column, Page

_LAND = ("land_registered", "land_leased_in", "land_leased_out", "land_other", "land_area")


def write_land(path: Path, year: int, zone: str, dossiers: Sequence[Dossier]) -> None:
    """Write the land areas (亩) of the enterprises, for publication.

    Raises:
        UserError: the file cannot be written.
    """
    rows = [
        (
            number,
            d.name or MISSING,
            d.uscc,
            d.zone or MISSING,
            d.shown("town"),
            *(d.number(key) for key in _LAND),
            len(d.parcels) or None,
            _remark(d),
        )
        for number, d in enumerate(dossiers, 1)
    ]
    missing = sum(d.number("land_area") is None for d in dossiers)
    alerts = (f"有 {missing} 户企业没有计分用地面积，公示前请补充核实。",) if missing else ()
    page = Page(
        name="用地面积公示表",
        title=f"{year}年度{zone}企业用地面积公示表",
        columns=(
            Column("序号", "plain"),
            Column("企业名称", cap=36),
            Column("统一社会信用代码", "code"),
            Column("园区", cap=20),
            Column("乡镇", cap=14),
            Column("登记用地（亩）", "number", width=16),
            Column("租入用地（亩）", "number", width=16),
            Column("租出用地（亩）", "number", width=16),
            Column("其他用地（亩）", "number", width=16),
            Column("计分用地（亩）", "number", width=16),
            Column("宗地数", "plain"),
            Column("备注", "wrap", width=24),
        ),
        rows=rows,
        notes=(
            "计分用地面积＝登记用地＋租入用地－租出用地＋其他用地；没有数据的以“—”表示。",
            "公示期：　　　年　　月　　日至　　　年　　月　　日　　"
            "如有异议，请在公示期内以书面形式提出　　联系电话：　　　　　　　　",
        ),
        alerts=alerts,
        sums=(5, 6, 7, 8, 9),
        frozen_columns=2,
        empty="本年度没有企业。",
    )
    write_book(path, page.title, (page,))


def _remark(d: Dossier) -> str:
    area = d.values.get("land_area")
    if d.number("land_area") is None:
        return "缺少登记用地面积" if d.number("land_registered") is None else "用地面积不能确定"
    if area is not None and area.source is not None:
        return "计分用地由部门直接提供"
    return ""
