"""稳健性…: how often every enterprise keeps its class, in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
)

from zoneeval.errors import UserError
from zoneeval_ui.pages.evaluation.knobs import plain_box
from zoneeval_ui.pages.evaluation.move_tables import kept_data
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label, set_tone

if TYPE_CHECKING:
    from zoneeval.engine.sensitivity import Robustness
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo
    from zoneeval_ui.jobs import Job
    from zoneeval_ui.pages.base import WorkspacePage


class RobustnessDialog(QDialog):
    """Ask how far weights and data may vary, try, and list the least certain first."""

    def __init__(self, page: WorkspacePage, info: RunInfo) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self._page, self._info = page, info
        self._job: Job | None = None
        self.found: Robustness | None = None
        self.setObjectName("robustnessDialog")
        self.setWindowTitle(self.tr("类别的稳健性"))
        self.resize(theme.px(900), theme.px(620))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        words = self.tr(
            "让权重和企业数据在下面的幅度内随机变动，反复评价，看每户企业有多少次保持现在的类别。"
            "保持率低的靠近分类线，最容易有异议。只是试算，评价结果不变。"
        )
        layout.addWidget(make_label(words, "secondary", self, wrap=True))
        self.weights = self._percent("robustnessWeights", self.tr("权重变动 ±"), 10)
        self.inputs = self._percent("robustnessInputs", self.tr("数据变动 ±"), 5)
        self.draws = QSpinBox(self)
        self.draws.setObjectName("robustnessDraws")
        self.draws.setAccessibleName(self.tr("试算次数"))
        self.draws.setRange(0, 100_000)
        plain_box(self.draws)
        self.draws.setSingleStep(1000)
        self.draws.setSpecialValueText(self.tr("默认"))
        self.draws.setValue(0)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for box in (self.weights, self.inputs, self.draws):
            row.addWidget(make_label(box.accessibleName(), "", self))
            row.addWidget(box)
            row.addSpacing(theme.px(12))
        row.addStretch(1)
        self.start_button = QPushButton(self.tr("开始试算"), self)
        self.start_button.setObjectName("robustnessStart")
        self.start_button.setAccessibleName(self.start_button.text())
        self.start_button.setProperty("kind", "primary")
        self.start_button.clicked.connect(self.start)
        self.stop_button = QPushButton(self.tr("停止"), self)
        self.stop_button.setObjectName("robustnessStop")
        self.stop_button.setAccessibleName(self.stop_button.text())
        self.stop_button.clicked.connect(self.stop)
        self.stop_button.hide()
        row.addWidget(self.stop_button)
        row.addWidget(self.start_button)
        layout.addLayout(row)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("试算进度"))
        self.bar.hide()
        layout.addWidget(self.bar)
        self.sentence = make_label("", "secondary", self, wrap=True)
        self.sentence.setObjectName("robustnessSentence")
        layout.addWidget(self.sentence)
        self.chips = ChipBar("robustnessChips")
        self.chips.changed.connect(lambda _key: self._filter())
        layout.addWidget(self.chips)
        self.table = DataTable("robustnessTable")
        self.table.setAccessibleName(self.tr("保持率"))
        self.table.set_empty_text(self.tr("点“开始试算”，这里会列出每户企业的保持率"))
        card = Card(flush=True)
        card.add(self.table, 1)
        layout.addWidget(card, 1)
        close = QPushButton(self.tr("关闭"), self)
        close.setObjectName("robustnessClose")
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.finished.connect(lambda _code: self.stop())

    def _percent(self, name: str, label: str, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setRange(0, 90)
        plain_box(box)
        box.setDecimals(1)
        box.setSuffix(" %")
        box.setValue(value)
        return box

    def start(self) -> None:
        """Try in a job; the bar follows it and it can be stopped."""
        weights, inputs = self.weights.value() / 100, self.inputs.value() / 100
        draws, run_id = self.draws.value() or None, self._info.id

        def work(workspace: Workspace, progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.robustness(
                workspace, run_id, weights=weights, inputs=inputs, draws=draws, progress=progress
            )

        self._running(True)
        job = self._page.session.read(
            work,
            self._show,
            title=self.tr("正在试算稳健性"),
            on_failure=self._failed,
            on_cancelled=self._stopped,
        )
        if not job.is_over:
            self._job = job
            job.progressed.connect(self._report)

    def stop(self) -> None:
        """Ask the job to stop."""
        if self._job is not None:
            self._job.cancel()

    def _running(self, on: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(on)
        self.stop_button.setVisible(on)
        self.start_button.setEnabled(not on)
        if not on:
            self._job = None

    def _report(self, done: int, total: int, _text: str) -> None:
        with QSignalBlocker(self.bar):
            self.bar.setRange(0, total)
            self.bar.setValue(done)
        self._say(self.tr("已试算 {n:,} / {total:,} 次").format(n=done, total=total))

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.sentence.setText(text)
        set_tone(self.sentence, tone)

    def _show(self, found: Robustness) -> None:
        self._running(False)
        self.found = found
        if not found.rows:
            self._say(self.tr("这次评价没有给出类别，没有可试算的。"))
            return
        self._say(found.sentence + self.tr("{n} 户保持率不到 95%。").format(n=len(found.near)))
        self.table.set_table(kept_data(found))
        self.chips.set_chips(
            [
                Chip("near", self.tr("近分类线"), len(found.near)),
                Chip("all", self.tr("全部"), len(found.rows)),
            ]
        )
        self._filter()

    def _filter(self) -> None:
        if self.found is None:
            return
        import numpy as np

        near = {row.uscc for row in self.found.near}
        mask = None
        if self.chips.current == "near":
            mask = np.array([row.uscc in near for row in self.found.rows], dtype=bool)
        self.table.table_model.set_filter(mask)

    def _stopped(self) -> None:
        self._running(False)
        self._say(self.tr("已停止，没有结果。"))

    def _failed(self, error: BaseException) -> None:
        self._running(False)
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错。")
        self._say(text, Tone.C)
