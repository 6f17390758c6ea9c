"""The parts of pages: what they say, what they send, where they place things."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from zoneeval_ui.theme import ThemeMode, Tone, current_theme
from zoneeval_ui.widgets import (
    UNKNOWN,
    Badge,
    Card,
    Chip,
    ChipBar,
    CutLine,
    DetailCard,
    EmptyState,
    ErrorBanner,
    IndicatorBar,
    IndicatorBars,
    LadderChart,
    LadderRow,
    Metric,
    MetricCard,
    PageHeader,
    ScoreBar,
    ScoreHistogram,
    Section,
    Step,
    StepStrip,
    TreePane,
    TreeRow,
)
from zoneeval_ui.widgets.labels import make_label, say_fault
from zoneeval_ui.widgets.ladder import place_of

LEFT = Qt.MouseButton.LeftButton


def test_chips_are_exclusive_and_remember(qtbot):
    chips = ChipBar("evalChips", remember=True)
    qtbot.addWidget(chips)
    chips.set_chips([Chip("all", "全部", 1180), Chip("A", "A", 18), Chip("C", "C")])
    assert chips.current == "all"
    button = chips.findChild(QPushButton, "evalChips-A")
    assert chips.findChild(QPushButton, "evalChips-all").text() == "全部 1,180"
    with qtbot.waitSignal(chips.changed) as caught:
        button.click()
    assert caught.args == ["A"]
    chips.set_chips([Chip("all", "全部", 1181), Chip("A", "A", 19)])
    assert chips.current == "A"
    again = ChipBar("evalChips", remember=True)
    qtbot.addWidget(again)
    again.set_chips([Chip("all", "全部"), Chip("A", "A")])
    assert again.current == "A"
    again.set_chips([Chip("all", "全部")])
    assert again.current == "all"


def test_page_header_keeps_the_primary_button_last(qtbot):
    header = PageHeader("综合评价")
    qtbot.addWidget(header)
    primary = header.add_button("run", "重新评价", primary=True)
    second = header.add_button("compare", "与上次比较")
    header.resize(900, 50)
    header.show()
    assert second.x() < primary.x()
    assert header.primary is primary


def test_badge_of_an_unknown_class_is_uncertain(qtbot):
    badge = Badge()
    qtbot.addWidget(badge)
    badge.set_grade("B")
    assert (badge.text, badge.tone) == ("B", Tone.B)
    badge.set_grade(None)
    assert (badge.text, badge.tone) == ("待定", Tone.UNCERTAIN)


def test_metric_without_a_value_is_unknown_not_empty(qtbot):
    card = MetricCard(Metric("亩均税收", "15.2", "万元/亩", "+1.1", Tone.A))
    qtbot.addWidget(card)
    assert card.value == "15.2"
    card.set_metric(Metric("亩均税收", ""))
    assert card.value == "未知"


def test_empty_state_and_banner(qtbot):
    empty = EmptyState("还没有数据", "先导入。", "导入表格")
    banner = ErrorBanner()
    for widget in (empty, banner):
        qtbot.addWidget(widget)
    with qtbot.waitSignal(empty.clicked):
        empty.findChild(QPushButton).click()
    banner.show_message("信用代码是数字。", "按名录补上")
    with qtbot.waitSignal(banner.action_clicked):
        banner.findChild(QPushButton, "bannerAction").click()
    with qtbot.waitSignal(banner.closed):
        banner.findChild(QPushButton, "bannerClose").click()
    assert banner.isHidden()


def test_steps_are_links(qtbot):
    strip = StepStrip([Step("collect", "采集", "done"), Step("check", "核实", "current", "118 户")])
    qtbot.addWidget(strip)
    with qtbot.waitSignal(strip.step_clicked) as caught:
        strip.findChild(QAbstractButton, "step-check").click()
    assert caught.args == ["check"]


def test_bars_say_points_or_unknown():
    bar = IndicatorBar("tax", "亩均税收", "6.1 ÷ 基准 15.2", 8.0, 20)
    assert (bar.shown_points, bar.colour_tone) == ("8.0 / 20", Tone.C)
    assert IndicatorBar("rd", "R&D", "", 11.4, 10).colour_tone is Tone.A
    missing = IndicatorBar("rd", "R&D", "", None, 10)
    assert (missing.share, missing.shown_points) == (None, "未知")
    assert missing.colour_tone is Tone.UNCERTAIN
    assert IndicatorBar("rd", "R&D", "", float("nan"), 10).share is None


def test_clicking_a_bar_asks_for_its_indicator(qtbot):
    bars = IndicatorBars([IndicatorBar(k, k, "", 5, 10) for k in "abc"])
    qtbot.addWidget(bars)
    bars.resize(300, bars.sizeHint().height())
    with qtbot.waitSignal(bars.indicator_clicked) as caught:
        qtbot.mouseClick(bars, LEFT, pos=QPoint(20, bars.height() // 2))
    assert caught.args == ["b"]


@pytest.mark.parametrize(
    ("thresholds", "value", "place"),
    [
        ((2, 5, 20, 40, UNKNOWN, UNKNOWN, 100), 34, 2 + 14 / 20),
        ((2, 5, 20, 40, UNKNOWN, UNKNOWN, 100), 50, 3.5),
        ((2, 5, 20, 40, UNKNOWN, UNKNOWN, 100), 130, 6.5),
        ((2, 5, 20, 40, 50, 60, 100), 2, 0.0),
        ((2, 5, 20, 40, 50, 60, 100), 1, 0.0),
        ((None, None, 10, 15, 20, 25, 30), 12.5, 2.5),
        ((None, None, 10, 15, 20, 25, 30), 5, 1.0),
        ((UNKNOWN, 5, 20, 40, 50, 60, 100), 3, 0.5),
        ((2, 5, 20, 40, 50, 60, 100), None, None),
    ],
)
def test_ladder_places_the_value(thresholds, value, place):
    found = place_of(LadderRow("va", "增加值", thresholds, value))
    assert found == (None if place is None else pytest.approx(place))


def test_clicking_a_threshold_asks_for_its_clause(qtbot):
    chart = LadderChart()
    qtbot.addWidget(chart)
    chart.set_ladder([LadderRow("tax", "税收", (None, 1, 2, 3, 4, 5, 6), 2.5, "亿元", True)])
    chart.resize(chart.sizeHint())
    left, cell = chart._geometry()
    with qtbot.waitSignal(chart.threshold_clicked) as caught:
        qtbot.mouseClick(chart, LEFT, pos=QPoint(int(left + 3.5 * cell), chart.height() - 40))
    assert caught.args == ["tax", 3]
    with qtbot.assertNotEmitted(chart.threshold_clicked):
        qtbot.mouseClick(chart, LEFT, pos=QPoint(int(left + 0.5 * cell), chart.height() - 40))


def test_ladder_refuses_rows_of_another_length(qtbot):
    chart = LadderChart()
    qtbot.addWidget(chart)
    with pytest.raises(ValueError, match="threshold"):
        chart.set_ladder([LadderRow("tax", "税收", (1, 2))])


def test_histogram_bar_can_be_clicked(qtbot):
    chart = ScoreHistogram()
    qtbot.addWidget(chart)
    bars = [ScoreBar(50 + 10 * i, 60 + 10 * i, (("B", i),)) for i in range(4)]
    chart.set_data(bars, [CutLine(60, "C 类线")])
    chart.resize(400, 120)
    with qtbot.waitSignal(chart.bar_clicked) as caught:
        qtbot.mouseClick(chart, LEFT, pos=QPoint(150, 60))
    assert caught.args == [60.0, 70.0]


def test_tree_shows_unknown_and_hides_empty_columns(qtbot):
    pane = TreePane()
    qtbot.addWidget(pane)
    child = TreeRow("单位能耗", tone=Tone.UNCERTAIN)
    pane.set_rows([TreeRow("综合得分", "60.87", clause="第六条", children=(child,))])
    top = pane.tree.topLevelItem(0)
    assert top.child(0).text(1) == "未知"
    assert top.isExpanded()
    assert [pane.tree.isColumnHidden(i) for i in range(5)] == [False, False, True, False, True]
    with qtbot.waitSignal(pane.clause_clicked) as caught:
        pane.tree.itemClicked.emit(top, 3)
    assert caught.args == ["第六条"]


def test_detail_card_takes_new_sections(qtbot):
    card = DetailCard()
    qtbot.addWidget(card)
    card.add_section(Section("为什么是 C"))
    card.clear()
    card.add_section(Section("怎样回到 B", raised=True))
    card.resize(320, 300)
    card.show()
    assert len(card._content.findChildren(Section)) == 1


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_cards_take_their_surface_from_the_theme(qtbot, mode):
    current_theme().set_mode(mode)
    card = Card("标题", flush=True)
    qtbot.addWidget(card)
    card.resize(120, 80)
    card.show()
    image = card.grab().toImage()
    assert image.pixelColor(60, 60).name().upper() == current_theme().tokens.surface
    assert image.pixelColor(0, 0).name().upper() == current_theme().tokens.background


def test_tab_reaches_chips_and_steps_where_they_stand(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    first, last = QPushButton("先", page), QPushButton("后", page)
    steps, chips = StepStrip(parent=page), ChipBar("chips", page)
    for widget in (first, steps, chips, last):
        layout.addWidget(widget)
    QWidget.setTabOrder(first, last)
    last_made = QPushButton("最后", page)
    layout.addWidget(last_made)
    steps.set_steps([Step("a", "采集", "done"), Step("b", "核实", "todo")])
    chips.set_chips([Chip("all", "全部", 2), Chip("one", "其一", 1)])
    seen, at = [], first
    while at is not last_made:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen.append(at.text())
        at = at.nextInFocusChain()
    assert seen == ["先", "后", "采集", "核实", "全部 2", "其一 1"]


def test_chips_that_only_count_anew_keep_the_focus(qtbot: QtBot) -> None:
    bar = ChipBar("chips")
    qtbot.addWidget(bar)
    bar.set_chips([Chip("all", "全部", 2), Chip("one", "其一", 1)])
    bar.choose("one")
    button = bar.findChild(QPushButton, "chips-one")
    bar.set_chips([Chip("all", "全部", 5), Chip("one", "其一", 3, "提示")])
    assert bar.findChild(QPushButton, "chips-one") is button
    assert (button.text(), button.toolTip(), bar.current) == ("其一 3", "提示", "one")


def test_what_is_to_be_filled_in_is_grey_and_what_is_wrong_is_red(qtbot: QtBot) -> None:
    label = make_label("", tone=Tone.C)
    qtbot.addWidget(label)
    for text, tone in (("请填写名称。", "plain"), ("“2027/1/1”不是日期。", "C")):
        say_fault(label, text)
        assert (label.text(), label.property("tone"), label.isHidden()) == (text, tone, False)
    say_fault(label, "")
    assert label.isHidden()
