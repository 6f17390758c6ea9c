"""The ladder drawn: both directions, what is missing, and thresholds that are not known."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from zoneeval_ui.widgets import LadderChart, LadderRow
from zoneeval_ui.widgets.ladder import place_of


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (8.0, 0.0),
        (5.0, 0.0),
        (3.0, 1.0),
        (2.5, 1.5),
        (2.0, 2.5),
        (0.5, 2.5),
    ],
)
def test_less_is_better(value: float, place: float) -> None:
    row = LadderRow("energy", "能耗", (5.0, 3.0, 2.0), value, lower=True)
    assert place_of(row) == pytest.approx(place)


def test_before_the_first_figure_the_way_is_a_share() -> None:
    asked = (None, None, 2.0)
    assert place_of(LadderRow("energy", "能耗", asked, 4.0, lower=True)) == pytest.approx(1.0)
    assert place_of(LadderRow("tax", "税收", asked, 1.0)) == pytest.approx(1.0)
    assert place_of(LadderRow("tax", "税收", (None, "unknown", 2.0), 1.0)) == 0.5


def test_what_is_missing_is_said_and_drawn(qtbot: QtBot) -> None:
    chart = LadderChart()
    qtbot.addWidget(chart)
    plain = LadderRow("tax", "税收", (1.0, 2.0, 3.0), 1.5, "亿元", False)
    short = LadderRow(
        "tax", "税收", (1.0, 2.0, 3.0), 1.5, "亿元", False, aim=2, lacking="差 1.5 亿元"
    )
    chart.resize(700, 120)
    chart.set_ladder([plain], ("一", "二", "三"))
    before = chart.grab().toImage()
    chart.set_ladder([short], ("一", "二", "三"))
    assert "差 1.5 亿元" in chart.accessibleDescription()
    assert chart.grab().toImage() != before
    assert (plain.direction, LadderRow("e", "能耗", (1.0,), lower=True).direction) == ("≥", "≤")


def test_no_way_is_drawn_to_what_is_not_known(qtbot: QtBot) -> None:
    chart = LadderChart()
    qtbot.addWidget(chart)
    chart.resize(700, 120)
    asked = (1.0, "unknown", "unknown")
    pictures = []
    for aim in (None, 2):
        chart.set_ladder([LadderRow("tax", "税收", asked, 1.5, aim=aim)], ("一", "二", "三"))
        pictures.append(chart.grab().toImage())
    assert pictures[0] == pictures[1]
