"""导入: departments' workbooks in, checked cell by cell before anything is stored."""

from __future__ import annotations

from zoneeval_ui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
