"""假设分析…: turn weights, limits, shares; who moves is shown at once; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
)

from zoneeval.errors import UserError
from zoneeval_ui.pages.evaluation.knobs import KnobPanel
from zoneeval_ui.pages.evaluation.move_tables import matrix_data, moved_data
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label, set_tone
from zoneeval_ui.widgets.asking import ask_text
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from zoneeval.engine.prepared import Prepared
    from zoneeval.engine.whatif import Moves, Scenario
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo
    from zoneeval_ui.pages.base import WorkspacePage

WAIT_MS = 40


def read_whatif(workspace: Workspace, run_id: int) -> tuple[Prepared, list[Scenario]]:
    """Make a run ready for what-if, and return the scenarios kept."""
    from zoneeval_db import operations

    return operations.prepare_run(workspace, run_id)[1], operations.scenarios(workspace)


def try_scenario(ready: Prepared, chosen: Scenario) -> Moves:
    """Evaluate a scenario; for the worker."""
    from zoneeval.engine.whatif import moves_of

    return moves_of(ready, chosen)


class WhatIfDialog(QDialog):
    """Settings at the left, who moves at the right; scenarios can be kept."""

    def __init__(self, page: WorkspacePage, info: RunInfo) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self._page, self._info = page, info
        self._ready: Prepared | None = None
        self._busy = self._again = False
        self.moves: Moves | None = None
        self.panel: KnobPanel | None = None
        self.setObjectName("whatifDialog")
        self.setWindowTitle(self.tr("假设分析（第 {n} 次评价）").format(n=info.id))
        self.resize(theme.px(1120), theme.px(660))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.try_now)
        self.finished.connect(lambda _code: self._timer.stop())
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addLayout(self._top())
        self.sentence = make_label(self.tr("正在准备…"), "", self, wrap=True)
        self.sentence.setObjectName("whatifSentence")
        layout.addWidget(self.sentence)
        body = QHBoxLayout()
        body.setSpacing(theme.px(12))
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("whatifScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        settings = Card(flush=True)
        settings.add(self._scroll, 1)
        settings.setFixedWidth(theme.px(500))
        body.addWidget(settings)
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        self.matrix = DataTable("whatifMatrix")
        self.matrix.setAccessibleName(self.tr("类别流动表"))
        self.matrix.setFixedHeight(theme.px(210))
        above = Card(flush=True)
        above.add(self.matrix)
        self.table = DataTable("whatifTable")
        self.table.setAccessibleName(self.tr("类别会变的企业"))
        self.table.set_empty_text(self.tr("没有企业的类别会变"))
        below = Card(flush=True)
        below.add(self.table, 1)
        right.addWidget(above)
        right.addWidget(below, 1)
        body.addLayout(right, 1)
        layout.addLayout(body, 1)
        layout.addLayout(self._foot())
        page.session.read(
            lambda ws, _progress: read_whatif(ws, info.id),
            self._arrived,
            title=self.tr("正在准备假设分析"),
            on_failure=self._failed,
        )

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(make_label(self.tr("保存的方案："), "", self))
        self.kept = ComboBox("whatifKept", self.tr("保存的方案"), self)
        self.kept.setMinimumWidth(current_theme().px(220))
        self.kept.activated.connect(lambda _index: self._chosen())
        row.addWidget(self.kept)
        self.save_button = self._button("whatifSave", self.tr("保存方案…"))
        self.save_button.clicked.connect(self.save)
        self.discard_button = self._button("whatifDiscard", self.tr("删除方案"))
        self.discard_button.clicked.connect(self.discard)
        row.addWidget(self.save_button)
        row.addWidget(self.discard_button)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        words = self.tr("只是试算：已有的评价和办法都不会改变。")
        row.addWidget(make_label(words, "secondary", self))
        row.addStretch(1)
        self.reset_button = self._button("whatifReset", self.tr("恢复原样"))
        self.reset_button.clicked.connect(self.reset)
        close = self._button("whatifClose", self.tr("关闭"))
        close.clicked.connect(self.accept)
        row.addWidget(self.reset_button)
        row.addWidget(close)
        return row

    def ask_name(self, before: str) -> str:
        """Ask for the name of a scenario, "" where it was cancelled; a test answers instead."""
        title, label = self.tr("保存方案"), self.tr("方案名称：")
        return (ask_text(self, "whatifName", title, label, before) or "").strip()

    def _arrived(self, found: tuple[Prepared, list[Scenario]]) -> None:
        from zoneeval.engine.whatif import knobs

        self._ready, kept = found
        self.panel = KnobPanel(knobs(self._ready.policy), self)
        self.panel.changed.connect(self._timer.start)
        self._scroll.setWidget(self.panel)
        tab_through(self._scroll, self.panel)
        self.panel.setAutoFillBackground(False)
        self._list(kept, "")
        self.try_now()

    def _list(self, kept: list[Scenario], current: str) -> None:
        self.kept.clear()
        self.kept.addItem(self.tr("（没有选择）"), None)
        for item in kept:
            self.kept.addItem(item.name, item)
        self.kept.setCurrentIndex(max(0, self.kept.findText(current)))
        self._enable()

    def _enable(self) -> None:
        chosen = self.panel.scenario() if self.panel is not None else None
        changed = chosen is not None and not chosen.is_empty
        writable = not self._page.session.read_only
        self.save_button.setEnabled(changed and writable)
        self.discard_button.setEnabled(self.kept.currentIndex() > 0 and writable)
        self.reset_button.setEnabled(changed)

    def _chosen(self) -> None:
        chosen = self.kept.currentData()
        if self.panel is not None and chosen is not None:
            self.panel.show_scenario(chosen)
        self._enable()

    def reset(self) -> None:
        """Turn every setting back."""
        from zoneeval.engine.whatif import Scenario

        if self.panel is not None:
            self.kept.setCurrentIndex(0)
            self.panel.show_scenario(Scenario())

    def try_now(self) -> None:
        """Evaluate the settings as they stand; what is turned meanwhile is tried next."""
        if self.panel is None or self._ready is None:
            return
        self._enable()
        if self._busy:
            self._again = True
            return
        self._busy = True
        ready, chosen = self._ready, self.panel.scenario()
        self._page.session.read(
            lambda _ws, _progress: try_scenario(ready, chosen),
            self._show,
            title=self.tr("正在试算"),
            on_failure=self._failed,
        )

    def _done(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.try_now()

    def _show(self, moves: Moves) -> None:
        self.moves = moves
        self.matrix.set_table(matrix_data(moves.table))
        self.table.set_table(moved_data(moves.moved))
        up = sum(move.rise > 0 for move in moves.moved)
        down = sum(move.rise < 0 for move in moves.moved)
        if moves.scenario.is_empty:
            text = self.tr("{n} 户参评。拖动左边的设置，马上看到谁的类别会变。").format(
                n=moves.evaluated
            )
        else:
            text = self.tr("{n} 户类别会变：{up} 户上升，{down} 户下降。权重合计 {sums}。").format(
                n=len(moves.moved),
                up=up,
                down=down,
                sums="、".join(f"{total:g}" for total in moves.weight_sums),
            )
        self.sentence.setText(text)
        set_tone(self.sentence, None)
        self._done()

    def _failed(self, error: BaseException) -> None:
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错。")
        self.sentence.setText(text)
        set_tone(self.sentence, Tone.C)
        self._done()

    def save(self) -> None:
        """Keep the settings as a scenario of the workspace."""
        if self.panel is None:
            return
        chosen = self.panel.scenario()
        name = self.ask_name(self.kept.currentText() if self.kept.currentIndex() > 0 else "")
        if not name:
            return

        def work(workspace: Workspace, _progress: Any) -> list[Scenario]:
            from zoneeval_db import operations

            operations.save_scenario(workspace, name, chosen)
            return operations.scenarios(workspace)

        self._store(work, name)

    def discard(self) -> None:
        """Discard the scenario that is chosen; it can be undone like every change."""
        name = self.kept.currentText()

        def work(workspace: Workspace, _progress: Any) -> list[Scenario]:
            from zoneeval_db import operations

            operations.discard_scenario(workspace, name)
            return operations.scenarios(workspace)

        self._store(work, "")

    def _store(self, work: Any, name: str) -> None:
        self._page.session.change(
            work,
            lambda kept: self._list(kept, name),
            title=self.tr("正在保存方案"),
            on_failure=self._failed,
        )
