"""The formulas of 得分过程, recalculated by another program, give the engine's results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.helpers.live_books import OFFICE, differences, process_rows, recalculated
from zoneeval.engine import evaluate
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.loader import load_policy
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_results
from zoneeval_db import operations

PACKS = ("zhengzhou-2018", "huangyan-2022", "huaian-2024", "anyang-2018")
HEADER = RunHeader(1, 2024, (), 1, "d" * 64, "2024-11-20T09:30:15+08:00", "1", "示例.zoneeval")


@dataclass(frozen=True)
class Case:
    """A policy, its run, and where its recalculated workbook is."""

    policy: Policy
    run: Evaluation
    book: Path


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Dataset]:
    folder = tmp_path_factory.mktemp("demo")
    operations.demo(folder)
    with operations.open_workspace(folder / "示例市.zoneeval", read_only=True) as ws:
        found = {year: operations.latest_dataset(ws, year) for year in (2023, 2024)}
        return {
            year: operations.load_dataset(ws, version.id)
            for year, version in found.items()
            if version is not None
        }


@pytest.fixture(scope="module")
def cases(years: dict[int, Dataset], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: nothing can recalculate the workbook")
    written, done = tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("done")
    found: dict[str, Case] = {}
    for name, data in _datasets(years[2024]).items():
        policy = load_policy(name.partition("+")[0])
        run = evaluate(policy, data, years[2023])
        book = written / f"{name}.xlsx"
        write_results(book, HEADER, policy, run, data)
        found[name] = Case(policy, run, done / book.name)
    policy = load_policy(PACKS[0])
    changed = _change(years[2024], written / f"{PACKS[0]}.xlsx", written / "changed.xlsx")
    found["changed"] = Case(policy, evaluate(policy, changed), done / "changed.xlsx")
    recalculated(sorted(written.glob("*.xlsx")), done)
    return found


def _datasets(data: Dataset) -> dict[str, Dataset]:
    found = dict.fromkeys(PACKS, data)
    return {**found, **{f"{pack}+equals": _with_equals(data) for pack in PACKS}}


def _with_equals(data: Dataset) -> Dataset:
    """Give every third enterprise all the figures of the one before it."""
    rows = np.arange(data.size)
    rows[2::3] -= 1
    own = ("uscc", "name")
    return Dataset({k: c if k in own else c[rows] for k, c in data.columns.items()}, data.year)


def _change(data: Dataset, source: Path, target: Path) -> Dataset:
    """Multiply the taxes of the last enterprise on 原始数据 by 20, in data and workbook."""
    book = openpyxl.load_workbook(source)
    sheet = book["原始数据"]
    head = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "企业名称")
    heads = [str(cell.value).replace("\n", "") for cell in sheet[head]]
    cell = sheet.cell(sheet.max_row, heads.index(FIELDS["tax_paid"].heading) + 1)
    row = data.text("uscc").tolist().index(sheet.cell(sheet.max_row, 2).value)
    column = np.array(data.number("tax_paid"))
    assert cell.value == column[row]
    assert column[row] > 0
    column[row] *= 20
    cell.value = float(column[row])
    book.save(target)
    return data.with_columns({"tax_paid": column})


@pytest.mark.parametrize("name", [*PACKS, *(f"{p}+equals" for p in PACKS), "changed"])
def test_recalculated_workbook_equals_the_engine(cases: dict[str, Case], name: str) -> None:
    case = cases[name]
    rows = process_rows(case.book)
    assert len(rows) == int((~np.isnan(case.run.composite)).sum()) > 50
    assert differences(case.policy, case.run, rows) == []


def test_equals_do_occur_and_are_told_apart(cases: dict[str, Case]) -> None:
    run = cases["huaian-2024+equals"].run
    known = ~np.isnan(run.rank)
    assert (run.rank[known] != run.position[known]).sum() > 10


def test_a_changed_number_moves_a_rank(cases: dict[str, Case]) -> None:
    before, after = cases["zhengzhou-2018"].run, cases["changed"].run
    known = ~np.isnan(before.rank)
    assert (before.rank[known] != after.rank[known]).any()
