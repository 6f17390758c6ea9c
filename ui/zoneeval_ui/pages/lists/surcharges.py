"""The view 其他加价: what enterprises pay already for other reasons than their class."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zoneeval.model.pricing import RECEIVERS, OtherSurcharge
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.storing_form import StoringForm
from zoneeval_ui.tables import Column, DataTable, TableData
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, make_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.measures import MeasuresSegment
    from zoneeval_ui.pages.lists.page import ListsPage
    from zoneeval_ui.session import Work
    from zoneeval_ui.widgets.combo import ComboBox

KINDS = ("差别电价", "惩罚性电价", "阶梯电价")


class SurchargesView(QWidget):
    """The surcharges entered, with buttons to enter and remove them."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(segment)
        self.segment = segment
        self.found: Sequence[OtherSurcharge] = ()
        self.names: Mapping[str, str] = {}
        self.setObjectName("surchargesView")
        self.bar: QWidget | None = QWidget(segment)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.add_button = segment.button(row, "surchargeAdd", self.tr("登记…"), self.add)
        self.remove_button = segment.button(
            row, "surchargeRemove", self.tr("删除选中的"), self.remove
        )
        words = make_label(
            self.tr(
                "企业已经执行的差别电价、惩罚性电价、阶梯电价。价格表规定“只执行最高的一种”时，"
                "测算和名单据此计算。"
            ),
            "secondary",
            wrap=True,
        )
        self.table = DataTable("surchargesTable")
        self.table.setAccessibleName(self.tr("其他加价"))
        self.table.set_empty_text(self.tr("还没有登记其他加价"))
        self.table.row_selected.connect(self._selected)
        card = Card(flush=True)
        card.add(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(current_theme().px(8))
        layout.addWidget(words)
        layout.addWidget(card, 1)

    def show_content(self, content: ListsContent) -> None:
        """Ask for the surcharges, and for the names of the enterprises of the run."""
        self.add_button.setEnabled(not self.segment.page.session.read_only)
        self.remove_button.setEnabled(False)
        run_id = content.info.id if content.info else None

        def work(
            ws: Workspace, _progress: Progress
        ) -> tuple[Sequence[OtherSurcharge], Mapping[str, str]]:
            from zoneeval_db import operations

            names: dict[str, str] = {}
            if run_id is not None:
                evaluation = operations.final_evaluation(ws, run_id)
                pairs = zip(evaluation.uscc.tolist(), evaluation.name.tolist(), strict=True)
                names = {str(code): str(name or code) for code, name in pairs}
            return operations.other_surcharges(ws), names

        self.segment.ask(work, self._show)

    def _show(self, read: tuple[Sequence[OtherSurcharge], Mapping[str, str]]) -> None:
        self.found, self.names = read
        columns = (
            Column("name", self.tr("企业名称"), width=15),
            Column("utility", self.tr("执行单位"), width=5),
            Column("kind", self.tr("加价种类"), width=7),
            Column("rate", self.tr("标准"), right=True, strong=True),
            Column("document", self.tr("依据"), width=15),
            Column("first", self.tr("执行起")),
            Column("last", self.tr("执行止")),
            Column("uscc", self.tr("统一社会信用代码")),
        )
        values: dict[str, list[Any]] = {
            "name": [self.names.get(one.uscc) for one in self.found],
            "utility": [one.utility for one in self.found],
            "kind": [one.kind for one in self.found],
            "rate": [f"{one.rate:g} {one.unit}" for one in self.found],
            "document": [one.document for one in self.found],
            "first": [one.valid_from for one in self.found],
            "last": [one.valid_to for one in self.found],
            "uscc": [one.uscc for one in self.found],
        }
        self.table.set_table(TableData(columns, values, ids=[one.id for one in self.found]))
        self._selected(self.table.selected_id())

    def _selected(self, number: object) -> None:
        self.remove_button.setEnabled(
            number is not None and not self.segment.page.session.read_only
        )

    def add(self) -> SurchargeDialog:
        """Open the form of a surcharge."""
        dialog = SurchargeDialog(self.segment.page, self.names)
        dialog.open()
        return dialog

    def remove(self) -> None:
        """Take the chosen surcharge away; it can be undone."""
        number = self.table.selected_id()
        if number is None:
            return

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.remove_other_surcharge(ws, int(number))

        self.segment.page.saving.store(
            work, self.tr("正在删除"), lambda _none: self.tr("已删除这条其他加价。")
        )


class SurchargeDialog(StoringForm):
    """Asks who pays what already, after which document."""

    def __init__(self, page: ListsPage, names: Mapping[str, str]) -> None:
        head = page.tr("填写企业已经执行的其他加价；要有依据文件。")
        super().__init__(page, "surchargeDialog", page.tr("登记其他加价"), head)
        choices = [(code, f"{name}（{code}）") for code, name in sorted(names.items())]
        self.uscc = self.combo("surchargeFirm", self.tr("企业"), choices)
        self.uscc.setEditable(True)
        self.uscc.setInsertPolicy(self.uscc.InsertPolicy.NoInsert)
        self.uscc.setMaximumWidth(current_theme().px(420))
        self.uscc.setCurrentIndex(-1)
        self.uscc.setEditText("")
        self.uscc.editTextChanged.connect(lambda _text: self.check())
        self._typed(self.uscc, self.tr("选择，或输入名称、信用代码"))
        self.utility = self.combo(
            "surchargeUtility", self.tr("执行单位"), [(name, name) for name in RECEIVERS]
        )
        self.kind = self.combo("surchargeKind", self.tr("加价种类"), [(k, k) for k in KINDS])
        self.kind.setEditable(True)
        self.kind.editTextChanged.connect(lambda _text: self.check())
        self._typed(self.kind)
        self.rate = self.line("surchargeRate", self.tr("标准"), hint="0.1")
        self.unit = self.line("surchargeUnit", self.tr("单位"), "元/千瓦时")
        self.document = self.line("surchargeDocument", self.tr("依据文件"))
        today = date.today().isoformat()
        self.first = self.line("surchargeFrom", self.tr("执行起（可不写）"), hint=today)
        self.last = self.line("surchargeTo", self.tr("执行止（可不写）"), hint=today)
        self.finish(self.tr("登记"))

    def _typed(self, box: ComboBox, hint: str = "") -> None:
        """Name the line of a box in which one may type too."""
        line = box.lineEdit()
        if line is not None:
            line.setObjectName(f"{box.objectName()}Typed")
            line.setAccessibleName(box.accessibleName())
            line.setPlaceholderText(hint)

    @property
    def code(self) -> str:
        """Return the credit code chosen or typed."""
        words = self.uscc.currentText().strip()
        at = self.uscc.findText(words)
        return str(self.uscc.itemData(at)) if at >= 0 else words

    def _number(self) -> float | None:
        try:
            return float(self.rate.text().strip())
        except ValueError:
            return None

    def lacking(self) -> str:
        """Say what is missing."""
        if not self.code:
            return self.tr("请选择企业。")
        if self._number() is None:
            return self.tr("请填写加价标准，如 0.1。")
        return "" if self.document.text().strip() else self.tr("请填写依据文件。")

    def work(self) -> Work:
        """Return what stores the surcharge."""
        code, rate = self.code, self._number() or 0.0
        utility, kind = str(self.utility.currentData()), self.kind.currentText()
        unit, document = self.unit.text(), self.document.text()
        first, last = self.first.text().strip() or None, self.last.text().strip() or None

        def store(ws: Workspace, _progress: Progress) -> OtherSurcharge:
            from zoneeval_db import operations

            return operations.add_other_surcharge(
                ws,
                code,
                utility,
                kind,
                rate,
                unit,
                document=document,
                valid_from=first,
                valid_to=last,
            )

        return store

    def said(self, _value: Any) -> str:
        """Say that it is entered."""
        return self.tr("已登记其他加价。")
