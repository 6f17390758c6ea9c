"""A small form: decide by hand whether an enterprise takes part, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from zoneeval_ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from zoneeval.model.inputs import ParticipationDecision
    from zoneeval_db.storage.workspace import Workspace

BY_POLICY = "by_policy"
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """What was decided; ``decision`` None goes back to what the policy says."""

    year: int
    uscc: str
    decision: Literal["in", "out"] | None
    reason: str = ""
    document: str = ""

    def store(self, workspace: Workspace) -> None:
        """Write the decision into the workspace; for the worker."""
        from zoneeval_db import operations

        operations.set_participation(
            workspace, self.year, self.uscc, self.decision, self.reason, self.document
        )


class ParticipationDialog(FormDialog):
    """Ask for a :class:`DecisionEntry`; a decision needs a reason."""

    def __init__(
        self,
        year: int,
        uscc: str,
        name: str,
        made: ParticipationDecision | None,
        parent: QWidget | None = None,
    ) -> None:
        head = translate(
            "ParticipationDialog", "{name}，{year} 年度。人工决定优先于办法的规定，重新评价后生效。"
        )
        super().__init__(
            parent,
            "participationDialog",
            translate("ParticipationDialog", "参评决定"),
            head.format(name=name, year=year),
            "participation",
        )
        self._year, self._uscc = year, uscc
        choices = (
            (BY_POLICY, self.tr("按办法判断")),
            ("in", self.tr("参评")),
            ("out", self.tr("不参评")),
        )
        decided = made.decision if made is not None else BY_POLICY
        self.decision = self.combo("participationDecision", self.tr("决定"), choices, decided)
        reason = made.reason if made is not None else ""
        self.reason = self.line("participationReason", self.tr("理由"), reason)
        self.document = self.line(
            "participationDocument",
            self.tr("依据文件"),
            (made.document or "") if made is not None else "",
            self.tr("会议纪要、批复等的名称和文号"),
        )
        self.finish(self.tr("保存"))

    def lacking(self) -> str:
        """Say that a decision needs a reason."""
        decided = self.decision.currentData() != BY_POLICY
        self.reason.setEnabled(decided)
        self.document.setEnabled(decided)
        return self.tr("请写明理由。") if decided and not self.reason.text().strip() else ""

    def entry(self) -> DecisionEntry:
        """Return what was decided."""
        chosen = self.decision.currentData()
        if chosen == "in" or chosen == "out":
            reason, document = self.reason.text().strip(), self.document.text().strip()
            return DecisionEntry(self._year, self._uscc, chosen, reason, document)
        return DecisionEntry(self._year, self._uscc, None)
