"""The whole explanation of one enterprise's class, in a window of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.pages.evaluation.notice import notice_buttons
from zoneeval_ui.pages.evaluation.reasons import Reasons
from zoneeval_ui.pages.exporting import ExportedNote
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import TreePane, TreeRow, make_label

if TYPE_CHECKING:
    from zoneeval_ui.pages.evaluation.notice import NoticeOffice

WHOLE_DEPTH = 4
WIDTHS = (230, 200, 84, 290)
SOURCE_COLUMN = 4


def text_of(reasons: Reasons) -> str:
    """Return the whole explanation as text, each step below the one it belongs to."""
    head = [f"{reasons.name}（{reasons.uscc}）", reasons.sentence]
    if reasons.illustrative:
        head.append(reasons.illustrative)
    return "\n".join([*head, "", *_lines(reasons.tree, 0)])


def _lines(rows: Sequence[TreeRow], depth: int) -> Iterator[str]:
    for row in rows:
        missing = "未知" if row.tone is Tone.UNCERTAIN else ""
        words = f"{row.value or missing} {row.unit}".strip()
        text = f"{row.label}：{words}" if words else row.label
        if row.clause:
            text += f"　依据：{row.clause}"
        if row.source:
            text += f"　来源：{row.source}"
        yield f"{'　' * depth}{text}"
        yield from _lines(row.children, depth + 1)


class ExplanationDialog(QDialog):
    """Show the whole tree with clauses and source cells; search, copy, make the notice."""

    def __init__(
        self, reasons: Reasons, parent: QWidget | None = None, office: NoticeOffice | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.reasons = reasons
        self._office = office
        self._found: list[QTreeWidgetItem] = []
        self._at = -1
        self.setObjectName("reasonsDialog")
        self.setWindowTitle(self.tr("{name}：完整说明").format(name=reasons.name))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.setSizeGripEnabled(True)
        self.resize(theme.px(1080), theme.px(620))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(8))
        layout.addWidget(make_label(reasons.sentence, wrap=True))
        if reasons.illustrative:
            layout.addWidget(
                make_label(reasons.illustrative, "secondary", tone=Tone.UNCERTAIN, wrap=True)
            )
        layout.addLayout(self._search_row())
        self.pane = TreePane(self)
        self.pane.set_rows(reasons.tree, expand=WHOLE_DEPTH)
        for column, width in enumerate(WIDTHS):
            self.pane.tree.setColumnWidth(column, theme.px(width))
        self.pane.tree.setColumnWidth(SOURCE_COLUMN, theme.px(220))
        layout.addWidget(self.pane, 1)
        self.full_text = make_label(self.tr("选中一行，这里显示它的全文。"), "secondary", wrap=True)
        self.full_text.setObjectName("reasonsFullText")
        self.pane.tree.currentItemChanged.connect(self._show_full)
        layout.addWidget(self.full_text)
        self.note = ExportedNote()
        layout.addWidget(self.note)
        layout.addLayout(self._button_row())
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.search = QLineEdit(self)
        self.search.setObjectName("explanationSearch")
        self.search.setAccessibleName(self.tr("在说明中查找"))
        self.search.setPlaceholderText(self.tr("查找：指标、依据、来源表格……"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.show_next)
        row.addWidget(self.search, 1)
        self.found_label = make_label("", "secondary")
        self.found_label.setObjectName("explanationFound")
        row.addWidget(self.found_label)
        self.next_button = self._button("explanationNext", self.tr("下一处"))
        self.next_button.setEnabled(False)
        self.next_button.clicked.connect(self.show_next)
        row.addWidget(self.next_button)
        return row

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy_button = self._button("explanationCopy", self.tr("复制为文字"))
        self.copy_button.clicked.connect(self.copy_text)
        row.addWidget(self.copy_button)
        if self._office is not None and self.reasons.uscc:
            for button in notice_buttons(self, "explanationNotice", self._give):
                button.setAutoDefault(False)
                row.addWidget(button)
        row.addStretch(1)
        close = self._button("reasonsClose", self.tr("关闭"))
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        # Enter in the search field goes to the next place and closes nothing.
        button.setAutoDefault(False)
        return button

    def _give(self, form: str) -> None:
        if self._office is not None and form in ("word", "pdf", "print"):
            self._office.give(form, self.reasons.uscc, self.reasons.name, self, self.note)  # type: ignore[arg-type]

    def _show_full(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        """Say in full what the columns of a step have no room for."""
        if item is None:
            return
        label, value, unit, clause, source = (item.text(column) for column in range(5))
        words = f"{value} {unit}".strip()
        parts = [f"{label}：{words}" if words else label]
        parts += [self.tr("依据：{text}").format(text=clause)] if clause else []
        parts += [self.tr("来源：{text}").format(text=source)] if source else []
        self.full_text.setText("\n".join(parts))

    def _search(self, text: str) -> None:
        """Find every step that has these words, and go to the first."""
        wanted = text.strip().casefold()
        self._found = [
            item
            for item in (self._items() if wanted else ())
            if any(wanted in item.text(c).casefold() for c in range(item.columnCount()))
        ]
        self._at = -1
        self.next_button.setEnabled(bool(self._found))
        if self._found:
            self.show_next()
            return
        self.found_label.setText(self.tr("没有找到") if wanted else "")
        self.pane.tree.clearSelection()

    def _items(self) -> Iterator[QTreeWidgetItem]:
        steps = QTreeWidgetItemIterator(self.pane.tree)
        while (item := steps.value()) is not None:
            yield item
            steps += 1

    def show_next(self) -> None:
        """Go to the next step that was found, from the last to the first again."""
        if not self._found:
            return
        self._at = (self._at + 1) % len(self._found)
        item = self._found[self._at]
        above = item.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        self.pane.tree.setCurrentItem(item)
        self.pane.tree.scrollToItem(item)
        self.found_label.setText(
            self.tr("第 {at} 处，共 {n} 处").format(at=self._at + 1, n=len(self._found))
        )

    def copy_text(self) -> None:
        """Put the whole explanation on the clipboard as text."""
        QGuiApplication.clipboard().setText(text_of(self.reasons))
        self.full_text.setText(self.tr("已复制全部说明，可以粘贴到文档里。"))
