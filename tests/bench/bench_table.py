"""A large table sorted and painted again, against Qt's own sorting proxy."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from zoneeval_ui.application import prepare_application
from zoneeval_ui.tables import Column, ColumnTableModel, DataTable, TableData
from zoneeval_ui.tables.model import RawRole

ROWS, NUMBERS, TEXTS = 100_000, 16, 4


@pytest.fixture(scope="module")
def app() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    prepare_application(app)
    return app


@pytest.fixture(scope="module")
def data() -> TableData:
    random = np.random.default_rng(7)
    names = [f"示例企业{i:06d}有限公司" for i in random.permutation(ROWS)]
    columns = [Column(f"t{i}", f"文字{i}") for i in range(TEXTS)]
    columns += [Column(f"n{i}", f"数值{i}", kind="number") for i in range(NUMBERS)]
    values: dict[str, object] = {f"t{i}": names for i in range(TEXTS)}
    for i in range(NUMBERS):
        values[f"n{i}"] = random.lognormal(2, 1, ROWS)
    return TableData(tuple(columns), values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("key", "words"), [("n3", "按数值"), ("t1", "按文字")])
def test_sort_and_repaint(
    app: QApplication, data: TableData, benchmark: BenchmarkFixture, key: str, words: str
) -> None:
    table = DataTable("bench")
    table.set_table(data)
    proxy = QSortFilterProxyModel()
    source = ColumnTableModel(data)
    proxy.setSourceModel(source)
    proxy.setSortRole(RawRole)
    plain = QTableView()
    plain.setModel(proxy)
    for view in (table, plain):
        view.resize(1280, 720)
        view.show()
    app.processEvents()
    column, descending = source.column_of(key), Qt.SortOrder.DescendingOrder

    def ours() -> None:
        table.sort_by(key, descending)
        table.viewport().repaint()
        app.processEvents()

    def theirs() -> None:
        proxy.sort(column, descending)
        plain.viewport().repaint()
        app.processEvents()

    def load_again() -> None:
        table.sort_by("t0")
        table.set_table(data)

    compare(
        benchmark,
        f"{ROWS // 10_000} 万行 × {NUMBERS + TEXTS} 列{words}第一次排序并重画",
        "QSortFilterProxyModel",
        ours,
        theirs,
        goal="50 以上",
        rounds=1,
        before_ours=load_again,
    )
    values = source.values(key)
    rows = [(table.table_model.source_row(r), proxy.index(r, 0)) for r in range(ROWS)]
    assert all(values[mine] == values[proxy.mapToSource(other).row()] for mine, other in rows)
    for view in (table, plain):
        view.close()
