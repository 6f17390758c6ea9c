"""What a sheet of an old or binary workbook says beside its values."""

from __future__ import annotations

from dataclasses import dataclass, field

from zoneeval.intake.reading.sheet import Range

ERROR_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass(slots=True)
class Marks:
    """Cells by Excel's row and column from 0; ``last`` are the bounds of what is used."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    cells: int = 0

    def use(self, row: int, column: int, percent: bool) -> None:
        """Note a cell that holds something."""
        self.cells += 1
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if percent:
            self.percent.add((row, column))

    def error(self, row: int, column: int, code: int) -> None:
        """Note an error cell."""
        self.errors[row, column] = ERROR_CODES.get(code, "#VALUE!")
