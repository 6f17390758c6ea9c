"""A workbook read back, for tests of what was written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


class Opened:
    """Answer the few questions that tests ask of a workbook."""

    def __init__(self, path: Path) -> None:
        self.book: Workbook = openpyxl.load_workbook(path)

    @property
    def names(self) -> list[str]:
        return self.book.sheetnames

    def sheet(self, name: str) -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def header_row(self, name: str) -> int:
        rows = str(self.sheet(name).print_title_rows).replace("$", "")
        return int(rows.split(":")[0])

    def table(self, name: str) -> list[dict[str, object]]:
        """Return the filtered rows of a sheet by heading."""
        sheet = self.sheet(name)
        top = self.header_row(name)
        headings = [str(cell.value).replace("\n", "") for cell in sheet[top]]
        if not sheet.auto_filter.ref:
            return []
        last = int(str(sheet.auto_filter.ref).split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        rows = sheet.iter_rows(min_row=top + 1, max_row=last, values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def words(self, name: str) -> str:
        """Return every text of a sheet."""
        cells = (cell for row in self.sheet(name).iter_rows(values_only=True) for cell in row)
        return "\n".join(str(cell) for cell in cells if cell is not None)
