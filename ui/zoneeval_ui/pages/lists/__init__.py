"""名单与政策: what can be handed out from the newest run."""

from __future__ import annotations

from zoneeval_ui.pages.lists.page import ListsPage

__all__ = ["ListsPage"]
