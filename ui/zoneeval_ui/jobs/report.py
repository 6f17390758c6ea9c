"""How failures are told: a sentence for what the user can mend, a report for the rest."""

from __future__ import annotations

import logging
import platform
import traceback

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import UserError
from zoneeval_ui.theme import current_theme

log = logging.getLogger("zoneeval.ui")
_MOST_LINES = 13
"""A message of more lines would be higher than a small screen; the rest is one click away."""


class ReportDialog(QDialog):
    """Say that something went wrong that the user did not cause, with details to copy."""

    def __init__(
        self, error: BaseException, doing: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("reportDialog")
        self.setWindowTitle(self.tr("程序出错"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(480))
        self.details = error_details(error, doing)
        title = QLabel(self.tr("程序出了意外，刚才的操作没有完成"), self)
        title.setProperty("role", "detail")
        subject = self.tr("“{doing}”没有完成。").format(doing=doing) if doing else ""
        text = QLabel(
            subject + self.tr("已经保存的数据不受影响。请复制详细信息交给维护人员，然后再试一次。"),
            self,
        )
        text.setWordWrap(True)
        self._box = QPlainTextEdit(self.details, self)
        self._box.setObjectName("reportDetails")
        self._box.setAccessibleName(self.tr("详细信息"))
        self._box.setReadOnly(True)
        self._box.setMinimumHeight(theme.px(180))
        self._box.hide()
        self._toggle = QPushButton(self.tr("显示详细信息"), self)
        self._toggle.setObjectName("reportToggle")
        self._toggle.setProperty("kind", "link")
        self._toggle.clicked.connect(self._turn)
        copy = QPushButton(self.tr("复制"), self)
        copy.setObjectName("reportCopy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details))
        close = QPushButton(self.tr("关闭"), self)
        close.setObjectName("reportClose")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._toggle)
        foot.addStretch(1)
        foot.addWidget(copy)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(20)] * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addWidget(self._box, 1)
        layout.addLayout(foot)

    def _turn(self) -> None:
        shown = self._box.isHidden()
        self._box.setVisible(shown)
        self._toggle.setText(self.tr("隐藏详细信息") if shown else self.tr("显示详细信息"))
        self.adjustSize()


def error_details(error: BaseException, doing: str = "") -> str:
    """Return what a maintainer needs to know, as text."""
    trace = "".join(traceback.format_exception(error))
    version = QCoreApplication.applicationVersion()
    head = f"zoneeval {version} · Python {platform.python_version()} · Qt {qVersion()}"
    return f"{head} · {platform.platform()}\n{doing}\n\n{trace}"


def show_error(error: BaseException, doing: str = "", parent: QWidget | None = None) -> QDialog:
    """Show a failure without blocking: a sentence for a UserError, a report for the rest."""
    dialog: QDialog
    if isinstance(error, UserError):
        dialog = user_message(str(error), doing, parent)
    else:
        log.error("unexpected failure: %s", doing, exc_info=error)
        dialog = ReportDialog(error, doing, parent)
    dialog.open()
    return dialog


def user_message(sentence: str, title: str = "", parent: QWidget | None = None) -> QMessageBox:
    """Return a message box with a sentence the user can act on; not yet shown."""
    box = QMessageBox(parent)
    box.setObjectName("userMessage")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title or QCoreApplication.translate("Errors", "请先处理一个问题"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    lines = sentence.splitlines()
    if len(lines) > _MOST_LINES:
        more = QCoreApplication.translate("Errors", "……另有 {n} 行，见“显示详细信息”。")
        box.setText("\n".join([*lines[:_MOST_LINES], more.format(n=len(lines) - _MOST_LINES)]))
        box.setDetailedText(sentence)
    else:
        box.setText(sentence)
    box.addButton(QCoreApplication.translate("Errors", "知道了"), QMessageBox.ButtonRole.AcceptRole)
    return box
