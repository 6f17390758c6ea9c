"""Entries told in words and edited in a window of their own: formulas, bands, figures by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from zoneeval.expressions.wording import worded
from zoneeval_ui.pages.policies.bands_dialog import BandsDialog, bands_words
from zoneeval_ui.pages.policies.condition_dialog import ConditionDialog
from zoneeval_ui.pages.policies.dated_dialog import DatedDialog
from zoneeval_ui.pages.policies.parts import Entry
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label

translate = QCoreApplication.translate


def opened_words(entry: Entry, value: Any) -> str:
    """Return a formula, or figures by year, in words."""
    if entry.kind in ("dated", "dated_percent"):
        times, unit = (100, "%") if entry.kind == "dated_percent" else (1, "")
        if isinstance(value, Mapping) and value:
            figures = {year: f"{value[year] * times:.10g}{unit}" for year in sorted(value)}
            return "，".join(f"{year} 年 {figure}" for year, figure in figures.items())
        return translate("Policies", "各年度相同")
    if entry.kind in ("bands", "bands_percent"):
        return bands_words(value or (), percent=entry.kind == "bands_percent")
    if not value:
        return translate("Policies", "没有条件")
    return worded(str(value), dict(entry.scored or ()))


class OpenedField(QWidget):
    """The words, and a button that opens the window."""

    def __init__(
        self, entry: Entry, changed: Callable[[Entry, Any], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._entry, self._changed = entry, changed
        self.value = entry.value
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(4))
        self.words = make_label(opened_words(entry, self.value), "", self, wrap=True)
        self.words.setObjectName(f"{entry.name}-words")
        self.words.setAccessibleName(entry.label)
        self.words.setHidden(entry.short)
        text = translate("Policies", "按年度") if entry.short else translate("Policies", "修改…")
        self.button = QPushButton(text, self)
        self.button.setToolTip(self.words.text() if entry.short else "")
        self.button.setObjectName(entry.name)
        self.button.setAccessibleName(translate("Policies", "修改{name}").format(name=entry.label))
        self.button.setProperty("kind", "link")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _on=False: self.open())
        row.addWidget(self.words, 1)
        row.addWidget(self.button)

    def open(self) -> ConditionDialog | DatedDialog | BandsDialog:
        """Open the window; what is agreed to in it becomes the value."""
        dialog: ConditionDialog | DatedDialog | BandsDialog
        if self._entry.kind in ("dated", "dated_percent"):
            percent = self._entry.kind == "dated_percent"
            dialog = DatedDialog(self._entry.label, self.value, self.window(), percent=percent)
        elif self._entry.kind in ("bands", "bands_percent"):
            percent = self._entry.kind == "bands_percent"
            dialog = BandsDialog(self._entry.label, self.value, self.window(), percent=percent)
        else:
            dialog = ConditionDialog(self._entry, str(self.value or ""), self.window())

        def finished(code: int) -> None:
            if code == QDialog.DialogCode.Accepted:
                self.take(dialog.value)
            dialog.deleteLater()

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    def take(self, value: Any) -> None:
        """Show another value and pass it on."""
        self.value = value
        self.words.setText(opened_words(self._entry, value))
        self._changed(self._entry, value)
