"""The settings of a policy as sliders and boxes; what is not as it was makes a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label

if TYPE_CHECKING:
    from zoneeval.engine.whatif import Knob, Scenario

SLID = {"weight": (0.5, 100.0, 0.5), "share": (0.5, 100.0, 0.5), "gate": (1.0, 50.0, 1.0)}
"""Least, most and step of what has a slider; shares are per cent."""
UNSET = -1.0


def plain_box(box: QAbstractSpinBox) -> None:
    """Show a figure to type without arrows, right aligned."""
    box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    room = current_theme().px(5)  # the style sheet's padding does not reach the line in the box
    box.lineEdit().setTextMargins(room, 0, room, 0)
    # Asked to show no buttons, a styled box shows no text either.
    buttons = "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button"
    box.setStyleSheet(f"{buttons} {{ width: 0; border: none; }}")


class KnobRow:
    """A label, a slider where there is one, a box, and for weights a button to leave out."""

    def __init__(self, knob: Knob, panel: KnobPanel) -> None:
        self.knob = knob
        self.percent = knob.kind in ("share", "gate")
        low, high, step = SLID.get(knob.kind, (0.01, 1_000_000.0, 0.1))
        self.start = (knob.value * 100 if self.percent else knob.value) if knob.value else 0.0
        if knob.value is None:
            self.start = UNSET
        self.box = QDoubleSpinBox(panel)
        self.box.setObjectName(f"knob-{knob.key}")
        self.box.setAccessibleName(" ".join(filter(None, (knob.track, knob.label))))
        self.box.setDecimals(2)
        plain_box(self.box)
        self.box.setFixedWidth(current_theme().px(96))
        limit = knob.kind in ("cap", "floor")
        self.box.setRange(UNSET if limit else low, max(high, self.start))
        if limit:
            self.box.setSpecialValueText(panel.tr("不限"))
        self.box.setSingleStep(step)
        self.box.setSuffix(" %" if self.percent else "")
        self.box.setKeyboardTracking(False)
        self.box.setValue(self.start)
        self.start = self.box.value()
        self.slider: QSlider | None = None
        if knob.kind in SLID:
            self.slider = QSlider(Qt.Orientation.Horizontal, panel)
            self.slider.setObjectName(f"slider-{knob.key}")
            self.slider.setAccessibleName(self.box.accessibleName())
            self.slider.setMinimumWidth(current_theme().px(110))
            self.slider.setRange(round(low / step), round(min(high, 60.0) / step))
            self.slider.setValue(round(self.start / step))
            self.slider.valueChanged.connect(lambda place: self.box.setValue(place * step))
        self.step = step
        self.leave_out: QPushButton | None = None
        if knob.kind == "weight":
            self.leave_out = QPushButton(panel.tr("去掉"), panel)
            self.leave_out.setObjectName(f"without-{knob.key}")
            self.leave_out.setAccessibleName(panel.tr("去掉 {name}").format(name=knob.label))
            self.leave_out.setCheckable(True)
            self.leave_out.setAutoDefault(False)
            self.leave_out.setProperty("kind", "chip")
            self.leave_out.toggled.connect(self._left_out)
        self.panel = panel
        self.box.valueChanged.connect(self._turned)

    def _turned(self, value: float) -> None:
        if self.slider is not None:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(value / self.step))
        self.panel.changed.emit()

    def _left_out(self, out: bool) -> None:
        self.box.setEnabled(not out)
        if self.slider is not None:
            self.slider.setEnabled(not out)
        self.panel.changed.emit()

    @property
    def is_changed(self) -> bool:
        """Tell whether the box is not where it started."""
        return abs(self.box.value() - self.start) > 1e-9

    @property
    def value(self) -> float | None:
        """Return the figure as a scenario has it."""
        shown = self.box.value()
        if shown == UNSET and self.knob.kind in ("cap", "floor"):
            return None
        return round(shown / 100, 6) if self.percent else shown

    def set_value(self, value: float | None) -> None:
        """Turn to a scenario's figure."""
        if value is None:
            self.box.setValue(UNSET)
        else:
            self.box.setValue(value * 100 if self.percent else value)

    def reset(self) -> None:
        """Turn back to where it started."""
        self.box.setValue(self.start)
        if self.leave_out is not None:
            self.leave_out.setChecked(False)


class KnobPanel(QWidget):
    """All settings of a policy; ``changed`` is sent whenever one is turned."""

    changed = Signal()

    def __init__(self, knobs: list[Knob], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whatifKnobs")
        self.rows: dict[str, KnobRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[current_theme().px(14)] * 4)
        layout.setSpacing(current_theme().px(10))
        parts = (
            (self.tr("权重"), ("weight",)),
            (self.tr("类别比例"), ("share", "gate")),
            (self.tr("基准"), ("multiple", "value")),
            (self.tr("得分上限和下限（权重的倍数）"), ("cap", "floor")),
        )
        for title, kinds in parts:
            mine = [knob for knob in knobs if knob.kind in kinds]
            if mine:
                layout.addWidget(make_label(title, "strong", self))
                layout.addLayout(self._grid(mine))
        layout.addStretch(1)

    def _grid(self, knobs: list[Knob]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(current_theme().px(8))
        grid.setVerticalSpacing(current_theme().px(4))
        grid.setColumnStretch(1, 1)
        for place, knob in enumerate(knobs):
            row = KnobRow(knob, self)
            self.rows[knob.key] = row
            grid.addWidget(self._label(knob), place, 0)
            if row.slider is not None:
                grid.addWidget(row.slider, place, 1)
            grid.addWidget(row.box, place, 2)
            if row.leave_out is not None:
                grid.addWidget(row.leave_out, place, 3)
        return grid

    def _label(self, knob: Knob) -> QLabel:
        text = knob.label
        for ending in ("权重", "（权重的倍数）"):
            text = text.removesuffix(ending)
        label = make_label(text, "", self)
        label.setToolTip(" ".join(filter(None, (knob.track, knob.label))))
        return label

    def scenario(self) -> Scenario:
        """Return what is not as it was."""
        from zoneeval.engine.whatif import Scenario

        out = [
            row.knob.key.removesuffix(".weight")
            for row in self.rows.values()
            if row.leave_out is not None and row.leave_out.isChecked()
        ]
        settings = {
            key: row.value
            for key, row in self.rows.items()
            if row.is_changed and not (row.leave_out is not None and row.leave_out.isChecked())
        }
        return Scenario(settings, tuple(dict.fromkeys(out)))

    def show_scenario(self, chosen: Scenario) -> None:
        """Turn every setting to where a scenario has it; ``changed`` is sent once."""
        with QSignalBlocker(self):
            for row in self.rows.values():
                row.reset()
            for key, value in chosen.settings.items():
                for name, row in self.rows.items():
                    if name == key or ("/" not in key and name.rpartition("/")[2] == key):
                        row.set_value(value)
            for key in chosen.without:
                for name, row in self.rows.items():
                    whole = name if "/" in key else name.rpartition("/")[2]
                    mine = whole == f"{key}.weight"
                    if mine and row.leave_out is not None:
                        row.leave_out.setChecked(True)
        self.changed.emit()
