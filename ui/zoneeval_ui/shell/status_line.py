"""The line at the foot: work in progress at the left, the file at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from zoneeval_ui.jobs.runner import JobRunner
from zoneeval_ui.jobs.status import StatusProgress
from zoneeval_ui.theme import current_theme


class StatusLine(QFrame):
    """Progress with 取消; then 已保存, last backup, file name."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("statusLine")
        self.progress = StatusProgress(runner, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(1), theme.px(16), 0)
        layout.setSpacing(theme.px(14))
        layout.addWidget(self.progress)
        layout.addStretch(1)
        self._labels: dict[str, QLabel] = {}
        for name in ("message", "saved", "backup", "file"):
            label = QLabel(self)
            label.setObjectName(f"status-{name}")
            label.hide()
            layout.addWidget(label)
            self._labels[name] = label
        self.setFixedHeight(theme.px(30))

    def set_message(self, text: str) -> None:
        """Say briefly what has just been done; "" says nothing."""
        self._set("message", text)

    def set_saved(self, text: str) -> None:
        """Say that all is saved, or that the file is only read."""
        self._set("saved", text)

    def set_backup(self, text: str) -> None:
        """Say when the last backup was made."""
        self._set("backup", text)

    def set_file(self, name: str, tooltip: str = "") -> None:
        """Show the file's name; the whole path belongs in the tooltip."""
        self._set("file", name)
        self._labels["file"].setToolTip(tooltip)

    def text(self, name: str) -> str:
        """Return what one of message, saved, backup, file says."""
        return self._labels[name].text()

    def _set(self, name: str, text: str) -> None:
        self._labels[name].setText(text)
        self._labels[name].setVisible(bool(text))
