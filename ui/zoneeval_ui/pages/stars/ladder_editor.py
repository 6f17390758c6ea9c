"""Editing a star ladder in tables: faults, and the zones whose star would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from zoneeval.errors import UserError
from zoneeval.policy.faults import Path, path_of
from zoneeval_ui.pages.policies.editor import PolicyEditor
from zoneeval_ui.pages.policies.fault_list import FaultList
from zoneeval_ui.pages.policies.parts import Form
from zoneeval_ui.pages.policies.trying import fault_words
from zoneeval_ui.pages.stars.ladder_forms import ladder_forms
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Section, make_label

if TYPE_CHECKING:
    from zoneeval_db.operations import LadderEffect
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, eq=False)
class LadderTrial:
    """What was found of a text: faults as sentences, and its effect on the zones of a year."""

    text: str
    faults: tuple[str, ...]
    effect: Sequence[LadderEffect] = ()
    reason: str = ""
    places: tuple[Path, ...] = ()


def try_ladder(ws: Workspace, text: str, before: str, year: int | None) -> LadderTrial:
    """Examine a text, in the worker."""
    from zoneeval.policy.loader import check_policy
    from zoneeval_db import operations

    found = check_policy(text)
    if found:
        places = tuple(path_of(fault.key) for fault in found)
        return LadderTrial(text, tuple(fault_words(text, one) for one in found), places=places)
    if year is None:
        return LadderTrial(text, (), reason="还没有园区数据，看不到对星级的影响。")
    try:
        return LadderTrial(text, (), tuple(operations.ladder_effect(ws, before, text, year)))
    except UserError as error:
        return LadderTrial(text, (), reason=str(error))


class LadderEditor(PolicyEditor):
    """The editor of policies with the tables of a ladder."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.setObjectName("ladderEditor")
        self.tables.setObjectName("ladderTables")
        self.tables.setAccessibleName(self.tr("阶梯的各项规定"))
        self.found: LadderTrial | None = None

    def _side(self) -> QWidget:
        card = Card(flush=True)
        card.setMinimumWidth(current_theme().px(250))
        head = Section(self.tr("检查"), line=False)
        self.faults = FaultList("ladderFaults", self.tr("阶梯的问题"))
        head.add(self.faults)
        card.add(head)
        effect = Section(self.tr("对本年度园区的影响"))
        self.effect = make_label("", wrap=True)
        self.effect.setObjectName("ladderEffect")
        self.effect.setAccessibleName(self.tr("星级会变的园区"))
        effect.add(self.effect)
        card.add(effect)
        self.moved = DataTable("ladderMoved")
        self.moved.setAccessibleName(self.tr("各园区的星级"))
        card.add(self.moved, 1)
        card.add(self._foot())
        return card

    def forms(self) -> list[Form]:
        """Return the ladder as tables to fill in."""
        return ladder_forms(self.text)

    @property
    def hindrance(self) -> str:
        """Return why the text cannot be saved as it stands, "" where it can."""
        from zoneeval.policy.loader import check_policy

        faults = len(self._wrong) + len(check_policy(self.text))
        if not faults:
            return ""
        return self.tr("阶梯还有 {n} 处问题，改正后才能保存。").format(n=faults)

    def try_now(self) -> None:
        """Examine the text as it stands, in a job; only the newest answer is shown."""
        self._timer.stop()
        self._round += 1
        mine, text, before, year = self._round, self.text, self.before, self._page.context.year
        self.save_button.setEnabled(False)
        self._page.session.read(
            lambda ws, _progress: try_ladder(ws, text, before, year),
            lambda found: self._show_found(found) if mine == self._round else None,
            title=self.tr("正在试算"),
            on_failure=self._failed,
        )

    def _show_found(self, found: LadderTrial) -> None:
        self.found = found
        faults = self.list_faults(found.faults, found.places)
        if found.faults:
            self.effect.setText(self.tr("改正上面的问题后，这里显示各园区的星级。"))
        elif not found.effect:
            self.effect.setText(found.reason or self.tr("没有园区数据。"))
        else:
            changed = sum(one.changed for one in found.effect)
            words = self.tr("{all} 个园区中 {n} 个的测算星级会变。")
            self.effect.setText(words.format(all=len(found.effect), n=changed))
        self.moved.set_table(_effect_table(found.effect))
        self.save_button.setEnabled(not faults and found.text == self.text)


def _effect_table(effect: Sequence[LadderEffect]) -> TableData:
    ordered = sorted(effect, key=lambda one: not one.changed)
    columns = (
        Column("zone", "园区", width=8),
        Column("before", "原来", width=5),
        Column("after", "现在", width=5, strong=True),
    )
    values: dict[str, list[Any]] = {
        "zone": [one.zone for one in ordered],
        "before": [one.before for one in ordered],
        "after": [one.after for one in ordered],
    }
    tints = {(at, "after"): Tint.UNCERTAIN for at, one in enumerate(ordered) if one.changed}
    return TableData(columns, values, ids=[one.zone for one in ordered], tints=tints)
