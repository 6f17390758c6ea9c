"""Open the window; Qt is imported here and nowhere else in the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from zoneeval.errors import UserError


def has_display() -> bool:
    """Tell whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(workspace: Path | None) -> int:
    """Show the window until it is closed; return its exit code.

    Raises:
        UserError: there is no display, or Qt cannot start on this machine.
    """
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise UserError(
            "这里没有图形界面，窗口不能打开。请在有桌面的计算机上运行，"
            "或用命令行完成工作，用法见：zoneeval --help"
        )
    try:
        from zoneeval_ui.application import run_window
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("", "PySide6", "shiboken6"):
            raise
        raise UserError(
            f"窗口不能启动，缺少图形界面所需的组件（{error}）。"
            "请按 README 中“系统要求”一节安装后重试。"
        ) from error
    return run_window(workspace)
