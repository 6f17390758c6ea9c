"""Long work: one worker thread, progress, cancelling, and how failures are told."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval_ui.jobs.dialog import ProgressDialog
    from zoneeval_ui.jobs.dialogs import ProgressDialogs
    from zoneeval_ui.jobs.job import Job, JobState
    from zoneeval_ui.jobs.report import ReportDialog, show_error, user_message
    from zoneeval_ui.jobs.runner import ImmediateRunner, JobRunner
    from zoneeval_ui.jobs.status import StatusProgress

_HOMES = {
    "ProgressDialog": "dialog",
    "ProgressDialogs": "dialogs",
    "Job": "job",
    "JobState": "job",
    "ReportDialog": "report",
    "show_error": "report",
    "user_message": "report",
    "ImmediateRunner": "runner",
    "JobRunner": "runner",
    "StatusProgress": "status",
}

__all__ = [
    "ImmediateRunner",
    "Job",
    "JobRunner",
    "JobState",
    "ProgressDialog",
    "ProgressDialogs",
    "ReportDialog",
    "StatusProgress",
    "show_error",
    "user_message",
]


def __getattr__(name: str) -> object:
    """Import a part when it is first asked for: the first window must not wait for all."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
