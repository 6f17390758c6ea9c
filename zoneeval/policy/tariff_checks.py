"""Checks of a table of measures that span several sections."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from zoneeval.errors import InputError
from zoneeval.model.fields import FIELDS
from zoneeval.model.pricing import RECEIVERS
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.policy.findings import Finding, formula
from zoneeval.policy.tariff import Provision, Rate, Tariff
from zoneeval.units import UnitError, ratio, same_dimension
from zoneeval.workdays import iso_date


def tariff_faults(tariff: Tariff, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a tariff's sections have together."""
    faults = [
        Fault(key_of(path), line_of(path, index), message, suggestion)
        for path, message, suggestion in _findings(tariff)
    ]
    if not (tariff.rates or tariff.provisions or tariff.empty_reason):
        faults.append(
            Fault("empty_reason", None, "价格表为空而没有说明原因", "请写明为什么没有价格")
        )
    return faults


def _findings(tariff: Tariff) -> Iterator[Finding]:
    for utility in tariff.utilities:
        if utility not in RECEIVERS:
            yield ("utilities",), f"不认识“{utility}”，可用：{'、'.join(RECEIVERS)}", ""
    cited = {c.id for c in tariff.citations}
    for number, rate in enumerate(tariff.rates):
        here: Path = ("rates", number)
        yield from _cited(rate.cite, cited, here)
        if rate.utility and rate.utility not in tariff.utilities:
            yield here, f"“{rate.utility}”没有在 utilities 中列出", ""
        yield from _dates(rate, here)
        yield from _unit(rate, here)
        if any(_clash(rate, earlier) for earlier in tariff.rates[:number]):
            yield here, "同一类别、同一年数的标准与前面的重复，执行期有重叠", "请删去一条或改执行期"
    for number, provision in enumerate(tariff.provisions):
        yield from _cited(provision.cite, cited, ("provisions", number))
        yield from _dates(provision, ("provisions", number))
    for number, item in enumerate(tariff.exemptions):
        yield from _cited(item.cite, cited, ("exemptions", number))
        yield from formula(item.when, ("exemptions", number, "when"), truth=True)
    if tariff.stacking == "highest":
        if not tariff.stacking_cite:
            yield ("stacking",), "写了就高不叠加而没有写依据", "请补上 stacking_cite"
        else:
            yield from _cited(tariff.stacking_cite, cited, ("stacking_cite",))


def _cited(cite: str, known: set[str], where: Path) -> Iterator[Finding]:
    if cite not in known:
        yield where, f"依据“{cite}”没有在 citations 中列出", ""


def _dates(item: Rate | Provision, where: Path) -> Iterator[Finding]:
    for key, words in (("starts", item.starts), ("ends", item.ends)):
        if not words:
            continue
        try:
            iso_date(words, "日期")
        except InputError as error:
            yield (*where, key), str(error).rstrip("。"), ""
    if item.starts and item.ends and item.starts > item.ends:
        yield where, f"执行起 {item.starts} 晚于执行止 {item.ends}", "请核对起止日期"


def _unit(rate: Rate, where: Path) -> Iterator[Finding]:
    if rate.base:
        field = FIELDS.get(rate.base)
        if field is None or not field.is_number:
            yield (
                (*where, "base"),
                f"“{rate.base}”不是可以计算的字段",
                "可用的字段见 zoneeval score --fields",
            )
            return
    if not rate.base_field and "/" in rate.unit:
        return  # a free kind by the unit: it is listed, and estimated by nobody
    try:
        _ = rate.factor
    except UnitError as error:
        yield (*where, "unit"), str(error).rstrip("。"), "例如 元/千瓦时、元/立方米、元/平方米、%"
        return
    whole = "/" not in rate.unit and rate.direction == "relief" and same_dimension(rate.unit, "%")
    if whole and ratio(rate.unit, "") * Fraction(str(rate.amount)) > 1:
        yield (*where, "amount"), f"减免 {rate.amount:g}{rate.unit}，超过了全部", "请核对比例"


def _clash(one: Rate, other: Rate) -> bool:
    """Tell whether two rates would hold for the same enterprise on the same day."""
    if (one.sorts, one.grade, one.from_consecutive_year) != (
        other.sorts,
        other.grade,
        other.from_consecutive_year,
    ):
        return False
    late = one.starts and other.ends and one.starts > other.ends
    early = one.ends and other.starts and one.ends < other.starts
    return not (late or early)
