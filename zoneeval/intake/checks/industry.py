"""Industry codes of GB/T 4754—2017: their form and their divisions (大类).

The full table of four-digit classes is not part of the program; the form and the
division are checked, the rest is left to the statistics bureau.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zoneeval.intake.checks.frame import Frame
from zoneeval.model.issue import Issue, Severity

SECTIONS: tuple[tuple[str, int, int], ...] = (
    ("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52),
    ("G", 53, 60), ("H", 61, 62), ("I", 63, 65), ("J", 66, 69), ("K", 70, 70), ("L", 71, 72),
    ("M", 73, 75), ("N", 76, 79), ("O", 80, 82), ("P", 83, 83), ("Q", 84, 85), ("R", 86, 90),
    ("S", 91, 96), ("T", 97, 97),
)  # fmt: skip
"""Sections (门类) with their first and last division."""

_CODE = re.compile(r"^([A-T])?(\d{2})(\d{0,2})$")
_ADVICE = "请按营业执照或统计登记的国民经济行业代码（GB/T 4754—2017）更正；本程序只核对位数和大类。"


def industry_fault(code: str) -> str | None:
    """Return what is wrong with an industry code in Chinese words, or None."""
    found = _CODE.match(code)
    if found is None:
        return "应为 2 至 4 位数字，前面可带一个门类字母（如 3484 或 C3484）"
    letter, division = found[1], int(found[2])
    section = next((s for s, first, last in SECTIONS if first <= division <= last), None)
    if section is None:
        return f"没有“{found[2]}”这个行业大类（01—97）"
    if letter is not None and letter != section:
        return f"大类“{found[2]}”属于门类 {section}，不属于 {letter}"
    return None


def check_industry(frame: Frame) -> Iterator[Issue]:
    """Yield the industry codes of this import that do not exist."""
    faults: dict[str, str | None] = {}
    codes = frame.text("industry_code")
    for i in range(frame.fresh):
        code = codes[i]
        if code is None or frame.source(i, "industry_code") is None:
            continue
        if code not in faults:
            faults[code] = industry_fault(code)
        if faults[code]:
            yield frame.issue(
                Severity.WARNING, "unknown-industry", i, "industry_code",
                f"{frame.name(i)}的行业代码“{code}”有误：{faults[code]}", _ADVICE,
            )  # fmt: skip
