"""Every shipped policy against its oracle on ten thousand random tables.

The seeds are fixed, so that a run repeats the one before; another seed is another ten
thousand.
"""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings

from tests.helpers.comparing import hold_anyang, hold_zhengzhou, policy
from tests.helpers.drawn import FIGURES
from tests.helpers.oracle import Row
from tests.helpers.packs import PACKS, Case, cases
from tests.helpers.tables import Rows, dataset
from zoneeval.engine import evaluate

PARTS = 4
PLAIN: Row = {
    **dict.fromkeys(FIGURES),
    "zone": "东",
    "industry_code": "3011",
    "scale": "规上",
    "production_started_on": "2015-06-01",
    "above_scale_since": "2015-06-01",
}
EACH = settings(max_examples=10_000 // PARTS, deadline=None, database=None)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("pack", PACKS)
def test_ten_thousand_tables_agree(pack: str, part: int) -> None:
    checked = 0

    @seed(20_180_514 + part)
    @EACH
    @given(cases(pack))
    def agrees(case: Case) -> None:
        nonlocal checked
        case.hold()
        checked += 1

    agrees()
    assert checked >= EACH.max_examples


def test_ratios_that_are_equal_on_paper_share_a_rank() -> None:
    """1.2 ÷ 6 and 1 ÷ 5 differ in the last bit of a float."""
    below = {**PLAIN, "scale": "规下"}
    rows: Rows = [
        {**below, "uscc": "U2", "tax_paid": 1.0, "land_area": 5.0},
        {**below, "uscc": "U1", "tax_paid": 1.2, "land_area": 6.0},
    ]
    hold_anyang(dataset(rows), rows)
    assert evaluate(policy("anyang-2018"), dataset(rows)).rank.tolist() == [1, 1]


def test_taxes_and_refunds_that_cancel_are_no_benchmark() -> None:
    """2.99 − 3 + 0.01 is not nothing in floats, and points against that were beyond measure."""
    rows: Rows = [
        {**PLAIN, "uscc": f"U{at}", "tax_paid": tax, "land_area": 1.0, "revenue": 1.0}
        for at, tax in enumerate((2.99, -3.0, 0.01))
    ]
    hold_zhengzhou(dataset(rows), rows)
    result = evaluate(policy("zhengzhou-2018"), dataset(rows))
    assert result.scores["tax_per_mu"].tolist() == [0, 0, 0]
