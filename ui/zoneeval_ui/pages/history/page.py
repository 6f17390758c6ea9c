"""The page 操作记录."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zoneeval.errors import UserError
from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.history.content import (
    KINDS,
    MOST_REPAIRS,
    HistoryContent,
    read_history,
    repair_line,
)
from zoneeval_ui.pages.wording import full_time
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import Card, Section, make_label

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import OperationInfo
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class HistoryPage(WorkspacePage):
    """Every operation of the workspace, newest first, and undo."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("history", self.tr("操作记录"), window, session)
        self.content: HistoryContent | None = None
        self.undo_button = self.header.add_button(
            "historyUndo", self.tr("撤销最近一次修改"), primary=True
        )
        self.undo_button.clicked.connect(self.undo)
        self.table = DataTable("historyTable")
        self.table.setAccessibleName(self.tr("操作记录"))
        card = Card(flush=True)
        card.add(self.table, 1)
        self.repairs = Section("", card)
        self.repairs.setObjectName("historyRepairs")
        self._mended = make_label("", "secondary", self.repairs, wrap=True)
        self.repairs.add(self._mended)
        self.repairs.hide()
        card.add(self.repairs)
        self.table.row_selected.connect(self._show_repairs)
        self.body_layout.addWidget(card, 1)

    def refresh(self) -> None:
        """Take the button away until there is something to undo, then load."""
        self.undo_button.setEnabled(False)
        super().refresh()

    def load_content(self) -> None:
        """Ask for the operations."""
        self.ask(lambda ws, _progress: read_history(ws), self.show_content)

    def show_content(self, content: HistoryContent) -> None:
        """Show the operations, newest first."""
        self.content = content
        target = content.undoable
        free = target is not None and not content.hindrance
        self.undo_button.setEnabled(free and not self.session.read_only)
        self.undo_button.setToolTip(content.hindrance or (target.label if target else ""))
        importing = target is not None and target.kind == "import"
        self.undo_button.setText(
            self.tr("撤销这次导入") if importing else self.tr("撤销最近一次修改")
        )
        if not content.operations:
            self.header.set_sentence(self.tr("还没有操作。下一步：导入数据。"))
            self.show_empty(
                self.tr("还没有操作记录"),
                self.tr("导入、评价和录入都会记在这里，写错了可以撤销。"),
                self.tr("去导入"),
                lambda: self.window_shell.go_to("import"),
            )
            return
        count = self.tr("共 {n} 步。").format(n=len(content.operations))
        if self.session.read_only:
            step = self.tr("文件以只读方式打开，不能撤销。")
        elif content.hindrance:
            step = content.hindrance
        elif target is not None:
            step = self.tr("现在可以撤销：{label}").format(label=target.label)
        else:
            step = self.tr("没有可以撤销的操作；评价结果不删除，重新评价会另存一次。")
        self.header.set_sentence(count + step)
        self.table.set_table(self._table(content))
        self._show_repairs(self.table.selected_id())
        self.show_ready()

    def _show_repairs(self, number: object) -> None:
        """Show what the chosen import mended, cell by cell."""
        known = self.content.repairs if self.content is not None else {}
        mended = known.get(number, ()) if isinstance(number, int) else ()
        self.repairs.setVisible(bool(mended))
        lines = [repair_line(repair) for repair in mended[:MOST_REPAIRS]]
        if len(mended) > MOST_REPAIRS:
            lines.append(self.tr("另有 {n} 处。").format(n=len(mended) - MOST_REPAIRS))
        self._mended.setText("\n".join(lines))
        height = self._mended.fontMetrics().lineSpacing() * max(1, len(lines))
        self._mended.setMinimumHeight(height)

    def _table(self, content: HistoryContent) -> TableData:
        infos = content.operations
        columns = (
            Column("label", self.tr("操作"), width=40),
            Column("kind", self.tr("类别")),
            Column("time", self.tr("时间"), width=11),
            Column("user", self.tr("操作人"), width=8),
            Column("state", self.tr("能否撤销"), width=9),
        )
        states = [content.state_of(info) for info in infos]
        tints = {
            (place, "state"): Tint.GOOD if state == "可以撤销" else Tint.MUTED
            for place, state in enumerate(states)
        }
        for place, info in enumerate(infos):
            if info.undone:
                tints[place, "label"] = Tint.MUTED
        return TableData(
            columns,
            {
                "label": [info.label for info in infos],
                "kind": [KINDS.get(info.kind, info.kind) for info in infos],
                "time": [full_time(info.created_at) for info in infos],
                "user": [info.user for info in infos],
                "state": states,
            },
            ids=[info.id for info in infos],
            tints=tints,
        )

    def undo(self) -> None:
        """Take back the newest operation that can be taken back."""

        def work(workspace: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.undo(workspace)

        self.undo_button.setEnabled(False)
        self.session.change(work, self._undone, title=self.tr("正在撤销"), on_failure=self._failed)

    def _undone(self, info: OperationInfo) -> None:
        text = self.tr("已撤销：{label}。原来的记录仍保留在下面。").format(label=info.label)
        self.banner.show_message(text, tone=Tone.A)

    def _failed(self, error: BaseException) -> None:
        self.undo_button.setEnabled(True)
        if isinstance(error, UserError):
            self.window_shell.show_failure(error, self.tr("撤销"))
