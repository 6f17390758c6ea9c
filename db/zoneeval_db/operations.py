"""Everything a user can do with a workspace, one function each.

The window and the command line call these and nothing else of this package.
Importing this module is cheap: tables, spreadsheets and rules are loaded when a
function needs them.
"""

from __future__ import annotations

import os

from zoneeval_db.datasets import (
    dataset_version,
    enterprise_data,
    latest_dataset,
    load_dataset,
    sources,
    years,
)
from zoneeval_db.demo import demo
from zoneeval_db.details import events, meters, parcels
from zoneeval_db.exporting import (
    export_classes,
    export_exit,
    export_pricing,
    export_results,
    export_stars,
    run_header,
)
from zoneeval_db.history import last_operations, undo, undoable
from zoneeval_db.importing import import_workbooks
from zoneeval_db.near_line import NearLine
from zoneeval_db.overview import Headline, Overview, overview
from zoneeval_db.runs import consecutive_years, evaluate, explain, load_run, newest_run, runs
from zoneeval_db.values import (
    DatasetVersion,
    DemoSummary,
    EnterpriseData,
    ImportOutcome,
    OperationInfo,
    RunCheck,
    RunInfo,
    RunResult,
    StarReport,
    StoredValue,
)
from zoneeval_db.verifying import verify
from zoneeval_db.workspace import Workspace
from zoneeval_db.zones import (
    enter_star,
    enter_zone_value,
    rate_zones,
    star_records,
    zone_indicators,
    zone_values,
    zones,
)


def create(path: str | os.PathLike[str]) -> Workspace:
    """Make a new workspace file and open it; never replaces a file."""
    return Workspace.create(path)


def open_workspace(path: str | os.PathLike[str], read_only: bool = False) -> Workspace:
    """Open a workspace file; raise WorkspaceError with a sentence where it cannot be."""
    return Workspace.open(path, read_only=read_only)


__all__ = [
    "DatasetVersion",
    "DemoSummary",
    "EnterpriseData",
    "Headline",
    "ImportOutcome",
    "NearLine",
    "OperationInfo",
    "Overview",
    "RunCheck",
    "RunInfo",
    "RunResult",
    "StarReport",
    "StoredValue",
    "Workspace",
    "consecutive_years",
    "create",
    "dataset_version",
    "demo",
    "enter_star",
    "enter_zone_value",
    "enterprise_data",
    "evaluate",
    "events",
    "explain",
    "export_classes",
    "export_exit",
    "export_pricing",
    "export_results",
    "export_stars",
    "import_workbooks",
    "last_operations",
    "latest_dataset",
    "load_dataset",
    "load_run",
    "meters",
    "newest_run",
    "open_workspace",
    "overview",
    "parcels",
    "rate_zones",
    "run_header",
    "runs",
    "sources",
    "star_records",
    "undo",
    "undoable",
    "verify",
    "years",
    "zone_indicators",
    "zone_values",
    "zones",
]
