"""The view 试算: sliders at the left, the verdict at the right follows them; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zoneeval.engine.zones.whatif import looked_at
from zoneeval.errors import UserError
from zoneeval.model.standing import LEVEL_WORDS, ZoneStanding
from zoneeval_ui.pages.stars.points import item_bars, score_words
from zoneeval_ui.pages.stars.sliders import SliderPanel, moved_words
from zoneeval_ui.pages.stars.standing import aim_of, ladder_rows
from zoneeval_ui.pages.wording import figure
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, IndicatorBars, LadderChart, make_label, set_tone
from zoneeval_ui.widgets.tabbing import tab_through

if TYPE_CHECKING:
    from zoneeval.engine.zones.whatif import WhatIf

SLIDERS = 400
MOST_SAID = 5


class TryView(QWidget):
    """Try other figures of one zone.

    A slider asks for a rating through a timer of no length: while the window still has
    movements of the pointer to take, they are put together into one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.tried: WhatIf | None = None
        self.before: ZoneStanding | None = None
        self.standing: ZoneStanding | None = None
        self.panel: SliderPanel | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.try_now)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("trySliders")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = Card(flush=True)
        left.setFixedWidth(theme.px(SLIDERS))
        left.add(self._scroll, 1)
        left.add(self._foot())
        self.verdict = make_label("", "detail", wrap=True)
        self.verdict.setObjectName("tryVerdict")
        self.score = make_label("", "", wrap=True)
        self.score.setObjectName("tryScore")
        self.moved = make_label("", "secondary", wrap=True)
        self.moved.setObjectName("tryMoved")
        self.chart = LadderChart()
        self.bars = IndicatorBars()
        right = Card()
        for widget in (self.verdict, self.score):
            right.add(widget)
        right.add(self._scrolled(), 1)
        right.add(self.moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(left)
        row.addWidget(right, 1)

    def _foot(self) -> QWidget:
        theme = current_theme()
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8))
        row.addWidget(make_label(self.tr("只是试算，不会保存。"), "secondary"))
        row.addStretch(1)
        self.reset_button = QPushButton(self.tr("恢复原样"), self)
        self.reset_button.setObjectName("tryReset")
        self.reset_button.setAccessibleName(self.reset_button.text())
        self.reset_button.clicked.connect(lambda _on=False: self.reset())
        row.addWidget(self.reset_button)
        return foot

    def _scrolled(self) -> QScrollArea:
        theme = current_theme()
        holder = QWidget()
        holder.setObjectName("scrollBody")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, theme.px(6), theme.px(10), 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.chart)
        layout.addWidget(self.bars)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        return area

    # -- trying ------------------------------------------------------------------

    def show_what_if(self, tried: WhatIf, before: ZoneStanding) -> None:
        """Take another zone, year or ladder; what was tried before is gone."""
        self.tried, self.before = tried, before
        ladder = tried.basis.ladder
        self.panel = SliderPanel(ladder, looked_at(ladder), tried.figures)
        self.panel.changed.connect(self._timer.start)
        self._scroll.setWidget(self.panel)
        tab_through(self._scroll, self.panel)
        self.try_now()

    def take(self, figures: Mapping[str, float]) -> None:
        """Try several figures at once."""
        if self.panel is not None:
            self.panel.take(figures)

    def reset(self) -> None:
        """Go back to the figures that are used."""
        if self.panel is not None:
            self.panel.reset()

    def try_now(self) -> None:
        """Rate the zones with the figures as they stand on the sliders."""
        tried, before, panel = self.tried, self.before, self.panel
        if tried is None or before is None or panel is None:
            return
        self._timer.stop()
        self.reset_button.setEnabled(panel.is_changed)
        try:
            after = tried.after(panel.changes())
            ratings = tried.ratings(after)
        except UserError as error:
            self.verdict.setText(str(error))
            set_tone(self.verdict, Tone.C)
            return
        standing = ratings.standing(
            tried.zone, tried.year, target=before.target, official=before.official
        )
        self.standing = standing
        panel.show_after(after)
        self._show(before, standing)
        changed = [
            moved_words(key, tried.figures.get(key), value)
            for key, value in after.items()
            if value != tried.figures.get(key)
        ]
        self.moved.setText(
            "；".join(changed[:MOST_SAID]) + ("……" if len(changed) > MOST_SAID else "")
        )

    def _show(self, before: ZoneStanding, now: ZoneStanding) -> None:
        same = before.verdict == now.verdict
        words = self.tr("测算：{now}") if same else self.tr("测算：{before} → {now}")
        self.verdict.setText(words.format(before=before.verdict, now=now.verdict))
        up = (now.at_least or 0, now.at_most or 0) > (before.at_least or 0, before.at_most or 0)
        set_tone(self.verdict, None if same else Tone.A if up else Tone.C)
        score = score_words(now)
        if now.score is not None and before.score is not None and now.score != before.score:
            score += self.tr("；原来 {score} 分").format(score=figure(before.score))
            if before.rank is not None and before.rank != now.rank:
                score += self.tr("，第 {rank} 名").format(rank=before.rank)
        self.score.setText(score or now.because)
        self.score.setVisible(bool(self.score.text()))
        levels = self.tried.basis.ladder.levels if self.tried is not None else len(LEVEL_WORDS)
        self.chart.set_ladder(ladder_rows(now, aim_of(now, levels)), LEVEL_WORDS[:levels])
        self.chart.setVisible(bool(now.criteria))
        self.bars.set_bars(item_bars(now))
        self.bars.setVisible(bool(now.items))
