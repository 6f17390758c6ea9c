"""Half-up rounding, as official tables use it, and exact quotas.

``round(2.675, 2)`` is 2.67 in binary; officials write 2.68.  Half-up here is that of
``Decimal(repr(x))``: of the shortest decimal that names the float.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np

from zoneeval.model.arrays import FloatArray

NOISE = 1e-12
"""Relative difference (absolute below 1) that the arithmetic makes by itself."""

_MODES = {"nearest": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
_EXACT_UP_TO = 2.0**52
_NEAR_HALF = 1e-6
_BLOCK = 32_768


def half_up(value: float, decimals: int) -> float:
    """Return ``value`` rounded half away from zero to ``decimals`` places."""
    if not abs(value) < _EXACT_UP_TO:  # whole already, infinite or missing
        return value
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def round_half_up(values: FloatArray, decimals: int) -> FloatArray:
    """Return ``values``, shape (n,), rounded half-up, NaN kept; equal to :func:`half_up`.

    Values that are not near a half are rounded in binary, where both agree; the few
    that are go through ``Decimal``.
    """
    scale = 10.0**decimals
    out = np.empty(values.shape)
    for start in range(0, len(values), _BLOCK):
        part, rounded = values[start : start + _BLOCK], out[start : start + _BLOCK]
        with np.errstate(over="ignore", invalid="ignore"):
            scaled = part * scale
            np.rint(scaled, out=rounded)
            distance = np.abs(scaled - rounded)
        rounded /= scale
        size = np.abs(scaled)
        unsure = (0.5 - distance < np.maximum(_NEAR_HALF, size * 1e-12)) | (size >= _EXACT_UP_TO)
        for row in np.flatnonzero(unsure):
            rounded[row] = half_up(float(part[row]), decimals)
        rounded += 0.0
    return out


def slack(values: FloatArray) -> FloatArray:
    """Return how far a figure may be from each of ``values`` and still be the same."""
    return np.asarray(NOISE * np.maximum(1.0, np.abs(values)))


def levelled(values: FloatArray) -> FloatArray:
    """Return ``values``, shape (n,), with those made the same that only arithmetic parts.

    1.2 ÷ 6 and 1 ÷ 5 are both 0.2, but not in binary: it is not for the last bit of a
    float to say who is better.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    same = np.zeros(len(values), dtype=bool)
    same[1:] = ordered[1:] - ordered[:-1] <= slack(ordered[1:])
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(values))))
    out = np.empty_like(values)
    out[order] = ordered[first]
    return out


def quota(count: int, share: float, rounding: str = "nearest") -> int:
    """Return ``share`` of ``count`` as a whole number, computed with exact decimals.

    35 % of 90 is 31.5, nearest is 32.  ``rounding`` is nearest, floor or ceil.
    """
    exact = Decimal(count) * Decimal(repr(float(share)))
    return int(exact.quantize(Decimal(1), rounding=_MODES[rounding]))


def is_whole(count: int, share: float) -> bool:
    """Tell whether ``share`` of ``count`` is a whole number: 20 % of 10, not of 11."""
    exact = Decimal(count) * Decimal(repr(float(share)))
    return exact == exact.to_integral_value()
