"""What a tariff means for the enterprises of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.workdays import iso_date
from zoneeval_db.acting.other_surcharges import other_surcharges
from zoneeval_db.acting.tariffs import class_years, find_tariff
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.evaluating.exporting import run_header, run_meters

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.estimate import Estimate, EstimateComparison
    from zoneeval.model.pricing import OtherSurcharge, PricedAccount
    from zoneeval.policy.tariff import Tariff
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult


def estimate_measures(
    ws: Workspace, tariff_ref: str | Path, run_id: int | None = None, on: str | None = None
) -> Estimate:
    """Return what a tariff comes to in a year, for a run (None: the one that lists are made from).

    ``on`` is the day (ISO) whose rates and other surcharges count.
    Raises PolicyError where there is no such tariff, InputError where there is no such run.
    """
    return _estimate(ws, find_tariff(ws, tariff_ref), final_run(ws, run_id), _day(on))


def try_measures(ws: Workspace, text: str, run_id: int | None = None) -> Estimate:
    """Return what the text of a tariff comes to before it is saved.

    Raises PolicyError where the text has faults, InputError where there is no such run.
    """
    from zoneeval.policy.loader import parse_tariff

    return _estimate(ws, parse_tariff(text), final_run(ws, run_id), "")


def compare_measures(
    ws: Workspace,
    before_ref: str | Path,
    after_ref: str | Path,
    run_id: int | None = None,
    on: str | None = None,
) -> EstimateComparison:
    """Return how two tariffs differ for a run.

    Raises InputError where one of them holds no rate: nothing published is not 0.
    """
    from zoneeval.engine.acting.estimate import compare_estimates

    both = [find_tariff(ws, ref) for ref in (before_ref, after_ref)]
    for tariff in both:
        if not tariff.rates:
            reason = tariff.empty_reason or "表中没有数值。"
            raise InputError(f"价格表“{tariff.title}”没有标准，不能比较：{reason}")
    run, day = final_run(ws, run_id), _day(on)
    one, other = (_estimate(ws, tariff, run, day) for tariff in both)
    return compare_estimates(one, other)


def export_estimate(
    ws: Workspace,
    out: Path,
    tariff_ref: str | Path,
    run_id: int | None = None,
    on: str | None = None,
) -> list[Path]:
    """Write the estimate of a tariff as a workbook."""
    from zoneeval.report.acting.estimate import write_estimate

    tariff, run = find_tariff(ws, tariff_ref), final_run(ws, run_id)
    found = _estimate(ws, tariff, run, _day(on))
    write_estimate(out, run_header(ws, run.info), run.policy, tariff, found)
    return [out]


def price_lists(
    ws: Workspace,
    run: RunResult,
    tariff: Tariff,
    utilities: Iterable[str],
    on: str | None = None,
) -> dict[str, list[PricedAccount]]:
    """Return the price list of each utility, one line per account, for a run's final classes.

    What an enterprise pays already, exemptions and the tariff's way of counting years are
    taken into account; ``on`` as for :func:`estimate_measures`.
    """
    from zoneeval.engine import price_accounts
    from zoneeval.engine.acting.estimate import exemptions

    accounts, others = run_meters(ws, run), others_of(ws, run)
    years = class_years(ws, run.info.id, tariff)
    exempt, _ = exemptions(tariff, used_by(run))
    return {
        utility: price_accounts(
            run.policy,
            run.evaluation,
            tariff,
            utility,
            accounts,
            years,
            others=others,
            exempt=exempt,
            on=_day(on),
        )
        for utility in utilities
    }


def _estimate(ws: Workspace, tariff: Tariff, run: RunResult, on: str) -> Estimate:
    from zoneeval.engine.acting.estimate import estimate

    return estimate(
        tariff,
        run.policy,
        run.evaluation,
        used_by(run),
        class_years(ws, run.info.id, tariff),
        meters=run_meters(ws, run),
        others=others_of(ws, run),
        on=on,
    )


def others_of(ws: Workspace, run: RunResult) -> list[OtherSurcharge]:
    """Return the other surcharges under the codes that a run has read."""
    now = {step.old: step.new for step in run.evaluation.inputs.merging.successors}
    return [replace(o, uscc=now.get(o.uscc, o.uscc)) for o in other_surcharges(ws)]


def used_by(run: RunResult) -> Dataset:
    """Return what the enterprises of a run use, under the codes that it has read."""
    from zoneeval.engine.merging import recoded

    merging = run.evaluation.inputs.merging
    return run.dataset if merging.is_empty else recoded(run.dataset, merging)


def _day(on: str | None) -> str:
    return str(iso_date(on, "执行日期")) if on else ""
