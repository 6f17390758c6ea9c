"""Write the awkward workbooks of this folder and ``expected.json``: what must come out of each.

    python tests/data/intake/make_corpus.py

Each file has one trap.  What must come out is written here by hand, beside the trap; the
.xls and .ods files are converted by LibreOffice and stay as they are where it is missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

CASES: dict[str, dict[str, Any]] = {}
MAKERS: dict[str, Callable[[Path], None]] = {}
Cells = dict[str, dict[str, tuple[Any, int, str]]]


def plain(rows: Mapping[int, int], **changed: Mapping[int, Any]) -> Cells:
    """Return revenue and tax of enterprises by the rows they stand in.

    ``changed`` gives other values of a field by enterprise; None takes it away.
    """
    out: Cells = {}
    for number, at in rows.items():
        cells = {"revenue": (1000.0 * number, at, "C"), "tax_paid": (10.0 * number, at, "D")}
        for field, values in changed.items():
            if number in values:
                _, row, column = cells.pop(field)
                if values[number] is not None:
                    cells[field] = (values[number], row, column)
        out[str(number)] = cells
    return out


def case(
    file: str,
    trap: str,
    values: Cells | None = None,
    *,
    blocking: Sequence[tuple[str, int | None, str | None]] = (),
    told: Sequence[str] = (),
    refused: str | None = None,
) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Register a file, the trap in it, and what must come out."""

    def register(make: Callable[[Path], None]) -> Callable[[Path], None]:
        assert file not in CASES, file
        CASES[file] = {
            "trap": trap, "values": values or {}, "blocking": sorted(blocking, key=str),
            "told": sorted(told), "refused": refused,
        }  # fmt: skip
        MAKERS[file] = make
        return make

    return register


def main() -> None:
    """Write every file of the corpus and the expectations."""
    import corpus_cells
    import corpus_files
    import corpus_layouts
    import corpus_texts

    for module in (corpus_cells, corpus_layouts, corpus_texts, corpus_files):
        module.register(case, plain)
    for file, make in MAKERS.items():
        make(HERE / file)
    text = json.dumps(CASES, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(CASES)} files")


if __name__ == "__main__":
    main()
