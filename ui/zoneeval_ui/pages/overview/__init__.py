"""总览: the year at a glance, and the next step."""

from __future__ import annotations

from zoneeval_ui.pages.overview.page import OverviewPage

__all__ = ["OverviewPage"]
