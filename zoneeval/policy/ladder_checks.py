"""Checks of star ladders and tariffs that span several sections."""

from __future__ import annotations

from itertools import pairwise

from zoneeval.errors import UserError
from zoneeval.model.utilities import MEASURED_BY
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.policy.ladder import Ladder
from zoneeval.policy.tariff import Tariff
from zoneeval.units import convert


def ladder_faults(ladder: Ladder, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a ladder's sections have together."""
    faults: list[Fault] = []
    cited = {c.id for c in ladder.citations}

    def add(path: Path, message: str, suggestion: str = "") -> None:
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))

    for number, criterion in enumerate(ladder.criteria):
        here: Path = ("criteria", number)
        known = ZONE_INDICATORS.get(criterion.indicator)
        if known is None:
            add((*here, "indicator"), f"不认识园区指标“{criterion.indicator}”")
        elif criterion.unit != known.unit:
            try:
                convert(1.0, criterion.unit, known.unit)
            except UserError:
                add((*here, "unit"), f"单位“{criterion.unit}”不能换算成“{known.unit}”")
        if len(criterion.thresholds) != ladder.levels:
            add(
                (*here, "thresholds"),
                f"有 {len(criterion.thresholds)} 个门槛值，而阶梯有 {ladder.levels} 级",
                '从门槛起每级一个，没有要求写 ""，未知写 "unknown"',
            )
        figures = [t for t in criterion.thresholds if isinstance(t, float)]
        rising = criterion.direction == "benefit"
        if any((b < a) if rising else (b > a) for a, b in pairwise(figures)):
            add((*here, "thresholds"), "门槛值没有逐级提高", "星级越高要求应越高")
        if criterion.cite and criterion.cite not in cited:
            add((*here, "cite"), f"依据“{criterion.cite}”没有在 citations 中列出")
        if not criterion.cite and not criterion.illustrative:
            add(here, "没有写依据", "写上 cite，没有公布的写 illustrative = true")
    return faults


def tariff_faults(tariff: Tariff, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a tariff's sections have together."""
    faults: list[Fault] = []
    cited = {c.id for c in tariff.citations}
    for utility in tariff.utilities:
        if utility not in MEASURED_BY:
            path: Path = ("utilities",)
            words = f"不认识“{utility}”，可用：{'、'.join(MEASURED_BY)}"
            faults.append(Fault(key_of(path), line_of(path, index), words))
    for number, rate in enumerate(tariff.rates):
        path = ("rates", number)
        if rate.cite not in cited:
            faults.append(
                Fault(
                    key_of(path), line_of(path, index), f"依据“{rate.cite}”没有在 citations 中列出"
                )
            )
        if rate.utility not in tariff.utilities:
            faults.append(
                Fault(
                    key_of(path), line_of(path, index), f"“{rate.utility}”没有在 utilities 中列出"
                )
            )
    if not tariff.rates and not tariff.empty_reason:
        faults.append(
            Fault("empty_reason", None, "价格表为空而没有说明原因", "请写明为什么没有价格")
        )
    return faults
