"""What the values of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from zoneeval.identifiers import credit_code_fault
from zoneeval.intake.cells import MISSING, clean
from zoneeval.model.fields import FIELDS

Kind = Literal[
    "empty", "credit_code", "scale", "flag", "date", "industry", "share", "number", "digits",
    "text",
]  # fmt: skip
SAMPLE = 200
MOSTLY = 0.9
_CODE = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$")
_DATE = re.compile(r"^(?:19|20)\d{2}(?:[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?月?|年)(?:\s.*)?$")
_SCALE = re.compile(r"^(?:规模?以?[上下]|限额?以?[上下])")
_NUMBER = re.compile(r"^[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?%?$")
_FLAGS = frozenset({"是", "否", "√", "×", "有"})


@dataclass(frozen=True, slots=True)
class Look:
    """The kind that nearly all values are of; ``examples`` are the first of them."""

    kind: Kind
    examples: tuple[str, ...] = ()
    above_one: bool = False


def example(value: object) -> str:
    """Return a cell as a short example."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.10g}"
    text = " ".join(str(value).split())
    return text if len(text) <= 24 else text[:23] + "…"


def look_at(cells: Sequence[Any]) -> Look:
    """Return what the cells of one column look like; blanks and 无 do not count."""
    values: list[Any] = []
    for cell in cells:
        if cell is None or (isinstance(cell, str) and clean(cell) in MISSING):
            continue
        values.append(cell)
        if len(values) >= SAMPLE:
            break
    if not values:
        return Look("empty")
    counts: dict[Kind, int] = {}
    for value in values:
        kind = _kind(value)
        counts[kind] = counts.get(kind, 0) + 1
    total = len(values)
    examples = tuple(example(v) for v in values[:3])
    for kind in ("credit_code", "scale", "flag", "date", "text"):
        if counts.get(kind, 0) >= MOSTLY * total:
            return Look(kind, examples)
    digits = counts.get("digits", 0)
    industry = counts.get("industry", 0)
    share = counts.get("share", 0)
    if industry >= MOSTLY * total:
        return Look("industry", examples)
    if digits >= MOSTLY * total:
        return Look("digits", examples)
    if share >= MOSTLY * total:
        return Look("share", examples)
    numbers = digits + industry + share + counts.get("number", 0)
    if numbers >= MOSTLY * total:
        return Look("number", examples, _above_one(values) > total / 2)
    return Look("text", examples)


def _above_one(values: Sequence[Any]) -> int:
    count = 0
    for value in values:
        try:
            count += float(str(value).replace(",", "")) > 1
        except ValueError:
            continue
    return count


def _kind(value: Any) -> Kind:
    if isinstance(value, datetime | date):
        return "date"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        if value != int(value) if abs(value) < 1e15 else False:
            return "share" if 0 < value < 1 else "number"
        return "industry" if 600 <= value <= 5399 else "number"
    text = clean(str(value))
    if _CODE.match(text.upper()) and credit_code_fault(text.upper()) is None:
        return "credit_code"
    if _SCALE.match(text):
        return "scale"
    if text in _FLAGS:
        return "flag"
    if _DATE.match(text):
        return "date"
    if re.fullmatch(r"[A-U]?\d{4}", text):
        return "industry"
    if re.fullmatch(r"\d{7,20}", text):
        return "digits"
    if _NUMBER.match(text):
        return "share" if text.endswith("%") or re.fullmatch(r"0?\.\d+", text) else "number"
    return "text"


_SPECIFIC: dict[Kind, frozenset[str]] = {
    "credit_code": frozenset({"uscc"}),
    "scale": frozenset({"scale"}),
    "date": frozenset(
        {
            *("above_scale_since", "registered_on", "production_started_on", "event_date"),
            *("completion_due_on", "high_tech_until", "quality_prize_on"),
        }
    ),
    "industry": frozenset({"industry_code"}),
    "digits": frozenset({"account", "phone", "certificate"}),
    "flag": frozenset({"high_tech", "listed", "provincial_rd_platform"}),
}


def supports(look: Look, key: str) -> bool:
    """Tell whether the values are what this key has and hardly any other."""
    return key in _SPECIFIC.get(look.kind, frozenset())


def contradicts(look: Look, key: str) -> bool:
    """Tell whether the values cannot be what this key means."""
    if look.kind == "empty":
        return False
    if key in ("name", "zone", "town", "contact", "account_name", "location"):
        return look.kind in ("credit_code", "scale", "date", "share", "number", "industry")
    if key == "uscc":
        return look.kind in ("scale", "flag", "date", "share")
    field = FIELDS.get(key)
    if field is not None and field.kind in ("number", "share"):
        return look.kind in ("credit_code", "scale", "text", "flag", "date")
    return False


def by_look(look: Look, heading: str) -> tuple[str, float] | None:
    """Return what the values alone suggest, and how sure that is; never enough to be taken."""
    if look.kind == "credit_code":
        return "uscc", 0.9 if re.search(r"码|代号|税号|编号", heading) else 0.8
    if look.kind == "scale":
        return "scale", 0.85
    if look.kind == "industry" and re.search(r"行业|国民经济|代码", heading):
        return "industry_code", 0.85
    if look.kind == "digits" and re.search(r"户|表号|编号", heading):
        return "account", 0.75
    return None
