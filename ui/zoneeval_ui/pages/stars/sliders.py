"""Indicators as sliders and boxes; what is not as it was makes the changes to try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QSlider, QWidget

from zoneeval.engine.zones.whatif import Change
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Ladder
from zoneeval_ui.pages.evaluation.knobs import plain_box
from zoneeval_ui.pages.stars.standing import PERCENT
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label, set_tone

UNSET = -1e12
LEAST, MOST = -100, 200
STEP = 0.005
"""One step of a slider is half a per cent of the figure, or half a point of a growth rate."""


def slid_indicators(keys: Iterable[str], figures: Mapping[str, float]) -> tuple[str, ...]:
    """Return what a slider is made for: what is looked at, and the parts of its quotients.

    Parts without a figure are left out; what is looked at stays, so that it can be typed.
    """
    found: dict[str, None] = {}
    for key in keys:
        one = ZONE_INDICATORS[key]
        base = ZONE_INDICATORS[one.base] if one.is_change and one.base else one
        parts = (one.base, base.numerator, base.denominator)
        found |= dict.fromkeys([key, *(part for part in parts if part in figures)])
    return tuple(found)


class _Slider(QSlider):
    """A slider that lets the wheel scroll the page: rolling by must not change figures."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies around."""
        event.ignore()


class _Box(QDoubleSpinBox):
    """A box that lets the wheel scroll the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies around."""
        event.ignore()


class Mover:
    """One indicator: its slider, its box in the unit shown, and by how much it is moved."""

    def __init__(self, key: str, now: float | None, panel: SliderPanel) -> None:
        self.key, self.now, self._panel = key, now, panel
        known = ZONE_INDICATORS[key]
        self.times = 100.0 if known.is_share else 1.0
        self.adds = known.is_change or now is None or now <= 0
        self.touched, self.value = False, 0.0
        unit = PERCENT if known.is_share else known.unit
        self.label = make_label(known.label, "", panel)
        self.label.setToolTip(f"{known.label}（{unit}）" if unit else known.label)
        self.slider = _Slider(Qt.Orientation.Horizontal, panel)
        self.slider.setObjectName(f"slide-{key}")
        self.slider.setAccessibleName(known.label)
        self.slider.setRange(LEAST, MOST)
        self.slider.setMinimumWidth(current_theme().px(90))
        self.slider.setEnabled(now is not None)
        self.box = _Box(panel)
        self.box.setObjectName(f"slide-{key}-box")
        self.box.setAccessibleName(known.label)
        plain_box(self.box)
        self.box.setDecimals(2 if known.is_share or abs(now or 0.0) >= 100 else 4)
        self.box.setRange(UNSET, -UNSET)
        self.box.setGroupSeparatorShown(True)
        self.box.setKeyboardTracking(False)
        self.box.setFixedWidth(current_theme().px(112))
        self.box.setSpecialValueText(panel.tr("没有数据"))
        self.unit = make_label(unit, "caption", panel)
        self.moved = make_label("", "caption", panel)
        self.moved.setMinimumWidth(current_theme().px(52))
        self.show(now)
        self.slider.valueChanged.connect(self._slid)
        self.box.valueChanged.connect(self._typed)

    def show(self, value: float | None) -> None:
        """Show a figure without taking it for the user's."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.box.setValue(UNSET if value is None else value * self.times)
            self.slider.setValue(self._place(value))
        self._say(value)

    def _place(self, value: float | None) -> int:
        if value is None or self.now is None:
            return 0
        if self.adds:
            return round((value - self.now) / self._span)
        return round((value / self.now - 1) / STEP)

    @property
    def _span(self) -> float:
        """Return what one step adds where the figure cannot be multiplied."""
        if ZONE_INDICATORS[self.key].is_share:
            return STEP / 5
        return (abs(self.now or 0.0) or 1.0) * STEP

    def _say(self, value: float | None) -> None:
        text = ""
        if value is not None and self.now is not None and abs(value - self.now) > 1e-12:
            if self.adds and ZONE_INDICATORS[self.key].is_share:
                text = f"{(value - self.now) * 100:+.1f} {self._panel.tr('点')}"
            elif self.now > 0:
                text = f"{(value / self.now - 1) * 100:+.1f}%"
            else:
                text = f"{value - self.now:+,.4g}"
        self.moved.setText(text.replace("-", "−"))
        set_tone(self.moved, Tone.ACCENT if self.touched else None)

    def _slid(self, place: int) -> None:
        if self.now is None:
            return
        by = place * self._span if self.adds else self.now * place * STEP
        self.take(self.now + by)

    def _typed(self, shown: float) -> None:
        if shown != UNSET:
            self.take(shown / self.times)

    def take(self, value: float) -> None:
        """Take a figure as wanted and say so."""
        self.touched, self.value = True, value
        self.show(value)
        self._panel.changed.emit()

    def reset(self) -> None:
        """Go back to the figure that is used."""
        self.touched = False
        self.show(self.now)


class SliderPanel(QWidget):
    """The sliders of one zone; ``changed`` is sent whenever one is moved."""

    changed = Signal()

    def __init__(self, ladder: Ladder, keys: Iterable[str], figures: Mapping[str, float]) -> None:
        super().__init__()
        self.setObjectName("scrollBody")
        self.movers = {
            key: Mover(key, figures.get(key), self) for key in slid_indicators(keys, figures)
        }
        self.more: dict[str, float] = {}
        self.setAccessibleName(self.tr("{title}的指标").format(title=ladder.title))
        theme = current_theme()
        grid = QGridLayout(self)
        grid.setContentsMargins(*[theme.px(16), theme.px(8)] * 2)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        for row, mover in enumerate(self.movers.values()):
            parts = (mover.slider, mover.moved, mover.box, mover.unit)
            grid.addWidget(mover.label, 2 * row, 0, 1, 4)
            for column, part in enumerate(parts):
                grid.addWidget(part, 2 * row + 1, column)
        grid.setRowStretch(2 * len(self.movers), 1)

    @property
    def is_changed(self) -> bool:
        """Tell whether anything is not as it was."""
        return bool(self.more) or any(mover.touched for mover in self.movers.values())

    def changes(self) -> list[Change]:
        """Return what is to be tried."""
        wanted = {**self.more, **{m.key: m.value for m in self.movers.values() if m.touched}}
        return [Change(key, value) for key, value in wanted.items()]

    def show_after(self, after: Mapping[str, float]) -> None:
        """Let what follows from the changes be seen on the sliders that were not moved."""
        for key, mover in self.movers.items():
            if mover.touched:
                continue
            value = after.get(key, mover.now)
            mover.show(value if value is not None and isfinite(value) else None)

    def take(self, figures: Mapping[str, float]) -> None:
        """Set several figures at once, in place of what was set; ``changed`` is sent once."""
        with QSignalBlocker(self):
            for mover in self.movers.values():
                mover.reset()
            self.more = {k: v for k, v in figures.items() if k not in self.movers}
            for key, value in figures.items():
                if key in self.movers:
                    self.movers[key].take(value)
        self.changed.emit()

    def reset(self) -> None:
        """Go back to the figures that are used."""
        self.take({})


def moved_words(key: str, before: float | None, after: float | None) -> str:
    """Return one figure before and after in words."""
    known = ZONE_INDICATORS[key]

    def shown(value: float | None) -> str:
        return f"{figure(value, share=known.is_share)} {known.unit}".rstrip()

    return f"{known.label} {shown(before)} → {shown(after)}"
