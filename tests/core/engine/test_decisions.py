"""Decisions made by hand go before the conditions of a policy, and results say so."""

from __future__ import annotations

import numpy as np

from tests.helpers.comparing import policy
from tests.helpers.tables import dataset, fixed_rows
from zoneeval.engine import evaluate, participation_of, why
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.inputs import EvaluationInputs, ParticipationDecision

POLICY = "zhengzhou-2018"


def decide(code: str, what: str, document: str | None = "纪要〔示意〕1号") -> ParticipationDecision:
    assert what in ("in", "out")
    return ParticipationDecision(code, "in" if what == "in" else "out", "专题研究", document)


def run(rows: list[dict[str, object]], *made: ParticipationDecision) -> Evaluation:
    return evaluate(policy(POLICY), dataset(rows), inputs=EvaluationInputs(made))


def state_of(result: Evaluation, code: str) -> tuple[str, tuple[str, ...], object]:
    row = result.row_of(code)
    assert row is not None
    return str(result.participation[row]), result.reasons[row], result.grade[row]


def with_one(**changes: object) -> tuple[list[dict[str, object]], str]:
    rows = [dict(row) for row in fixed_rows(21)]
    rows[4].update(changes)
    return rows, str(rows[4]["uscc"])


def test_out_keeps_an_enterprise_from_being_evaluated() -> None:
    rows, code = with_one()
    before, after = run(rows), run(rows, decide(code, "out"))
    assert state_of(before, code)[0] == "evaluated"
    assert state_of(after, code) == ("exempt", ("人工决定：专题研究（纪要〔示意〕1号）",), None)
    one_less = run([row for row in rows if row["uscc"] != code])
    for row in range(one_less.size):
        other = str(one_less.uscc[row])
        assert one_less.enterprise_json(row) == after.enterprise_json(after.row_of(other) or 0)


def test_out_leaves_the_reason_of_those_who_are_out_anyway() -> None:
    rows, code = with_one(scale="规下")
    state, reasons, _grade = state_of(run(rows, decide(code, "out", None)), code)
    assert state == "out_of_scope"
    assert reasons == ("人工决定：专题研究", "不是规上企业")


def test_in_overrides_scope_and_transition_and_says_so() -> None:
    rows, code = with_one(industry_code="4411")
    state, reasons, grade = state_of(run(rows, decide(code, "in")), code)
    assert state == "evaluated"
    assert grade is not None
    assert reasons[0] == "人工决定参评：专题研究（纪要〔示意〕1号）"
    assert reasons[1].startswith("按办法应为“不在范围”（不是制造业企业")


def test_in_settles_what_an_empty_cell_leaves_open() -> None:
    rows, code = with_one(production_started_on=None)
    assert state_of(run(rows), code)[0] == "undecided"
    state, reasons, _grade = state_of(run(rows, decide(code, "in")), code)
    assert state == "evaluated"
    assert "待核" in reasons[1]


def test_in_does_not_help_where_the_group_is_not_known() -> None:
    rows, code = with_one(zone=None)
    state, reasons, grade = state_of(run(rows, decide(code, "in")), code)
    assert (state, grade) == ("undecided", None)
    assert reasons[0].startswith("人工决定参评")
    assert "“园区”为空" in reasons[-1]


def test_decisions_are_part_of_the_results() -> None:
    rows, code = with_one()
    plain, decided = run(rows), run(rows, decide(code, "in"))
    assert plain.inputs.is_empty
    assert b'"inputs"' not in plain.canonical_bytes()
    assert decided.inputs.decisions == (decide(code, "in"),)
    assert decided.canonical_bytes() != plain.canonical_bytes()
    assert EvaluationInputs.from_json(decided.inputs.as_json()) == decided.inputs


def test_a_decision_about_somebody_else_changes_nothing() -> None:
    rows, _code = with_one()
    assert list(run(rows, decide("没有", "out")).grade) == list(run(rows).grade)


def test_the_order_of_rows_makes_no_difference() -> None:
    rows, code = with_one()
    first = run(rows, decide(code, "out"))
    again = run(rows[::-1], decide(code, "out"))
    assert list(again.grade[::-1]) == list(first.grade)


def test_the_preview_agrees_with_an_evaluation() -> None:
    rows, _code = with_one(zone=None)
    rows[7]["scale"] = "规下"
    table = dataset(rows)
    states, reasons = participation_of(policy(POLICY), table)
    result = run(rows)
    assert list(states) == list(result.participation)
    assert [tuple(r) for r in reasons] == list(result.reasons)
    assert np.sum(states == Participation.EVALUATED) == 19


def test_the_sentence_names_the_decision() -> None:
    rows, code = with_one()
    result = run(rows, decide(code, "out"))
    assert why(policy(POLICY), result, result.row_of(code) or 0) == (
        "免评：人工决定：专题研究（纪要〔示意〕1号）。"
    )
