"""The days that are not as their weekday says: entered, removed, taken from and to a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.model.adjudication import DAY_WORDS, DayKind, Holiday
from zoneeval.workdays import WorkCalendar, iso_date
from zoneeval_db.data.filled_tables import FilledTable, refuse_faults

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

HEADINGS = ("日期", "安排", "名称", "依据文件")
_TABLE = FilledTable(HEADINGS, 2, "节假日表，按它")
_KINDS: Mapping[str, DayKind] = {
    **{word: kind for kind, word in DAY_WORDS.items()},
    "off": "off",
    "work": "work",
    "休": "off",
    "班": "work",
    "调休上班": "work",
}
_LONGEST = 31


def holidays(ws: Workspace, year: int | None = None) -> list[Holiday]:
    """Return the days entered, in order; of one year where given."""
    found = ws.conn.execute(
        "SELECT day, kind, name, document FROM holiday"
        " WHERE ?1 IS NULL OR day LIKE ?1 || '-%' ORDER BY day",
        (None if year is None else f"{year:04d}",),
    )
    return [Holiday(*row) for row in found]


def calendar(ws: Workspace) -> WorkCalendar:
    """Return the working days after what was entered."""
    return WorkCalendar.of(holidays(ws))


def set_holidays(
    ws: Workspace,
    first: str,
    last: str | None,
    kind: DayKind,
    name: str = "",
    document: str = "",
) -> list[Holiday]:
    """Enter the days from first to last (None: one day), in place of what stood there.

    Raises InputError for a date that is none, or a period that is turned round or too long.
    """
    if kind not in get_args(DayKind):
        raise InputError(f"安排“{kind}”无法识别，可选：off（放假）、work（上班）。")
    start = iso_date(first, "日期")
    end = start if last is None else iso_date(last, "截止日期")
    if end < start:
        raise InputError(f"截止日期 {end} 早于开始日期 {start}。请核对两个日期。")
    if (end - start).days >= _LONGEST:
        raise InputError(f"{start} 至 {end} 超过 {_LONGEST} 天，不像一次放假安排。请核对日期。")
    days = [
        Holiday(
            str(start + timedelta(days=i)), kind, name.strip() or None, document.strip() or None
        )
        for i in range((end - start).days + 1)
    ]
    span = f"{start}" if start == end else f"{start} 至 {end}"
    _store(ws, days, f"录入节假日安排：{span} {DAY_WORDS[kind]}")
    return days


def remove_holiday(ws: Workspace, day: str) -> None:
    """Remove a day that was entered; raise InputError where it was not."""
    wanted = str(iso_date(day, "日期"))
    if all(one.day != wanted for one in holidays(ws)):
        raise InputError(f"没有录入过 {wanted} 的放假或调休安排，不需要删除。")
    with ws.operation(f"删除节假日安排：{wanted}") as op:
        op.write("holiday", {"day": wanted}, None)


def import_holidays(ws: Workspace, path: Path) -> list[Holiday]:
    """Enter the days of a table (.xlsx or .csv) with the columns of :data:`HEADINGS`.

    All of them are entered, or none: raises InputError naming every row at fault.
    """
    days, faults = _read(path)
    refuse_faults(path, faults)
    if not days:
        raise InputError(f"“{path.name}”中没有节假日安排。请在标题行下面填写日期和安排。")
    _store(ws, days, f"导入节假日安排 {len(days)} 天（{path.name}）")
    return days


def export_holidays(ws: Workspace, out: Path) -> list[Path]:
    """Write the table of holidays; filled in, it can be imported again."""
    from zoneeval.report.acting.holidays import write_holidays

    write_holidays(out, holidays(ws), HEADINGS)
    return [out]


def _store(ws: Workspace, days: Iterable[Holiday], label: str) -> None:
    with ws.operation(label) as op:
        for one in days:
            new = {"kind": one.kind, "name": one.name, "document": one.document}
            op.write("holiday", {"day": one.day}, new)


def _read(path: Path) -> tuple[list[Holiday], list[str]]:
    from zoneeval.intake.cells import BadCell, parse_date, parse_text

    days: dict[str, Holiday] = {}
    faults: list[str] = []
    for number, cells in _TABLE.rows(path):
        try:
            day = parse_date(cells[0])
            kind = _KINDS.get(parse_text(cells[1]) or "")
            name, document = parse_text(cells[2]), parse_text(cells[3])
        except BadCell as fault:
            faults.append(f"第 {number} 行{fault.message}")
            continue
        if day is None:
            faults.append(f"第 {number} 行没有日期")
        elif kind is None:
            faults.append(f"第 {number} 行的安排“{cells[1] or ''}”无法识别（应为放假或上班）")
        elif day in days and days[day].kind != kind:
            faults.append(f"第 {number} 行：{day} 出现两次且安排不同")
        else:
            days[day] = Holiday(str(date.fromisoformat(day)), kind, name, document)
    return list(days.values()), faults
