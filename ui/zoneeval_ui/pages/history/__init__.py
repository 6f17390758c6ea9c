"""操作记录: who did what, and taking the last step back."""

from __future__ import annotations

from zoneeval_ui.pages.history.page import HistoryPage

__all__ = ["HistoryPage"]
