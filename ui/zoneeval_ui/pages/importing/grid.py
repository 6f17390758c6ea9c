"""The draft grid: a sheet's cells with their findings, edited in place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QWidget

from zoneeval.model.issue import Issue
from zoneeval.model.repair import CellEdit
from zoneeval_ui.pages.importing.grid_content import ROW, GridSheet
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Section, make_label
from zoneeval_ui.widgets.combo import ComboBox

NOTHING = TableData((), {})


class GridTable(DataTable):
    """A table of single cells that can be typed into and copied."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )

    @property
    def is_editing(self) -> bool:
        """Tell whether a cell is being typed into."""
        return self.state() == QAbstractItemView.State.EditingState

    def place(self) -> tuple[int, str] | None:
        """Return row id and column key of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.table_model.id_at(index.row()), self.table_model.columns[index.column()].key

    def go_to(self, row: int, key: str) -> bool:
        """Select a cell and bring it into sight; tell whether it is shown."""
        shown = self.table_model.row_of_id(row)
        if shown < 0:
            return False
        index = self.table_model.index(shown, max(0, self.table_model.column_of(key)))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        self.scrollTo(index)
        return True

    def copy_selection(self, *, headings: bool = False) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        if rows:
            text = self.table_model.as_tsv(rows, columns, headings=headings)
            QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit with Return and F2, empty with Delete; the rest as in every table."""
        index = self.currentIndex()
        if self.is_editing:
            event.accept()  # the editor has let it through after taking it as its end
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.table_model.setData(index, "")
        else:
            super().keyPressEvent(event)


class GridCard(Card):
    """A sheet to choose, its cells, and what is said about the current one.

    ``edited`` carries a :class:`CellEdit`; ``restored`` the place of a cell that is to
    hold again what the workbook has in it.
    """

    edited = Signal(object)
    restored = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("gridCard")
        theme = current_theme()
        self._sheets: tuple[GridSheet, ...] = ()
        self._waiting: tuple[GridSheet, ...] | None = None
        head = Section("", self, line=False)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.choice = ComboBox("gridSheet", self.tr("工作表"), self)
        self.choice.setMinimumWidth(theme.px(200))
        self.choice.activated.connect(lambda _at: self._show_sheet())
        self.only = QPushButton(self.tr("只看有问题的行"), self)
        self.only.setObjectName("gridOnly")
        self.only.setAccessibleName(self.only.text())
        self.only.setCheckable(True)
        self.only.setProperty("kind", "chip")
        self.only.clicked.connect(lambda _on: self._filter())
        row.addWidget(self.choice, 1)
        row.addWidget(self.only)
        head.body.addLayout(row)
        self.table = GridTable("importGrid", self)
        self.table.setAccessibleName(self.tr("表格内容"))
        self.table.set_empty_text(self.tr("没有识别到可导入的工作表"))
        self.table.table_model.cell_edited.connect(self._edited)
        self.table.selectionModel().currentChanged.connect(self._describe)
        self.table.itemDelegate().closeEditor.connect(
            lambda: QTimer.singleShot(0, self, self._show_waiting)
        )
        self.add(head)
        self.add(self.table, 1)
        self.add(self._foot())

    def _foot(self) -> Section:
        foot = Section("", self, raised=True)
        row = QHBoxLayout()
        self._about = make_label("", "secondary", foot, wrap=True)
        self._about.setObjectName("gridAbout")
        self._restore = QPushButton(self.tr("恢复原值"), foot)
        self._restore.setObjectName("gridRestore")
        self._restore.setAccessibleName(self.tr("恢复这一格的原值"))
        self._restore.setProperty("kind", "link")
        self._restore.clicked.connect(self._ask_restore)
        row.addWidget(self._about, 1)
        row.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignTop)
        foot.body.addLayout(row)
        return foot

    # -- content -----------------------------------------------------------------------------

    @property
    def sheet(self) -> GridSheet | None:
        """Return the sheet that is shown."""
        at = self.choice.currentIndex()
        return self._sheets[at] if 0 <= at < len(self._sheets) else None

    def set_sheets(self, sheets: Sequence[GridSheet], *, anew: bool = False) -> None:
        """Show these sheets; sheet and cell stay, unless they come ``anew``.

        While a cell is being typed into, they wait until that is done.
        """
        if self.table.is_editing and not anew:
            self._waiting = tuple(sheets)
            return
        self._waiting = None
        before = None if anew else self.sheet
        cell = self.table.place()
        across = self.table.horizontalScrollBar().value()
        down = self.table.verticalScrollBar().value()
        self._sheets = tuple(sheets)
        self.choice.clear()
        self.choice.addItems([sheet.title for sheet in self._sheets])
        at = 0
        if before is not None:
            at = max(0, self._place_of(before.file, before.sheet))
        self.choice.setCurrentIndex(at if self._sheets else -1)
        self._show_sheet()
        if before is not None and self.sheet is not None and cell is not None:
            self.table.go_to(*cell)
            self.table.horizontalScrollBar().setValue(across)
            self.table.verticalScrollBar().setValue(down)

    def go_to(self, issue: Issue) -> bool:
        """Show the cell that a finding is about; tell whether there is one."""
        at = self._place_of(issue.file or "", issue.sheet)
        if at < 0:
            return False
        if at != self.choice.currentIndex():
            self.choice.setCurrentIndex(at)
            self._show_sheet()
        if issue.row is None:
            first = self.table.table_model.index(0, 0)
            row = self.table.table_model.id_at(0) if first.isValid() else None
        else:
            row = issue.row
        if row is None:
            return False
        found = self.table.go_to(row, issue.column or ROW)
        if not found and self.only.isChecked():
            self.only.setChecked(False)
            self._filter()
            found = self.table.go_to(row, issue.column or ROW)
        if found:
            self.table.setFocus()
        return found

    def _place_of(self, file: str, sheet: str | None) -> int:
        return next(
            (
                at
                for at, one in enumerate(self._sheets)
                if one.file == file and sheet in (None, one.sheet)
            ),
            -1,
        )

    def _show_waiting(self) -> None:
        if self._waiting is not None and not self.table.is_editing:
            self.set_sheets(self._waiting)

    def _show_sheet(self) -> None:
        sheet = self.sheet
        self.choice.setToolTip(sheet.title if sheet is not None else "")
        self.table.set_table(sheet.table if sheet is not None else NOTHING)
        self._filter()
        self._describe()

    def _filter(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        mask = None
        if self.only.isChecked():
            mask = np.array([number in sheet.marked for number in sheet.table.ids], dtype=bool)
        self.table.table_model.set_filter(mask)

    # -- cells -------------------------------------------------------------------------------

    def _edited(self, row: int, key: str, text: str) -> None:
        sheet = self.sheet
        if sheet is not None:
            self._waiting = None  # it does not know of this edit yet
            self.edited.emit(CellEdit(sheet.file, sheet.sheet, row, key, text or None))

    def _ask_restore(self) -> None:
        sheet, cell = self.sheet, self.table.place()
        if sheet is not None and cell is not None:
            self.restored.emit((sheet.file, sheet.sheet, *cell))

    def _describe(self, *_indexes: QModelIndex) -> None:
        """Say what is known of the current cell."""
        sheet, cell = self.sheet, self.table.place()
        self._restore.setVisible(sheet is not None and cell in sheet.typed)
        if sheet is None or cell is None:
            self._about.setText(self.tr("双击或按 F2 修改一格，改后立即重新检查；原文件不变。"))
            return
        row, key = cell
        name = f"{key}{row}" if key != ROW else self.tr("第 {n} 行").format(n=row)
        words = [
            f"【{issue.severity.label}】{issue.message}"
            for issue in (*sheet.issues.get(cell, ()), *sheet.issues.get((row, ""), ()))
        ]
        if (row, "") in sheet.mended:
            words.append(self.tr("这一行已并入另一行；要改请先撤回修正。"))
        elif cell in sheet.mended:
            words.append(self.tr("已按建议修正；要另行修改请先撤回修正。"))
        elif cell in sheet.typed:
            words.append(self.tr("已手工修改。"))
        elif not sheet.editable:
            words.append(self.tr("有两个文件同名，不能在这里修改；请改名后重新选择。"))
        if not words:
            words.append(self.tr("没有问题。双击或按 F2 修改。"))
        self._about.setText(f"{name}　{'　'.join(words)}")
