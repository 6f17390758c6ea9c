"""A form as a workbook: title, lines to fill in, headings with notes, and 填表说明."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zoneeval.giving.item import Item
from zoneeval.report.workbook.columns import line_count

GUIDE = "填表说明"
"""The sheet that explains the form; importing skips it."""

READY_ROWS = 200
"""How many empty rows of a blank form have borders."""
LAST_ROW = 5000
"""Down to which row entries are checked while they are typed."""

_BODY, _HEAD = "宋体", "黑体"
_FORMATS = {"code": "@", "date": "yyyy-mm-dd", "number": "General", "integer": "0", "year": "0"}
_INLINE = 250
"""Excel takes at most 255 characters of choices written out."""


@dataclass(frozen=True)
class Form:
    """A form and the sentences that go with it; ``rows`` may be filled in beforehand."""

    name: str
    title: str
    items: tuple[Item, ...]
    lines: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    rows: Sequence[Sequence[float | str | None]] = ()
    ready_rows: int = READY_ROWS


def make_form(form: Form) -> Any:
    """Return the form as an openpyxl workbook."""
    # The spreadsheet library is slow to import, so only writing does it.
    from openpyxl import Workbook

    from zoneeval.report.workbook.styles import set_default_font

    book = Workbook()
    set_default_font(book)
    book.properties.creator = book.properties.lastModifiedBy = "zoneeval"
    book.properties.title = form.title
    sheet: Any = book.active
    sheet.title = form.name
    top = _heading(sheet, form)
    _rows(sheet, form, top + 1)
    lists = _guide(book.create_sheet(GUIDE), form)
    _checks(sheet, form, top + 1, lists)
    _page(sheet, form.title, f"{top}:{top}")
    return book


def _heading(sheet: Any, form: Form) -> int:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    width = sum(item.shown_width for item in form.items)
    for row, text in enumerate((form.title, *form.lines), 1):
        cell = sheet.cell(row, 1, text)
        cell.font = Font(name=_HEAD, size=16) if row == 1 else Font(name=_BODY, size=10)
        where = "center" if row == 1 else "left"
        cell.alignment = Alignment(horizontal=where, vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(form.items))
        sheet.row_dimensions[row].height = 30 if row == 1 else 16 * line_count(text, width) + 4
    top = 2 + len(form.lines)
    line = Side(style="thin", color="808080")
    lines = 1
    for column, item in enumerate(form.items, 1):
        cell = sheet.cell(top, column, item.heading)
        cell.font = Font(name=_BODY, size=10, bold=True)
        colour = "BDD7EE" if item.required else "E7E6E6" if item.kind == "given" else "EAF1F8"
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if item.kind != "given":
            must = "必填。" if item.required else ""
            cell.comment = Comment(f"{must}{item.requirement}。", "zoneeval", 70, 260)
        sheet.column_dimensions[get_column_letter(column)].width = item.shown_width
        label, bracket, unit = item.heading.partition("（")
        room = item.shown_width - 2
        lines = max(lines, line_count(label, room) + (1 if bracket and unit else 0))
    sheet.row_dimensions[top].height = 15 * lines + 8
    keys = [item.key for item in form.items]
    frozen = keys.index("name") + 1 if "name" in keys else 1
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{top + 1}"
    return top


def _rows(sheet: Any, form: Form, first: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="BFBFBF")
    box = Border(left=line, right=line, top=line, bottom=line)
    font = Font(name=_BODY, size=10)
    styles: list[Any] = []
    for column, item in enumerate(form.items, 1):
        model = sheet.cell(first, column)
        model.font, model.border = font, box
        model.number_format = _FORMATS.get(item.kind, "@" if item.kind == "text" else "General")
        side = "right" if item.kind in ("number", "integer") else "left"
        if item.kind in ("choice", "date", "year"):
            side = "center"
        model.alignment = Alignment(horizontal=side, vertical="center", wrap_text=side == "left")
        styles.append(model._style)
        wide = sheet.column_dimensions[get_column_letter(column)]
        wide.number_format, wide.font = model.number_format, font
    for offset in range(max(form.ready_rows, len(form.rows))):
        given = form.rows[offset] if offset < len(form.rows) else ()
        tall = 1
        for column in range(len(form.items)):
            cell = sheet.cell(first + offset, column + 1)
            cell._style = styles[column]
            value = given[column] if column < len(given) else None
            if value is None or value == "" or value != value:
                continue
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                tall = max(tall, line_count(value, form.items[column].shown_width - 1.5))
        if tall > 1:
            sheet.row_dimensions[first + offset].height = 14.5 * tall + 3


def _guide(sheet: Any, form: Form) -> dict[str, str]:
    """Write 填表说明 and return, by column, the range that holds a long list of choices."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="BFBFBF")
    box = Border(left=line, right=line, top=line, bottom=line)
    widths = (26.0, 14.0, 8.0, 62.0)
    for letter, width in zip("ABCD", widths, strict=True):
        sheet.column_dimensions[letter].width = width

    def put(row: int, column: int, text: str, *, bold: bool = False, boxed: bool = True) -> None:
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"
        cell.font = Font(name=_BODY, size=10, bold=bold)
        cell.alignment = Alignment(
            vertical="center", wrap_text=True, horizontal="center" if bold else "left"
        )
        if boxed:
            cell.border = box
        if bold:
            cell.fill = PatternFill("solid", fgColor="D9E2EC")

    sheet.cell(1, 1, f"{form.title}：填表说明").font = Font(name=_HEAD, size=14)
    sheet.row_dimensions[1].height = 28
    row = 1
    colours = "深色标题的列必填；列标题不要改动，不需要的列可以留空。"
    for number, text in enumerate((*form.rules, colours), 1):
        row += 1
        put(row, 1, f"{number}. {text}", boxed=False)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        sheet.row_dimensions[row].height = 15 * line_count(text, sum(widths) - 6) + 3
    row += 2
    for column, text in enumerate(("列", "用什么单位", "必填", "怎样填"), 1):
        put(row, column, text, bold=True)
    for item in form.items:
        if item.kind == "given":
            continue
        row += 1
        words = (item.heading, item.unit or "—", "是" if item.required else "", item.requirement)
        for column, text in enumerate(words, 1):
            put(row, column, text)
        lines = max(line_count(w, s - 2) for w, s in zip(words, widths, strict=True))
        sheet.row_dimensions[row].height = 15 * lines + 3
    _page(sheet, f"{form.title}：填表说明", None, portrait=True)
    lists: dict[str, str] = {}
    for item in form.items:
        if sum(len(word) + 1 for word in item.choices) <= _INLINE:
            continue
        row += 2
        put(row, 1, f"“{item.heading}”可选", bold=True)
        start = row + 1
        for word in item.choices:
            row += 1
            put(row, 1, word)
        lists[item.key] = f"'{GUIDE}'!$A${start}:$A${row}"
    return lists


def _checks(sheet: Any, form: Form, first: int, lists: dict[str, str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, item in enumerate(form.items, 1):
        if item.choices:
            words = ",".join(item.choices)
            check = DataValidation(
                type="list", formula1=lists.get(item.key) or f'"{words}"', allow_blank=True
            )
            check.error = f"请从下拉列表中选择“{item.heading}”。"
        elif item.kind in ("number", "integer") and item.minimum == 0:
            check = DataValidation(
                type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True
            )
            check.error = f"“{item.heading}”要填数字，不能为负数，也不要写单位。"
        elif item.key == "uscc":
            check = DataValidation(
                type="textLength", operator="equal", formula1="18", allow_blank=True
            )
            check.error = "统一社会信用代码应为 18 位。"
            check.errorStyle = "warning"
        else:
            continue
        check.errorTitle = "请核对"
        check.showErrorMessage = True
        letter = get_column_letter(column)
        check.add(f"{letter}{first}:{letter}{max(LAST_ROW, first + len(form.rows))}")
        sheet.add_data_validation(check)


def _page(sheet: Any, title: str, repeated: str | None, *, portrait: bool = False) -> None:
    sheet.print_title_rows = repeated
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
    sheet.oddFooter.left.text = title.replace("&", "&&")
    sheet.oddFooter.left.size = 8
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.size = 9


def line_to_fill_in(items: Sequence[Item]) -> str:
    """Return the line for whoever fills in the form, shorter on a narrow one."""
    width = sum(item.shown_width for item in items)
    blank = "＿＿＿＿"
    if width <= 110:
        blank = "＿＿"
    parts = (
        f"填报单位（盖章）：{blank * 2}",
        f"填报人：{blank}",
        f"电话：{blank}",
        "填报日期：　　年　　月　　日",
    )
    return "　　".join(parts)
