"""Workbooks that come back corrected: they take the place of those they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.intake.problem_list import ENDING


def swapped(current: Sequence[str], given: Sequence[str]) -> tuple[str, ...] | None:
    """Return the workbooks of an import with corrected ones in the place of their originals.

    None where any of ``given`` is not the marked copy of exactly one of ``current``.
    """
    out = list(current)
    for path in given:
        stem = Path(path).stem
        places = [at for at, old in enumerate(current) if _base(old) == _base(path)]
        if not stem.endswith(ENDING) or len(places) != 1 or out[places[0]] != current[places[0]]:
            return None
        out[places[0]] = path
    return tuple(out)


def _base(path: str) -> str:
    return Path(path).stem.removesuffix(ENDING)
