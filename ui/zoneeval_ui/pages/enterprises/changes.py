"""更名/合并/新代码: a small form that is filled in once, when an enterprise became another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zoneeval.identifiers import credit_code_fault, normalise_code
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from zoneeval_db.workspace import Workspace

RENAME, MERGER, NEW_CODE = "rename", "merger", "new_code"


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """What became of an enterprise: a new name, a new code, or another enterprise."""

    kind: str
    uscc: str
    new_name: str = ""
    new_code: str = ""
    effective_on: str = ""
    document: str = ""

    def store(self, workspace: Workspace) -> None:
        """Write the change into the workspace; for the worker."""
        from zoneeval_db import operations

        if self.kind == RENAME:
            note = "　".join(text for text in ("更名", self.effective_on, self.document) if text)
            operations.remember_alias(workspace, "name", self.new_name, self.uscc, note)
            return
        operations.record_succession(
            workspace, self.uscc, self.new_code, self.kind, self.effective_on or None,
            self.document,
        )  # fmt: skip


class ChangeDialog(QDialog):
    """Ask for a :class:`ChangeEntry`; ``others`` are (code, name) to merge into."""

    def __init__(
        self,
        uscc: str,
        name: str,
        others: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._uscc = uscc
        self.setObjectName("changeDialog")
        self.setWindowTitle(self.tr("更名、合并、新代码"))
        self.setMinimumWidth(current_theme().px(500))
        self.kind = ComboBox("changeKind", self.tr("发生了什么"), self)
        self.kind.addItem(self.tr("更名（信用代码不变）"), RENAME)
        self.kind.addItem(self.tr("更换信用代码"), NEW_CODE)
        self.kind.addItem(self.tr("并入另一家企业"), MERGER)
        self.new_name = self._line("changeName", self.tr("新名称"))
        self.new_code = self._line("changeCode", self.tr("新信用代码"))
        self.into = ComboBox("changeInto", self.tr("并入企业"), self)
        self.into.setEditable(True)
        self.into.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        for code, other in others:
            if code != uscc:
                self.into.addItem(f"{other}（{code}）", code)
        self.into.setCurrentIndex(-1)
        completer = self.into.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.day = self._line("changeDay", self.tr("生效日期"))
        self.day.setPlaceholderText(self.tr("如 2024-05-31；当年起按新的读取，不填为一直"))
        self.document = self._line("changeDocument", self.tr("依据文件"))
        self.document.setPlaceholderText(self.tr("准予变更登记通知书等的名称和文号"))
        self.fault = make_label("", tone=Tone.C, wrap=True)
        self.fault.setObjectName("changeFault")
        self._words = make_label("", "secondary", wrap=True)
        self._form = QFormLayout()
        for field in (self.kind, self.new_name, self.new_code, self.into, self.day, self.document):
            self._form.addRow(field.accessibleName(), field)
        self.buttons = QDialogButtonBox(self)
        self.save = self.buttons.addButton(self.tr("登记"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("changeSave")
        self.save.setAccessibleName(self.save.text())
        self.save.setDefault(True)
        cancel = self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("changeCancel")
        cancel.setAccessibleName(cancel.text())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(make_label(f"{name}（{uscc}）", "sentence", wrap=True))
        layout.addLayout(self._form)
        layout.addWidget(self._words)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.kind.currentIndexChanged.connect(lambda _index: self._arrange())
        self.into.currentIndexChanged.connect(lambda _index: self._check())
        self.into.editTextChanged.connect(lambda _text: self._check())
        for line in (self.new_name, self.new_code, self.day):
            line.textChanged.connect(lambda _text: self._check())
        self._arrange()

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        return line

    def _arrange(self) -> None:
        kind = self.kind.currentData()
        self._form.setRowVisible(self.new_name, kind == RENAME)
        self._form.setRowVisible(self.new_code, kind == NEW_CODE)
        self._form.setRowVisible(self.into, kind == MERGER)
        self._words.setText(
            self.tr(
                "以后表格中出现新名称而没有信用代码的，按这户企业导入；显示的名称随企业名录更新。"
            )
            if kind == RENAME
            else self.tr("以后表格中的原代码按新代码读取，连续年数和历年类别一并承接。")
        )
        self._check()

    def _code(self) -> str:
        if self.kind.currentData() == NEW_CODE:
            return normalise_code(self.new_code.text())
        at = self.into.findText(self.into.currentText(), Qt.MatchFlag.MatchExactly)
        return str(self.into.itemData(at)) if at >= 0 else normalise_code(self.into.currentText())

    def _check(self) -> None:
        kind, fault = self.kind.currentData(), ""
        if kind == RENAME:
            empty = not self.new_name.text().strip()
        else:
            code = self._code()
            empty = not code
            wrong = credit_code_fault(code) if code else None
            if wrong:
                fault = self.tr("信用代码有误：{why}。").format(why=wrong)
            elif code == self._uscc:
                fault = self.tr("新代码和原代码相同。")
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.save.setEnabled(not empty and not fault)

    def entry(self) -> ChangeEntry:
        """Return what was typed in."""
        kind = str(self.kind.currentData())
        return ChangeEntry(
            kind,
            self._uscc,
            self.new_name.text().strip() if kind == RENAME else "",
            "" if kind == RENAME else self._code(),
            self.day.text().strip(),
            self.document.text().strip(),
        )
