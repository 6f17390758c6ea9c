"""评价办法: the shipped rules in plain sentences, with the clause of each figure."""

from __future__ import annotations

from zoneeval_ui.pages.policies.page import PoliciesPage

__all__ = ["PoliciesPage"]
