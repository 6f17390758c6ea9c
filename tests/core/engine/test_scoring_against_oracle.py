"""Every way of scoring against the slow, obvious one, on random tables with gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import scoring_oracle as oracle
from tests.helpers.mechanisms import mechanism
from zoneeval.engine import evaluate
from zoneeval.engine.scoring import Members, score_indicator
from zoneeval.model.dataset import Dataset

FEW = settings(max_examples=40, deadline=None)
METHODS = (
    ("tax_per_mu", 15, 'method = "floored_minmax"'),
    ("revenue_per_mu", 10, 'method = "floored_minmax"\ndirection = "cost"'),
    (
        "profit_per_mu",
        15,
        'method = "reverse_linear"\nbenchmark = { kind = "average", average = "mean_of_ratios" }',
    ),
    ("value_added_per_mu", 10, 'method = "ratio_to_best"'),
    ("labor_productivity", 10, 'method = "ratio_to_best"\ndirection = "cost"'),
    (
        "value_added_per_tce",
        10,
        'method = { kind = "bands", includes = "from", bands = [{ to = 2, score = 0 }, '
        "{ from = 2, to = 5, score = 4 }, { from = 5, score = 10 }] }",
    ),
    ("output_value_per_tce", 10, 'method = "efficacy"'),
    ("tax_per_tce", 5, 'method = { kind = "efficacy", shape = "exponential" }'),
    ("tax_per_emission", 5, 'method = "rank"'),
    ("tax_per_electricity", 5, 'method = "rank"\ndirection = "cost"'),
    ("value_added_per_emission", 5, 'benchmark = { kind = "median" }'),
)
KEYS = [key for key, _, _ in METHODS]
WEIGHTS = [float(weight) for _, weight, _ in METHODS]


def text(missing: str) -> str:
    """Return a track with every way of scoring, by zone."""
    parts = ['group_by = ["zone"]']
    for key, weight, rest in METHODS:
        parts.append(
            f'\n[[tracks.indicators]]\nkey = "{key}"\nweight = {weight}\ncite = "doc"\n'
            f'missing = "{missing}"\n{rest}'
        )
    return "\n".join(parts) + "\n"


POLICIES = {missing: mechanism(text(missing)) for missing in ("zero", "reweight")}


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, float | str | None]]:
    count = draw(st.integers(1, 12))
    cell = st.one_of(st.integers(0, 6).map(float), st.none(), st.floats(0.01, 500.0))
    return [
        {
            "uscc": f"U{row:03d}",
            "zone": draw(st.sampled_from(("东", "西"))),
            **{key: draw(cell) for key in KEYS},
        }
        for row in range(count)
    ]


def expected(rows: list[dict[str, float | str | None]]) -> list[oracle.Points]:
    """Return the points of one group, one column per indicator."""
    columns: list[list[float | None]] = [
        [None if row[key] is None else float(row[key] or 0) for row in rows] for key in KEYS
    ]
    w = WEIGHTS
    return [
        oracle.floored_minmax(columns[0], w[0]),
        oracle.floored_minmax(columns[1], w[1], cost=True),
        oracle.reverse_linear(columns[2], w[2], oracle.mean(columns[2])),
        oracle.ratio_to_best(columns[3], w[3]),
        oracle.ratio_to_best(columns[4], w[4], cost=True),
        oracle.bands(columns[5], (2, 5), (0, 4, 10)),
        oracle.efficacy(columns[6], w[6], exponential=False),
        oracle.efficacy(columns[7], w[7], exponential=True),
        oracle.by_place(columns[8], w[8]),
        oracle.by_place(columns[9], w[9], cost=True),
        oracle.ratio(columns[10], w[10], oracle.middle(columns[10])),
    ]


@pytest.mark.parametrize("missing", ["zero", "reweight"])
@FEW
@given(rows=tables())
def test_every_way_of_scoring_agrees(
    missing: str, rows: list[dict[str, float | str | None]]
) -> None:
    result = evaluate(POLICIES[missing], Dataset.from_rows(rows, 2024))
    for zone in ("东", "西"):
        mine = [row for row in rows if row["zone"] == zone]
        mine = [row for row in mine if any(row[key] is not None for key in KEYS)]
        if not mine:
            continue
        points = expected(mine)
        if missing == "zero":
            totals = [sum(column[at] or 0.0 for column in points) for at in range(len(mine))]
        else:
            totals = oracle.spread(points, WEIGHTS)
        for at, row in enumerate(mine):
            place = result.row_of(str(row["uscc"]))
            assert place is not None
            assert result.composite[place] == pytest.approx(totals[at], abs=1e-9, rel=1e-9)
            if missing == "zero":
                found = [result.scores[key][place] for key in KEYS]
                wanted = [column[at] or 0.0 for column in points]
                assert found == pytest.approx(wanted, abs=1e-9, rel=1e-9)
            total = sum(result.weights[key][place] for key in KEYS)
            some = any(column[at] is not None for column in points)
            assert not some or total == pytest.approx(100)


@FEW
@given(st.lists(st.floats(0, 1000), min_size=2, max_size=12), st.floats(0.01, 500), st.data())
def test_more_of_a_benefit_never_scores_less(
    values: list[float], more: float, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(values) - 1))
    (track,) = POLICIES["zero"].tracks
    members = Members(np.zeros(len(values), dtype=np.int64), 1)
    raised = np.array(values)
    raised[at] += more
    for item in track.indicators:
        if item.direction == "cost" or item.method.kind in ("reverse_linear", "ratio"):
            continue
        none = np.full(1, np.nan)
        before = score_indicator(item, np.array(values), members, none).points[at]
        after = score_indicator(item, raised, members, none).points[at]
        assert np.isnan(before) or after >= before - 1e-9, item.method.kind
