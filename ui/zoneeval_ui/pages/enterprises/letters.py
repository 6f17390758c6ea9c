"""A small form: who sends the letters, and until when an answer is asked for."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label

_REMEMBERED = ("issuer", "contact", "phone")


class LetterDialog(QDialog):
    """Ask for the head of the letters; whatever is left empty stays blank in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letterDialog")
        self.setWindowTitle(self.tr("数据核实函"))
        self.setMinimumWidth(current_theme().px(460))
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout()
        for key, label, hint in (
            ("issuer", self.tr("发函单位"), self.tr("落款处的单位名称")),
            ("reply_by", self.tr("反馈期限"), self.tr("如 2025年3月31日")),
            ("contact", self.tr("联系人"), ""),
            ("phone", self.tr("联系电话"), ""),
        ):
            line = QLineEdit(self)
            line.setObjectName(f"letter-{key}")
            line.setAccessibleName(label)
            line.setPlaceholderText(hint)
            if key in _REMEMBERED:
                line.setText(str(QSettings().value(f"letters/{key}", "")))
            self.lines[key] = line
            form.addRow(QLabel(label, self), line)
        buttons = QDialogButtonBox(self)
        save = buttons.addButton(self.tr("选择文件夹…"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("letterSave")
        save.setAccessibleName(save.text())
        save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("letterCancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        text = self.tr("每个部门一份 Word 函件，附该部门数据的核实表。没有填的在函件中留空。")
        layout.addWidget(make_label(text, "secondary", wrap=True))
        layout.addLayout(form)
        layout.addWidget(buttons)

    def values(self) -> dict[str, str]:
        """Return what was typed in, and remember who sends."""
        found = {key: line.text().strip() for key, line in self.lines.items()}
        for key in _REMEMBERED:
            QSettings().setValue(f"letters/{key}", found[key])
        return found
