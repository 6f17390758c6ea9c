"""The line at the foot of the window that says what is being done, with a way to stop."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from zoneeval_ui.jobs.job import Job
from zoneeval_ui.jobs.runner import JobRunner
from zoneeval_ui.theme import current_theme


class StatusProgress(QWidget):
    """Show the oldest job of a runner: text, bar, per cent, 取消; otherwise 就绪."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("statusProgress")
        self._runner = runner
        self._text = QLabel(self)
        self._text.setObjectName("jobText")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("jobBar")
        self._bar.setAccessibleName(self.tr("任务进度"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(110))
        self._share = QLabel(self)
        self._cancel = QPushButton(self.tr("取消"), self)
        self._cancel.setObjectName("jobCancel")
        self._cancel.setAccessibleName(self.tr("取消正在进行的任务"))
        self._cancel.setProperty("kind", "link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for widget in (self._text, self._bar, self._share, self._cancel):
            layout.addWidget(widget)
        self._cancel.clicked.connect(self._cancel_first)
        runner.started.connect(self._update)
        runner.progressed.connect(self._update)
        runner.finished.connect(self._update)
        self._update()

    @property
    def text(self) -> str:
        """Return what the line says."""
        return self._text.text()

    def _first(self) -> Job | None:
        return self._runner.jobs[0] if self._runner.jobs else None

    def _cancel_first(self) -> None:
        job = self._first()
        if job is not None:
            job.cancel()
            self._update()

    def _update(self, _job: object = None) -> None:
        job = self._first()
        for widget in (self._bar, self._share, self._cancel):
            widget.setVisible(job is not None)
        if job is None:
            self._text.setText(self.tr("就绪"))
            return
        waiting = len(self._runner.jobs) - 1
        text = self.tr("正在停止…") if job.is_cancelling else job.text
        if waiting:
            text += self.tr("（另有 {n} 项等待）").format(n=waiting)
        self._text.setText(text)
        self._cancel.setEnabled(not job.is_cancelling)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._share.setText(f"{job.done * 100 // job.total}%" if job.total else "")
