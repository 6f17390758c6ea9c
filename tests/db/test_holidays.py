"""Holidays: entered, counted, and taken from and to a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.adjudicating import PERIOD
from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace


def test_holidays_lengthen_the_publicity_and_go_out_and_in(ws: Workspace, tmp_path: Path) -> None:
    operations.set_holidays(ws, "2025-06-02", "2025-06-03", "off", "示意假日", "通知〔示意〕1号")
    operations.set_holidays(ws, "2025-06-07", None, "work")
    out = tmp_path / "节假日.xlsx"
    operations.export_holidays(ws, out)
    made, note = operations.start_publicity(ws, **PERIOD)
    assert (made.publicity_until, note) == ("2025-06-09", "")
    kept = operations.holidays(ws)
    for _ in range(3):
        operations.undo(ws)
    assert operations.holidays(ws) == []
    assert operations.import_holidays(ws, out) == kept
    assert operations.holidays(ws, 2025) == kept
    assert operations.holidays(ws, 2024) == []
    operations.remove_holiday(ws, "2025-06-07")
    assert len(operations.holidays(ws)) == 2
    with pytest.raises(InputError, match="没有录入过"):
        operations.remove_holiday(ws, "2025-06-07")
    with pytest.raises(InputError, match="超过 31 天"):
        operations.set_holidays(ws, "2025-06-01", "2025-08-01", "off")


def test_a_faulty_table_of_holidays_enters_nothing(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "节假日.csv"
    path.write_text("日期,安排\n2025-06-02,放假\n2025-13-01,放假\n2025-06-03,也许\n", "utf-8-sig")
    with pytest.raises(InputError, match=r"第 3 行.*第 4 行的安排“也许”"):
        operations.import_holidays(ws, path)
    assert operations.holidays(ws) == []
    empty = tmp_path / "空表.xlsx"
    operations.export_holidays(ws, empty)
    with pytest.raises(InputError, match="没有节假日安排"):
        operations.import_holidays(ws, empty)
    path.write_text("甲,乙\n1,2\n", "utf-8-sig")
    with pytest.raises(InputError, match="没有找到标题"):
        operations.import_holidays(ws, path)
