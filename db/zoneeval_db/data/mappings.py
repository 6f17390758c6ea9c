"""What the office decided about columns, remembered by layout, and exchanged as a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.atomic import replacing
from zoneeval.errors import InputError, UserError, WorkspaceError, system_reason
from zoneeval_db.storage.lock import now

if TYPE_CHECKING:
    from zoneeval.intake.draft import FileReport
    from zoneeval.intake.mapping import Choice, Layout
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace


def remembered_mappings(ws: Workspace) -> dict[str, Layout]:
    """Return the remembered layouts by signature, in the order of departments."""
    from zoneeval.intake.mapping import Layout, columns_of

    rows = ws.conn.execute(
        "SELECT signature, department, columns FROM layout_mapping ORDER BY department, signature"
    )
    return {
        signature: Layout(signature, department, columns_of(columns))
        for signature, department, columns in rows
    }


def remember_mapping(ws: Workspace, layout: Layout) -> None:
    """Remember the decisions for one layout instead of earlier ones; can be undone."""
    with ws.operation(f"记住列对应关系（{layout.department or '未命名'}）") as op:
        store_layouts(op, [layout])


def remember_layouts(ws: Workspace, layouts: Iterable[Layout]) -> None:
    """Remember decisions over those remembered before, in one step; nothing new is no step."""
    before = remembered_mappings(ws)
    given = {layout.signature: layout for layout in layouts}
    after = decided_layouts(before, given)
    new = [after[key] for key in given if after[key] != before.get(key)]
    if new:
        with ws.operation(f"记住 {len(new)} 个版式的列对应关系") as op:
            store_layouts(op, new)


def forget_mapping(ws: Workspace, signature: str) -> None:
    """Forget a remembered layout; raise WorkspaceError where there is none."""
    known = remembered_mappings(ws)
    if signature not in known:
        raise WorkspaceError(f"没有记住编号为“{signature}”的列对应关系。")
    with ws.operation(f"忘记列对应关系（{known[signature].department or '未命名'}）") as op:
        op.write("layout_mapping", {"signature": signature}, None)


def export_mappings(ws: Workspace, path: str | os.PathLike[str]) -> int:
    """Write all remembered layouts to a .json or .toml file; return how many there are."""
    from zoneeval.intake.mapping import layouts_text

    target = Path(path)
    if target.suffix.lower() not in (".json", ".toml"):
        raise UserError(
            f"列对应关系的文件名要以 .json 或 .toml 结尾，现在是“{target.name}”。请改名后再导出。"
        )
    layouts = remembered_mappings(ws)
    text = layouts_text(layouts.values(), target.suffix)
    try:
        with replacing(target) as beside:
            beside.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"不能写入“{target}”：{system_reason(error)}。请检查文件夹，或换一个位置再导出。"
        ) from error
    return len(layouts)


def import_mappings(ws: Workspace, path: str | os.PathLike[str]) -> int:
    """Remember the layouts of an exported file, all in one step; return how many."""
    from zoneeval.intake.mapping import read_decisions

    layouts = read_decisions(Path(path)).layouts
    if not layouts:
        raise InputError(
            f"“{Path(path).name}”中没有可以记住的版式。请选用本程序导出的列对应关系文件。"
        )
    with ws.operation(f"导入 {len(layouts)} 个版式的列对应关系") as op:
        store_layouts(op, layouts.values())
    return len(layouts)


def store_layouts(op: Operation, layouts: Iterable[Layout]) -> None:
    """Write layouts inside an operation."""
    from zoneeval.intake.mapping import columns_json

    for layout in layouts:
        op.write(
            "layout_mapping",
            {"signature": layout.signature},
            {
                "department": layout.department,
                "columns": columns_json(layout.columns),
                "updated_at": now(),
            },
        )


def decided_layouts(
    remembered: Mapping[str, Layout], layouts: Mapping[str, Layout] | None
) -> dict[str, Layout]:
    """Return the remembered layouts with the decisions of this import over them."""
    from zoneeval.intake.mapping import Layout

    merged = dict(remembered)
    for signature, layout in (layouts or {}).items():
        before = merged.get(signature)
        columns: dict[str, Choice] = {**(before.columns if before else {}), **layout.columns}
        department = layout.department or (before.department if before else "")
        merged[signature] = Layout(signature, department, columns)
    return merged


def inspect_workbooks(
    paths: Sequence[str | os.PathLike[str]], ws: Workspace | None = None
) -> list[FileReport]:
    """Return what is recognised in workbooks, with the first rows; nothing is stored.

    ``ws`` lends its remembered layouts.
    """
    from zoneeval.intake import read_workbooks

    layouts = remembered_mappings(ws) if ws is not None else {}
    draft = read_workbooks([Path(path) for path in paths], year=None, layouts=layouts)
    return list(draft.files)
