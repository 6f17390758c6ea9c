"""The record of operations, read in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.model.repair import AppliedRepair
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import OperationInfo

SHOWN = 500
MOST_REPAIRS = 8
KINDS = {"import": "导入", "evaluate": "评价", "edit": "录入", "undo": "撤销"}


@dataclass(frozen=True, slots=True)
class HistoryContent:
    """The newest operations, the one that undo would take back, and what imports mended.

    ``barrier`` is the newest that can never be taken back, and why: it belongs to what is
    published, and nothing before it can be taken back either.
    """

    operations: tuple[OperationInfo, ...]
    undoable: OperationInfo | None
    repairs: Mapping[int, tuple[AppliedRepair, ...]] = field(default_factory=dict)
    barrier: tuple[int, str] | None = None

    @property
    def hindrance(self) -> str:
        """Return why nothing can be taken back, "" where something can or there is nothing."""
        target, barrier = self.undoable, self.barrier
        return barrier[1] if target and barrier and target.id <= barrier[0] else ""

    def state_of(self, info: OperationInfo) -> str:
        """Return what became of an operation, or whether it can be taken back."""
        if info.undone:
            return "已撤销"
        if info.undoable and self.barrier is not None and info.id <= self.barrier[0]:
            return "已锁定"
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
    barrier = operations.undo_barrier(workspace)
    return HistoryContent(found, operations.undoable(workspace), repairs, barrier)


def repair_line(repair: AppliedRepair) -> str:
    """Return where something was mended and how."""
    place = f"第 {repair.row} 行" if repair.row else ""
    column = f" {repair.column} 列" if repair.column else ""
    return f"{repair.file}（{repair.sheet}）{place}{column}：{repair.message}"
