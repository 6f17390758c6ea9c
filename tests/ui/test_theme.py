"""The theme: palette and style sheet follow the choice, and the choice is kept."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel

from zoneeval_ui.theme import DARK, LIGHT, Theme, ThemeMode, Tone, current_theme, tone_of_grade
from zoneeval_ui.theme.fonts import TextSize, chinese_family, points
from zoneeval_ui.theme.stylesheet import style_sheet
from zoneeval_ui.theme.theme import _stored_mode
from zoneeval_ui.widgets import make_label, set_tone

ROLE = QPalette.ColorRole


def test_switching_changes_palette_and_tells(theme, qtbot):
    assert QApplication.palette().color(ROLE.Window) == QColor(LIGHT.background)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert QApplication.palette().color(ROLE.Window) == QColor(DARK.background)
    assert QApplication.palette().color(ROLE.Text) == QColor(DARK.text)
    assert current_theme().tokens is DARK
    assert _stored_mode() is ThemeMode.DARK


def test_there_is_one_theme(theme, qapp):
    assert current_theme() is theme
    assert len(qapp.findChildren(Theme)) == 1


def test_every_name_in_the_style_sheet_is_filled(theme):
    sheet = style_sheet(LIGHT, 1.5)
    assert "@" not in sheet
    assert LIGHT.accent in sheet
    assert f"font-size: {points(TextSize.PAGE):g}pt" in sheet
    assert re.search(r"border: 1px", sheet)
    assert "border-radius: 9px" in sheet


def test_colours_are_readable():
    for tokens in (LIGHT, DARK):
        for tone in Tone:
            text, soft = tokens.pair(tone)
            assert _contrast(text, soft) >= 3.9, (tokens.dark, tone)
        assert _contrast(tokens.muted, tokens.background) >= 4.5
        assert _contrast(tokens.on_accent, tokens.accent) >= 4.5


@pytest.mark.parametrize(
    ("grade", "tone"),
    [
        ("A", Tone.A),
        ("b", Tone.B),
        ("C类", Tone.C),
        ("D", Tone.C),
        ("T", Tone.PLAIN),
        (None, Tone.PLAIN),
    ],
)
def test_classes_have_their_tone(grade, tone):
    assert tone_of_grade(grade) is tone


def test_label_takes_and_loses_the_colour_of_a_tone(theme, qtbot):
    label = make_label("+1.1", "strong", tone=Tone.A)
    qtbot.addWidget(label)
    label.show()
    assert _is_like(_colour(label), LIGHT.a)
    theme.set_mode(ThemeMode.DARK)
    assert _is_like(_colour(label), DARK.a)
    set_tone(label, None)
    assert _is_like(_colour(label), DARK.text)


def test_font_can_write_chinese_where_the_machine_can(theme, qapp):
    family = chinese_family()
    if family is not None:
        assert qapp.font().families() == [family]
    assert qapp.font().pointSizeF() == points(TextSize.BODY)


def test_qt_speaks_chinese(theme, qtbot):
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    assert {button.text().partition("(")[0] for button in box.buttons()} == {"确定", "取消"}
    assert QLocale().language() is QLocale.Language.Chinese


def _is_like(colour: QColor, wanted: str) -> bool:
    """Tell whether two colours differ by no more than the edges of thin strokes may."""
    pairs = zip(colour.getRgb()[:3], QColor(wanted).getRgb()[:3], strict=True)
    return all(abs(one - other) <= 12 for one, other in pairs)


def _colour(label: QLabel) -> QColor:
    image = label.grab().toImage()
    background = image.pixelColor(0, 0)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(
        pixels,
        key=lambda c: sum(
            abs(a - b) for a, b in zip(c.getRgb()[:3], background.getRgb()[:3], strict=True)
        ),
    )


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in QColor(colour).getRgb()[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
