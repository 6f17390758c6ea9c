"""One track worked out for many variations of weights and figures at once.

A *draw* is one variation.  All draws lie behind each other in one long array, and every
group of every draw is a group of its own, so that the engine's kernel does the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from zoneeval.engine.benchmarks import Population, benchmark_of
from zoneeval.engine.derive import derive
from zoneeval.engine.kernel import ScoreRule, composite, rank_in_groups, score
from zoneeval.engine.selecting import letters_of, select
from zoneeval.expressions import Expression, evaluate_number, parse
from zoneeval.model.arrays import FloatArray, IntArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.schema import Indicator, Policy, Shares, Track, TwoStage
from zoneeval.rounding import round_half_up

_SAID = "cite illustrative note"
_KNOWN = {
    "Policy": "id title short_title status number note citations missing issuer year"
    " valid_from valid_to continues grades eligibility tracks fingerprint text schema_version",
    "Indicator": "key weight label unit formula first_available direction benchmark cap floor"
    f" missing {_SAID}",
    "Benchmark": f"kind value multiple average population year {_SAID}",
    "Track": "id label when default group_by decimals decimals_illustrative indicators bonus"
    f" grading missing {_SAID}",
    "Shares": f"kind bands rounding ties {_SAID}",
    "Band": "grade up_to",
    "TwoStage": f"kind gate middle selections rest rounding ties {_SAID}",
    "Selection": f"grade half order_by order share {_SAID}",
}
"""What each kind of rule may say to be worked out here; all else must be left as it is."""


@dataclass(frozen=True, eq=False)
class Placed:
    """Results over draws × rows, draw by draw; ``grade`` indexes ``letters`` (last: none)."""

    composite: FloatArray
    rank: IntArray
    position: IntArray
    grade: npt.NDArray[np.int8]
    letters: TextArray


@dataclass(frozen=True, eq=False)
class TrackDraws:
    """What of one track stays the same: values, averages, groups, bonus.

    ``rows`` are rows of the evaluation; all arrays are in their order.  ``averages`` has
    one value per indicator and group, before multiples.  ``table`` holds the data.
    """

    track: Track
    rows: IntArray
    codes: IntArray
    sizes: IntArray
    values: dict[str, FloatArray]
    formulas: dict[str, str]
    averages: dict[str, FloatArray]
    extra: tuple[FloatArray, FloatArray]
    keys: dict[str, FloatArray]
    table: Dataset

    def run(
        self,
        track: Track,
        draws: int = 1,
        weights: FloatArray | None = None,
        figures: Dataset | None = None,
    ) -> Placed:
        """Score, rank and grade every draw.

        ``weights`` has the shape (draws, indicators); ``figures`` holds the varied data of
        all draws, draws × rows long.  What is not given is as it was.
        """
        size = len(self.rows)
        groups = len(self.sizes)
        codes = self.codes
        if draws > 1:
            codes = (np.arange(draws)[:, None] * groups + codes).ravel()
        points = []
        for at, item in enumerate(track.indicators):
            ratio = self._ratio(item, draws, codes, figures)
            if weights is None:
                ratio *= item.weight
            else:
                ratio = (ratio.reshape(-1, size) * weights[:, at, None]).ravel()
            if len(ratio) < draws * size:
                ratio = np.tile(ratio, draws)
            points.append(self._filled(item, ratio, size))
        bonus, penalty = (np.tile(part, draws) for part in self.extra)
        total = composite(points) + bonus - penalty
        if track.decimals is not None:
            total = round_half_up(total, track.decimals)
        ranking = rank_in_groups(total, codes, groups * draws, points, track.decimals)
        keys = self.keys
        if isinstance(track.grading, TwoStage):
            keys = {
                key: self._number(key, figures) if figures is not None else np.tile(column, draws)
                for key, column in self.keys.items()
            }
        grade = select(track.grading, ranking.rank, ranking.position, codes, self.sizes, keys)
        return Placed(total, ranking.rank, ranking.position, grade, letters_of(track.grading))

    def _ratio(
        self, item: Indicator, draws: int, codes: IntArray, figures: Dataset | None
    ) -> FloatArray:
        """Return what the weight is multiplied by; one draw long where nothing varies."""
        if figures is None:
            marks, values, codes = self._marks(item), self.values[item.key], self.codes
        else:
            values = self._number(self.formulas[item.key], figures)
            marks = self._varied_marks(item, draws, codes, figures)
        rule = ScoreRule(1.0, marks, item.cap, item.floor, cost=item.direction == "cost")
        return score(values, codes, rule)

    def _marks(self, item: Indicator) -> FloatArray:
        if item.benchmark.kind == "fixed":
            return np.full(len(self.sizes), float(item.benchmark.value or 0))
        return self.averages[item.key] * item.benchmark.multiple

    def _varied_marks(
        self, item: Indicator, draws: int, codes: IntArray, figures: Dataset
    ) -> FloatArray:
        rule = item.benchmark
        if rule.kind == "fixed" or rule.year == "previous":
            return np.tile(self._marks(item), draws)
        groups = len(self.sizes)
        formula = self.formulas[item.key]
        if rule.population == "track":
            codes = np.repeat(np.arange(draws), len(self.rows))
        within = item.model_copy(
            update={"benchmark": rule.model_copy(update={"population": "group"})}
        )
        count = draws if rule.population == "track" else draws * groups
        marks = benchmark_of(within, formula, Population(figures, codes, count, ""), None, [])
        return np.repeat(marks, groups) if rule.population == "track" else marks

    def _filled(self, item: Indicator, points: FloatArray, size: int) -> FloatArray:
        """Give points to those without a value, as the policy says."""
        lacking = np.isnan(points)
        if not lacking.any():
            return points
        if item.missing != "average_score":
            points[lacking] = 0.0
            return points
        for part, lost in zip(points.reshape(-1, size), lacking.reshape(-1, size), strict=True):
            part[lost] = 0.0 if lost.all() else float(part[~lost].mean())
        return points

    def _number(self, formula: str, figures: Dataset) -> FloatArray:
        return evaluate_number(parse(formula), figures)

    @property
    def asked(self) -> list[str]:
        """Return the formulas that scores and orderings rest on."""
        return list(dict.fromkeys([*self.formulas.values(), *self.keys]))

    def inputs(self) -> list[str]:
        """Return the fields with figures that the results rest on, as the data give them."""
        found: dict[str, None] = {}
        for formula in self.asked:
            _leaves(parse(formula), self.table, found)
        return list(found)

    def figures(self, columns: dict[str, FloatArray], draws: int) -> Dataset:
        """Return the data of all draws with ``columns`` (draws × rows) in place of others."""
        held: dict[str, None] = {}
        for formula in self.asked:
            _leaves(parse(formula), self.table, held)
        flat = {key: np.tile(self.table.number(key), draws) for key in held if key not in columns}
        names = [name for formula in self.asked for name in parse(formula).fields]
        return derive(Dataset({**flat, **columns}, self.table.year), names).dataset


def draws_of(track: Track, evaluation: Evaluation, rows: IntArray, table: Dataset) -> TrackDraws:
    """Take from an evaluation without multiples what its track's draws rest on.

    ``table`` has the data of ``rows``, in their order.
    """
    names = sorted({str(name) for name in evaluation.group[rows]})
    code_of = {name: code for code, name in enumerate(names)}
    codes = np.array([code_of[str(name)] for name in evaluation.group[rows]], dtype=np.int64)
    formulas = {info.key: info.formula or info.key for info in evaluation.indicators}
    averages = {}
    for item in track.indicators:
        marks = np.full(len(names), np.nan)
        marks[codes] = evaluation.benchmarks[item.key][rows]
        averages[item.key] = marks
    keys = {}
    if isinstance(track.grading, TwoStage):
        for selection in track.grading.selections:
            expression = parse(selection.order_by)
            derived = derive(table, expression.fields).dataset
            keys[selection.order_by] = evaluate_number(expression, derived)
    return TrackDraws(
        track=track,
        rows=rows,
        codes=codes,
        sizes=np.bincount(codes, minlength=len(names)),
        values={item.key: evaluation.values[item.key][rows] for item in track.indicators},
        formulas={item.key: formulas[item.key] for item in track.indicators},
        averages=averages,
        extra=(evaluation.bonus[rows], evaluation.penalty[rows]),
        keys=keys,
        table=table,
    )


def _leaves(expression: Expression, table: Dataset, found: dict[str, None]) -> None:
    for name in expression.fields:
        field = FIELDS.get(name)
        if field is None or not field.is_number:
            continue
        given = table.has(name)
        if given:
            found[name] = None
        if field.is_derived and (not given or bool(np.isnan(table.number(name)).any())):
            _leaves(parse(field.formula), table, found)


def supported(policy: Policy) -> bool:
    """Tell whether every rule of the policy is of a kind that this module works out."""
    return _is_plain(policy) and all(_track_supported(track) for track in policy.tracks)


def _track_supported(track: Track) -> bool:
    grading = track.grading
    if not isinstance(grading, Shares | TwoStage):
        return False
    parts: list[object] = [track, grading, *track.indicators]
    parts += [item.benchmark for item in track.indicators]
    parts += grading.bands if isinstance(grading, Shares) else grading.selections
    if isinstance(grading, TwoStage) and any(s.order_by not in FIELDS for s in grading.selections):
        return False
    kinds = all(item.benchmark.kind in ("fixed", "average") for item in track.indicators)
    years = all(item.benchmark.year in ("current", "previous") for item in track.indicators)
    filled = all(
        item.missing in ("zero", "average_score") and item.benchmark.population != "all"
        for item in track.indicators
    )
    fixed = all(bonus.share_of_score is None for bonus in track.bonus)
    return kinds and years and filled and fixed and all(_is_plain(part) for part in parts)


def _is_plain(part: object) -> bool:
    """Tell whether a rule says nothing but what is known here."""
    kind = type(part)
    known = _KNOWN.get(kind.__name__, "").split()
    fields = getattr(kind, "model_fields", {})
    return all(
        name in known or getattr(part, name) == field.get_default(call_default_factory=True)
        for name, field in fields.items()
    )


def spans(size: int, most: int) -> list[tuple[int, int]]:
    """Cut 0…size into spans of at most ``most``."""
    edges = [*range(0, size, max(1, most)), size]
    return list(pairwise(edges))
