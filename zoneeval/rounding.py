"""Half-up rounding, as official tables use it, and exact quotas.

``round(2.675, 2)`` is 2.67 in binary; officials write 2.68.  Half-up here is that of
``Decimal(repr(x))``: of the shortest decimal that names the float.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np

from zoneeval.model.arrays import FloatArray

_MODES = {"nearest": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
_EXACT_UP_TO = 2.0**52
_NEAR_HALF = 1e-6


def half_up(value: float, decimals: int) -> float:
    """Return ``value`` rounded half away from zero to ``decimals`` places."""
    if value != value or value in (float("inf"), float("-inf")):
        return value
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def round_half_up(values: FloatArray, decimals: int) -> FloatArray:
    """Return ``values`` rounded half-up, shape kept, NaN kept; equal to :func:`half_up`.

    Values that are not near a half are rounded in binary, where both agree; the few
    that are go through ``Decimal``.
    """
    scale = 10.0**decimals
    scaled = values * scale
    whole = np.rint(scaled)
    out = whole / scale
    distance = np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5)
    tolerance = np.maximum(_NEAR_HALF, np.abs(scaled) * 1e-12)
    doubtful = (distance < tolerance) | (np.abs(scaled) >= _EXACT_UP_TO)
    for row in np.flatnonzero(doubtful):
        out[row] = half_up(float(values[row]), decimals)
    return out + 0.0


def quota(count: int, share: float, rounding: str = "nearest") -> int:
    """Return ``share`` of ``count`` as a whole number, computed with exact decimals.

    35 % of 90 is 31.5, nearest is 32.  ``rounding`` is nearest, floor or ceil.
    """
    exact = Decimal(count) * Decimal(repr(share))
    return int(exact.quantize(Decimal(1), rounding=_MODES[rounding]))
