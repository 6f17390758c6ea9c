"""Distance, what if, robustness and comparison, held against the engine itself."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.helpers.comparing import policy
from tests.helpers.tables import dataset, fixed_rows
from zoneeval.engine import evaluate
from zoneeval.engine.comparison import compare
from zoneeval.engine.distance import TOLERANCE, distance
from zoneeval.engine.prepared import Prepared, Standings, prepare
from zoneeval.engine.sensitivity import can_vary, robustness, varied_figures
from zoneeval.engine.whatif import Scenario, changed_policy, knobs, moves_of
from zoneeval.errors import InputError
from zoneeval.model.dataset import Dataset
from zoneeval.policy.schema import Policy, Shares, TwoStage
from zoneeval.progress import Cancelled

PACKS = ("zhengzhou-2018", "huaian-2024")


@cache
def data(size: int = 60) -> Dataset:
    return dataset([{**row, "zone": "东西"[i % 2]} for i, row in enumerate(fixed_rows(size))])


@cache
def ready(pack: str) -> Prepared:
    return prepare(policy(pack), data(), dataset(fixed_rows(60, 0.9)))


def with_ties(pack: str, ties: str, cap: float | None = None) -> Policy:
    """Return a pack with a rule for equals, and scores cut off so that there are some."""
    found = policy(pack)
    tracks = []
    for track in found.tracks:
        items = [item.model_copy(update={"cap": cap}) for item in track.indicators]
        grading = track.grading.model_copy(update={"ties": ties})
        tracks.append(track.model_copy(update={"indicators": tuple(items), "grading": grading}))
    return found.model_copy(update={"tracks": tuple(tracks)})


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("ties", ["next_key", "include", "exclude"])
@pytest.mark.parametrize("cap", [None, 0.2, 0.6])
def test_a_quick_run_is_the_evaluation(pack: str, ties: str, cap: float | None) -> None:
    held = ready(pack)
    assert held.is_quick
    changed = with_ties(pack, ties, cap)
    if ties != "next_key":
        held = prepare(with_ties(pack, ties), data(), held.previous)
        assert held.is_quick
    whole = evaluate(changed, data(), held.previous)
    assert held.run(changed).equals(Standings.of(whole))


@pytest.mark.parametrize("pack", PACKS)
def test_every_setting_gives_what_the_engine_gives(pack: str) -> None:
    held = ready(pack)
    for knob in knobs(held.policy):
        value = {"weight": 33.0, "cap": 0.7, "floor": 0.1, "share": 0.12, "gate": 0.4}.get(
            knob.kind, 1.7
        )
        changed = changed_policy(held.policy, Scenario({knob.key: value}))
        whole = evaluate(changed, data(), held.previous)
        assert held.run(changed).equals(Standings.of(whole)), knob.key


@pytest.mark.parametrize("pack", PACKS)
def test_leaving_one_out_keeps_the_sum_of_weights(pack: str) -> None:
    held = ready(pack)
    key = held.policy.tracks[0].indicators[0].key
    moves = moves_of(held, Scenario(without=(key,)))
    assert moves.weight_sums == pytest.approx([100.0] * len(moves.weight_sums))
    whole = evaluate(moves.policy, data(), held.previous)
    assert list(moves.standings.grade) == list(whole.grade)
    wanted = {
        str(u) for u, a, b in zip(whole.uscc, held.base.grade, whole.grade, strict=True) if a != b
    }
    assert {move.uscc for move in moves.moved} == wanted
    off_diagonal = sum(n for (a, b), n in moves.table.counts.items() if a != b)
    assert off_diagonal == len(moves.moved)


def test_rules_without_a_quick_way_are_evaluated_whole() -> None:
    held = prepare(policy("huangyan-2022"), data())
    assert not held.is_quick
    changed = changed_policy(held.policy, Scenario({knobs(held.policy)[0].key: 7.0}))
    assert held.run(changed).equals(Standings.of(evaluate(changed, data())))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"nothing.weight": 1.0}, "没有设置“nothing.weight”"),
        ({"tax_per_mu.weight": 0.0}, "权重要大于 0"),
        ({"tax_per_mu.multiple": -1.0}, "基准要大于 0"),
        ({"tax_per_mu.value": 3.0}, "没有设置"),
        ({"A.share": 1.5}, "比例应大于 0"),
        ({"elsewhere/A.share": 0.1}, "没有设置"),
        ({"tax_per_mu.cap": float("nan")}, "要写数字"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    settings: dict[str, float | None], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        changed_policy(policy("zhengzhou-2018"), Scenario(settings))


def test_a_share_may_not_run_over_the_next_class() -> None:
    with pytest.raises(InputError, match="超过下一类的界线"):
        changed_policy(policy("huaian-2024"), Scenario({"A.share": 0.7}))
    grading = changed_policy(policy("huaian-2024"), Scenario({"B.share": 0.5})).tracks[0].grading
    assert isinstance(grading, Shares)
    assert [band.up_to for band in grading.bands] == [0.2, 0.7, 0.95, 1]


@pytest.mark.parametrize("pack", PACKS)
def test_without_variation_every_class_is_kept(pack: str) -> None:
    found = robustness(policy(pack), data(), ready(pack).previous, weights=0, figures=0, draws=20)
    base = ready(pack).base
    assert found.method == "kernel"
    assert len(found.rows) == sum(grade is not None for grade in base.grade)
    assert {row.kept for row in found.rows} == {1.0}
    for row in found.rows:
        at = base.row_of(row.uscc)
        assert at is not None
        assert row.grade == base.grade[at]


@pytest.mark.parametrize("pack", PACKS)
def test_a_draw_is_an_evaluation_of_the_varied_figures(pack: str) -> None:
    held = ready(pack)
    random = np.random.default_rng(7)
    for track in held.tracks.values():
        assert can_vary(track)
        draws, size = 5, len(track.rows)
        columns = varied_figures(track, 0.2, draws, random)
        placed = track.run(track.track, draws, figures=track.figures(columns, draws))
        for draw in range(draws):
            own = {}
            for key, column in columns.items():
                values = data().number(key).copy()
                values[track.rows] = column[draw * size : (draw + 1) * size]
                own[key] = values
            whole = evaluate(held.policy, data().with_columns(own), held.previous)
            part = slice(draw * size, (draw + 1) * size)
            np.testing.assert_allclose(
                placed.composite[part], whole.composite[track.rows], rtol=1e-9, atol=1e-9
            )
            assert placed.letters[placed.grade[part]].tolist() == list(whole.grade[track.rows])


def test_the_same_seed_gives_the_same_shares_and_others_differ() -> None:
    def shares(seed: int) -> list[float]:
        found = robustness(policy("zhengzhou-2018"), data(), draws=200, seed=seed)
        return [row.kept for row in sorted(found.rows, key=lambda row: row.uscc)]

    assert shares(1) == shares(1)
    assert shares(1) != shares(2)


def test_the_loop_and_the_kernel_agree_on_how_certain_a_class_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = robustness(policy("zhengzhou-2018"), data(), draws=3000)
    monkeypatch.setattr("zoneeval.engine.prepared.supported", lambda _policy: False)
    slow = robustness(policy("zhengzhou-2018"), data(), draws=150)
    assert (quick.method, slow.method) == ("kernel", "loop")
    kept = {row.uscc: row.kept for row in quick.rows}
    apart = [abs(row.kept - kept[row.uscc]) for row in slow.rows]
    assert max(apart) < 0.2
    assert "逐次完整评价" in slow.sentence


def test_draws_can_be_stopped_and_odd_wishes_are_refused() -> None:
    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        robustness(policy("zhengzhou-2018"), data(), draws=10, progress=stop)
    with pytest.raises(InputError, match="变动幅度"):
        robustness(policy("zhengzhou-2018"), data(), weights=2)
    with pytest.raises(InputError, match="试算次数"):
        robustness(policy("zhengzhou-2018"), data(), draws=0)


@pytest.mark.parametrize("pack", PACKS)
def test_every_change_named_moves_and_a_smaller_one_does_not(pack: str) -> None:
    held = ready(pack)
    base = held.base
    rows = [list(base.grade).index(letter) for letter in sorted(set(base.grade) - {None})]
    named = 0
    for row in rows:
        found = distance(held.policy, data(), held.previous, base, row)
        assert found is not None
        order = [grade.letter for grade in held.policy.grades]
        for change, sign in [(c, -1) for c in found.up] + [(c, 1) for c in found.down]:
            named += 1

            def grade_at(amount: float, name: str = change.field, row: int = row) -> str:
                column = data().number(name).copy()
                column[row] = amount
                table = data().with_columns({name: column})
                return str(evaluate(held.policy, table, held.previous).grade[row])

            after = grade_at(change.amount_after)
            assert after == change.grade_after
            assert (order.index(after) - order.index(found.grade)) * sign > 0
            less = change.amount + change.difference * (1 - 0.011 - TOLERANCE)
            still = grade_at(less)
            assert (order.index(still) - order.index(found.grade)) * sign <= 0
    assert named > len(rows)


def test_where_nothing_single_helps_it_is_said() -> None:
    held = ready("zhengzhou-2018")
    grading = held.policy.tracks[0].grading
    assert isinstance(grading, TwoStage)
    labels: set[str] = set()
    for row in np.flatnonzero(held.base.grade == "B")[:6]:
        found = distance(held.policy, data(), None, held.base, int(row))
        assert found is not None
        labels.update(found.hopeless)
        assert {change.label for change in found.up}.isdisjoint(found.hopeless)
        assert found.better == "A"
        assert found.worse == "C"
    assert labels
    top = int(np.flatnonzero(held.base.grade == "A")[0])
    best = distance(held.policy, data(), None, held.base, top)
    assert best is not None
    assert (best.better, best.up, best.hopeless) == (None, (), ())


def test_who_has_no_class_has_no_distance() -> None:
    rows = [*fixed_rows(12), {**fixed_rows(13)[12], "industry_code": "0111"}]
    table = dataset([{**row, "zone": "东"} for row in rows])
    result = evaluate(policy("zhengzhou-2018"), table)
    out = list(result.grade).index(None)
    assert distance(policy("zhengzhou-2018"), table, None, result, out) is None


def test_contributions_add_up_to_the_change_of_the_score() -> None:
    before = evaluate(policy("huaian-2024"), data(), ready("huaian-2024").previous)
    after = evaluate(policy("huaian-2024"), dataset(fixed_rows(60, 1.3)), data())
    found = compare((policy("huaian-2024"), before), (policy("huaian-2024"), after))
    assert len(found.rows) == 60
    for row in found.rows:
        one, other = row.move.score_before, row.move.score_after
        assert one is not None
        assert other is not None
        assert sum(part.difference for part in row.parts) == pytest.approx(other - one, abs=1e-9)
    assert sum(found.table.counts.values()) == 60


def test_enterprises_are_followed_under_their_new_codes() -> None:
    zhengzhou = policy("zhengzhou-2018")
    before = evaluate(zhengzhou, data())
    old = str(before.uscc[0])
    codes = data().text("uscc").copy()
    codes[0] = "91410000NEW000001X"
    after = evaluate(zhengzhou, data().with_columns({"uscc": codes}))
    alone = compare((zhengzhou, before), (zhengzhou, after))
    assert {row.move.direction for row in alone.changed} >= {"新进", "退出评价"}
    found = compare((zhengzhou, before), (zhengzhou, after), {old: str(codes[0])})
    (followed,) = [row for row in found.rows if row.move.uscc == codes[0]]
    assert followed.former_uscc == old
    assert followed.move.before == followed.move.after
    assert not [row for row in found.rows if row.move.uscc == old]


def test_policies_with_other_classes_are_compared_by_what_they_lead_to() -> None:
    one, other = policy("zhengzhou-2018"), policy("huaian-2024")
    found = compare(
        (one, evaluate(one, data())), (other, evaluate(other, data(), ready(other.id).previous))
    )
    assert any("办法不同" in line for line in found.warnings)
    by_pair = {(r.move.before, r.move.after): r.move.rise for r in found.rows}
    assert by_pair.get(("A", "A"), 0) == 0
    assert all(rise < 0 for pair, rise in by_pair.items() if pair in {("A", "C"), ("B", "D")})


def test_a_search_can_be_stopped() -> None:
    held = ready("zhengzhou-2018")
    row = int(np.flatnonzero(held.base.grade == "B")[0])

    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        distance(held.policy, data(), held.previous, held.base, row, progress=stop)


def test_weights_are_set_before_an_indicator_is_left_out() -> None:
    held = ready("zhengzhou-2018")
    both = Scenario({"tax_per_mu.weight": 45.0}, ("rd_intensity",))
    items = changed_policy(held.policy, both).tracks[0].indicators
    assert sum(item.weight for item in items) == pytest.approx(125)
    assert items[0].weight / items[1].weight == pytest.approx(45 / 20)
