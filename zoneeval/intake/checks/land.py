"""The land of an enterprise: what is used for scoring, and whether it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from zoneeval.intake.checks.frame import Frame, where
from zoneeval.model.issue import Issue, Severity

_PARTS = ("land_area", "land_registered", "land_leased_in")


def land_total(number: Callable[[str], float | None]) -> float | None:
    """Return the used land in 亩 as given or as registered + in − out + other, or None.

    ``number`` gives a field's value or None where it is missing.
    """
    given = number("land_area")
    if given is not None:
        return given
    registered, leased_in = number("land_registered"), number("land_leased_in")
    if registered is None and leased_in is None:
        return None
    total = (registered or 0.0) + (leased_in or 0.0)
    total += number("land_other") or 0.0
    return total - (number("land_leased_out") or 0.0)


def check_land(frame: Frame) -> Iterator[Issue]:
    """Yield enterprises whose land adds up to nothing, or that let more than they hold."""
    registered, leased_in = frame.given("land_registered"), frame.given("land_leased_in")
    leased_out = frame.given("land_leased_out")
    held = np.nan_to_num(registered) + np.nan_to_num(leased_in)
    total = frame.used_land_given()
    over = (leased_out > held) & ~np.isnan(total)
    empty = total <= 1e-9
    parts = (registered, leased_in, leased_out, frame.given("land_area"))
    negative = np.any([np.nan_to_num(part) < 0 for part in parts], axis=0)
    for i in where(over | empty):
        who = frame.name(i)
        if negative[i]:
            continue  # told at the cell
        if over[i] and not empty[i]:
            yield frame.issue(
                Severity.WARNING, "leased-out-above-held", i, "land_leased_out",
                f"{who}租出用地（{leased_out[i]:g} 亩）大于登记与租入之和（{held[i]:g} 亩）",
                "请核对宗地和租赁面积。",
            )  # fmt: skip
        if empty[i]:
            first = next(k for k in _PARTS if not np.isnan(frame.given(k)[i]))
            yield frame.issue(
                Severity.BLOCKING, "land-not-positive", i, first,
                f"{who}的用地面积合计为 {total[i]:g} 亩，应大于 0",
                "请核对登记、租入、租出面积；没有用地数据的留空，不要填 0。",
            )  # fmt: skip
