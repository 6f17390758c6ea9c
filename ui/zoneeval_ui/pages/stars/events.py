"""What happened in a zone and counts for its star: accidents, inspections, promotions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zoneeval_ui.pages.stars.fields_dialog import Field, FieldsDialog
from zoneeval_ui.pages.stars.listing import Listing
from zoneeval_ui.tables import Column, TableData

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.data import DataSegment
    from zoneeval_ui.pages.stars.data_content import DataContent


class EventsView(Listing):
    """The recorded events of the zone, newest first."""

    def __init__(self, segment: DataSegment) -> None:
        super().__init__(
            segment,
            "starsEvents",
            segment.tr("园区事项"),
            (
                ("eventAdd", segment.tr("记录事项…"), lambda: self.add()),
                ("eventRemove", segment.tr("删除"), lambda: self.remove()),
            ),
        )
        self.data: DataContent | None = None
        self.table.set_empty_text(self.tr("没有记录事项"))
        self.table.row_selected.connect(lambda _id: self._enable())

    def show_data(self, data: DataContent) -> None:
        """Show the events of a zone."""
        self.data = data
        self.say.setText(
            self.tr("阶梯中的否决、扣分和加分按这里的事项计次；没有记录的按没有发生计。")
        )
        events = sorted(data.events, key=lambda event: (event.occurred_on, event.id), reverse=True)
        columns = (
            Column("on", self.tr("日期"), width=6),
            Column("kind", self.tr("事项类别"), width=14, strong=True),
            Column("count", self.tr("次数"), kind="number", decimals=0),
            Column("document", self.tr("依据文件"), width=20),
            Column("note", self.tr("说明"), width=20),
        )
        values: dict[str, list[Any]] = {
            "on": [event.occurred_on for event in events],
            "kind": [data.kinds.get(event.kind, event.kind) for event in events],
            "count": [event.count for event in events],
            "document": [event.document for event in events],
            "note": [event.note for event in events],
        }
        self.table.set_table(TableData(columns, values, ids=[event.id for event in events]))
        self._enable()

    def _enable(self) -> None:
        writable = self.segment.writable
        has_zone = self.data is not None and self.data.zone is not None
        self.buttons["eventAdd"].setEnabled(writable and has_zone)
        self.buttons["eventRemove"].setEnabled(writable and self.table.selected_id() is not None)

    def dialog(self) -> FieldsDialog:
        """Return the form of a new event."""
        data = self.data
        fields = (
            Field("on", self.tr("日期"), "", self.tr("例如 2024-05-31")),
            Field(
                "kind",
                self.tr("事项类别"),
                "",
                self.tr("例如 较大安全事故"),
                tuple(dict.fromkeys(data.kinds.values())) if data is not None else (),
            ),
            Field("count", self.tr("次数"), "1"),
            Field("document", self.tr("依据文件"), "", self.tr("文件名称和文号")),
            Field("note", self.tr("说明")),
        )
        title = self.tr("记录事项：{zone}").format(zone=data.zone if data is not None else "")
        return FieldsDialog("eventDialog", title, fields, self._fault, self.window())

    def _fault(self, values: Mapping[str, str]) -> str:
        try:
            date.fromisoformat(values["on"])
        except ValueError:
            return self.tr("“日期”请写成 2024-05-31 的样式。")
        if not values["kind"]:
            return self.tr("请选择或填写事项类别。")
        return "" if _count(values["count"]) is not None else self.tr("“次数”要填 0 或正数。")

    def add(self) -> None:
        """Record an event that the user describes."""
        zone = self.data.zone if self.data is not None else None
        values = self.ask(self.dialog()) if zone is not None else None
        if zone is None or values is None:
            return
        count, kind = _count(values["count"]), self._kind(values["kind"])

        def work(ws: Workspace, _progress: Any) -> int:
            from zoneeval_db import operations

            return operations.add_zone_event(
                ws,
                zone,
                values["on"],
                kind,
                1.0 if count is None else count,
                values["document"],
                values["note"],
            )

        done = self.tr("已记录“{kind}”，可在操作记录中撤销。").format(kind=values["kind"])
        self.segment.change(work, self.tr("正在记录事项"), done)

    def _kind(self, words: str) -> str:
        """Return the kind that is called so, else the words themselves."""
        known = self.data.kinds if self.data is not None else {}
        return next((kind for kind, called in known.items() if called == words), words)

    def remove(self) -> None:
        """Take the selected event out."""
        number = self.table.selected_id()
        if number is None:
            return

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.remove_zone_event(ws, int(number))

        done = self.tr("已删除这条事项，可在操作记录中撤销。")
        self.segment.change(work, self.tr("正在删除事项"), done)


def _count(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
