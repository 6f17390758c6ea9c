"""One enterprise over all years, under every code that it had."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.identifiers import normalise_code
from zoneeval.model.enterprise_years import (
    MAIN_FIELDS,
    AppliedPrice,
    EnterpriseYear,
    EnterpriseYears,
    YearResult,
)
from zoneeval_db.acting.exit_rows import exit_cases, exit_steps
from zoneeval_db.acting.issued_lists import issued_lists
from zoneeval_db.data.aliases import name_of
from zoneeval_db.data.datasets import dataset_version, latest_dataset, load_dataset, years
from zoneeval_db.data.successions import newest_codes, successions
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.final_grades import final_evaluation, published_run
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.enterprise_events import happenings
from zoneeval_db.evaluating.runs import consecutive_years, run_info

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.evaluation import Evaluation
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo


def enterprise_years(ws: Workspace, uscc: str) -> EnterpriseYears:
    """Return an enterprise's data, classes, prices and exit cases of all years.

    Renames, mergers and new codes are followed: of a year in which it had another code
    (or was several enterprises) each of them is a column.  A year's data is that of its
    run in force (published, else newest); without a run, the newest version.
    Raises InputError where no year holds the enterprise.
    """
    code = normalise_code(uscc)
    newest = newest_codes(ws)
    present = newest.get(code, code)
    codes = (present, *sorted(old for old, new in newest.items() if new == present))
    shelf = _Shelf(ws)
    found: list[EnterpriseYear] = []
    for year in years(ws):
        found += _year(shelf, year, codes)
    if not found:
        raise InputError(f"各年度数据中都没有信用代码为“{uscc}”的企业。请核对信用代码。")
    cases = exit_cases(ws, uscc=present)
    steps = {case.id: tuple(exit_steps(ws, case.id)) for case in cases}
    prices = _prices(ws, codes)
    name = name_of(ws, present)
    return EnterpriseYears(
        uscc=present,
        name=found[-1].name if name == present else name,
        codes=codes,
        years=tuple(found),
        prices=prices,
        happenings=happenings(ws, codes, found, prices, cases, steps, successions(ws)),
        cases=tuple(cases),
        steps=steps,
    )


def export_enterprise_years(ws: Workspace, out: Path, uscc: str) -> list[Path]:
    """Write an enterprise's years as a workbook."""
    from zoneeval.report.enterprise_years import write_enterprise_years

    write_enterprise_years(out, enterprise_years(ws, uscc))
    return [out]


@dataclass
class _Shelf:
    """What was read for one year and is asked for again."""

    ws: Workspace
    evaluations: dict[int, Evaluation] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)

    def evaluation(self, run_id: int) -> Evaluation:
        if run_id not in self.evaluations:
            self.evaluations[run_id] = final_evaluation(self.ws, run_id)
        return self.evaluations[run_id]

    def years_in_class(self, run_id: int, code: str) -> int | None:
        if run_id not in self.counts:
            self.counts[run_id] = consecutive_years(self.ws, run_id)
        return self.counts[run_id].get(code)


def _year(shelf: _Shelf, year: int, codes: tuple[str, ...]) -> list[EnterpriseYear]:
    latest = latest_dataset(shelf.ws, year)
    if latest is None:
        return []
    data = load_dataset(shelf.ws, latest.id)
    there = {str(code): row for row, code in enumerate(data.text("uscc").tolist()) if code}
    made = []
    for code in codes:
        if code not in there:
            continue
        zone = data.text("zone")[there[code]]
        run = published_run(shelf.ws, year, None if zone is None else str(zone))
        made.append(_entry(shelf, year, code, latest.id, run))
    return made


def _entry(shelf: _Shelf, year: int, code: str, latest: int, run: RunInfo | None) -> EnterpriseYear:
    dataset_id, data, row = latest, load_dataset(shelf.ws, latest), None
    if run is not None:
        judged = load_dataset(shelf.ws, run.dataset_id)
        row = _row_of(judged, code)
        if row is not None:
            dataset_id, data = run.dataset_id, judged
    row = _row_of(data, code) if row is None else row
    assert row is not None
    name, zone = data.text("name")[row], data.text("zone")[row]
    return EnterpriseYear(
        year=year,
        uscc=code,
        name=str(name or code),
        zone=None if zone is None else str(zone),
        dataset_version=dataset_version(shelf.ws, dataset_id).version,
        values=_values(data, row),
        result=None if run is None else _result(shelf, run, code),
    )


def _row_of(data: Dataset, code: str) -> int | None:
    found = (data.text("uscc") == code).nonzero()[0]
    return int(found[0]) if found.size else None


def _values(data: Dataset, row: int) -> Mapping[str, float | None]:
    from zoneeval.engine.derive import derive
    from zoneeval.model.dataset import Dataset as Table

    alone = Table({key: column[row : row + 1] for key, column in data.columns.items()}, data.year)
    table = derive(alone, MAIN_FIELDS).dataset
    return {key: _plain(float(table.number(key)[0])) for key in MAIN_FIELDS}


def _result(shelf: _Shelf, run: RunInfo, code: str) -> YearResult | None:
    evaluation = shelf.evaluation(run.id)
    merging = evaluation.inputs.merging
    own = next((step.new for step in merging.successors if step.old == code), code)
    lead = next((group.lead for group in merging.groups if own in group.members), own)
    judged = next((one for one in (code, own, lead) if evaluation.row_of(one) is not None), None)
    if judged is None:
        return None
    row = evaluation.row_of(judged)
    assert row is not None
    mine = [made for made in overrides(shelf.ws, run.id) if made.uscc == judged]
    rules = _rules_grade(shelf.ws, run.id, judged)
    rank = _plain(float(evaluation.rank[row]))
    return YearResult(
        run_id=run.id,
        policy=run.policy_title,
        status=adjudication(shelf.ws, run.id).status,
        participation=evaluation.participation[row].label,
        reasons=tuple(evaluation.reasons[row]),
        indicators=tuple(
            info
            for info in evaluation.indicators
            if not math.isnan(evaluation.weights[info.key][row])
        ),
        scores={key: _plain(float(column[row])) for key, column in evaluation.scores.items()},
        bonus=_plain(float(evaluation.bonus[row])),
        penalty=_plain(float(evaluation.penalty[row])),
        composite=_plain(float(evaluation.composite[row])),
        rank=None if rank is None else int(rank),
        group=str(evaluation.group[row] or ""),
        by_score=evaluation.computed_grade[row],
        by_rules=rules,
        final=evaluation.grade[row],
        override=mine[0] if mine else None,
        evaluated_as="" if judged == code else judged,
        years_in_class=shelf.years_in_class(run.id, judged),
    )


def _rules_grade(ws: Workspace, run_id: int, code: str) -> str | None:
    row = ws.conn.execute(
        "SELECT grade FROM run_result WHERE run_id = ? AND uscc = ?", (run_id, code)
    ).fetchone()
    return None if row is None else row[0]


def _prices(ws: Workspace, codes: tuple[str, ...]) -> tuple[AppliedPrice, ...]:
    """Return the lines of the lists that were sent, oldest first."""
    found = []
    for sent in reversed(issued_lists(ws)):
        every = (*sent.content.lines, *sent.content.missing)
        # A line of an account that several share names all of them.
        mine = [line for line in every if any(code in line.uscc for code in codes)]
        year = run_info(ws, sent.run_id).year if mine else 0
        found += [
            AppliedPrice(
                sent.id,
                year,
                sent.utility,
                sent.document,
                sent.valid_from,
                sent.valid_to,
                sent.withdrawn.on if sent.withdrawn else None,
                sent.replaced_from,
                line,
            )
            for line in mine
        ]
    return tuple(found)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value
