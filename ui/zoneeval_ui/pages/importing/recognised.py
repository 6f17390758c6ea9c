"""What was recognised: the sheets, and the columns of the sheet chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from zoneeval_ui.pages.importing.content import SheetLine
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Section, make_label

SURE = 0.9


class RecognisedCard(Card):
    """Two tables: sheets above, columns below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("recognisedCard")
        theme = current_theme()
        self._lines: tuple[SheetLine, ...] = ()
        self._sheets = DataTable("importSheets", self)
        self._sheets.setAccessibleName(self.tr("识别到的工作表"))
        self._sheets.set_empty_text(self.tr("没有识别到可导入的工作表"))
        self._sheets.row_selected.connect(self._show_columns)
        self._sheets.setMinimumHeight(theme.px(120))
        head = Section("", self, line=True)
        self._title = make_label("", "strong", self)
        head.add(self._title)
        self._columns = DataTable("importColumns", self)
        self._columns.setAccessibleName(self.tr("列的对应"))
        self._columns.set_empty_text(self.tr("在上面选一个工作表"))
        self._columns.setMinimumHeight(theme.px(120))
        self.add(self._sheets, 4)
        self.add(head)
        self.add(self._columns, 5)

    @property
    def sheets(self) -> DataTable:
        """Return the table of sheets."""
        return self._sheets

    @property
    def columns(self) -> DataTable:
        """Return the table of the chosen sheet's columns."""
        return self._columns

    def set_sheets(self, lines: Sequence[SheetLine]) -> None:
        """Show these sheets and the columns of the first."""
        self._lines = tuple(lines)
        columns = (
            Column("file", self.tr("文件"), width=9),
            Column("sheet", self.tr("工作表"), width=7),
            Column("department", self.tr("识别为"), width=6),
            Column("header_rows", self.tr("表头行"), width=4),
            Column("rows", self.tr("数据行"), kind="integer"),
            Column("used", self.tr("导入列"), kind="integer"),
            Column("total", self.tr("全部列"), kind="integer"),
        )
        values: dict[str, list[Any]] = {
            key: [getattr(line, key) for line in self._lines]
            for key in ("file", "sheet", "department", "header_rows", "rows", "used")
        }
        values["total"] = [len(line.columns) for line in self._lines]
        self._sheets.set_table(TableData(columns, values, ids=range(len(self._lines))))
        self._show_columns(0 if self._lines else None)
        if self._lines:
            self._sheets.select_id(0)

    def _show_columns(self, place: object) -> None:
        line = self._lines[place] if isinstance(place, int) else None
        self._title.setText(
            self.tr("{file} · {sheet} 的列").format(file=line.file, sheet=line.sheet)
            if line
            else self.tr("列的对应")
        )
        columns = (
            Column("heading", self.tr("表中标题"), width=12),
            Column("letter", self.tr("列"), width=2),
            Column("field", self.tr("对应为"), width=9),
            Column("unit", self.tr("表中单位"), width=5),
            Column("confidence", self.tr("把握"), kind="share", decimals=0),
        )
        found = line.columns if line else ()
        values: dict[str, list[Any]] = {
            column.key: [getattr(entry, column.key) for entry in found] for column in columns
        }
        values["field"] = [entry.field or self.tr("不导入") for entry in found]
        tints = {(row, "field"): Tint.MUTED for row, e in enumerate(found) if not e.field}
        tints |= {
            (row, "confidence"): Tint.UNCERTAIN
            for row, e in enumerate(found)
            if e.confidence is not None and e.confidence < SURE
        }
        self._columns.set_table(TableData(columns, values, tints=tints))
