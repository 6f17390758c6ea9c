"""Two evaluations compared enterprise by enterprise: who rose, who fell, by what."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zoneeval.engine.moves import Move, MoveTable, move_table, rise_between
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.schema import Policy


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator (or bonus, penalty) added to the change of the score."""

    key: str
    label: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float:
        """Return the change in points; what is not there counts nothing."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True)
class Compared:
    """One enterprise in both runs; ``parts`` with the largest change of points first."""

    move: Move
    rank_before: int | None
    rank_after: int | None
    parts: tuple[Part, ...]
    former_uscc: str = ""

    @property
    def driver(self) -> str:
        """Return the part that did most for the move (or the score, without one), in words."""
        one, other = self.move.score_before, self.move.score_after
        if one is None or other is None:
            return ""
        sign = self.move.rise or other - one
        best = max(self.parts, key=lambda part: sign * part.difference, default=None)
        if best is None or sign * best.difference <= 0:
            return ""
        return f"{best.label} {f'{best.difference:+.2f}'.replace('-', '−')} 分"

    def as_json(self) -> dict[str, Any]:
        """Return the enterprise in the shape of the command line's contract."""
        return {
            **self.move.as_json(),
            "former_uscc": self.former_uscc or None,
            "rank_before": self.rank_before,
            "rank_after": self.rank_after,
            "contributions": {
                part.key: {
                    "label": part.label,
                    "before": part.before,
                    "after": part.after,
                    "difference": part.difference,
                }
                for part in self.parts
            },
        }


@dataclass(frozen=True)
class Comparison:
    """The table of moves and every enterprise; those that moved most come first.

    ``labels`` names the parts of the score by key, in the order of the policies.
    """

    table: MoveTable
    rows: tuple[Compared, ...]
    labels: dict[str, str]
    warnings: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Compared, ...]:
        """Return those whose class is not the same."""
        return tuple(row for row in self.rows if row.move.before != row.move.after)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison in the shape of the command line's contract."""
        return {
            "moves": self.table.as_json(),
            "risen": sum(row.move.rise > 0 for row in self.rows),
            "fallen": sum(row.move.rise < 0 for row in self.rows),
            "warnings": list(self.warnings),
            "enterprises": [row.as_json() for row in self.rows],
        }


def compare(
    before: tuple[Policy, Evaluation],
    after: tuple[Policy, Evaluation],
    codes: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare two evaluations; enterprises are the same where their codes are.

    ``codes`` gives, for codes given up in between, the code of the later evaluation.
    Enterprises that neither evaluation gives a class or a score are left out.
    """
    rows_before = _rows(before[1], codes or {})
    rows_after = _rows(after[1], {})
    found = []
    for code in dict.fromkeys([*rows_after, *rows_before]):
        compared = _compared(before, after, code, rows_before.get(code), rows_after.get(code))
        if compared is not None:
            found.append(compared)
    found.sort(
        key=lambda row: (
            row.move.before == row.move.after,
            -abs(row.move.rise),
            -row.move.rise,
            row.move.zone,
            row.move.uscc,
        )
    )
    pairs = [(row.move.before, row.move.after) for row in found]
    return Comparison(
        move_table(before[0], after[0], pairs),
        tuple(found),
        _labels(before[1], after[1]),
        _warnings(before, after),
    )


def _rows(evaluation: Evaluation, codes: Mapping[str, str]) -> dict[str, int]:
    """Return rows by the code they go by; an enterprise's own row goes before others'."""
    out: dict[str, int] = {}
    for row, code in enumerate(evaluation.uscc):
        if code and code in codes:
            out.setdefault(codes[code], row)
    for row, code in enumerate(evaluation.uscc):
        if code and code not in codes:
            out[str(code)] = row
    return out


def _compared(
    before: tuple[Policy, Evaluation],
    after: tuple[Policy, Evaluation],
    code: str,
    first: int | None,
    second: int | None,
) -> Compared | None:
    one, other = before[1], after[1]
    grades = (
        None if first is None else one.grade[first],
        None if second is None else other.grade[second],
    )
    scores = _number(one.composite, first), _number(other.composite, second)
    if grades == (None, None) and scores == (None, None):
        return None
    named = (other, second) if second is not None else (one, first)
    assert named[1] is not None
    former = str(one.uscc[first]) if first is not None and one.uscc[first] != code else ""
    move = Move(
        uscc=code,
        name=str(named[0].name[named[1]] or ""),
        zone=str(named[0].zone[named[1]] or ""),
        before=grades[0],
        after=grades[1],
        rise=rise_between(before[0], grades[0], after[0], grades[1]),
        score_before=scores[0],
        score_after=scores[1],
    )
    ranks = _number(one.rank, first), _number(other.rank, second)
    return Compared(
        move,
        None if ranks[0] is None else int(ranks[0]),
        None if ranks[1] is None else int(ranks[1]),
        _parts(one, first, other, second),
        former,
    )


def _parts(
    one: Evaluation, first: int | None, other: Evaluation, second: int | None
) -> tuple[Part, ...]:
    parts = [
        Part(key, label, _points(one, key, first), _points(other, key, second))
        for key, label in _labels(one, other).items()
    ]
    known = [part for part in parts if part.before is not None or part.after is not None]
    return tuple(sorted(known, key=lambda part: -abs(part.difference)))


def _labels(one: Evaluation, other: Evaluation) -> dict[str, str]:
    labels = {info.key: info.label for info in (*one.indicators, *other.indicators)}
    return {**labels, "bonus": "加分", "penalty": "扣分"}


def _points(evaluation: Evaluation, key: str, row: int | None) -> float | None:
    """Return what a part added to a score; a penalty takes away."""
    if key == "penalty":
        lost = _number(evaluation.penalty, row)
        return None if lost is None else 0.0 - lost
    return _number(evaluation.bonus if key == "bonus" else evaluation.scores.get(key), row)


def _number(column: Any, row: int | None) -> float | None:
    if column is None or row is None:
        return None
    value = float(column[row])
    return None if math.isnan(value) else value


def _warnings(
    before: tuple[Policy, Evaluation], after: tuple[Policy, Evaluation]
) -> tuple[str, ...]:
    out = []
    if before[0].fingerprint != after[0].fingerprint:
        out.append(
            f"两次所用办法不同（{before[0].title}；{after[0].title}），得分不能直接相比，"
            "类别按各自办法的含义对照。"
        )
    if before[1].year != after[1].year:
        out.append(f"两次年度不同（{before[1].year}、{after[1].year}），企业按变更登记对应。")
    return tuple(out)
