"""Number formats that show another number than the cell holds, or a unit beside it."""

from __future__ import annotations

import re

from zoneeval.intake.reading.package import Package, local
from zoneeval.units import is_unit

_TEXT = re.compile(r'"([^"]*)"|\\(.)')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_SHIFTED = re.compile(r"0[!\\]\.0")
_MOST_STYLES = 40


def unit_styles(package: Package) -> dict[int, str]:
    """Return the number format of each cell style that scales numbers or writes a unit."""
    if not package.has("xl/styles.xml"):
        return {}
    formats: dict[int, str] = {}
    found: dict[int, str] = {}
    for node in package.tree("xl/styles.xml"):
        if local(node.tag) == "numFmts":
            for shape in node:
                text = shape.get("formatCode", "")
                if is_scaled(text) or unit_of_format(text):
                    formats[int(shape.get("numFmtId", "0"))] = text
        elif local(node.tag) == "cellXfs" and formats:
            for index, style in enumerate(node):
                number = int(style.get("numFmtId", "0"))
                if number in formats and len(found) < _MOST_STYLES:
                    found[index] = formats[number]
    return found


def is_scaled(shape: str) -> bool:
    """Tell whether a number format shows thousands or tens of thousands of the number."""
    first = shape.split(";")[0]
    return bool(_SCALED.search(_TEXT.sub("", first)) or _SHIFTED.search(first))


def unit_of_format(shape: str) -> str | None:
    """Return the unit that a number format writes behind the number, or None."""
    written = "".join(quoted or char for quoted, char in _TEXT.findall(shape.split(";")[0]))
    unit = written.strip(" ()（）¥￥_-")
    return unit if unit and not unit.isdigit() and unit != "%" and is_unit(unit) else None
