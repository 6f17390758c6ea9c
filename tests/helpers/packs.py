"""The shipped policies with tables drawn for each: what is held against their oracles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from tests.helpers.comparing import (
    hold_anyang,
    hold_huaian,
    hold_huangyan,
    hold_zhengzhou,
    policy,
)
from tests.helpers.drawn import FIGURES, WIDTH, Drawn, drawn, table_of
from tests.helpers.oracle import Row
from tests.helpers.tables import Rows, dataset
from zoneeval.engine import evaluate
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation

SCALES = {
    "zhengzhou-2018": "above",
    "huaian-2024": "both",
    "anyang-2018": "both",
    "huangyan-2022": "both",
}
PACKS = tuple(SCALES)


@dataclass(frozen=True)
class Case:
    """A policy, a year's enterprises and those of the year before."""

    pack: str
    now: Drawn
    before: Drawn | None = None

    def hold(self) -> None:
        """Fail where engine and oracle part."""
        if self.pack == "zhengzhou-2018":
            hold_zhengzhou(self.now.dataset, self.now.rows)
        elif self.pack == "anyang-2018":
            hold_anyang(self.now.dataset, self.now.rows)
        elif self.pack == "huangyan-2022":
            hold_huangyan(self.now.dataset, self.now.rows)
        else:
            assert self.before is not None
            hold_huaian(self.now.dataset, self.now.rows, self.before.dataset, self.before.rows)

    def evaluate(self, table: Dataset, before: Dataset | None = None) -> Evaluation:
        """Return the results of another table, with the year before unless another is given."""
        if before is None and self.before is not None:
            before = self.before.dataset
        return evaluate(policy(self.pack), table, before)


@st.composite
def cases(draw: st.DrawFn, pack: str) -> Case:
    """Draw tables for a policy; the year before only where its benchmarks rest on it."""
    now = draw(drawn(SCALES[pack]))
    before = draw(drawn(SCALES[pack], 2023)) if pack == "huaian-2024" else None
    return Case(pack, now, before)


def fixed_case(pack: str, size: int, number: int) -> Case:
    """Return the same tables every time."""
    random = np.random.default_rng(number)
    both = [table_of(size, random.bytes(size * WIDTH), SCALES[pack], y) for y in (2024, 2023)]
    return Case(pack, both[0], both[1] if pack == "huaian-2024" else None)


def tied_case(pack: str) -> Case:
    """Return two enterprises of one total, of which the later one has the higher first points."""
    figures: dict[str, tuple[Row, Row]] = {
        "zhengzhou-2018": ({"revenue": 3.0, "land_area": 6.0}, {"tax_paid": 2.0, "land_area": 6.0}),
        "anyang-2018": ({"rd_expense": 2.0, "revenue": 6.0}, {"tax_paid": 2.0, "land_area": 6.0}),
        "huaian-2024": (
            {"tax_paid": 0.0, "revenue": 9.0, "land_area": 10.0},
            {"tax_paid": 7.0, "revenue": 0.0, "land_area": 10.0},
        ),
        "huangyan-2022": (
            {"tax_paid": 2.72672064, "electricity_use": 11.5932},
            {"tax_paid": 2.72672064, "land_area": 0.2352},
        ),
    }
    scale = "规下" if pack == "huangyan-2022" else "规上"
    started = {"production_started_on": "2015-06-01", "above_scale_since": "2015-06-01"}
    plain: Row = {"zone": "东", "industry_code": "3011", "scale": scale, **started}
    rows: Rows = [
        {**dict.fromkeys(FIGURES), **plain, **mine, "uscc": f"U{at}"}
        for at, mine in enumerate(figures[pack])
    ]
    year = {"tax_paid": 1.0, "revenue": 1.0, "land_area": 5.0, "energy_use": 1.0}
    last: Rows = [{**rows[0], **year}]
    before = Drawn(dataset(last, 2023), last) if pack == "huaian-2024" else None
    return Case(pack, Drawn(dataset(rows), rows), before)
