"""The answers hold for every mechanism of the language, with a quick way or without."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.helpers.cases import CASES
from tests.helpers.mechanisms import mechanism
from zoneeval.engine import evaluate
from zoneeval.engine.distance import distance
from zoneeval.engine.prepared import Standings, prepare
from zoneeval.engine.sensitivity import robustness
from zoneeval.engine.whatif import Scenario, changed_policy, knobs, moves_of
from zoneeval.model.dataset import Dataset
from zoneeval.policy.loader import load_policy, parse_policy
from zoneeval.policy.schema import Policy

FILES = sorted((CASES / "mechanisms").glob("*/*.toml"))
FIGURES = {"weight": 33.0, "cap": 0.7, "floor": 0.1, "share": 0.12, "gate": 0.4}


def case_of(path: Path) -> tuple[Policy, Dataset, Dataset | None]:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    policy = mechanism(case["policy"]) if "policy" in case else parse_policy(case["whole"])
    tables: list[Dataset | None] = [None, None]
    for place, key in enumerate(("rows", "previous_rows")):
        if key in case:
            rows = [dict(zip(case["columns"], row, strict=True)) for row in case[key]]
            tables[place] = Dataset.from_rows(rows, case["year"] - place)
    data, previous = tables
    assert data is not None
    return policy, data, previous


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_mechanism_can_be_asked(path: Path) -> None:
    policy, data, previous = case_of(path)
    ready = prepare(policy, data, previous)
    whole = evaluate(policy, data, previous)
    assert ready.run(ready.policy).equals(Standings.of(whole))
    for knob in knobs(ready.policy):
        changed = changed_policy(ready.policy, Scenario({knob.key: FIGURES.get(knob.kind, 1.7)}))
        again = Standings.of(evaluate(changed, data, previous))
        assert ready.run(changed).equals(again), knob.key
    kept = robustness(policy, data, previous, weights=0, figures=0, draws=2)
    assert {row.kept for row in kept.rows} <= {1.0}
    robustness(policy, data, previous, draws=2)
    order = [grade.letter for grade in policy.grades]
    for row in range(whole.size):
        found = distance(policy, data, previous, whole, row)
        if found is not None:
            here = order.index(found.grade)
            assert all(order.index(change.grade_after) < here for change in found.up)
            assert all(order.index(change.grade_after) > here for change in found.down)


def test_an_indicator_is_left_out_of_one_track_only() -> None:
    policy = load_policy("anyang-2018")
    track = next(track for track in policy.tracks if len(track.indicators) > 1)
    key = track.indicators[0].key
    changed = changed_policy(policy, Scenario(without=(f"{track.id}/{key}",)))
    for before, after in zip(policy.tracks, changed.tracks, strict=True):
        gone = {i.key for i in before.indicators} - {i.key for i in after.indicators}
        assert gone == ({key} if before.id == track.id else set())


def test_a_year_s_own_figures_can_be_changed() -> None:
    policy, data, previous = case_of(
        CASES / "mechanisms" / "scoring" / "按年度的基准和权重2024.toml"
    )
    ready = prepare(policy, data, previous)
    weights = [knob.key for knob in knobs(ready.policy) if knob.kind == "weight"]
    moves = moves_of(ready, Scenario({weights[0]: 3.0}))
    assert moves.weight_sums[0] == 3.0 + sum(
        item.weight for item in ready.policy.tracks[0].indicators[1:]
    )
    assert not (moves.standings.composite == ready.base.composite).all()
