"""One column of a form: its heading, what may be filled in, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zoneeval.model.fields import FIELDS
from zoneeval.report.workbook.columns import display_width

ItemKind = Literal["text", "code", "date", "choice", "number", "integer", "year", "given"]
"""``given`` is filled in by the program and only to be read."""

YES_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class Item:
    """One column; ``key`` is a field or the part it plays in a table (户号 is account)."""

    key: str
    heading: str
    unit: str = ""
    kind: ItemKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    note: str = ""
    width: float = 0.0

    @property
    def shown_width(self) -> float:
        """Return the width in characters of half width."""
        if self.width:
            return self.width
        return float(min(max(12, display_width(self.heading.partition("（")[0]) + 3), 24))

    @property
    def requirement(self) -> str:
        """Return in one line what is to be filled in."""
        kinds = {
            "code": "文字",
            "date": "日期，如 2019-05-01",
            "number": "数字",
            "integer": "整数",
            "year": "四位年份，如 2024",
        }
        parts = [kinds.get(self.kind, "")]
        if self.choices:
            few = len(self.choices) <= 7
            parts = [f"只能填：{'、'.join(self.choices)}" if few else "从下拉列表中选择"]
        if self.minimum == 0:
            parts.append("不能为负数")
        if self.note and self.note not in parts:
            parts.append(self.note)
        return "；".join(part for part in parts if part) or "文字"


def field_item(key: str, *, required: bool = False, note: str = "", width: float = 0.0) -> Item:
    """Return the column of a field of the registry."""
    field = FIELDS[key]
    kind: ItemKind = "text"
    choices: tuple[str, ...] = ()
    if field.kind == "number":
        kind = "integer" if field.unit in ("人", "次", "家") else "number"
    elif field.kind == "flag":
        kind, choices = "choice", YES_NO
    elif field.kind == "choice":
        kind, choices = "choice", field.choices
    elif field.kind == "code":
        kind = "code"
    elif field.kind == "date":
        kind = "date"
    return Item(key, field.heading, field.unit, kind, required, choices, field.minimum, note, width)
