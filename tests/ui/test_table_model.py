"""The table model: values, order, filter, persistent indexes, clipboard text."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from zoneeval_ui.tables import Column, ColumnTableModel, RawRole, TableData, Tint, TintRole
from zoneeval_ui.tables.columns import copied, show
from zoneeval_ui.tables.sorting import sort_keys

ASC, DESC = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
COLUMNS = (
    Column("name", "企业名称"),
    Column("tax", "亩均税收", "万元/亩", "number", 1),
    Column("rd", "R&D投入强度", kind="share"),
    Column("rank", "排名", kind="integer"),
    Column("grade", "类别", kind="grade"),
    Column("tech", "高新技术企业", kind="flag"),
)


def table() -> TableData:
    return TableData(
        COLUMNS,
        {
            "name": ["中原样例", "安阳样例", "白云样例", None],
            "tax": np.array([6.1, 32.4, math.nan, 6.1]),
            "rd": [0.035, None, 0.0, -0.01],
            "rank": [107, 1, math.nan, 1200],
            "grade": ["C", "A", None, "B"],
            "tech": [True, False, None, True],
        },
        ids=["c", "a", "b", "x"],
        tints={(1, "tax"): Tint.WARNING},
    )


@pytest.fixture
def model(qtmodeltester) -> ColumnTableModel:
    made = ColumnTableModel(table())
    qtmodeltester.check(made)
    return made


def ids(model: ColumnTableModel) -> list[str]:
    return [model.id_at(row) for row in range(model.rowCount())]


def cell(model: ColumnTableModel, row: int, key: str, role: int = 0) -> object:
    return model.index(row, model.column_of(key)).data(role)


def test_model_stays_sound_when_sorted_and_filtered(model, qtmodeltester):
    model.sort(1, DESC)
    model.set_filter(np.array([True, False, True, True]))
    qtmodeltester.check(model)
    assert ids(model) == ["c", "x", "b"]


def test_values_are_shown_as_officials_write_them(model):
    assert cell(model, 0, "tax") == "6.1"
    assert cell(model, 0, "rd") == "3.5%"
    assert cell(model, 3, "rd") == "−1.0%"
    assert cell(model, 3, "rank") == "1,200"
    assert [cell(model, row, "tech") for row in range(4)] == ["是", "否", "—", "是"]


def test_missing_is_a_dash_and_zero_is_zero(model):
    assert cell(model, 2, "tax") == "—"
    assert cell(model, 3, "name") == "—"
    assert cell(model, 2, "rd") == "0.0%"


def test_negative_zero_has_no_sign():
    assert show(COLUMNS[1], -0.04) == "0.0"
    assert show(COLUMNS[1], -0.06) == "−0.1"


def test_a_column_of_several_units_shows_counts_without_decimals():
    column = Column("used", "采用", kind="number", whole=True)
    assert [show(column, v) for v in (10150.0, 55.63, -0.0)] == ["10,150", "55.63", "0"]
    assert copied(column, 10150.0) == "10150.00"


def test_numbers_are_right_aligned(model):
    role = Qt.ItemDataRole.TextAlignmentRole
    assert cell(model, 0, "tax", role) & Qt.AlignmentFlag.AlignRight.value
    assert cell(model, 0, "name", role) & Qt.AlignmentFlag.AlignLeft.value


def test_raw_role_gives_the_number_itself(model):
    value = cell(model, 1, "tax", RawRole)
    assert value == 32.4
    assert type(value) is float


def test_tints_follow_their_source_row(model):
    model.sort(1, DESC)
    assert cell(model, 0, "tax", TintRole) == Tint.WARNING
    assert cell(model, 1, "tax", TintRole) is None


@pytest.mark.parametrize(
    ("key", "order", "expected"),
    [
        ("tax", ASC, ["c", "x", "a", "b"]),
        ("tax", DESC, ["a", "c", "x", "b"]),
        ("name", ASC, ["a", "b", "c", "x"]),
        ("name", DESC, ["c", "b", "a", "x"]),
        ("grade", ASC, ["a", "x", "c", "b"]),
        ("grade", DESC, ["c", "x", "a", "b"]),
    ],
)
def test_sorting_is_stable_with_missing_last(model, key, order, expected):
    model.sort(model.column_of(key), order)
    assert ids(model) == expected


def test_long_texts_sort_as_short_ones_do():
    short = np.array(["乙", None, "甲", "乙"], dtype=object)
    long = np.array([v and v + "长" * 300 for v in short], dtype=object)
    np.testing.assert_array_equal(sort_keys(short), [1, np.nan, 0, 1])
    np.testing.assert_array_equal(sort_keys(long), [1, np.nan, 0, 1])


def test_sort_by_no_column_restores_the_source_order(model):
    model.sort(1, DESC)
    model.sort(-1)
    assert ids(model) == ["c", "a", "b", "x"]


def test_new_content_keeps_the_order_chosen(model):
    model.sort(1, DESC)
    model.set_table(table())
    assert ids(model) == ["a", "c", "x", "b"]


def test_persistent_indexes_follow_their_row(model):
    kept = QPersistentModelIndex(model.index(1, 1))
    lost = QPersistentModelIndex(model.index(2, 0))
    model.sort(1, ASC)
    assert (kept.row(), kept.column()) == (2, 1)
    model.set_filter(np.array([True, True, False, True]))
    assert kept.isValid()
    assert kept.data(RawRole) == 32.4
    assert not lost.isValid()


def test_filter_by_text_ignores_case_and_missing(model):
    model.set_filter(model.contains("样例", ["name"]))
    assert ids(model) == ["c", "a", "b"]
    model.set_filter(None)
    assert model.rowCount() == model.total == 4


def test_row_of_id_finds_shown_rows_only(model):
    model.sort(1, DESC)
    assert model.row_of_id("x") == 2
    model.set_filter(np.array([True, True, True, False]))
    assert model.row_of_id("x") == -1
    assert model.row_of_id("nobody") == -1


def test_clipboard_text_is_plain(model):
    model.sort(3, DESC)
    text = model.as_tsv([0, 3], [0, 1, 2, 3], headings=True)
    assert text.split("\n") == [
        "企业名称\t亩均税收（万元/亩）\tR&D投入强度\t排名",
        "\t6.1\t-1.0%\t1200",
        "白云样例\t\t0.0%\t",
    ]


def test_text_with_tabs_stays_in_one_cell():
    assert copied(COLUMNS[0], "一\t二\n三") == "一 二 三"


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        ColumnTableModel(TableData(COLUMNS[:1], {"name": ["甲"]}, ids=["a", "b"]))


def test_mask_of_another_length_is_refused(model):
    with pytest.raises(ValueError, match="mask"):
        model.set_filter(np.array([True]))
