"""The one small style sheet: what the palette cannot say."""

from __future__ import annotations

import re

from zoneeval_ui.theme.fonts import TextSize, points
from zoneeval_ui.theme.tokens import Tokens

TEMPLATE = """
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }
QMainWindow, QDialog { background: @background; }
QMenuBar { background: @surface; border-bottom: 1px solid @border; padding: 1px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @accent_soft; color: @accent; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; color: @accent; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }

#navigation, #contextBar { background: @surface; }
#navigation { border-right: 1px solid @border; }
#contextBar { border-bottom: 1px solid @border; }
#statusLine { background: @surface; border-top: 1px solid @border; }
#statusLine QLabel { color: @muted; font-size: @secondary; }
#commandPalette { background: @surface; border: 1px solid @border; }
#productName { font-size: @detail; font-weight: 600; }

QLabel[role="title"] { font-size: @page; font-weight: 600; }
QLabel[role="detail"] { font-size: @detail; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="secondary"] { font-size: @secondary; color: @muted; }
QLabel[role="sentence"] { color: @muted; }
QLabel[role="caption"] { font-size: @caption; color: @muted; }
QLabel[role="metric"] { font-size: @page; font-weight: 600; }

QLabel[tone="A"] { color: @a; }
QLabel[tone="B"] { color: @b; }
QLabel[tone="C"] { color: @c; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="uncertain"] { color: @uncertain; }
QLabel[tone="plain"] { color: @muted; }

QCheckBox::indicator:unchecked, QRadioButton::indicator:unchecked { background: @surface;
  border: 1px solid @faint; border-radius: 3px; }
QRadioButton::indicator:unchecked { border-radius: 7px; }
QRadioButton::indicator:checked { background: @accent; border: 1px solid @accent;
  border-radius: 7px; }

QPushButton { background: @surface; border: 1px solid @border; border-radius: 6px;
  padding: 7px 14px; min-width: 2em; }
QPushButton:hover { background: @raised; border-color: @faint; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; background: @raised; }
QPushButton[kind="primary"], QPushButton:default { background: @accent; color: @on_accent;
  border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 6px 13px; }
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled { background: @border;
  color: @faint;
  border-color: @border; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accent;
  padding: 2px 4px; min-width: 0; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border-color: @accent; }
QPushButton[kind="soft"] { background: @accent_soft; color: @accent; border-color: @accent_soft;
  border-radius: 11px; padding: 3px 12px; font-size: @secondary; }
QPushButton[kind="soft"]:hover, QPushButton[kind="soft"]:focus { border-color: @accent; }
QPushButton[kind="chip"] { border-radius: 12px; padding: 3px 10px; font-size: @secondary;
  color: @muted; min-width: 0; }
QPushButton[kind="chip"]:checked { background: @accent_soft; color: @accent;
  border-color: @accent_soft; font-weight: 600; }
QPushButton[kind="chip"]:checked:focus { border-color: @accent; }

QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit {
  background: @surface; border: 1px solid @border; border-radius: 6px; padding: 5px 8px;
  selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border-color: @accent; }

QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }

QTableView, QTreeView, QListView { background: @surface; border: none; outline: none;
  selection-background-color: @accent_soft; selection-color: @text; }
QTreeView::item { padding: 4px 2px; }
QTreeView::item:selected { background: @accent_soft; color: @text; }
QHeaderView { background: @raised; border: none; }
QHeaderView::section { background: @raised; color: @muted; border: none; font-size: @secondary;
  border-bottom: 1px solid @border; padding: 6px 8px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#scrollBody { background: transparent; }
QSplitter::handle { background: transparent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { background: @border; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: @border; }
QSlider::handle:horizontal { background: @accent; border: 2px solid @surface; width: 12px;
  height: 12px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { border-color: @text; }
QSlider::handle:horizontal:disabled { background: @faint; }

QProgressBar { background: @border; border: none; border-radius: 4px; max-height: 8px;
  min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
"""


def style_sheet(tokens: Tokens, scale: float) -> str:
    """Return the style sheet with colours, text sizes and lengths filled in."""
    values = {
        "caption": f"{points(TextSize.CAPTION):g}pt",
        "secondary": f"{points(TextSize.SECONDARY):g}pt",
        "detail": f"{points(TextSize.DETAIL):g}pt",
        "page": f"{points(TextSize.PAGE):g}pt",
    }
    values["handle"] = "#66" + tokens.faint.removeprefix("#")
    names = [name for name in tokens.__slots__ if name != "dark"]
    values.update({name: str(getattr(tokens, name)) for name in names})
    sheet = re.sub(r"@(\w+)", lambda match: values[match.group(1)], TEMPLATE)
    return re.sub(r"(\d+)px", lambda match: _length(int(match.group(1)), scale), sheet)


def _length(pixels: int, scale: float) -> str:
    return f"{pixels}px" if pixels <= 1 else f"{round(pixels * scale)}px"
