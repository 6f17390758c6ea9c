"""The table of the window: model, frozen first column, columns to choose, copying."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from zoneeval_ui.tables.columns import Column, TableData
from zoneeval_ui.tables.delegate import CellDelegate
from zoneeval_ui.tables.frozen import FrozenColumn
from zoneeval_ui.tables.header import UnitHeader
from zoneeval_ui.tables.model import ColumnTableModel
from zoneeval_ui.theme import current_theme, pixel_size

ROW_FACTOR = 2.6
AUTO_WIDTH_ROWS = 200
Index = QModelIndex | QPersistentModelIndex


class DataTable(QTableView):
    """Show a :class:`ColumnTableModel`; row signals carry the row's id.

    ``name`` makes the object name and the key under which hidden columns are remembered.
    """

    row_selected = Signal(object)
    row_activated = Signal(object)
    cell_clicked = Signal(object, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._empty_text = self.tr("没有数据")
        self.setObjectName(name)
        self.setAccessibleName(self.tr("表格"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(UnitHeader(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(round(pixel_size(self.font()) * ROW_FACTOR))
        self._frozen = FrozenColumn(self)
        self._frozen.setItemDelegate(CellDelegate(self._frozen))
        self._model = ColumnTableModel(parent=self)
        self.setModel(self._model)
        self._connect()

    def _connect(self) -> None:
        header, frozen = self.horizontalHeader(), self._frozen.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_columns)
        header.sectionResized.connect(self._frozen.place)
        header.geometriesChanged.connect(self._frozen.place)
        header.sortIndicatorChanged.connect(self._sort)
        frozen.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        frozen.customContextMenuRequested.connect(self._ask_columns)
        frozen.sortIndicatorChanged.connect(header.setSortIndicator)
        self._frozen.follow_model()
        self._model.modelReset.connect(self._reset)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        for view in (self, self._frozen):
            view.doubleClicked.connect(self._activated)
            view.clicked.connect(self._clicked)

    # -- content -------------------------------------------------------------------

    @property
    def table_model(self) -> ColumnTableModel:
        """Return the model, for filters and raw values."""
        return self._model

    def set_table(self, data: TableData) -> None:
        """Replace the content; the selected row stays selected where its id still exists."""
        selected = self.selected_id()
        self.setUpdatesEnabled(False)
        try:
            self._model.set_table(data)
        finally:
            self.setUpdatesEnabled(True)
        if selected is not None:
            self.select_id(selected)

    def set_empty_text(self, text: str) -> None:
        """Set the sentence shown where there are no rows."""
        self._empty_text = text
        self.viewport().update()

    def selected_id(self) -> Any:
        """Return the id of the current row, or None."""
        index = self.currentIndex()
        return self._model.id_at(index.row()) if index.isValid() else None

    def select_id(self, wanted: Any) -> bool:
        """Select the row with an id and bring it into sight; tell whether it is shown."""
        row = self._model.row_of_id(wanted)
        if row < 0:
            return False
        index = self._model.index(row, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def sort_by(self, key: str, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's key and show the arrow."""
        self.horizontalHeader().setSortIndicator(self._model.column_of(key), order)

    # -- columns ---------------------------------------------------------------------

    def hidden_columns(self) -> set[str]:
        """Return the keys of the columns that are hidden."""
        return {c.key for i, c in enumerate(self._model.columns) if self.isColumnHidden(i)}

    def set_hidden_columns(self, keys: Iterable[str], *, remember: bool = True) -> None:
        """Hide exactly these columns; the first column always stays."""
        hidden = set(keys)
        for place, column in enumerate(self._model.columns):
            self.setColumnHidden(place, place > 0 and column.key in hidden)
        if remember:
            QSettings().setValue(f"tables/{self._name}/hidden", sorted(self.hidden_columns()))

    def column_menu(self) -> QMenu:
        """Return the menu in which columns are shown and hidden."""
        menu = QMenu(self)
        menu.setObjectName(f"{self._name}ColumnMenu")
        for place, column in enumerate(self._model.columns):
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place > 0)
            action.toggled.connect(lambda on, key=column.key: self._show_column(key, on))
        menu.addSeparator()
        menu.addAction(self.tr("全部显示"), lambda: self.set_hidden_columns(()))
        return menu

    def _ask_columns(self, place: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(place))

    def _show_column(self, key: str, shown: bool) -> None:
        hidden = self.hidden_columns()
        self.set_hidden_columns(hidden - {key} if shown else hidden | {key})

    def _reset(self) -> None:
        self._frozen.follow_model()
        header = self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            self.setColumnWidth(place, self._width_of(place, column, header))
        stored: Any = QSettings().value(f"tables/{self._name}/hidden", [])
        keys = [stored] if isinstance(stored, str) else list(stored or [])
        self.set_hidden_columns(keys, remember=False)
        self._frozen.place()

    def _width_of(self, place: int, column: Column, header: QHeaderView) -> int:
        theme = current_theme()
        wanted = header.sectionSizeFromContents(place).width()
        metrics = self.fontMetrics()
        if column.width is not None:
            return max(wanted, metrics.horizontalAdvance("中") * column.width + theme.px(20))
        shown = min(self._model.rowCount(), AUTO_WIDTH_ROWS)
        texts = (str(self._model.index(row, place).data()) for row in range(shown))
        content = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(wanted, min(content, metrics.horizontalAdvance("中") * 18) + theme.px(24))

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._model.sort(column, order)
        self._frozen.horizontalHeader().blockSignals(True)
        self._frozen.horizontalHeader().setSortIndicator(column, order)
        self._frozen.horizontalHeader().blockSignals(False)

    # -- what the user does ------------------------------------------------------------

    def copy_selection(self, *, headings: bool = False) -> None:
        """Put the selected rows on the clipboard, as a spreadsheet takes them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = [i for i in range(self._model.columnCount()) if not self.isColumnHidden(i)]
        if rows:
            text = self._model.as_tsv(rows, columns, headings=headings)
            QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C, with headings with Ctrl+Shift+C, open with Enter."""
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_C and event.modifiers() & control:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.copy_selection(headings=shift)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_selected.emit(self._model.id_at(current.row()) if current.isValid() else None)

    def _activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_activated.emit(self._model.id_at(index.row()))

    def _clicked(self, index: QModelIndex) -> None:
        key = self._model.columns[index.column()].key
        self.cell_clicked.emit(self._model.id_at(index.row()), key)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, not under the frozen column."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and self._frozen.isVisible() and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen column in its place."""
        super().resizeEvent(event)
        self._frozen.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the sentence for a table without rows."""
        super().paintEvent(event)
        self._paint_rest()
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(QFont(self.font()))
            painter.setPen(QColor(current_theme().tokens.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            pad = current_theme().px(24)
            inner = self.viewport().rect().adjusted(pad, pad, -pad, -pad)
            painter.drawText(inner, int(flags), self._empty_text)

    def _paint_rest(self) -> None:
        """Carry hairlines and the selection on to the right of the last column."""
        left = self.horizontalHeader().length() - self.horizontalHeader().offset()
        width = self.viewport().width() - left
        row = self.rowAt(0)
        if width <= 0 or row < 0:
            return
        tokens = current_theme().tokens
        painter = QPainter(self.viewport())
        while row < self._model.rowCount():
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if top > self.viewport().height():
                break
            if self.selectionModel().isRowSelected(row):
                painter.fillRect(left, top, width, height, QColor(tokens.accent_soft))
            painter.fillRect(left, top + height - 1, width, 1, QColor(tokens.border))
            row += 1
