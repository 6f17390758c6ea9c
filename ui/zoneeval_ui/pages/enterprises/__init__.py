"""企业: what is stored of every enterprise, and where each value came from."""

from __future__ import annotations

from zoneeval_ui.pages.enterprises.page import EnterprisesPage

__all__ = ["EnterprisesPage"]
