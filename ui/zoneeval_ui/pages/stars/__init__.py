"""园区星级: where each zone stands on a ladder, and what is missing to the next star."""

from __future__ import annotations

from zoneeval_ui.pages.stars.page import StarsPage

__all__ = ["StarsPage"]
