"""The two worlds of errors: what the user can mend, and what we must mend.

A :class:`UserError` carries a Chinese sentence that says what is wrong, where,
why, and what to do; the command line prints it and exits with 2, the window
shows it in a dialog.  Anything that is not a ``UserError`` is our fault: it is
reported as such (exit code 1) and never shown as a bare traceback.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.model.issue import Issue


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘空间已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是一个文件夹",
    errno.ENOENT: "上一级文件夹不存在，也不能建立",
    errno.EEXIST: "已有同名的文件",
    errno.EBUSY: "正被其他程序使用",
}


def system_reason(error: OSError) -> str:
    """Return in Chinese words why the operating system refused to read or write."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or f"系统提示“{error.strerror or error}”"


class UserError(Exception):
    """Say in one Chinese sentence what is wrong, where, why and what to do."""


class PolicyError(UserError):
    """A policy, ladder or tariff file cannot be used as it stands."""


class ExpressionError(PolicyError):
    """A formula in a policy file cannot be read."""


class WorkspaceError(UserError):
    """A workspace file is locked, damaged, too new, or not a workspace."""


class WorkspaceLockedError(WorkspaceError):
    """A workspace cannot be written to here and now, but it can be read."""


class InputError(UserError):
    """A table or workbook handed in cannot be used.

    ``issues`` lists every finding with its sheet, row and column, so that the
    user sees all of them at once.
    """

    def __init__(self, message: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
