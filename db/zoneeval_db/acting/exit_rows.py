"""The rows of the ledger of leaving and transformation: cases and their steps, read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.exits import CaseFigures, CaseKind, CaseState, ExitCase, ExitStep
from zoneeval_db.data.datasets import latest_dataset, load_dataset, years
from zoneeval_db.data.successions import newest_codes
from zoneeval_db.evaluating.runs import load_run
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from typing import Any

    from zoneeval.model.dataset import Dataset
    from zoneeval_db.storage.workspace import Workspace

_CASE = tuple(field.name for field in fields(ExitCase) if field.name != "runs")
_STEP = tuple(field.name for field in fields(ExitStep))
OF_ENTERPRISES = (CaseKind.CLASS, CaseKind.STOPPED, CaseKind.HALF_STOPPED)
"""The kinds of which an enterprise has one open case at most."""
Reason = tuple[int | None, str]
"""The run that gave a reason (None: somebody), and the reason in words."""


def reasons_text(reasons: Iterable[Reason]) -> str:
    """Return reasons as they are kept."""
    return codec.to_json([{"run": run, "words": words} for run, words in reasons])


def case_reasons(ws: Workspace, number: int) -> list[Reason]:
    """Return the reasons of a case with the runs that gave them."""
    (words,) = ws.conn.execute("SELECT reasons FROM exit_case WHERE id = ?", (number,)).fetchone()
    return _reasons(words)


def _reasons(words: str) -> list[Reason]:
    return [(one["run"], one["words"]) for one in codec.from_json(words)]


def exit_cases(
    ws: Workspace,
    *,
    state: CaseState | None = None,
    kind: CaseKind | None = None,
    zone: str | None = None,
    uscc: str | None = None,
    run_id: int | None = None,
) -> list[ExitCase]:
    """Return the cases in the order they were opened; those only that fit what is given.

    ``run_id`` leaves those that the run opened or confirmed, ``uscc`` those of an
    enterprise under any code it had.
    """
    found = ws.conn.execute(
        f"SELECT {', '.join(_CASE)} FROM exit_case WHERE (?1 IS NULL OR state = ?1)"
        " AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR zone = ?3) ORDER BY id",
        (state and state.value, kind and kind.value, zone),
    )
    cases = [_case(row) for row in found]
    if uscc is not None:
        newest = newest_codes(ws)
        mine = newest.get(uscc, uscc)
        cases = [case for case in cases if newest.get(case.uscc or "", case.uscc) == mine]
    return [case for case in cases if run_id is None or run_id in case.runs]


def exit_case(ws: Workspace, number: int) -> ExitCase:
    """Return one case; raise InputError where there is none of that number."""
    row = ws.conn.execute(
        f"SELECT {', '.join(_CASE)} FROM exit_case WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise InputError(f"退出转型台账中没有编号为 {number} 的事项。请先列出台账，核对编号。")
    return _case(row)


def _case(row: tuple[Any, ...]) -> ExitCase:
    given = dict(zip(_CASE, row, strict=True))
    reasons = _reasons(given["reasons"])
    given["reasons"] = tuple(words for _, words in reasons)
    given["kind"], given["state"] = CaseKind(given["kind"]), CaseState(given["state"])
    return ExitCase(**given, runs=tuple({run: None for run, _ in reasons if run is not None}))


def exit_steps(ws: Workspace, case_id: int | None = None) -> list[ExitStep]:
    """Return the steps of a case (None: of all cases), by case and in the order of entry."""
    found = ws.conn.execute(
        f"SELECT {', '.join(_STEP)} FROM exit_step WHERE ?1 IS NULL OR case_id = ?1"
        " ORDER BY case_id, id",
        (case_id,),
    )
    return [ExitStep(*row) for row in found]


def exit_step(ws: Workspace, number: int) -> ExitStep:
    """Return one step; raise InputError where there is none of that number."""
    row = ws.conn.execute(
        f"SELECT {', '.join(_STEP)} FROM exit_step WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise InputError(f"没有编号为 {number} 的步骤。请先查看事项的步骤，核对编号。")
    return ExitStep(*row)


def case_figures(ws: Workspace, cases: Iterable[ExitCase]) -> dict[int, CaseFigures]:
    """Return land and energy of each case's enterprise, by case.

    They are of the data of the run that opened the case, or else of the newest year.
    """
    from zoneeval.engine.derive import derive

    by_run: dict[int | None, list[ExitCase]] = {}
    found: dict[int, CaseFigures] = {}
    for case in cases:
        found[case.id] = CaseFigures()
        if case.uscc is not None:
            by_run.setdefault(case.opened_by_run, []).append(case)
    newest = newest_codes(ws)
    for run_id, mine in by_run.items():
        data = _newest_data(ws) if run_id is None else load_run(ws, run_id).dataset
        if data is None:
            continue
        table = derive(data, ["land_area"]).dataset
        land, energy = table.number("land_area").tolist(), table.number("energy_use").tolist()
        rows = {newest.get(code, code): i for i, code in enumerate(table.text("uscc").tolist())}
        rows |= {code: i for i, code in enumerate(table.text("uscc").tolist())}
        for case in mine:
            row = rows.get(case.uscc, rows.get(newest.get(case.uscc or "", "")))
            if row is not None:
                found[case.id] = CaseFigures(_plain(land[row]), _plain(energy[row]))
    return found


def _newest_data(ws: Workspace) -> Dataset | None:
    known = years(ws)
    version = latest_dataset(ws, known[-1]) if known else None
    return None if version is None else load_dataset(ws, version.id)


def _plain(value: float) -> float | None:
    return None if value != value else float(value)
