"""What is done with tariffs: copied, edited, imported, exported, deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QWidget

from zoneeval.errors import PolicyError, UserError
from zoneeval_ui.pages.policies.copying import CopyDialog, NewHead
from zoneeval_ui.pages.rule_files import ask_discard, write_rules
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval_db.operations import RuleVersion
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment
    from zoneeval_ui.pages.lists.tariff_choice import TariffText


class TariffActions(QObject):
    """The buttons beside the views, and what they do."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(segment)
        self.segment = segment
        self.bar = QWidget(segment)
        self.row = QHBoxLayout(self.bar)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addStretch(1)
        self.copy_button = self._button("tariffCopy", self.tr("复制为新价格表…"), self.copy)
        self.edit_button = self._button("tariffEdit", self.tr("修改"), self.edit)
        self.delete_button = self._button("tariffDelete", self.tr("删除"), self.delete)
        self.import_button = self._button("tariffImport", self.tr("导入文件…"), self.take_in)
        self.export_button = self._button("tariffExport", self.tr("导出文件…"), self.export)

    def _button(self, name: str, text: str, does: Callable[[], object]) -> QPushButton:
        return self.segment.button(self.row, name, text, does)

    @property
    def chosen(self) -> TariffText | None:
        """Return the tariff that is chosen."""
        content = self.segment.content
        return content.tariff if content is not None else None

    def enable(self, held: TariffText | None) -> None:
        """Let only that be clicked which can be done with the chosen tariff."""
        writable = not self.segment.page.session.read_only
        own = held is not None and held.is_own
        self.copy_button.setEnabled(writable and held is not None)
        self.edit_button.setEnabled(writable and own)
        self.delete_button.setEnabled(writable and own)
        self.import_button.setEnabled(writable)
        self.export_button.setEnabled(held is not None)

    # -- asked of the user; tests answer instead

    def ask_head(self, proposed: NewHead) -> NewHead | None:
        """Ask for the head of the copy, None where it was cancelled."""
        dialog = CopyDialog(proposed, self.segment.window())
        dialog.setWindowTitle(self.tr("复制为新价格表"))
        form = dialog.layout()
        if isinstance(form, QFormLayout):
            form.setRowVisible(dialog.start, False)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.head() if agreed else None

    def ask_leave(self) -> bool:
        """Ask whether what was changed may be lost."""
        return ask_discard(self.segment.window(), "tariffLeaveQuestion")

    # -- done

    def copy(self) -> None:
        """Copy the chosen tariff and edit the copy; it is kept when it is saved."""
        from zoneeval.policy.editing import new_id
        from zoneeval.policy.tariff_editing import copy_tariff

        held, content = self.chosen, self.segment.content
        if held is None or content is None:
            return
        year = self.segment.page.context.year or date.today().year
        bare = re.sub(r"[（(][^（）()]*[）)]", "", held.title).strip()
        head = self.ask_head(NewHead(f"{bare}（{year} 年）", "", year, year))
        if head is None:
            return
        taken = [one.id for one in content.tariffs]
        made = copy_tariff(
            held.text, new_id(held.id, head.year, taken), head.title, head.number, head.year
        )
        self.segment.start_editing(made, held.text, is_new=True)

    def edit(self) -> None:
        """Edit the chosen own tariff."""
        from zoneeval_ui.pages.lists.tariff_forms import tariff_forms

        held = self.chosen
        if held is None or not held.is_own:
            return
        try:
            tariff_forms(held.text)
        except (KeyError, TypeError, ValueError):
            words = self.tr("这份价格表的写法不能在表格中修改。请导出文件，改正后再导入。")
            self._failed(PolicyError(words))
            return
        self.segment.start_editing(held.text, held.text)

    def leave(self) -> None:
        """Give up editing, after asking where something was changed."""
        if self.segment.unsaved() is None or self.ask_leave():
            self.segment.stop_editing()

    def save(self, text: str, note: str, then: Callable[[], object] | None = None) -> None:
        """Keep the edited text as a new version; ``then`` follows."""

        def work(ws: Workspace, _progress: Any) -> RuleVersion:
            from zoneeval_db import operations

            return operations.save_tariff(ws, text, note)

        def saved(version: RuleVersion) -> None:
            self.segment.saved(version)
            if then is not None:
                then()

        self._change(work, self.tr("正在保存价格表"), saved)

    def take_in(self) -> None:
        """Keep the tariff of a file as a new version; all its faults are told."""
        path = self.segment.page.ask_open(self.tr("导入价格表文件"), self.tr("价格表文件 (*.toml)"))
        if path is None:
            return

        def work(ws: Workspace, _progress: Any) -> RuleVersion:
            from zoneeval.policy.loader import load_tariff
            from zoneeval_db import operations

            text = load_tariff(path).text
            return operations.save_tariff(ws, text, f"从文件“{path.name}”导入")

        def taken(version: RuleVersion) -> None:
            self.segment.saved(version)
            self._say(self.tr("已导入“{title}”。").format(title=version.title))

        self._change(work, self.tr("正在导入价格表"), taken)

    def export(self) -> None:
        """Write the chosen tariff as a file."""
        held = self.chosen
        if held is None:
            return
        path = self.segment.page.ask_save(
            self.tr("导出价格表文件"), f"{held.id}.toml", self.tr("价格表文件 (*.toml)")
        )
        if path is None:
            return
        try:
            target = write_rules(path, held.text, self.tr("价格表"))
        except PolicyError as error:
            self._failed(error)
            return
        self.segment.page.note.show_files([target])

    def delete(self) -> None:
        """Delete the chosen own tariff with its versions; it can be undone."""
        held = self.chosen
        if held is None or not held.is_own:
            return
        tariff_id = held.id

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.delete_tariff(ws, tariff_id)

        words = self.tr("已删除“{title}”的全部版本，可在操作记录中撤销。").format(title=held.title)
        self._change(work, self.tr("正在删除价格表"), lambda _none: self._say(words))

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
