"""The results of a run as rows, and back into exactly the same evaluation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zoneeval.model.arrays import FloatArray, TextArray
from zoneeval.model.evaluation import Evaluation, GroupSummary, IndicatorInfo, Participation, Quota
from zoneeval.model.inputs import EvaluationInputs
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_TEXTS = ("uscc", "name", "zone", "track", "group", "participation")
_NUMBERS = ("bonus", "penalty", "composite", "rank", "position")
_FIGURES = ("values", "scores", "benchmarks", "weights")


def normalised(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation as the file keeps it: without negative zeros."""

    def plain(array: FloatArray) -> FloatArray:
        return array + 0.0

    changes: dict[str, Any] = {
        key: plain(getattr(evaluation, key)) for key in (*_NUMBERS, "stage_rank")
    }
    for figure in _FIGURES:
        changes[figure] = {k: plain(array) for k, array in getattr(evaluation, figure).items()}
    return replace(evaluation, **changes)


def result_sha256(run: Sequence[object], evaluation: Evaluation) -> str:
    """Return a SHA-256 over a run's row (with its summary) and every result."""
    digest = hashlib.sha256(evaluation.canonical_bytes())
    digest.update(codec.to_json(list(run)).encode())
    return digest.hexdigest()


def summary_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return what of an evaluation is not a figure of one enterprise, for JSON."""
    return {
        "policy_id": evaluation.policy_id,
        "dataset": evaluation.dataset_fingerprint,
        "previous": evaluation.previous_fingerprint,
        "indicators": [asdict(info) for info in evaluation.indicators],
        "groups": [asdict(group) for group in evaluation.groups],
        "assumptions": list(evaluation.assumptions),
        "warnings": list(evaluation.warnings),
        "inputs": evaluation.inputs.as_json(),
    }


def store(ws: Workspace, run_id: int, evaluation: Evaluation) -> None:
    """Write the rows of a run."""
    columns: list[list[Any]] = [
        [run_id] * evaluation.size,
        list(range(evaluation.size)),
        *(_column(evaluation, key) for key in _TEXTS),
        [codec.to_json(list(reasons)) for reasons in evaluation.reasons],
        *(codec.numbers(getattr(evaluation, key)) for key in _NUMBERS),
        codec.texts(evaluation.gate),
        codec.numbers(evaluation.stage_rank),
        codec.texts(evaluation.computed_grade),
        codec.texts(evaluation.grade),
    ]
    marks = ", ".join("?" * len(columns))
    ws.conn.executemany(f"INSERT INTO run_result VALUES ({marks})", zip(*columns, strict=True))
    for info in evaluation.indicators:
        figures = [codec.numbers(getattr(evaluation, figure)[info.key]) for figure in _FIGURES]
        rows = zip(range(evaluation.size), *figures, strict=True)
        ws.conn.executemany(
            "INSERT INTO run_indicator VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((run_id, info.key, *row) for row in rows),
        )


def _column(evaluation: Evaluation, key: str) -> list[str | None]:
    column: TextArray = getattr(evaluation, key)
    if key == "participation":
        return [Participation(value).value for value in column]
    return codec.texts(column)


def _participation(words: Iterable[str]) -> TextArray:
    states = [Participation(word) for word in words]
    out = np.empty(len(states), dtype=object)
    out[:] = states
    return out


def load(
    ws: Workspace, run_id: int, year: int | None, fingerprint: str, summary: dict[str, Any]
) -> Evaluation:
    """Return the evaluation of a run from its rows; raise ValueError when rows are missing."""
    found = ws.conn.execute(
        "SELECT uscc, name, zone, track, group_key, participation, reasons, bonus, penalty,"
        " composite, rank, position, gate, stage_rank, computed_grade, grade"
        " FROM run_result WHERE run_id = ? ORDER BY ordinal",
        (run_id,),
    ).fetchall()
    columns = list(zip(*found, strict=True)) if found else [()] * 16
    text, number = codec.text_array, codec.number_array
    indicators = tuple(IndicatorInfo(**info) for info in summary["indicators"])
    figures: dict[str, dict[str, FloatArray]] = {figure: {} for figure in _FIGURES}
    for info in indicators:
        rows = ws.conn.execute(
            "SELECT value, score, benchmark, weight FROM run_indicator"
            " WHERE run_id = ? AND indicator = ? ORDER BY ordinal",
            (run_id, info.key),
        ).fetchall()
        if len(rows) != len(found):
            raise ValueError(f"指标“{info.label}”有 {len(rows)} 行，企业有 {len(found)} 行")
        for i, figure in enumerate(_FIGURES):
            figures[figure][info.key] = number(row[i] for row in rows)
    return Evaluation(
        policy_id=summary["policy_id"],
        policy_fingerprint=fingerprint,
        dataset_fingerprint=summary["dataset"],
        previous_fingerprint=summary["previous"],
        year=year,
        indicators=indicators,
        uscc=text(columns[0]),
        name=text(columns[1]),
        zone=text(columns[2]),
        track=text(columns[3]),
        group=text(columns[4]),
        participation=_participation(columns[5]),
        reasons=tuple(tuple(codec.from_json(words)) for words in columns[6]),
        bonus=number(columns[7]),
        penalty=number(columns[8]),
        composite=number(columns[9]),
        rank=number(columns[10]),
        position=number(columns[11]),
        gate=text(columns[12]),
        stage_rank=number(columns[13]),
        computed_grade=text(columns[14]),
        grade=text(columns[15]),
        groups=tuple(
            GroupSummary(**{**g, "quotas": tuple(Quota(**quota) for quota in g["quotas"])})
            for g in summary["groups"]
        ),
        assumptions=tuple(summary["assumptions"]),
        warnings=tuple(summary["warnings"]),
        inputs=EvaluationInputs.from_json(summary.get("inputs", {})),
        **figures,
    )
