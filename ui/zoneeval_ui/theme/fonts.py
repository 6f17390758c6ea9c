"""The text sizes of the window and a font that can write Chinese."""

from __future__ import annotations

import sys
from enum import IntEnum

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "SimSun",
)

POINTS_PER_PIXEL = 1.0 if sys.platform == "darwin" else 0.75
"""A design pixel in points: macOS counts 72 to the inch, the others 96."""


class TextSize(IntEnum):
    """Text sizes in design pixels."""

    CAPTION = 11
    SECONDARY = 12
    BODY = 13
    DETAIL = 15
    PAGE = 21


def points(size: int) -> float:
    """Return a text size as points, so that the system's text scaling applies."""
    return size * POINTS_PER_PIXEL


def chinese_family() -> str | None:
    """Return the first known family on this machine that can write Chinese, if any."""
    families = set(QFontDatabase.families())
    for family in CHINESE_FAMILIES:
        if family in families:
            return family
    others = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return others[0] if others else None


def base_font() -> QFont:
    """Return the body font, with figures of equal width where the font has them."""
    font = QFont()
    family = chinese_family()
    if family is not None:
        font.setFamilies([family])
    font.setPointSizeF(points(TextSize.BODY))
    return font


def sized(font: QFont, size: int, *, bold: bool = False) -> QFont:
    """Return a copy of a font in another text size."""
    copy = QFont(font)
    copy.setPointSizeF(points(size))
    copy.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return copy


def tabular(font: QFont) -> QFont:
    """Return a copy of a font whose figures all have the same width."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def pixel_size(font: QFont) -> int:
    """Return the height of the letters as drawn, in device-independent pixels."""
    return max(1, QFontInfo(font).pixelSize())
