"""What an import brings against what is stored of the same year: no value wins silently.

The department that owns a field goes before all others, and a department corrects its own
figures; between two departments that do not own it, the stored figure stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.model.fields import label_of, unit_of
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.records import SourceCell, SourcedValue
from zoneeval.model.row_values import plain_value
from zoneeval.progress import Progress, silent
from zoneeval_db.data.datasets import latest_dataset
from zoneeval_db.data.sources import cell

if TYPE_CHECKING:
    from zoneeval.intake.draft import Draft, YearDraft
    from zoneeval_db.storage.workspace import Workspace

_Held = tuple[float | str, SourceCell | None, str | None]
_Difference = tuple[str, str, SourcedValue, _Held]
_STEP = 30_000
"""Values between two reports of progress."""


def against_stored(ws: Workspace, draft: Draft, progress: Progress = silent) -> Draft:
    """Return the draft without the values that stored ones go before, with a finding each."""
    departments = {
        (Path(file.path).name, sheet.name): sheet.department
        for file in draft.files
        for sheet in file.sheets
    }
    issues: list[Issue] = []
    years: dict[int, YearDraft] = {}
    for year, made in draft.years.items():
        version = latest_dataset(ws, year)
        years[year] = made
        if version is not None:
            differing = _differing(ws, version.id, made, progress)
            years[year] = _laid_against(made, differing, departments, issues)
    return replace(draft, years=years, issues=(*draft.issues, *issues)) if issues else draft


def _differing(
    ws: Workspace, dataset_id: int, made: YearDraft, progress: Progress
) -> list[_Difference]:
    """Return the values that are stored otherwise, in the order of the import."""
    sheets = {
        number: (file, sheet, department)
        for number, file, sheet, department in ws.conn.execute(
            "SELECT s.id, f.name, s.name, s.department FROM source_sheet s"
            " JOIN source_file f ON f.id = s.file_id"
        )
    }
    found: list[_Difference] = []
    stored = ws.conn.execute(
        "SELECT uscc, field, coalesce(number, text), sheet_id, row, col FROM dataset_value"
        " WHERE dataset_id = ?",
        (dataset_id,),
    )
    values = made.values
    for count, (code, key, value, number, row, col) in enumerate(stored):
        if count % _STEP == 0:
            progress(0, 1, "正在与已存入的数据比较")
        fields = values.get(code)
        if fields is None or plain_value(fields, key) in (None, value):
            continue
        given = fields[key]
        if given.source is not None:
            file, sheet, department = sheets.get(number, (None, None, None))
            found.append((code, key, given, (value, cell(file, sheet, row, col), department)))
    if found:
        order = {code: i for i, code in enumerate(values)}
        found.sort(key=lambda one: (order[one[0]], list(values[one[0]]).index(one[1])))
    return found


def _laid_against(
    made: YearDraft,
    differing: Iterable[_Difference],
    departments: Mapping[tuple[str, str], str],
    issues: list[Issue],
) -> YearDraft:
    from zoneeval.intake.precedence import rank

    dropped: dict[str, set[str]] = {}
    for code, key, given, before in differing:
        _, source, department = before
        new = given.source
        now = departments.get((new.file, new.sheet)) if new else None
        if now == department or rank(key, now) < rank(key, department):
            issues.append(_issue(code, key, given, before, kept=False))
        elif source is not None and key not in ("name",):
            issues.append(_issue(code, key, given, before, kept=True))
            dropped.setdefault(code, set()).add(key)
        elif rank(key, department) == 0:
            dropped.setdefault(code, set()).add(key)
    if not dropped:
        return made
    values = {
        code: {key: v for key, v in fields.items() if key not in dropped[code]}
        if code in dropped
        else fields
        for code, fields in made.values.items()
    }
    return replace(made, values=values)


def _issue(code: str, key: str, given: SourcedValue, before: _Held, *, kept: bool) -> Issue:
    value, source, department = before
    new = given.source
    unit = unit_of(key)
    stored = source.place if source else "以前导入的数据"
    what = (
        f"“{label_of(key)}”与已存入的不同：已存 {_shown(value)}{unit}（{stored}"
        f"{'，' + department if department else ''}），本次 {_shown(given.value)}{unit}"
        f"（{new.place if new else ''}），"
    )
    end = "保留已存入的" if kept else "以本次为准"
    advice = (
        "请核实；如以本次为准，请由主管部门的表格更正后导入。"
        if kept
        else "如不应改动，请撤销本次导入。"
    )
    return Issue(
        Severity.WARNING if kept else Severity.NOTE,
        "stored-value-stands" if kept else "stored-value-replaced",
        what + end,
        new.file if new else None, new.sheet if new else None, new.row if new else None,
        (new.column or None) if new else None, _shown(given.value), advice, code,
    )  # fmt: skip


def _shown(value: float | str) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
