"""合并评价: which enterprises of the zone are evaluated together with this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zoneeval.model.merging import GROUP_WORDS
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_db.operations import MarkedGroup
    from zoneeval_db.storage.workspace import Workspace

CODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class MergeEntry:
    """Who is evaluated in the row of ``lead``; without members the group is dissolved."""

    year: int
    lead: str
    members: tuple[str, ...]
    kind: str = "group"
    note: str = ""

    def store(self, workspace: Workspace) -> None:
        """Write the group into the workspace; for the worker."""
        from zoneeval_db import operations

        if self.members:
            operations.mark_merged(
                workspace, self.year, self.lead, self.members, self.kind, self.note
            )
        else:
            operations.unmark_merged(workspace, self.year, self.lead)


class MergeDialog(QDialog):
    """Ask for a :class:`MergeEntry`; ``others`` are (code, name) of the same zone."""

    def __init__(
        self,
        year: int,
        lead: tuple[str, str],
        others: Sequence[tuple[str, str]],
        group: MarkedGroup | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._year, self._lead = year, lead[0]
        self._had = group is not None
        self.setObjectName("mergeDialog")
        self.setWindowTitle(self.tr("合并评价"))
        self.setMinimumSize(current_theme().px(520), current_theme().px(520))
        self.kind = ComboBox("mergeKind", self.tr("为什么合并"), self)
        for key, word in GROUP_WORDS.items():
            self.kind.addItem(word, key)
        self.note = QLineEdit(self)
        self.note.setObjectName("mergeNote")
        self.note.setAccessibleName(self.tr("说明"))
        self.search = QLineEdit(self)
        self.search.setObjectName("mergeSearch")
        self.search.setAccessibleName(self.tr("筛选企业"))
        self.search.setPlaceholderText(self.tr("筛选：名称或信用代码"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setObjectName("mergeMembers")
        self.list.setAccessibleName(self.tr("并入的企业"))
        held = {m.uscc for m in group.members} if group else set()
        for code, name in sorted(others, key=lambda o: (o[0] not in held, o[1])):
            if code == lead[0]:
                continue
            item = QListWidgetItem(f"{name}　{code}", self.list)
            item.setData(CODE, code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if code in held else Qt.CheckState.Unchecked
            item.setCheckState(state)
        if group is not None:
            self.kind.setCurrentIndex(self.kind.findData(group.kind))
            self.note.setText(group.note or "")
        form = QFormLayout()
        form.addRow(self.kind.accessibleName(), self.kind)
        form.addRow(self.note.accessibleName(), self.note)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(self.tr("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("mergeSave")
        self.save.setAccessibleName(self.save.text())
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("mergeCancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = self.tr(
            "{name}牵头，{year} 年度。并入企业的数额计入牵头企业，用地按各自净用地相加，"
            "相互租用的只计一次；类别与牵头企业相同。重新评价后生效。"
        )
        layout = QVBoxLayout(self)
        layout.addWidget(make_label(head.format(name=lead[1], year=year), "sentence", wrap=True))
        layout.addLayout(form)
        layout.addWidget(make_label(self.tr("并入的企业（同一园区）"), "strong"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self._count = make_label("", "secondary")
        self._count.setObjectName("mergeCount")
        layout.addWidget(self._count)
        layout.addWidget(buttons)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(lambda _item: self._check())
        self._check()

    def chosen(self) -> tuple[str, ...]:
        """Return the codes that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(i.data(CODE)) for i in items if i.checkState() == Qt.CheckState.Checked)

    def tick(self, uscc: str, *, on: bool = True) -> None:
        """Tick an enterprise, or take the tick off."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(CODE) == uscc:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _filter(self, text: str) -> None:
        words = text.strip().casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            shown = words in item.text().casefold() or item.checkState() == Qt.CheckState.Checked
            item.setHidden(not shown)

    def _check(self) -> None:
        count = len(self.chosen())
        self.save.setEnabled(bool(count) or self._had)
        text = self.tr("共 {n} 户并入").format(n=count)
        if not count and self._had:
            text = self.tr("没有并入的企业：保存后取消这一组合并评价")
        self._count.setText(text)

    def entry(self) -> MergeEntry:
        """Return what was chosen."""
        kind = str(self.kind.currentData())
        return MergeEntry(self._year, self._lead, self.chosen(), kind, self.note.text().strip())
