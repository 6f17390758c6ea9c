"""What can be handed out from the run in force, and how many rows each list will have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.ladder_choice import known_ladder

if TYPE_CHECKING:
    from zoneeval.model.utility_list import IssuedList
    from zoneeval_db.operations import DraftList
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult
    from zoneeval_ui.pages.lists.tariff_choice import TariffText


@dataclass(frozen=True, slots=True)
class ExitRow:
    """One enterprise of a class that is to leave or transform."""

    uscc: str
    name: str
    zone: str
    grade: str
    composite: float
    rank: float
    drags: str
    years: int | None


@dataclass(frozen=True, eq=False)
class ListsContent:
    """The run in force for the context and its lists; ``info`` None where there is no run.

    The lists hold every zone of the run, like the workbooks.  ``ladder_title`` is that
    of the chosen star ladder; ``tariff`` is the chosen one of ``tariffs``.
    ``drafts`` are what would be issued now, ``issued`` every list sent, the newest first.
    """

    year: int | None
    zone: str | None
    enterprises: int
    info: RunInfo | None = None
    rank_only_reason: str = ""
    listed: int = 0
    graded: int = 0
    grade_counts: Mapping[str, int] = field(default_factory=dict)
    exit_letters: tuple[str, ...] = ()
    exits: tuple[ExitRow, ...] = ()
    surcharge_letters: tuple[str, ...] = ()
    tariffs: tuple[TariffText, ...] = ()
    tariff: TariffText | None = None
    drafts: Mapping[str, DraftList] = field(default_factory=dict)
    issued: tuple[IssuedList, ...] = ()
    rate_pending: bool = True
    tariff_reason: str = ""
    policy_illustrative: bool = False
    ladder_id: str = ""
    ladder_title: str = ""
    ladder_illustrative: bool = False
    zones_rated: int = 0
    is_stale: bool = False
    is_published: bool = False
    status: str = ""


def read_lists(
    workspace: Workspace,
    year: int | None,
    zone: str | None,
    policy_id: str,
    ladder_id: str,
    tariff_ref: str,
) -> ListsContent:
    """Return the lists of the run in force, or of the policy's newest that covers the zone.

    A published run is in force whatever policy is looked at.
    """
    from zoneeval_db import operations
    from zoneeval_ui.pages.lists.tariff_choice import known_tariff, read_tariffs

    tariffs = read_tariffs(workspace)
    chosen = known_tariff(tariffs, tariff_ref)
    assert chosen.tariff is not None
    tariff = chosen.tariff
    latest = operations.latest_dataset(workspace, year) if year is not None else None
    if year is None or latest is None:
        return ListsContent(year, zone, 0, tariffs=tuple(tariffs), tariff=chosen)
    info = _run_of(workspace, year, zone, policy_id)
    if info is None:
        return ListsContent(year, zone, latest.enterprises, tariffs=tuple(tariffs), tariff=chosen)
    run = operations.final_run(workspace, info.id)
    steps = operations.adjudication(workspace, info.id)
    years = operations.consecutive_years(workspace, info.id)
    drafts = operations.draft_lists(workspace, chosen.ref, info.id)
    ladder_id = known_ladder(workspace, ladder_id)
    stars = operations.rate_zones(workspace, year, ladder_id)
    grades, exits = run.policy.grades, _exit_letters(run)
    return ListsContent(
        year,
        zone,
        latest.enterprises,
        info=info,
        rank_only_reason=_rank_only(run),
        listed=run.evaluation.size,
        graded=sum(grade is not None for grade in run.evaluation.grade),
        grade_counts=run.evaluation.counts(),
        exit_letters=exits,
        exits=_exits(run, exits, years),
        surcharge_letters=tuple(grade.letter for grade in grades if grade.surcharge),
        tariffs=tuple(tariffs),
        tariff=chosen,
        drafts=drafts,
        issued=tuple(one for one in operations.issued_lists(workspace) if one.zone == info.zone),
        rate_pending=not tariff.rates,
        tariff_reason=tariff.empty_reason,
        policy_illustrative=run.policy.has_illustrative,
        ladder_id=ladder_id,
        ladder_title=stars.ladder.title,
        ladder_illustrative=stars.ladder.status == "illustrative",
        zones_rated=len(stars.standings),
        is_stale=info.dataset_id != latest.id and not steps.is_locked,
        is_published=steps.is_locked,
        status=steps.status.label,
    )


def _run_of(ws: Workspace, year: int, zone: str | None, policy_id: str) -> RunInfo | None:
    from zoneeval_db import operations

    info = operations.published_run(ws, year, zone)
    if info is None or info.policy_id == policy_id:
        return info
    if operations.adjudication(ws, info.id).is_locked:
        return info
    return operations.newest_run(ws, year, zone, policy_id)


def _rank_only(run: RunResult) -> str:
    reasons = [
        track.grading.reason for track in run.policy.tracks if track.grading.kind == "rank_only"
    ]
    return reasons[0] if reasons and len(reasons) == len(run.policy.tracks) else ""


def _exit_letters(run: RunResult) -> tuple[str, ...]:
    from zoneeval.policy.schema import Treatment

    return tuple(g.letter for g in run.policy.grades if g.treatment is Treatment.EXIT)


def _exits(
    run: RunResult, letters: tuple[str, ...], years: Mapping[str, int]
) -> tuple[ExitRow, ...]:
    from zoneeval.engine import dragging

    evaluation = run.evaluation
    labels = {info.key: info.label for info in evaluation.indicators}
    rows = [
        ExitRow(
            uscc=evaluation.uscc[row] or "",
            name=str(evaluation.name[row] or evaluation.uscc[row] or ""),
            zone=evaluation.zone[row] or "",
            grade=evaluation.grade[row],
            composite=float(evaluation.composite[row]),
            rank=float(evaluation.rank[row]),
            drags="、".join(labels[key] for key in dragging(evaluation, row)[:3]),
            years=years.get(evaluation.uscc[row] or ""),
        )
        for row in range(evaluation.size)
        if evaluation.grade[row] in letters
        and evaluation.participation[row] == Participation.EVALUATED
    ]
    return tuple(sorted(rows, key=lambda row: (row.zone, row.rank, row.uscc)))
