"""Who stands near the line of the lowest class, on either side of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoneeval_db.values import RunResult

_NEAREST = 8


@dataclass(frozen=True, slots=True)
class NearLine:
    """An enterprise near the line of the lowest class.

    ``distance`` is in the unit of ``key`` (what the line is drawn by): positive on
    the good side.  ``drag`` names the indicator that costs most, "" where none does.
    """

    uscc: str
    name: str
    zone: str
    composite: float | None
    grade: str | None
    key: str
    key_label: str
    distance: float
    drag: str


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of the lowest class in one group: what it is drawn by, and where."""

    key: str
    value: float
    sign: int
    half: str | None


def _line(run: RunResult, row: int) -> _Line | None:
    """Return the line that the lowest class of an enterprise's group is drawn at."""
    track = run.policy.track(run.evaluation.track[row] or "")
    group = run.evaluation.group_of(row)
    if track is None or group is None:
        return None
    if track.grading.kind == "shares" and len(group.quotas) > 1:
        last_above = group.quotas[-2]
        return None if last_above.cut is None else _Line(last_above.key, last_above.cut, 1, None)
    if track.grading.kind == "two_stage":
        for selection in track.grading.selections:
            quota = next((q for q in group.quotas if q.grade == selection.grade), None)
            if selection.half == "lower" and quota is not None and quota.cut is not None:
                sign = 1 if selection.order == "ascending" else -1
                return _Line(quota.key, quota.cut, sign, selection.half)
    return None


def near_line(run: RunResult, rows: list[int]) -> tuple[NearLine, ...]:
    """Return those nearest to the line of the lowest class, on either side of it."""
    from zoneeval.engine import dragging

    evaluation = run.evaluation
    labels = {info.key: info.label for info in evaluation.indicators}
    found = []
    for i in rows:
        line = _line(run, i)
        if line is None or (line.half and evaluation.gate[i] != line.half):
            continue
        column = evaluation.values.get(line.key)
        if column is None and line.key != "composite_score":
            continue
        column = evaluation.composite if column is None else column
        distance = (float(column[i]) - line.value) * line.sign
        if not np.isnan(distance):
            found.append((abs(distance), str(evaluation.uscc[i]), i, line.key, distance))
    out = []
    for _, code, i, key, distance in sorted(found)[:_NEAREST]:
        drags = dragging(evaluation, i)
        composite = float(evaluation.composite[i])
        out.append(
            NearLine(
                uscc=code,
                name=str(evaluation.name[i] or ""),
                zone=str(evaluation.zone[i] or ""),
                composite=None if np.isnan(composite) else composite,
                grade=evaluation.grade[i],
                key=key,
                key_label=labels.get(key, "综合得分"),
                distance=distance,
                drag=labels.get(drags[0], drags[0]) if drags else "",
            )
        )
    return tuple(out)
