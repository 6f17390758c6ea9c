"""Names for the array types that travel between the parts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
"""Numbers; NaN is missing."""
TextArray = npt.NDArray[np.object_]
"""``str`` or ``None`` per row; ``None`` is missing."""
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def text_array(values: list[str | None]) -> TextArray:
    """Return an object array of ``values``, with empty text as missing."""
    out = np.empty(len(values), dtype=object)
    out[:] = [value if value else None for value in values]
    return out
