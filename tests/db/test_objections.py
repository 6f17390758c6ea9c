"""Objections: received, decided, and what an accepted figure leads to."""

from __future__ import annotations

import pytest

from tests.helpers.adjudicating import HAND, PERIOD, code_in, image
from tests.helpers.departments import code as valid_code
from zoneeval import engine
from zoneeval.errors import InputError, PolicyError, WorkspaceError
from zoneeval.model.adjudication import RunStatus
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace


def test_an_accepted_objection_makes_corrected_data_and_a_linked_run(ws: Workspace, city) -> None:
    code = code_in(ws, "C")
    operations.start_publicity(ws, **PERIOD)
    operations.override_grade(ws, code_in(ws, "B"), "A", **HAND)
    other = operations.add_objection(
        ws, city.code(5), subject="排放数据", content="有出入", on="2025-06-04"
    )
    made = operations.add_objection(
        ws, code, subject="税收实际贡献", content="漏计一笔", on="2025-06-04", claimed="5000",
        claimant="张某", evidence="完税证明",
    )  # fmt: skip
    stated = {d.uscc: d for d in operations.enterprise_data(ws, 2024)}[code].values["tax_paid"]
    assert (made.subject, made.stated_value, made.claimed_value) == ("tax_paid", stated.value, 5000)
    before = image(ws)
    outcome = operations.decide_objection(
        ws, made.id, "accepted", on="2025-06-05", by="评价办", document="答复〔示意〕1号",
        answer="予以更正",
    )  # fmt: skip
    run = outcome.run
    assert run is not None
    assert (run.id, run.year, run.dataset_version) == (3, 2024, 2)
    assert (outcome.objection.dataset_id, outcome.objection.new_run_id) == (run.dataset_id, 3)
    value = {d.uscc: d for d in operations.enterprise_data(ws, 2024)}[code].values["tax_paid"]
    assert value.value == 5000
    assert value.source is not None
    assert value.source.place == f"异议处理台账（异议）第 {made.id} 行"
    assert "按第 2 号异议更正" in operations.dataset_version(ws, run.dataset_id).note
    steps = operations.adjudication(ws, 3)
    assert (steps.status, steps.publicity_until) == (RunStatus.PUBLICITY, "2025-06-06")
    assert operations.overrides(ws, 3)[0].reason == "实地核查"
    assert outcome.comparison is not None
    moved = {row.move.uscc: (row.move.before, row.move.after) for row in outcome.comparison.changed}
    assert moved[code][0] == "C"
    assert operations.objection_changes(ws, made.id) == outcome.comparison
    old, new = operations.load_run(ws, 2), operations.load_run(ws, 3)
    at = new.dataset.text("uscc").tolist().index(code)
    for key in old.dataset.columns:
        same = [a == b or (a != a and b != b) for a, b in zip(
            old.dataset.columns[key], new.dataset.columns[key], strict=True)]  # fmt: skip
        assert [i for i, equal in enumerate(same) if not equal] in ([], [at])
    assert [check.ok for check in operations.verify(ws)] == [True] * 3
    with pytest.raises(InputError, match="由第 3 次评价接续"):
        operations.review_run(ws, 2, on="2025-06-09")
    assert operations.objection(ws, other.id).run_id == 3
    assert [one.id for one in operations.objections(ws, 3)] == [other.id, made.id]
    state = operations.run_state(ws, 3)
    assert (state.objections, state.open_objections, state.overrides) == (2, 1, 1)
    assert operations.run_state(ws, 2).replaced_by == 3
    operations.undo(ws)
    after = image(ws)
    assert after.pop("dataset")[:-1] == before.pop("dataset")
    assert after == before
    assert operations.adjudication(ws).run_id == 2
    assert [check.ok for check in operations.verify(ws)] == [True] * 3


def test_a_later_class_by_hand_is_not_of_the_objections_doing(ws: Workspace) -> None:
    code = code_in(ws, "C")
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, code, subject="tax_paid", content="漏计一笔", on="2025-06-04", claimed="5000"
    )
    outcome = operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="评价办")
    operations.override_grade(ws, code_in(ws, "B"), "A", **HAND)
    assert operations.objection_changes(ws, made.id) == outcome.comparison


def test_open_objections_keep_a_run_from_recognition(ws: Workspace, city) -> None:
    with pytest.raises(InputError, match="只有公示和复核期间可以登记异议"):
        operations.add_objection(ws, city.code(3), subject="税收", content="x", on="2025-06-03")
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, city.code(3), subject="类别", content="偏低", on="2025-06-03"
    )
    operations.review_run(ws, on="2025-06-09")
    with pytest.raises(InputError, match="还有 1 件异议没有处理，不能认定"):
        operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    with pytest.raises(InputError, match="不是一项数据"):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-10", by="办", value=3)
    with pytest.raises(InputError, match="没有写不采纳的理由"):
        operations.decide_objection(ws, made.id, "refused", on="2025-06-10", by="办")
    with pytest.raises(InputError, match="早于收到日期"):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-01", by="办")
    outcome = operations.decide_objection(ws, made.id, "withdrawn", on="2025-06-10", by="办")
    assert (outcome.run, outcome.comparison) == (None, None)
    with pytest.raises(InputError, match=r"已于 2025-06-10 处理（撤回）"):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-10", by="办")
    operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    with pytest.raises(InputError, match="没有编号为 9 的异议"):
        operations.objection(ws, 9)


def test_a_correction_is_refused_with_other_data_in_between(ws: Workspace, city) -> None:
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, city.code(3), subject="tax_paid", content="少计", on="2025-06-03", claimed=500
    )
    with pytest.raises(InputError, match="没有需要更正的"):
        operations.decide_objection(
            ws, made.id, "accepted", on="2025-06-05", by="办", value=made.stated_value
        )
    with pytest.raises(InputError, match="值有误"):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="办", value="多")
    store_draft(ws, city.draft_of({2024: city.year_draft(2024, 25)}), [])
    with pytest.raises(InputError, match="又存入了 2024 年的数据"):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="办")
    assert operations.objection(ws, made.id).is_open


def test_a_failed_evaluation_leaves_no_trace(ws: Workspace, city, monkeypatch) -> None:
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, city.code(3), subject="tax_paid", content="少计", on="2025-06-03", claimed=500
    )
    before = image(ws)

    def broken(*_: object, **__: object) -> None:
        raise PolicyError("坏了")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "evaluate", broken)
        with pytest.raises(PolicyError):
            operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="办")
    assert image(ws) == before
    assert set(ws.loaded) <= {1, 2}
    outcome = operations.decide_objection(
        ws, made.id, "accepted", on="2025-06-05", by="办", value="501.5"
    )
    assert outcome.run is not None
    dataset = operations.load_run(ws, outcome.run.id).dataset
    at = dataset.text("uscc").tolist().index(city.code(3))
    assert dataset.number("tax_paid")[at] == 501.5


def test_objections_that_are_still_open_go_on_with_the_new_run(ws: Workspace, city) -> None:
    operations.start_publicity(ws, **PERIOD)
    first, second = (
        operations.add_objection(
            ws, city.code(i), subject="revenue", content="有误", on="2025-06-03", claimed=7000 + i
        )
        for i in (3, 4)
    )
    operations.decide_objection(ws, first.id, "accepted", on="2025-06-05", by="办")
    operations.review_run(ws, on="2025-06-09")
    outcome = operations.decide_objection(ws, second.id, "accepted", on="2025-06-10", by="办")
    assert outcome.run is not None
    assert (outcome.objection.run_id, outcome.run.id) == (3, 4)
    assert operations.adjudication(ws).status is RunStatus.REVIEW
    dataset = operations.load_run(ws, 4).dataset
    held = dict(zip(dataset.text("uscc"), dataset.number("revenue"), strict=True))
    assert (held[city.code(3)], held[city.code(4)]) == (7003, 7004)
    assert [one.new_run_id for one in operations.objections(ws, 4)] == [3, 4]
    operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    operations.publish_run(ws, on="2025-06-13")
    with pytest.raises(WorkspaceError, match="已经发布的第 4 次评价"):
        operations.undo(ws)
    assert [check.ok for check in operations.verify(ws)] == [True] * 4


def test_a_figure_under_a_code_given_up_is_corrected_where_it_stands(ws: Workspace, city) -> None:
    new = valid_code(90)
    operations.record_succession(ws, city.code(3), new, "rename")
    operations.evaluate(ws, year=2024, policy_ref=city.policy)
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, new, subject="tax_paid", content="少计", on="2025-06-03", claimed=900
    )
    assert made.stated_value == 100 + 37 * 3 + 4
    outcome = operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="办")
    assert outcome.run is not None
    run = operations.load_run(ws, outcome.run.id)
    assert run.dataset.size == operations.load_run(ws, 3).dataset.size
    at = run.dataset.text("uscc").tolist().index(new)
    assert run.dataset.number("tax_paid")[at] == 900


def test_a_run_of_withdrawn_data_goes_no_further(ws: Workspace, city) -> None:
    store_draft(ws, city.draft_of({2024: city.year_draft(2024)}), [])
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    operations.start_publicity(ws, **PERIOD)
    operations.undo(ws)
    operations.undo(ws)
    with pytest.raises(InputError, match="所用的数据已经撤回"):
        operations.start_publicity(ws, run.info.id, **PERIOD)


def test_a_sum_may_be_set_and_a_quotient_may_not(ws: Workspace, city) -> None:
    operations.start_publicity(ws, **PERIOD)
    land = operations.add_objection(
        ws, city.code(3), subject="用地面积", content="多算", on="2025-06-03", claimed=9.5
    )
    assert (land.subject, land.stated_value) == ("land_area", 13)
    ratio = operations.add_objection(
        ws, city.code(3), subject="亩均税收", content="偏低", on="2025-06-03", claimed=99
    )
    assert ratio.stated_value == pytest.approx(215 / 13)
    with pytest.raises(InputError, match="由其他数据相除得出，不能直接更正"):
        operations.decide_objection(ws, ratio.id, "accepted", on="2025-06-05", by="办")
    outcome = operations.decide_objection(ws, land.id, "accepted", on="2025-06-05", by="办")
    assert outcome.run is not None
    after = operations.load_run(ws, outcome.run.id).evaluation
    at = after.row_of(city.code(3))
    assert after.values["tax_per_mu"][at] == pytest.approx(215 / 9.5)
    again = operations.add_objection(
        ws, city.code(3), subject="land_area", content="仍有误", on="2025-06-05", claimed=9.5
    )
    with pytest.raises(InputError, match="没有需要更正的"):
        operations.decide_objection(ws, again.id, "accepted", on="2025-06-06", by="办")


@pytest.mark.parametrize(
    ("subject", "value", "words"),
    [
        ("uscc", "91419900MA0000004X", "不能按异议更正.*更换信用代码"),
        ("zone", "没有的园区", "没有名为“没有的园区”的园区"),
        ("industry_code", "铝", "行业代码“铝”有误"),
    ],
)
def test_a_correction_in_words_must_be_one_that_data_can_hold(
    ws: Workspace, city, subject: str, value: str, words: str
) -> None:
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, city.code(3), subject=subject, content="有误", on="2025-06-03"
    )
    before = image(ws)
    with pytest.raises(InputError, match=words):
        operations.decide_objection(ws, made.id, "accepted", on="2025-06-05", by="办", value=value)
    assert image(ws) == before


def test_another_zone_and_industry_may_be_the_right_ones(ws: Workspace, city) -> None:
    operations.start_publicity(ws, **PERIOD)
    for subject, value in (("zone", "西园"), ("industry_code", "3484")):
        made = operations.add_objection(
            ws, city.code(3), subject=subject, content="有误", on="2025-06-03"
        )
        outcome = operations.decide_objection(
            ws, made.id, "accepted", on="2025-06-05", by="办", value=value
        )
        assert outcome.run is not None
    row = operations.load_run(ws, None).evaluation.row_of(city.code(3))
    assert operations.load_run(ws, None).evaluation.zone[row] == "西园"


def test_recognition_does_not_go_before_the_decisions_that_it_rests_on(ws: Workspace, city) -> None:
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, city.code(3), subject="税收实际贡献", content="漏计", on="2025-06-03", claimed=500
    )
    operations.decide_objection(ws, made.id, "accepted", on="2025-06-20", by="办")
    operations.review_run(ws, on="2025-06-10")
    with pytest.raises(InputError, match="认定日期 2025-06-12 早于异议的处理日期 2025-06-20"):
        operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    operations.recognise_run(ws, on="2025-06-20", document="认定〔示意〕1号")
    operations.override_grade(ws, code_in(ws, "B"), "A", **{**HAND, "on": "2025-06-25"})
    with pytest.raises(InputError, match="发布日期 2025-06-21 早于人工调整的决定日期 2025-06-25"):
        operations.publish_run(ws, on="2025-06-21")
    operations.publish_run(ws, on="2025-06-25")


def test_a_class_by_hand_does_not_follow_who_is_not_evaluated_any_more(ws: Workspace, city) -> None:
    code, other = code_in(ws, "C"), code_in(ws, "B")
    operations.start_publicity(ws, **PERIOD)
    operations.override_grade(ws, code, "A", **HAND)
    operations.override_grade(ws, other, "A", **HAND)
    made = operations.add_objection(
        ws, code, subject="above_scale_since", content="新升规", on="2025-06-03"
    )
    outcome = operations.decide_objection(
        ws, made.id, "accepted", on="2025-06-05", by="办", value="2024-06-01"
    )
    assert outcome.run is not None
    final = operations.final_evaluation(ws, outcome.run.id)
    row = final.row_of(code)
    assert str(final.participation[row]) != "evaluated"
    assert final.grade[row] is None
    assert [one.uscc for one in operations.overrides(ws, outcome.run.id)] == [other]
