"""Ctrl+K: find a page, a command or an enterprise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.shell.finding import PaletteItem, Search
from zoneeval_ui.theme import TextSize, current_theme, sized

LIMIT = 40
_ITEM = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """A line to type in and what it finds; Enter runs, Esc closes."""

    def __init__(self, sources: Sequence[Search], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._sources = tuple(sources)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("搜索"))
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._line = QLineEdit(self)
        self._line.setObjectName("paletteLine")
        self._line.setAccessibleName(self.tr("搜索企业、页面或命令"))
        self._line.setPlaceholderText(self.tr("输入企业名称、信用代码、页面或命令"))
        self._line.setClearButtonEnabled(True)
        self._line.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName(self.tr("搜索结果"))
        self._list.setItemDelegate(_ItemDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = QLabel(self.tr("没有找到"), self)
        self._nothing.setProperty("role", "sentence")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(10)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._line)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._nothing, 1)
        self._line.textChanged.connect(self._find)
        self._line.returnPressed.connect(self._run_current)
        self._list.itemClicked.connect(lambda _item: self._run_current())
        self.resize(theme.px(560), theme.px(400))
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topLeft())
            self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + theme.px(64))
        self._find("")

    @property
    def titles(self) -> list[str]:
        """Return what is found now."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def _find(self, text: str) -> None:
        self._list.clear()
        found = [item for source in self._sources for item in source(text.strip())]
        for item in found[:LIMIT]:
            entry = QListWidgetItem(item.title)
            entry.setData(_ITEM, item)
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.kind} {item.title}")
            self._list.addItem(entry)
        self._list.setCurrentRow(0)
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def _run_current(self) -> None:
        entry = self._list.currentItem()
        if entry is not None:
            item: PaletteItem = entry.data(_ITEM)
            self.accept()
            item.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list with the arrow keys while typing."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._list.count():
                row = (self._list.currentRow() + step) % self._list.count()
                self._list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)


class _ItemDelegate(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, current_theme().px(34))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = current_theme()
        tokens = theme.tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item: PaletteItem = index.data(_ITEM)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        font = option.font
        painter.setFont(sized(font, TextSize.CAPTION))
        painter.setPen(QColor(tokens.faint))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | middle), item.kind)
        painter.setFont(sized(font, TextSize.BODY))
        painter.setPen(QColor(tokens.text))
        used = painter.boundingRect(inner, int(Qt.AlignmentFlag.AlignLeft | middle), item.title)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | middle), item.title)
        painter.setFont(sized(font, TextSize.SECONDARY))
        painter.setPen(QColor(tokens.muted))
        rest = inner.adjusted(used.width() + theme.px(10), 0, -theme.px(60), 0)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | middle), item.note)
        painter.restore()
