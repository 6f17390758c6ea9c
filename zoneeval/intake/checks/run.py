"""All checks of an import, year by year, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from zoneeval.intake.checks.frame import Frame, Place, Values
from zoneeval.intake.checks.industry import check_industry
from zoneeval.intake.checks.jumps import check_jumps
from zoneeval.intake.checks.land import check_land
from zoneeval.intake.checks.ranges import check_ranges
from zoneeval.intake.checks.reference import Reference
from zoneeval.intake.checks.relations import check_relations
from zoneeval.intake.checks.spread import check_spread
from zoneeval.intake.checks.unit_suspicion import check_units
from zoneeval.intake.checks.zones import check_known_zones, check_no_zone, check_zone_totals
from zoneeval.model.dataset import Dataset, is_number_key
from zoneeval.model.issue import Issue
from zoneeval.model.records import ZoneValue
from zoneeval.progress import Progress, silent

_STEPS = 7
"""Reports of progress per year."""


def check_years(
    years: Mapping[int, Mapping[str, Values]],
    reference: Reference,
    *,
    figures: Sequence[ZoneValue] = (),
    units: Mapping[Place, str | None] | None = None,
    zone: str | None = None,
    tell_zones: bool = False,
    progress: Progress = silent,
) -> list[Issue]:
    """Return the findings on the values of an import, by year, credit code and field.

    ``figures`` are official figures of the same import; ``units`` the units that its
    columns say; ``zone`` is the zone that the import itself may create;
    ``tell_zones`` warns of enterprises without one.
    """
    with np.errstate(all="ignore"):  # figures beyond belief are findings, not overflows
        return _check_years(years, reference, figures, units or {}, zone, tell_zones, progress)


def _check_years(
    years: Mapping[int, Mapping[str, Values]],
    reference: Reference,
    figures: Sequence[ZoneValue],
    units: Mapping[Place, str | None],
    zone: str | None,
    tell_zones: bool,
    progress: Progress,
) -> list[Issue]:
    issues: list[Issue] = []
    frames = {
        year: Frame(year, values, reference.datasets.get(year))
        for year, values in sorted(years.items())
    }
    done, total = 0, len(frames) * _STEPS

    def step() -> None:
        nonlocal done
        progress(done, total, "正在核对数据")
        done += 1

    for year, frame in frames.items():
        step()
        last = _year_before(year, years, reference)
        issues.extend(check_land(frame))
        step()
        doubtful, told = check_units(frame, last, reference.thresholds, units)
        issues.extend(doubtful)
        step()
        issues.extend(check_relations(frame, told))
        step()
        issues.extend(check_ranges(frame, told))
        step()
        issues.extend(check_industry(frame))
        if tell_zones:
            issues.extend(check_no_zone(frame))
        step()
        jumps = list(check_jumps(frame, last, reference.thresholds, told))
        issues.extend(jumps)
        jumped = frozenset(issue.uscc for issue in jumps if issue.uscc)
        step()
        issues.extend(check_spread(frame, reference.thresholds, told, jumped))
        official = _official(reference.zone_values, figures)
        issues.extend(check_zone_totals(frame, official, reference.thresholds))
    if reference.zones:
        known = [*reference.zones, *([zone] if zone else [])]
        issues.extend(check_known_zones(frames.values(), figures, known))
    return issues


def _official(stored: Iterable[ZoneValue], fresh: Iterable[ZoneValue]) -> list[ZoneValue]:
    """Return the official figures, those of the import in place of the stored ones."""
    found = {(v.zone, v.year, v.indicator): v for v in (*stored, *fresh) if not v.part}
    return list(found.values())


def _year_before(
    year: int, years: Mapping[int, Mapping[str, Values]], reference: Reference
) -> Dataset | None:
    """Return last year's data: what is stored, with what this import brings laid over it."""
    stored, fresh = reference.datasets.get(year - 1), years.get(year - 1)
    if not fresh:
        return stored
    frame = Frame(year - 1, fresh, stored)
    keys = {key for values in fresh.values() for key in values} - {"uscc"}
    if stored is not None:
        keys.update(key for key in stored.columns if key != "uscc")
    codes = np.empty(frame.size, dtype=object)
    codes[:] = frame.codes
    columns = {key: frame.number(key) if is_number_key(key) else frame.text(key) for key in keys}
    return Dataset({"uscc": codes, **columns}, year - 1)
