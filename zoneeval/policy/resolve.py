"""A policy as it holds for one year: figures given by year become that year's."""

from __future__ import annotations

from zoneeval.errors import InputError
from zoneeval.policy.dated import at_year
from zoneeval.policy.dated_grading import grading_at, grading_years
from zoneeval.policy.schema import Policy, Track
from zoneeval.policy.scoring_schema import Indicator


def has_dated(policy: Policy) -> bool:
    """Tell whether any figure of the policy is given by year."""
    return any(
        grading_years(t.grading) or any(i.weights or i.benchmark.values for i in t.indicators)
        for t in policy.tracks
    )


def resolved(policy: Policy, year: int | None) -> Policy:
    """Return the policy with the figures of ``year`` (None: those of the policy's year).

    Raises:
        InputError: a figure is given for later years only.
    """
    if not has_dated(policy):
        return policy
    when = policy.year if year is None else year
    return policy.model_copy(update={"tracks": tuple(_track(t, when) for t in policy.tracks)})


def _track(track: Track, year: int) -> Track:
    items = tuple(_indicator(item, year) for item in track.indicators)

    def late(what: str, first: int) -> InputError:
        return _too_late(track.label, what, first, year)

    grading = grading_at(track.grading, year, late)
    return track.model_copy(update={"indicators": items, "grading": grading})


def _indicator(item: Indicator, year: int) -> Indicator:
    if item.weights:
        weight = at_year(item.weights, year)
        if weight is None:
            raise _too_late(item.shown_label, "权重", item.weights[0][0], year)
        item = item.model_copy(update={"weight": weight})
    if item.benchmark.values:
        value = at_year(item.benchmark.values, year)
        if value is None:
            raise _too_late(item.shown_label, "基准值", item.benchmark.values[0][0], year)
        mark = item.benchmark.model_copy(update={"value": value})
        item = item.model_copy(update={"benchmark": mark})
    return item


def _too_late(label: str, what: str, first: int, year: int) -> InputError:
    return InputError(
        f"办法中“{label}”的{what}从 {first} 年起才有，不能评价 {year} 年："
        f"请在办法中补上 {year} 年的{what}，或换用适用 {year} 年的办法。"
    )
