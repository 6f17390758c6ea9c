"""Which star ladder the user looks at; remembered between pages and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

SETTING = "stars/ladder"
DEFAULT_LADDER = "illustrative-six-stars"


def chosen_ladder(settings: QSettings) -> str:
    """Return the id of the ladder chosen last."""
    return str(settings.value(SETTING, DEFAULT_LADDER) or DEFAULT_LADDER)


def remember_ladder(settings: QSettings, ladder_id: str) -> None:
    """Keep the id of the ladder chosen."""
    settings.setValue(SETTING, ladder_id)


def known_ladder(workspace: Workspace, ladder_id: str) -> str:
    """Return the id where the workspace or the program has it, else the default; in the worker."""
    from zoneeval_db import operations

    known = [ladder.id for ladder in operations.ladders(workspace)]
    return ladder_id if ladder_id in known else DEFAULT_LADDER
