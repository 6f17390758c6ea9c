"""Targets of zones: the office's own, which can be edited, beside the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.period import Period
from zoneeval.model.standing import BELOW_GATE
from zoneeval.model.targets import BOUNDS, STAR, Bound, Target, TargetProgress
from zoneeval_db.storage import codec
from zoneeval_db.zones.entry import need_unit

if TYPE_CHECKING:
    from zoneeval.policy.target import TargetIndicator
    from zoneeval_db.storage.workspace import Workspace

_COLUMNS = "id, zone, year, indicator, value, bound, document, place, note"


def target_indicators() -> Mapping[str, TargetIndicator]:
    """Return everything a target may measure: the registry, then the shipped documents'."""
    from zoneeval.policy.target import measures

    return measures()


def targets(
    ws: Workspace, year: int | None = None, zone: str | None = None, *, shipped: bool = True
) -> list[Target]:
    """Return the targets of a year and zone: the office's own, then the shipped ones.

    A zone's shipped targets are found by every name it goes by; without ``zone`` those
    of the city, of districts and of industries are there as well.
    """
    found = [t for t in _own(ws, year) if zone is None or _same(t.zone, zone)]
    if shipped:
        from zoneeval.policy.target import shipped_targets

        found += [
            t
            for t in shipped_targets()
            if (year is None or t.year == year) and (zone is None or _same(t.zone, zone))
        ]
    return found


def _own(ws: Workspace, year: int | None) -> list[Target]:
    where, values = ("WHERE year = ?", (year,)) if year is not None else ("", ())
    rows = ws.conn.execute(
        f"SELECT {_COLUMNS} FROM zone_target {where} ORDER BY zone, year, indicator, id", values
    ).fetchall()
    known = target_indicators() if rows else {}
    return [_target(row, known) for row in rows]


def _target(row: tuple[object, ...], known: Mapping[str, TargetIndicator]) -> Target:
    from zoneeval.policy.target import TargetIndicator, kind_of

    number, zone, year, indicator, value, bound, document, place, note = row
    key = str(indicator)
    of = known.get(key) or TargetIndicator(key="unknown", label=key)
    kind = kind_of(key, of.unit)
    return Target(
        zone=str(zone),
        year=int(str(year)),
        indicator=key,
        label=of.label,
        value=float(str(value)),
        unit=of.unit,
        bound="at_most" if bound == "at_most" else "at_least",
        kind=kind,
        document=str(document or ""),
        place=str(place or ""),
        accumulates=of.accumulates and kind == "total",
        own=True,
        id=int(str(number)),
        note=str(note or ""),
    )


def _same(one: str, other: str) -> bool:
    return _canonical(one) == _canonical(other)


def _canonical(name: str) -> str:
    from zoneeval.policy.published import zone_names

    return zone_names().canonical(name)


def find_indicator(words: str) -> TargetIndicator:
    """Return an indicator by identifier, name or other name; raise InputError if none is."""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    wanted = words.strip()
    known = target_indicators()
    if wanted in known:
        return known[wanted]
    fitting = [one for one in known.values() if one.label == wanted] or [
        known[key] for key in ZONE_INDICATORS if wanted in ZONE_INDICATORS[key].aliases
    ]
    if len(fitting) != 1:
        raise InputError(
            f"没有“{words}”这个目标指标。请写指标名称，如“规上工业增加值”“税收收入增速”，"
            "或写标识，如 above_scale_value_added。"
        )
    return fitting[0]


def set_target(
    ws: Workspace,
    zone: str,
    year: int,
    indicator: str,
    value: float,
    *,
    unit: str | None = None,
    bound: Bound | None = None,
    document: str = "",
    place: str = "",
    note: str = "",
    number: int | None = None,
) -> int:
    """Enter or change a target of the office's own and return its number.

    ``unit`` is what ``value`` is given in (%: 12 is 12 %); without it the indicator's
    own.  ``bound`` is by default the better direction.  Without ``number``, a target of
    the same zone, year, indicator and document is replaced; two documents with two
    figures stand beside each other.  Raises InputError for what does not fit.
    """
    from zoneeval.policy.target import kind_of

    name = zone.strip()
    if not name:
        raise InputError("园区名称是空的，目标没有保存。请填写园区名称。")
    if indicator.strip() in (STAR, "星级", "星级目标"):
        raise InputError("星级目标请在“星级”中录入（star set … --kind target），不在这里填写。")
    of = find_indicator(indicator)
    figure = codec.number(value)
    if figure is None or figure in (float("inf"), float("-inf")):
        raise InputError(f"“{of.label}”的目标值不是数字，没有保存。请填写数字。")
    if unit is None and kind_of(of.key, of.unit) in ("share", "growth"):
        need_unit(figure, of.label)
    figure = _in_unit(figure, unit, of)
    if bound is not None and bound not in BOUNDS:
        raise InputError(f"“{bound}”无法识别。请写 at_least（不低于）或 at_most（不高于）。")
    year_ = codec.whole(year)
    chosen: Bound = bound or _better(of.key)
    row = {
        "zone": name,
        "year": year_,
        "indicator": of.key,
        "value": figure,
        "bound": chosen,
        "document": codec.text(document.strip()) or None,
        "place": codec.text(place.strip()) or None,
        "note": codec.text(note.strip()) or None,
    }
    if number is not None:
        _need(ws, number)
    with ws.operation(f"录入{name} {year} 年目标：{of.label}") as op:
        found = number or _number_of(ws, name, year, of.key, document.strip())
        found = found or op.next_id("zone_target")
        op.write("zone_target", {"id": found}, row)
    return found


def _in_unit(value: float, unit: str | None, of: TargetIndicator) -> float:
    from zoneeval.units import UnitError, convert

    if unit is None or unit == of.unit:
        return value
    try:
        return convert(value, unit, of.unit)
    except UnitError:
        wanted = of.unit or "%"
        raise InputError(
            f"“{of.label}”的单位应为“{wanted}”，给出的“{unit}”不能换算。请改用“{wanted}”。"
        ) from None


def _better(key: str) -> Bound:
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    known = ZONE_INDICATORS.get(key)
    return "at_most" if known is not None and known.lower_is_better else "at_least"


def _number_of(ws: Workspace, zone: str, year: int, key: str, document: str) -> int | None:
    found = ws.conn.execute(
        "SELECT id FROM zone_target WHERE zone = ? AND year = ? AND indicator = ?"
        " AND coalesce(document, '') = ? ORDER BY id LIMIT 1",
        (zone, year, key, document),
    ).fetchone()
    return None if found is None else int(found[0])


def _need(ws: Workspace, number: int) -> tuple[str, int, str]:
    found = ws.conn.execute(
        "SELECT zone, year, indicator FROM zone_target WHERE id = ?", (number,)
    ).fetchone()
    if found is None:
        raise InputError(
            f"没有第 {number} 号目标。随软件提供的文件目标不能删改；本单位的目标见 target list。"
        )
    return str(found[0]), int(found[1]), str(found[2])


def remove_target(ws: Workspace, number: int) -> None:
    """Remove a target of the office's own; raise InputError if there is none."""
    zone, year, key = _need(ws, number)
    known = target_indicators().get(key)
    label = known.label if known else key
    with ws.operation(f"删除{zone} {year} 年目标：{label}") as op:
        op.write("zone_target", {"id": number}, None)


def target_progress(
    ws: Workspace, period: Period | str | int, zone: str | None = None, *, related: bool = False
) -> list[TargetProgress]:
    """Return how far the zones' targets of a period's year are reached at its end.

    Targets of single zones, own and shipped, star targets among them.  ``related`` adds
    those of the district around each zone and of all zones together, beside the zone's
    figures and marked: their limits differ, so they are neither met nor missed.
    """
    from zoneeval.engine.zones.targets import target_progress as compare
    from zoneeval.model.period import as_period
    from zoneeval_db.zones.records import zones
    from zoneeval_db.zones.star_history import star_targets

    at = as_period(period)
    everything = _without_doubles([*star_targets(ws, at.year), *targets(ws, at.year)])
    names = [zone] if zone is not None else zones(ws)
    by_place: dict[str, list[Target]] = {}
    for target in everything:
        if target.scope in ("zone", "district"):
            by_place.setdefault(_canonical(target.zone), []).append(target)
    of_all = [target for target in everything if target.scope == "zones"]
    figures = _figures(ws, at)
    stars = _stars(ws, names, at.year)
    out = []
    for name in names:
        mine = [(target, False) for target in by_place.get(_canonical(name), [])]
        if related:
            mine += [(target, True) for target in (*_around(by_place, name), *of_all)]
        for target, far in mine:
            known = stars if target.kind == "star" else figures.get(name, {})
            value, source = known.get(name if target.kind == "star" else target.indicator, _NONE)
            out.append(compare(name, target, value, at.elapsed_share, source=source, related=far))
    return out


_NONE: tuple[float | None, str] = (None, "")


def _without_doubles(found: list[Target]) -> list[Target]:
    """Leave out a shipped star target that the office entered as well."""
    entered = {(_canonical(t.zone), t.value) for t in found if t.own and t.kind == "star"}
    return [
        t
        for t in found
        if t.own or t.kind != "star" or (_canonical(t.zone), t.value) not in entered
    ]


def _around(by_place: Mapping[str, Sequence[Target]], zone: str) -> list[Target]:
    """Return the targets of the district around a zone."""
    from zoneeval.policy.published import zone_names

    near = zone_names().near(zone)
    return [t for t in by_place.get(near, ()) if t.scope == "district"]


def _figures(ws: Workspace, at: Period) -> dict[str, dict[str, tuple[float | None, str]]]:
    from zoneeval_db.zones.figures import zone_indicators

    found = zone_indicators(ws, at)
    return {
        zone: {key: (figure.used, figure.source) for key, figure in figures.items()}
        for zone, figures in found.items()
    }


def _stars(ws: Workspace, names: Sequence[str], year: int) -> dict[str, tuple[float | None, str]]:
    from zoneeval_db.zones.star_history import histories_of

    out: dict[str, tuple[float | None, str]] = {}
    for history in histories_of(ws, names):
        levels = history.levels()
        if year in levels:
            level = levels[year]
            said = [e.source for e in history.entries if e.year == year and e.level == level]
            out[history.zone] = (
                float(BELOW_GATE if level is None else level),
                said[0] if said else "",
            )
    return out
