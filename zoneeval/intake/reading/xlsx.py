"""Workbooks of Excel's XML format: the quick reader where nothing is lost, else the reference."""

from __future__ import annotations

import posixpath
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from zoneeval.errors import InputError
from zoneeval.intake.reading.calamine import cells_of, open_calamine
from zoneeval.intake.reading.formats import unit_styles
from zoneeval.intake.reading.package import (
    DAMAGED,
    Package,
    PasswordNeeded,
    local,
    macro_notes,
)
from zoneeval.intake.reading.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    UNCACHED,
    RawBook,
    RawSheet,
    Row,
    hidden_rows_note,
    is_blank,
)
from zoneeval.intake.reading.sheetxml import SheetScan, scan_sheet
from zoneeval.progress import Progress, silent, span

_PERCENT_FORMATS = frozenset({9, 10})
_STEP = 1000
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sheet's XML is, and whether the sheet is hidden."""

    name: str
    part: str
    hidden: bool


def read_xlsx(path: Path, package: Package, progress: Progress = silent) -> RawBook:
    """Return the sheets of an .xlsx or .xlsm workbook."""
    try:
        places, old_dates = _sheets(package)
        package.verify(without={place.part for place in places})
        styles, units = _percent_styles(package), unit_styles(package)
        scans = {}
        for i, p in enumerate(places):
            share = span(progress, 0.5 * i / len(places), 0.5 * (i + 1) / len(places))
            share(0, 1, f"正在读取 {path.name}")
            scanning = partial(_scanning, share, path.name)
            scans[p.part] = scan_sheet(package.data(p.part), styles, units, scanning)
        rest = span(progress, 0.5, 1)
        names = {place.name for place in places}
        quick = not old_dates and len(names) == len(places)
        quick = quick and all(scan.plain for scan in scans.values())
        sheets = _quick(path, places, scans, rest) if quick else None
        if sheets is None:
            sheets = _reference(path, places, scans, styles, units, rest)
    except InputError as error:
        if path.name in str(error):
            raise
        raise InputError(f"工作簿“{path.name}”：{error}") from error
    except DAMAGED as error:
        raise InputError(
            f"工作簿“{path.name}”已损坏或不是标准的 .xlsx，无法读取；"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error
    return RawBook(sheets, macro_notes(package.has_macros))


def _scanning(progress: Progress, name: str, done: int, total: int) -> None:
    progress(done, total, f"正在读取 {name}")


def _sheets(package: Package) -> tuple[list[_Place], bool]:
    """Return the worksheets in the workbook's order, and whether its dates count from 1904."""
    main = _target(package, "_rels/.rels", "", "/officeDocument") or "xl/workbook.xml"
    folder, name = posixpath.split(main)
    relations = _relations(package, f"{folder}/_rels/{name}.rels", folder)
    tree = package.tree(main)
    old_dates = any(
        local(node.tag) == "workbookPr" and _attribute(node, "date1904") in ("1", "true")
        for node in tree.iter()
    )
    places = []
    for node in tree.iter():
        if local(node.tag) != "sheet":
            continue
        kind, part = relations.get(_attribute(node, "id"), ("", ""))
        if kind.endswith("/worksheet"):
            hidden = _attribute(node, "state") in ("hidden", "veryHidden")
            places.append(_Place(_attribute(node, "name"), part, hidden))
    return places, old_dates


def _attribute(node: Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if local(key) == name), "")


def _relations(package: Package, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return kind and target of each relation; those that lead outside are left out."""
    found = {}
    for node in package.tree(part).iter():
        if local(node.tag) == "Relationship" and node.get("TargetMode") != "External":
            target = node.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[node.get("Id", "")] = node.get("Type", ""), posixpath.normpath(inside)
    return found


def _target(package: Package, part: str, folder: str, kind: str) -> str | None:
    if not package.has(part):
        return None
    relations = _relations(package, part, folder).values()
    found = next((target for what, target in relations if what.endswith(kind)), None)
    return found.lstrip("/") if found else None


def _percent_styles(package: Package) -> frozenset[int]:
    """Return the indexes of cell styles whose number format is a percentage."""
    if not package.has("xl/styles.xml"):
        return frozenset()
    formats = set(_PERCENT_FORMATS)
    found = set()
    for node in package.tree("xl/styles.xml"):
        if local(node.tag) == "numFmts":
            for shape in node:
                number = int(shape.get("numFmtId", "0"))
                if "%" in shape.get("formatCode", ""):
                    formats.add(number)
                else:
                    formats.discard(number)
        elif local(node.tag) == "cellXfs":
            for index, style in enumerate(node):
                if int(style.get("numFmtId", "0")) in formats:
                    found.add(index)
    return frozenset(found)


def _sheet(place: _Place, rows: list[Row], scan: SheetScan, cut_at: int | None = None) -> RawSheet:
    notes = hidden_rows_note(scan.hidden, (n for n, _ in rows)) if scan.hidden else ()
    return RawSheet(
        place.name,
        rows,
        frozenset(scan.percent),
        place.hidden,
        cut_at,
        scan.merged,
        notes,
        scan.formats,
    )


def _quick(
    path: Path, places: list[_Place], scans: dict[str, SheetScan], progress: Progress
) -> list[RawSheet] | None:
    """Return the sheets as calamine reads them, or None where it fails."""
    try:
        return _with_calamine(path, places, scans, progress)
    except (ValueError, PasswordNeeded):
        return None


def _with_calamine(
    path: Path, places: list[_Place], scans: dict[str, SheetScan], progress: Progress
) -> list[RawSheet]:
    sheets: list[RawSheet] = []

    def waiting() -> None:
        progress(len(sheets), len(places), f"正在读取 {path.name}")

    with open_calamine(path) as book:
        for place in places:
            table = cells_of(book, place.name, waiting)
            scan = scans[place.part]
            odd = {row: dict.fromkeys(columns, UNCACHED) for row, columns in scan.uncached.items()}
            for row, texts in scan.errors.items():
                odd.setdefault(row, {}).update(texts)
            last = max(odd, default=0)
            if last > len(table):
                table.extend([] for _ in range(last - len(table)))
            rows: list[Row] = []
            for number, cells in enumerate(table, 1):
                if number % _STEP == 0:
                    waiting()
                values = tuple([None if v == "" else v for v in cells])
                if number in odd:
                    values = _with(values, odd[number])
                if values.count(None) != len(values):
                    rows.append((number, values))
            sheets.append(_sheet(place, rows, scan))
    return sheets


def _reference(
    path: Path,
    places: list[_Place],
    scans: dict[str, SheetScan],
    styles: frozenset[int],
    units: Mapping[int, str],
    progress: Progress,
) -> list[RawSheet]:
    from openpyxl import load_workbook

    by_part = {place.part: place for place in places}
    sheets: list[RawSheet] = []

    def reading(row: int) -> None:
        progress(len(sheets), len(places), f"正在读取 {path.name} 第 {row} 行")

    with path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                part = getattr(sheet, "_worksheet_path", "").lstrip("/")
                place = by_part.get(part)
                if place is not None:
                    sheets.append(_cells(sheet, place, scans[part], styles, units, reading))
        finally:
            book.close()
    return sheets


def _cells(
    sheet: Any,
    place: _Place,
    scan: SheetScan,
    styles: frozenset[int],
    units: Mapping[int, str],
    reading: Callable[[int], None],
) -> RawSheet:
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number % _STEP == 0:
            reading(number)
        if not cells:
            continue
        values: tuple[Any, ...] = tuple([cell.value for cell in cells[:MAX_COLUMNS]])
        if number in scan.uncached:
            values = _with(values, dict.fromkeys(scan.uncached[number], UNCACHED))
        if is_blank(values):
            continue
        if len(rows) >= MAX_ROWS:
            return _sheet(place, rows, scan, number)
        rows.append((number, values))
        if styles or units:
            for index, cell in enumerate(cells[:MAX_COLUMNS]):
                if cell.value is not None and cell._style_id in styles:
                    scan.percent.add((number, index))
                if cell.value is not None and cell._style_id in units:
                    scan.formats[number, index] = units[cell._style_id]
    return _sheet(place, rows, scan)


def _with(values: tuple[Any, ...], odd: Mapping[int, str]) -> tuple[Any, ...]:
    """Return a row with marks where nothing could be read."""
    out = list(values)
    for index, text in odd.items():
        if index < MAX_COLUMNS:
            out.extend([None] * (index + 1 - len(out)))
            if out[index] is None:
                out[index] = text
    return tuple(out)
