"""Everything a user can do with a workspace, one function each.

The window and the command line call these and nothing else of this package.
Importing this module is cheap: tables, spreadsheets and rules are loaded when a
function needs them.
"""

from __future__ import annotations

import os

from zoneeval_db.acting.asset_rules import (
    asset_rules,
    find_assets,
    record_found_assets,
    remove_asset_rule,
    set_asset_rule,
)
from zoneeval_db.acting.assets import (
    add_asset,
    asset,
    assets,
    dispose_asset,
    export_assets,
    remove_asset,
    update_asset,
)
from zoneeval_db.acting.candidates import (
    export_candidates,
    set_upgrade_condition,
    upgrade_candidates,
    upgrade_condition,
)
from zoneeval_db.acting.document_templates import (
    TemplateInfo,
    document_sender,
    document_template,
    document_templates,
    export_document_template,
    has_own_template,
    import_document_template,
    reset_document_template,
    set_document_sender,
)
from zoneeval_db.acting.documents import DocumentOrder, write_document
from zoneeval_db.acting.effects import (
    add_effect,
    effect_entries,
    effects,
    expected_effects,
    export_effects,
    import_effects,
    remove_effect,
)
from zoneeval_db.acting.exit_ledger import export_exit_ledger
from zoneeval_db.acting.exit_opening import OpenedCases, cases_of_run, left_cases, open_exit_cases
from zoneeval_db.acting.exit_rows import case_figures, exit_case, exit_cases, exit_steps
from zoneeval_db.acting.exit_steps import (
    add_exit_step,
    case_plan,
    exit_due,
    finish_exit_step,
    remove_exit_step,
)
from zoneeval_db.acting.exits import (
    add_exit_case,
    cancel_exit_case,
    close_exit_case,
    reopen_exit_case,
    update_exit_case,
)
from zoneeval_db.acting.freed import FreedWhatIf, freed, freed_changes, freed_what_if
from zoneeval_db.acting.issued_lists import (
    issued_list,
    issued_lists,
    last_issued,
    list_in_force,
    withdraw_list,
)
from zoneeval_db.acting.list_drafts import DraftList, draft_lists
from zoneeval_db.acting.measures import (
    compare_measures,
    estimate_measures,
    export_estimate,
    price_lists,
    try_measures,
)
from zoneeval_db.acting.other_surcharges import (
    add_other_surcharge,
    other_surcharges,
    remove_other_surcharge,
)
from zoneeval_db.acting.state import Acting
from zoneeval_db.acting.tariffs import (
    class_years,
    delete_tariff,
    find_tariff,
    own_tariffs,
    save_tariff,
    tariff_version,
    tariffs,
)
from zoneeval_db.acting.utility_feedback import (
    FeedbackImport,
    billed_by_class,
    compare_feedback,
    export_feedback,
    export_feedback_form,
    feedback_rows,
    import_feedback,
)
from zoneeval_db.acting.utility_lists import (
    compare_lists,
    export_list,
    export_pricing,
    issue_lists,
)
from zoneeval_db.data.aliases import Alias, aliases, forget_alias, remember_alias
from zoneeval_db.data.datasets import (
    dataset_version,
    enterprise_data,
    latest_dataset,
    load_dataset,
    sources,
    years,
)
from zoneeval_db.data.details import events, meters, parcels
from zoneeval_db.data.drafts import (
    DraftInfo,
    DraftOrder,
    delete_draft,
    drafts,
    load_draft,
    save_draft,
)
from zoneeval_db.data.factors import choose_energy_basis, energy_factors, enter_energy_factor
from zoneeval_db.data.giving import (
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
from zoneeval_db.data.importing import import_workbooks
from zoneeval_db.data.mappings import (
    export_mappings,
    forget_mapping,
    import_mappings,
    inspect_workbooks,
    remember_layouts,
    remember_mapping,
    remembered_mappings,
)
from zoneeval_db.data.merged import MarkedGroup, mark_merged, merged_groups, unmark_merged
from zoneeval_db.data.participation import participation_decisions, set_participation
from zoneeval_db.data.problems import export_problems
from zoneeval_db.data.repairing import repairs_of
from zoneeval_db.data.successions import (
    newest_codes,
    record_succession,
    remove_succession,
    successions,
)
from zoneeval_db.deciding.adjudication import (
    RunState,
    adjudication,
    publish_run,
    recognise_run,
    review_run,
    run_state,
    run_states,
    start_publicity,
    supersede,
)
from zoneeval_db.deciding.final_grades import final_evaluation, final_run, list_run, published_run
from zoneeval_db.deciding.holidays import (
    calendar,
    export_holidays,
    holidays,
    import_holidays,
    remove_holiday,
    set_holidays,
)
from zoneeval_db.deciding.objections import (
    ObjectionOutcome,
    add_objection,
    decide_objection,
    objection,
    objection_changes,
    objections,
    subject_words,
)
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.deciding.overriding import override_grade, remove_override
from zoneeval_db.deciding.public_lists import export_full_list, export_public_list
from zoneeval_db.demo import demo
from zoneeval_db.enterprise_years import enterprise_years, export_enterprise_years
from zoneeval_db.evaluating.answers import (
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
from zoneeval_db.evaluating.exporting import (
    export_classes,
    export_exit,
    export_results,
    export_stars,
    run_header,
    run_meters,
)
from zoneeval_db.evaluating.near_line import NearLine
from zoneeval_db.evaluating.notices import (
    export_notice,
    export_notices,
    notice,
    notice_name,
    notice_writer,
)
from zoneeval_db.evaluating.policies import (
    OwnPolicy,
    PolicyVersion,
    delete_policy,
    find_policy,
    own_policies,
    policies,
    policy_version,
    save_policy,
)
from zoneeval_db.evaluating.runs import (
    consecutive_years,
    evaluate,
    explain,
    explained_by,
    load_run,
    newest_run,
    runs,
)
from zoneeval_db.evaluating.trying import PolicyBasis, policy_basis, policy_effect
from zoneeval_db.evaluating.verifying import verify
from zoneeval_db.overview import Headline, Overview, overview
from zoneeval_db.storage.backup import last_backup
from zoneeval_db.storage.history import last_operations, undo, undo_barrier, undoable
from zoneeval_db.storage.rule_versions import OwnRules, RuleVersion
from zoneeval_db.storage.settings import set_thresholds, thresholds
from zoneeval_db.storage.workspace import Workspace
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
from zoneeval_db.zones.entry import enter_zone_value, remove_zone_value
from zoneeval_db.zones.figures import (
    choose_zone_value,
    official_zone_values,
    zone_choices,
    zone_history,
    zone_indicators,
    zone_periods,
    zone_table,
    zone_values,
)
from zoneeval_db.zones.gap import gap_report, zone_gap, zone_what_if
from zoneeval_db.zones.gap_entry import change_of, gap_settings, set_gap_settings, with_settings
from zoneeval_db.zones.ladder_trial import LadderEffect, ladder_effect
from zoneeval_db.zones.ladders import (
    Confirmation,
    confirm_ladder,
    confirmed_ladders,
    delete_ladder,
    find_ladder,
    ladder_version,
    ladders,
    own_ladders,
    save_ladder,
)
from zoneeval_db.zones.profiles import (
    add_zone_event,
    remove_zone_event,
    set_zone_profile,
    zone_event_counts,
    zone_events,
    zone_profiles,
)
from zoneeval_db.zones.records import enter_star, rate_zones, star_records, zones
from zoneeval_db.zones.reports import bulletin, export_bulletin, export_ledger, ledger
from zoneeval_db.zones.self_assessing import (
    expected_standings,
    export_self_assessment,
    keep_standing,
    self_assessment,
)
from zoneeval_db.zones.star_history import (
    remove_star,
    star_histories,
    star_history,
    star_targets,
    zone_rewards,
    zone_titles,
)
from zoneeval_db.zones.targets import (
    find_indicator,
    remove_target,
    set_target,
    target_indicators,
    target_progress,
    targets,
)


def create(path: str | os.PathLike[str]) -> Workspace:
    """Make a new workspace file and open it; never replaces a file."""
    return Workspace.create(path)


def open_workspace(path: str | os.PathLike[str], read_only: bool = False) -> Workspace:
    """Open a workspace file; raise WorkspaceError with a sentence where it cannot be."""
    return Workspace.open(path, read_only=read_only)
