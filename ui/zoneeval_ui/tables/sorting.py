"""Sorting as a permutation: stable, with missing values last in both directions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IndexArray = npt.NDArray[np.intp]

LONGEST_IN_ARRAY = 200


def sort_keys(values: npt.NDArray[np.object_] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return one number per value that sorts as the value does; NaN where missing.

    Text is ordered by its GB 18030 bytes, which is the order of pronunciation
    for the common characters, as people know it from their spreadsheets.
    """
    if values.dtype == np.float64:
        return np.asarray(values, dtype=np.float64)
    keys = np.full(len(values), np.nan)
    present = np.array([value is not None for value in values], dtype=bool)
    if present.any():
        encoded = [str(value).encode("gb18030", "replace") for value in values[present]]
        keys[present] = _ranks(encoded)
    return keys


def _ranks(texts: list[bytes]) -> npt.NDArray[np.float64]:
    """Return the place of each text among the different ones; long texts spare the memory."""
    if max(map(len, texts)) <= LONGEST_IN_ARRAY:
        _, ranks = np.unique(np.array(texts, dtype=bytes), return_inverse=True)
        return ranks.astype(np.float64)
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.array([places[text] for text in texts], dtype=np.float64)


def permutation(keys: npt.NDArray[np.float64], *, descending: bool) -> IndexArray:
    """Return the rows in order; equal rows keep their order, NaN stays last."""
    return np.argsort(-keys if descending else keys, kind="stable")
