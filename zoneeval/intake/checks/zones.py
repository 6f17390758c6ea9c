"""Zones that nobody knows, and zones whose enterprises do not add up to the official figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from zoneeval.intake.checks.frame import Frame
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.records import SourceCell, ZoneValue
from zoneeval.model.repair import CellChange, Repair
from zoneeval.model.thresholds import Thresholds
from zoneeval.model.zone_indicators import ZONE_INDICATORS

NEAR = 70.0
"""From which likeness (0–100) a known zone is proposed."""
_COVERED = 0.8
"""Share of the enterprises that must have a figure before their sum is compared."""


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known zone that is most like a name, or None where none is."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=NEAR)
    if found is None:
        inside = [zone for zone in known if len(name) >= 2 and (name in zone or zone in name)]
        return inside[0] if len(inside) == 1 else None
    return str(found[0])


def check_known_zones(
    frames: Iterable[Frame], figures: Iterable[ZoneValue], known: Sequence[str]
) -> Iterator[Issue]:
    """Yield each zone of the import that the workspace does not have, once per column."""
    if not known:
        yield from _first_zones(frames)
        return
    cells: dict[tuple[str, str, str, str], list[SourceCell]] = {}
    for frame in frames:
        zones = frame.text("zone")
        for i in range(frame.fresh):
            zone = zones[i]
            if zone is None or zone in known:
                continue
            at = frame.source(i, "zone")
            if at is not None:
                cells.setdefault((at.file, at.sheet, at.column, zone), []).append(at)
    for (file, sheet, column, zone), places in cells.items():
        unique = list(dict.fromkeys(places))
        like = nearest(zone, known)
        repair = None
        if like is not None:
            changes = tuple(CellChange(c.row, c.column, like) for c in unique)
            repair = Repair("nearest-zone", f"把“{zone}”改为“{like}”（{len(unique)} 行）", changes)
        yield _unknown(zone, like, len(unique), (file, sheet, unique[0].row, column), repair)
    strange: dict[str, SourceCell | None] = {}
    for figure in figures:
        if figure.zone not in known:
            strange.setdefault(figure.zone, figure.source)
    listed = {zone for _, _, _, zone in cells}
    for zone, source in strange.items():
        like = nearest(zone, known)
        # A table of figures often tells of other zones; only a likeness is suspicious.
        if zone not in listed and source is not None and like is not None:
            place = source.file, source.sheet, source.row, None
            yield _unknown(zone, like, 1, place, None)


def check_no_zone(frame: Frame) -> Iterator[Issue]:
    """Yield enterprises of this import that belong to no zone, neither here nor before."""
    zones = frame.text("zone")
    for i in range(frame.fresh):
        if zones[i] is None:
            key = next((k for k in ("name", *frame.keys(i)) if frame.source(i, k)), "name")
            yield frame.issue(
                Severity.WARNING, "no-zone", i, key, f"{frame.name(i)}没有所属园区，不计入任何园区",
                "请补填园区，或在导入时指明园区。",
            )  # fmt: skip


def _first_zones(frames: Iterable[Frame]) -> Iterator[Issue]:
    """Yield one note that names the zones a first import will create."""
    counts: Counter[str] = Counter()
    place: SourceCell | None = None
    for frame in frames:
        zones = frame.text("zone")
        for i in range(frame.fresh):
            if zones[i]:
                counts[zones[i]] += 1
                place = place or frame.source(i, "zone")
    if not counts or place is None:
        return
    named = "、".join(f"“{zone}”（{count} 家）" for zone, count in sorted(counts.items()))
    yield Issue(
        Severity.NOTE, "new-zone",
        f"将新建 {len(counts)} 个园区：{named}",
        place.file, place.sheet, place.row, place.column, None,
        "请核对有没有同一园区的不同写法；如有，请统一名称后再导入。",
    )  # fmt: skip


def _unknown(
    zone: str,
    like: str | None,
    rows: int,
    place: tuple[str, str, int, str | None],
    repair: Repair | None,
) -> Issue:
    count = f"（共 {rows} 行）" if rows > 1 else ""
    guess = f"，是否应为“{like}”" if like else ""
    file, sheet, row, column = place
    return Issue(
        Severity.WARNING, "unknown-zone",
        f"工作文件中没有园区“{zone}”{count}{guess}",
        file, sheet, row, column, zone,
        (f"如是“{like}”的另一种写法，请统一名称；" if like else "")
        + "确是新园区的可以照常导入，导入后将增加这个园区。",
        None, repair,
    )  # fmt: skip


def check_zone_totals(
    frame: Frame, official: Iterable[ZoneValue], thresholds: Thresholds
) -> Iterator[Issue]:
    """Yield zones whose enterprises' sum is far from the official total of the year."""
    figures: Mapping[tuple[str, str], ZoneValue] = {
        (v.zone, v.indicator): v for v in official if v.year == frame.year
    }
    if not figures or not frame.size:
        return
    zones, scale = frame.text("zone"), frame.text("scale")
    for (zone, key), figure in figures.items():
        indicator = ZONE_INDICATORS.get(key)
        if indicator is None or indicator.sums in ("", "*") or figure.value <= 0:
            continue
        mine = zones == zone
        if indicator.population == "above_scale":
            mine &= scale == "规上"
        values = frame.column(indicator.sums)[mine]
        have = ~np.isnan(values)
        if not len(values) or have.mean() < _COVERED:
            continue
        total = float(values[have].sum())
        share = (total - figure.value) / figure.value
        if abs(share) <= thresholds.zone_total_share:
            continue
        missing = int((~have).sum())
        lacking = f"，另有 {missing} 户没有数据" if missing else ""
        source = figure.source
        yield Issue(
            Severity.WARNING, "zone-total-differs",
            f"{zone} {frame.year} 年{indicator.label}：{int(have.sum())} 户企业合计"
            f" {total:,.10g} {indicator.unit}{lacking}，官方数为 {figure.value:,.10g}"
            f" {indicator.unit}，相差 {share * 100:+.1f}%",
            source.file if source else None, source.sheet if source else None,
            source.row if source else None, (source.column or None) if source else None,
            f"{figure.value:.10g}",
            "请核对统计口径、企业是否齐全，以及两边的计量单位。",
        )  # fmt: skip
