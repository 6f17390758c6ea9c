"""What holds for any data: no check raises, and z does not depend on the unit."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.departments import code
from zoneeval.intake.checks import Reference, Thresholds, check_years
from zoneeval.intake.checks.industry import industry_fault
from zoneeval.intake.checks.spread import robust_z
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import BASE_FIELDS
from zoneeval.model.issue import Severity
from zoneeval.model.records import SourceCell, SourcedValue, ZoneValue

NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, -1.0, 1e-300, 1e300, 10_000.0]),
)
TEXTS = st.sampled_from(["3484", "C34", "", "东园", "2024-01-01", "规上", "9", "2031-12-31", "①"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        f.key: NUMBERS if f.is_number else TEXTS for f in BASE_FIELDS if f.key != "uscc"
    },
)  # fmt: skip
TABLES = st.lists(VALUES, max_size=12)


def dataset(rows: list[dict[str, float | str]], year: int) -> Dataset:
    return Dataset.from_rows([{"uscc": code(n), **row} for n, row in enumerate(rows)], year)


@settings(max_examples=40, deadline=None)
@given(now=TABLES, same=TABLES, last=TABLES, official=NUMBERS)
def test_no_check_ever_raises(
    now: list[dict[str, float | str]],
    same: list[dict[str, float | str]],
    last: list[dict[str, float | str]],
    official: float,
) -> None:
    values = {
        code(n): {
            key: SourcedValue(value, SourceCell("表.xlsx", "数据", n + 2, "C"))
            for key, value in row.items()
        }
        for n, row in enumerate(now)
    }
    reference = Reference(
        {2024: dataset(same, 2024), 2023: dataset(last, 2023)},
        (ZoneValue("东园", 2024, "tax_revenue", official),),
        ("西园",),
        Thresholds(least_peers=3, unit_least_rows=3),
    )
    for issue in check_years({2024: values}, reference):
        assert issue.message
        assert issue.suggestion
        assert issue.severity is not Severity.BLOCKING or issue.code in (
            "land-not-positive", "implausible",
        )  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(
    logs=st.lists(st.floats(-20, 20), min_size=8, max_size=40),
    groups=st.lists(st.sampled_from(["13", "34", ""]), min_size=40, max_size=40),
    shift=st.sampled_from([np.log(10_000), -np.log(10_000), np.log(2000 / 3), 0.5]),
)
def test_another_unit_changes_no_z(logs: list[float], groups: list[str], shift: float) -> None:
    values = np.array(logs)
    names = groups[: len(logs)]
    z, middle, inside = robust_z(values, names, 8)
    moved, shifted, again = robust_z(values + shift, names, 8)
    np.testing.assert_allclose(moved, z, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(shifted, middle + shift, rtol=1e-9, atol=1e-9)
    assert again == inside


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_has_a_fault(text: str) -> None:
    fault = industry_fault(text)
    assert fault is None or "大类" in fault or "数字" in fault
