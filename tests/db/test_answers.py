"""Questions put to stored runs: answered from what the run rests on, nothing changed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from zoneeval import engine
from zoneeval.engine.whatif import Scenario
from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace


def newest(ws: Workspace) -> operations.RunResult:
    return operations.load_run(ws)


def coded(ws: Workspace, grade: str) -> str:
    evaluation = newest(ws).evaluation
    return str(evaluation.uscc[list(evaluation.grade).index(grade)])


def test_distance_names_a_change_that_the_engine_confirms(ws: Workspace) -> None:
    run = newest(ws)
    uscc = coded(ws, "C")
    found = operations.distance_of(ws, uscc)
    assert (found.grade, found.better, found.worse) == ("C", "B", None)
    assert found.up
    row = run.evaluation.row_of(uscc)
    assert row is not None
    dataset, previous = operations.run_data(ws, run.info)
    change = found.up[0]
    column = dataset.number(change.field).copy()
    column[row] = change.amount_after
    again = engine.evaluate(run.policy, dataset.with_columns({change.field: column}), previous)
    assert again.grade[row] == change.grade_after == "B"


def test_distance_of_somebody_unknown_or_without_a_class_is_refused(
    ws: Workspace,
) -> None:
    with pytest.raises(InputError, match="没有信用代码"):
        operations.distance_of(ws, "91410000NOBODY001X")
    uscc = coded(ws, "B")
    operations.set_participation(ws, 2024, uscc, "out", "停产")
    operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018")
    with pytest.raises(InputError, match=r"没有自己评出的类别.*停产"):
        operations.distance_of(ws, uscc)


def test_the_lead_of_a_group_is_moved_by_the_figures_of_the_group(ws: Workspace) -> None:
    evaluation = newest(ws).evaluation
    lead = coded(ws, "C")
    zone = evaluation.zone[evaluation.row_of(lead)]
    member = next(
        str(u)
        for u, z in zip(evaluation.uscc, evaluation.zone, strict=True)
        if z == zone and u != lead
    )
    operations.mark_merged(ws, 2024, lead, [member], "group")
    run = operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018")
    info, ready = operations.prepare_run(ws, run.info.id)
    assert ready.is_quick
    assert list(ready.run(ready.policy).grade) == list(run.evaluation.grade)
    found = operations.distance_of(ws, lead)
    assert found.grade == run.evaluation.grade[run.evaluation.row_of(lead)]
    taxes = {c.amount for c in (*found.up, *found.down) if c.field == "tax_paid"}
    both = [float(run.dataset.number("tax_paid")[run.evaluation.row_of(c)]) for c in (lead, member)]
    assert taxes <= {sum(both)}
    kept = operations.robustness(ws, info.id, draws=20)
    assert member not in {row.uscc for row in kept.rows}


def test_what_if_stores_nothing_and_agrees_with_an_evaluation(ws: Workspace, file: Path) -> None:
    before = operations.verify(ws)
    count = len(operations.runs(ws))
    moves = operations.whatif(ws, {"A.share": 0.3})
    run = newest(ws)
    dataset, previous = operations.run_data(ws, run.info)
    whole = engine.evaluate(moves.policy, dataset, previous)
    assert list(moves.standings.grade) == list(whole.grade)
    assert moves.moved
    assert {move.after for move in moves.moved} == {"A"}
    assert len(operations.runs(ws)) == count
    assert operations.verify(ws) == before


def test_scenarios_are_kept_replaced_and_discarded(ws: Workspace) -> None:
    first = operations.save_scenario(ws, " 提高税收 ", Scenario({"tax_per_mu.weight": 30.0}))
    assert first.name == "提高税收"
    operations.save_scenario(ws, "提高税收", Scenario({"tax_per_mu.cap": None}, ("rd_intensity",)))
    (kept,) = operations.scenarios(ws)
    assert kept.settings == {"tax_per_mu.cap": None}
    assert kept.without == ("rd_intensity",)
    assert operations.scenario(ws, "提高税收") == kept
    operations.discard_scenario(ws, "提高税收")
    assert operations.scenarios(ws) == []
    operations.undo(ws)
    assert operations.scenarios(ws) == [kept]
    ws.conn.execute("UPDATE setting SET value = '[1]' WHERE key LIKE 'scenario:%'")
    assert operations.scenarios(ws) == []


@pytest.mark.parametrize(
    ("name", "chosen", "sentence"),
    [
        ("", Scenario({"A.share": 0.2}), "方案名称"),
        ("长" * 61, Scenario({"A.share": 0.2}), "方案名称"),
        ("空的", Scenario(), "没有改动"),
    ],
)
def test_scenarios_without_name_or_change_are_refused(
    ws: Workspace, name: str, chosen: Scenario, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        operations.save_scenario(ws, name, chosen)
    with pytest.raises(InputError, match="没有保存过"):
        operations.discard_scenario(ws, "别的")


def test_robustness_is_of_the_stored_classes(ws: Workspace) -> None:
    found = operations.robustness(ws, draws=100)
    evaluation = newest(ws).evaluation
    assert {row.uscc: row.grade for row in found.rows} == {
        str(u): g for u, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g
    }


def test_two_years_are_compared_and_exported(ws: Workspace, tmp_path: Path) -> None:
    found = operations.compare_runs(ws, 1, 2)
    assert (found.before.year, found.after.year) == (2023, 2024)
    assert len(found.comparison.rows) == 24
    out = tmp_path / "比较.xlsx"
    assert operations.export_comparison(ws, out, 1, 2) == [out]
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["类别流动", "类别变化", "各项得分变化"]
    words = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line]
    assert any("示意" in word for word in words)
    assert any("第 1 次评价" in word for word in words)
    with pytest.raises(InputError, match="同一次"):
        operations.compare_runs(ws, 2, 2)


def test_a_new_code_is_followed_from_year_to_year(ws: Workspace) -> None:
    evaluation = newest(ws).evaluation
    old, new = str(evaluation.uscc[0]), "91410100MA46ABCD77"
    held = operations.compare_runs(ws, 1, 2).comparison
    operations.record_succession(ws, old, new, "new_code", "2024-03-01")
    operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018")
    found = operations.compare_runs(ws, 1, 3).comparison
    assert len(found.rows) == len(held.rows)
    (row,) = [row for row in found.rows if row.former_uscc]
    assert (row.former_uscc, row.move.uscc) == (old, new)


def test_the_counterpart_is_the_run_one_means(ws: Workspace) -> None:
    assert operations.choose_counterpart(ws, 2, "last") is None
    assert operations.choose_counterpart(ws, 2, "policy") is None
    year = operations.choose_counterpart(ws, 2, "year")
    assert year is not None
    assert year.id == 1
    again = operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018").info
    other = operations.evaluate(ws, year=2024, policy_ref="huangyan-2022").info
    last = operations.choose_counterpart(ws, again.id, "last")
    policy = operations.choose_counterpart(ws, again.id, "policy")
    assert last is not None
    assert policy is not None
    assert (last.id, policy.id) == (2, other.id)
