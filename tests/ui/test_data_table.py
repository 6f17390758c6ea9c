"""The table widget: selection, copying, columns, the frozen first column."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from zoneeval_ui.tables import Column, DataTable, TableData

COLUMNS = (
    Column("name", "企业名称", width=12),
    *(Column(f"v{i}", f"指标{i}", "万元", "number", 1) for i in range(8)),
    Column("grade", "类别", kind="grade"),
)


def table(rows: int = 30) -> TableData:
    values = {f"v{i}": np.arange(rows) * 1.5 + i for i in range(8)}
    return TableData(
        COLUMNS,
        {"name": [f"样例企业{n}" for n in range(rows)], "grade": ["A", "B", "C"] * (rows // 3)}
        | values,
        ids=[f"id{n}" for n in range(rows)],
    )


@pytest.fixture
def shown(qtbot) -> DataTable:
    made = DataTable("sampleTable")
    qtbot.addWidget(made)
    made.set_table(table())
    made.resize(500, 300)
    made.show()
    return made


def test_selection_follows_the_row_through_sorting(shown, qtbot):
    with qtbot.waitSignal(shown.row_selected) as caught:
        assert shown.select_id("id3")
    assert caught.args == ["id3"]
    shown.sort_by("v0", Qt.SortOrder.DescendingOrder)
    assert shown.selected_id() == "id3"
    assert shown.currentIndex().row() == 26


def test_selection_survives_new_content(shown):
    shown.select_id("id3")
    shown.set_table(table())
    assert shown.selected_id() == "id3"


def test_ctrl_c_copies_rows_and_shift_adds_headings(shown, qtbot):
    shown.set_hidden_columns([f"v{i}" for i in range(1, 8)])
    shown.select_id("id2")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shown, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "样例企业2\t3.0\tC"
    qtbot.keyClick(shown, Qt.Key.Key_C, control | shift)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == ["企业名称\t指标0（万元）\t类别", "样例企业2\t3.0\tC"]


def test_column_menu_hides_and_remembers(shown, qtbot):
    actions = {action.text(): action for action in shown.column_menu().actions()}
    actions["指标3（万元）"].trigger()
    assert shown.hidden_columns() == {"v3"}
    assert not actions["企业名称"].isEnabled()
    other = DataTable("sampleTable")
    qtbot.addWidget(other)
    other.set_table(table())
    assert other.hidden_columns() == {"v3"}


def test_frozen_column_appears_when_scrolled_sideways(shown):
    frozen = shown._frozen
    assert not frozen.isVisible()
    shown.horizontalScrollBar().setValue(200)
    assert frozen.isVisible()
    assert frozen.columnWidth(0) == shown.columnWidth(0)
    shown.verticalScrollBar().setValue(120)
    assert frozen.verticalScrollBar().value() == 120
    shown.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()


def test_cells_are_not_scrolled_under_the_frozen_column(shown):
    shown.horizontalScrollBar().setValue(shown.horizontalScrollBar().maximum())
    index = shown.table_model.index(0, 1)
    shown.scrollTo(index)
    assert shown.visualRect(index).left() >= shown.columnWidth(0)


def test_sorting_in_the_frozen_header_sorts_the_table(shown):
    shown._frozen.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert shown.table_model.id_at(0) == "id9"
    assert shown.horizontalHeader().sortIndicatorSection() == 0


def test_row_height_follows_the_text(shown):
    size = shown.fontInfo().pixelSize()
    assert shown.rowHeight(0) == round(size * 2.6)


def test_enter_activates_the_row(shown, qtbot):
    shown.select_id("id1")
    with qtbot.waitSignal(shown.row_activated) as caught:
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert caught.args == ["id1"]


def test_click_says_row_and_column(shown, qtbot):
    place = shown.visualRect(shown.table_model.index(1, 1)).center()
    with qtbot.waitSignal(shown.cell_clicked) as caught:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["id1", "v0"]


def test_table_without_rows_shows_its_sentence(shown):
    before = shown.grab().toImage()
    shown.set_empty_text("还没有企业")
    shown.table_model.set_filter(np.zeros(30, dtype=bool))
    assert shown.table_model.rowCount() == 0
    assert shown.grab().toImage() != before
