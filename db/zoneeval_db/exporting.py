"""Runs and stars into workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_db.details import meters
from zoneeval_db.runs import consecutive_years, load_run
from zoneeval_db.values import RunInfo, RunResult
from zoneeval_db.zones import rate_zones

if TYPE_CHECKING:
    from zoneeval.model.records import Meter
    from zoneeval.report import RunHeader
    from zoneeval_db.workspace import Workspace


def run_header(ws: Workspace, info: RunInfo) -> RunHeader:
    """Return what a workbook says about the run it shows."""
    from zoneeval.report import RunHeader

    return RunHeader(
        run_id=info.id,
        year=info.year,
        zones=info.zones,
        dataset_version=info.dataset_version,
        dataset_fingerprint=info.dataset_fingerprint,
        created_at=info.created_at,
        engine_version=info.engine_version,
        workspace=ws.path.name,
    )


def export_results(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the results workbook of a run (None: the newest)."""
    from zoneeval.report import write_results

    run = load_run(ws, run_id)
    write_results(out, run_header(ws, run.info), run.policy, run.evaluation, run.dataset)
    return [out]


def export_classes(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the class lists for publicity, without confidential values."""
    from zoneeval.report import write_classes

    run = load_run(ws, run_id)
    write_classes(out, run_header(ws, run.info), run.policy, run.evaluation, run.dataset)
    return [out]


def export_exit(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the list of enterprises that are to leave or transform."""
    from zoneeval.report import write_exit_list

    run = load_run(ws, run_id)
    write_exit_list(
        out,
        run_header(ws, run.info),
        run.policy,
        run.evaluation,
        run.dataset,
        consecutive_years(ws, run.info.id),
    )
    return [out]


def export_pricing(
    ws: Workspace,
    out: Path,
    run_id: int | None = None,
    utility: str | None = None,
    tariff_ref: str | Path = "henan",
) -> list[Path]:
    """Write the price list of one utility to ``out``, or of each into the folder ``out``.

    Raises InputError for a utility that the tariff does not name.
    """
    from zoneeval.engine import price_accounts
    from zoneeval.policy.loader import load_tariff
    from zoneeval.report import write_pricing

    run = load_run(ws, run_id)
    tariff = load_tariff(tariff_ref)
    if utility is not None and utility not in tariff.utilities:
        raise InputError(
            f"价格表“{tariff.title}”中没有“{utility}”。可选：{'、'.join(tariff.utilities)}。"
        )
    targets = {utility: out} if utility is not None else _folder(out, tariff.utilities)
    accounts = run_meters(ws, run)
    years = consecutive_years(ws, run.info.id)
    header = run_header(ws, run.info)
    for name, target in targets.items():
        mine = [meter for meter in accounts if meter.utility == name]
        rows = price_accounts(run.policy, run.evaluation, tariff, name, mine, years)
        write_pricing(target, header, run.policy, tariff, name, rows)
    return list(targets.values())


def run_meters(ws: Workspace, run: RunResult) -> list[Meter]:
    """Return the utility accounts of a run's data, under the codes that it has read."""
    now = {step.old: step.new for step in run.evaluation.inputs.merging.successors}
    found = meters(ws, run.info.dataset_id)
    return [replace(m, uscc=now[m.uscc]) if m.uscc in now else m for m in found]


def _folder(out: Path, utilities: Sequence[str]) -> dict[str, Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{out}”。请换一个位置，或检查写入权限；"
            "只导出一家单位的名单时请指明单位，如“供电”。"
        ) from error
    return {name: out / f"差别化价格名单（{name}）.xlsx" for name in utilities}


def export_stars(ws: Workspace, out: Path, year: int, ladder_ref: str | Path) -> list[Path]:
    """Write the star standing of every zone of a year."""
    from zoneeval.report import write_stars

    report = rate_zones(ws, year, ladder_ref)
    write_stars(out, year, report.ladder, report.standings, report.figures, report.warnings)
    return [out]
