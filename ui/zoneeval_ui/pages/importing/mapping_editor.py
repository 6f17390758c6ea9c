"""The line in which one column is given its field and unit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.pages.importing.mapping_content import (
    MappingColumn,
    field_choices,
    unit_choices,
)
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Section, make_label
from zoneeval_ui.widgets.combo import ComboBox


class ColumnEditor(Section):
    """Field and unit of one column; ``chosen`` carries both, ``left`` that Escape was hit."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, raised=True)
        self.setObjectName("mappingEditor")
        theme = current_theme()
        self._column: MappingColumn | None = None
        self._name = make_label("", "strong", self)
        self._name.setMinimumWidth(theme.px(150))
        self.field = _search_box("mappingField", self.tr("对应为"), self)
        self.field.setMinimumWidth(theme.px(240))
        self.unit = _search_box("mappingUnit", self.tr("单位"), self)
        self.unit.setMinimumWidth(theme.px(120))
        self._ignore = QPushButton(self.tr("不导入"), self)
        self._ignore.setObjectName("mappingIgnore")
        self._ignore.setAccessibleName(self.tr("不导入这一列"))
        self._apply = QPushButton(self.tr("确定"), self)
        self._apply.setObjectName("mappingApply")
        self._apply.setAccessibleName(self.tr("确定这一列的对应"))
        self._fault = make_label("", "secondary", self, wrap=True)
        self._fault.setObjectName("mappingFault")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._name, 1)
        row.addWidget(make_label(self.tr("对应为"), "secondary", self))
        row.addWidget(self.field)
        row.addWidget(make_label(self.tr("单位"), "secondary", self))
        row.addWidget(self.unit)
        row.addWidget(self._apply)
        row.addWidget(self._ignore)
        self.body.addLayout(row)
        self.add(self._fault)
        self.field.activated.connect(lambda _at: self._field_picked())
        self._apply.clicked.connect(self.apply)
        self._ignore.clicked.connect(lambda: self.chosen.emit("", ""))
        for box in (self.field, self.unit):
            box.installEventFilter(self)
            if (line := box.lineEdit()) is not None:
                line.installEventFilter(self)
        self.set_column(None, None)

    def set_column(
        self, column: MappingColumn | None, choice: tuple[str, str | None] | None
    ) -> None:
        """Show what a column is, or was decided to be."""
        self._column = column
        self.setEnabled(column is not None)
        self.show_fault("")
        if column is None:
            self._name.setText("")
            return
        self._fill_fields()
        self._name.setText(f"{column.letter}　{column.heading}")
        key = choice[0] if choice is not None else column.key or column.suggestion or ""
        self.field.setCurrentIndex(max(0, self.field.findData(key)))
        self._offer_units(key, (choice[1] if choice is not None else None) or column.unit)

    def _fill_fields(self) -> None:
        """Offer the fields, once a check has loaded what reads workbooks."""
        if self.field.count():
            return
        self.field.addItem(self.tr("不导入"), "")
        for key, label in field_choices():
            self.field.addItem(label, key)

    def start(self) -> None:
        """Take the keyboard, ready to search for a field."""
        self.field.setFocus()
        if (line := self.field.lineEdit()) is not None:
            line.selectAll()

    def show_fault(self, text: str) -> None:
        """Say why a decision was not taken."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def apply(self) -> None:
        """Send what the boxes say."""
        at = self.field.findText(self.field.currentText(), Qt.MatchFlag.MatchFixedString)
        if at < 0:
            at = self._nearest(self.field.currentText())
        if at < 0:
            text = self.tr("没有“{text}”这个项目，请从列表中选。")
            self.show_fault(text.format(text=self.field.currentText()))
            return
        self.field.setCurrentIndex(at)
        self.chosen.emit(str(self.field.itemData(at)), self.unit.currentText().strip())
        self.left.emit()

    def _nearest(self, text: str) -> int:
        """Return the only item that contains the text, or -1."""
        wanted = text.strip()
        found = [
            i for i in range(self.field.count()) if wanted and wanted in self.field.itemText(i)
        ]
        return found[0] if len(found) == 1 else -1

    def _field_picked(self) -> None:
        stated = self._column.unit if self._column is not None else ""
        self._offer_units(str(self.field.currentData() or ""), stated)

    def _offer_units(self, key: str, unit: str) -> None:
        units = unit_choices(key or None)
        self.unit.clear()
        self.unit.addItems(list(dict.fromkeys((*((unit,) if unit and units else ()), *units))))
        self.unit.setEnabled(bool(units))
        self.unit.setCurrentText(unit if units else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Return as 确定 and Escape as going back to the table."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                completer = self.field.completer()
                popup = completer.popup() if completer is not None else None
                if popup is None or not popup.isVisible():
                    self.apply()
                    return True
            elif event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _search_box(name: str, text: str, parent: QWidget) -> ComboBox:
    box = ComboBox(name, text, parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    return box
