"""Colours, text sizes, palette and style sheet: the only place that knows a colour."""

from __future__ import annotations

from zoneeval_ui.theme.fonts import TextSize, pixel_size, points, sized, tabular
from zoneeval_ui.theme.theme import Theme, ThemeMode, current_theme, current_tokens
from zoneeval_ui.theme.tokens import DARK, LIGHT, Tokens, Tone, tone_of_grade

__all__ = [
    "DARK",
    "LIGHT",
    "TextSize",
    "Theme",
    "ThemeMode",
    "Tokens",
    "Tone",
    "current_theme",
    "current_tokens",
    "pixel_size",
    "points",
    "sized",
    "tabular",
    "tone_of_grade",
]
