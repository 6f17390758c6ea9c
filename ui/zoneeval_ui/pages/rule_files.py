"""Files of policies, ladders and tariffs: chosen, written; and leaving what was edited."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from zoneeval.errors import PolicyError

translate = QCoreApplication.translate


def ask_rule_file(parent: QWidget, kind: str) -> Path | None:
    """Let the user choose the file to import, None where it was cancelled."""
    title = translate("RuleFiles", "导入{kind}文件").format(kind=kind)
    path, _ = QFileDialog.getOpenFileName(parent, title, "", _filter(kind))
    return Path(path) if path else None


def ask_rule_target(parent: QWidget, kind: str, proposed: str) -> Path | None:
    """Let the user choose where to write, None where it was cancelled."""
    title = translate("RuleFiles", "导出{kind}文件").format(kind=kind)
    path, _ = QFileDialog.getSaveFileName(parent, title, proposed, _filter(kind))
    return Path(path) if path else None


def write_rules(path: Path, text: str, kind: str) -> Path:
    """Write a rule file, ending in .toml, and return where it is.

    Raises PolicyError where it cannot be written; what stood there stays then.
    """
    from zoneeval.atomic import replacing

    target = path if path.suffix == ".toml" else path.with_name(f"{path.name}.toml")
    try:
        with replacing(target) as beside:
            Path(beside).write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        words = translate(
            "RuleFiles", "{kind}没有写到“{path}”：文件可能正被打开，或没有权限。请换一个位置再试。"
        )
        raise PolicyError(words.format(kind=kind, path=target)) from None
    return target


def ask_discard(parent: QWidget, name: str) -> bool:
    """Ask whether what was changed and not saved may be lost."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setText(translate("RuleFiles", "修改还没有保存，要放弃吗？"))
    agree = box.addButton(
        translate("RuleFiles", "放弃修改"), QMessageBox.ButtonRole.DestructiveRole
    )
    box.addButton(translate("RuleFiles", "继续修改"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is agree


def _filter(kind: str) -> str:
    return translate("RuleFiles", "{kind}文件 (*.toml)").format(kind=kind)
