"""What 退出转型 shows, read in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zoneeval_ui.pages.ladder_choice import known_ladder

if TYPE_CHECKING:
    from zoneeval.engine.acting.candidates import Candidate
    from zoneeval.model.assets import Asset, AssetRule
    from zoneeval.model.effects import Effect, EffectEntry
    from zoneeval.model.exits import CaseFigures, DueItem, ExitCase, ExitStep, Freed
    from zoneeval_db.operations import RunInfo
    from zoneeval_db.storage.workspace import Workspace

SOON = 30
"""Within how many days a deadline is near, as in the ledger workbook."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The run that cases are opened from, and how many enterprises still have none.

    ``stopped`` counts those that have stopped, wholly or half, without a case; ``why_not``
    says why no case can be opened from it.  ``best`` and ``next_best`` are the classes
    that candidates come from.
    """

    info: RunInfo
    status: str
    is_published: bool
    letters: tuple[str, ...]
    listed: int
    waiting: int
    stopped: int
    why_not: str = ""
    best: tuple[str, ...] = ()
    next_best: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ExitsContent:
    """The ledger and what belongs to it, for a zone (None: all) as of ``today``.

    ``left`` are the cases whose enterprise the run has in another class; ``ladder`` is
    what stars are tried on.
    """

    year: int | None
    zone: str | None
    today: date
    enterprises: int
    zones: tuple[str, ...]
    opening: Opening | None = None
    cases: tuple[ExitCase, ...] = ()
    steps: Mapping[int, tuple[ExitStep, ...]] = field(default_factory=dict)
    figures: Mapping[int, CaseFigures] = field(default_factory=dict)
    due: tuple[DueItem, ...] = ()
    left: frozenset[int] = frozenset()
    freed: tuple[Freed, ...] = ()
    assets: tuple[Asset, ...] = ()
    rules: tuple[AssetRule, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    condition: str = ""
    effects: tuple[Effect, ...] = ()
    entries: tuple[EffectEntry, ...] = ()
    tariffs: tuple[tuple[str, str], ...] = ()
    ladder: str = ""

    @property
    def overdue(self) -> frozenset[int]:
        """Return the cases of which something is overdue."""
        return frozenset(item.case.id for item in self.due if item.is_overdue)

    @property
    def soon(self) -> frozenset[int]:
        """Return the cases of which something is due soon, and nothing overdue."""
        return frozenset(item.case.id for item in self.due) - self.overdue

    def case(self, number: int) -> ExitCase | None:
        """Return a case by its number, None where it is not listed."""
        return next((case for case in self.cases if case.id == number), None)

    @property
    def is_bare(self) -> bool:
        """Tell whether there is nothing to show and nothing to open."""
        return self.opening is None and not (self.cases or self.assets or self.entries)


def read_exits(
    workspace: Workspace, year: int | None, zone: str | None, today: date, ladder: str
) -> ExitsContent:
    """Return everything that the page shows."""
    from zoneeval_db import operations

    latest = operations.latest_dataset(workspace, year) if year is not None else None
    info = operations.published_run(workspace, year, zone) if year is not None and latest else None
    every = operations.exit_cases(workspace)
    cases = [case for case in every if zone is None or case.zone == zone]
    steps: dict[int, list[ExitStep]] = {}
    for step in operations.exit_steps(workspace):
        steps.setdefault(step.case_id, []).append(step)
    opening = None if info is None else _opening(workspace, info)
    can_open = opening is not None and not opening.why_not
    left = operations.left_cases(workspace, info.id) if info is not None and can_open else []
    found = operations.upgrade_candidates(workspace, info.id) if info is not None else []
    return ExitsContent(
        year=year,
        zone=zone,
        today=today,
        enterprises=latest.enterprises if latest is not None else 0,
        zones=tuple(operations.zones(workspace)),
        opening=opening,
        cases=tuple(cases),
        steps={number: tuple(mine) for number, mine in steps.items()},
        figures=operations.case_figures(workspace, cases),
        due=tuple(operations.exit_due(workspace, today.isoformat(), SOON, zone=zone)),
        left=frozenset(case.id for case in left),
        freed=tuple(operations.freed(workspace, zone=zone)),
        assets=tuple(operations.assets(workspace, zone=zone)),
        rules=tuple(operations.asset_rules(workspace)),
        candidates=tuple(one for one in found if zone is None or one.zone == zone),
        condition=operations.upgrade_condition(workspace),
        effects=tuple(operations.effects(workspace)),
        entries=tuple(operations.effect_entries(workspace)),
        tariffs=tuple((tariff.id, tariff.title) for tariff in operations.tariffs(workspace)),
        ladder=known_ladder(workspace, ladder),
    )


def _opening(ws: Workspace, info: RunInfo) -> Opening:
    """Count who of the run still has no case, as opening them would."""
    from zoneeval.policy.schema import Treatment
    from zoneeval.report.order import data_rows, exit_letters, texts
    from zoneeval_db import operations

    run = operations.final_run(ws, info.id)
    state = operations.adjudication(ws, info.id)
    letters = tuple(exit_letters(run.policy))
    why_not = ""
    if not letters:
        why_not = f"办法“{run.policy.title}”没有规定退出转型的类别，不能按评价立案，可以逐项登记。"
    newest = operations.newest_codes(ws)
    there = operations.cases_of_run(ws, run)
    evaluation = run.evaluation
    status = texts(run.dataset, "operating_status", data_rows(evaluation, run.dataset))
    listed = waiting = stopped = 0
    for row in range(evaluation.size):
        code = str(evaluation.uscc[row] or "")
        if not code:
            continue
        has_case = newest.get(code, code) in there
        if evaluation.grade[row] in letters:
            listed += 1
            waiting += not has_case
        elif status[row] in ("停产", "半停产"):
            stopped += not has_case
    return Opening(
        info,
        state.status.label,
        state.is_locked,
        letters,
        listed,
        waiting,
        stopped,
        why_not,
        tuple(g.letter for g in run.policy.grades if g.treatment is Treatment.PRIORITY),
        tuple(g.letter for g in run.policy.grades if g.treatment is Treatment.ENCOURAGE),
    )
