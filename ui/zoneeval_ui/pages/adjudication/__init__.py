"""公示调整: a run from trial to publication, its objections and the classes changed by hand."""

from __future__ import annotations

from zoneeval_ui.pages.adjudication.page import AdjudicationPage

__all__ = ["AdjudicationPage"]
