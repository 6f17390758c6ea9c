"""The record of operations, read in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.model.repair import AppliedRepair
    from zoneeval_db.values import OperationInfo
    from zoneeval_db.workspace import Workspace

SHOWN = 500
MOST_REPAIRS = 8
KINDS = {"import": "导入", "evaluate": "评价", "edit": "录入", "undo": "撤销"}


@dataclass(frozen=True, slots=True)
class HistoryContent:
    """The newest operations, the one that undo would take back, and what imports mended."""

    operations: tuple[OperationInfo, ...]
    undoable: OperationInfo | None
    repairs: Mapping[int, tuple[AppliedRepair, ...]] = field(default_factory=dict)

    def state_of(self, info: OperationInfo) -> str:
        """Return what became of an operation, or whether it can be taken back."""
        if info.undone:
            return "已撤销"
        if self.undoable is not None and info.id == self.undoable.id:
            return "可以撤销"
        if info.undoable:
            return "先撤销后面的操作"
        return "保留记录"


def read_history(workspace: Workspace) -> HistoryContent:
    """Return the newest operations of the workspace."""
    from zoneeval_db import operations

    found = tuple(operations.last_operations(workspace, SHOWN))
    repairs = {
        info.id: mended
        for info in found
        if info.kind == "import" and (mended := tuple(operations.repairs_of(workspace, info.id)))
    }
    return HistoryContent(found, operations.undoable(workspace), repairs)


def repair_line(repair: AppliedRepair) -> str:
    """Return where something was mended and how."""
    place = f"第 {repair.row} 行" if repair.row else ""
    column = f" {repair.column} 列" if repair.column else ""
    return f"{repair.file}（{repair.sheet}）{place}{column}：{repair.message}"
