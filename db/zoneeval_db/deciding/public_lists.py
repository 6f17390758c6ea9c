"""The list for publicity and, apart from it, the confidential full list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.deciding.objections import objections
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating.exporting import run_header
from zoneeval_db.evaluating.runs import load_run, run_info

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace


def export_public_list(
    ws: Workspace, out: Path, run_id: int | None = None, more: Sequence[str] = ()
) -> list[Path]:
    """Write the list for publicity of a run (None: the newest), without confidential values.

    ``more`` may name ``rank`` and ``score`` to be shown besides the class.
    """
    from zoneeval.report.acting.publicity import PUBLIC_WORDS, write_public_list

    strange = [key for key in more if key not in PUBLIC_WORDS]
    if strange:
        known = "、".join(f"{key}（{words}）" for key, words in PUBLIC_WORDS.items())
        raise InputError(f"“{strange[0]}”不能列入公示表，可选：{known}。")
    run = final_run(ws, run_info(ws, run_id).id)
    shown = [key for key in PUBLIC_WORDS if key in more]
    header = run_header(ws, run.info)
    steps = adjudication(ws, run.info.id)
    write_public_list(out, header, run.policy, run.evaluation, steps, shown)
    return [out]


def export_full_list(ws: Workspace, out: Path, run_id: int | None = None) -> list[Path]:
    """Write every value of a run (None: the newest), its adjustments and objections."""
    from zoneeval.report.acting.full_list import write_full_list

    run = load_run(ws, run_id)
    write_full_list(
        out,
        run_header(ws, run.info),
        run.policy,
        run.evaluation,
        run.dataset,
        overrides(ws, run.info.id),
        objections(ws, run.info.id),
    )
    return [out]
