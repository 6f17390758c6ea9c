"""What is done with ladders: begun, copied, edited, confirmed, compared, taken in, given out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from zoneeval.errors import PolicyError, UserError
from zoneeval_ui.pages.policies.copying import CopyDialog, NewHead
from zoneeval_ui.pages.rule_files import (
    ask_discard,
    ask_rule_file,
    ask_rule_target,
    write_rules,
)
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets.asking import ask_choice, ask_text, told_apart

if TYPE_CHECKING:
    from zoneeval_db.storage.rule_versions import RuleVersion
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.ladder_content import LadderText
    from zoneeval_ui.pages.stars.ladders import LadderSegment


class LadderActions(QObject):
    """The buttons above the list, and what they do."""

    def __init__(self, segment: LadderSegment) -> None:
        super().__init__(segment)
        self.segment = segment
        self.row = QHBoxLayout()
        self.new_button = self._button("ladderNew", self.tr("新建…"), self.begin)
        self.copy_button = self._button("ladderCopy", self.tr("复制为新阶梯…"), self.copy)
        self.edit_button = self._button("ladderEdit", self.tr("修改"), self.edit)
        self.confirm_button = self._button("ladderConfirm", self.tr("确认…"), self.confirm)
        self.compare_button = self._button("ladderCompare", self.tr("比较…"), self.compare)
        self.export_button = self._button("ladderExport", self.tr("导出文件…"), self.export)
        self.delete_button = self._button("ladderDelete", self.tr("删除"), self.delete)
        self.row.addStretch(1)
        self.import_button = self._button("ladderImport", self.tr("导入文件…"), self.take_in)
        self.use_button = self._button("ladderUse", self.tr("用这个阶梯测算"), self.use)

    def _button(self, name: str, text: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self.segment)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _on=False: does())
        self.row.addWidget(button)
        return button

    def enable(self, held: LadderText | None) -> None:
        """Let only that be clicked which can be done with the chosen ladder."""
        writable = not self.segment.page.session.read_only
        own = held is not None and held.is_own
        sound = held is not None and not held.faults
        self.new_button.setEnabled(writable)
        self.import_button.setEnabled(writable)
        self.copy_button.setEnabled(writable and sound)
        self.edit_button.setEnabled(writable and own)
        self.delete_button.setEnabled(writable and own)
        self.confirm_button.setEnabled(
            writable and own and sound and held is not None and not held.confirmed
        )
        self.compare_button.setEnabled(sound)
        self.export_button.setEnabled(held is not None)
        self.use_button.setEnabled(sound)

    # -- asked of the user; tests answer instead

    def ask_head(self, proposed: NewHead, title: str, verb: str = "") -> NewHead | None:
        """Ask for the head of a new ladder, None where it was cancelled."""
        dialog = CopyDialog(proposed, self.segment.window(), title, verb)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.head() if agreed else None

    def ask_document(self, proposed: str) -> str:
        """Ask which document the ladder was compared with, "" where it was cancelled."""
        words = self.tr("已与哪份文件逐项核对（名称和文号）：")
        window, title = self.segment.window(), self.tr("确认阶梯")
        return (ask_text(window, "ladderDocument", title, words, proposed) or "").strip()

    def ask_other(self, names: list[str]) -> str:
        """Ask which ladder to compare with, "" where it was cancelled."""
        title, words = self.tr("比较两份阶梯"), self.tr("与哪一份比较：")
        return ask_choice(self.segment.window(), "ladderOther", title, words, names) or ""

    def ask_open(self) -> Path | None:
        """Ask for the file to import."""
        return ask_rule_file(self.segment.window(), self.tr("阶梯"))

    def ask_save(self, proposed: str) -> Path | None:
        """Ask where to write the file."""
        return ask_rule_target(self.segment.window(), self.tr("阶梯"), proposed)

    def ask_leave(self) -> bool:
        """Ask whether what was changed may be lost."""
        return ask_discard(self.segment.window(), "ladderLeaveQuestion")

    # -- done

    def begin(self) -> None:
        """Begin an empty ladder, to be filled in from a document."""
        from zoneeval.policy.editing import new_id
        from zoneeval.policy.ladder_editing import new_ladder

        year = self._year()
        head = self.ask_head(
            NewHead(self.tr("星级考核晋级标准（{year} 年）").format(year=year), "", year, year),
            self.tr("新建阶梯"),
            self.tr("新建"),
        )
        if head is None:
            return
        ladder_id = new_id("own-ladder", head.year, self.segment.ids)
        text = new_ladder(ladder_id, head.title, head.number, head.year)
        self.segment.start_editing(text, text, is_new=True)

    def copy(self) -> None:
        """Copy the chosen ladder and edit the copy; it is kept when it is saved."""
        from zoneeval.policy.editing import new_id
        from zoneeval.policy.ladder_editing import copy_ladder

        held = self.segment.chosen
        if held is None:
            return
        year = self._year()
        bare = re.sub(r"[（(]?(19|20)\d\d\s*年?(度)?[）)]?", "", held.title).strip()
        head = self.ask_head(
            NewHead(f"{bare}（{year} 年）", "", year, year), self.tr("复制为新阶梯")
        )
        if head is None:
            return
        ladder_id = new_id(held.id, head.year, self.segment.ids)
        text = copy_ladder(
            held.text, ladder_id, head.title, head.number, head.year, head.valid_from
        )
        self.segment.start_editing(text, held.text, is_new=True)

    def _year(self) -> int:
        return self.segment.page.context.year or date.today().year

    def edit(self) -> None:
        """Edit the chosen own ladder."""
        from zoneeval_ui.pages.stars.ladder_forms import ladder_forms

        held = self.segment.chosen
        if held is None or not held.is_own:
            return
        try:
            ladder_forms(held.text)
        except (KeyError, TypeError, ValueError):
            words = self.tr("这份阶梯的写法不能在表格中修改。请导出文件，改正后再导入。")
            self._failed(PolicyError(words))
            return
        self.segment.start_editing(held.text, held.text)

    def leave(self) -> None:
        """Give up editing, after asking where something was changed."""
        if not self.segment.editor.is_changed or self.ask_leave():
            self.segment.stop_editing()

    def save(self, text: str, note: str, then: Callable[[], object] | None = None) -> None:
        """Keep the edited text as a new version; ``then`` follows."""

        def work(ws: Workspace, _progress: Any) -> RuleVersion:
            from zoneeval_db import operations

            return operations.save_ladder(ws, text, note)

        def saved(version: RuleVersion) -> None:
            self.segment.saved(version)
            if then is not None:
                then()

        self._change(work, self.tr("正在保存阶梯"), saved)

    def confirm(self) -> None:
        """Say that the chosen version agrees with a document."""
        held = self.segment.chosen
        document = self.ask_document(held.document) if held is not None else ""
        if held is None or not document:
            return
        ref = held.ref

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.confirm_ladder(ws, ref, document)

        words = self.tr("已确认“{title}”，不再是草稿。").format(title=held.title)
        self._change(work, self.tr("正在确认阶梯"), lambda _none: self._say(words))

    def compare(self) -> None:
        """Tell in sentences what is different from another ladder."""
        held = self.segment.chosen
        if held is None:
            return
        others = told_apart(
            (one.title, one.ref, one)
            for one in self.segment.ladders
            if one is not held and not one.faults
        )
        other = others.get(self.ask_other(list(others)))
        if other is not None:
            self.segment.show_difference(other, held)

    def take_in(self) -> None:
        """Keep the ladder of a file as a new version; its faults are told."""
        path = self.ask_open()
        if path is None:
            return

        def work(ws: Workspace, _progress: Any) -> RuleVersion:
            from zoneeval.policy.loader import load_ladder
            from zoneeval_db import operations

            text = load_ladder(path).text
            return operations.save_ladder(ws, text, f"从文件“{path.name}”导入")

        self._change(work, self.tr("正在导入阶梯"), self.segment.saved)

    def export(self) -> None:
        """Write the chosen ladder as a file."""
        held = self.segment.chosen
        path = self.ask_save(f"{held.id}.toml") if held is not None else None
        if held is None or path is None:
            return
        try:
            target = write_rules(path, held.text, self.tr("阶梯"))
        except PolicyError as error:
            self._failed(error)
            return
        self.segment.page.note.show_files([target])

    def delete(self) -> None:
        """Delete the chosen own ladder; it can be undone like every change."""
        held = self.segment.chosen
        if held is None or not held.is_own:
            return
        ladder_id = held.id

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.delete_ladder(ws, ladder_id)

        words = self.tr("已删除“{title}”，可在操作记录中撤销。").format(title=held.title)
        self._change(work, self.tr("正在删除阶梯"), lambda _none: self._say(words))

    def use(self) -> None:
        """Rate the zones on the chosen ladder."""
        held = self.segment.chosen
        if held is not None:
            self.segment.page.choose_ladder(held.id)
            self.segment.page.open_segment("rating")

    def _change(self, work: Any, title: str, done: Callable[[Any], object]) -> None:
        self.segment.page.session.change(work, done, title=title, on_failure=self._failed)

    def _say(self, words: str) -> None:
        self.segment.page.banner.show_message(words, tone=Tone.A)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self.segment.page.window_shell.show_failure(error)
            return
        self.segment.page.banner.show_message(str(error), tone=Tone.C)
        self.segment.editor.try_now_if_shown()
