"""The first column kept in sight while the others scroll."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from shiboken6 import isValid

from zoneeval_ui.tables.header import UnitHeader
from zoneeval_ui.theme import current_theme, current_tokens


class FrozenColumn(QTableView):
    """A second view of the first column, laid over a table that has been scrolled."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName("frozenColumn")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(UnitHeader(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(table.selectionMode())
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        source, own = table.verticalScrollBar(), self.verticalScrollBar()
        source.valueChanged.connect(own.setValue)
        own.valueChanged.connect(source.setValue)
        table.horizontalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def follow_model(self) -> None:
        """Take over the model and the selection of the table."""
        model = self._table.model()
        if self.model() is not model:
            self.setModel(model)
        self.setSelectionModel(self._table.selectionModel())
        for column in range(1, model.columnCount()):
            self.setColumnHidden(column, True)

    def place(self) -> None:
        """Lie over the first column where the table is scrolled sideways, else hide."""
        if not isValid(self._table):
            return
        scrolled = self._table.horizontalScrollBar().value() > 0
        if scrolled:
            width = self._table.columnWidth(0)
            header = self._table.horizontalHeader()
            frame = self._table.frameWidth()
            self.setColumnWidth(0, width)
            self.horizontalHeader().setFixedHeight(header.height())
            height = self._table.viewport().height() + header.height()
            self.setGeometry(frame, frame, width + current_theme().px(1), height)
            self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
            self.raise_()
        self.setVisible(scrolled)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the column and a hairline at its right."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(current_tokens().border))
        right = self.viewport().width() - 1
        painter.drawLine(right, 0, right, self.viewport().height())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll only up and down, and only for its own column."""
        if index.column() == 0:
            super().scrollTo(index, hint)
