"""The ledger of 退出转型 as 总览 says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.exits import CaseState, Known, known_sum

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LedgerView:
    """How many cases are under way, overdue and struck off, and the land freed (亩)."""

    live: int
    overdue: int
    closed: int
    land: Known

    @property
    def words(self) -> str:
        """Return the ledger in a sentence; land that was not stated is counted."""
        said = [self.brief]
        if self.closed:
            text = translate("Overview", "已销号 {n} 项").format(n=self.closed)
            if self.land.value is not None:
                area = f"{self.land.value:,.1f}".removesuffix(".0")
                text += translate("Overview", "，腾出土地 {land} 亩").format(land=area)
            if self.land.missing:
                text += translate("Overview", "（{n} 项未填腾出面积）").format(n=self.land.missing)
            said.append(text)
        return "；".join(said) + "。"

    @property
    def brief(self) -> str:
        """Return what is under way and overdue in a few words."""
        text = translate("Overview", "在办 {n} 项").format(n=self.live)
        if self.overdue:
            text += translate("Overview", "（{n} 项逾期）").format(n=self.overdue)
        return text


def read_ledger(ws: Workspace, zone: str | None, today: date) -> LedgerView | None:
    """Return the ledger of a zone (None: of all), or None where no case was opened."""
    from zoneeval_db import operations

    cases = operations.exit_cases(ws, zone=zone)
    if not cases:
        return None
    due = operations.exit_due(ws, today.isoformat(), 0, zone=zone)
    closed = [case for case in cases if case.state is CaseState.CLOSED]
    return LedgerView(
        live=sum(case.state.is_live for case in cases),
        overdue=len({item.case.id for item in due if item.is_overdue}),
        closed=len(closed),
        land=known_sum(case.freed_land for case in closed),
    )
