"""A large workbook read, recognised, checked and committed, against readers that only read it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from tests.helpers.departments import code
from zoneeval.model.fields import FIELDS
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

ROWS = 20_000
_WORDS = ("uscc", "name", "zone", "industry_code", "scale", "registered_on")
_RANGES = {
    "land_registered": (20, 200), "land_leased_in": (0, 20), "land_leased_out": (0, 10),
    "land_other": (0, 5), "floor_leased_in": (0, 5000), "revenue": (8000, 20000),
    "output_value": (9000, 21000), "value_added": (2000, 5000), "tax_paid": (200, 900),
    "profit": (300, 1500), "rd_expense": (100, 500), "average_headcount": (50, 300),
    "fixed_asset_investment": (1000, 9000), "energy_use": (900, 3000),
    "electricity_use": (100, 400), "water_use": (1, 9), "gas_use": (1, 9), "emission_cod": (0, 5),
    "emission_nh3n": (0, 1), "emission_so2": (0, 5), "emission_nox": (0, 5), "accidents": (0, 2),
    "penalties": (0, 2), "pollutant_equivalent": (100, 900),
}  # fmt: skip
_WHOLE = ("average_headcount", "accidents", "penalties")
KEYS = (*_WORDS, *_RANGES)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of 20,000 enterprises with 30 columns."""
    chance = random.Random(11)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业数据")
    sheet.append([f"{FIELDS[k].label}（{FIELDS[k].unit}）" if FIELDS[k].unit else FIELDS[k].label
                  for k in KEYS])  # fmt: skip
    for number in range(1, ROWS + 1):
        day = f"20{number % 20:02d}-0{number % 9 + 1}-15"
        zone, industry = f"园区{number % 7}", str(3400 + number % 90)
        words = [code(number), f"示例{number}有限公司", zone, industry, "规上", day]
        numbers = [
            chance.randint(low, high) if key in _WHOLE else round(chance.uniform(low, high), 2)
            for key, (low, high) in _RANGES.items()
        ]
        sheet.append([*words, *numbers])
    path = tmp_path_factory.mktemp("bench") / "企业数据.xlsx"
    book.save(path)
    return path


def raw_cells(path: Path) -> None:
    """Look at every cell with openpyxl's read-only reader."""
    book = load_workbook(path, read_only=True)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            _ = cell.value
    book.close()


def frame(path: Path) -> None:
    """Read the workbook as pandas does."""
    pd.read_excel(path, engine="openpyxl")


@pytest.mark.parametrize(
    ("peer", "words", "goal"),
    [(raw_cells, "openpyxl 只读逐格", "0.67 以上"), (frame, "pandas（openpyxl）读入", "大于 1")],
)
def test_import_against_readers(
    workbook: Path,
    tmp_path: Path,
    benchmark: BenchmarkFixture,
    peer: Callable[[Path], None],
    words: str,
    goal: str,
) -> None:
    made: list[Workspace] = []

    def new_workspace() -> None:
        """Open an empty workspace; closing the one before, which copies it, is not timed."""
        for done in made:
            done.close()
        made.append(operations.create(tmp_path / f"{len(made)}.zoneeval"))

    def ours() -> None:
        assert operations.import_workbooks(made[-1], [workbook], year=2024).committed

    new_workspace()
    ours()  # modules are imported once
    what = f"{ROWS // 10_000} 万行 × {len(KEYS)} 列读入、识别、核对并存盘"
    compare(
        benchmark, what, words, ours, lambda: peer(workbook), goal=goal, rounds=3,
        before_ours=new_workspace,
    )  # fmt: skip
    made[-1].close()
    with contextlib.closing(sqlite3.connect(made[-1].path)) as stored:
        (values,) = stored.execute("SELECT count(*) FROM dataset_value").fetchone()
    assert values == ROWS * (len(KEYS) - 1)
