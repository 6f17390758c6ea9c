"""Tables that the office fills in: found by their headings, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zoneeval.errors import InputError

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FilledTable:
    """The columns a table has, the first ``needed`` of which it must have, and where to get it."""

    headings: Sequence[str]
    needed: int
    sample: str

    def rows(self, path: Path) -> Iterator[tuple[int, list[Any]]]:
        """Yield number and cells of the rows that are filled in, in the order of the headings.

        Raises InputError where no sheet has the headings.
        """
        from zoneeval.intake.reader import read_sheets

        for sheet in read_sheets(path):
            for at, (_, row) in enumerate(sheet.rows):
                places = {str(cell).strip(): i for i, cell in enumerate(row) if cell is not None}
                if all(heading in places for heading in self.headings[: self.needed]):
                    at_columns = [places.get(heading) for heading in self.headings]
                    yield from self._filled(sheet.rows[at + 1 :], at_columns)
                    return
        wanted = "”“".join(self.headings[: self.needed])
        raise InputError(
            f"“{path.name}”中没有找到标题“{wanted}”，没有导入。请先导出{self.sample}的列填写。"
        )

    def _filled(
        self, rows: Sequence[tuple[int, tuple[Any, ...]]], columns: Sequence[int | None]
    ) -> Iterator[tuple[int, list[Any]]]:
        for number, row in rows:
            cells = [row[at] if at is not None and at < len(row) else None for at in columns]
            if any(cell is not None and str(cell).strip() for cell in cells[: self.needed]):
                yield number, cells


def refuse_faults(path: Path, faults: Sequence[str]) -> None:
    """Raise InputError that names the rows at fault, where there are any."""
    if faults:
        more = f"；另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        found = "；".join(faults[:_SHOWN])
        raise InputError(f"“{path.name}”没有导入：{found}{more}。请改正后再导入。")
