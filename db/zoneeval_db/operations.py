"""Everything a user can do with a workspace, one function each.

The window and the command line call these and nothing else of this package.
Importing this module is cheap: tables, spreadsheets and rules are loaded when a
function needs them.
"""

from __future__ import annotations

import os

from zoneeval_db.aliases import Alias, aliases, forget_alias, remember_alias
from zoneeval_db.answers import (
    ComparedRuns,
    choose_counterpart,
    compare_runs,
    discard_scenario,
    distance_in,
    distance_of,
    export_comparison,
    prepare_run,
    robustness,
    run_data,
    save_scenario,
    scenario,
    scenarios,
    whatif,
)
from zoneeval_db.backup import last_backup
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
from zoneeval_db.drafts import (
    DraftInfo,
    DraftOrder,
    delete_draft,
    drafts,
    load_draft,
    save_draft,
)
from zoneeval_db.exporting import (
    export_classes,
    export_exit,
    export_pricing,
    export_results,
    export_stars,
    run_header,
    run_meters,
)
from zoneeval_db.factors import choose_energy_basis, energy_factors, enter_energy_factor
from zoneeval_db.giving import (
    dossiers,
    export_confirm,
    export_land,
    export_letters,
    export_participants,
    letter_departments,
    template_departments,
    write_template,
    write_templates,
)
from zoneeval_db.history import last_operations, undo, undoable
from zoneeval_db.importing import import_workbooks
from zoneeval_db.mappings import (
    export_mappings,
    forget_mapping,
    import_mappings,
    inspect_workbooks,
    remember_layouts,
    remember_mapping,
    remembered_mappings,
)
from zoneeval_db.merged import MarkedGroup, mark_merged, merged_groups, unmark_merged
from zoneeval_db.near_line import NearLine
from zoneeval_db.notices import export_notice, export_notices, notice, notice_name
from zoneeval_db.overview import Headline, Overview, overview
from zoneeval_db.participation import participation_decisions, set_participation
from zoneeval_db.policies import (
    OwnPolicy,
    PolicyVersion,
    delete_policy,
    find_policy,
    own_policies,
    policies,
    policy_version,
    save_policy,
)
from zoneeval_db.problems import export_problems
from zoneeval_db.repairing import repairs_of
from zoneeval_db.runs import (
    consecutive_years,
    evaluate,
    explain,
    explained_by,
    load_run,
    newest_run,
    runs,
)
from zoneeval_db.settings import set_thresholds, thresholds
from zoneeval_db.successions import (
    newest_codes,
    record_succession,
    remove_succession,
    successions,
)
from zoneeval_db.trying import PolicyBasis, policy_basis, policy_effect
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
    "Alias",
    "ComparedRuns",
    "DatasetVersion",
    "DemoSummary",
    "DraftInfo",
    "DraftOrder",
    "EnterpriseData",
    "Headline",
    "ImportOutcome",
    "MarkedGroup",
    "NearLine",
    "OperationInfo",
    "Overview",
    "OwnPolicy",
    "PolicyBasis",
    "PolicyVersion",
    "RunCheck",
    "RunInfo",
    "RunResult",
    "StarReport",
    "StoredValue",
    "Workspace",
    "aliases",
    "choose_counterpart",
    "choose_energy_basis",
    "compare_runs",
    "consecutive_years",
    "create",
    "dataset_version",
    "delete_draft",
    "delete_policy",
    "demo",
    "discard_scenario",
    "distance_in",
    "distance_of",
    "dossiers",
    "drafts",
    "energy_factors",
    "enter_energy_factor",
    "enter_star",
    "enter_zone_value",
    "enterprise_data",
    "evaluate",
    "events",
    "explain",
    "explained_by",
    "export_classes",
    "export_comparison",
    "export_confirm",
    "export_exit",
    "export_land",
    "export_letters",
    "export_mappings",
    "export_notice",
    "export_notices",
    "export_participants",
    "export_pricing",
    "export_problems",
    "export_results",
    "export_stars",
    "find_policy",
    "forget_alias",
    "forget_mapping",
    "import_mappings",
    "import_workbooks",
    "inspect_workbooks",
    "last_backup",
    "last_operations",
    "latest_dataset",
    "letter_departments",
    "load_dataset",
    "load_draft",
    "load_run",
    "mark_merged",
    "merged_groups",
    "meters",
    "newest_codes",
    "newest_run",
    "notice",
    "notice_name",
    "open_workspace",
    "overview",
    "own_policies",
    "parcels",
    "participation_decisions",
    "policies",
    "policy_basis",
    "policy_effect",
    "policy_version",
    "prepare_run",
    "rate_zones",
    "record_succession",
    "remember_alias",
    "remember_layouts",
    "remember_mapping",
    "remembered_mappings",
    "remove_succession",
    "repairs_of",
    "robustness",
    "run_data",
    "run_header",
    "run_meters",
    "runs",
    "save_draft",
    "save_policy",
    "save_scenario",
    "scenario",
    "scenarios",
    "set_participation",
    "set_thresholds",
    "sources",
    "star_records",
    "successions",
    "template_departments",
    "thresholds",
    "undo",
    "undoable",
    "unmark_merged",
    "verify",
    "whatif",
    "write_template",
    "write_templates",
    "years",
    "zone_indicators",
    "zone_values",
    "zones",
]
