"""The theme: which colours hold now, put into the palette and the style sheet."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from zoneeval_ui.theme.fonts import TextSize, base_font, pixel_size
from zoneeval_ui.theme.stylesheet import style_sheet
from zoneeval_ui.theme.tokens import DARK, LIGHT, Tokens

SETTING = "window/theme"


class ThemeMode(StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Keep the colours of the application; ``changed`` is sent after they are in place."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._mode = _stored_mode()
        self._tokens = LIGHT
        app.setStyle("Fusion")
        app.setFont(base_font())
        self.scale = pixel_size(app.font()) / TextSize.BODY
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> ThemeMode:
        """Return what the user asked for: system, light or dark."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """Return the colours that hold now."""
        return self._tokens

    def set_mode(self, mode: ThemeMode) -> None:
        """Change the theme and remember the choice."""
        self._mode = mode
        QSettings().setValue(SETTING, mode.value)
        self._apply()

    def px(self, size: float) -> int:
        """Return a design length in device-independent pixels for the current text size."""
        return max(1, round(size * self.scale))

    def _system_changed(self) -> None:
        if self._mode is ThemeMode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        dark = self._mode is ThemeMode.DARK
        if self._mode is ThemeMode.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self._tokens = DARK if dark else LIGHT
        self._app.setPalette(make_palette(self._tokens))
        self._app.setStyleSheet(style_sheet(self._tokens, self.scale))
        self.changed.emit()


def make_palette(tokens: Tokens) -> QPalette:
    """Return the palette for a set of colours, with muted text where a widget is disabled."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.border,
        role.Mid: tokens.border,
        role.Dark: tokens.faint,
        role.Shadow: tokens.border,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
    }
    palette = QPalette()
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.faint))
    return palette


def current_theme() -> Theme:
    """Return the application's theme, making it where there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a QApplication must exist before a theme")
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = app.findChild(Theme, "theme", direct)
    return found if found is not None else Theme(app)


def current_tokens() -> Tokens:
    """Return the colours that hold now; for painting."""
    return current_theme().tokens


def _stored_mode() -> ThemeMode:
    value = str(QSettings().value(SETTING, ThemeMode.SYSTEM.value))
    return ThemeMode(value) if value in set(ThemeMode) else ThemeMode.SYSTEM
