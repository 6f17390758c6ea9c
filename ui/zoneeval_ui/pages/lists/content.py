"""What can be exported from the newest run, and how many rows each list will have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zoneeval.model.evaluation import Participation
from zoneeval_ui.pages.ladder_choice import known_ladder

if TYPE_CHECKING:
    from zoneeval.model.pricing import PricedAccount
    from zoneeval_db.values import RunInfo, RunResult
    from zoneeval_db.workspace import Workspace

TARIFF = "henan"


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
    """The newest run for the context and its lists; ``info`` None where there is no run.

    The lists hold every zone of the run, like the workbooks.  ``ladder_title`` is that
    of the chosen star ladder.
    """

    year: int | None
    zone: str | None
    enterprises: int
    info: RunInfo | None = None
    rank_only_reason: str = ""
    listed: int = 0
    graded: int = 0
    exit_letters: tuple[str, ...] = ()
    exits: tuple[ExitRow, ...] = ()
    surcharge_letters: tuple[str, ...] = ()
    prices: Mapping[str, tuple[PricedAccount, ...]] = field(default_factory=dict)
    rate_pending: bool = True
    tariff_title: str = ""
    tariff_reason: str = ""
    policy_illustrative: bool = False
    ladder_id: str = ""
    ladder_title: str = ""
    ladder_illustrative: bool = False
    zones_rated: int = 0
    is_stale: bool = False


def read_lists(
    workspace: Workspace, year: int | None, zone: str | None, policy_id: str, ladder_id: str
) -> ListsContent:
    """Return the lists of the newest run of a year and policy that covers the zone."""
    from zoneeval.engine import price_accounts
    from zoneeval.policy.loader import load_tariff
    from zoneeval_db import operations

    latest = operations.latest_dataset(workspace, year) if year is not None else None
    if year is None or latest is None:
        return ListsContent(year, zone, 0)
    info = operations.newest_run(workspace, year, zone, policy_id)
    if info is None:
        return ListsContent(year, zone, latest.enterprises)
    run = operations.load_run(workspace, info.id)
    years = operations.consecutive_years(workspace, info.id)
    tariff = load_tariff(TARIFF)
    meters = operations.run_meters(workspace, run)
    prices = {
        utility: tuple(
            price_accounts(
                run.policy,
                run.evaluation,
                tariff,
                utility,
                [meter for meter in meters if meter.utility == utility],
                years,
            )
        )
        for utility in tariff.utilities
    }
    ladder_id = known_ladder(ladder_id)
    stars = operations.rate_zones(workspace, year, ladder_id)
    grades, exits = run.policy.grades, _exit_letters(run)
    return ListsContent(
        year,
        zone,
        latest.enterprises,
        info=info,
        rank_only_reason=_rank_only(run),
        listed=run.evaluation.size,
        graded=sum(info.counts.values()),
        exit_letters=exits,
        exits=_exits(run, exits, years),
        surcharge_letters=tuple(grade.letter for grade in grades if grade.surcharge),
        prices=prices,
        rate_pending=not tariff.rates,
        tariff_title=tariff.title,
        tariff_reason=tariff.empty_reason,
        policy_illustrative=run.policy.has_illustrative,
        ladder_id=ladder_id,
        ladder_title=stars.ladder.title,
        ladder_illustrative=stars.ladder.status == "illustrative",
        zones_rated=len(stars.standings),
        is_stale=info.dataset_id != latest.id,
    )


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
