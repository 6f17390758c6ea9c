"""Runs and stars into workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_db.data.details import meters
from zoneeval_db.deciding.final_grades import final_run, list_run
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating.runs import consecutive_years, load_run
from zoneeval_db.values import RunInfo, RunResult
from zoneeval_db.zones.records import rate_zones
from zoneeval_db.zones.star_history import star_histories, zone_rewards
from zoneeval_db.zones.targets import target_progress

if TYPE_CHECKING:
    from zoneeval.model.records import Meter
    from zoneeval.report import RunHeader
    from zoneeval_db.storage.workspace import Workspace


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
    """Write the results workbook of a run (None: the one that lists are made from)."""
    from zoneeval.report import write_results

    run = load_run(ws, list_run(ws, run_id).id)
    header, by_hand = run_header(ws, run.info), overrides(ws, run.info.id)
    write_results(out, header, run.policy, run.evaluation, run.dataset, by_hand)
    return [out]


def export_classes(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the class lists for publicity, without confidential values."""
    from zoneeval.report import write_classes

    run = final_run(ws, run_id)
    write_classes(out, run_header(ws, run.info), run.policy, run.evaluation, run.dataset)
    return [out]


def export_exit(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write the list of enterprises that are to leave or transform."""
    from zoneeval.report import write_exit_list

    run = final_run(ws, run_id)
    write_exit_list(
        out,
        run_header(ws, run.info),
        run.policy,
        run.evaluation,
        run.dataset,
        consecutive_years(ws, run.info.id),
    )
    return [out]


def run_meters(ws: Workspace, run: RunResult) -> list[Meter]:
    """Return the utility accounts of a run's data, under the codes that it has read."""
    now = {step.old: step.new for step in run.evaluation.inputs.merging.successors}
    found = meters(ws, run.info.dataset_id)
    return [replace(m, uscc=now[m.uscc]) if m.uscc in now else m for m in found]


def target_files(out: Path, utilities: Sequence[str]) -> dict[str, Path]:
    """Return the file of each utility's list in a folder, which is made; or raise InputError."""
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
    write_stars(
        out,
        year,
        report.ladder,
        report.standings,
        report.figures,
        report.warnings,
        progress=target_progress(ws, year),
        histories=star_histories(ws),
        rewards=zone_rewards(ws, year),
    )
    return [out]
