"""The record of operations, read in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval_db.values import OperationInfo
    from zoneeval_db.workspace import Workspace

SHOWN = 500
KINDS = {"import": "导入", "evaluate": "评价", "edit": "录入", "undo": "撤销"}


@dataclass(frozen=True, slots=True)
class HistoryContent:
    """The newest operations, and the one that undo would take back."""

    operations: tuple[OperationInfo, ...]
    undoable: OperationInfo | None

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

    return HistoryContent(
        tuple(operations.last_operations(workspace, SHOWN)), operations.undoable(workspace)
    )
