"""A small form: from where on the checks question a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zoneeval.errors import InputError
from zoneeval.model.thresholds import (
    THRESHOLD_FIELDS,
    ThresholdField,
    Thresholds,
    parse_threshold,
)
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.base import WorkspacePage


def read_thresholds(workspace: Workspace, _progress: Progress) -> Thresholds:
    """Return the limits stored; for the worker."""
    from zoneeval_db import operations

    return operations.thresholds(workspace)


def store_thresholds(workspace: Workspace, values: dict[str, float]) -> Thresholds:
    """Store limits; for the worker."""
    from zoneeval_db import operations

    return operations.set_thresholds(workspace, values)


class ThresholdsAsk(QObject):
    """Shows the limits of the checks and stores what is typed; ``begin`` says that it does."""

    stored = Signal()
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, page: WorkspacePage, begin: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._begin = page, begin

    def ask(self) -> None:
        """Read the limits and show them."""
        self._page.session.read(read_thresholds, self._show, on_failure=self.failed.emit)

    def _show(self, found: Thresholds) -> None:
        dialog = ThresholdsDialog(found, self._page)
        if dialog.exec() != ThresholdsDialog.DialogCode.Accepted:
            return
        values = dialog.values()
        if not self._begin():
            return
        self._page.session.change(
            lambda ws, _progress: store_thresholds(ws, values),
            lambda _stored: self.stored.emit(),
            title=self.tr("正在保存核对门槛"),
            on_failure=self.failed.emit,
            on_cancelled=self.cancelled.emit,
        )


class ThresholdsDialog(QDialog):
    """Ask for the limits of the checks; the button works once all of them make sense."""

    def __init__(self, found: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("thresholdsDialog")
        self.setWindowTitle(self.tr("核对门槛"))
        self.setMinimumWidth(theme.px(520))
        self._lines: dict[str, QLineEdit] = {}
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        words = self.tr("超过门槛的数值只作提醒，不影响提交。门槛存在工作文件中，改动可以撤销。")
        layout.addWidget(make_label(words, "secondary", self, wrap=True))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        layout.addLayout(self._grid)
        values = asdict(found)
        for field in THRESHOLD_FIELDS:
            self._add(field, values[field.key])
        self.fault = make_label("", "", self, tone=Tone.C, wrap=True)
        self.fault.setObjectName("thresholdsFault")
        self.fault.hide()
        layout.addWidget(self.fault)
        layout.addLayout(self._buttons())
        self._check()

    def _add(self, field: ThresholdField, value: float) -> None:
        row = self._grid.rowCount()
        line = QLineEdit(_plain(field, value), self)
        line.setObjectName(f"threshold-{field.key}")
        line.setAccessibleName(field.label)
        line.setToolTip(field.note)
        line.setFixedWidth(current_theme().px(90))
        line.textChanged.connect(lambda _text: self._check())
        self._lines[field.key] = line
        self._grid.addWidget(make_label(field.label, "", self), row, 0)
        self._grid.addWidget(line, row, 1)
        self._grid.addWidget(make_label(field.unit, "secondary", self), row, 2)
        self._grid.addWidget(make_label(field.note, "secondary", self, wrap=True), row + 1, 0, 1, 3)
        self._grid.setRowMinimumHeight(row + 2, current_theme().px(6))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        usual = QPushButton(self.tr("恢复默认"), self)
        usual.setObjectName("thresholdsDefault")
        usual.setAccessibleName(usual.text())
        usual.setAutoDefault(False)
        usual.clicked.connect(self.use_defaults)
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(
            self.tr("保存并重新检查"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save.setObjectName("thresholdsSave")
        self.save.setAccessibleName(self.save.text())
        self.save.setDefault(True)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("thresholdsCancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row.addWidget(usual)
        row.addStretch(1)
        row.addWidget(buttons)
        return row

    def line(self, key: str) -> QLineEdit:
        """Return the field of a limit."""
        return self._lines[key]

    def use_defaults(self) -> None:
        """Write the defaults into the form."""
        values = asdict(Thresholds())
        for field in THRESHOLD_FIELDS:
            self._lines[field.key].setText(_plain(field, values[field.key]))

    def values(self) -> dict[str, float]:
        """Return the limits typed in; raise InputError where one makes no sense."""
        found: dict[str, float] = {}
        for field in THRESHOLD_FIELDS:
            text = self._lines[field.key].text().strip().rstrip("%％")
            found[field.key] = parse_threshold(field.key, text + ("%" if field.unit == "%" else ""))
        return found

    def _check(self) -> None:
        if len(self._lines) < len(THRESHOLD_FIELDS) or not hasattr(self, "save"):
            return
        fault = ""
        try:
            self.values()
        except InputError as error:
            fault = str(error).replace("，没有改动", "")
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.save.setEnabled(not fault)


def _plain(field: ThresholdField, value: float) -> str:
    return f"{value * 100:g}" if field.unit == "%" else f"{value:g}"
