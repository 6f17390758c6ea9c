"""What the evaluation page shows, read from the workspace in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from zoneeval.model.evaluation import Participation

if TYPE_CHECKING:
    from zoneeval.model.adjudication import GradeOverride
    from zoneeval.model.evaluation import Evaluation
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult

NEAR_PLACES = 2
LEFT_OUT = (Participation.TRANSITIONAL, Participation.IMPROVEMENT, Participation.EXEMPT)


@dataclass(frozen=True, eq=False)
class EvaluationContent:
    """The newest run for the context, or why there is none.

    ``rows`` are the run's rows that belong to the context's zone; all other arrays are
    in the order of ``rows``.  ``near`` marks those within two places of a class line.
    ``final`` are the classes that count: those of the rules, or by hand where ``by_hand``
    has the credit code.
    """

    year: int | None
    zone: str | None
    policy_id: str
    enterprises: int
    has_illustrative: bool
    run: RunResult | None = None
    run_count: int = 0
    is_stale: bool = False
    policy_changed: bool = False
    rows: tuple[int, ...] = ()
    industry: tuple[str | None, ...] = ()
    near: npt.NDArray[np.bool_] | None = None
    earlier: tuple[str | None, ...] = ()
    changed: npt.NDArray[np.bool_] | None = None
    earlier_year: int | None = None
    rank_only_reason: str = ""
    final: tuple[str | None, ...] = ()
    by_hand: Mapping[str, GradeOverride] = field(default_factory=dict)

    @property
    def info(self) -> RunInfo | None:
        """Return what is known of the run, if there is one."""
        return self.run.info if self.run else None


def read_evaluation(
    workspace: Workspace, year: int | None, zone: str | None, policy_id: str
) -> EvaluationContent:
    """Return the newest run of a year and policy that covers a zone (None: all zones)."""
    from zoneeval_db import operations

    policy = operations.find_policy(workspace, policy_id)
    latest = operations.latest_dataset(workspace, year) if year is not None else None
    if year is None or latest is None:
        return EvaluationContent(year, zone, policy_id, 0, policy.has_illustrative)
    info = operations.newest_run(workspace, year, zone, policy_id)
    if info is None:
        return EvaluationContent(year, zone, policy_id, latest.enterprises, policy.has_illustrative)
    run = operations.load_run(workspace, info.id)
    evaluation = run.evaluation
    rows = _listed(evaluation, zone)
    before = operations.published_run(workspace, year - 1, zone)
    if before is None or before.policy_id != policy_id:
        before = operations.newest_run(workspace, year - 1, zone, policy_id)
    previous = operations.final_evaluation(workspace, before.id) if before else None
    earlier = _earlier(previous, run, rows)
    by_hand = {made.uscc: made for made in operations.overrides(workspace, info.id)}
    held = operations.final_evaluation(workspace, info.id).grade[list(rows)].tolist()
    changed = [bool(o and n and o != n) for o, n in zip(earlier, held, strict=True)]
    codes = dict(zip(run.dataset.text("uscc"), run.dataset.text("industry_code"), strict=True))
    return EvaluationContent(
        year,
        zone,
        policy_id,
        latest.enterprises,
        run.policy.has_illustrative,
        run=run,
        run_count=len(operations.runs(workspace, year)),
        is_stale=info.dataset_id != latest.id,
        policy_changed=info.policy_fingerprint != policy.fingerprint,
        rows=rows,
        industry=tuple(codes.get(evaluation.uscc[i]) for i in rows),
        near=near_lines(evaluation)[list(rows)] if rows else np.zeros(0, dtype=bool),
        earlier=earlier,
        changed=np.array(changed, dtype=bool),
        earlier_year=before.year if before else None,
        rank_only_reason=_rank_only(run),
        final=tuple(held),
        by_hand=by_hand,
    )


def _listed(evaluation: Evaluation, zone: str | None) -> tuple[int, ...]:
    """Return the rows of a zone by place in their group, those without a place last."""
    rows = [i for i in range(evaluation.size) if zone is None or evaluation.zone[i] == zone]

    def key(row: int) -> tuple[bool, str, str, float, str]:
        place = float(evaluation.position[row])
        outside = bool(np.isnan(place))
        return (
            outside,
            evaluation.zone[row] or "",
            evaluation.track[row] or "",
            0.0 if outside else place,
            evaluation.uscc[row] or "",
        )

    return tuple(sorted(rows, key=key))


def _earlier(
    previous: Evaluation | None, run: RunResult, rows: tuple[int, ...]
) -> tuple[str | None, ...]:
    if previous is None:
        return (None,) * len(rows)
    held = dict(zip(previous.uscc, previous.grade, strict=True))
    return tuple(held.get(run.evaluation.uscc[i]) for i in rows)


def _rank_only(run: RunResult) -> str:
    """Return why the policy gives no classes, "" where a track gives them."""
    reasons = [
        track.grading.reason for track in run.policy.tracks if track.grading.kind == "rank_only"
    ]
    return reasons[0] if reasons and len(reasons) == len(run.policy.tracks) else ""


def near_lines(evaluation: Evaluation) -> npt.NDArray[np.bool_]:
    """Return which rows stand within two places of a line between classes.

    Where the policy selects in two stages, the places are those of the second
    ordering inside the half that the class is taken from.
    """
    near = np.zeros(evaluation.size, dtype=bool)
    for group in evaluation.groups:
        members = (evaluation.track == group.track) & (evaluation.group == group.group)
        staged = members & ~np.isnan(evaluation.stage_rank)
        taken = 0
        for quota in group.quotas:
            taken += quota.taken
            if staged.any():
                mine = staged & (evaluation.computed_grade == quota.grade)
                half = evaluation.gate[mine][0] if mine.any() else None
                near |= _around(
                    staged & (evaluation.gate == half), evaluation.stage_rank, quota.taken
                )
            elif taken < group.size:
                near |= _around(members, evaluation.position, taken)
    return near


def _around(
    members: npt.NDArray[np.bool_], places: npt.NDArray[np.float64], cut: int
) -> npt.NDArray[np.bool_]:
    close = (places > cut - NEAR_PLACES) & (places <= cut + NEAR_PLACES)
    return np.asarray(members & close & (cut > 0), dtype=bool)
