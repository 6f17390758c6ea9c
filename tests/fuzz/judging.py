"""One seeded case: a file is made, perhaps spoiled, read, and compared with the truth."""

from __future__ import annotations

import io
import math
import random
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from tests.fuzz.making import BAD, FIELDS, YEAR, Table, as_text, as_workbook, make_table
from tests.fuzz.mutating import spoil, spoil_inside, swap_sheets
from zoneeval.intake import read_workbooks
from zoneeval.intake.draft import Draft
from zoneeval.model.issue import Severity
from zoneeval_db import operations

CORPUS = Path(__file__).resolve().parents[1] / "data" / "intake"
_OTHERS = ("旧格式.xls", "旧格式.ods", "二进制.xlsb", "带宏.xlsm", "合并园区.xlsx", "国标.csv")
KINDS = ("odd", "odd", "swapped", "bytes", "bytes", "inside", "text", "text bytes", "others")


class WrongValueError(AssertionError):
    """A value came out that was not put in."""


def run_case(seed: int, folder: Path) -> str:
    """Make, read and judge the case of a seed; return what kind it was.

    Raises whatever reading raises, and :class:`WrongValueError`.
    """
    chance = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    if kind == "others":
        return _spoil_other(seed, chance, folder)
    tables = [make_table(chance)]
    while chance.random() < 0.4 and kind != "text bytes":
        tables.append(make_table(chance, first=1 + 10 * len(tables)))
    if kind.startswith("text"):
        data, path = as_text(tables[0], chance), folder / f"{seed}.csv"
        if kind == "text bytes":
            data = spoil(data, chance)
        del tables[1:]
    else:
        data, path = as_workbook(tables, chance), folder / f"{seed}.xlsx"
        if kind == "swapped":
            data = swap_sheets(data)
        elif kind == "bytes":
            data = spoil(data, chance)
        elif kind == "inside":
            data = spoil_inside(data, chance)
    path.write_bytes(data)
    if kind == "text bytes":
        judge_loosely(_read(path, folder, stored=False), _text_cells(data))
    elif kind == "inside":
        cells = _workbook_cells(path)
        if cells is not None:  # what openpyxl no longer finds may still be right
            for table in tables:
                for (uscc, key), place in table.places.items():
                    cells.setdefault(place, set()).add(str(table.truth[uscc][key]))
        judge_loosely(_read(path, folder, stored=False), cells)
    else:
        judge(_read(path, folder, stored=seed % 40 == 0), tables, as_words=kind == "text")
    path.unlink()
    return kind


def _spoil_other(seed: int, chance: random.Random, folder: Path) -> str:
    name = chance.choice(_OTHERS)
    path = folder / f"{seed}{Path(name).suffix}"
    path.write_bytes(spoil((CORPUS / name).read_bytes(), chance))
    _read(path, folder, stored=False)
    path.unlink()
    return "others"


Values = Mapping[str, Mapping[str, tuple[Any, int, str]]]


def _read(path: Path, folder: Path, *, stored: bool) -> Values:
    """Return the values with their rows and columns; through a workspace where ``stored``."""
    if stored:
        target = folder / f"{path.stem}.zoneeval"
        with operations.create(target) as ws:
            outcome = operations.import_workbooks(
                ws, [path], year=YEAR, zone="东园", set_aside=True
            )
            check_findings(outcome.draft, path)
            found = operations.enterprise_data(ws, YEAR) if outcome.committed else []
            return {
                item.uscc: {
                    key: (v.value, v.source.row, v.source.column)
                    for key, v in item.values.items()
                    if v.source is not None
                }
                for item in found
            }
    draft = read_workbooks([path], year=YEAR, zone="东园")
    check_findings(draft, path)
    return {
        uscc: {
            key: (v.value, v.source.row, v.source.column)
            for key, v in values.items()
            if v.source is not None
        }
        for made in draft.years.values()
        for uscc, values in made.values.items()
    }


def check_findings(draft: Draft, path: Path) -> None:
    """Fail where a finding is no sentence, or a refused file still gave values."""
    refused = [i for i in draft.issues if i.code == "unreadable-file"]
    for issue in draft.issues:
        if not issue.message or "Traceback" in issue.message or "Error" in issue.message:
            raise WrongValueError(f"{path.name}: {issue.code}: {issue.message}")
    if any(i.sheet is None for i in refused) and draft.years:
        raise WrongValueError(f"{path.name}: refused, yet values")
    blocked = any(i.severity is Severity.BLOCKING for i in draft.issues)
    if draft.has_blocking != blocked and not draft.set_aside:
        raise WrongValueError(f"{path.name}: blocking findings are not counted")


def judge(values: Values, tables: list[Table], *, as_words: bool = False) -> None:
    """Fail unless every value is the one that was put into its cell."""
    truth = {uscc: cells for table in tables for uscc, cells in table.truth.items()}
    places = {place: at for table in tables for place, at in table.places.items()}
    for uscc, fields in values.items():
        if uscc not in truth:
            raise WrongValueError(f"an enterprise out of nowhere: {uscc}")
        for key, (value, row, column) in fields.items():
            if key not in FIELDS:
                continue
            expected = truth[uscc].get(key, BAD)
            if as_words and expected is BAD:
                continue
            at = (row, column_index_from_string(column) - 1)
            if expected is BAD or not _same(value, expected) or places[uscc, key] != at:
                raise WrongValueError(f"{uscc} {key}: {value!r} at {at}, put in {expected!r}")


def _same(value: Any, expected: Any) -> bool:
    return isinstance(value, float) and math.isclose(value, expected, rel_tol=1e-12)


def judge_loosely(values: Values, cells: Mapping[tuple[int, int], set[str]] | None) -> None:
    """Fail where a number is not the one that another reader finds in that cell."""
    if cells is None:
        return
    for uscc, fields in values.items():
        for key, (value, row, column) in fields.items():
            if key not in FIELDS:
                continue
            written = cells.get((row, column_index_from_string(column) - 1), set())
            numbers = {_number(text) for text in written}
            if not any(n is not None and _same(value, n) for n in numbers):
                raise WrongValueError(f"{uscc} {key}: {value!r} at {row}{column}, not {written}")


def _number(text: str) -> float | None:
    plain = re.sub(r"[\s,¥￥]", "", unicodedata.normalize("NFKC", text)).replace("万元", "")
    plain = re.sub("[\u200b-\u200d\u2060\ufeff]", "", plain)
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    found = re.fullmatch(
        r"([+-]?[\d.]+(?:e[+-]?\d+)?)(亿|千万|百万|十万|万|千|百)?元?", plain, re.I
    )
    if not found:
        return None
    scale = {None: 1, "亿": 1e4, "千万": 1e3, "百万": 100, "十万": 10, "万": 1, "千": 0.1,
             "百": 0.01}[found[2]]  # fmt: skip
    try:
        return float(found[1]) * scale
    except ValueError:
        return None


def _text_cells(data: bytes) -> dict[tuple[int, int], set[str]] | None:
    """Return what Python's own reader sees, whichever mark cuts the cells."""
    import csv

    cells: dict[tuple[int, int], set[str]] = {}
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        for mark in ",\t;":
            try:
                rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
            except csv.Error:
                continue
            for number, row in enumerate(rows, 1):
                for index, cell in enumerate(row):
                    cells.setdefault((number, index), set()).add(cell)
    return cells


def _workbook_cells(path: Path) -> dict[tuple[int, int], set[str]] | None:
    """Return what openpyxl's full reader sees in any sheet, or None where it reads nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except (Exception, zipfile.BadZipFile):
        return None
    cells: dict[tuple[int, int], set[str]] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    place = (int(cell.row or 0), int(cell.column or 1) - 1)
                    cells.setdefault(place, set()).add(str(cell.value))
    return cells or None
