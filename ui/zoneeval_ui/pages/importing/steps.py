"""Where an import stands: 1 识别, 2 对应列, 3 检查与修改, 4 提交."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.theme import current_theme

CHOOSE, COLUMNS, CHECK, STORE = range(1, 5)


class ImportSteps(QWidget):
    """Four chips; ``picked`` carries the step that was clicked."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importSteps")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(8))
        self._group = QButtonGroup(self)
        self._titles = {
            CHOOSE: self.tr("识别"),
            COLUMNS: self.tr("对应列"),
            CHECK: self.tr("检查与修改"),
            STORE: self.tr("提交"),
        }
        for step in self._titles:
            button = QPushButton("", self)
            button.setObjectName(f"importStep-{step}")
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            self._group.addButton(button, step)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(self.picked.emit)
        self.show_step(CHOOSE, checked=False, waiting=0)

    def show_step(self, step: int, *, checked: bool, waiting: int) -> None:
        """Mark the step; ``checked`` opens the others, ``waiting`` columns are told."""
        for number, title in self._titles.items():
            button = self._group.button(number)
            count = self.tr("（{n} 列待定）").format(n=waiting)
            text = f"{number} {title}" + (count if number == COLUMNS and waiting else "")
            button.setText(text)
            button.setAccessibleName(text)
            button.setEnabled(number == step or (checked and number != STORE))
            button.setChecked(number == step)
