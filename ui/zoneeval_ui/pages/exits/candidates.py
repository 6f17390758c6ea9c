"""The segment 智能化改造候选: the best class, and the next under a condition of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from zoneeval.expressions.wording import worded
from zoneeval_ui.pages.exits.ledger_tables import make_table
from zoneeval_ui.pages.exits.segment import Segment
from zoneeval_ui.tables import Column, DataTable, Tint
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label

if TYPE_CHECKING:
    from zoneeval.engine.acting.candidates import Candidate
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage

ALL, DOUBT = "all", "doubt"


class CandidateSegment(Segment):
    """智能化改造候选企业."""

    def __init__(self, page: ExitsPage) -> None:
        super().__init__(page, "exitsCandidates", page.tr("智能化改造候选"))
        self.chips = ChipBar("candidateChips")
        self.chips.changed.connect(lambda _key: self._show_table())
        self.years_button = self.button("candidateYears", self.tr("历年情况…"), self._open_years)
        self.condition_button = self.button(
            "candidateCondition", self.tr("设定条件…"), self.open_condition
        )
        self.drop_button = self.button(
            "candidateConditionDrop", self.tr("取消条件"), lambda: self.set_condition("")
        )
        self.bar(self.chips, self.years_button, self.drop_button, self.condition_button)
        self.said = make_label("", "secondary", wrap=True)
        self.said.setObjectName("candidateSaid")
        self.rows.addWidget(self.said)
        self.table = DataTable("candidateTable")
        self.table.setAccessibleName(self.tr("智能化改造候选企业"))
        self.table.set_empty_text(self.tr("没有候选企业"))
        self.table.row_selected.connect(lambda code: self.years_button.setEnabled(bool(code)))
        self.table.row_activated.connect(lambda _code: self._open_years())
        card = Card(flush=True)
        card.add(self.table, 1)
        self.rows.addWidget(card, 1)

    def sentence(self, content: ExitsContent) -> str:
        """Say which run the candidates are from."""
        if content.opening is None:
            return self.tr("还没有评价。下一步：评价，候选企业由最终类别得出。")
        return self.tr(
            "据第 {n} 次评价（{status}）的最终类别，候选 {count} 户。下一步：核对后导出。"
        ).format(
            n=content.opening.info.id, status=content.opening.status, count=len(content.candidates)
        )

    def show_content(self, content: ExitsContent) -> None:
        """Show the candidates by class."""
        grades = list(dict.fromkeys(one.grade for one in content.candidates))
        chips = [Chip(ALL, self.tr("全部"), len(content.candidates))]
        chips += [
            Chip(grade, self.tr("{grade} 类").format(grade=grade), self._count(content, grade))
            for grade in grades
        ]
        doubt = sum(one.suits is None for one in content.candidates)
        if doubt:
            tip = self.tr("缺数据，不能判断是否符合条件")
            chips.append(Chip(DOUBT, self.tr("待核"), doubt, tip))
        self.chips.set_chips(chips)
        opening = content.opening
        best = "、".join(opening.best) if opening else ""
        other = "、".join(opening.next_best) if opening else ""
        text = self.tr("{grade} 类全部列入。").format(grade=best) if best else ""
        if other and content.condition:
            text += self.tr("{grade} 类须符合：{words}。").format(
                grade=other, words=worded(content.condition)
            )
        elif other:
            text += self.tr("没有设定 {grade} 类的条件，{grade} 类没有列入。").format(grade=other)
        self.said.setText(text)
        writable = not self.page.session.read_only
        self.condition_button.setEnabled(writable)
        self.drop_button.setEnabled(writable and bool(content.condition))
        self._show_table()

    def _count(self, content: ExitsContent, grade: str) -> int:
        return sum(one.grade == grade for one in content.candidates)

    def _show_table(self) -> None:
        content, key = self.page.content, self.chips.current
        if content is None:
            return
        mine = [one for one in content.candidates if key == ALL or _fits(one, key)]
        columns = (
            Column("name", self.tr("企业名称"), width=18),
            Column("grade", self.tr("类别"), kind="grade"),
            Column("suits", self.tr("符合条件"), width=9),
            Column("zone", self.tr("园区"), width=14),
            Column("uscc", self.tr("统一社会信用代码"), width=12),
        )
        lines = [
            {
                "name": one.name,
                "grade": one.grade,
                "suits": self.tr("待核：数据不全") if one.suits is None else self.tr("是"),
                "zone": one.zone,
                "uscc": one.uscc,
            }
            for one in mine
        ]
        tints = {
            (row, "suits"): Tint.UNCERTAIN for row, one in enumerate(mine) if one.suits is None
        }
        self.table.set_table(make_table(columns, lines, [one.uscc for one in mine], tints))
        self.years_button.setEnabled(self.table.selected_id() is not None)

    def _open_years(self) -> None:
        code = self.table.selected_id()
        if code is not None:
            self.page.open_years(str(code))

    def ask_condition(self, formula: str) -> str | None:
        """Let the user state the condition; None where they changed their mind."""
        from zoneeval_ui.pages.policies.condition_dialog import ConditionDialog
        from zoneeval_ui.pages.policies.parts import Entry

        opening = self.page.content.opening if self.page.content else None
        title = self.tr("{grade} 类企业的条件").format(
            grade="、".join(opening.next_best) if opening else ""
        )
        entry = Entry("upgrade", title, "condition", formula, lambda text, _value: text)
        dialog = ConditionDialog(entry, formula, self.window())
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        value = dialog.value
        dialog.deleteLater()
        return value if agreed else None

    def open_condition(self) -> None:
        """Ask for the condition and store it."""
        content = self.page.content
        if content is None:
            return
        formula = self.ask_condition(content.condition)
        if formula is not None and formula.strip() != content.condition:
            self.set_condition(formula)

    def set_condition(self, formula: str) -> None:
        """Store the condition; "" takes it out."""

        def work(ws: Workspace, _progress: Progress) -> str:
            from zoneeval_db import operations

            return operations.set_upgrade_condition(ws, formula)

        self.page.saving.store(
            work,
            self.tr("正在保存条件"),
            lambda words: (
                self.tr("已设定条件：{words}。").format(words=worded(words))
                if words
                else self.tr("已取消条件。")
            ),
        )


def _fits(one: Candidate, key: str) -> bool:
    return one.suits is None if key == DOUBT else one.grade == key
