"""Checks of the scored part of a track that no single section can make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zoneeval.model.fields import FIELDS
from zoneeval.policy.dated import at_year
from zoneeval.policy.methods import Bands, RankPoints
from zoneeval.policy.schema import Track
from zoneeval.policy.scoring_schema import Bonus, Indicator

Finding = tuple[Sequence[str | int], str, str]
Where = tuple[str | int, ...]


def weight_findings(track: Track, where: Where) -> Iterator[Finding]:
    """Yield what is wrong with sums of weights, for every year that has its own."""
    if not track.indicators:
        return
    years = sorted({year for item in track.indicators for year, _ in item.weights})
    asked: list[int | None] = [*years] or [None]
    for year in asked:
        weights = [_weight(item, year) for item in track.indicators]
        total = sum(weights, Decimal(0))
        if total != 100:
            lack = f"{'还差' if total < 100 else '多出'} {_plain(abs(100 - total))}"
            yield (
                (*where, "indicators"),
                f"{f'{year} 年' if year else ''}各项权重合计 {_plain(total)}，应为 100",
                f"{lack}，请调整各项 weight",
            )
        yield from _addon(track, year, where)


def _addon(track: Track, year: int | None, where: Where) -> Iterator[Finding]:
    local = [item for item in track.indicators if item.addon]
    if track.addon is None:
        if local:
            yield (
                (*where, "indicators"),
                f"“{local[0].shown_label}”标为地方自选指标，但没有写自选指标的总权重",
                "请在组别中写 addon = { total = 30 }，或删去 addon = true",
            )
        return
    rule = track.addon
    if not rule.at_least <= len(local) <= rule.at_most:
        yield (
            (*where, "addon"),
            f"地方自选指标有 {len(local)} 项，应为 {rule.at_least} 至 {rule.at_most} 项",
            "自选指标写 addon = true",
        )
    total = sum((_weight(item, year) for item in local), Decimal(0))
    if local and total != Decimal(repr(rule.total)):
        yield (
            (*where, "addon"),
            f"{f'{year} 年' if year else ''}地方自选指标权重合计 {_plain(total)}，"
            f"应为 {rule.total:g}",
            "请调整自选指标的 weight",
        )


def _weight(item: Indicator, year: int | None) -> Decimal:
    weight = item.weight
    if item.weights and year is not None:
        weight = at_year(item.weights, year) or item.weights[0][1]
    return Decimal(repr(weight))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def indicator_findings(item: Indicator, where: Where) -> Iterator[Finding]:
    """Yield points that are more than the indicator weighs."""
    method = item.method
    if isinstance(method, Bands):
        points = [band.score for band in method.bands]
    elif isinstance(method, RankPoints):
        points = list(method.points)
    else:
        return
    lightest = min((value for _, value in item.weights), default=item.weight)
    if points and max(points) > lightest:
        yield (
            (*where, "method"),
            f"最高得分 {max(points):g} 超过该项权重 {lightest:g}",
            "请调整得分或 weight",
        )


def bonus_findings(bonus: Bonus, where: Where) -> Iterator[Finding]:
    """Yield a window whose date is none."""
    if bonus.window is None:
        return
    field = FIELDS.get(bonus.window.date)
    if field is None or field.kind != "date":
        dates = "、".join(key for key, f in FIELDS.items() if f.kind == "date")
        yield (*where, "window"), f"“{bonus.window.date}”不是日期", f"可用：{dates}"
