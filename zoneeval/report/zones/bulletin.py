"""What a bulletin (通报) says: zones in order by indicator, with growth, share, progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval.model.targets import TargetProgress
from zoneeval.model.zone_indicators import ZONE_INDICATORS, ZoneFigure, ZoneFigures, ZoneIndicator

HEADLINE = (
    "above_scale_value_added",
    "above_scale_revenue",
    "above_scale_profit",
    "tax_revenue",
    "fixed_asset_investment",
    "industrial_investment",
    "above_scale_count",
    "employees",
    "outside_capital",
    "foreign_capital",
    "value_added_per_built_mu",
    "tax_per_industrial_mu",
    "labor_productivity",
    "rd_expenditure_to_value_added",
    "energy_per_value_added",
)
"""What a bulletin lists by default, as far as there are figures."""

ByZone = Mapping[str, ZoneFigures]
_ADDED = ("total", "count")
_NOT_ADDED = ("位", "天")
"""Units of places and days, whose sum over zones means nothing."""
_LARGE = {"万元": "亿元", "人": "万人"}


def ends(ordered: Sequence[float], count: int) -> tuple[int, int]:
    """Return where the first ``count`` end and the last ``count`` begin.

    ``ordered`` are figures from the best down.  Who equals the last one named is named
    as well, and nobody is at both ends.
    """
    head = min(count, len(ordered))
    while 0 < head < len(ordered) and ordered[head] == ordered[head - 1]:
        head += 1
    tail = max(head, len(ordered) - count)
    while head < tail < len(ordered) and ordered[tail] == ordered[tail - 1]:
        tail -= 1
    return head, tail


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """One zone's line under an indicator, in the registry's unit.

    ``points`` is its growth minus the mean growth of the zones whose growth came about
    in the same way; ``above`` its figure minus the mean figure.  ``rise`` and
    ``rise_year`` count the places it rose since the period before and since the same
    period of last year, among the zones known in both.
    """

    zone: str
    value: float
    place: int
    growth: float | None = None
    basis: str = ""
    points: float | None = None
    share: float | None = None
    above: float | None = None
    rise: int | None = None
    rise_year: int | None = None
    progress: TargetProgress | None = None
    target_count: int = 0
    slot: str = ""
    lacking_firms: int = 0


@dataclass(frozen=True, slots=True)
class BulletinIndicator:
    """One indicator: its zones in order, their sum and mean, and those without a figure.

    ``factor`` turns the registry's unit into ``unit``, in which the bulletin speaks.
    ``total_growth`` is at current prices, over zones that are known in both years; None
    where one of them is not.  ``means`` are the mean growths by basis, with their count.
    """

    definition: ZoneIndicator
    unit: str
    factor: float
    rows: tuple[BulletinRow, ...]
    missing: tuple[tuple[str, str], ...]
    total: float | None
    total_growth: float | None
    no_last_year: tuple[str, ...]
    mean: float
    means: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    change: ZoneIndicator | None = None

    @property
    def label(self) -> str:
        """Return the indicator's name."""
        return self.definition.label

    def first(self, count: int) -> tuple[BulletinRow, ...]:
        """Return the zones that lead; equals stand together."""
        return self.rows[: ends([row.value for row in self.rows], count)[0]]

    def last(self, count: int) -> tuple[BulletinRow, ...]:
        """Return the zones that trail and do not lead as well; equals stand together."""
        return self.rows[ends([row.value for row in self.rows], count)[1] :]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin of a period over all zones of the workspace.

    ``previous`` is the period whose places are compared; ``count`` is how many zones
    are named at either end.
    """

    period: Period
    previous: Period
    zones: tuple[str, ...]
    count: int
    indicators: tuple[BulletinIndicator, ...]
    progress: tuple[TargetProgress, ...]
    silent: tuple[str, ...]
    """Zones without any figure of the period."""
    without: tuple[str, ...] = ()
    """Labels of the indicators asked for of which no zone has a figure."""


def build_bulletin(
    period: Period,
    zones: Sequence[str],
    now: ByZone,
    last_year: ByZone,
    before: ByZone,
    previous: Period,
    progress: Sequence[TargetProgress] = (),
    indicators: Sequence[str] = (),
    count: int = 3,
) -> Bulletin:
    """Return the bulletin; ``before`` are the figures of ``previous``.

    Raises InputError where there is no figure at all, or an indicator is not known.
    """
    if count < 1:
        raise InputError(f"前后各列几位应是 1 或更大的整数，不是 {count}。")
    for key in indicators:
        if key not in ZONE_INDICATORS or ZONE_INDICATORS[key].is_change:
            raise InputError(
                f"“{key}”不是可以排位的园区指标。请写指标名称或标识，"
                "如“规上工业增加值”；增速随指标一并列出，不必另写。"
            )
    silent = tuple(z for z in zones if not any(_used(f) for f in now.get(z, {}).values()))
    asked = {key: _told(key, now) for key in indicators}
    wanted = tuple(dict.fromkeys(asked.values())) or _known(now)
    made = [
        one
        for key in wanted
        if (one := _indicator(key, zones, now, last_year, before, progress)) is not None
    ]
    if not made:
        raise InputError(
            f"{period.label}没有园区指标，不能编写通报。请先在“园区星级”中录入本期各园区的数，"
            "或导入园区报表。"
        )
    there = {one.definition.key for one in made}
    without = tuple(ZONE_INDICATORS[key].label for key, told in asked.items() if told not in there)
    return Bulletin(
        period, previous, tuple(zones), count, tuple(made),
        tuple(p for p in progress if p.target.kind != "star"), silent, without,
    )  # fmt: skip


def _there(key: str, now: ByZone) -> bool:
    return any(_used(figures.get(key)) for figures in now.values())


def _told(key: str, now: ByZone) -> str:
    """Return what is told of an indicator: where only its change was published, that."""
    change = change_of(key)
    only_change = change is not None and not _there(key, now) and _there(change.key, now)
    return change.key if change is not None and only_change else key


def _known(now: ByZone) -> tuple[str, ...]:
    found = tuple(told for key in HEADLINE if _there(told := _told(key, now), now))
    return found or tuple(
        dict.fromkeys(
            told
            for key, one in ZONE_INDICATORS.items()
            if not one.is_change and _there(told := _told(key, now), now)
        )
    )


def _used(figure: ZoneFigure | None) -> bool:
    return figure is not None and figure.used is not None


def _values(figures: ByZone, zones: Sequence[str], key: str) -> dict[str, float]:
    found = {zone: figures[zone].get(key) for zone in zones if zone in figures}
    return {z: f.used for z, f in found.items() if f is not None and f.used is not None}


def _places(values: Mapping[str, float], lower: bool) -> dict[str, int]:
    """Return places from 1; equal figures share one."""
    sign = -1 if lower else 1
    return {
        zone: 1 + sum(sign * other > sign * value for other in values.values())
        for zone, value in values.items()
    }


def _rises(now: Mapping[str, float], then: Mapping[str, float], lower: bool) -> dict[str, int]:
    """Return how many places each zone rose, among those known both times."""
    both = [zone for zone in now if zone in then]
    if len(both) < 2:
        return {}
    here = _places({zone: now[zone] for zone in both}, lower)
    there = _places({zone: then[zone] for zone in both}, lower)
    return {zone: there[zone] - here[zone] for zone in both}


def change_of(key: str) -> ZoneIndicator | None:
    """Return the indicator that is the change of another against last year."""
    return ZONE_INDICATORS.get(f"{key}_growth") or ZONE_INDICATORS.get(f"{key}_decline")


def _indicator(
    key: str,
    zones: Sequence[str],
    now: ByZone,
    last_year: ByZone,
    before: ByZone,
    progress: Sequence[TargetProgress],
) -> BulletinIndicator | None:
    one = ZONE_INDICATORS[key]
    values = _values(now, zones, key)
    if not values:
        return None
    added = one.kind in _ADDED and not one.is_share and one.unit not in _NOT_ADDED
    change = change_of(key)
    growths = _growths(now, values, change)
    means = _means(growths)
    places = _places(values, one.lower_is_better)
    total = fsum(values.values()) if added else None
    shared = total is not None and total > 0 and min(values.values()) >= 0
    mean = fsum(values.values()) / len(values)
    earlier = _values(last_year, zones, key)
    rises = _rises(values, _values(before, zones, key), one.lower_is_better)
    rises_year = _rises(values, earlier, one.lower_is_better)
    rows = []
    for zone in sorted(values, key=lambda z: (places[z], zones.index(z))):
        growth, basis = growths.get(zone, (None, ""))
        average, fellows = means.get(basis, (0.0, 0))
        targets = [p for p in progress if p.zone == zone and p.target.indicator == key]
        figure = now[zone][key]
        rows.append(
            BulletinRow(
                zone,
                values[zone],
                places[zone],
                growth,
                basis,
                growth - average if growth is not None and fellows > 1 else None,
                values[zone] / total if shared and total else None,
                values[zone] - mean if not added and len(values) > 1 else None,
                rises.get(zone),
                rises_year.get(zone),
                _only(targets),
                len(targets),
                figure.slot,
                figure.missing + figure.undecided,
            )
        )
    no_last_year = tuple(zone for zone in values if not _alike(now, last_year, zone, key))
    grown = None
    if total is not None and not no_last_year:
        then = fsum(earlier[zone] for zone in values)
        grown = total / then - 1 if then > 0 else None
    unit, factor = _spoken(one.unit, values.values())
    missing = tuple((z, _why(now, z, key)) for z in zones if z not in values)
    return BulletinIndicator(
        one, unit, factor, tuple(rows), missing, total, grown, no_last_year, mean, means, change
    )


def _alike(now: ByZone, then: ByZone, zone: str, key: str) -> bool:
    """Tell whether both years have a figure of the same origin, so that they compare."""
    this, last = now[zone].get(key), then.get(zone, {}).get(key)
    return _used(last) and this is not None and last is not None and this.slot == last.slot


def _growths(
    now: ByZone, values: Mapping[str, float], change: ZoneIndicator | None
) -> dict[str, tuple[float, str]]:
    if change is None:
        return {}
    found = {zone: now[zone].get(change.key) for zone in values}
    return {z: (f.used, f.basis) for z, f in found.items() if f is not None and f.used is not None}


def _means(growths: Mapping[str, tuple[float, str]]) -> dict[str, tuple[float, int]]:
    groups: dict[str, list[float]] = {}
    for growth, basis in growths.values():
        groups.setdefault(basis, []).append(growth)
    return {basis: (fsum(found) / len(found), len(found)) for basis, found in groups.items()}


def _only(targets: Sequence[TargetProgress]) -> TargetProgress | None:
    """Return the target that counts: the only one, or the office's only own one."""
    own = [p for p in targets if p.target.own]
    fitting = targets if len(targets) == 1 else own
    return fitting[0] if len(fitting) == 1 else None


def _why(now: ByZone, zone: str, key: str) -> str:
    figure = now.get(zone, {}).get(key)
    lacking = figure.lacking if figure is not None else ""
    return "没有报送" if not lacking or lacking.endswith("尚未录入") else lacking


def _spoken(unit: str, values: object) -> tuple[str, float]:
    """Return the unit a bulletin speaks in: 亿元 where a figure reaches 10,000 万元."""
    sizes = [abs(value) for value in values]  # type: ignore[attr-defined]
    if unit in _LARGE and max(sizes) >= 10_000:
        return _LARGE[unit], 1e-4
    return unit, 1.0
