"""The quick reader gives what the reference gives, and is left alone where it would lose."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from zoneeval.errors import InputError
from zoneeval.intake.reader import RawSheet, read_book, read_sheets
from zoneeval.intake.reading import xlsx
from zoneeval.intake.reading.sheetxml import scan_sheet

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "tests" / "data" / "intake"
EXPECTED = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
BOOKS = [
    *(CORPUS / f for f in sorted(EXPECTED) if f.endswith(".xlsx") and not EXPECTED[f]["refused"]),
    *sorted((ROOT / "sample_data").rglob("*.xlsx")),
]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == datetime.min.time() else cell
    return None if cell == "" else cell


def _cells(sheets: list[RawSheet]) -> list[Any]:
    """Return the sheets without blank ends of rows and with dates of one type."""
    out = []
    for sheet in sheets:
        rows = []
        for number, cells in sheet.rows:
            values = [_plain(c) for c in cells]
            while values and values[-1] is None:
                values.pop()
            rows.append((number, values))
        out.append((sheet.name, sheet.hidden, sheet.merged, sheet.percent, sheet.notes, rows))
    return out


@pytest.mark.parametrize("path", BOOKS, ids=lambda p: p.name)
def test_both_readers_agree(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = read_sheets(path)
    monkeypatch.setattr(xlsx, "_quick", lambda *_: None)
    assert _cells(quick) == _cells(read_sheets(path))


def test_the_quick_reader_serves_ordinary_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_reference", None)
    for path in sorted((ROOT / "sample_data").rglob("*.xlsx")):
        assert read_sheets(path)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("#N/A", "#N/A"), ("=1+1", "#未计算"), (date(2024, 5, 1), datetime(2024, 5, 1)), (True, True)],
)
def test_cells_keep_their_kind(tmp_path: Path, value: object, shown: object) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["B2"] = value  # type: ignore[index]
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    ((number, cells),) = sheet.rows
    assert (number, _plain(cells[1])) == (2, _plain(shown))


def _xml(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("rows", "plain"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', True),
        ('<row r="1"><c><v>1</v></c></row>', False),
        ('<row><c r="A1"><v>1</v></c></row>', False),
        ("<row r='1'><c r='A1'><v>1</v></c></row>", False),
        ('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', True),
        ('<row r="1"><c r="A1"><f>1+1</f></c></row>', True),
        ('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>', True),
        ('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>', True),
        ('<row r="1"><c r="A1" t="e"><is/></c></row>', False),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', False),
        ('<row r="900000"><c r="A900000"><v>1</v></c></row>', False),
        ('<row r="1"><c r="A1"><v>1</v></c><!-- --></row>', False),
    ],
)
def test_what_the_quick_reader_is_trusted_with(rows: str, plain: bool) -> None:
    assert scan_sheet(_xml(rows), ()).plain is plain


def test_marks_of_a_sheet() -> None:
    rows = '<row r="2" hidden="1" s="3"><c r="B2" s="3"><v>0.5</v></c><c r="C2" s="31"/></row>'
    scan = scan_sheet(_xml(rows) + b'<mergeCell ref="B2:B4"/>', (3,))
    assert (scan.percent, scan.hidden, scan.merged) == ({(2, 1)}, (2,), ((2, 1, 4, 1),))


def test_rows_out_of_order_are_refused() -> None:
    with pytest.raises(InputError, match="次序错乱"):
        scan_sheet(_xml('<row r="2"/><row r="1"/>'), ())


def test_merges_are_filled_in_the_body_only() -> None:
    rows: list[tuple[int, tuple[Any, ...]]] = [
        (1, ("标题", None)), (3, ("a", 1)), (5, (None, None, "x")), (6, ("备注", None, None)),
    ]  # fmt: skip
    merged = ((1, 0, 1, 1), (3, 1, 5, 1), (6, 0, 6, 2))
    sheet = RawSheet("", rows, frozenset({(3, 1)}), merged=merged).filled(1)
    assert [cells for _, cells in sheet.rows] == [
        ("标题", None), ("a", 1), (None, 1, "x"), ("备注", None, None),
    ]  # fmt: skip
    assert sheet.percent == {(3, 1), (5, 1)}
    assert sheet.notes == ()


def test_too_many_merges_are_refused() -> None:
    rows: list[tuple[int, tuple[Any, ...]]] = [(n, (1,) * 400) for n in range(1, 200)]
    merged = tuple((1, 0, 199, 399) for _ in range(40))
    with pytest.raises(InputError, match="合并单元格过多"):
        RawSheet("", rows, merged=merged).filled(0)


def test_the_macro_note_is_of_the_file() -> None:
    (note,) = read_book(CORPUS / "带宏.xlsm").notes
    assert note.code == "macros-ignored"
    assert note.message.endswith("数据")
