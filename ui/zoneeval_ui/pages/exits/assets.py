"""The segment 低效资产: land, plant and equipment, the thresholds, and their disposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from zoneeval.model.assets import ASSET_WORDS
from zoneeval_ui.pages.exits.asset_forms import (
    asset_form,
    change_form,
    disposal_form,
    rule_form,
    search_form,
)
from zoneeval_ui.pages.exits.ledger_tables import make_table
from zoneeval_ui.pages.exits.segment import Segment
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Chip, ChipBar, make_label

if TYPE_CHECKING:
    from zoneeval.model.assets import Asset, AssetRule
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage

LIVE, DONE = "live", "done"


class AssetSegment(Segment):
    """低效、闲置资产."""

    def __init__(self, page: ExitsPage) -> None:
        super().__init__(page, "exitsAssets", page.tr("低效资产"))
        self.chips = ChipBar("assetChips", remember=True)
        self.chips.changed.connect(lambda _key: self._show_table())
        self.find_button = self.button("assetFindOpen", self.tr("按门槛查找…"), self.open_search)
        self.add_button = self.button("assetAddOpen", self.tr("登记资产…"), self.open_entry)
        self.dispose_button = self.button(
            "assetDisposeOpen", self.tr("登记处置…"), self.open_disposal
        )
        self.change_button = self.button("assetChangeOpen", self.tr("修改…"), self.open_change)
        self.remove_button = self.button("assetRemove", self.tr("删除"), self.remove)
        self.years_button = self.button("assetYears", self.tr("历年情况…"), self._open_years)
        self.bar(
            self.chips, self.years_button, self.remove_button, self.change_button,
            self.dispose_button, self.add_button, self.find_button,
        )  # fmt: skip
        self.rules = Card()
        self.rules.setObjectName("assetRules")
        self._rule_rows = QVBoxLayout()
        self._rule_rows.setSpacing(current_theme().px(4))
        self.rules.body.addLayout(self._rule_rows)
        self.rows.addWidget(self.rules)
        self.table = DataTable("assetTable")
        self.table.setAccessibleName(self.tr("低效、闲置资产清单"))
        self.table.row_selected.connect(lambda _id: self._enable())
        card = Card(flush=True)
        card.add(self.table, 1)
        self.rows.addWidget(card, 1)

    def sentence(self, content: ExitsContent) -> str:
        """Say how many there are and what is next."""
        live = sum(one.disposed_on is None for one in content.assets)
        text = self.tr("待处置 {n} 宗，已处置 {done} 宗").format(
            n=live, done=len(content.assets) - live
        )
        if not content.rules:
            return text + self.tr("。下一步：设定低效用地门槛，或逐宗登记。")
        return text + self.tr("。下一步：按门槛查找，处置后登记。")

    def show_content(self, content: ExitsContent) -> None:
        """Show thresholds and assets."""
        live = sum(one.disposed_on is None for one in content.assets)
        self.chips.set_chips(
            [
                Chip(LIVE, self.tr("待处置"), live),
                Chip(DONE, self.tr("已处置"), len(content.assets) - live),
            ]
        )
        self._show_rules(content)
        self._show_table()

    def _show_rules(self, content: ExitsContent) -> None:
        while (item := self._rule_rows.takeAt(0)) is not None:
            layout, widget = item.layout(), item.widget()
            if layout is not None:
                while (inner := layout.takeAt(0)) is not None:
                    held = inner.widget()
                    if held is not None:
                        held.hide()
                        held.deleteLater()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        writable = not self.page.session.read_only
        for rule in content.rules:
            row = QHBoxLayout()
            row.addWidget(
                make_label(self.tr("门槛：{words}").format(words=rule.words), wrap=True), 1
            )
            button = self.button(
                f"assetRuleRemove-{rule.field}",
                self.tr("取消门槛"),
                lambda wanted=rule: self.remove_rule(wanted),  # type: ignore[misc]
            )
            button.setProperty("kind", "link")
            button.setEnabled(writable)
            row.addWidget(button)
            self._rule_rows.addLayout(row)
        row = QHBoxLayout()
        words = self.tr("门槛由本单位设定，程序不带任何标准。")
        if not content.rules:
            words = self.tr("还没有设低效用地的门槛。") + words
        tone = None if content.rules else Tone.UNCERTAIN
        row.addWidget(make_label(words, "secondary", tone=tone, wrap=True), 1)
        button = self.button("assetRuleAdd", self.tr("设定门槛…"), self.open_rule)
        button.setProperty("kind", "link")
        button.setEnabled(writable)
        row.addWidget(button)
        self._rule_rows.addLayout(row)

    def _show_table(self) -> None:
        content, done = self.page.content, self.chips.current == DONE
        if content is None:
            return
        mine = [one for one in content.assets if (one.disposed_on is not None) == done]
        self.table.set_empty_text(
            self.tr("还没有处置完毕的资产") if done else self.tr("没有待处置的低效、闲置资产")
        )
        self.table.set_table(_table(self, mine, done=done))
        self._enable()

    # -- acting ------------------------------------------------------------------------

    def selected(self) -> Asset | None:
        """Return the asset that is selected."""
        content, number = self.page.content, self.table.selected_id()
        assets = content.assets if content is not None else ()
        return next((one for one in assets if one.id == number), None)

    def _enable(self) -> None:
        one, writable = self.selected(), not self.page.session.read_only
        content = self.page.content
        data = content is not None and content.enterprises > 0
        self.add_button.setEnabled(writable)
        self.find_button.setEnabled(writable and data)
        self.remove_button.setEnabled(writable and one is not None)
        live = one is not None and one.disposed_on is None
        self.change_button.setEnabled(writable and live)
        self.dispose_button.setEnabled(writable and live)
        self.years_button.setEnabled(one is not None and bool(one.uscc))

    def _open_years(self) -> None:
        one = self.selected()
        if one is not None and one.uscc:
            self.page.open_years(one.uscc)

    def open_entry(self) -> QDialog | None:
        """Open the form of a new asset."""
        content = self.page.content
        return None if content is None else self.page.open_form(asset_form(content))

    def open_change(self) -> QDialog | None:
        """Open the form by which the selected asset is changed."""
        one = self.selected()
        return None if one is None else self.page.open_form(change_form(one))

    def open_disposal(self) -> QDialog | None:
        """Open the form by which the selected asset is disposed of."""
        content, one = self.page.content, self.selected()
        if content is None or one is None:
            return None
        return self.page.open_form(disposal_form(content, one))

    def open_rule(self) -> QDialog | None:
        """Open the form of a threshold."""
        return self.page.open_form(rule_form())

    def open_search(self) -> QDialog | None:
        """Open the search, or first the form of a threshold where there is none."""
        content = self.page.content
        if content is None or content.year is None:
            return None
        if not content.rules:
            return self.open_rule()
        return self.page.open_form(search_form(content, content.year))

    def remove(self) -> None:
        """Take the selected asset out of the list; it can be undone."""
        one = self.selected()
        if one is None:
            return
        number = one.id

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.remove_asset(ws, number)

        said = self.tr("已删除“{name}”。").format(name=one.name)
        self.page.saving.store(work, self.tr("正在删除资产"), lambda _none: said)

    def remove_rule(self, rule: AssetRule) -> None:
        """Take a threshold out; it can be undone."""

        def work(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.remove_asset_rule(ws, rule.field)

        said = self.tr("已取消门槛：{words}。").format(words=rule.words)
        self.page.saving.store(work, self.tr("正在取消门槛"), lambda _rules: said)


def _table(segment: AssetSegment, assets: list[Asset], *, done: bool) -> TableData:
    tr = segment.tr
    columns = [
        Column("name", tr("名称"), width=14),
        Column("kind", tr("类别"), width=3),
        Column("size", tr("面积（数量）"), kind="number"),
        Column("unit", tr("单位"), width=4),
        Column("state", tr("状态"), width=4),
        Column("reason", tr("原因"), width=18),
        Column("found_by", tr("发现依据"), width=14),
        Column("found_on", tr("发现日期"), width=7),
    ]
    if done:
        columns[5:5] = [
            Column("disposal", tr("处置方式"), width=5),
            Column("disposed_on", tr("处置日期"), width=7),
            Column("document", tr("依据文件"), width=10),
        ]
    columns += [
        Column("zone", tr("园区"), width=10),
        Column("location", tr("位置"), width=8),
        Column("uscc", tr("信用代码"), width=12),
        Column("note", tr("备注"), width=8),
        Column("id", tr("编号"), kind="integer", width=4),
    ]
    lines = [
        {column.key: getattr(one, column.key) for column in columns}
        | {"kind": ASSET_WORDS[one.kind]}
        for one in assets
    ]
    tints = {(row, "size"): Tint.UNCERTAIN for row, one in enumerate(assets) if one.size is None}
    return make_table(columns, lines, [one.id for one in assets], tints)
