"""How often every enterprise keeps its class when weights and figures are not certain.

Weights vary independently by ± p and are brought back to their sum; every raw figure of
every enterprise varies independently by ± q.  Who takes part stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from zoneeval.engine.drawing import TrackDraws, spans
from zoneeval.engine.evaluate import NO_INPUTS, evaluate
from zoneeval.engine.prepared import Prepared, prepare
from zoneeval.errors import InputError
from zoneeval.model.arrays import FloatArray
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS
from zoneeval.model.inputs import EvaluationInputs
from zoneeval.policy.schema import Policy, Track
from zoneeval.progress import Progress, silent

DRAWS = 10_000
LOOP_DRAWS = 300
"""Draws where each is a whole evaluation, as the policy has rules without a quick way."""
NEAR = 0.95
"""Who keeps the class less often than this stands near a line."""
_ROWS_AT_ONCE = 20_000
_WORDS = "正在试算"


@dataclass(frozen=True)
class Kept:
    """One enterprise: its class, how often it keeps it, and how often it has which."""

    uscc: str
    name: str
    zone: str
    grade: str
    kept: float
    shares: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """Return the enterprise in the shape of the command line's contract."""
        return {
            "uscc": self.uscc,
            "name": self.name,
            "zone": self.zone,
            "grade": self.grade,
            "kept": self.kept,
            "shares": self.shares,
        }


@dataclass(frozen=True)
class Robustness:
    """The draws made and what came of them; ``rows`` with the least certain first."""

    weights: float
    inputs: float
    draws: int
    seed: int
    method: Literal["kernel", "loop"]
    rows: tuple[Kept, ...]

    @property
    def near(self) -> tuple[Kept, ...]:
        """Return those near a line between classes."""
        return tuple(row for row in self.rows if row.kept < NEAR)

    @property
    def sentence(self) -> str:
        """Say what was done, for the reader of the table."""
        way = "" if self.method == "kernel" else "（本办法逐次完整评价，次数较少）"
        seed = f"，随机种子 {self.seed}" if self.seed else ""
        return (
            f"权重各变动 ±{self.weights * 100:.4g}%，数据各变动 ±{self.inputs * 100:.4g}%，"
            f"试算 {self.draws:,} 次{way}{seed}。"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the result in the shape of the command line's contract."""
        return {
            "weights": self.weights,
            "inputs": self.inputs,
            "draws": self.draws,
            "seed": self.seed,
            "method": self.method,
            "near": [row.uscc for row in self.near],
            "enterprises": [row.as_json() for row in self.rows],
        }


def robustness(
    policy: Policy,
    dataset: Dataset,
    previous: Dataset | None = None,
    *,
    inputs: EvaluationInputs = NO_INPUTS,
    weights: float = 0.1,
    figures: float = 0.05,
    draws: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Robustness:
    """Return how often each class is kept under ± ``weights`` and ± ``figures`` (fractions).

    ``draws`` None takes :data:`DRAWS`, or :data:`LOOP_DRAWS` where every draw must be a
    whole evaluation.  The same seed gives the same result.

    Raises:
        InputError: a variation outside 0…0.9 or no draws.
    """
    for share in (weights, figures):
        if not 0 <= share <= 0.9:
            raise InputError("变动幅度应在 0 和 90% 之间，如 0.1 表示上下 10%。")
    if draws is not None and not 1 <= draws <= 1_000_000:
        raise InputError("试算次数应在 1 和 1000000 之间。")
    ready = prepare(policy, dataset, previous, inputs=inputs)
    quick = ready.is_quick and (figures == 0 or all(map(can_vary, ready.tracks.values())))
    count = draws if draws is not None else DRAWS if quick else LOOP_DRAWS
    random = np.random.default_rng(seed)
    if quick:
        found = _by_kernel(ready, weights, figures, count, random, progress)
    else:
        found = _by_loop(ready, weights, figures, count, random, progress)
    progress(count, count, _WORDS)
    kept = [_kept(ready.base, row, found[row], count) for row in sorted(found)]
    kept.sort(key=lambda item: (item.kept, item.zone, item.uscc))
    return Robustness(weights, figures, count, seed, "kernel" if quick else "loop", tuple(kept))


def _kept(evaluation: Evaluation, row: int, counts: dict[str, int], draws: int) -> Kept:
    grade = str(evaluation.grade[row])
    return Kept(
        uscc=str(evaluation.uscc[row] or ""),
        name=str(evaluation.name[row] or ""),
        zone=str(evaluation.zone[row] or ""),
        grade=grade,
        kept=counts.get(grade, 0) / draws,
        shares={letter: counts[letter] / draws for letter in sorted(counts) if counts[letter]},
    )


def can_vary(track: TrackDraws) -> bool:
    """Tell whether values worked out from varied figures agree with the evaluation."""
    table = track.figures({}, 1)
    placed = track.run(track.track)
    varied = track.run(track.track, figures=table)
    return bool(np.array_equal(placed.grade, varied.grade)) and np.allclose(
        placed.composite, varied.composite, rtol=1e-9, atol=1e-9, equal_nan=True
    )


def varied_weights(
    track: Track, share: float, draws: int, random: np.random.Generator
) -> FloatArray:
    """Return weights of shape (draws, indicators), each row with the track's own sum."""
    own = np.array([item.weight for item in track.indicators])
    if share == 0 or own.sum() == 0:
        return np.broadcast_to(own, (draws, len(own))).copy()
    out = own * random.uniform(1 - share, 1 + share, (draws, len(own)))
    out *= own.sum() / out.sum(axis=1, keepdims=True)
    return np.asarray(out)


def varied_figures(
    track: TrackDraws, share: float, draws: int, random: np.random.Generator
) -> dict[str, FloatArray]:
    """Return the amounts of every draw, draws × rows long, each varied by ± ``share``."""
    size = len(track.rows)
    out = {}
    for key in track.inputs():
        if FIELDS[key].kind in ("number", "share"):
            factor = random.random((draws, size))
            factor *= 2 * share
            factor += 1 - share
            factor *= track.table.number(key)
            out[key] = factor.ravel()
    return out


def _by_kernel(
    ready: Prepared,
    weights: float,
    figures: float,
    draws: int,
    random: np.random.Generator,
    progress: Progress,
) -> dict[int, dict[str, int]]:
    out: dict[int, dict[str, int]] = {}
    most = max((len(track.rows) for track in ready.tracks.values()), default=1)
    sums: dict[str, FloatArray] = {}
    for start, end in spans(draws, max(1, _ROWS_AT_ONCE // most)):
        progress(start, draws, _WORDS)
        for name, track in ready.tracks.items():
            count = end - start
            table = None
            if figures:
                table = track.figures(varied_figures(track, figures, count, random), count)
            rates = varied_weights(track.track, weights, count, random)
            placed = track.run(track.track, count, rates, table)
            by_row = placed.grade.reshape(-1, len(track.rows))
            if len(by_row) < count:
                by_row = np.broadcast_to(by_row, (count, len(track.rows)))
            letters = len(placed.letters)
            seen = np.stack([(by_row == at).sum(axis=0) for at in range(letters)])
            sums[name] = sums[name] + seen if name in sums else seen
    for name, track in ready.tracks.items():
        if name not in sums:
            continue
        letters_held = track.run(track.track).letters
        for at, row in enumerate(track.rows):
            counts: dict[str, int] = {}
            for letter, number in zip(letters_held, sums[name][:, at], strict=True):
                if letter is not None and number:
                    counts[str(letter)] = counts.get(str(letter), 0) + int(number)
            if ready.base.grade[row] is not None:
                out[int(row)] = counts
    return out


def _by_loop(
    ready: Prepared,
    weights: float,
    figures: float,
    draws: int,
    random: np.random.Generator,
    progress: Progress,
) -> dict[int, dict[str, int]]:
    base, policy = ready.base, ready.policy
    rows = [
        row
        for row in range(base.size)
        if base.grade[row] is not None and base.participation[row] == Participation.EVALUATED
    ]
    out: dict[int, dict[str, int]] = {row: {} for row in rows}
    keys = [
        key
        for key, column in ready.dataset.columns.items()
        if column.dtype == np.float64 and key in FIELDS and FIELDS[key].kind in ("number", "share")
    ]
    for done in range(draws):
        progress(done, draws, _WORDS)
        table = ready.dataset
        if figures:
            table = table.with_columns(
                {
                    key: table.number(key) * random.uniform(1 - figures, 1 + figures, table.size)
                    for key in keys
                }
            )
        result = evaluate(
            reweighted(policy, weights, random), table, ready.previous, inputs=ready.inputs
        )
        for row in rows:
            letter = result.grade[row]
            if letter is not None:
                out[row][letter] = out[row].get(letter, 0) + 1
    return out


def reweighted(policy: Policy, share: float, random: np.random.Generator) -> Policy:
    """Return the policy with every track's weights varied once."""
    tracks = []
    for track in policy.tracks:
        rates = varied_weights(track, share, 1, random)[0]
        items = [
            item.model_copy(update={"weight": float(rate)})
            for item, rate in zip(track.indicators, rates, strict=True)
        ]
        tracks.append(track.model_copy(update={"indicators": tuple(items)}))
    return policy.model_copy(update={"tracks": tuple(tracks)})
