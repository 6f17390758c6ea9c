"""The pane beside the ledger: one case with its plan and steps, or what a zone freed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from zoneeval.model.exits import CaseState
from zoneeval_ui.pages.exits.ledger_tables import freed_facts, state_words
from zoneeval_ui.pages.wording import MISSING, figure
from zoneeval_ui.theme import Tone, current_theme, tabular
from zoneeval_ui.widgets import Badge, DetailCard, Section, make_label

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitCase, ExitStep, Freed
    from zoneeval_ui.pages.exits.content import ExitsContent

_TONES = {
    CaseState.OPEN: Tone.UNCERTAIN,
    CaseState.ACTING: Tone.B,
    CaseState.CLOSED: Tone.A,
    CaseState.CANCELLED: Tone.PLAIN,
}


class CasePane(DetailCard):
    """Show a case; ``wanted`` carries what is to be done: plan, step, close, cancel, reopen…

    ``step_done`` and ``step_removed`` carry the step, ``years_wanted`` the credit code,
    ``trial_wanted`` the year and zone whose stars are to be tried.
    """

    wanted = Signal(str)
    step_done = Signal(object)
    step_removed = Signal(object)
    years_wanted = Signal(str)
    trial_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exitPane")
        self.setAccessibleName(self.tr("选中事项的处置方案和步骤"))
        self.case: ExitCase | None = None
        self.show_hint()

    def show_hint(self) -> None:
        """Say what to do where nothing is selected."""
        self.case = None
        self.clear()
        section = Section(line=False)
        text = self.tr("在表中选一个事项，这里显示它的处置方案和步骤，并可以办理。")
        section.add(make_label(text, "sentence", wrap=True))
        self.add_section(section)

    # -- one case ----------------------------------------------------------------------

    def show_case(self, content: ExitsContent, case: ExitCase, *, writable: bool) -> None:
        """Show a case with the buttons of what can be done with it."""
        self.case = case
        self.setUpdatesEnabled(False)
        self.clear()
        self.add_section(self._head(content, case))
        self.add_section(self._plan(case, writable=writable))
        self.add_section(self._steps(content, case, writable=writable))
        if not case.state.is_live:
            self.add_section(self._result(case))
        self.add_section(self._reasons(content, case))
        self.add_section(self._foot(case, writable=writable))
        self.setUpdatesEnabled(True)

    def _head(self, content: ExitsContent, case: ExitCase) -> Section:
        section = Section(line=False)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        name = make_label(case.subject, "detail", wrap=True)
        name.setObjectName("exitSubject")
        row.addWidget(name, 1)
        badge = Badge(pill=True)
        badge.setObjectName("exitState")
        late = case.id in content.overdue
        badge.set(state_words(content, case), Tone.C if late else _TONES[case.state])
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        facts = [self.tr("第 {n} 号").format(n=case.id), case.kind.label, case.zone, case.uscc]
        section.add(make_label(" · ".join(one for one in facts if one), "secondary", wrap=True))
        if case.id in content.left and case.state.is_live:
            text = self.tr("最近的评价已不在退出类别，请核对：继续处置，或写明理由不再处置。")
            left = make_label(text, "secondary", tone=Tone.UNCERTAIN, wrap=True)
            left.setObjectName("exitLeft")
            section.add(left)
        return section

    def _plan(self, case: ExitCase, *, writable: bool) -> Section:
        section = Section(self.tr("一企一策"))
        facts = [
            (self.tr("处置路径"), case.path or self.tr("未定")),
            (self.tr("责任单位"), case.responsible or MISSING),
            (self.tr("完成时限"), case.due or MISSING),
        ]
        if case.note:
            facts.append((self.tr("备注"), case.note))
        section.body.addLayout(_facts(facts))
        if case.state.is_live and writable:
            text = self.tr("修改方案…") if case.path else self.tr("制定方案…")
            section.body.addLayout(self._row(("exitPlanEdit", text, "plan")))
        return section

    def _steps(self, content: ExitsContent, case: ExitCase, *, writable: bool) -> Section:
        section = Section(self.tr("步骤"))
        steps = content.steps.get(case.id, ())
        if not steps:
            section.add(make_label(self.tr("还没有步骤。"), "secondary"))
        live = case.state.is_live and writable
        for step in steps:
            self._add_step(section, content.today, step, live=live)
        if live:
            section.body.addLayout(self._row(("exitStepAdd", self.tr("增加步骤…"), "step")))
        return section

    def _add_step(self, section: Section, today: date, step: ExitStep, *, live: bool) -> None:
        late = step.done_on is None and step.due is not None and step.due < today.isoformat()
        mark = "✓" if step.done_on else "○"
        row = QHBoxLayout()
        row.addWidget(
            make_label(f"{mark} {step.what}", tone=Tone.C if late else None, wrap=True), 1
        )
        if live and step.done_on is None:
            for name, text, signal in (
                ("Done", self.tr("完成…"), self.step_done),
                ("Remove", self.tr("删除"), self.step_removed),
            ):
                row.addWidget(
                    self._link(
                        f"exitStep{step.id}{name}",
                        text,
                        lambda wanted=signal: wanted.emit(step),  # type: ignore[misc]
                        self.tr("{text}：{what}").format(text=text.rstrip("…"), what=step.what),
                    ),
                    0,
                    Qt.AlignmentFlag.AlignTop,
                )
        section.body.addLayout(row)
        facts = [step.responsible or ""]
        if step.due:
            facts.append(
                self.tr("时限 {day}").format(day=step.due) + (self.tr("，已逾期") if late else "")
            )
        if step.done_on:
            facts.append(
                self.tr("{day} 完成，{evidence}").format(day=step.done_on, evidence=step.evidence)
            )
        words = " · ".join(one for one in facts if one)
        if words:
            label = make_label(words, "caption", wrap=True)
            label.setContentsMargins(current_theme().px(16), 0, 0, current_theme().px(4))
            section.add(label)

    def _result(self, case: ExitCase) -> Section:
        section = Section(case.state.label)
        facts = [
            (self.tr("日期"), case.closed_on or MISSING),
            (self.tr("说明"), case.outcome or MISSING),
        ]
        if case.state is CaseState.CLOSED:
            facts += [
                (self.tr("依据文件"), case.document or MISSING),
                (self.tr("腾出土地（亩）"), figure(case.freed_land)),
                (self.tr("腾出用能（吨标准煤）"), figure(case.freed_energy)),
                (self.tr("减少排放（吨）"), figure(case.freed_emission)),
                (self.tr("安置人数（人）"), figure(case.people)),
            ]
        section.body.addLayout(_facts(facts))
        return section

    def _reasons(self, content: ExitsContent, case: ExitCase) -> Section:
        section = Section(self.tr("列入原因"))
        for words in case.reasons:
            section.add(make_label(words, "secondary", wrap=True))
        section.add(make_label(self.tr("{day} 立案").format(day=case.opened_on), "caption"))
        mine = content.figures.get(case.id)
        if mine is not None and (mine.land_area is not None or mine.energy_use is not None):
            text = self.tr("立案时用地 {land} 亩，综合能耗 {energy} 吨标准煤").format(
                land=figure(mine.land_area), energy=figure(mine.energy_use)
            )
            section.add(make_label(text, "caption", wrap=True))
        return section

    def _foot(self, case: ExitCase, *, writable: bool) -> Section:
        section = Section(raised=True)
        buttons: list[tuple[str, str, str]] = []
        if writable and case.state.is_live:
            buttons += [
                ("exitCloseCase", self.tr("销号…"), "close"),
                ("exitCancelCase", self.tr("不再处置…"), "cancel"),
            ]
        elif writable:
            buttons.append(("exitReopenCase", self.tr("恢复处置…"), "reopen"))
        row = self._row(*buttons)
        if case.uscc:
            code = case.uscc
            row.insertWidget(
                len(buttons),
                self._link("exitYears", self.tr("历年情况…"), lambda: self.years_wanted.emit(code)),
            )
        section.body.addLayout(row)
        return section

    # -- what was freed ----------------------------------------------------------------

    def show_freed(self, one: Freed, base: int) -> None:
        """Show what was freed in a year and zone; stars are tried on the year ``base``."""
        self.case = None
        self.clear()
        section = Section(line=False)
        zone = one.zone or self.tr("未写明园区")
        section.add(make_label(zone, "detail", wrap=True))
        text = self.tr("{year} 年销号 {n} 项").format(year=one.year, n=one.cases)
        section.add(make_label(text, "secondary"))
        self.add_section(section)
        freed = Section(self.tr("腾出"))
        freed.body.addLayout(_facts(freed_facts(one)))
        note = self.tr("没有填报的没有计入，也不按 0 计算。")
        freed.add(make_label(note, "caption", wrap=True))
        self.add_section(freed)
        foot = Section(raised=True)
        if one.zone:
            text = self.tr(
                "从 {year} 年的园区数据中减去此后腾出的土地和用能，看对星级的影响。"
            ).format(year=base)
            foot.add(make_label(text, "caption", wrap=True))
            button = self._link(
                "exitTrial", self.tr("试算星级…"), lambda: self.trial_wanted.emit(one)
            )
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            foot.body.addLayout(row)
        self.add_section(foot)

    # -- parts -------------------------------------------------------------------------

    def _row(self, *buttons: tuple[str, str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, text, what in buttons:
            row.addWidget(self._link(name, text, lambda key=what: self.wanted.emit(key)))  # type: ignore[misc]
        row.addStretch(1)
        return row

    def _link(
        self, name: str, text: str, does: Callable[[], object], spoken: str = ""
    ) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(spoken or text)
        button.setProperty("kind", "link")
        button.clicked.connect(lambda _on=False: does())
        return button


def _facts(facts: list[tuple[str, str]]) -> QGridLayout:
    theme = current_theme()
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(3))
    grid.setColumnStretch(1, 1)
    for row, (label, text) in enumerate(facts):
        grid.addWidget(make_label(label, "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
        value = make_label(text, wrap=True)
        value.setFont(tabular(value.font()))
        value.setAccessibleName(f"{label} {text}")
        grid.addWidget(value, row, 1)
    return grid
