"""Tables over column arrays: sorting is a permutation, filtering a mask."""

from __future__ import annotations

from zoneeval_ui.tables.columns import Column, TableData, Tint
from zoneeval_ui.tables.model import ColumnRole, ColumnTableModel, RawRole, TintRole
from zoneeval_ui.tables.table import DataTable

__all__ = [
    "Column",
    "ColumnRole",
    "ColumnTableModel",
    "DataTable",
    "RawRole",
    "TableData",
    "Tint",
    "TintRole",
]
