"""Editing a tariff in tables: its faults, and what it comes to in a year, as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from zoneeval.errors import UserError
from zoneeval_ui.pages.lists.estimate_tables import brief_totals, sum_words
from zoneeval_ui.pages.lists.tariff_forms import tariff_forms
from zoneeval_ui.pages.policies.editor import PolicyEditor
from zoneeval_ui.pages.policies.parts import Entry, Form
from zoneeval_ui.pages.policies.trying import fault_words
from zoneeval_ui.tables import DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Section, make_label, set_tone

if TYPE_CHECKING:
    from zoneeval.model.estimate import Estimate
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.page import ListsPage


@dataclass(frozen=True, eq=False)
class TariffTrial:
    """What was found of a text: faults as sentences, and what it comes to for the run."""

    text: str
    faults: tuple[str, ...]
    estimate: Estimate | None = None
    reason: str = ""


def try_tariff(ws: Workspace, text: str, run_id: int | None) -> TariffTrial:
    """Examine a text, in the worker."""
    from zoneeval.policy.loader import check_tariff
    from zoneeval_db import operations

    faults = tuple(fault_words(text, fault) for fault in check_tariff(text))
    if faults:
        return TariffTrial(text, faults)
    if run_id is None:
        return TariffTrial(text, (), reason="还没有评价，不能测算金额。")
    try:
        return TariffTrial(text, (), operations.try_measures(ws, text, run_id))
    except UserError as error:
        return TariffTrial(text, (), reason=str(error))


class TariffEditor(PolicyEditor):
    """The editor of policies with the tables of a tariff."""

    def __init__(self, page: ListsPage) -> None:
        super().__init__(page)
        self._lists = page
        self.setObjectName("tariffEditor")
        self.tables.setObjectName("tariffTables")
        self.tables.setAccessibleName(self.tr("价格表的各项规定"))
        self.found: TariffTrial | None = None

    def _side(self) -> QWidget:
        card = Card(flush=True)
        card.setMinimumWidth(current_theme().px(250))
        head = Section(self.tr("检查"), line=False)
        self.faults = make_label("", wrap=True)
        self.faults.setObjectName("tariffFaults")
        self.faults.setAccessibleName(self.tr("价格表的问题"))
        head.add(self.faults)
        card.add(head)
        effect = Section(self.tr("全年金额测算"))
        self.effect = make_label("", wrap=True)
        self.effect.setObjectName("tariffEffect")
        self.effect.setAccessibleName(self.tr("全年金额"))
        effect.add(self.effect)
        card.add(effect)
        self.moved = DataTable("tariffTotals")
        self.moved.setAccessibleName(self.tr("各类别的全年金额"))
        card.add(self.moved, 1)
        card.add(self._foot())
        return card

    def forms(self) -> list[Form]:
        """Return the tariff as tables to fill in."""
        return tariff_forms(self.text)

    def _changed(self, entry: Entry, given: Any) -> None:
        super()._changed(entry, given)
        if entry.shapes and entry.name not in self._wrong:
            QTimer.singleShot(0, self, self._rebuild)

    @property
    def hindrance(self) -> str:
        """Return why the text cannot be saved as it stands, "" where it can."""
        from zoneeval.policy.loader import check_tariff

        faults = len(self._wrong) + len(check_tariff(self.text))
        if not faults:
            return ""
        return self.tr("价格表还有 {n} 处问题，改正后才能保存。").format(n=faults)

    def try_now(self) -> None:
        """Examine the text as it stands, in a job; only the newest answer is shown."""
        self._timer.stop()
        self._round += 1
        mine, text, run_id = self._round, self.text, self._lists.run_id
        self.save_button.setEnabled(False)
        self._page.session.read(
            lambda ws, _progress: try_tariff(ws, text, run_id),
            lambda found: self._show_found(found) if mine == self._round else None,
            title=self.tr("正在测算"),
            on_failure=self._failed,
        )

    def _show_found(self, found: TariffTrial) -> None:
        self.found = found
        faults = (*self._wrong.values(), *found.faults)
        text = "\n".join(f"· {words}" for words in faults) or self.tr("没有问题，可以保存。")
        self.faults.setText(text)
        set_tone(self.faults, Tone.C if faults else Tone.A)
        table = TableData((), {})
        if found.faults:
            self.effect.setText(self.tr("改正上面的问题后，这里显示全年金额。"))
        elif found.estimate is None:
            self.effect.setText(found.reason)
        else:
            self.effect.setText(sum_words(found.estimate))
            if found.estimate.totals:
                table = brief_totals(found.estimate)
        self.moved.set_empty_text("")
        self.moved.set_table(table)
        self.save_button.setEnabled(not faults and found.text == self.text)
