"""The dialog of long work: text, count and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.jobs.job import Job
from zoneeval_ui.theme import current_theme


class ProgressDialog(QDialog):
    """Text, count and a cancel button for one job."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        theme = current_theme()
        self.setObjectName("progressDialog")
        self.setWindowTitle(job.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.px(420))
        title = QLabel(job.title, self)
        title.setProperty("role", "detail")
        self._text = QLabel(job.text, self)
        self._text.setObjectName("progressText")
        self._text.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("进度"))
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._cancel = QPushButton(self.tr("取消"), self)
        self._cancel.setObjectName("progressCancel")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(20)] * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(title)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
        job.progressed.connect(self._report)
        self._report(job.done, job.total, job.text)

    def reject(self) -> None:
        """Ask the job to stop; the dialog closes when it has."""
        self._job.cancel()
        self._cancel.setEnabled(False)
        self._text.setText(self.tr("正在停止…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Treat closing as cancelling."""
        event.ignore()
        self.reject()

    def _report(self, done: int, total: int, text: str) -> None:
        if not self._job.is_cancelling:
            self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,} / {total:,}" if total else "")
