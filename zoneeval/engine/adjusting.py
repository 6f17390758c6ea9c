"""Changing classes after they were computed: direct classes, limits, one up or down.

Rules are worked off from the weakest to the strongest, so that the strongest has the
last word.  A direct class is known before anybody is ranked: it takes its enterprises
out of the ranking for classes, with or without using up a quota.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from zoneeval.engine.participation import absent_fields
from zoneeval.expressions import evaluate_truth, parse
from zoneeval.model.arrays import BoolArray, TextArray
from zoneeval.model.dataset import Dataset
from zoneeval.policy.adjustment_schema import Adjustment, in_precedence
from zoneeval.policy.grading_schema import letters_of
from zoneeval.policy.schema import Policy, Track


@dataclass
class Adjusting:
    """The rules that concern one track, strongest first, and whom each of them meets."""

    rules: list[Adjustment]
    met: list[BoolArray]
    letters: list[str]
    own: list[str]
    size: int
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, policy: Policy, track: Track, table: Dataset, competing: BoolArray) -> Adjusting:
        """Return the rules for ``track``, whose rows ``table`` holds with their points."""
        ordered = in_precedence(policy.adjustments, policy.precedence)
        rules = [r for r in ordered if not r.tracks or track.id in r.tracks]
        letters = [grade.letter for grade in policy.grades]
        given = letters_of(track.grading)
        own = [letter for letter in letters if letter in given]
        out = cls(rules, [], letters, own, table.size)
        for rule in rules:
            out.met.append(out._who(rule, table) & competing)
        return out

    def _who(self, rule: Adjustment, table: Dataset) -> BoolArray:
        expression = parse(rule.when)
        truth = evaluate_truth(expression, table)
        known = [name for name in expression.fields if name != "composite_score"]
        absent = [label for name in known for label in absent_fields(parse(name), table)]
        if absent:
            names = "、".join(dict.fromkeys(absent))
            self.assumptions.append(f"表中没有“{names}”，未按“{rule.reason}”调整类别。")
        elif np.isnan(truth).any():
            count = int(np.isnan(truth).sum())
            self.warnings.append(f"{count} 家缺数据，不能判断是否“{rule.reason}”，未作调整。")
        return np.asarray(truth == 1)

    def direct(self) -> tuple[TextArray, BoolArray]:
        """Return the class of those who get one directly, and who of them uses a quota.

        Stronger rules on top of the direct class are in it already.
        """
        grade = np.full(self.size, None, dtype=object)
        inside = np.zeros(self.size, dtype=bool)
        for row in np.flatnonzero(self._has_direct()):
            first = next(
                n for n, r in enumerate(self.rules) if r.kind == "direct" and self.met[n][row]
            )
            inside[row] = bool(self.rules[first].uses_quota)
            grade[row] = self._worked(int(row), None, [])
        return grade, inside

    def _has_direct(self) -> BoolArray:
        out = np.zeros(self.size, dtype=bool)
        for rule, met in zip(self.rules, self.met, strict=True):
            if rule.kind == "direct":
                out |= met
        return out

    def finish(self, computed: TextArray) -> tuple[TextArray, dict[int, list[str]]]:
        """Return the classes after adjusting, and by row what was done and why."""
        grade = computed.copy()
        remarks: dict[int, list[str]] = {}
        concerned = np.zeros(self.size, dtype=bool)
        for met in self.met:
            concerned |= met
        for row in np.flatnonzero(concerned).tolist():
            said: list[str] = []
            grade[row] = self._worked(row, computed[row], said)
            if said:
                remarks[row] = said
        return grade, remarks

    def _worked(self, row: int, letter: str | None, said: list[str]) -> str | None:
        for rule, met in reversed(list(zip(self.rules, self.met, strict=True))):
            if not met[row] or (rule.grades and letter not in rule.grades):
                continue
            after = self._after(rule, letter)
            if rule.kind == "direct":
                quota = "占用" if rule.uses_quota else "不占用"
                before = f"（不作调整时为 {letter} 类）" if letter and letter != after else ""
                said.append(f"按“{rule.reason}”{rule.words}，{quota}名额{before}")
            elif after != letter:
                said.append(f"按“{rule.reason}”{rule.words}：由 {letter} 类调整为 {after} 类")
            letter = after
        return letter

    def _after(self, rule: Adjustment, letter: str | None) -> str | None:
        if rule.kind == "direct":
            return rule.grade
        if letter is None:
            return None
        place = self.letters.index
        if rule.kind == "ceiling":
            return max(letter, rule.grade, key=place)
        if rule.kind == "floor":
            return min(letter, rule.grade, key=place)
        if rule.kind == "up":
            better = [other for other in self.own if place(other) < place(letter)]
            return better[-1] if better else letter
        worse = [other for other in self.own if place(other) > place(letter)]
        return worse[0] if worse else letter


def counted_classes(
    grade: TextArray, inside: BoolArray, codes: Sequence[int]
) -> dict[int, dict[str, int]]:
    """Return by group how many hold each class directly and use up its quota."""
    out: dict[int, dict[str, int]] = {}
    for row in np.flatnonzero(inside).tolist():
        held = out.setdefault(int(codes[row]), {})
        held[grade[row]] = held.get(grade[row], 0) + 1
    return out
