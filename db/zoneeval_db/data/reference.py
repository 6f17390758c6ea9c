"""What a workspace knows that an import is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.progress import Progress, silent, span
from zoneeval_db.data.datasets import latest_dataset, load_dataset
from zoneeval_db.storage.settings import thresholds
from zoneeval_db.zones.figures import zone_values
from zoneeval_db.zones.records import zones

if TYPE_CHECKING:
    from zoneeval.intake.checks import Reference
    from zoneeval_db.storage.workspace import Workspace


def reference_of(ws: Workspace, year: int, progress: Progress = silent) -> Reference:
    """Return the stored data of the year, of those beside it, and the official figures."""
    from zoneeval.intake.checks import Reference

    datasets = {}
    for done, beside in enumerate((year - 2, year - 1, year)):
        version = latest_dataset(ws, beside)
        if version is not None:
            datasets[beside] = load_dataset(
                ws, version.id, progress=span(progress, done / 3, (done + 1) / 3)
            )
    figures = [v for beside in (year - 1, year) for v in zone_values(ws, beside)]
    return Reference(datasets, tuple(figures), tuple(zones(ws)), thresholds(ws))
