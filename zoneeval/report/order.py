"""The order of enterprises in lists, and the way from an evaluation's row to its data."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy, Treatment


def listed_order(evaluation: Evaluation) -> list[int]:
    """Return rows by zone, track and group, then place in the group, then credit code.

    Where enterprises of several zones are ranked together, the zone does not part them.
    """
    by_zone = _ranked_by_zone(evaluation)

    def key(row: int) -> tuple[str, str, str, float, str, int]:
        place = float(evaluation.position[row])
        return (
            (evaluation.zone[row] or "") if by_zone else "",
            evaluation.track[row] or "\uffff",
            evaluation.group[row] or "",
            math.inf if math.isnan(place) else place,
            evaluation.uscc[row] or "",
            row,
        )

    return sorted(range(evaluation.size), key=key)


def _ranked_by_zone(evaluation: Evaluation) -> bool:
    zones: dict[tuple[str | None, str | None], set[str | None]] = {}
    for track, group, zone, place in zip(
        evaluation.track, evaluation.group, evaluation.zone, evaluation.position, strict=True
    ):
        if not math.isnan(place):
            zones.setdefault((track, group), set()).add(zone)
    return all(len(found) == 1 for found in zones.values())


def data_rows(evaluation: Evaluation, dataset: Dataset) -> list[int | None]:
    """Return for each row of the evaluation its row in the dataset, found by credit code."""
    codes = dataset.text("uscc").tolist()
    mine = evaluation.uscc.tolist()
    if codes == mine:
        return list(range(len(mine)))
    place = {code: i for i, code in enumerate(codes) if code}
    return [place.get(code) for code in mine]


def texts(dataset: Dataset, key: str, rows: Sequence[int | None]) -> list[str | None]:
    """Return a text column in the evaluation's order."""
    column = dataset.text(key).tolist()
    return [None if row is None else column[row] for row in rows]


def numbers(dataset: Dataset, key: str, rows: Sequence[int | None]) -> list[float | None]:
    """Return a number column in the evaluation's order, None where missing."""
    column = dataset.number(key).tolist()
    return [None if row is None or column[row] != column[row] else column[row] for row in rows]


def zones_of(evaluation: Evaluation) -> list[str | None]:
    """Return the zones in order; None stands for a table without zones."""
    found = set(evaluation.zone.tolist())
    return sorted(found, key=lambda zone: (zone is None, zone or ""))


def letters_of(policy: Policy, evaluation: Evaluation) -> list[str]:
    """Return the class letters of the policy, then any other that was given."""
    letters = [grade.letter for grade in policy.grades]
    return letters + [g for g in evaluation.counts() if g not in letters]


def exit_letters(policy: Policy) -> list[str]:
    """Return the letters of the classes that lead to leaving or transformation."""
    return [g.letter for g in policy.grades if g.treatment is Treatment.EXIT]


def awards_classes(policy: Policy) -> bool:
    """Tell whether any track of the policy gives classes rather than ranks only."""
    return any(track.grading.kind != "rank_only" for track in policy.tracks)
