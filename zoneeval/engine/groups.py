"""Groups of a track: industry groups as sets of codes, and exempt enterprises in them."""

from __future__ import annotations

from collections import Counter

import numpy as np

from zoneeval.engine.participation import Taking
from zoneeval.expressions import evaluate_truth, parse
from zoneeval.model.arrays import TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import label_of
from zoneeval.policy.adjustment_schema import (
    GROUPINGS,
    INDUSTRY_DIVISION,
    INDUSTRY_GROUP,
    IndustryGroup,
)
from zoneeval.policy.grading_schema import RankOnly, Thresholds
from zoneeval.policy.schema import Policy, Track

WHOLE = "全部"
"""Name of the group where a track ranks everybody together."""


def group_label(name: str) -> str:
    """Return in words what enterprises are grouped by."""
    return GROUPINGS.get(name) or label_of(name)


def with_groups(policy: Policy, table: Dataset) -> Dataset:
    """Return the table with the industry columns that some track is grouped by."""
    wanted = {name for track in policy.tracks for name in track.group_by if name in GROUPINGS}
    if not wanted or not table.has("industry_code"):
        return table
    codes = table.text("industry_code")
    extra: dict[str, TextArray] = {}
    if INDUSTRY_DIVISION in wanted:
        divisions = np.empty(table.size, dtype=object)
        divisions[:] = [_division(code) if code else None for code in codes.tolist()]
        extra[INDUSTRY_DIVISION] = divisions
    if INDUSTRY_GROUP in wanted:
        extra[INDUSTRY_GROUP] = _by_sets(policy.groups, table)
    return table.with_columns(extra)


def _division(code: str) -> str | None:
    digits = code[1:] if code[:1].isalpha() else code
    return digits[:2] if digits[:2].isdigit() and len(digits) >= 2 else None


def _by_sets(groups: tuple[IndustryGroup, ...], table: Dataset) -> TextArray:
    out = np.full(table.size, None, dtype=object)
    rest = next((group.label for group in groups if group.default), None)
    codes = table.text("industry_code")
    for row, code in enumerate(codes.tolist()):
        if code and _division(code):
            out[row] = rest
    for group in reversed(groups):
        if group.codes:
            listed = ", ".join(f'"{code}"' for code in group.codes)
            inside = evaluate_truth(parse(f"in_codes(industry_code, {listed})"), table) == 1
            out[inside] = group.label
    return out


def group_names(track: Track, table: Dataset, like: Dataset) -> list[str]:
    """Return each row's group by those fields that ``like`` has."""
    present = [table.text(name) for name in track.group_by if like.has(name)]
    if not present:
        return [WHOLE] * table.size
    if len(present) == 1:
        return [str(part) for part in present[0].tolist()]
    return ["｜".join(str(part) for part in parts) for parts in zip(*present, strict=True)]


def exempt_by_group(track: Track, table: Dataset, taking: Taking) -> dict[str, int]:
    """Return how many exempt enterprises of the track count in each group.

    Only where the policy takes its shares of them too; who is exempt belongs to the
    track whose condition it meets.
    """
    grading = track.grading
    if isinstance(grading, RankOnly | Thresholds) or grading.denominator == "evaluated":
        return {}
    exempt = np.asarray(taking.participation == Participation.EXEMPT)
    if track.when:
        exempt &= evaluate_truth(parse(track.when), table) == 1
    rows = np.flatnonzero(exempt)
    return dict(Counter(group_names(track, table.take(rows), table)))
