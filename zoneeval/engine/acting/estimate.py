"""What a tariff means in money for a year, from what each enterprise uses."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from zoneeval.engine.acting.price import Applied, Exempt, applied_measures, document_of
from zoneeval.engine.derive import derive
from zoneeval.expressions import evaluate_truth, parse
from zoneeval.model.dataset import Dataset
from zoneeval.model.estimate import (
    ChangeTotal,
    Estimate,
    EstimateChange,
    EstimateComparison,
    EstimateLine,
    EstimateTotal,
)
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import label_of, unit_of
from zoneeval.model.pricing import OtherSurcharge
from zoneeval.model.records import Meter
from zoneeval.model.utilities import MEASURED_BY
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Rate, Tariff, money_factor
from zoneeval.units import scale


@dataclass(frozen=True)
class _Use:
    """What each enterprise uses: of the data of the year, else of its meters."""

    table: Dataset
    row_of: Mapping[str, int]
    metered: Mapping[tuple[str, str], float]

    def of(self, uscc: str, base: str) -> tuple[float | None, str]:
        row = self.row_of.get(uscc)
        if row is not None:
            value = float(self.table.number(base)[row])
            if not math.isnan(value):
                return value, "年度数据"
        metered = self.metered.get((uscc, base))
        return metered, "" if metered is None else "户号用量合计"


def estimate(
    tariff: Tariff,
    policy: Policy,
    evaluation: Evaluation,
    dataset: Dataset,
    consecutive: Mapping[str, int],
    *,
    meters: Sequence[Meter] = (),
    others: Sequence[OtherSurcharge] = (),
    on: str = "",
) -> Estimate:
    """Return what every measure of a tariff comes to in a whole year, in 万元.

    ``evaluation`` holds the final classes and ``dataset`` what the enterprises use; an
    enterprise whose use nobody knows has no amount and is in no total.
    """
    bases = sorted({rate.base_field for rate in tariff.rates if rate.base_field})
    table = derive(dataset, bases).dataset
    codes = [code or "" for code in table.text("uscc")]
    uses = _Use(table, {code: i for i, code in enumerate(codes)}, _metered(meters))
    exempt, warnings = exemptions(tariff, table)
    paying: dict[str, list[OtherSurcharge]] = defaultdict(list)
    for other in others:
        paying[other.uscc].append(other)
    lines = []
    for row in range(evaluation.size):
        letter, uscc = evaluation.grade[row], evaluation.uscc[row] or ""
        if not letter:
            continue
        years = consecutive.get(uscc, 1)
        for one in applied_measures(
            tariff, letter, years, uscc=uscc, others=paying[uscc], exempt=exempt, on=on
        ):
            lines.append(_line(tariff, evaluation, row, years, one, uses))
    lines.sort(key=lambda line: (line.direction, line.kind, line.grade, line.zone, line.uscc))
    return Estimate(
        tariff.id,
        tariff.title,
        tuple(lines),
        _totals(lines),
        (*_doubts(tariff, policy), *warnings),
    )


def exemptions(tariff: Tariff, dataset: Dataset) -> tuple[Exempt, tuple[str, ...]]:
    """Return who is exempt from which kind and why, and for whom that cannot be known."""
    exempt: dict[tuple[str, str], str] = {}
    warnings = []
    codes = dataset.text("uscc")
    every = {rate.kind for rate in tariff.rates}
    for item in tariff.exemptions:
        formula = parse(item.when)
        table = derive(dataset, formula.fields).dataset
        held = evaluate_truth(formula, table)
        for row in np.flatnonzero(held == 1.0):
            for kind in item.kinds or every:
                exempt.setdefault((codes[row] or "", kind), item.label)
        doubtful = int(np.isnan(held).sum())
        if doubtful:
            warnings.append(
                f"{doubtful} 家企业缺少判断“{item.label}”所需的数据，按不免于执行计算，请核对。"
            )
    return exempt, tuple(warnings)


def compare_estimates(before: Estimate, after: Estimate) -> EstimateComparison:
    """Return how two tariffs differ over the same run, enterprise by enterprise."""
    one, two = _by_key(before), _by_key(after)
    changes = []
    for key in sorted({*one, *two}):
        line = two.get(key) or one[key]
        changes.append(
            EstimateChange(
                line.uscc,
                line.name,
                line.zone,
                line.grade,
                line.kind,
                line.direction,
                one[key].amount if key in one else 0.0,
                two[key].amount if key in two else 0.0,
            )
        )
    sums: dict[tuple[str, str, str], list[EstimateChange]] = defaultdict(list)
    for change in changes:
        sums[(change.direction, change.kind, change.grade)].append(change)
    return EstimateComparison(
        before, after, tuple(changes), tuple(_change_total(sums[key]) for key in sorted(sums))
    )


def _by_key(found: Estimate) -> dict[tuple[str, str, str, str, str], EstimateLine]:
    return {
        (line.direction, line.kind, line.utility, line.grade, line.uscc): line
        for line in found.lines
    }


def _change_total(changes: Sequence[EstimateChange]) -> ChangeTotal:
    first = changes[0]
    known = [(c.before, c.after) for c in changes if c.difference is not None]
    return ChangeTotal(
        first.direction,
        first.kind,
        first.grade,
        len(changes),
        len(changes) - len(known),
        _sum(before for before, _ in known),
        _sum(after for _, after in known),
    )


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if known else None


def _metered(meters: Sequence[Meter]) -> dict[tuple[str, str], float]:
    """Return the sums of the meters of each enterprise; none where a meter's use is missing."""
    read: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for meter in meters:
        base = MEASURED_BY.get(meter.utility)
        if base:
            use = meter.use
            read[(meter.uscc, base)].append(None if use is None or math.isnan(use) else use)
    sums = {}
    for key, values in read.items():
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            sums[key] = math.fsum(known)
    return sums


def _line(
    tariff: Tariff, evaluation: Evaluation, row: int, years: int, one: Applied, uses: _Use
) -> EstimateLine:
    rate, base, uscc = one.rate, one.rate.base_field, evaluation.uscc[row] or ""
    use, source = uses.of(uscc, base) if base else (None, "")
    amount, displaced, reason = 0.0, 0.0, one.reason
    known = True
    if one.state == "charged":
        known = use is not None if base else _is_fixed(rate)
        if known:
            amount = _money(rate.amount, rate.unit, base, use)
            if one.other is not None:
                displaced = _money(one.other.rate, one.other.unit, base, use)
        else:
            lacking = f"缺少{label_of(base)}" if base else "没有可以计算的用量"
            reason = "；".join(part for part in (f"{lacking}，无法估算", reason) if part)
    return EstimateLine(
        uscc=uscc,
        name=evaluation.name[row] or "",
        zone=evaluation.zone[row] or "",
        grade=evaluation.grade[row],
        consecutive_years=years,
        kind=rate.kind,
        utility=rate.utility,
        direction=rate.direction,
        rate=rate.amount,
        unit=rate.unit,
        base=label_of(base) if base else "",
        use=use,
        use_unit=unit_of(base) if base else "",
        use_source=source,
        amount=amount if known else None,
        displaced=displaced,
        document=document_of(tariff, rate),
        illustrative=rate.illustrative,
        state=one.state if known else "unknown",
        reason=reason,
    )


def _is_fixed(rate: Rate) -> bool:
    return "/" not in rate.unit


def _money(amount: float, unit: str, base: str, use: float | None) -> float:
    factor = money_factor(unit, unit_of(base) if base else None)
    exact = Decimal(repr(amount)) * (Decimal(1) if use is None else Decimal(repr(use)))
    return scale(exact, factor)


def _totals(lines: Sequence[EstimateLine]) -> tuple[EstimateTotal, ...]:
    sums: dict[tuple[str, str, str], list[EstimateLine]] = defaultdict(list)
    for line in lines:
        sums[(line.direction, line.kind, line.grade)].append(line)
    found = []
    for key in sorted(sums):
        mine = sums[key]
        unknown = sum(line.amount is None for line in mine)
        charged = sum(line.state == "charged" for line in mine)
        found.append(
            EstimateTotal(
                mine[0].direction,
                mine[0].kind,
                mine[0].grade,
                len(mine),
                charged,
                len(mine) - charged - unknown,
                unknown,
                _sum(line.amount for line in mine),
                _sum(line.net for line in mine),
            )
        )
    return tuple(found)


def _doubts(tariff: Tariff, policy: Policy) -> list[str]:
    said = []
    if not tariff.rates:
        reason = tariff.empty_reason or "价格表中没有标准。"
        said.append(f"价格表“{tariff.title}”没有可以估算的标准：{reason}")
    elif tariff.status == "partial":
        lacking = "、".join(tariff.missing)
        said.append(
            f"价格表“{tariff.title}”部分内容未见原文{f'（缺{lacking}）' if lacking else ''}。"
        )
    if tariff.illustrative:
        said.append(f"价格表“{tariff.title}”含有示意数值，未见公布，结果不能作为执行依据。")
    letters = {grade.letter for grade in policy.grades}
    strange = sorted({rate.grade for rate in tariff.rates} - letters)
    if strange:
        said.append(
            f"价格表中的{'、'.join(strange)}类不是办法“{policy.title}”的类别，没有企业适用。"
        )
    return said
