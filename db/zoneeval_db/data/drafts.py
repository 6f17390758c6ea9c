"""Imports that are not finished: kept with their workbooks until stored or given up.

A draft is a zip archive: ``order.json`` with what was chosen and decided, and the
workbooks themselves as far as they fit.  What the user has said about rows without a
credit code is remembered at once and is no part of it.  Drafts are nothing that is undone,
and so no operations.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError, UserError, WorkspaceError, system_reason
from zoneeval.model.repair import CellEdit, RepairChoice
from zoneeval_db.storage.lock import now

if TYPE_CHECKING:
    from zoneeval.intake.mapping import Layout
    from zoneeval_db.storage.workspace import Workspace

MOST_BYTES = 64 * 1024 * 1024
"""Workbooks of a draft are kept up to this size in total; beyond it only their places."""
_ORDER = "order.json"


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """What an unfinished import is: workbooks, for what, and everything decided so far."""

    paths: tuple[str, ...]
    year: int
    zone: str | None = None
    set_aside: bool = False
    layouts: tuple[Layout, ...] = ()
    repairs: tuple[RepairChoice, ...] = ()
    edits: tuple[CellEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """One kept draft; ``whole`` says that the workbooks themselves are in it."""

    id: int
    created_at: str
    updated_at: str
    label: str
    whole: bool = True


def save_draft(
    ws: Workspace, order: DraftOrder, open_issues: int = 0, draft_id: int | None = None
) -> DraftInfo:
    """Keep an unfinished import, in place of the draft with an id; all of it or nothing."""
    content, whole = _packed(order)
    label, stamp = _label(order, open_issues), now()
    with ws.aside("保存草稿") as conn:
        if draft_id is not None:
            conn.execute(
                "UPDATE import_draft SET updated_at = ?, label = ?, content = ? WHERE id = ?",
                (stamp, label, content, draft_id),
            )
            found = conn.execute("SELECT created_at FROM import_draft WHERE id = ?", (draft_id,))
            if (row := found.fetchone()) is not None:
                return DraftInfo(draft_id, row[0], stamp, label, whole)
        made = conn.execute(
            "INSERT INTO import_draft (created_at, updated_at, label, content) VALUES (?, ?, ?, ?)",
            (stamp, stamp, label, content),
        )
        return DraftInfo(made.lastrowid or 0, stamp, stamp, label, whole)


def drafts(ws: Workspace) -> list[DraftInfo]:
    """Return the drafts that are kept, the newest first; their content is not read."""
    rows = ws.conn.execute(
        "SELECT id, created_at, updated_at, label FROM import_draft"
        " ORDER BY updated_at DESC, id DESC"
    )
    return [DraftInfo(*row) for row in rows]


def load_draft(ws: Workspace, draft_id: int, folder: str | os.PathLike[str]) -> DraftOrder:
    """Return a draft; workbooks that have moved or changed are put into ``folder``.

    Raises WorkspaceError where there is no such draft or it cannot be read, InputError
    where a workbook that was too large to keep is gone.
    """
    found = ws.conn.execute("SELECT content FROM import_draft WHERE id = ?", (draft_id,)).fetchone()
    if found is None:
        raise WorkspaceError("这份导入草稿已经不在了，可能已提交或放弃。请重新选择表格。")
    try:
        with zipfile.ZipFile(io.BytesIO(found[0])) as archive:
            given = json.loads(archive.read(_ORDER))
            paths = tuple(
                _placed(archive, at, Path(path), Path(folder))
                for at, path in enumerate(given["paths"])
            )
        return _order(given, paths)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise WorkspaceError("这份导入草稿读不出来。请放弃它，重新选择表格。") from error


def delete_draft(ws: Workspace, draft_id: int) -> None:
    """Give a draft up; nothing happens where it is gone already."""
    with ws.aside("放弃草稿"):
        remove_draft(ws, draft_id)


def remove_draft(ws: Workspace, draft_id: int) -> None:
    """Remove a draft inside a transaction."""
    ws.conn.execute("DELETE FROM import_draft WHERE id = ?", (draft_id,))


def _label(order: DraftOrder, open_issues: int) -> str:
    first = Path(order.paths[0]).name if order.paths else ""
    files = f"{first} 等 {len(order.paths)} 个文件" if len(order.paths) > 1 else first
    return f"{files}，{open_issues} 处待处理" if open_issues else f"{files}，没有阻断问题"


def _packed(order: DraftOrder) -> tuple[bytes, bool]:
    from zoneeval.intake.mapping import columns_json

    files = _contents(order.paths)
    plain: dict[str, Any] = {
        "paths": [str(Path(path).absolute()) for path in order.paths],
        "year": order.year,
        "zone": order.zone,
        "set_aside": order.set_aside,
        "layouts": [
            [one.signature, one.department, columns_json(one.columns)] for one in order.layouts
        ],
        "repairs": [asdict(choice) for choice in order.repairs],
        "edits": [asdict(edit) for edit in order.edits],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        text = json.dumps(plain, ensure_ascii=False)
        archive.writestr(_ORDER, text, compress_type=zipfile.ZIP_DEFLATED)
        for at, content in enumerate(files or ()):
            if content is not None:
                archive.writestr(
                    str(at), content, compress_type=zipfile.ZIP_DEFLATED, compresslevel=1
                )
    return out.getvalue(), files is not None


def _contents(paths: Sequence[str]) -> list[bytes | None] | None:
    """Return the workbooks (None: cannot be read), or None where they are too large."""
    room = MOST_BYTES
    out: list[bytes | None] = []
    for path in paths:
        try:
            room -= Path(path).stat().st_size
            if room < 0:
                return None
            out.append(Path(path).read_bytes())
        except OSError:
            out.append(None)
    return out


def _order(given: dict[str, Any], paths: tuple[str, ...]) -> DraftOrder:
    from zoneeval.intake.mapping import Layout, columns_of

    return DraftOrder(
        paths,
        int(given["year"]),
        given["zone"],
        bool(given["set_aside"]),
        tuple(Layout(sign, name, columns_of(text)) for sign, name, text in given["layouts"]),
        tuple(RepairChoice(**choice) for choice in given["repairs"]),
        tuple(CellEdit(**edit) for edit in given["edits"]),
    )


def _placed(archive: zipfile.ZipFile, at: int, path: Path, folder: Path) -> str:
    """Return where a workbook of the draft is, writing it there where it must be."""
    if str(at) not in archive.namelist():
        if not path.is_file():
            raise InputError(
                f"草稿中的“{path.name}”没有随草稿保存（表格太大），原来的位置也找不到它。"
                f"请把它放回“{path.parent}”，或放弃草稿后重新选择表格。"
            )
        return str(path)
    kept = archive.read(str(at))
    try:
        if path.is_file() and path.stat().st_size == len(kept) and path.read_bytes() == kept:
            return str(path)
    except OSError:
        pass
    target = folder / str(at) / path.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(kept)
    except OSError as error:
        raise UserError(
            f"不能取出草稿中的“{path.name}”：{system_reason(error)}。请检查剩余空间后重试。"
        ) from error
    return str(target)
