"""Put a workbook in its place whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from zoneeval.atomic import replacing
from zoneeval.errors import UserError, system_reason


def save_atomically(workbook: Any, path: Path) -> None:
    """Write ``workbook`` beside ``path`` and rename it, so that a failure changes nothing.

    Raises:
        UserError: the name does not fit, the folder cannot be written, or the old
            file is open in another program.
    """
    check_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside:
            workbook.save(beside)
    except PermissionError as error:
        raise UserError(_refused(path)) from error
    except OSError as error:
        raise UserError(
            f"不能写入“{path}”：{system_reason(error)}。请检查磁盘空间和文件夹，或换一个位置再导出。"
        ) from error
    finally:
        let_go(workbook)


def let_go(workbook: Any) -> None:
    """Close sheets that were begun but not saved; left open they complain much later."""
    for sheet in workbook.worksheets if workbook.write_only else ():
        with contextlib.suppress(Exception):
            if not sheet.closed:
                sheet.close()
            sheet._writer.cleanup()


def check_name(path: Path) -> None:
    """Refuse a name that Excel would not open, or that is a folder.

    Raises:
        UserError: with what to do instead.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(f"导出的文件名要以 .xlsx 结尾，现在是“{path.name}”。请改名后再导出。")
    if path.is_dir():
        raise UserError(f"“{path}”是一个文件夹，不能当作工作簿写入。请换一个文件名。")


def _refused(path: Path) -> str:
    if path.exists() and os.access(path.parent, os.W_OK):
        return (
            f"“{path.name}”正被 Excel 或 WPS 打开，没有写入。请关闭后再导出，或换一个文件名；"
            "原来的文件没有改动。"
        )
    return f"没有权限写入文件夹“{path.parent}”。请换一个位置再导出。"
