"""The ledger of leaving and transformation as a monthly workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval_db.acting.exit_rows import case_figures, exit_cases, exit_steps
from zoneeval_db.acting.exit_steps import SOON

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace


def export_exit_ledger(
    ws: Workspace, out: Path, month: str, *, zone: str | None = None, soon: int = SOON
) -> list[Path]:
    """Write the ledger as it stood at the end of a month such as 2025-06."""
    from zoneeval.report.acting.exit_ledger import write_exit_ledger

    cases = exit_cases(ws, zone=zone)
    figures = case_figures(ws, cases)
    write_exit_ledger(out, month, cases, exit_steps(ws), figures, zone=zone, soon=soon)
    return [out]
