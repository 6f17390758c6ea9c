"""Settings of the checks, what an import is compared with, and the log of repairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book
from zoneeval.errors import InputError
from zoneeval.model.repair import RepairChoice
from zoneeval.model.thresholds import Thresholds
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

TAX = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）"]


def tax_book(folder: Path, *figures: object) -> Path:
    rows = [[code(n), f"样例{n}有限公司", figure] for n, figure in enumerate(figures, 1)]
    return save_book(folder / "税务局.xlsx", {"税收": [TAX, *rows]})


@pytest.fixture
def listed_ws(empty: Workspace, tmp_path: Path) -> Workspace:
    book = save_book(
        tmp_path / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, *(listed(n) for n in range(1, 8))]}
    )
    assert operations.import_workbooks(empty, [book], year=2023).committed
    return empty


def test_thresholds_are_stored_and_can_be_undone(empty: Workspace) -> None:
    assert operations.thresholds(empty) == Thresholds()
    stored = operations.set_thresholds(empty, {"jump_factor": 3, "zone_total_share": 0.5})
    assert stored == Thresholds(jump_factor=3, zone_total_share=0.5)
    assert operations.thresholds(empty) == stored
    (newest, *_) = operations.last_operations(empty, 1)
    assert newest.label == "设置核对门槛：较上年变动 3、园区合计差异 50%"
    count = len(operations.last_operations(empty))
    assert operations.set_thresholds(empty, {"jump_factor": 3}) == stored
    assert len(operations.last_operations(empty)) == count
    operations.undo(empty)
    assert operations.thresholds(empty) == Thresholds()


def test_senseless_thresholds_store_nothing(empty: Workspace) -> None:
    for values in ({"jump_factor": 0.5}, {"unknown": 1.0}):
        with pytest.raises(InputError):
            operations.set_thresholds(empty, values)
    assert operations.thresholds(empty) == Thresholds()
    assert not empty.changed


def test_a_stored_setting_that_makes_no_sense_is_the_default(empty: Workspace) -> None:
    with empty.operation("旧版本写入") as op:
        op.write("setting", {"key": "check.jump_factor"}, {"value": "-1"})
        op.write("setting", {"key": "check.unknown"}, {"value": "5"})
    assert operations.thresholds(empty) == Thresholds()


def test_last_year_and_the_thresholds_are_what_an_import_is_compared_with(
    listed_ws: Workspace, tmp_path: Path
) -> None:
    first = tax_book(tmp_path, *(100.0 + n for n in range(7)))
    assert operations.import_workbooks(listed_ws, [first], year=2023).committed
    again = tax_book(tmp_path, 520.0, *(100.0 + n for n in range(1, 7)))
    plain = operations.import_workbooks(listed_ws, [again], year=2024, dry_run=True)
    assert "jump" not in {i.code for i in plain.draft.issues}
    operations.set_thresholds(listed_ws, {"jump_factor": 4})
    strict = operations.import_workbooks(listed_ws, [again], year=2024, dry_run=True)
    (jump,) = [i for i in strict.draft.issues if i.code == "jump"]
    assert (jump.row, jump.column) == (2, "C")


def test_an_unknown_zone_is_asked_about(listed_ws: Workspace, tmp_path: Path) -> None:
    rows = [[*listed(1)[:2], "东圆", *listed(1)[3:]]]
    book = save_book(tmp_path / "新名录.xlsx", {"名录": [DIRECTORY_HEADINGS, *rows]})
    plain = operations.import_workbooks(listed_ws, [book], year=2024, dry_run=True)
    assert "unknown-zone" in {i.code for i in plain.draft.issues}
    named = operations.import_workbooks(listed_ws, [book], year=2024, zone="东圆", dry_run=True)
    assert "unknown-zone" not in {i.code for i in named.draft.issues}


def test_repairs_are_logged_with_the_import_and_survive_its_undoing(
    listed_ws: Workspace, tmp_path: Path
) -> None:
    book = tax_book(tmp_path, "12万元（含税）", "#DIV/0!", 30)
    assert not operations.import_workbooks(listed_ws, [book], year=2024).committed
    choices = [RepairChoice("text-in-number"), RepairChoice("error-cell")]
    outcome = operations.import_workbooks(listed_ws, [book], year=2024, repairs=choices)
    assert outcome.committed
    stored = {e.uscc: e.values for e in operations.enterprise_data(listed_ws, 2024)}
    assert stored[code(1)]["tax_paid"].value == 12.0
    assert "tax_paid" not in stored[code(2)]
    (newest,) = operations.last_operations(listed_ws, 1)
    assert newest.label == (
        "导入税务局.xlsx，修正 2 处（取出数字 1、错误值按缺失处理 1）"
    )  # fmt: skip
    logged = operations.repairs_of(listed_ws, newest.id)
    assert sorted((r.row, r.before) for r in logged) == [(2, "12万元（含税）"), (3, "#DIV/0!")]
    operations.undo(listed_ws)
    assert operations.latest_dataset(listed_ws, 2024) is None
    assert len(operations.repairs_of(listed_ws, newest.id)) == 2
