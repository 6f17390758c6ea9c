"""Step 对应列: what each column becomes, changed with a keystroke and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.pages.importing.mapping_content import (
    MappingColumn,
    MappingSheet,
    label_of_key,
    unit_fault,
)
from zoneeval_ui.pages.importing.mapping_editor import ColumnEditor
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.widgets import Card, Section, make_label

if TYPE_CHECKING:
    from zoneeval.intake.mapping import Layout

MOST_SHEETS = 4


class MappingCard(Card):
    """Sheets above, the chosen sheet's columns below, and the editor of one column.

    ``decided`` follows every decision; they apply when the workbooks are checked again.
    """

    decided = Signal()
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("mappingCard")
        self._sheets: tuple[MappingSheet, ...] = ()
        self._place: int | None = None
        self._editor = ColumnEditor(self)
        self._choices: dict[str, dict[str, tuple[str, str | None]]] = {}
        self._list = DataTable("mappingSheets", self)
        self._list.setAccessibleName(self.tr("工作表"))
        self._list.row_selected.connect(self._show_sheet)
        head = Section("", self, line=True)
        row = QHBoxLayout()
        self._title = make_label("", "strong", self)
        row.addWidget(self._title)
        hint = self.tr("回车：改对应　空格：采用建议　删除键：不导入　退格键：恢复识别")
        row.addWidget(make_label(hint, "secondary", self), 1)
        for name, text, signal in (
            ("mappingImport", self.tr("导入列对应…"), self.import_asked),
            ("mappingExport", self.tr("导出列对应…"), self.export_asked),
        ):
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setProperty("kind", "link")
            button.clicked.connect(signal.emit)
            row.addWidget(button)
        head.body.addLayout(row)
        self._table = DataTable("mappingColumns", self)
        self._table.setAccessibleName(self.tr("列的对应"))
        self._table.set_empty_text(self.tr("在上面选一个工作表"))
        self._table.row_selected.connect(self._show_column)
        self._table.row_activated.connect(lambda _row: self._editor.start())
        self._table.installEventFilter(self)
        self._editor.chosen.connect(self._decide)
        self._editor.left.connect(self._table.setFocus)
        self.add(self._list)
        self.add(head)
        self.add(self._table, 1)
        self.add(self._editor)

    # -- content ---------------------------------------------------------------------------

    @property
    def columns(self) -> DataTable:
        """Return the table of the chosen sheet's columns."""
        return self._table

    @property
    def editor(self) -> ColumnEditor:
        """Return the editor of the selected column."""
        return self._editor

    @property
    def changed(self) -> bool:
        """Tell whether something was decided since the workbooks were checked."""
        return any(
            not self._applies(choice, column)
            for sheet in self._sheets
            for column in sheet.columns
            if (choice := self._choice(sheet, column)) is not None
        )

    @staticmethod
    def _applies(choice: tuple[str, str | None], column: MappingColumn) -> bool:
        key, unit = choice
        return column.decided and key == (column.key or "") and unit in (None, column.unit)

    @property
    def waiting(self) -> int:
        """Return how many columns still wait for a decision."""
        return sum(
            column.doubtful and self._choice(sheet, column) is None
            for sheet in self._sheets
            for column in sheet.columns
        )

    def set_sheets(self, sheets: Sequence[MappingSheet]) -> None:
        """Show these sheets; the first of them needs a decision most."""
        before = self._place if self._signatures() == [s.signature for s in sheets] else None
        self._sheets = tuple(sheets)
        self._fill_sheets()
        self._show_sheet((before or 0) if self._sheets else None)
        if self._sheets:
            self._list.select_id(before or 0)

    def forget(self, layouts: Sequence[Layout] = ()) -> None:
        """Drop the decisions of this session, and begin with those of a kept draft."""
        self._choices = {
            layout.signature: {
                slot: (choice.field, choice.unit) for slot, choice in layout.columns.items()
            }
            for layout in layouts
        }

    def layouts(self) -> tuple[Layout, ...]:
        """Return what was decided, by layout."""
        from zoneeval.intake.mapping import Choice, Layout

        departments = {sheet.signature: sheet.department for sheet in self._sheets}
        return tuple(
            Layout(
                signature,
                departments.get(signature, ""),
                {slot: Choice(key, unit) for slot, (key, unit) in choices.items()},
            )
            for signature, choices in self._choices.items()
            if choices
        )

    def _signatures(self) -> list[str]:
        return [sheet.signature for sheet in self._sheets]

    def _fill_sheets(self) -> None:
        columns = (
            Column("file", self.tr("文件"), width=12),
            Column("sheet", self.tr("工作表"), width=8),
            Column("department", self.tr("识别为"), width=8),
            Column("total", self.tr("列数"), kind="integer"),
            Column("waiting", self.tr("待定列"), kind="integer"),
        )
        sheets = self._sheets
        values: dict[str, list[Any]] = {
            "file": [s.file for s in sheets],
            "sheet": [s.sheet for s in sheets],
            "department": [
                (s.department or self.tr("没有认出"))
                + (self.tr("（已记住）") if s.remembered else "")
                for s in sheets
            ],
            "total": [len(s.columns) for s in sheets],
            "waiting": [s.doubtful for s in sheets],
        }
        tints = {(row, "waiting"): Tint.UNCERTAIN for row, s in enumerate(sheets) if s.doubtful} | {
            (row, "department"): Tint.UNCERTAIN for row, s in enumerate(sheets) if not s.department
        }
        self._list.set_table(TableData(columns, values, ids=range(len(sheets)), tints=tints))
        row = self._list.verticalHeader().defaultSectionSize()
        rows = min(max(len(sheets), 1), MOST_SHEETS)
        self._list.setFixedHeight(
            self._list.horizontalHeader().sizeHint().height() + rows * row + 2
        )

    def _show_sheet(self, place: object) -> None:
        self._place = place if isinstance(place, int) else None
        sheet = self._sheet
        self._title.setText(f"{sheet.file} · {sheet.sheet}" if sheet else self.tr("列的对应"))
        self._fill_columns()
        if sheet is not None:
            first = next((i for i, c in enumerate(sheet.columns) if c.doubtful), 0)
            self._table.select_id(first)

    @property
    def _sheet(self) -> MappingSheet | None:
        return self._sheets[self._place] if self._place is not None else None

    def _choice(self, sheet: MappingSheet, column: MappingColumn) -> tuple[str, str | None] | None:
        return self._choices.get(sheet.signature, {}).get(column.slot)

    def _state(
        self, sheet: MappingSheet, column: MappingColumn
    ) -> tuple[str, str, str, Tint | None]:
        """Return what the column becomes, its unit, how it stands, and the tint of it."""
        choice = self._choice(sheet, column)
        if choice is not None:
            key, unit = choice
            text = label_of_key(key) or self.tr("不导入")
            tint = None if key else Tint.MUTED
            return text, unit or column.unit, self.tr("已指定"), tint
        if column.wrong_unit:
            return label_of_key(column.key), f"{column.unit}？", self.tr("单位不符"), Tint.UNCERTAIN
        if column.key is not None:
            state = self.tr("已记住") if column.decided else f"{column.confidence:.0%}"
            return label_of_key(column.key), column.unit, state, None
        if column.doubtful:
            text = self.tr("{label}？").format(label=label_of_key(column.suggestion))
            return text, column.unit, f"{column.confidence:.0%}", Tint.UNCERTAIN
        state = self.tr("已记住") if column.decided else ""
        return self.tr("不导入"), column.unit, state, Tint.MUTED

    def _fill_columns(self) -> None:
        sheet = self._sheet
        columns = (
            Column("heading", self.tr("表中标题"), width=11),
            Column("letter", self.tr("列"), width=2),
            Column("examples", self.tr("前几个值"), width=16),
            Column("field", self.tr("对应为"), width=10),
            Column("state", self.tr("把握"), width=4),
            Column("unit", self.tr("单位"), width=5),
        )
        values: dict[str, list[Any]] = {column.key: [] for column in columns}
        tints: dict[tuple[int, str], Tint] = {}
        for row, column in enumerate(sheet.columns if sheet else ()):
            assert sheet is not None
            field, unit, state, tint = self._state(sheet, column)
            for key, value in (
                ("heading", column.heading), ("letter", column.letter),
                ("examples", column.examples), ("field", field), ("state", state), ("unit", unit),
            ):  # fmt: skip
                values[key].append(value)
            if tint is not None:
                tints[row, "unit" if column.wrong_unit else "field"] = tint
        count = len(values["heading"])
        self._table.set_table(TableData(columns, values, ids=range(count), tints=tints))

    # -- deciding ----------------------------------------------------------------------------

    def _column(self) -> MappingColumn | None:
        row, sheet = self._table.selected_id(), self._sheet
        return sheet.columns[row] if sheet is not None and isinstance(row, int) else None

    def _show_column(self, _row: object) -> None:
        sheet, column = self._sheet, self._column()
        if sheet is None or column is None:
            self._editor.set_column(None, None)
            return
        self._editor.set_column(column, self._choice(sheet, column))

    def _decide(self, key: str, unit: str) -> None:
        sheet, column = self._sheet, self._column()
        if sheet is None or column is None:
            return
        fault = unit_fault(key, unit or column.unit) if key else ""
        self._editor.show_fault(fault)
        if fault:
            return
        stated = unit if key and unit and unit != column.unit else None
        self._choices.setdefault(sheet.signature, {})[column.slot] = (key, stated)
        self._after(column)

    def accept_suggestion(self) -> None:
        """Decide that the selected column is what it seems to be."""
        column = self._column()
        if column is not None and (key := column.key or column.suggestion):
            self._decide(key, "")

    def ignore_column(self) -> None:
        """Decide that the selected column is left out."""
        self._decide("", "")

    def restore_column(self) -> None:
        """Take the decision about the selected column back."""
        sheet, column = self._sheet, self._column()
        if sheet is not None and column is not None:
            self._choices.get(sheet.signature, {}).pop(column.slot, None)
            self._after(column)

    def _after(self, column: MappingColumn) -> None:
        row = self._table.selected_id()
        self._fill_columns()
        self._table.select_id(row)
        self._show_column(row)
        self.decided.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected column in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        self._table.scrollTo(self._table.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide about the selected column with one key."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = {
                Qt.Key.Key_Space: self.accept_suggestion,
                Qt.Key.Key_Delete: self.ignore_column,
                Qt.Key.Key_Backspace: self.restore_column,
                Qt.Key.Key_F2: self._editor.start,
            }
            act = keys.get(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)
