"""The view 标准: every rate of the chosen tariff with its document, and the rest in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zoneeval.model.fields import label_of
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.tables import Column, DataTable, TableData, Tint
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Badge, Card, DetailCard, Section, make_label

if TYPE_CHECKING:
    from zoneeval.policy.tariff import Tariff
    from zoneeval_ui.pages.lists.measures import MeasuresSegment
    from zoneeval_ui.pages.lists.tariff_choice import TariffText

RATES = "加价和减免标准"


class TariffView(QWidget):
    """The rates as a table; head, other measures and what is missing beside it."""

    def __init__(self, segment: MeasuresSegment) -> None:
        super().__init__(segment)
        theme = current_theme()
        self.setObjectName("tariffView")
        self.bar: QWidget | None = None
        self.table = DataTable("tariffRates")
        self.table.setAccessibleName(segment.tr("加价和减免标准"))
        self.text = DetailCard()
        self.text.setObjectName("tariffText")
        self.text.setAccessibleName(segment.tr("价格表内容"))
        card = Card(flush=True)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(card)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(720), theme.px(340)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_content(self, content: ListsContent) -> None:
        """Show the chosen tariff."""
        held = content.tariff
        if held is None or held.tariff is None:
            return
        tariff = held.tariff
        self.table.set_empty_text(
            self.tr("没有公布的标准，名单上写“待定”，不写 0")
            if not tariff.provisions
            else self.tr("没有带数值的标准")
        )
        self.table.set_table(rates_table(tariff))
        self._show_text(held, content)

    def _show_text(self, held: TariffText, content: ListsContent) -> None:
        assert held.tariff is not None
        self.text.clear()
        head = Section(line=False)
        row = QHBoxLayout()
        row.addWidget(make_label(held.title, "detail", wrap=True), 1)
        status = held.tariff.status
        tone = Tone.A if status == "verified" else Tone.UNCERTAIN
        row.addWidget(Badge(status.label, tone), 0, Qt.AlignmentFlag.AlignTop)
        head.body.addLayout(row)
        head.add(make_label(held.head, "secondary", wrap=True))
        for words in (held.tariff.number, held.tariff.issuer, held.tariff.note):
            if words:
                head.add(make_label(words, "secondary", wrap=True))
        self.text.add_section(head)
        for part in held.parts:
            if part.title == RATES and held.tariff.rates:
                continue
            self._add(
                part.title, [(line.text, line.clause, line.illustrative) for line in part.lines]
            )
        if held.tariff.missing:
            self._add(self.tr("没有见到的内容"), [(w, "", True) for w in held.tariff.missing])
        cited = [
            (one.text, "，".join(x for x in (one.issuer, one.published, one.origin) if x), False)
            for one in held.tariff.citations
        ]
        if cited:
            self._add(self.tr("依据文件"), cited)
        faulty = [one for one in content.tariffs if one.faults]
        if faulty:
            self._add(
                self.tr("不能使用的价格表"), [(f"{x.title}：{x.faults}", "", True) for x in faulty]
            )

    def _add(self, title: str, lines: list[tuple[str, str, bool]]) -> None:
        section = Section(title)
        for text, clause, doubtful in lines:
            section.add(make_label(text, tone=Tone.UNCERTAIN if doubtful else None, wrap=True))
            if clause:
                section.add(make_label(clause, "caption", wrap=True))
        self.text.add_section(section)


def rates_table(tariff: Tariff) -> TableData:
    """Return the rates; none stands without its document."""
    from zoneeval.engine.acting.price import document_of

    columns = (
        Column("what", "措施", width=9, strong=True),
        Column("grade", "类别", kind="grade"),
        Column("amount", "标准", right=True),
        Column("years", "连续第几年起", kind="integer"),
        Column("starts", "执行起"),
        Column("ends", "执行止"),
        Column("document", "依据", width=15),
        Column("utility", "执行单位"),
        Column("base", "计算基数"),
        Column("note", "说明", width=10),
    )
    rates = tariff.rates
    values: dict[str, list[Any]] = {
        "what": [f"{rate.kind}{DIRECTION_WORDS[rate.direction]}" for rate in rates],
        "grade": [rate.grade for rate in rates],
        "amount": [f"{rate.amount:g} {rate.unit}" for rate in rates],
        "years": [rate.from_consecutive_year for rate in rates],
        "starts": [rate.starts for rate in rates],
        "ends": [rate.ends for rate in rates],
        "document": [
            document_of(tariff, x) + ("（示意）" if x.illustrative else "") for x in rates
        ],
        "utility": [rate.utility for rate in rates],
        "base": [label_of(rate.base_field) if rate.base_field else None for rate in rates],
        "note": [rate.note for rate in rates],
    }
    tints = {(at, "document"): Tint.UNCERTAIN for at, x in enumerate(rates) if x.illustrative}
    return TableData(columns, values, ids=list(range(len(rates))), tints=tints)
