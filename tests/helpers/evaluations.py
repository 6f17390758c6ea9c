"""Small hand-made evaluations whose every figure is known, for tests of what is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zoneeval.model.arrays import text_array
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, GroupSummary, IndicatorInfo, Quota

INDICATORS = (
    IndicatorInfo("tax_per_mu", "亩均税收", "万元/亩"),
    IndicatorInfo("rd_intensity", "R&D投入强度", "", is_share=True),
)

GATES = {"A": "upper", "B": "middle", "C": "lower"}
QUOTAS = (
    Quota("A", 0.15, 1, 1, "tax_per_mu", 8.25),
    Quota("C", 0.10, 1, 1, "output_value_per_tce", None),
)


def small_dataset(size: int, names: Sequence[str] = ()) -> Dataset:
    """Return ``size`` enterprises of the fictional zones 东湾园区 and 西岭园区."""
    rows: list[dict[str, float | str | None]] = []
    for i in range(size):
        rows.append(
            {
                "uscc": f"91410000DEMO{i:06d}",
                "name": names[i] if i < len(names) else f"示例企业{i:05d}有限公司",
                "zone": "东湾园区" if i % 2 == 0 else "西岭园区",
                "town": "样例镇",
                "industry_code": f"{1300 + i % 40:04d}",
                "scale": "规上",
                "land_area": 10.0 + i,
                "energy_use": 100.0,
                "electricity_use": 50.0,
                "emission_cod": 0.004,
                "average_headcount": 30.0,
                "tax_paid": 20.0,
            }
        )
    return Dataset.from_rows(rows, 2024)


def small_evaluation(dataset: Dataset, left_out: int = 1) -> Evaluation:
    """Return A, B, C in turn per enterprise; the last ``left_out`` do not take part."""
    size = dataset.size
    evaluated = size - left_out
    taking = np.arange(size) < evaluated
    zones = dataset.text("zone")
    rank = np.full(size, np.nan)
    for zone in set(zones.tolist()):
        mine = np.flatnonzero(taking & (zones == zone))
        rank[mine] = np.arange(1, len(mine) + 1)
    value = np.where(taking, 1.0 + np.arange(size) * 0.5, np.nan)
    share = np.where(taking & (np.arange(size) != 1), 0.035, np.nan)
    composite = np.where(taking, 100.0 - np.arange(size) * 0.001, np.nan)
    letters = [("A", "B", "C")[i % 3] if i < evaluated else None for i in range(size)]
    fifty = np.where(taking, 50.0, np.nan)
    return Evaluation(
        policy_id="zhengzhou-2018",
        policy_fingerprint="p" * 64,
        dataset_fingerprint="d" * 64,
        previous_fingerprint=None,
        year=2024,
        indicators=INDICATORS,
        uscc=dataset.text("uscc"),
        name=dataset.text("name"),
        zone=zones,
        track=text_array(["above_scale" if t else None for t in taking]),
        group=text_array([z if t else None for z, t in zip(zones, taking, strict=True)]),
        participation=text_array(["evaluated" if t else "transitional" for t in taking]),
        reasons=tuple(() if t else ("投产不足两年，可暂不纳入",) for t in taking),
        values={"tax_per_mu": value, "rd_intensity": share},
        scores={"tax_per_mu": np.where(taking, 30.0, np.nan), "rd_intensity": share * 1000},
        benchmarks={"tax_per_mu": fifty / 5, "rd_intensity": fifty / 1000},
        weights={"tax_per_mu": fifty, "rd_intensity": fifty},
        bonus=np.where(taking, 2.0, np.nan),
        penalty=np.where(taking, 0.0, np.nan),
        composite=composite,
        rank=rank,
        position=rank,
        gate=text_array([GATES[g] if g else None for g in letters]),
        stage_rank=np.where(taking, 1.0, np.nan),
        computed_grade=text_array(letters),
        grade=text_array(letters),
        groups=tuple(
            GroupSummary("above_scale", zone, int((taking & (zones == zone)).sum()), QUOTAS)
            for zone in sorted(set(zones.tolist()), key=str)
        ),
        assumptions=("没有指明年度。",),
        warnings=("两家企业的用地面积与登记不一致。",),
    )
