"""A small city in memory, and a workspace that holds two evaluated years of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from zoneeval.intake import Draft, FileReport, SheetReport, YearDraft
from zoneeval.model.records import (
    Event,
    Meter,
    Parcel,
    SourceCell,
    SourcedValue,
    StarRecord,
    ZoneValue,
)
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace

BOOK, SHEET = "统计局.xlsx", "统计数据"
POLICY = "zhengzhou-2018"


def code(i: int) -> str:
    """Return a made-up credit code."""
    return f"91419900MA0000{i:03d}X"


def cell(row: int, column: str) -> SourceCell:
    """Return a cell of the workbook that everything comes from."""
    return SourceCell(BOOK, SHEET, row, column)


def enterprise(i: int, year: int) -> dict[str, SourcedValue]:
    """Return the values of one made-up enterprise."""
    figures: dict[str, float | str] = {
        "name": f"样例企业{i:02d}",
        "zone": "东园" if i % 2 else "西园",
        "industry_code": "3311",
        "scale": "规上",
        "above_scale_since": "2015-01-01",
        "registered_on": "2010-05-01",
        "production_started_on": "2011-06-01",
        "operating_status": "正常",
        "land_registered": 10.0 + i,
        "tax_paid": 100.0 + 37 * i + (year - 2020),
        "revenue": 3000.0 + 211 * i,
        "profit": 50.0 + 13 * (i * 7 % 11),
        "value_added": 900.0 + 91 * (i * 5 % 13),
        "output_value": 3100.0 + 200 * i,
        "rd_expense": 10.0 + 3 * (i % 5),
        "average_headcount": 40.0 + i,
        "energy_use": 300.0 + 17 * (i * 3 % 17),
        "accidents": 0.0,
    }
    return {
        key: SourcedValue(value, cell(i + 4, "ABCDEFGHIJKLMNOPQRST"[at]))
        for at, (key, value) in enumerate(figures.items())
    }


def year_draft(year: int, size: int = 24) -> YearDraft:
    """Return the made-up enterprises of a year."""
    return YearDraft(
        values={code(i): enterprise(i, year) for i in range(size)},
        parcels=tuple(
            Parcel(code(i), f"证{i}", None, 10.0 + i, None, None, cell(i + 4, "I"))
            for i in range(size)
        ),
        meters=tuple(
            Meter(code(i), "供电", f"{year}{i:04d}", f"样例企业{i:02d}", 3.5, cell(i + 4, "D"))
            for i in range(size)
        ),
        events=(Event(code(0), "accident", f"{year}-05-31", "样例事故", None, cell(30, "A")),),
    )


def draft_of(years: dict[int, YearDraft]) -> Draft:
    """Return a draft without findings."""
    return Draft(
        files=(FileReport(BOOK, (SheetReport(SHEET, "统计", (3,), 24, ()),)),),
        years=years,
        zone_values=(ZoneValue("东园", 2024, "built_area", 5000.0, "〔示意〕1 号"),),
        stars=(StarRecord("东园", 2024, "target", 3, "〔示意〕2 号", cell(2, "B")),),
        issues=(),
        accepted=24 * len(years),
        rejected=0,
        set_aside=(),
    )


class City:
    """The made-up city, for tests that store their own variations of it."""

    policy = POLICY
    book = BOOK
    code = staticmethod(code)
    cell = staticmethod(cell)
    year_draft = staticmethod(year_draft)
    draft_of = staticmethod(draft_of)


@pytest.fixture(scope="session")
def city() -> type[City]:
    """Return the made-up city."""
    return City


@pytest.fixture(scope="session")
def _evaluated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "样例.zoneeval"
    with Workspace.create(path) as ws:
        store_draft(ws, draft_of({2023: year_draft(2023), 2024: year_draft(2024)}), [])
        operations.evaluate(ws, year=2023, policy_ref=POLICY)
        operations.evaluate(ws, year=2024, policy_ref=POLICY)
    return path


@pytest.fixture
def file(_evaluated: Path, tmp_path: Path) -> Path:
    """Return a closed workspace file with two evaluated years."""
    return Path(shutil.copy(_evaluated, tmp_path / "样例.zoneeval"))


@pytest.fixture
def ws(file: Path) -> Iterator[Workspace]:
    """Return an open workspace with two evaluated years."""
    with Workspace.open(file) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """Return a new workspace."""
    with Workspace.create(tmp_path / "新.zoneeval") as opened:
        yield opened
