"""The part of `export` that is given out before anything is scored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.places import need_dataset, need_zone

if TYPE_CHECKING:
    from zoneeval_db.operations import Workspace

GIVEN = ("confirm", "letters", "participants", "land")
LAYOUT_WORDS = ("sheets", "one", "files")
DEFAULT_POLICY = "zhengzhou-2018"


@dataclass(frozen=True)
class Wanted:
    """What of whom is to be given out; None is what the option's absence means."""

    year: int | None
    zone: str | None
    policy: str | None
    layout: str | None
    codes: tuple[str, ...]
    departments: tuple[str, ...]
    issuer: str
    reply_by: str


def give(ws: Workspace, kind: str, out: Path, wanted: Wanted) -> list[Path]:
    """Write lists, letters or sheets to confirm."""
    from zoneeval_db import operations

    year = wanted.year if wanted.year is not None else _newest_year(ws)
    need_dataset(ws, year)
    need_zone(ws, wanted.zone)
    progress = output.stderr_progress()
    if kind == "confirm":
        if wanted.layout is not None and wanted.layout not in LAYOUT_WORDS:
            raise InputError(
                f"--layout“{wanted.layout}”无法识别，可选：sheets（每户一张工作表）、"
                "one（连续打印）、files（每户一个工作簿）。"
            )
        layout = cast(Literal["sheets", "one", "files"], wanted.layout or "sheets")
        only = wanted.codes or None
        return operations.export_confirm(ws, out, year, wanted.zone, layout, only, progress)
    if kind == "land":
        return operations.export_land(ws, out, year, wanted.zone)
    if kind == "participants":
        policy = wanted.policy
        if policy is None:
            policy = DEFAULT_POLICY
            output.complain(f"没有写 --policy，按 {policy} 判断是否参评。")
        return operations.export_participants(ws, out, year, policy, wanted.zone, progress)
    from zoneeval.giving import LetterHead

    head = LetterHead(year, wanted.zone or "", wanted.issuer, wanted.reply_by)
    return operations.export_letters(ws, out, head, wanted.departments, progress)


def _newest_year(ws: Workspace) -> int:
    from zoneeval_db import operations

    known = [y for y in operations.years(ws) if operations.latest_dataset(ws, y) is not None]
    if not known:
        raise InputError("工作文件中还没有企业数据，不能导出。请先导入各部门的表格。")
    return known[-1]
