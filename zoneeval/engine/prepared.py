"""An evaluation made ready to be run again quickly with other weights, limits and shares.

What weights and shares do not touch (who takes part, values, averages) is taken from one
real evaluation; scores, ranks and classes are worked out by the engine's kernel.  The
quick way is only used where it gives exactly what the engine gives; otherwise every run
is a whole evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zoneeval.engine.drawing import TrackDraws, draws_of, supported
from zoneeval.engine.evaluate import NO_INPUTS, evaluate
from zoneeval.engine.merging import merged, recoded
from zoneeval.errors import UserError
from zoneeval.model.arrays import FloatArray, IntArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.policy.dated_grading import without_years
from zoneeval.policy.resolve import has_dated, resolved
from zoneeval.policy.schema import Policy, Track


@dataclass(frozen=True, eq=False)
class Standings:
    """Score, rank and class of every row of an evaluation; NaN and None where there is none."""

    composite: FloatArray
    rank: FloatArray
    position: FloatArray
    grade: TextArray

    @classmethod
    def of(cls, evaluation: Evaluation) -> Standings:
        """Return the standings of a whole evaluation."""
        return cls(evaluation.composite, evaluation.rank, evaluation.position, evaluation.grade)

    def equals(self, other: Standings) -> bool:
        """Tell whether every figure is the same."""
        numbers = all(
            np.array_equal(getattr(self, name), getattr(other, name), equal_nan=True)
            for name in ("composite", "rank", "position")
        )
        return numbers and list(self.grade) == list(other.grade)


class Prepared:
    """A policy and data, evaluated once; :meth:`run` evaluates policies that differ little.

    ``base`` is the evaluation as it stands.  ``is_quick`` tells whether runs take the
    quick way.
    """

    def __init__(
        self,
        policy: Policy,
        dataset: Dataset,
        previous: Dataset | None = None,
        inputs: EvaluationInputs = NO_INPUTS,
    ) -> None:
        policy = undated(policy, dataset.year)
        self.policy, self.dataset, self.previous, self.inputs = policy, dataset, previous, inputs
        self.base = evaluate(policy, dataset, previous, inputs=inputs)
        self.standings = Standings.of(self.base)
        self._joined = merged(recoded(dataset, inputs.merging), inputs.merging, [])
        self._joined = Dataset(self._joined.columns, self.base.year or policy.year)
        self._followers = _followers(self.base, inputs)
        self.tracks: dict[str, TrackDraws] = {}
        self.is_quick = self._prepare()

    def _prepare(self) -> bool:
        if not supported(self.policy):
            return False
        try:
            unit = evaluate(without_multiples(self.policy), self.dataset, self.previous,
                            inputs=self.inputs)  # fmt: skip
        except UserError:
            return False
        for track in self.policy.tracks:
            rows = self._rows(track.id)
            if len(rows):
                at = _places(self.base, rows, self._joined)
                self.tracks[track.id] = draws_of(track, unit, rows, self._joined.take(at))
        self.is_quick = True
        return self._quickly(self.policy).equals(self.standings)

    def _rows(self, track: str) -> IntArray:
        """Return the evaluated rows of a track in the order in which equals are placed."""
        mine = np.flatnonzero((self.base.track == track) & ~np.isnan(self.base.composite))
        places = _places(self.base, mine, self._joined)
        back = np.empty(self._joined.size, dtype=np.int64)
        back[self._joined.order] = np.arange(self._joined.size)
        return mine[np.argsort(back[places], kind="stable")]

    def run(self, policy: Policy) -> Standings:
        """Return what :func:`evaluate` would give for ``policy``.

        ``policy`` has the tracks, indicators, formulas and conditions of the one prepared;
        what may differ are weights, limits, fixed benchmarks and multiples, and shares.
        """
        if not self.is_quick or not self._differs_little(policy):
            return Standings.of(evaluate(policy, self.dataset, self.previous, inputs=self.inputs))
        return self._quickly(policy)

    def _differs_little(self, policy: Policy) -> bool:
        mine = {track.id: track for track in self.policy.tracks}
        return (
            supported(policy)
            and policy.eligibility == self.policy.eligibility
            and [t.id for t in policy.tracks] == list(mine)
            and all(_same_but_figures(mine[track.id], track) for track in policy.tracks)
        )

    def _quickly(self, policy: Policy) -> Standings:
        size = self.base.size
        composite, rank, position = (np.full(size, np.nan) for _ in range(3))
        grade = self.base.grade.copy()
        for track in policy.tracks:
            held = self.tracks.get(track.id)
            if held is None:
                continue
            placed = held.run(track)
            composite[held.rows] = placed.composite
            rank[held.rows] = placed.rank
            position[held.rows] = placed.position
            grade[held.rows] = placed.letters[placed.grade]
        for row, lead in self._followers.items():
            grade[row] = grade[lead]
        return Standings(composite, rank, position, grade)


def prepare(
    policy: Policy,
    dataset: Dataset,
    previous: Dataset | None = None,
    *,
    inputs: EvaluationInputs = NO_INPUTS,
) -> Prepared:
    """Evaluate once, and keep ready what further runs need."""
    return Prepared(policy, dataset, previous, inputs)


def undated(policy: Policy, year: int | None) -> Policy:
    """Return the policy with the figures of one year only, so that they can be changed."""
    if not has_dated(policy):
        return policy
    tracks = []
    for track in resolved(policy, year).tracks:
        items = [
            item.model_copy(
                update={
                    "weights": (),
                    "benchmark": item.benchmark.model_copy(update={"values": ()}),
                }
            )
            for item in track.indicators
        ]
        made = {"indicators": tuple(items), "grading": without_years(track.grading)}
        tracks.append(track.model_copy(update=made))
    return policy.model_copy(update={"tracks": tuple(tracks)})


def without_multiples(policy: Policy) -> Policy:
    """Return the policy with every averaged benchmark taken once."""
    tracks = []
    for track in policy.tracks:
        items = [
            item.model_copy(
                update={"benchmark": item.benchmark.model_copy(update={"multiple": 1.0})}
            )
            for item in track.indicators
        ]
        tracks.append(track.model_copy(update={"indicators": tuple(items)}))
    return policy.model_copy(update={"tracks": tuple(tracks)})


def _same_but_figures(one: Track, other: Track) -> bool:
    """Tell whether two tracks differ in nothing but what a quick run can change."""
    figures = {"weight", "cap", "floor", "illustrative", "cite", "note"}

    def rest(track: Track) -> list[object]:
        out: list[object] = [track.model_dump(exclude={"indicators", "grading"})]
        for item in track.indicators:
            mark = item.benchmark
            shape = (mark.kind, mark.average, mark.population, mark.year)
            out.append((item.model_dump(exclude=figures | {"benchmark"}), shape))
        keys = [s.order_by for s in getattr(track.grading, "selections", ())]
        return [*out, track.grading.kind, keys]

    return one is other or rest(one) == rest(other)


def _places(evaluation: Evaluation, rows: IntArray, joined: Dataset) -> IntArray:
    """Return where rows of an evaluation stand in the data as they were evaluated."""
    if evaluation.size == joined.size:
        return rows
    place = {code: at for at, code in enumerate(joined.text("uscc"))}
    return np.array([place[evaluation.uscc[row]] for row in rows], dtype=np.int64)


def _followers(evaluation: Evaluation, inputs: EvaluationInputs) -> dict[int, int]:
    """Return, for rows that share another's class, the row of the one they follow."""
    row_of = {code: row for row, code in enumerate(evaluation.uscc) if code}
    return {
        row_of[member]: row_of[group.lead]
        for group in inputs.merging.groups
        if group.lead in row_of
        for member in group.members
        if member in row_of
    }


def letters_in_order(policy: Policy, grades: Sequence[str | None]) -> list[str]:
    """Return the classes that occur, best first as the policy lists them."""
    held = set(grades)
    return [grade.letter for grade in policy.grades if grade.letter in held]
