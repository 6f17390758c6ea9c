"""Figures that a document gives anew each year: the latest that is not after the year asked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator


def _pairs(given: object) -> object:
    """Return { "2023" = 10, "2024" = 11 } as (year, figure) pairs, oldest first."""
    if isinstance(given, tuple):
        return given
    if not isinstance(given, Mapping) or not given:
        raise ValueError('按年度给出的数值应写成 { "2023" = 10, "2024" = 11 } 的样子')
    out = []
    for year, value in given.items():
        if not re.fullmatch(r"(19|20)\d\d", str(year)):
            raise ValueError(f"“{year}”不是年度，应写成四位数字，如 2024")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            raise ValueError(f"{year} 年的数值应当是数字")
        if not value > 0:
            raise ValueError(f"{year} 年的数值必须大于 0")
        out.append((int(year), float(value)))
    return tuple(sorted(out))


Dated = Annotated[tuple[tuple[int, float], ...], BeforeValidator(_pairs)]
"""Positive figures by year, oldest first; empty where the figure does not change."""


def _shares(figures: Dated) -> Dated:
    for year, value in figures:
        if value > 1:
            raise ValueError(f"{year} 年的比例不能大于 1，15% 写 0.15")
    return figures


DatedShare = Annotated[Dated, AfterValidator(_shares)]
"""Shares by year, above 0 and at most 1."""


def at_year(figures: Dated, year: int) -> float | None:
    """Return the latest figure that is not after ``year``, None where all come later."""
    held = [value for when, value in figures if when <= year]
    return held[-1] if held else None


def newest(figures: object) -> float | None:
    """Return the figure of the latest year of a table as written, None if it has faults."""
    try:
        pairs = _pairs(figures)
    except ValueError:
        return None
    return float(pairs[-1][1]) if isinstance(pairs, tuple) and pairs else None


def with_newest(given: Any, one: str, many: str) -> Any:
    """Fill in the figure of the newest year where figures are given by year."""
    if not isinstance(given, Mapping) or many not in given:
        return given
    if one in given:
        raise ValueError(f"{one} 和按年度的 {many} 只能写一个")
    figure = newest(given[many])
    return {**given, one: 1.0 if figure is None else figure}


def figures_fault(figures: object) -> str:
    """Return what is wrong with figures by year, "" where nothing is."""
    try:
        _pairs(figures)
    except ValueError as error:
        return str(error)
    return ""


def dated_words(figures: Dated, *, share: bool = False) -> str:
    """Return the figures in words: 2023 年 30，2024 年 35; shares as per cent."""
    if share:
        return "，".join(f"{year} 年 {value * 100:.10g}%" for year, value in figures)
    return "，".join(f"{year} 年 {value:g}" for year, value in figures)
