"""更名/合并/新代码: a small form that is filled in once, when an enterprise became another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from zoneeval.identifiers import credit_code_fault, normalise_code
from zoneeval_ui.widgets import make_label
from zoneeval_ui.widgets.combo import ComboBox
from zoneeval_ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

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


class ChangeDialog(FormDialog):
    """Ask for a :class:`ChangeEntry`; ``others`` are (code, name) to merge into."""

    def __init__(
        self,
        uscc: str,
        name: str,
        others: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("ChangeDialog", "更名、合并、新代码")
        super().__init__(parent, "changeDialog", title, f"{name}（{uscc}）", "change")
        self._uscc = uscc
        kinds = (
            (RENAME, self.tr("更名（信用代码不变）")),
            (NEW_CODE, self.tr("更换信用代码")),
            (MERGER, self.tr("并入另一家企业")),
        )
        self.kind = self.combo("changeKind", self.tr("发生了什么"), kinds)
        self.new_name = self.line("changeName", self.tr("新名称"))
        self.new_code = self.line("changeCode", self.tr("新信用代码"))
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
        self.add(self.tr("并入企业"), self.into)
        day = self.tr("如 2024-05-31；当年起按新的读取，不填为一直")
        self.day = self.line("changeDay", self.tr("生效日期"), hint=day)
        notice = self.tr("准予变更登记通知书等的名称和文号")
        self.document = self.line("changeDocument", self.tr("依据文件"), hint=notice)
        self._words = make_label("", "secondary", wrap=True)
        self.layout_.addWidget(self._words)
        self.kind.currentIndexChanged.connect(lambda _index: self._arrange())
        self.into.currentIndexChanged.connect(lambda _index: self.check())
        self.into.editTextChanged.connect(lambda _text: self.check())
        self._arrange()
        self.finish(self.tr("登记"))

    def _arrange(self) -> None:
        kind = self.kind.currentData()
        self.form.setRowVisible(self.new_name, kind == RENAME)
        self.form.setRowVisible(self.new_code, kind == NEW_CODE)
        self.form.setRowVisible(self.into, kind == MERGER)
        self._words.setText(
            self.tr(
                "以后表格中出现新名称而没有信用代码的，按这户企业导入；显示的名称随企业名录更新。"
            )
            if kind == RENAME
            else self.tr("以后表格中的原代码按新代码读取，连续年数和历年类别一并承接。")
        )

    def _code(self) -> str:
        if self.kind.currentData() == NEW_CODE:
            return normalise_code(self.new_code.text())
        at = self.into.findText(self.into.currentText(), Qt.MatchFlag.MatchExactly)
        return str(self.into.itemData(at)) if at >= 0 else normalise_code(self.into.currentText())

    def lacking(self) -> str:
        """Say what is missing, or wrong with the code."""
        kind = self.kind.currentData()
        if kind == RENAME:
            return "" if self.new_name.text().strip() else self.tr("请填写新名称。")
        code = self._code()
        if not code:
            chosen = self.tr("请选择并入的企业。")
            return self.tr("请填写新信用代码。") if kind == NEW_CODE else chosen
        wrong = credit_code_fault(code)
        if wrong:
            return self.tr("信用代码有误：{why}。").format(why=wrong)
        return self.tr("新代码和原代码相同。") if code == self._uscc else ""

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
