"""What 公示调整 shows, read from the workspace in the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.adjudication import RunStatus
from zoneeval.model.evaluation import Participation
from zoneeval.workdays import WorkCalendar

if TYPE_CHECKING:
    from zoneeval.model.adjudication import GradeOverride, Objection
    from zoneeval.model.evaluation import Evaluation
    from zoneeval_db.operations import RunResult, RunState
    from zoneeval_db.storage.workspace import Workspace

translate = QCoreApplication.translate
Grades = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """An enterprise that has another class than before, and why."""

    uscc: str
    name: str
    zone: str
    before: str | None
    after: str | None
    cause: str = ""


@dataclass(frozen=True, eq=False)
class AdjudicationContent:
    """One run of the year and what was decided about it; ``state`` None where there is none.

    ``rows`` are the run's rows in the chosen zone, ``final`` the classes that count by
    credit code.  ``moved`` says by the number of an accepted objection who changed class.
    """

    year: int | None
    zone: str | None
    enterprises: int
    states: tuple[RunState, ...] = ()
    state: RunState | None = None
    run: RunResult | None = None
    rows: tuple[int, ...] = ()
    final: Grades = field(default_factory=dict)
    objections: tuple[Objection, ...] = ()
    overrides: Mapping[str, GradeOverride] = field(default_factory=dict)
    changes: tuple[Moved, ...] = ()
    moved: Mapping[int, tuple[Moved, ...]] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    days: int | None = None
    read_only: bool = False

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the classes that the policy knows."""
        return tuple(g.letter for g in self.run.policy.grades) if self.run else ()

    @property
    def changeable(self) -> bool:
        """Tell whether anything about the run can still be decided."""
        state = self.state
        return (
            state is not None
            and not self.read_only
            and not state.adjudication.is_locked
            and state.replaced_by is None
            and not state.info.withdrawn
        )

    @property
    def takes_objections(self) -> bool:
        """Tell whether objections are received and decided now."""
        open_now = (RunStatus.PUBLICITY, RunStatus.REVIEW)
        return (
            self.changeable
            and self.state is not None
            and self.state.adjudication.status in open_now
        )

    def row_of(self, uscc: str) -> int | None:
        """Return the run's row of an enterprise of the chosen zone."""
        row = self.run.evaluation.row_of(uscc) if self.run else None
        return row if row in self.rows else None

    def name_of(self, uscc: str) -> str:
        """Return an enterprise's name, or its code where the run does not know it."""
        row = self.run.evaluation.row_of(uscc) if self.run else None
        if row is None or self.run is None:
            return uscc
        return str(self.run.evaluation.name[row] or uscc)


def read_adjudication(
    workspace: Workspace,
    year: int | None,
    zone: str | None,
    policy_id: str | None,
    wanted: int | None = None,
) -> AdjudicationContent:
    """Return the run asked for, or the one that the year's work is about."""
    from zoneeval_db import operations

    latest = operations.latest_dataset(workspace, year) if year is not None else None
    enterprises = latest.enterprises if latest is not None else 0
    if year is None:
        return AdjudicationContent(year, zone, 0)
    states = states_of(workspace, year, zone)
    state = next((s for s in states if s.info.id == wanted), None)
    state = state or current_state(states, policy_id)
    if state is None:
        return AdjudicationContent(year, zone, enterprises)
    run = operations.load_run(workspace, state.info.id)
    evaluation = run.evaluation
    inside = [i for i in range(evaluation.size) if zone is None or evaluation.zone[i] == zone]
    codes = {evaluation.uscc[i] for i in inside}
    by_hand = {o.uscc: o for o in operations.overrides(workspace, run.info.id) if o.uscc in codes}
    every = tuple(operations.objections(workspace, run.info.id))
    grades = _Grades(workspace)
    final = grades.of(run.info.id)
    moved = {
        o.id: _moves(evaluation, codes, grades.of(o.run_id), grades.of(o.new_run_id, o.run_id))
        for o in every
        if o.new_run_id is not None
    }
    return AdjudicationContent(
        year,
        zone,
        enterprises,
        states=states,
        state=state,
        run=run,
        rows=tuple(sorted(inside, key=lambda i: _place(evaluation, i))),
        final=final,
        objections=tuple(o for o in every if o.uscc in codes),
        overrides=by_hand,
        changes=_changes(workspace, run, state, every, by_hand, moved, codes, final),
        moved=moved,
        calendar=operations.calendar(workspace),
        days=_last_days(workspace),
        read_only=workspace.read_only,
    )


def states_of(workspace: Workspace, year: int, zone: str | None) -> tuple[RunState, ...]:
    """Return the runs of a year that cover a zone, newest first, with their steps."""
    from zoneeval_db import operations

    return tuple(
        state
        for state in operations.run_states(workspace, year)
        if state.info.zone in (None, zone) and not state.info.withdrawn
    )


def current_state(states: Iterable[RunState], policy_id: str | None) -> RunState | None:
    """Return the run that the work is about: the newest one taken beyond the trial.

    Those that were replaced do not count; without any it is the newest run of the policy,
    else the newest.
    """
    here = [s for s in states if s.replaced_by is None and s.superseded_by is None]
    active = [
        s
        for s in here
        if s.adjudication.status is not RunStatus.TRIAL or s.adjudication.supersedes is not None
    ]
    same = [s for s in here if s.info.policy_id == policy_id]
    return next(iter(active or same or here), None)


class _Grades:
    """The classes of runs by credit code, each run read once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rules: dict[int, Grades] = {}

    def of(self, run_id: int | None, by_hand_of: int | None = None) -> Grades:
        """Return the classes that count; with those by hand of another run where given."""
        from zoneeval_db import operations

        if run_id is None:
            return {}
        if run_id not in self._rules:
            evaluation = operations.load_run(self._workspace, run_id).evaluation
            self._rules[run_id] = _by_code(evaluation)
        by_hand = operations.overrides(self._workspace, by_hand_of or run_id)
        return {**self._rules[run_id], **{made.uscc: made.grade for made in by_hand}}


def _by_code(evaluation: Evaluation) -> Grades:
    return {str(c): g for c, g in zip(evaluation.uscc, evaluation.grade, strict=True)}


def _place(evaluation: Evaluation, row: int) -> tuple[bool, str, float, str]:
    rank = float(evaluation.rank[row])
    outside = evaluation.participation[row] != Participation.EVALUATED or rank != rank
    zone, code = str(evaluation.zone[row] or ""), str(evaluation.uscc[row] or "")
    return (outside, zone, 0.0 if outside else rank, code)


def _moves(
    evaluation: Evaluation, codes: set[str | None], before: Grades, after: Grades
) -> tuple[Moved, ...]:
    out = []
    for row in range(evaluation.size):
        code = str(evaluation.uscc[row] or "")
        if code in codes and before.get(code) != after.get(code):
            name, zone = str(evaluation.name[row] or code), str(evaluation.zone[row] or "")
            out.append(Moved(code, name, zone, before.get(code), after.get(code)))
    return tuple(out)


def _changes(
    workspace: Workspace,
    run: RunResult,
    state: RunState,
    every: tuple[Objection, ...],
    by_hand: Mapping[str, GradeOverride],
    moved: Mapping[int, tuple[Moved, ...]],
    codes: set[str | None],
    final: Grades,
) -> tuple[Moved, ...]:
    """Return who has another class than the rules first gave, or than the published run."""
    from zoneeval_db import operations

    old = state.adjudication.supersedes
    if old is not None:
        base = _by_code(operations.final_evaluation(workspace, old))
    else:
        first = min([run.info.id, *(o.run_id for o in every if o.new_run_id is not None)])
        base = _by_code(operations.load_run(workspace, first).evaluation)
    out = []
    for made in _moves(run.evaluation, codes, base, final):
        causes = [
            translate("Adjudication", "第 {n} 号异议更正数据").format(n=number)
            for number, who in moved.items()
            if any(one.uscc == made.uscc for one in who)
        ]
        if made.uscc in by_hand:
            causes.append(translate("Adjudication", "人工调整"))
        if not causes and old is not None:
            causes = [translate("Adjudication", "重新评价（接替第 {n} 次）").format(n=old)]
        out.append(
            Moved(made.uscc, made.name, made.zone, made.before, made.after, "；".join(causes))
        )
    return tuple(out)


def _last_days(workspace: Workspace) -> int | None:
    """Return how long the newest publicity was, as what to offer for the next."""
    from zoneeval_db import operations

    every = operations.run_states(workspace)
    return next(
        (s.adjudication.publicity_days for s in every if s.adjudication.publicity_days), None
    )
