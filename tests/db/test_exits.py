"""The ledger of leaving and transformation: opened from a run, acted on, struck off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.helpers.adjudicating import HAND, code_in, published
from tests.helpers.departments import code as made_code
from zoneeval.errors import InputError
from zoneeval.model.exits import CaseKind, CaseState, ExitCase
from zoneeval.model.records import SourcedValue
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace

ON = "2025-06-20"


def image(ws: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the ledger."""
    tables = ("exit_case", "exit_step")
    return {t: ws.conn.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in tables}


def test_there_are_as_many_cases_as_the_published_run_has_in_the_class(ws: Workspace) -> None:
    operations.override_grade(ws, code_in(ws, "B"), "C", **HAND)
    operations.override_grade(ws, code_in(ws, "C"), "B", **HAND)
    run = published(ws)
    done = operations.open_exit_cases(ws, on=ON)
    cases = operations.exit_cases(ws)
    final = operations.final_evaluation(ws, run)
    assert len(cases) == final.counts()["C"] == len(done.opened)
    assert {case.uscc for case in cases} == {
        code for code, grade in zip(final.uscc, final.grade, strict=True) if grade == "C"
    }
    assert {case.opened_by_run for case in cases} == {run}
    assert done.note == ""
    moved = next(case for case in cases if case.uscc == code_in(ws, "B"))
    assert moved.reasons == (
        f"2024 年评为 C 类（第 {run} 次评价）：人工调整：实地核查（纪要〔示意〕3号）",
    )
    before = image(ws)
    again = operations.open_exit_cases(ws, on="2025-07-01")
    assert (again.opened, [case.id for case in again.confirmed]) == ((), [c.id for c in cases])
    assert image(ws) == before
    assert operations.last_operations(ws, 1)[0].label == (
        f"退出转型立案（2024 年第 {run} 次评价）：新立 {len(cases)} 户，延续 0 户"
    )


def test_the_next_year_keeps_open_cases_and_names_who_has_left_the_class(ws: Workspace) -> None:
    first = operations.open_exit_cases(ws, 1, on="2024-06-01")
    assert "还没有发布" in first.note
    operations.override_grade(ws, code_in(ws, "C", 2), "B", **HAND)
    second = operations.open_exit_cases(ws, 2, on=ON)
    now = operations.final_evaluation(ws, 2)
    listed = {c for c, g in zip(now.uscc, now.grade, strict=True) if g == "C"}
    assert {case.uscc for case in (*second.opened, *second.confirmed)} == listed
    assert {case.uscc for case in operations.exit_cases(ws, run_id=2)} == listed
    assert len(operations.exit_cases(ws, run_id=2)) == len(listed)
    assert all(len(case.reasons) == 2 and case.opened_by_run == 1 for case in second.confirmed)
    assert {case.uscc for case in second.left} == {c.uscc for c in first.opened} - listed
    assert second.left
    assert operations.left_cases(ws, 2) == list(second.left)


def test_a_case_follows_an_enterprise_to_its_new_code(ws: Workspace, city: Any) -> None:
    first = operations.open_exit_cases(ws, on=ON)
    case = first.opened[0]
    assert case.uscc is not None
    new = made_code(77)
    operations.record_succession(ws, case.uscc, new, "new_code")
    assert (
        operations.exit_cases(ws, uscc=new) == operations.exit_cases(ws, uscc=case.uscc) == [case]
    )
    assert operations.exit_cases(ws, uscc=code_in(ws, "A")) == []
    again = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    done = operations.open_exit_cases(ws, on="2025-07-01")
    assert (done.info.id, done.opened, done.left) == (again.info.id, (), ())
    assert [one.id for one in done.confirmed] == [one.id for one in first.opened]
    figures = operations.case_figures(ws, done.confirmed)
    assert all(one.land_area is not None for one in figures.values())


def test_who_has_stopped_gets_a_case_when_asked_for(ws: Workspace, city: Any) -> None:
    low, other = code_in(ws, "C"), code_in(ws, "A")
    draft = city.year_draft(2024)
    for code, state in ((low, "停产"), (other, "半停产")):
        draft.values[code]["operating_status"] = SourcedValue(state, city.cell(5, "H"))
    store_draft(ws, city.draft_of({2024: draft}), [])
    operations.evaluate(ws, year=2024, policy_ref=city.policy)
    plain = operations.open_exit_cases(ws, on=ON)
    assert plain.stopped == 1
    assert all(case.kind is CaseKind.CLASS for case in plain.opened)
    mine = next(case for case in plain.opened if case.uscc == low)
    assert mine.reasons[1] == "2024 年生产状态：停产"
    more = operations.open_exit_cases(ws, on=ON, stopped=True)
    assert [(case.uscc, case.kind, case.reasons) for case in more.opened] == [
        (other, CaseKind.HALF_STOPPED, ("2024 年生产状态：半停产",))
    ]
    assert more.stopped == 0


def test_a_case_is_planned_acted_on_and_struck_off_and_every_step_is_undone(
    ws: Workspace,
) -> None:
    images = [image(ws)]
    number = operations.open_exit_cases(ws, on=ON).opened[0].id
    images.append(image(ws))
    operations.update_exit_case(
        ws, number, path="兼并重组", responsible="〔示意〕工信局", due="2025-12-31"
    )
    assert operations.exit_case(ws, number).state is CaseState.ACTING
    images.append(image(ws))
    step = operations.add_exit_step(ws, number, "签订重组协议", due="2025-08-31")
    images.append(image(ws))
    with pytest.raises(InputError, match="还有 1 个步骤没有完成（签订重组协议）"):
        close(ws, number)
    operations.finish_exit_step(ws, step.id, on="2025-08-20", evidence="协议〔示意〕1号")
    images.append(image(ws))
    done = close(ws, number, freed_land=12.5)
    assert (done.state, done.closed_on, done.freed_land, done.freed_energy) == (
        CaseState.CLOSED, "2025-09-01", 12.5, None,
    )  # fmt: skip
    with pytest.raises(InputError, match="已销号（2025-09-01），不能再改"):
        operations.update_exit_case(ws, number, note="改")
    images.append(image(ws))
    assert operations.open_exit_cases(ws, on="2025-09-02").opened == ()
    operations.reopen_exit_case(ws, number, reason="协议解除")
    back = operations.exit_case(ws, number)
    assert (back.state, back.freed_land, back.document) == (CaseState.ACTING, None, None)
    while images:
        operations.undo(ws)
        assert image(ws) == images.pop()
    assert all(check.ok for check in operations.verify(ws))


def close(ws: Workspace, number: int, on: str = "2025-09-01", **more: float) -> Any:
    """Strike a case off."""
    return operations.close_exit_case(
        ws, number, on=on, outcome="被并购，腾出土地", document="批复〔示意〕2号", **more
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"path": "关停"}, "处置路径“关停”无法识别"),
        ({"due": "2025-06-01"}, "早于立案日期"),
        ({"due": "明年"}, "不是日期"),
        ({}, "没有写要改什么"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    ws: Workspace, change: dict[str, str], words: str
) -> None:
    number = operations.open_exit_cases(ws, on=ON).opened[0].id
    before = image(ws)
    with pytest.raises(InputError, match=words):
        operations.update_exit_case(ws, number, **change)
    assert image(ws) == before


def test_the_record_names_only_what_a_plan_changes(ws: Workspace) -> None:
    case = operations.open_exit_cases(ws, on=ON, responsible="〔示意〕工信局").opened[0]
    given = {"path": "技改", "responsible": "〔示意〕工信局", "due": "", "note": ""}
    operations.update_exit_case(ws, case.id, **given)
    label = operations.last_operations(ws, 1)[0].label
    assert label == f"退出转型第 {case.id} 号（{case.subject}）：处置路径：技改"
    with pytest.raises(InputError, match="没有改动"):
        operations.update_exit_case(ws, case.id, **given)


def test_a_case_is_not_struck_off_without_way_result_or_document(ws: Workspace) -> None:
    number = operations.open_exit_cases(ws, on=ON).opened[0].id
    with pytest.raises(InputError, match="还没有选定处置路径"):
        close(ws, number)
    operations.update_exit_case(ws, number, path="技改")
    given = {"on": "2025-09-01", "outcome": "完成", "document": "批复"}
    for key, words in (("outcome", "没有写.*处置结果"), ("document", "销号依据文件")):
        with pytest.raises(InputError, match=words):
            operations.close_exit_case(ws, number, **{**given, key: " "})
    with pytest.raises(InputError, match="腾出土地（亩）应为 0 或正数"):
        close(ws, number, freed_land=-1.0)
    with pytest.raises(InputError, match="早于立案日期"):
        close(ws, number, on="2025-06-01")
    with pytest.raises(InputError, match="没有编号为 999 的事项"):
        close(ws, 999)


def test_projects_and_land_are_entered_by_hand_once(ws: Workspace) -> None:
    made = operations.add_exit_case(
        ws, "〔示意〕新材料项目", CaseKind.PROJECT, reason="停建两年", on=ON, zone="东园"
    )
    assert (made.uscc, made.kind.label, made.state.label) == (None, "停建缓建项目", "待处置")
    with pytest.raises(InputError, match=f"已在台账中（第 {made.id} 号）"):
        operations.add_exit_case(ws, "〔示意〕新材料项目", CaseKind.PROJECT, reason="停建", on=ON)
    with pytest.raises(InputError, match="须写统一社会信用代码"):
        operations.add_exit_case(ws, "某企业", CaseKind.CLASS, reason="低效", on=ON)
    operations.cancel_exit_case(ws, made.id, on="2025-07-01", reason="恢复建设")
    assert operations.exit_case(ws, made.id).state is CaseState.CANCELLED
    assert operations.case_figures(ws, [made])[made.id].land_area is None


def test_what_is_overdue_and_due_soon_is_listed_most_urgent_first(ws: Workspace) -> None:
    first, second, third = (case.id for case in many(ws)[:3])
    operations.update_exit_case(ws, first, due="2025-07-10")
    operations.update_exit_case(ws, second, due="2025-07-31")
    operations.update_exit_case(ws, third, due="2025-12-31")
    step = operations.add_exit_step(ws, third, "评估", due="2025-06-30")
    found = operations.exit_due(ws, "2025-07-11", 20)
    assert [(one.case.id, one.step and one.step.id, one.days_left) for one in found] == [
        (third, step.id, -11), (first, None, -1), (second, None, 20),
    ]  # fmt: skip
    operations.finish_exit_step(ws, step.id, on="2025-07-11", evidence="报告")
    operations.cancel_exit_case(ws, first, on="2025-07-11", reason="误列")
    assert [one.case.id for one in operations.exit_due(ws, "2025-07-11", 20)] == [second]


def many(ws: Workspace) -> list[ExitCase]:
    """Open cases of which some zone has two: three more enterprises are put into C."""
    evaluation = operations.load_run(ws).evaluation
    middle = [c for c, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g == "B"]
    for code in middle[:3]:
        operations.override_grade(ws, code, "C", **HAND)
    return list(operations.open_exit_cases(ws, on=ON).opened)


def closed_three(ws: Workspace) -> list[int]:
    """Strike off three cases: two of one zone and year, one of the next year."""
    opened = many(ws)
    zones: dict[str | None, list[int]] = {}
    for case in opened:
        zones.setdefault(case.zone, []).append(case.id)
    mine = next(numbers for numbers in zones.values() if len(numbers) > 1)[:2]
    zone = operations.exit_case(ws, mine[0]).zone
    other = next(case.id for case in opened if case.zone != zone)
    for number in (*mine, other):
        operations.update_exit_case(ws, number, path="回购")
    close(ws, mine[0], freed_land=10.5, people=3.0)
    close(ws, mine[1], on="2025-10-08", people=2.0)
    close(ws, other, on="2026-01-05", freed_land=4.0, freed_energy=7.0)
    return [*mine, other]


def test_what_was_freed_is_summed_and_unknown_parts_are_counted(ws: Workspace) -> None:
    first, _, third = closed_three(ws)
    zone, other = operations.exit_case(ws, first).zone, operations.exit_case(ws, third).zone
    one, two = operations.freed(ws)
    assert (one.year, one.zone, one.cases) == (2025, zone, 2)
    assert (one.land.value, one.land.missing) == (10.5, 1)
    assert (one.energy.value, one.energy.missing) == (None, 2)
    assert (one.people.value, one.people.missing) == (5.0, 0)
    assert (two.year, two.zone, two.land.value) == (2026, other, 4.0)
    assert operations.freed(ws, 2026) == [two]
    assert zone is not None
    assert [(c.key, c.value, c.how) for c in operations.freed_changes(ws, zone, 2024)] == [
        ("industrial_land", -10.5, "add"), ("built_area", -10.5, "add"),
    ]  # fmt: skip
    assert operations.freed_changes(ws, zone, 2025) == ()
    tried = operations.freed_what_if(ws, zone, 2024, "illustrative-six-stars")
    (land,) = (one for one in tried.report.changes if one.key == "industrial_land")
    assert land.before is not None
    assert land.after == pytest.approx(land.before - 10.5)
    with pytest.raises(InputError, match="没有可以试算的"):
        operations.freed_what_if(ws, zone, 2025, "illustrative-six-stars")
    effects = operations.effects(ws)
    assert [(e.year, e.grade, e.cases, e.land.value) for e in effects] == [
        (2025, "C", 2, 10.5), (2026, "C", 1, 4.0),
    ]  # fmt: skip
    assert effects[0].charged is None


def test_the_ledger_of_a_month_shows_the_state_at_its_end(ws: Workspace, tmp_path: Path) -> None:
    first, second, third = closed_three(ws)
    step_owner = next(c.id for c in operations.exit_cases(ws, state=CaseState.OPEN))
    operations.update_exit_case(ws, step_owner, due="2025-09-20")
    out = tmp_path / "台账.xlsx"
    operations.export_exit_ledger(ws, out, "2025-09")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["退出转型台账", "本月进展", "逾期和临期", "腾出资源汇总"]
    ledger = table(book["退出转型台账"], "序号")
    states = {row["编号"]: row["状态"] for row in ledger}
    assert (states[first], states[second], states[third]) == ("已销号", "处置中", "处置中")
    assert {row["腾出土地（亩）"] for row in ledger} == {10.5, "—"}
    progress = table(book["本月进展"], "序号")
    assert [(row["日期"], row["事项"]) for row in progress] == [("2025-09-01", "销号")]
    due = table(book["逾期和临期"], "序号")
    assert [row["情况"] for row in due] == ["逾期 10 天"]
    (freed, total) = table(book["腾出资源汇总"], "时间")
    assert (freed["时间"], freed["腾出土地（亩）"], freed["销号（件）"]) == ("本月", 10.5, 1)
    assert (total["时间"], total["腾出用能（吨标准煤）"]) == ("本年累计", "—")
    text = "".join(str(c.value) for row in book["退出转型台账"].iter_rows() for c in row if c.value)
    assert "填报单位（盖章）" in text
    operations.export_exit_ledger(ws, out, "2026-01")
    later = table(openpyxl.load_workbook(out)["退出转型台账"], "序号")
    assert first not in {row["编号"] for row in later}
    with pytest.raises(InputError, match="月份“2025-13”不成立"):
        operations.export_exit_ledger(ws, out, "2025-13")


def table(sheet: Any, heading: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet's table by heading."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(i for i, row in enumerate(rows) if row[0] == heading)
    rows[at] = [str(name).replace("\n", "") for name in rows[at]]
    found = []
    for row in rows[at + 1 :]:
        if row[1] is None:
            break
        found.append(dict(zip(rows[at], row, strict=True)))
    return found


def test_candidates_are_the_best_class_and_the_next_under_a_condition(
    ws: Workspace, tmp_path: Path
) -> None:
    counts = operations.load_run(ws).evaluation.counts()
    assert {one.grade for one in operations.upgrade_candidates(ws)} == {"A"}
    operations.set_upgrade_condition(ws, "revenue >= 5000")
    found = operations.upgrade_candidates(ws)
    run = operations.load_run(ws)
    revenue = dict(zip(run.dataset.text("uscc"), run.dataset.number("revenue"), strict=True))
    grade = dict(zip(run.evaluation.uscc, run.evaluation.grade, strict=True))
    assert {one.uscc for one in found if one.grade == "B"} == {
        code for code in revenue if grade[code] == "B" and revenue[code] >= 5000
    }
    assert sum(one.grade == "A" for one in found) == counts["A"]
    operations.set_upgrade_condition(ws, "electricity_use > 5")
    assert {one.suits for one in operations.upgrade_candidates(ws) if one.grade == "B"} == {None}
    with pytest.raises(InputError, match="“profits”不是数据项"):
        operations.set_upgrade_condition(ws, "profits > 1")
    out = tmp_path / "备选.xlsx"
    operations.export_candidates(ws, out)
    rows = table(openpyxl.load_workbook(out).active, "序号")
    assert len(rows) == counts["A"] + counts["B"]


def test_a_case_that_loses_its_way_waits_again(ws: Workspace) -> None:
    number = operations.open_exit_cases(ws, on=ON).opened[0].id
    operations.update_exit_case(ws, number, path="技改")
    assert operations.update_exit_case(ws, number, path="").state is CaseState.OPEN


def test_what_is_struck_off_must_fit_the_case(ws: Workspace) -> None:
    number = operations.open_exit_cases(ws, on=ON).opened[0].id
    operations.update_exit_case(ws, number, path="技改")
    step = operations.add_exit_step(ws, number, "签订协议")
    operations.finish_exit_step(ws, step.id, on="2025-09-10", evidence="协议")
    with pytest.raises(InputError, match="销号日期 2025-09-01 早于步骤“签订协议”的完成日期"):
        close(ws, number)
    with pytest.raises(InputError, match="安置人数（人）应为整数"):
        close(ws, number, on="2025-09-10", people=1.5)
    assert close(ws, number, on="2025-09-10", people=3.0).people == 3


def test_a_case_by_hand_is_of_a_known_zone_and_a_real_code(ws: Workspace, city: Any) -> None:
    with pytest.raises(InputError, match="没有名为“北园”的园区"):
        operations.add_exit_case(ws, "项目", CaseKind.PROJECT, reason="停建", on=ON, zone="北园")
    with pytest.raises(InputError, match="信用代码“123”不对"):
        operations.add_exit_case(ws, "厂", CaseKind.STOPPED, reason="停产", on=ON, uscc="123")
    there = operations.open_exit_cases(ws, on=ON).opened[0]
    assert there.uscc is not None
    with pytest.raises(InputError, match=f"已在台账中（第 {there.id} 号）"):
        operations.add_exit_case(
            ws, "又一次", CaseKind.STOPPED, reason="停产", on=ON, uscc=there.uscc
        )
    land = operations.add_exit_case(
        ws, "地块", CaseKind.LAND, reason="低效", on=ON, uscc=there.uscc
    )
    assert land.zone == there.zone


def test_what_was_struck_off_is_not_opened_again_by_a_superseding_run(ws: Workspace) -> None:
    old = published(ws)
    case = operations.open_exit_cases(ws, on=ON).opened[0]
    operations.update_exit_case(ws, case.id, path="技改")
    close(ws, case.id)
    new = operations.supersede(ws, old, "更正名称").run_id
    done = operations.open_exit_cases(ws, new, on="2025-10-01")
    assert done.opened == ()
    assert case.id in [one.id for one in done.confirmed]
    assert operations.exit_case(ws, case.id).state is CaseState.CLOSED
    final = operations.final_evaluation(ws, new)
    assert len(operations.exit_cases(ws, run_id=new)) == final.counts()["C"]
