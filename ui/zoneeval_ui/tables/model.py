"""The table model: column arrays, a sort permutation and a filter mask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from zoneeval_ui.tables.columns import Column, TableData, Tint, as_array, copied, show
from zoneeval_ui.tables.sorting import permutation, sort_keys

RawRole = int(Qt.ItemDataRole.UserRole) + 1
TintRole = int(Qt.ItemDataRole.UserRole) + 2
ColumnRole = int(Qt.ItemDataRole.UserRole) + 3

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class ColumnTableModel(QAbstractTableModel):
    """Show :class:`TableData`; rows are addressed as *shown* (view) or *source* rows.

    ``cell_edited`` carries the row's id, the column's key and the text typed in.
    """

    cell_edited = Signal(object, str, str)

    def __init__(self, data: TableData | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._arrays: list[npt.NDArray[Any]] = []
        self._keys: dict[int, npt.NDArray[np.float64]] = {}
        self._ids: tuple[Any, ...] = ()
        self._tints: dict[tuple[int, str], Tint] = {}
        self._locked: frozenset[tuple[int, str]] = frozenset()
        self._order = np.arange(0)
        self._mask: npt.NDArray[np.bool_] | None = None
        self._rows = self._order
        self._sorted_by: tuple[str, bool] | None = None
        if data is not None:
            self.set_table(data)

    # -- content ---------------------------------------------------------------

    def set_table(self, data: TableData) -> None:
        """Replace everything; the sort order is kept where its column still exists."""
        arrays = [
            np.asarray(data.values[column.key])
            if data.ready
            else as_array(column, data.values[column.key])
            for column in data.columns
        ]
        lengths = {len(array) for array in arrays} | ({len(data.ids)} if len(data.ids) else set())
        if len(lengths) > 1:
            raise ValueError(f"columns and ids differ in length: {sorted(lengths)}")
        self.beginResetModel()
        self._columns, self._arrays, self._keys = tuple(data.columns), arrays, {}
        self._ids, self._tints = tuple(data.ids), dict(data.tints)
        self._locked = data.locked
        self._mask = None
        self._order = np.arange(lengths.pop() if lengths else 0)
        if self._sorted_by is not None:
            key, descending = self._sorted_by
            column = self.column_of(key)
            if column < 0:
                self._sorted_by = None
            else:
                self._order = permutation(self._sort_keys(column), descending=descending)
        self._rows = self._order
        self.endResetModel()

    def set_tints(self, tints: Mapping[tuple[int, str], Tint]) -> None:
        """Replace the marks of cells, by (source row, column key)."""
        self._tints = dict(tints)
        if len(self._rows) and self._columns:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def set_filter(self, mask: npt.NDArray[np.bool_] | None) -> None:
        """Show only source rows where the mask is true; None shows all."""
        if mask is not None and len(mask) != len(self._order):
            raise ValueError("the mask must have one entry for each source row")
        self._mask = mask
        self._rearrange()

    def contains(self, text: str, keys: Iterable[str] = ()) -> npt.NDArray[np.bool_]:
        """Return the mask of source rows whose text in the given columns contains a string."""
        wanted = text.strip().casefold()
        chosen = list(keys) or [c.key for c in self._columns if c.kind == "text"]
        mask = np.zeros(len(self._order), dtype=bool)
        for key in chosen:
            values = self.values(key)
            mask |= [v is not None and wanted in str(v).casefold() for v in values]
        return mask

    def values(self, key: str) -> npt.NDArray[Any]:
        """Return the array of a column in source order."""
        return self._arrays[self.column_of(key)]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns in their order."""
        return self._columns

    def column_of(self, key: str) -> int:
        """Return the position of a column, or -1."""
        return next((i for i, column in enumerate(self._columns) if column.key == key), -1)

    def source_row(self, row: int) -> int:
        """Return the source row of a shown row."""
        return int(self._rows[row])

    def shown_row(self, source: int | np.integer[Any]) -> int:
        """Return where a source row is shown, or -1 where the filter hides it."""
        found = np.flatnonzero(self._rows == source)
        return int(found[0]) if len(found) else -1

    def id_at(self, row: int) -> Any:
        """Return the id of a shown row (the source row where no ids were given)."""
        source = self.source_row(row)
        return self._ids[source] if self._ids else source

    def row_of_id(self, wanted: Any) -> int:
        """Return where the row with an id is shown, or -1."""
        if not self._ids:
            return self.shown_row(wanted) if isinstance(wanted, int | np.integer) else -1
        return self.shown_row(self._ids.index(wanted)) if wanted in self._ids else -1

    @property
    def total(self) -> int:
        """Return the number of source rows, shown or not."""
        return len(self._order)

    # -- order and filter --------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the source order."""
        if not 0 <= column < len(self._columns):
            self._sorted_by, self._order = None, np.arange(len(self._order))
        else:
            descending = order is Qt.SortOrder.DescendingOrder
            self._sorted_by = (self._columns[column].key, descending)
            self._order = permutation(self._sort_keys(column), descending=descending)
        self._rearrange()

    def _sort_keys(self, column: int) -> npt.NDArray[np.float64]:
        if column not in self._keys:
            self._keys[column] = sort_keys(self._arrays[column])
        return self._keys[column]

    def _rearrange(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [(int(self._rows[i.row()]), i.column()) for i in before]
        self._rows = self._order if self._mask is None else self._order[self._mask[self._order]]
        if before:
            position = np.full(len(self._order), -1)
            position[self._rows] = np.arange(len(self._rows))
            after = [
                self.index(int(position[source]), column)
                if position[source] >= 0
                else QModelIndex()
                for source, column in places
            ]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # -- Qt ----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of shown rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, its raw value, its alignment or its mark."""
        if not index.isValid():
            return None
        row, place = int(self._rows[index.row()]), index.column()
        column = self._columns[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return show(column, self._arrays[place][row])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == RawRole:
            return self._raw(place, row)
        if role == Qt.ItemDataRole.EditRole:
            return copied(column, self._raw(place, row))
        if role == TintRole:
            return self._tints.get((row, column.key))
        if role == ColumnRole:
            return column
        if role == Qt.ItemDataRole.ToolTipRole and column.kind == "text":
            return self._arrays[place][row]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell; some can be edited."""
        flags = super().flags(index)
        if index.isValid() and self._columns[index.column()].editable:
            row, key = int(self._rows[index.row()]), self._columns[index.column()].key
            if (row, key) not in self._locked:
                return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take over what was typed into a cell and say so; the same text is no edit."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        text, place = str(value).strip(), index.column()
        row, key = int(self._rows[index.row()]), self._columns[place].key
        if text == index.data(Qt.ItemDataRole.EditRole):
            return False
        self._arrays[place][row] = text or None
        self._keys.pop(place, None)
        self._tints[row, key] = Tint.GOOD
        self.dataChanged.emit(index, index)
        self.cell_edited.emit(self.id_at(index.row()), key, text)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's heading, its column, or a row's number as shown."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip or column.heading
        return column if role == ColumnRole else None

    def _raw(self, place: int, row: int) -> Any:
        value = self._arrays[place][row]
        return value.item() if isinstance(value, np.generic) else value

    # -- clipboard -----------------------------------------------------------------

    def as_tsv(self, rows: Sequence[int], columns: Sequence[int], *, headings: bool) -> str:
        """Return shown rows and columns as tab-separated text for a spreadsheet."""
        lines = []
        if headings:
            lines.append("\t".join(self._columns[c].heading for c in columns))
        for row in rows:
            source = int(self._rows[row])
            lines.append("\t".join(copied(self._columns[c], self._raw(c, source)) for c in columns))
        return "\n".join(lines)


def _alignment(column: Column) -> int:
    if column.is_right:
        return _RIGHT
    return _CENTRE if column.kind in ("grade", "flag") else _LEFT
