"""The whole job, from the office's workbook to the results, against a spreadsheet program."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.bench_answers import POLICY, enterprises
from tests.bench.versus import compare
from tests.helpers.departments import code
from tests.helpers.live_books import OFFICE, differences, process_rows, recalculated
from zoneeval.model.fields import FIELDS
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

ROWS, YEAR = 10_000, 2018


def workbook_of(folder: Path, zones: int) -> Path:
    """Write the data of 10,000 enterprises as the office enters them."""
    data = enterprises(ROWS, zones)
    columns = {key: column.tolist() for key, column in data.columns.items()}
    columns["uscc"] = [code(number) for number in range(1, ROWS + 1)]
    columns["name"] = [f"样例{number}有限公司" for number in range(1, ROWS + 1)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业数据")
    sheet.append([FIELDS[key].heading for key in columns])
    for row in zip(*columns.values(), strict=True):
        sheet.append([None if value != value else value for value in row])
    path = folder / f"企业数据{zones}.xlsx"
    book.save(path)
    return path


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: nothing recalculates")
@pytest.mark.parametrize(("zones", "grouping"), [(20, "20 个园区各自排名"), (1, "全县一起排名")])
def test_job_against_recalculating(
    benchmark: BenchmarkFixture, tmp_path: Path, zones: int, grouping: str
) -> None:
    source, results = workbook_of(tmp_path, zones), tmp_path / "评价结果.xlsx"
    made: list[Workspace] = []

    def new_workspace() -> None:
        for done in made:
            done.close()
        made.append(operations.create(tmp_path / f"{len(made)}.zoneeval"))

    def ours() -> None:
        outcome = operations.import_workbooks(made[-1], [source], year=YEAR)
        assert outcome.committed
        operations.evaluate(made[-1], year=YEAR, policy_ref=POLICY)
        operations.export_results(made[-1], results)

    new_workspace()
    ours()  # modules are imported once
    live, folder = tmp_path / "重算.xlsx", tmp_path / "done"
    folder.mkdir()
    shutil.copy(results, live)
    found = compare(
        benchmark,
        f"1 万家从工作簿到结果工作簿（{grouping}）",
        "LibreOffice 重新计算结果工作簿",
        ours,
        lambda: recalculated([live], folder),
        goal="5 以上",
        rounds=3 if zones > 1 else 1,
        before_ours=new_workspace,
    )
    run = operations.load_run(made[-1])
    rows = process_rows(folder / live.name)
    assert len(rows) == int((~np.isnan(run.evaluation.composite)).sum()) == ROWS
    assert differences(run.policy, run.evaluation, rows) == []
    assert found.ratio > 1
    made[-1].close()
