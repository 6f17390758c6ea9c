"""What the policies brought: amounts entered or imported, and the sums by year and class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.effects import (
    EFFECT_WORDS,
    MONEY,
    Effect,
    EffectEntry,
    EffectKind,
    Expected,
    effect_kind,
    months_of,
    period_words,
)
from zoneeval.model.period import Period
from zoneeval_db.acting.exit_rows import exit_cases
from zoneeval_db.data.filled_tables import FilledTable, refuse_faults
from zoneeval_db.data.known import class_fault
from zoneeval_db.deciding.final_grades import final_evaluation

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

HEADINGS = ("期间", "类别", "项目", "金额", "单位", "依据文件", "备注")
_TABLE = FilledTable(HEADINGS, 4, "成效表，按其中“录入表”")
_SELECT = (
    "SELECT id, year, period, grade, kind, amount, unit, document, note FROM policy_effect"
    " WHERE kind IN ('charged', 'relieved') ORDER BY year, grade, kind, period, id"
)


def effect_entries(ws: Workspace, year: int | None = None) -> list[EffectEntry]:
    """Return the amounts entered, by year, class, kind and period."""
    entries = [EffectEntry(*row) for row in ws.conn.execute(_SELECT)]
    return [one for one in entries if year is None or one.year == year]


def effects(ws: Workspace, year: int | None = None) -> list[Effect]:
    """Return money charged and relieved and what closed cases freed, by year and class.

    A case counts in the year it was closed, with the final class of the run that opened
    it; cases without one have no class.
    """
    from zoneeval.engine.acting.effects import effects_of

    cases = exit_cases(ws)
    grades: dict[int, str | None] = {}
    for run_id in {case.opened_by_run for case in cases if case.opened_by_run is not None}:
        evaluation = final_evaluation(ws, run_id)
        for case in cases:
            row = evaluation.row_of(case.uscc or "")
            if case.opened_by_run == run_id and row is not None:
                grades[case.id] = evaluation.grade[row]
    found = effects_of(effect_entries(ws), cases, grades)
    return [one for one in found if year is None or one.year == year]


def expected_effects(
    ws: Workspace, tariff_ref: str | Path, run_id: int | None = None, on: str | None = None
) -> list[Expected]:
    """Return what a tariff would bring by class, an estimate that no account holds.

    ``on`` and the errors as of :func:`zoneeval_db.acting.measures.estimate_measures`.
    """
    from zoneeval.engine.acting.effects import charged_from
    from zoneeval_db.acting.measures import estimate_measures

    return charged_from(estimate_measures(ws, tariff_ref, run_id, on))


def add_effect(
    ws: Workspace,
    period: str,
    grade: str,
    kind: EffectKind,
    amount: float,
    *,
    unit: str = "万元",
    document: str,
    note: str = "",
) -> EffectEntry:
    """Enter an amount of a class in a period (2025, 2025Q1, 2025-03), after a document.

    Raises InputError where something is missing or the period overlaps one entered for
    the same class, kind and document, which would count twice.
    """
    entry = _entry(0, period, grade, kind, amount, unit, document, note)
    (number,) = _store(ws, [entry], f"录入政策成效：{_words(entry)}")
    return effect_entries_by_id(ws)[number]


def effect_entries_by_id(ws: Workspace) -> dict[int, EffectEntry]:
    """Return the amounts entered, by number."""
    return {one.id: one for one in effect_entries(ws)}


def remove_effect(ws: Workspace, number: int) -> None:
    """Take an amount out again; raise InputError where there is none of that number."""
    there = effect_entries_by_id(ws).get(number)
    if there is None:
        raise InputError(f"没有编号为 {number} 的成效记录。请先列出记录，核对编号。")
    with ws.operation(f"删除政策成效：{_words(there)}") as op:
        op.write("policy_effect", {"id": number}, None)


def import_effects(ws: Workspace, path: Path) -> list[EffectEntry]:
    """Enter the amounts of a table (.xlsx or .csv) with the columns of :data:`HEADINGS`.

    All of them are entered, or none: raises InputError naming every row at fault.
    """
    entries, faults = _read(path)
    refuse_faults(path, faults)
    if not entries:
        raise InputError(f"“{path.name}”中没有成效记录。请在标题行下面填写。")
    made = _store(ws, entries, f"导入政策成效 {len(entries)} 条（{path.name}）")
    there = effect_entries_by_id(ws)
    return [there[number] for number in made]


def export_effects(ws: Workspace, out: Path) -> list[Path]:
    """Write the effects by year and class, and the amounts as a table to fill in."""
    from zoneeval.report.acting.effects import write_effects

    write_effects(out, effects(ws), effect_entries(ws), HEADINGS)
    return [out]


def _entry(
    number: int,
    period: str,
    grade: str,
    kind: EffectKind,
    amount: float,
    unit: str,
    document: str,
    note: str,
) -> EffectEntry:
    at = Period.of_words(period, None)
    if at is None:
        raise InputError(
            f"期间“{period}”无法识别。请写成 2025（全年）、2025Q1（只一季度）"
            "或 2025-03（只 3 月）。"
        )
    if not grade.strip():
        raise InputError("没有写类别。请填写类别，如 C。")
    if unit.strip() not in MONEY:
        raise InputError(f"金额单位“{unit}”无法识别，可选：{'、'.join(MONEY)}。")
    if not math.isfinite(amount) or amount < 0:
        raise InputError(
            f"金额应为 0 或正数，不是“{amount:g}”。加价和减免分开填写，都填正数；不清楚的不填。"
        )
    if not document.strip():
        raise InputError("没有写金额的依据文件。请写明文件、报表或结算单的名称和文号。")
    letter = grade.strip().upper().removesuffix("类").strip()
    return EffectEntry(
        number, at.year, at.key, letter, kind, float(amount), unit.strip(), document.strip(),
        note.strip() or None,
    )  # fmt: skip


def _store(ws: Workspace, entries: Sequence[EffectEntry], label: str) -> list[int]:
    there = effect_entries(ws)
    for letter in sorted({entry.grade for entry in entries}):
        fault = class_fault(ws, letter)
        if fault:
            raise InputError(fault)
    for entry in entries:
        for other in there:
            same = (entry.year, entry.grade, entry.kind, entry.document) == (
                other.year, other.grade, other.kind, other.document,
            )  # fmt: skip
            if same and months_of(entry.period) & months_of(other.period):
                raise InputError(
                    f"{entry.grade} 类{EFFECT_WORDS[entry.kind]}：“{entry.document}”的"
                    f"{period_words(entry.period)}与{period_words(other.period)}有重叠，会重复计算，"
                    "没有录入。需要更正的，请先删除原来的记录。"
                )
        there.append(entry)
    with ws.operation(label) as op:
        number = op.next_id("policy_effect")
        for entry in entries:
            new: dict[str, str | float | int | None] = {
                "year": entry.year,
                "period": entry.period,
                "grade": entry.grade,
                "kind": entry.kind,
                "amount": entry.amount,
                "unit": entry.unit,
                "document": entry.document,
                "note": entry.note,
            }
            op.write("policy_effect", {"id": number}, new)
            number += 1
    return list(range(number - len(entries), number))


def _words(entry: EffectEntry) -> str:
    return (
        f"{period_words(entry.period)} {entry.grade} 类{EFFECT_WORDS[entry.kind]}"
        f" {entry.amount:g} {entry.unit}"
    )


def _read(path: Path) -> tuple[list[EffectEntry], list[str]]:
    from zoneeval.intake.cells import BadCell, number_parser, parse_text

    entries: list[EffectEntry] = []
    faults: list[str] = []
    for number, cells in _TABLE.rows(path):
        try:
            period, grade, kind = (parse_text(cell) or "" for cell in cells[:3])
            unit, document, note = (parse_text(cell) or "" for cell in cells[4:])
            unit = unit or "万元"
            amount = number_parser(unit if unit in MONEY else "万元", None)(cells[3], False)
            if not isinstance(amount, float):
                faults.append(f"第 {number} 行没有金额")
                continue
            entries.append(
                _entry(0, period, grade, effect_kind(kind), amount, unit, document, note)
            )
        except BadCell as fault:
            faults.append(f"第 {number} 行{fault.message}")
        except InputError as fault:
            faults.append(f"第 {number} 行：{str(fault).rstrip('。')}")
    return entries, faults
