"""From the movement of a slider to the repainted page: 200 zones, ten years, 60 indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.bench_stars import COLUMNS, LEVELS, figures, steps
from tests.bench.versus import compare
from tests.helpers.ladders import composite, criterion, item, ladder
from zoneeval.engine.zones.whatif import RatingBasis, WhatIf
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.ladder import Ladder
from zoneeval_ui.application import prepare_application
from zoneeval_ui.pages.stars.trying import TryView

VISIBLE_DELAY = 0.1
"""From this many seconds on people see that something lags behind their hand."""
GOAL = "整个页面在 0.1 秒内跟上；此处为其中重评所占的比"
ZONE, YEAR = "7区", 2019


def by_criteria() -> Ladder:
    """Return a ladder that asks for all 60 indicators."""
    return ladder(
        LEVELS,
        criteria=[
            criterion(list(row), key, unit=ZONE_INDICATORS[key].unit)
            for key, row in zip(figures().keys, steps().tolist(), strict=True)
        ],
        movement={"max_up": 1, "max_down": 1, "illustrative": True},
    )


def by_score() -> Ladder:
    """Return a composite of 60 items that are compared between the zones."""
    items = [
        item(
            key, 100 / COLUMNS, unit=ZONE_INDICATORS[key].unit, method="floored_minmax",
            missing="zero", id=f"item{number}",
        )
        for number, key in enumerate(figures().keys)
    ]  # fmt: skip
    return ladder(LEVELS, composite=composite(*items))


@pytest.fixture(scope="module")
def app() -> QApplication:
    """Return the application."""
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication([])
    prepare_application(made)
    return made


@pytest.fixture
def view(app: QApplication) -> Iterator[TryView]:
    """Return the view at the size it has in a large window."""
    made = TryView()
    made.resize(1200, 700)
    made.show()
    yield made
    made.close()
    app.processEvents()


@pytest.mark.parametrize("make", [by_criteria, by_score])
def test_the_page_follows_a_slider(
    benchmark: BenchmarkFixture, app: QApplication, view: TryView, make: Callable[[], Ladder]
) -> None:
    made, given = make(), figures()
    assert made.of_years
    assert given.values.shape == (200, 10, COLUMNS)
    tried = WhatIf(RatingBasis(made, given), ZONE, YEAR)
    view.show_what_if(tried, tried.standing([]))
    assert view.panel is not None
    slider = next(m.slider for m in view.panel.movers.values() if m.now is not None)
    places = cycle((10, 25, 40, 55))

    def slide() -> None:
        before = view.standing
        slider.setValue(next(places))
        while view.standing is before:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        app.processEvents()
        view.repaint()

    def rated() -> None:
        assert view.panel is not None
        tried.standing(view.panel.changes())

    slide()
    found = compare(
        benchmark, "拖动滑块到页面重画", "其中只重评一次", slide, rated, goal=GOAL, rounds=15
    )
    assert found.ours < VISIBLE_DELAY
