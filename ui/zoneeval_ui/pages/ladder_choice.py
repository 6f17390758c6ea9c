"""Which star ladder the user looks at; remembered between pages and sessions."""

from __future__ import annotations

from PySide6.QtCore import QSettings

SETTING = "stars/ladder"
DEFAULT_LADDER = "illustrative-six-stars"


def chosen_ladder(settings: QSettings) -> str:
    """Return the id of the ladder chosen last."""
    return str(settings.value(SETTING, DEFAULT_LADDER) or DEFAULT_LADDER)


def remember_ladder(settings: QSettings, ladder_id: str) -> None:
    """Keep the id of the ladder chosen."""
    settings.setValue(SETTING, ladder_id)


def known_ladder(ladder_id: str) -> str:
    """Return the id where such a ladder is shipped, else the default; for the worker."""
    from zoneeval.policy.loader import shipped

    return ladder_id if ladder_id in shipped("ladders") else DEFAULT_LADDER
