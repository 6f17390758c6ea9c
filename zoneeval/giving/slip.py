"""The confirmation slip of one enterprise on a sheet, A4 upright."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from zoneeval.giving.dossier import Dossier, shown_number
from zoneeval.model.fields import FIELDS, Field
from zoneeval.model.rarer_fields import OTHER_RATINGS, PERMIT_FIELDS, TAX_FIELDS
from zoneeval.model.records import SourceCell
from zoneeval.report.workbook.columns import MISSING, line_count

_WIDTHS = (5.0, 22.0, 12.0, 24.0, 32.0, 9.0, 14.0)
_HEADINGS = ("序号", "项目", "计量单位", "数值", "数据来源", "是否无误", "企业更正数值")
_BODY, _HEAD = "宋体", "黑体"

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "一、基本情况",
        (
            *("zone", "town", "industry_code", "scale", "above_scale_since", "registered_on"),
            *("production_started_on", "completion_due_on", "operating_status"),
            *("contact", "phone"),
        ),
    ),
    (
        "二、用地",
        (
            *("land_registered", "land_leased_in", "land_leased_out", "land_other"),
            *("land_area", "floor_leased_in", "tenant_count"),
        ),
    ),
    (
        "三、产出与投入",
        (
            *("tax_paid", "revenue", "profit", "value_added", "output_value", "rd_expense"),
            *("average_headcount", "fixed_asset_investment", "wage_growth"),
        ),
    ),
    (
        "四、能源与排放",
        (
            *("energy_use", "electricity_use", "water_use", "gas_use"),
            *("energy_intensity_decline", "emission_cod", "emission_nh3n", "emission_so2"),
            "emission_nox",
        ),
    ),
    (
        "五、资质与事件",
        (
            *("high_tech", "high_tech_until", "quality_prize_on", "listed"),
            *("provincial_rd_platform", "accidents", "penalties"),
        ),
    ),
    (
        "六、税种、排污权和其他评级",
        tuple(field.key for field in (*TAX_FIELDS, *PERMIT_FIELDS, *OTHER_RATINGS)),
    ),
)

_ONLY_GIVEN = (
    *("completion_due_on", "tenant_count", "wage_growth", "energy_intensity_decline"),
    *("high_tech_until", "quality_prize_on"),
    *_GROUPS[-1][1],
)
"""What few policies ask for: it takes a line only where there is something to confirm."""


class SlipWriter:
    """Write slips one below the other, or each on a sheet of its own, with shared styles."""

    def __init__(self, book: Any, year: int) -> None:
        self._book = book
        self._year = year
        self._sheet: Any = None
        self._row = 0
        self._styles: dict[str, Any] = {}

    def begin(self, name: str) -> None:
        """Begin a new sheet."""
        sheet = self._sheet = self._book.create_sheet(name)
        self._row = 0
        if not self._styles:
            self._styles = _styles(sheet)
        for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
        sheet.oddFooter.center.text = "第 &P 页"
        sheet.oddFooter.center.size = 9

    def write(self, dossier: Dossier, *, new_page: bool = False) -> None:
        """Write one slip; ``new_page`` begins it on a page of its own."""
        if new_page:
            from openpyxl.worksheet.pagebreak import Break

            self._sheet.row_breaks.append(Break(id=self._row))
        self._line(f"{self._year}年度企业数据确认单", "title", 30)
        self._line(f"企业名称：{dossier.name or MISSING}", "plain", 17)
        self._line(
            f"统一社会信用代码：{dossier.uscc}　　园区：{dossier.zone or MISSING}", "plain", 17
        )
        self._cells(_HEADINGS, "head", 22)
        number = 0
        for title, keys in _GROUPS:
            shown = [key for key in keys if key not in _ONLY_GIVEN or key in dossier.values]
            if shown:
                self._line(title, "group", 16)
            for key in shown:
                number += 1
                self._value(number, dossier, FIELDS[key])
        self._records(dossier)
        self._closing()

    def _value(self, number: int, dossier: Dossier, field: Field) -> None:
        given = dossier.values.get(field.key)
        source = _short(given.source) if given and given.source else ""
        if not source and given and given.value is not None and field.formula:
            source = field.note
        if field.key in ("accidents", "penalties") and dossier.events and given:
            source = source or "按事件计数"
        value = dossier.shown(field.key)
        words = (str(number), field.label, field.unit or "—", value, source, "", "")
        self._cells(words, "cell")

    def _records(self, dossier: Dossier) -> None:
        if dossier.parcels:
            self._line("附：宗地（亩）", "group", 16)
            self._cells(
                ("序号", "权证号", "登记", "租入／租出", "坐落", "是否无误", "更正"), "head", 20
            )
            for number, p in enumerate(dossier.parcels, 1):
                leased = f"{shown_number(p.leased_in)}／{shown_number(p.leased_out)}"
                self._cells((str(number), p.certificate or MISSING, shown_number(p.registered),
                             leased, p.location or MISSING, "", ""), "cell")  # fmt: skip
        if dossier.meters:
            self._line("附：用能用水户号", "group", 16)
            self._cells(("序号", "户号", "类别", "用量", "户名", "是否无误", "更正"), "head", 20)
            for number, m in enumerate(dossier.meters, 1):
                unit = {"供电": "万千瓦时"}.get(m.utility, "万立方米")
                use = f"{shown_number(m.use)} {unit}" if m.use is not None else MISSING
                self._cells((str(number), m.account, m.utility, use, m.account_name or MISSING,
                             "", ""), "cell")  # fmt: skip
        if dossier.events:
            self._line("附：安全事故和行政处罚", "group", 16)
            self._cells(("序号", "类型", "日期", "文号", "说明", "是否无误", "更正"), "head", 20)
            for number, e in enumerate(dossier.events, 1):
                self._cells((str(number), e.kind, e.occurred_on or MISSING, e.document or MISSING,
                             e.description or MISSING, "", ""), "cell")  # fmt: skip

    def _closing(self) -> None:
        self._line(
            "请逐项核对：无误的在“是否无误”栏打“√”；有误的填写更正数值并附证明材料。"
            "“—”表示没有收到数据，请补填。",
            "note",
            28,
        )
        self._line("以上数据经我单位核对，情况属实。", "plain", 20)
        self._line("企业（盖章）：　　　　　　　　　　　　法定代表人（签字）：", "plain", 26)
        self._line(
            "填表人：　　　　　　　　联系电话：　　　　　　　　　　　　　年　　月　　日",
            "plain",
            26,
        )

    def _line(self, text: str, style: str, height: float) -> None:
        self._row += 1
        sheet = self._sheet
        for column in range(1, len(_WIDTHS) + 1):
            sheet.cell(self._row, column)._style = self._styles[style]
        from openpyxl.worksheet.cell_range import CellRange

        cell = sheet.cell(self._row, 1)
        cell.value, cell.data_type = text, "s"
        # Straight into the set: merge_cells looks through all ranges there are already.
        sheet.merged_cells.ranges.add(CellRange(None, 1, self._row, len(_WIDTHS), self._row))
        sheet.row_dimensions[self._row].height = height

    def _cells(self, words: Sequence[str], style: str, height: float = 15.0) -> None:
        self._row += 1
        sheet = self._sheet
        lines = 1
        for column, (text, width) in enumerate(zip(words, _WIDTHS, strict=True), 1):
            cell = sheet.cell(self._row, column)
            name = style
            if style == "cell":
                name = "middle" if column in (1, 3, 6) else "right" if column == 4 else "cell"
            cell._style = self._styles[name]
            if text:
                cell.value, cell.data_type = text, "s"
                lines = max(lines, line_count(text, width - 2))
        sheet.row_dimensions[self._row].height = max(height, 12.5 * lines + 2.5)


def _short(source: SourceCell) -> str:
    """Return where a value stands in as few words as a narrow column needs."""
    return f"{source.file}〔{source.sheet}〕{source.column}{source.row}"


def _styles(sheet: Any) -> dict[str, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="808080")
    box = Border(left=line, right=line, top=line, bottom=line)

    def make(
        size: int,
        where: str,
        *,
        font: str = _BODY,
        bold: bool = False,
        boxed: bool = False,
        fill: str = "",
    ) -> Any:
        cell = sheet.cell(1, 1)
        cell.font = Font(name=font, size=size, bold=bold)
        cell.alignment = Alignment(
            horizontal=where,
            vertical="center",
            wrap_text=True,
            indent=1 if boxed and where == "right" else 0,
        )
        cell.border = box if boxed else Border()
        cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
        cell.number_format = "@"
        return copy(cell._style)

    return {
        "title": make(18, "center", font=_HEAD),
        "plain": make(11, "left"),
        "note": make(10, "left"),
        "group": make(10, "left", bold=True, boxed=True, fill="F2F2F2"),
        "head": make(10, "center", bold=True, boxed=True, fill="D9E2EC"),
        "cell": make(10, "left", boxed=True),
        "middle": make(10, "center", boxed=True),
        "right": make(10, "right", boxed=True),
    }  # fmt: skip
