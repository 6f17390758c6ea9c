"""One enterprise over all years, in a window of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout

from zoneeval_ui.pages.enterprises.years_tables import (
    CHARTED,
    COMPOSITE,
    bars_of,
    chips_of,
    empty_text,
    sentence_of,
    table_of,
)
from zoneeval_ui.pages.exporting import ExportedNote, ask_file, export_folder
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, ChipBar, make_label
from zoneeval_ui.widgets.year_bars import YearBars

if TYPE_CHECKING:
    from zoneeval.model.enterprise_years import EnterpriseYears
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


def open_years(window: MainWindow, session: Session, uscc: str) -> YearsDialog:
    """Open the years of an enterprise; they are read in a job."""
    dialog = YearsDialog(window, session, uscc)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.read()
    return dialog


class YearsDialog(QDialog):
    """Data, scores, prices, exit case and what happened, with bars of the chosen row."""

    def __init__(self, window: MainWindow, session: Session, uscc: str) -> None:
        super().__init__(window)
        theme = current_theme()
        self._window, self._session, self._uscc = window, session, uscc
        self._closed = False
        self.found: EnterpriseYears | None = None
        self.finished.connect(lambda _code: self._close())
        self.setObjectName("yearsDialog")
        self.setWindowTitle(self.tr("历年情况"))
        self.resize(theme.px(980), theme.px(640))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        self.name = make_label(self.tr("正在读取…"), "detail", wrap=True)
        self.name.setObjectName("yearsName")
        self.codes = make_label("", "secondary", wrap=True)
        self.sentence = make_label("", "sentence", wrap=True)
        self.sentence.setObjectName("yearsSentence")
        for label in (self.name, self.codes, self.sentence):
            layout.addWidget(label)
        self.chips = ChipBar("yearsChips")
        self.chips.changed.connect(lambda _key: self._show_table())
        layout.addWidget(self.chips)
        layout.addWidget(self._body(), 1)
        self.note = ExportedNote(self)
        layout.addWidget(self.note)
        self.export_button = self._button("yearsExport", self.tr("导出…"), self.export)
        self.export_button.setEnabled(False)
        close = self._button("yearsClose", self.tr("关闭"), self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.export_button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)

    def _body(self) -> QSplitter:
        theme = current_theme()
        self.table = DataTable("yearsTable")
        self.table.setAccessibleName(self.tr("历年情况"))
        self.table.row_selected.connect(self._row_selected)
        card = Card(flush=True)
        card.add(self.table, 1)
        self.words = make_label("", wrap=True)
        self.words.setObjectName("yearsWords")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.chart_title = make_label("", "strong")
        self.chart = YearBars("yearsChart")
        self.below = Card()
        self.below.add(self.chart_title)
        self.below.add(self.chart, 1)
        self.below.add(self.words, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("yearsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(10))
        splitter.addWidget(card)
        splitter.addWidget(self.below)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(300), theme.px(180)])
        return splitter

    def _button(self, name: str, text: str, does: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: does())
        return button

    # -- reading -----------------------------------------------------------------------

    def read(self) -> None:
        """Ask for the years of the enterprise."""
        uscc = self._uscc

        def work(ws: Workspace, _progress: Progress) -> EnterpriseYears:
            from zoneeval_db import operations

            return operations.enterprise_years(ws, uscc)

        self._session.read(work, self._arrived, on_failure=self._failed)

    def _arrived(self, found: EnterpriseYears) -> None:
        if self._closed:
            return
        self.found = found
        self.name.setText(found.name)
        self.setWindowTitle(self.tr("{name}历年情况").format(name=found.name))
        self.codes.setText(self.tr("信用代码 {codes}").format(codes="、".join(found.codes)))
        self.sentence.setText(sentence_of(found))
        self.chips.set_chips(chips_of(found))
        self.export_button.setEnabled(True)
        self._show_table()

    def _failed(self, error: BaseException) -> None:
        if not self._closed:
            self.reject()
        self._window.show_failure(error, self.tr("历年情况"))

    def _close(self) -> None:
        self._closed = True

    # -- showing -----------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Show another table."""
        self.chips.choose(key)
        self._show_table()

    def _show_table(self) -> None:
        if self.found is None:
            return
        key = self.chips.current
        self.table.set_empty_text(empty_text(key))
        self.table.set_table(table_of(self.found, key))
        self.table.select_id(COMPOSITE if key in CHARTED else 0)
        self._row_selected(self.table.selected_id())

    def _row_selected(self, row: Any) -> None:
        found, key = self.found, self.chips.current
        if found is None:
            return
        bars = bars_of(found, str(row)) if key in CHARTED and row is not None else None
        self.chart.setVisible(bars is not None)
        self.chart_title.setVisible(bars is not None)
        self.words.setVisible(bars is None)
        if bars is not None:
            self.below.show()
            title, unit, years, series = bars
            self.chart_title.setText(f"{title}（{unit}）" if unit else title)
            self.chart.set_bars(title, unit, years, [series])
            return
        self.words.setText(self._whole(row))
        self.below.setVisible(bool(self.words.text()))

    def _whole(self, row: Any) -> str:
        """Return the chosen row in full: in the table long texts are cut off."""
        if self.found is None or row is None:
            return ""
        data = table_of(self.found, self.chips.current)
        at = list(data.ids).index(row)
        cells = [(column.heading, data.values[column.key][at]) for column in data.columns]
        return "\n".join(f"{heading}：{text}" for heading, text in cells if text not in (None, ""))

    # -- exporting ---------------------------------------------------------------------

    def ask_file(self, title: str, suggested: Path) -> Path | None:
        """Let the user choose the file to write."""
        return ask_file(self, title, suggested)

    def export(self) -> None:
        """Write everything into a workbook."""
        found = self.found
        if found is None:
            return
        name = self.tr("{name}历年情况.xlsx").format(name=found.name)
        out = self.ask_file(self.tr("导出历年情况"), export_folder(self._session.path) / name)
        if out is None:
            return

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_enterprise_years(ws, out, found.uscc)

        def written(files: list[Path]) -> None:
            if not self._closed:
                self.note.show_files(files)

        self._session.read(
            work,
            written,
            title=self.tr("正在导出“{name}”").format(name=out.name),
            on_failure=lambda error: self._window.show_failure(error, self.tr("导出")),
        )
