"""A small form: decide by hand whether an enterprise takes part, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval.model.inputs import ParticipationDecision
    from zoneeval_db.workspace import Workspace

BY_POLICY = "by_policy"


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


class ParticipationDialog(QDialog):
    """Ask for a :class:`DecisionEntry`; a decision needs a reason."""

    def __init__(
        self,
        year: int,
        uscc: str,
        name: str,
        made: ParticipationDecision | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._year, self._uscc = year, uscc
        self.setObjectName("participationDialog")
        self.setWindowTitle(self.tr("参评决定"))
        self.setMinimumWidth(current_theme().px(460))
        self.decision = ComboBox("participationDecision", self.tr("决定"), self)
        self.decision.addItem(self.tr("按办法判断"), BY_POLICY)
        self.decision.addItem(self.tr("参评"), "in")
        self.decision.addItem(self.tr("不参评"), "out")
        self.reason = self._line("participationReason", self.tr("理由"))
        self.document = self._line("participationDocument", self.tr("依据文件"))
        self.document.setPlaceholderText(self.tr("会议纪要、批复等的名称和文号"))
        if made is not None:
            self.decision.setCurrentIndex(self.decision.findData(made.decision))
            self.reason.setText(made.reason)
            self.document.setText(made.document or "")
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName("participationFault")
        form = QFormLayout()
        form.addRow(QLabel(self.tr("决定"), self), self.decision)
        form.addRow(QLabel(self.tr("理由"), self), self.reason)
        form.addRow(QLabel(self.tr("依据文件"), self), self.document)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(self.tr("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("participationSave")
        self.save.setAccessibleName(self.save.text())
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("participationCancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = self.tr("{name}，{year} 年度。人工决定优先于办法的规定，重新评价后生效。")
        layout = QVBoxLayout(self)
        layout.addWidget(make_label(head.format(name=name, year=year), "sentence", wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self.decision.currentIndexChanged.connect(lambda _index: self._check())
        self.reason.textChanged.connect(lambda _text: self._check())
        self._check()

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        return line

    def _check(self) -> None:
        decided = self.decision.currentData() != BY_POLICY
        self.reason.setEnabled(decided)
        self.document.setEnabled(decided)
        lacking = decided and not self.reason.text().strip()
        self.fault.setText(self.tr("请写明理由。") if lacking else "")
        self.fault.setVisible(lacking)
        self.save.setEnabled(not lacking)

    def entry(self) -> DecisionEntry:
        """Return what was decided."""
        chosen = self.decision.currentData()
        if chosen == "in" or chosen == "out":
            reason, document = self.reason.text().strip(), self.document.text().strip()
            return DecisionEntry(self._year, self._uscc, chosen, reason, document)
        return DecisionEntry(self._year, self._uscc, None)
