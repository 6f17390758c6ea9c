"""The looks of cells, made once per workbook and shared by every cell that wears them."""

from __future__ import annotations

from typing import Any, get_args

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from zoneeval.report.workbook.columns import NUMBER_KINDS, Kind

_BODY = "宋体"
_HEAD = "黑体"

_FORMATS: dict[str, str] = {
    "code": "@",
    "plain": "0",
    "general": "General",
    "integer": "#,##0",
    "number": "#,##0.00",
    "fine": "#,##0.0000",
    "share": "0.0%",
    "ratio": "0.00%",
}

_GRADE_FILLS = {
    "grade_priority": "E2F0D9",
    "grade_encourage": "DDEBF7",
    "grade_regulate": "FFF2CC",
    "grade_exit": "F8CBAD",
}

LINE_HEIGHT = 15.0
"""Points that one line of body text takes."""


def set_default_font(workbook: Any) -> None:
    """Make the body's font the workbook's own, which is what column widths count in."""
    font = Font(name=_BODY, size=10, family=3, charset=134)
    workbook._fonts.clear()
    workbook._fonts.add(font)
    workbook._named_styles["Normal"].font = font


class StyleSheet:
    """Give the shared style of a kind of cell in one workbook.

    A style is the number under which the workbook keeps it.
    """

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        line = Side(style="thin", color="A6A6A6")
        self._box = Border(left=line, right=line, top=line, bottom=line)
        self._body = {kind: self._of_kind(kind) for kind in get_args(Kind)}
        self._quoted = {kind: self._of_kind(kind, quoted=True) for kind in get_args(Kind)}
        self._sums = {kind: self._of_kind(kind, bold=True) for kind in get_args(Kind)}
        self.title = self._line(_HEAD, 16, "center")
        self.title_left = self._line(_HEAD, 16, "left")
        self.note = self._line(_BODY, 10, "left", color="595959")
        self.alert = self._line(_BODY, 11, "left", bold=True, color="7F4F00", fill="FFE699")
        self.closing = self._line(_BODY, 11, "left")
        self.header = self._make(
            font=Font(name=_BODY, size=10, bold=True),
            fill=PatternFill("solid", fgColor="D9E2EC"),
            border=self._box,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )
        self.section = self._make(
            font=Font(name=_HEAD, size=11, bold=True),
            fill=PatternFill("solid", fgColor="D9E2EC"),
            border=self._box,
            alignment=Alignment(horizontal="left", vertical="center"),
        )
        self.label = self._make(
            font=Font(name=_BODY, size=10, bold=True),
            border=self._box,
            alignment=Alignment(horizontal="left", vertical="top", wrap_text=True),
        )

    def body(self, kind: Kind, *, quoted: bool = False, total: bool = False) -> int:
        """Return the style of a table's cell; ``quoted`` marks text as typed with '."""
        if total:
            return self._sums[kind]
        return self._quoted[kind] if quoted else self._body[kind]

    def _make(self, **parts: Any) -> int:
        cell = WriteOnlyCell(self._sheet)
        for name, value in parts.items():
            setattr(cell, name, value)
        return int(cell.style_id)

    def _of_kind(self, kind: Kind, *, quoted: bool = False, bold: bool = False) -> int:
        grade = _GRADE_FILLS.get(kind)
        if kind in NUMBER_KINDS and kind != "plain":
            horizontal = "right"
        else:
            horizontal = "center" if grade or kind in ("center", "plain") else "left"
        parts: dict[str, Any] = {
            "font": Font(name=_BODY, size=10, bold=bold or bool(grade)),
            "border": self._box,
            "alignment": Alignment(
                horizontal=horizontal, vertical="center", wrap_text=kind in ("wrap", "text")
            ),
        }
        if grade:
            parts["fill"] = PatternFill("solid", fgColor=grade)
        elif bold:
            parts["fill"] = PatternFill("solid", fgColor="F2F2F2")
        if kind in _FORMATS:
            parts["number_format"] = _FORMATS[kind]
        if quoted:
            parts["quotePrefix"] = True
        return self._make(**parts)

    def _line(
        self,
        font: str,
        size: int,
        horizontal: str,
        *,
        bold: bool = False,
        color: str = "000000",
        fill: str = "",
    ) -> int:
        parts: dict[str, Any] = {
            "font": Font(name=font, size=size, bold=bold, color=color),
            "alignment": Alignment(horizontal=horizontal, vertical="center", wrap_text=True),
        }
        if fill:
            parts["fill"] = PatternFill("solid", fgColor=fill)
        return self._make(**parts)
