"""Repairs of findings: proposed where they are safe; ``edits`` carries out what was chosen."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.intake.cells import clean, has_marks, number_from_text
from zoneeval.model.fields import FIELDS, label_of
from zoneeval.model.issue import Issue
from zoneeval.model.repair import CellChange, Repair, RepairChoice
from zoneeval.units import is_unit

if TYPE_CHECKING:
    from zoneeval.intake.assemble import EntrySheet
    from zoneeval.intake.entries import Entry

REPAIRABLE = {
    "missing-code": "缺少信用代码，按同名企业补填",
    "text-in-number": "数字后带说明文字，取出数字",
    "error-cell": "错误值，按缺失处理",
    "duplicate-code": "同一企业两行，数字相加合并为一行",
    "unit-suspicion": "整列计量单位可疑，按可能的单位换算",
    "industry-zero-lost": "行业代码丢了开头的 0，补上",
    "unknown-zone": "园区名称不一致，改为相近的已有园区",
}
"""Codes of findings that may carry a repair, and what it does."""

_NUMBER_WITH_NOTE = re.compile(
    r"^(?:共|合计|人民币)?([^（(\[【]+?)\s*(?:[（(\[【][^\d]*[)）\]】])?[。；;、]?$"
)
_REQUIRED = ("uscc", "name", "zone", "industry_code", "scale")
_MAGNITUDES = ("", "千", "百", "万", "十万", "百万", "千万", "亿")


def check_code(code: str) -> RepairChoice:
    """Return the choice of all findings of a code; raise InputError where none can be mended."""
    if code not in REPAIRABLE:
        known = "；".join(f"{key}（{words}）" for key, words in REPAIRABLE.items())
        raise InputError(f"“{code}”不是可以自动修正的问题。可以修正的有：{known}。")
    return RepairChoice(code)


def with_repairs(
    issues: Iterable[Issue], sheets: Sequence[EntrySheet], known: Mapping[str, str]
) -> list[Issue]:
    """Return the findings, each with a repair where a safe one is known."""
    found = list(issues)
    if not any(i.code in REPAIRABLE and i.repair is None for i in found):
        return found
    by_place = {(s.findings.file, s.findings.sheet): s for s in sheets}
    codes: Mapping[str, str] | None = None
    for at, issue in enumerate(found):
        if issue.repair is not None or issue.row is None:
            continue
        sheet = by_place.get((issue.file or "", issue.sheet))
        if sheet is None:
            continue
        repair: Repair | None = None
        if issue.code == "missing-code":
            codes = _codes_by_name(sheets, known) if codes is None else codes
            repair = _fill_code(issue, sheet, codes)
        elif issue.code == "error-cell":
            repair = _mark_missing(issue, sheet)
        elif issue.code == "text-in-number":
            repair = _read_number(issue)
        elif issue.code == "industry-zero-lost" and issue.column is not None:
            whole = f"0{issue.value}"
            changes = (CellChange(issue.row, issue.column, whole),)
            repair = Repair("pad-code", f"把“{issue.value}”改为“{whole}”", changes)
        elif issue.code == "duplicate-code":
            repair = _merge_rows(issue, sheet)
        if repair is not None:
            found[at] = replace(issue, repair=repair)
    return found


def _plain_name(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _codes_by_name(sheets: Sequence[EntrySheet], known: Mapping[str, str]) -> dict[str, str]:
    """Return the code of every name that the directory has exactly once."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in known.items():
        codes[_plain_name(name)].add(code)
    for sheet in sheets:
        if sheet.kind == "directory":
            for entry in sheet.entries:
                if entry.code and entry.name:
                    codes[_plain_name(entry.name)].add(entry.code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


def _entry(sheet: EntrySheet, row: int | None) -> Entry | None:
    return next((entry for entry in sheet.entries if entry.row == row), None)


def _fill_code(issue: Issue, sheet: EntrySheet, codes: Mapping[str, str]) -> Repair | None:
    entry = _entry(sheet, issue.row)
    code = codes.get(_plain_name(entry.name)) if entry is not None and entry.name else None
    if entry is None or code is None or issue.column is None or issue.row is None:
        return None
    return Repair(
        "fill-code", f"按名录中的同名企业“{entry.name}”补填信用代码 {code}",
        (CellChange(issue.row, issue.column, code),),
    )  # fmt: skip


def _mark_missing(issue: Issue, sheet: EntrySheet) -> Repair | None:
    if issue.row is None or issue.column is None:
        return None
    keys = [key for key, column in sheet.letters.items() if column == issue.column]
    if not keys or any(key in _REQUIRED for key in keys):
        return None
    return Repair(
        "mark-missing", f"把 {issue.value} 按没有数据（缺失）处理，不当作 0",
        (CellChange(issue.row, issue.column, None),),
    )  # fmt: skip


def _read_number(issue: Issue) -> Repair | None:
    text = issue.value
    if text is None or text.endswith("…") or issue.row is None or issue.column is None:
        return None
    if has_marks(text):
        return None
    found = _NUMBER_WITH_NOTE.match(clean(text))
    if found is None:
        return None
    head = found[1].strip()
    try:
        _, behind = number_from_text(head)
    except ValueError:
        return None
    if behind not in _MAGNITUDES and not is_unit(behind):
        return None
    if head == clean(text):
        return None
    return Repair(
        "read-number", f"把“{text}”读作 {head}", (CellChange(issue.row, issue.column, head),)
    )


def _merge_rows(issue: Issue, sheet: EntrySheet) -> Repair | None:
    """Propose to add the numbers of two rows, where nothing else differs."""
    second = _entry(sheet, issue.row)
    if second is None or second.code is None:
        return None
    first = next(
        (e for e in sheet.entries if (e.year, e.code) == (second.year, second.code)), second
    )
    if first.row >= second.row:
        return None
    changes: list[CellChange] = []
    sums: list[str] = []
    for key in {**first.values, **second.values}:
        one, other = first.values.get(key), second.values.get(key)
        column = sheet.letters.get(key)
        if other is None:
            continue
        if column is None:
            return None
        if not isinstance(other, float):
            if one is not None and _plain_name(str(one)) != _plain_name(str(other)):
                return None
            continue
        if FIELDS[key].kind != "number":
            if one is not None and one != other:
                return None
            continue
        before = Decimal(repr(one)) if isinstance(one, float) else Decimal(0)
        total = format(before + Decimal(repr(other)), "f")
        total = total.rstrip("0").rstrip(".") if "." in total else total
        changes.append(CellChange(first.row, column, f"{total}{FIELDS[key].unit}"))
        sums.append(f"{label_of(key)} {total} {FIELDS[key].unit}")
    if not changes:
        return None
    return Repair(
        "merge-rows",
        f"把第 {second.row} 行并入第 {first.row} 行，数字相加：{'，'.join(sums[:4])}",
        (*changes, CellChange(second.row, "", None)),
    )
