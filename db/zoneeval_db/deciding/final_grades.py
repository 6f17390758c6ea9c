"""The classes that count: those of the rules, with what was decided by hand applied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zoneeval.model.adjudication import overridden
from zoneeval_db.deciding.overrides import override_grades
from zoneeval_db.deciding.publication import in_force
from zoneeval_db.evaluating.runs import load_evaluation, load_run, newest_run, run_info

if TYPE_CHECKING:
    from zoneeval.model.evaluation import Evaluation
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult


def final_evaluation(ws: Workspace, run_id: int | None = None) -> Evaluation:
    """Return a run's results with overrides applied to ``grade``; None is :func:`list_run`.

    ``computed_grade`` stays as the rules gave it.  Such an evaluation is for lists and
    prices; it is never stored, and only the evaluation of the rules is verified.
    """
    info = list_run(ws, run_id)
    return overridden(load_evaluation(ws, info), override_grades(ws, info.id))


def final_run(ws: Workspace, run_id: int | None = None) -> RunResult:
    """Return a run with policy and data, its evaluation as of :func:`final_evaluation`."""
    run = load_run(ws, list_run(ws, run_id).id)
    grades = override_grades(ws, run.info.id)
    return replace(run, evaluation=overridden(run.evaluation, grades))


def list_run(ws: Workspace, run_id: int | None = None) -> RunInfo:
    """Return the run asked for; None is the one in force of the newest run's year and zone.

    Raises InputError where there is no such run, or none at all.
    """
    info = run_info(ws, run_id)
    if run_id is not None:
        return info
    return published_run(ws, info.year, info.zone) or info


def published_run(ws: Workspace, year: int, zone: str | None = None) -> RunInfo | None:
    """Return the run that a year's lists are made from, or None where there is no run.

    That is the published run that no published one has superseded; without one, the
    newest run.  ``zone`` as in :func:`zoneeval_db.evaluating.runs.newest_run`.
    """
    found = in_force(ws, year, zone)
    return newest_run(ws, year, zone) if found is None else run_info(ws, found)
