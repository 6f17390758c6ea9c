"""与上次比较…: two runs enterprise by enterprise, in a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from zoneeval.errors import UserError
from zoneeval_ui.pages.evaluation.move_tables import compared_data, matrix_data
from zoneeval_ui.pages.exporting import ExportedNote, ask_file, export_folder
from zoneeval_ui.pages.wording import local_time
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label, set_tone
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_db.evaluating.answers import ComparedRuns
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo
    from zoneeval_ui.pages.base import WorkspacePage


def run_words(info: RunInfo) -> str:
    """Return a run as one line of a list."""
    where = info.zone or "全部园区"
    return (
        f"第 {info.id} 次 · {info.year} 年 · {info.policy_title} · {where} · "
        f"{local_time(info.created_at)}"
    )


def read_runs(workspace: Workspace, run_id: int) -> tuple[list[RunInfo], int | None]:
    """Return the runs to compare with, and the one that is meant first."""
    from zoneeval_db import operations

    others = [info for info in operations.runs(workspace) if info.id != run_id]
    for what in ("last", "year", "policy"):
        found = operations.choose_counterpart(workspace, run_id, what)
        if found is not None:
            return others, found.id
    return others, others[0].id if others else None


class ComparisonDialog(QDialog):
    """Choose an earlier run; show the table of moves and every enterprise."""

    def __init__(self, page: WorkspacePage, info: RunInfo) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self._page, self._info = page, info
        self.compared: ComparedRuns | None = None
        self.setObjectName("comparisonDialog")
        self.setWindowTitle(self.tr("评价比较"))
        self.resize(theme.px(1120), theme.px(640))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        top = QHBoxLayout()
        top.addWidget(make_label(self.tr("与这次评价比较："), "", self))
        self.other = ComboBox("comparisonOther", self.tr("与哪次评价比较"), self)
        self.other.currentIndexChanged.connect(lambda _index: self._compare())
        top.addWidget(self.other, 1)
        layout.addLayout(top)
        self.sentence = make_label(self.tr("正在读取…"), "secondary", self, wrap=True)
        self.sentence.setObjectName("comparisonSentence")
        layout.addWidget(self.sentence)
        self.chips = ChipBar("comparisonChips")
        self.chips.changed.connect(lambda _key: self._filter())
        layout.addWidget(self.chips)
        body = QHBoxLayout()
        body.setSpacing(theme.px(12))
        self.matrix = DataTable("comparisonMatrix")
        self.matrix.setAccessibleName(self.tr("类别流动表"))
        left = Card(flush=True)
        left.add(self.matrix, 1)
        left.setFixedWidth(theme.px(400))
        self.table = DataTable("comparisonTable")
        self.table.setAccessibleName(self.tr("逐户比较"))
        right = Card(flush=True)
        right.add(self.table, 1)
        body.addWidget(left)
        body.addWidget(right, 1)
        layout.addLayout(body, 1)
        self.note = ExportedNote(self)
        layout.addWidget(self.note)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.export_button = QPushButton(self.tr("导出工作簿…"), self)
        self.export_button.setObjectName("comparisonExport")
        self.export_button.setAccessibleName(self.export_button.text())
        self.export_button.setEnabled(False)
        self.export_button.clicked.connect(self._export)
        close = QPushButton(self.tr("关闭"), self)
        close.setObjectName("comparisonClose")
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        foot.addWidget(self.export_button)
        foot.addWidget(close)
        layout.addLayout(foot)
        page.session.read(
            lambda ws, _progress: read_runs(ws, info.id), self._offer, on_failure=self._failed
        )

    def ask_file(self, suggested: str) -> Path | None:
        """Ask where to write; a test answers in its place."""
        folder = export_folder(self._page.session.path)
        return ask_file(self, self.tr("导出比较结果"), folder / suggested)

    def _offer(self, found: tuple[list[RunInfo], int | None]) -> None:
        others, first = found
        if not others:
            self.sentence.setText(self.tr("只有一次评价，还没有可以比较的。重新评价后再来比较。"))
            self.other.setEnabled(False)
            return
        self.other.blockSignals(True)
        for info in others:
            self.other.addItem(run_words(info), info.id)
        self.other.setCurrentIndex(max(0, self.other.findData(first)))
        self.other.blockSignals(False)
        self._compare()

    def _compare(self) -> None:
        other, mine = self.other.currentData(), self._info.id
        if other is None:
            return

        def work(workspace: Workspace, _progress: Any) -> ComparedRuns:
            from zoneeval_db import operations

            return operations.compare_runs(workspace, int(other), mine)

        self._page.session.read(work, self._show, on_failure=self._failed)

    def _show(self, compared: ComparedRuns) -> None:
        if compared.before.id != self.other.currentData():
            return
        self.compared = compared
        found = compared.comparison
        risen = sum(row.move.rise > 0 for row in found.rows)
        fallen = sum(row.move.rise < 0 for row in found.rows)
        text = self.tr(
            "从第 {a} 次到第 {b} 次：{up} 户上升，{down} 户下降，共比较 {n} 户。"
        ).format(
            a=compared.before.id, b=compared.after.id, up=risen, down=fallen, n=len(found.rows)
        )
        self.sentence.setText(" ".join((text, *found.warnings)))
        set_tone(self.sentence, None)
        self.matrix.set_table(matrix_data(found.table))
        self.table.set_table(compared_data(found.rows))
        changed = len(found.changed)
        self.chips.set_chips(
            [
                Chip("changed", self.tr("类别变化"), changed),
                Chip("up", self.tr("上升"), risen),
                Chip("down", self.tr("下降"), fallen),
                Chip("all", self.tr("全部"), len(found.rows)),
            ]
        )
        self._filter()
        self.export_button.setEnabled(True)

    def _filter(self) -> None:
        if self.compared is None:
            return
        import numpy as np

        rows, key = self.compared.comparison.rows, self.chips.current
        wanted = {
            "changed": lambda row: row.move.before != row.move.after,
            "up": lambda row: row.move.rise > 0,
            "down": lambda row: row.move.rise < 0,
        }.get(key)
        mask = None if wanted is None else np.array([wanted(row) for row in rows], dtype=bool)
        self.table.table_model.set_filter(mask)

    def _export(self) -> None:
        if self.compared is None:
            return
        one, other = self.compared.before.id, self.compared.after.id
        out = self.ask_file(f"评价比较（第{one}次与第{other}次）.xlsx")
        if out is None:
            return

        def work(workspace: Workspace, _progress: Any) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_comparison(workspace, out, one, other)

        self._page.session.read(
            work, self.note.show_files, title=self.tr("正在导出"), on_failure=self._failed
        )

    def _failed(self, error: BaseException) -> None:
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错。")
        self.sentence.setText(text)
        set_tone(self.sentence, Tone.C)
