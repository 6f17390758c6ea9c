"""The sample workbooks arrive whole, in the right units, without a blocking finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.issue import Severity

SAMPLES = Path(__file__).resolve().parents[3] / "sample_data"


def imported(folder: str, year: int | None) -> Draft:
    return read_workbooks(sorted((SAMPLES / folder).glob("*.xlsx")), year=year)


@pytest.mark.parametrize("year", [2023, 2024])
def test_demo_city(year: int) -> None:
    draft = imported(f"demo_city/{year}", year)
    assert not draft.has_blocking
    assert {i.severity for i in draft.issues} <= {Severity.NOTE, Severity.WARNING}
    assert draft.rejected == 0
    made = draft.years[year]
    assert len(made.values) > 100
    assert len(made.parcels) > len(made.values)
    assert len(made.meters) > len(made.values)
    assert {e.kind for e in made.events} == {"安全事故", "行政处罚"}
    assert all({"name", "zone", "industry_code", "scale"} <= v.keys() for v in made.values.values())
    assert len({v.zone for v in draft.zone_values}) == 3
    assert {s.kind for s in draft.stars} == {"target", "official"}


@pytest.mark.parametrize("year", [2023, 2024])
def test_tax_arrives_in_ten_thousand_yuan(year: int) -> None:
    path = SAMPLES / f"demo_city/{year}/税务局.xlsx"
    sheet = load_workbook(path).worksheets[0]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    head = next(r for r in rows if "纳税人识别号" in r)
    place = next(i for i, h in enumerate(head) if h and str(h).startswith("实缴税金"))
    parts = 10_000 if "（元）" in str(head[place]) else 1
    expected = {
        r[0]: float(str(r[place])) / parts for r in rows if r[0] and str(r[0]).startswith("9141")
    }
    made = imported(f"demo_city/{year}", year).years[year]
    stored = {code: v["tax_paid"].value for code, v in made.values.items() if "tax_paid" in v}
    assert stored == pytest.approx(expected)
    assert len(stored) > 100


def test_zhengzhou_history_and_targets() -> None:
    draft = read_workbooks(
        [SAMPLES / "zhengzhou/园区历史数据.xlsx", SAMPLES / "zhengzhou/星级目标.xlsx"], year=None
    )
    assert not draft.has_blocking
    mazhai = {v.indicator: v for v in draft.zone_values if "马寨" in v.zone and v.year == 2013}
    assert mazhai["above_scale_value_added"].value == 337000.0
    assert mazhai["built_area"].value == 9000.0
    assert all(v.document for v in draft.zone_values)
    targets = [s for s in draft.stars if s.year == 2017]
    assert len(targets) == 10
    assert {s.kind for s in targets} == {"target"}


@pytest.mark.parametrize("name", ["全市目标.xlsx", "2020年区县目标.xlsx"])
def test_targets_of_the_city_are_not_data_of_zones(name: str) -> None:
    draft = read_workbooks([SAMPLES / "zhengzhou" / name], year=2020)
    assert draft.has_blocking
    assert [i.code for i in draft.issues if i.severity is Severity.BLOCKING] == [
        "nothing-recognised"
    ]
    assert draft.zone_values == ()
