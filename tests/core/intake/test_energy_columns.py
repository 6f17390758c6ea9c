"""Energy by kind becomes tonnes of standard coal by the visible factor table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.departments import MakeBook, Rows, code
from zoneeval.energy import CALORIFIC, EQUIVALENT, entered, shipped_factors
from zoneeval.energy.factors import CONFIDENCE
from zoneeval.errors import InputError
from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.issue import Severity

HEAD = ["统一社会信用代码", "企业名称"]
GAS = ("energy_natural_gas", "立方米", "")
POWER = ("energy_electricity", "千瓦时", EQUIVALENT)


def read(book: MakeBook, rows: Rows, **options: Any) -> Draft:
    return read_workbooks([book("能源.xlsx", {"能源": rows})], year=2024, zone="东园", **options)


def energy(draft: Draft, number: int) -> object:
    found = draft.years[2024].values[code(number)].get("energy_use")
    return None if found is None else found.value


def severities(draft: Draft) -> dict[str, Severity]:
    return {issue.code: issue.severity for issue in draft.issues}


@pytest.mark.parametrize(
    ("kind", "unit", "tonnes"),
    [
        ("energy_raw_coal", "吨", 0.7143),
        ("energy_petrol", "千克", 0.0014714),
        ("energy_steam", "百万千焦", 0.03412),
        ("energy_steam", "吨", 0.1286),
        ("energy_heat", "GJ", 0.03412),
        ("energy_electricity", "万千瓦时", 1.229),
        ("energy_natural_gas", "万立方米", None),
    ],
)
def test_factors_of_the_shipped_table(kind: str, unit: str, tonnes: float | None) -> None:
    by = shipped_factors().by(kind, unit)
    assert (None if by is None else float(by)) == tonnes


def test_every_factor_states_its_confidence_and_source() -> None:
    table = shipped_factors()
    assert table.basis == CALORIFIC
    for kind in table.kinds.values():
        for factor in kind.factors:
            assert factor.source
            assert (factor.kgce is None) == (factor.confidence == "unknown")
            assert factor.confidence in CONFIDENCE


def test_an_amount_without_factor_dimension_has_none() -> None:
    assert shipped_factors().by("energy_raw_coal", "立方米") is None


def test_kinds_are_added_up_and_said_so(book: MakeBook) -> None:
    rows = [
        [*HEAD, "原煤（吨）", "蒸汽（百万千焦）", "电力（万千瓦时）"],
        [code(1), "样例1", 100, 50, 10],
        [code(2), "样例2", None, None, 10],
        [code(3), "样例3", None, None, None],
    ]
    draft = read(book, rows)
    assert energy(draft, 1) == pytest.approx(71.43 + 1.706 + 12.29)
    assert energy(draft, 2) == 12.29
    assert energy(draft, 3) is None
    note = next(i for i in draft.issues if i.code == "energy-converted")
    assert note.severity is Severity.NOTE
    assert "当量值" in note.message
    assert "0.7143" in note.message
    source = draft.years[2024].values[code(1)]["energy_use"].source
    assert source is not None
    assert (source.row, source.column) == (2, "C")


def test_a_stated_total_is_kept_and_a_difference_told(book: MakeBook) -> None:
    rows = [[*HEAD, "综合能耗（吨标准煤）", "原煤（吨）"], [code(1), "样例1", 100, 100]]
    draft = read(book, rows)
    assert energy(draft, 1) == 100
    assert severities(draft)["energy-differs"] is Severity.WARNING


def test_a_factor_that_must_be_entered_leaves_the_total_missing(book: MakeBook) -> None:
    rows = [
        [*HEAD, "原煤（吨）", "天然气（万立方米）"],
        [code(1), "样例1", 1, 2],
        [code(2), "样例2", 1, None],
    ]
    draft = read(book, rows)
    assert energy(draft, 1) is None
    assert energy(draft, 2) == 0.7143
    assert severities(draft)["energy-factor-missing"] is Severity.WARNING
    table = entered(shipped_factors(), {GAS: (1.3, "示意〔2024〕1 号")})
    assert energy(read(book, rows, factors=table), 1) == pytest.approx(0.7143 + 26)


def test_a_kind_without_unit_is_not_read(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "利润总额", "原煤"], [code(1), "样例1", 1, 2]])
    assert energy(draft, 1) is None
    assert severities(draft)["unit-doubtful"] is Severity.WARNING


def test_a_negative_amount_blocks(book: MakeBook) -> None:
    draft = read(book, [[*HEAD, "原煤（吨）"], [code(1), "样例1", -2]])
    assert severities(draft)["negative"] is Severity.BLOCKING


def test_the_equivalent_value_of_electricity_must_be_entered() -> None:
    table = entered(shipped_factors(), {}, EQUIVALENT)
    assert table.by("energy_electricity", "万千瓦时") is None
    table = entered(table, {POWER: (0.31, "示意〔2024〕2 号")})
    by = table.by("energy_electricity", "万千瓦时")
    assert by is not None
    assert float(by) == 3.1
    assert shipped_factors().basis == CALORIFIC


@pytest.mark.parametrize(
    ("place", "kgce"), [(("energy_x", "千克", ""), 1.0), (GAS, 0.0), (GAS, 1000.0)]
)
def test_a_bad_figure_is_refused(place: tuple[str, str, str], kgce: float) -> None:
    with pytest.raises(InputError):
        entered(shipped_factors(), {place: (kgce, "示意")})
