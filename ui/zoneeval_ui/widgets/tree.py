"""An explanation as a tree: label, value, unit, clause and source of each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zoneeval_ui.theme import Tone, current_theme, current_tokens, tabular

LABEL, VALUE, UNIT, CLAUSE, SOURCE = range(5)
_TONE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One step; an empty value with ``tone`` UNCERTAIN is shown as 未知."""

    label: str
    value: str = ""
    unit: str = ""
    clause: str = ""
    source: str = ""
    tone: Tone | None = None
    children: tuple[TreeRow, ...] = ()


class TreePane(QWidget):
    """Show :class:`TreeRow`; clicking a clause or a source asks for it."""

    clause_clicked = Signal(str)
    source_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("treePane")
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("explanationTree")
        self._tree.setAccessibleName(self.tr("计算过程"))
        self._tree.setColumnCount(5)
        self._tree.setHeaderLabels(
            [self.tr("项目"), self.tr("数值"), self.tr("单位"), self.tr("依据"), self.tr("来源")]
        )
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(current_theme().px(14))
        self._tree.itemClicked.connect(self._clicked)
        header = self._tree.header()
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tree)

    @property
    def tree(self) -> QTreeWidget:
        """Return the tree widget, for column widths."""
        return self._tree

    def set_rows(self, rows: Sequence[TreeRow], *, expand: int = 1) -> None:
        """Show these rows, opened down to a depth (0: only the first level)."""
        self._tree.clear()
        self._tree.addTopLevelItems([self._item(row) for row in rows])
        self._tree.expandToDepth(expand - 1) if expand > 0 else self._tree.collapseAll()
        for column in (LABEL, VALUE, UNIT, CLAUSE):
            self._tree.setColumnWidth(column, self._width_of(column, rows, 1))
        for column, texts in ((UNIT, "unit"), (CLAUSE, "clause"), (SOURCE, "source")):
            self._tree.setColumnHidden(column, not any(_has(row, texts) for row in rows))
        self._colour()

    def _width_of(self, column: int, rows: Sequence[TreeRow], depth: int) -> int:
        theme = current_theme()
        indent = self._tree.indentation() * depth if column == LABEL else 0
        width = theme.px(48)
        for row in rows:
            text = (row.label, row.value or self.tr("未知"), row.unit, row.clause)[column]
            needed = self._tree.fontMetrics().horizontalAdvance(text) + theme.px(16) + indent
            width = max(width, needed, self._width_of(column, row.children, depth + 1))
        return min(width, theme.px(260))

    def _item(self, row: TreeRow) -> QTreeWidgetItem:
        value = row.value or (self.tr("未知") if row.tone is Tone.UNCERTAIN else "")
        item = QTreeWidgetItem([row.label, value, row.unit, row.clause, row.source])
        item.setData(LABEL, _TONE, row.tone)
        item.setTextAlignment(VALUE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFont(VALUE, tabular(self.font()))
        for column, text in ((LABEL, row.label), (CLAUSE, row.clause), (SOURCE, row.source)):
            item.setToolTip(column, text)
        item.addChildren([self._item(child) for child in row.children])
        return item

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        text = item.text(column)
        if text and column == CLAUSE:
            self.clause_clicked.emit(text)
        elif text and column == SOURCE:
            self.source_clicked.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_tree"):
            self._colour()

    def _colour(self) -> None:
        tokens = current_tokens()
        stack = [self._tree.topLevelItem(i) for i in range(self._tree.topLevelItemCount())]
        while stack:
            item = stack.pop()
            if item is None:
                continue
            stack.extend(item.child(i) for i in range(item.childCount()))
            tone = item.data(LABEL, _TONE)
            if tone is not None:
                item.setForeground(VALUE, QBrush(QColor(tokens.pair(Tone(tone))[0])))
            item.setForeground(UNIT, QBrush(QColor(tokens.faint)))
            for column in (CLAUSE, SOURCE):
                item.setForeground(column, QBrush(QColor(tokens.accent)))


def _has(row: TreeRow, attribute: str) -> bool:
    return bool(getattr(row, attribute)) or any(_has(c, attribute) for c in row.children)
