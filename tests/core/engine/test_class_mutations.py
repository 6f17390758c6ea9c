"""The hand-worked classes go red when one spot of grading or adjusting is bent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers.cases import CASES, check_case
from tests.helpers.mechanisms import check_mechanism
from zoneeval.engine import adjusting, classes, grading, groups, lines, participation
from zoneeval.policy.grading_schema import TwoStage

Bend = Callable[[pytest.MonkeyPatch], None]
FOLDER = CASES / "mechanisms" / "grading"


def swapped_rounding(patch: pytest.MonkeyPatch) -> None:
    right = lines.quota
    other = {"floor": "ceil", "ceil": "floor"}
    patch.setattr(lines, "quota", lambda n, share, how: right(n, share, other[how]))


def weakest_last(patch: pytest.MonkeyPatch) -> None:
    right = adjusting.in_precedence
    patch.setattr(adjusting, "in_precedence", lambda *rules: right(*rules)[::-1])


def everybody_competes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(classes, "among", lambda ranking, competing: ranking)


def holders_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(grading.Held, "holders", lambda self, group, grade: 0)


def exempt_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(grading.Held, "exempt_in", lambda self, group: 0)


def ends_included(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(grading, "is_whole", lambda count, share: False)


def first_line_last(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines, "reversed", list, raising=False)


def one_division(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(groups, "_division", lambda code: "30")


def ungraded_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(participation, "_reason", lambda condition: condition.reason)


def scores_of_nothing(patch: pytest.MonkeyPatch) -> None:
    right = classes.scored_table
    from zoneeval.engine import track

    def wrong(table: Any, total: Any, scores: Any) -> Any:
        return right(table, total, {key: np.zeros(len(total)) for key in scores})

    patch.setattr(track, "scored_table", wrong)


def selections_again(patch: pytest.MonkeyPatch) -> None:
    right = classes.grade_in_two_stages

    def wrong(ranking: Any, keys: Any, rule: TwoStage, *rest: Any) -> Any:
        turned = rule.model_copy(update={"selections": rule.selections[::-1]})
        grades = right(ranking, keys, turned, *rest)
        return replace(grades, quotas={g: q[::-1] for g, q in grades.quotas.items()})

    patch.setattr(classes, "grade_in_two_stages", wrong)


BENDS: dict[str, tuple[Bend, str]] = {
    "limits rounded the wrong way": (swapped_rounding, "四川上下限"),
    "weakest rule has the last word": (weakest_last, "马鞍山定档和限高"),
    "direct ones still compete": (everybody_competes, "定档先取出不占名额"),
    "direct ones use no quota": (holders_forgotten, "定档占用名额"),
    "exempt ones do not count": (exempt_forgotten, "免评企业计入总数"),
    "the end belongs to the class": (ends_included, "比例不含末位"),
    "the last line decides": (first_line_last, "衡阳底线或低分"),
    "industries mixed": (one_division, "按行业大类分组"),
    "managed as is not said": (ungraded_lost, "安徽规下只按亩均税收排名"),
    "selections in another order": (selections_again, "同一半中两次选取"),
}


@pytest.mark.parametrize(("bend", "case"), list(BENDS.values()), ids=list(BENDS))
def test_a_bent_engine_is_noticed(bend: Bend, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = FOLDER / f"{case}.toml"
    check_mechanism(path)
    bend(monkeypatch)
    with pytest.raises(AssertionError):
        check_mechanism(path)


def test_anyang_rests_on_the_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    path = CASES / "anyang-2018" / "规上规下.toml"
    check_case(path)
    scores_of_nothing(monkeypatch)
    with pytest.raises(AssertionError):
        check_case(path)
