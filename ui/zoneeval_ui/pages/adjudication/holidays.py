"""节假日表: the days off and worked, by which publicity is counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from zoneeval.errors import UserError
from zoneeval.model.adjudication import DAY_WORDS
from zoneeval_ui.pages.exporting import ExportedNote, ask_file, export_folder
from zoneeval_ui.tables import Column, DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval.model.adjudication import Holiday
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.adjudication.page import AdjudicationPage
    from zoneeval_ui.session import Work


class HolidaysDialog(QDialog):
    """The table, a line to enter days, and import and export."""

    def __init__(self, page: AdjudicationPage) -> None:
        super().__init__(page.window())
        theme = current_theme()
        self._page = page
        self._closed = False
        self.finished.connect(lambda _code: self._close())
        self.setObjectName("holidaysDialog")
        self.setWindowTitle(self.tr("节假日表"))
        self.resize(theme.px(700), theme.px(500))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        head = self.tr(
            "公示期按工作日计算。程序不带任何年份的放假安排，请按国务院办公厅当年的通知录入"
            "或导入；没有录入的年份只按周末计算。"
        )
        layout.addWidget(make_label(head, "sentence", wrap=True))
        self.table = DataTable("holidaysTable")
        self.table.setAccessibleName(self.tr("节假日安排"))
        self.table.set_empty_text(self.tr("还没有录入放假和调休安排，只按周末计算"))
        self.table.row_selected.connect(self._chosen)
        card = Card(flush=True)
        card.add(self.table, 1)
        layout.addWidget(card, 1)
        layout.addLayout(self._entry())
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName("holidaysFault")
        self.fault.hide()
        layout.addWidget(self.fault)
        self.note = ExportedNote(self)
        layout.addWidget(self.note)
        foot = QHBoxLayout()
        self.import_button = self._button("holidaysImport", self.tr("导入…"), self.import_table)
        self.export_button = self._button("holidaysExport", self.tr("导出…"), self.export_table)
        self.remove_button: QPushButton = self._button(
            "holidaysRemove", self.tr("删除选中的"), self.remove
        )
        self.remove_button.setEnabled(False)
        self._writable = not page.session.read_only
        for part in (self.add_button, self.import_button):
            part.setEnabled(self._writable)
        close = self._button("holidaysClose", self.tr("关闭"), self.accept)
        for button in (self.import_button, self.export_button, self.remove_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.read()

    def _chosen(self, day: object) -> None:
        self.remove_button.setEnabled(self._writable and day is not None)

    def _entry(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        self.kind = ComboBox("holidaysKind", self.tr("安排"), self)
        for key, word in DAY_WORDS.items():
            self.kind.addItem(word, key)
        row.addWidget(self.kind)
        self.first = self._line("holidaysFirst", self.tr("日期"), "2025-06-02")
        self.last = self._line("holidaysLast", self.tr("到哪一天"), self.tr("到（可不填）"))
        self.name = self._line("holidaysName", self.tr("名称"), self.tr("名称，如端午节"))
        self.document = self._line("holidaysDocument", self.tr("依据文件"), self.tr("依据文件"))
        for line in (self.first, self.last, self.name, self.document):
            row.addWidget(line, 1)
        self.add_button = self._button("holidaysAdd", self.tr("录入"), self.enter)
        self.add_button.setDefault(True)
        row.addWidget(self.add_button)
        return row

    def _line(self, name: str, text: str, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        line.setPlaceholderText(hint)
        return line

    def _button(self, name: str, text: str, does: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: does())
        return button

    # -- reading -----------------------------------------------------------------------

    def read(self) -> None:
        """Read the days again."""

        def work(ws: Workspace, _progress: Progress) -> list[Holiday]:
            from zoneeval_db import operations

            return operations.holidays(ws)

        self._page.session.read(work, self.show_days, on_failure=self._failed)

    def show_days(self, days: Sequence[Holiday]) -> None:
        """Show the days entered."""
        columns = (
            Column("day", self.tr("日期"), width=7),
            Column("kind", self.tr("安排"), width=4),
            Column("name", self.tr("名称"), width=10),
            Column("document", self.tr("依据文件"), width=18),
        )
        codes = [one.day for one in days]
        values: dict[str, list[Any]] = {
            "day": codes,
            "kind": [DAY_WORDS[one.kind] for one in days],
            "name": [one.name for one in days],
            "document": [one.document for one in days],
        }
        self.table.set_table(TableData(columns, values, ids=codes))
        self._chosen(self.table.selected_id())

    # -- what the user does ------------------------------------------------------------

    def enter(self) -> None:
        """Enter what was typed."""
        kind, first = self.kind.currentData(), self.first.text().strip()
        last = self.last.text().strip() or None
        name, document = self.name.text(), self.document.text()

        def work(ws: Workspace, _progress: Progress) -> list[Holiday]:
            from zoneeval_db import operations

            return operations.set_holidays(ws, first, last, kind, name, document)

        self._change(work, self.tr("已录入 {n} 天的安排。"), self._clear)

    def _clear(self) -> None:
        for line in (self.first, self.last):
            line.clear()

    def remove(self) -> None:
        """Take the chosen day out; it can be undone."""
        day = self.table.selected_id()
        if day is None:
            return

        def work(ws: Workspace, _progress: Progress) -> list[str]:
            from zoneeval_db import operations

            operations.remove_holiday(ws, str(day))
            return [str(day)]

        self._change(work, self.tr("已删除 {n} 天的安排。"))

    def ask_table(self) -> Path | None:
        """Let the user choose a table to import."""
        folder = str(export_folder(self._page.session.path))
        name, _filter = QFileDialog.getOpenFileName(
            self, self.tr("导入节假日表"), folder, self.tr("表格 (*.xlsx *.csv)")
        )
        return Path(name) if name else None

    def import_table(self) -> None:
        """Enter the days of a table."""
        path = self.ask_table()
        if path is None:
            return

        def work(ws: Workspace, _progress: Progress) -> list[Holiday]:
            from zoneeval_db import operations

            return operations.import_holidays(ws, path)

        self._change(work, self.tr("已导入 {n} 天的安排。"))

    def ask_out(self) -> Path | None:
        """Let the user choose the file to write."""
        folder = export_folder(self._page.session.path)
        return ask_file(self, self.tr("导出节假日表"), folder / "节假日表.xlsx")

    def export_table(self) -> None:
        """Write the table; without days it is one to fill in."""
        path = self.ask_out()
        if path is None:
            return

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_holidays(ws, path)

        self.fault.hide()
        self._page.session.read(work, self.note.show_files, on_failure=self._failed)

    def _change(self, work: Work, said: str, done: Any = None) -> None:
        self.fault.hide()

        def stored(_days: Any) -> None:
            if self._closed:
                return
            if done is not None:
                done()
            self.read()

        self._page.saving.store(
            work,
            self.tr("正在保存节假日安排"),
            lambda days: said.format(n=len(days)),
            stored=stored,
            failed=self._failed,
        )

    def _close(self) -> None:
        self._closed = True

    def _failed(self, error: BaseException | None) -> None:
        if not self._closed and isinstance(error, UserError):
            self.fault.setText(str(error))
            self.fault.show()
