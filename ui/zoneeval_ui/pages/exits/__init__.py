"""退出转型: the ledger of cases, idle assets, candidates, and what the policies brought."""

from __future__ import annotations

from zoneeval_ui.pages.exits.page import ExitsPage

__all__ = ["ExitsPage"]
