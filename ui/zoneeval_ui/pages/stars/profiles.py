"""What the office records of the zones themselves: kind, peer group, leading industries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError
from zoneeval.model.zone_records import ZoneProfile, industry_codes
from zoneeval_ui.pages.stars.fields_dialog import Field, FieldsDialog
from zoneeval_ui.pages.stars.listing import Listing
from zoneeval_ui.tables import Column, TableData

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.stars.data import DataSegment
    from zoneeval_ui.pages.stars.data_content import DataContent


class ProfilesView(Listing):
    """Every zone with what is recorded of it."""

    def __init__(self, segment: DataSegment) -> None:
        super().__init__(
            segment,
            "starsProfiles",
            segment.tr("园区资料"),
            (("profileEdit", segment.tr("修改…"), lambda: self.edit()),),
        )
        self.data: DataContent | None = None
        self.table.set_empty_text(self.tr("还没有园区"))
        self.table.row_selected.connect(lambda _id: self._enable())
        self.table.row_activated.connect(lambda _id: self.edit())

    def show_data(self, data: DataContent) -> None:
        """Show all zones; the one of the page is selected."""
        self.data = data
        self.say.setText(
            self.tr("同类组相同的园区一起排名；主导产业用于计算主导产业占比，填行业代码。")
        )
        columns = (
            Column("zone", self.tr("园区"), width=14, strong=True),
            Column("kind", self.tr("园区类别"), width=8),
            Column("peers", self.tr("同类组"), width=8),
            Column("leading", self.tr("主导产业（行业代码）"), width=12),
            Column("document", self.tr("依据文件"), width=16),
            Column("note", self.tr("说明"), width=16),
        )
        held = [data.profiles.get(zone, ZoneProfile(zone)) for zone in data.zones]
        values: dict[str, list[Any]] = {
            "zone": [one.zone for one in held],
            "kind": [one.kind for one in held],
            "peers": [one.peer_group for one in held],
            "leading": ["、".join(one.leading_industries) or None for one in held],
            "document": [one.document for one in held],
            "note": [one.note for one in held],
        }
        self.table.set_table(TableData(columns, values, ids=list(data.zones)))
        if data.zone is not None:
            self.table.select_id(data.zone)
        self._enable()

    def _enable(self) -> None:
        chosen = self.table.selected_id() is not None
        self.buttons["profileEdit"].setEnabled(self.segment.writable and chosen)

    def dialog(self, zone: str) -> FieldsDialog:
        """Return the form of a zone's profile."""
        data = self.data
        one = data.profiles.get(zone, ZoneProfile(zone)) if data is not None else ZoneProfile(zone)
        kinds = {p.kind for p in data.profiles.values() if p.kind} if data is not None else set()
        fields = (
            Field("kind", self.tr("园区类别"), one.kind or "", "", sorted(kinds)),
            Field(
                "peer_group",
                self.tr("同类组"),
                one.peer_group or "",
                self.tr("与阶梯中的同类组编号一致"),
                data.peers if data is not None else (),
            ),
            Field(
                "leading_industries",
                self.tr("主导产业"),
                "、".join(one.leading_industries),
                self.tr("行业代码前二至四位，例如 36、3921"),
            ),
            Field("document", self.tr("依据文件"), one.document or ""),
            Field("note", self.tr("说明"), one.note or ""),
        )
        title = self.tr("园区资料：{zone}").format(zone=zone)
        return FieldsDialog("profileDialog", title, fields, _fault, self.window())

    def edit(self) -> None:
        """Record what the user changes of the selected zone."""
        zone = self.table.selected_id()
        values = self.ask(self.dialog(zone)) if zone is not None else None
        if zone is None or values is None:
            return

        def work(ws: Workspace, _progress: Any) -> None:
            from zoneeval_db import operations

            operations.set_zone_profile(ws, zone, **values)

        done = self.tr("已保存“{zone}”的资料，可在操作记录中撤销。").format(zone=zone)
        self.segment.change(work, self.tr("正在保存园区资料"), done)


def _fault(values: Mapping[str, str]) -> str:
    try:
        industry_codes(values["leading_industries"])
    except InputError as error:
        return str(error)
    return ""
