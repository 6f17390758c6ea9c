"""What is done with own policies: copied, edited, compared, imported, exported, deleted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from zoneeval.errors import PolicyError, UserError
from zoneeval_ui.pages.policies.content import POLICY, Line, Part, RuleText
from zoneeval_ui.pages.policies.copying import CopyDialog, NewHead
from zoneeval_ui.pages.policies.forms import forms_of
from zoneeval_ui.pages.rule_files import (
    ask_discard,
    ask_rule_file,
    ask_rule_target,
    write_rules,
)
from zoneeval_ui.widgets.asking import ask_choice, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoneeval.progress import Progress
    from zoneeval_db.evaluating.policies import PolicyVersion
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.policies.page import PoliciesPage


class OwnActions(QObject):
    """The buttons above the list, and what they do."""

    def __init__(self, page: PoliciesPage) -> None:
        super().__init__(page)
        self.page = page
        self.row = QHBoxLayout()
        self.copy_button = self._button("policyCopy", self.tr("复制为新办法…"), self.copy)
        self.edit_button = self._button("policyEdit", self.tr("修改"), self.edit)
        self.compare_button = self._button("policyCompare", self.tr("比较…"), self.compare)
        self.export_button = self._button("policyExport", self.tr("导出文件…"), self.export)
        self.delete_button = self._button("policyDelete", self.tr("删除"), self.delete)
        self.row.addStretch(1)
        self.import_button = self._button("policyImport", self.tr("导入文件…"), self.take_in)

    def _button(self, name: str, text: str, does: Any) -> QPushButton:
        button = QPushButton(text, self.page)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _on=False: does())
        self.row.addWidget(button)
        return button

    def enable(self, rule: RuleText | None) -> None:
        """Let only that be clicked which can be done with the chosen rule."""
        session = self.page.session
        writable = session.path is not None and not session.read_only
        policy = rule is not None and rule.kind == POLICY
        own = rule is not None and rule.is_own and policy
        self.copy_button.setEnabled(writable and policy)
        self.edit_button.setEnabled(writable and own)
        self.delete_button.setEnabled(writable and own)
        self.compare_button.setEnabled(policy)
        self.export_button.setEnabled(policy)
        self.import_button.setEnabled(writable)

    # -- asked of the user; tests answer instead

    def ask_head(self, proposed: NewHead) -> NewHead | None:
        """Ask for the head of a copy, None where it was cancelled."""
        dialog = CopyDialog(proposed, self.page.window())
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.head() if agreed else None

    def ask_other(self, names: list[str]) -> str:
        """Ask which policy to compare with, "" where it was cancelled."""
        title, words = self.tr("比较两份办法"), self.tr("与哪一份比较：")
        return ask_choice(self.page.window(), "policyOther", title, words, names) or ""

    def ask_open(self) -> Path | None:
        """Ask for the file to import."""
        return ask_rule_file(self.page.window(), self.tr("办法"))

    def ask_save(self, proposed: str) -> Path | None:
        """Ask where to write the file."""
        return ask_rule_target(self.page.window(), self.tr("办法"), proposed)

    def ask_leave(self) -> bool:
        """Ask whether what was changed may be lost."""
        return ask_discard(self.page.window(), "policyLeaveQuestion")

    # -- done

    def copy(self) -> None:
        """Copy the chosen policy and edit the copy; it is kept when it is saved."""
        from zoneeval.policy.editing import copy_policy, new_id

        rule = self.page.chosen
        if rule is None:
            return
        year = (self.page.context.year or date.today().year) + 1
        bare = re.sub(r"[（(]?(19|20)\d\d\s*年?(度)?[）)]?", "", rule.title).strip()
        head = self.ask_head(NewHead(f"{bare}（{year} 年）", "", year, year))
        if head is None:
            return
        taken = [one.id for one in self.page.policies]
        policy_id = new_id(rule.id, head.year, taken)
        text = copy_policy(
            rule.text, policy_id, head.title, head.number, head.year, head.valid_from
        )
        self.page.start_editing(text, rule.text)

    def edit(self) -> None:
        """Edit the chosen own policy."""
        rule = self.page.chosen
        if rule is None or not rule.is_own:
            return
        try:
            forms_of(rule.text)
        except (LookupError, AttributeError, TypeError, ValueError):
            words = self.tr("这份办法的写法不能在表格中修改。请导出文件，改正后再导入。")
            self._failed(PolicyError(words))
            return
        self.page.start_editing(rule.text, rule.text)

    def leave(self) -> None:
        """Give up editing, after asking where something was changed."""
        editor = self.page.editor
        if not editor.is_changed or self.ask_leave():
            self.page.stop_editing()

    def save(self, text: str, note: str, then: Callable[[], object] | None = None) -> None:
        """Keep the edited text as a new version, and show it in the list; ``then`` follows."""

        def work(ws: Workspace, _progress: Progress) -> PolicyVersion:
            from zoneeval_db import operations

            return operations.save_policy(ws, text, note)

        def saved(version: PolicyVersion) -> None:
            self.page.saved(version)
            if then is not None:
                then()

        self.page.session.change(
            work, saved, title=self.tr("正在保存办法"), on_failure=self._failed
        )

    def compare(self) -> None:
        """Tell in sentences what is different from another policy."""
        rule = self.page.chosen
        if rule is None:
            return
        others = told_apart((one.title, one.id, one) for one in self.page.policies if one != rule)
        other = others.get(self.ask_other(list(others)))
        if other is not None:
            self._guarded(lambda: self._show_difference(other, rule))

    def _show_difference(self, before: RuleText, after: RuleText) -> None:
        from zoneeval.policy.difference import differences
        from zoneeval.policy.loader import parse_policy

        found = differences(parse_policy(before.text), parse_policy(after.text))
        parts: dict[str, list[Line]] = {}
        for item in found:
            parts.setdefault(item.part, []).append(Line(item.text))
        if not found:
            parts[self.tr("没有不同")] = [Line(self.tr("两个办法的规定相同。"))]
        shown = [Part(title, tuple(lines)) for title, lines in parts.items()]
        self.page.show_difference(before, after, shown, len(found))

    def take_in(self) -> None:
        """Keep the policy of a file as a new version; its faults are told."""
        path = self.ask_open()
        if path is None:
            return

        def work(ws: Workspace, _progress: Progress) -> PolicyVersion:
            from zoneeval.policy.loader import load_policy
            from zoneeval_db import operations

            text = load_policy(path).text
            return operations.save_policy(ws, text, f"从文件“{path.name}”导入")

        self.page.session.change(
            work, self.page.saved, title=self.tr("正在导入办法"), on_failure=self._failed
        )

    def export(self) -> None:
        """Write the chosen policy as a file."""
        rule = self.page.chosen
        path = self.ask_save(f"{rule.id}.toml") if rule is not None else None
        if rule is None or path is None:
            return
        try:
            target = write_rules(path, rule.text, self.tr("办法"))
        except PolicyError as error:
            self._failed(error)
            return
        self.page.header.set_sentence(self.tr("已导出到“{path}”。").format(path=target))

    def delete(self) -> None:
        """Delete the chosen own policy; it can be undone like every change."""
        rule = self.page.chosen
        if rule is None or not rule.is_own:
            return
        policy_id = rule.id

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.delete_policy(ws, policy_id)

        self.page.session.change(
            work, lambda _none: None, title=self.tr("正在删除办法"), on_failure=self._failed
        )

    def _guarded(self, does: Any) -> None:
        try:
            does()
        except UserError as error:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self.page.window_shell.show_failure(error)
        self.page.editor.try_now_if_shown()
