"""A run from trial to publication: order, dates, adjustments by hand, and the lock."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.helpers.adjudicating import (
    HAND,
    PERIOD,
    code_in,
    image,
    published,
    recognised,
    sheet_text,
)
from zoneeval.errors import InputError, WorkspaceError
from zoneeval.model.adjudication import RunStatus
from zoneeval_db import operations
from zoneeval_db.deciding.publication import refuse_published
from zoneeval_db.storage.workspace import Workspace


def test_the_steps_come_one_after_the_other_with_dates_and_documents(ws: Workspace) -> None:
    assert operations.adjudication(ws).status is RunStatus.TRIAL
    made, note = operations.start_publicity(ws, **PERIOD, document="公示〔示意〕1号")
    assert (made.publicity_until, made.publicity_days) == ("2025-06-06", 5)
    assert "只按周末计算" in note
    operations.review_run(ws, on="2025-06-09")
    operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    done = operations.publish_run(ws, on="2025-06-13", document="公告〔示意〕1号")
    assert done.is_locked
    assert (done.reviewed_on, done.recognised_on, done.published_on) == (
        "2025-06-09", "2025-06-12", "2025-06-13",
    )  # fmt: skip
    assert (done.publicity_document, done.recognition_document, done.publication_document) == (
        "公示〔示意〕1号", "认定〔示意〕1号", "公告〔示意〕1号",
    )  # fmt: skip
    labels = [entry.label for entry in reversed(operations.last_operations(ws, 4))]
    assert labels == [
        "2024 年第 2 次评价开始公示：2025-06-02 至 2025-06-06，5 个工作日",
        "2024 年第 2 次评价转入复核",
        "2024 年第 2 次评价转入认定（认定〔示意〕1号）",
        "2024 年第 2 次评价转入发布（公告〔示意〕1号）",
    ]
    assert [check.ok for check in operations.verify(ws)] == [True, True]


def test_a_step_out_of_order_or_too_early_is_refused(ws: Workspace) -> None:
    before = image(ws)
    with pytest.raises(InputError, match="现在处于“试算”，下一步是“公示”，不能转入“认定”"):
        operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    with pytest.raises(InputError, match="没有写公示多少个工作日"):
        operations.start_publicity(ws, on="2025-06-02")
    with pytest.raises(InputError, match="早于开始日期"):
        operations.start_publicity(ws, on="2025-06-02", until="2025-06-01")
    with pytest.raises(InputError, match="只有 4 个工作日，不足 5 个"):
        operations.start_publicity(ws, on="2025-06-02", until="2025-06-05", days=5)
    assert image(ws) == before
    operations.start_publicity(ws, on="2025-06-02", until="2025-06-09", days=5)
    assert operations.adjudication(ws).publicity_days == 6
    with pytest.raises(InputError, match="公示到 2025-06-09 才结束，2025-06-09 不能转入复核"):
        operations.review_run(ws, on="2025-06-09")
    operations.review_run(ws, on="2025-06-10")
    with pytest.raises(InputError, match="没有写认定文件"):
        operations.recognise_run(ws, on="2025-06-12", document=" ")
    with pytest.raises(InputError, match="早于复核日期"):
        operations.recognise_run(ws, on="2025-06-09", document="认定〔示意〕1号")


def test_every_step_until_publication_is_taken_back_to_the_former_rows(ws: Workspace, city) -> None:
    images = [image(ws)]
    operations.set_holidays(ws, "2025-06-02", None, "off", "示意")
    images.append(image(ws))
    operations.start_publicity(ws, **PERIOD)
    images.append(image(ws))
    operations.override_grade(ws, code_in(ws, "C"), "B", **HAND)
    images.append(image(ws))
    number = operations.add_objection(
        ws, city.code(3), subject="tax_paid", content="少计", on="2025-06-03", claimed=500
    ).id
    images.append(image(ws))
    operations.decide_objection(ws, number, "refused", on="2025-06-05", by="评价办", answer="不符")
    images.append(image(ws))
    operations.review_run(ws, on="2025-06-10")
    images.append(image(ws))
    operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    for former in reversed(images):
        operations.undo(ws)
        assert image(ws) == former


def test_a_class_by_hand_stands_beside_the_computed_one(ws: Workspace, tmp_path: Path) -> None:
    code = code_in(ws, "C")
    rules = operations.load_run(ws).evaluation
    made = operations.override_grade(ws, code, "B", **HAND)
    assert (made.grade, made.approver) == ("B", "联席会议")
    final = operations.final_evaluation(ws)
    row = final.row_of(code)
    assert (final.grade[row], final.computed_grade[row]) == ("B", rules.computed_grade[row])
    assert operations.load_run(ws).evaluation.grade[row] == "C"
    out = tmp_path / "退出.xlsx"
    operations.export_exit(ws, out)
    listed = {c.value for line in openpyxl.load_workbook(out).active.iter_rows() for c in line}
    assert code not in listed
    assert operations.run_state(ws).counts == final.counts()
    left = {str(final.uscc[i]) for i in range(final.size) if final.grade[i] == "C"}
    assert left
    assert left <= listed
    results = tmp_path / "结果.xlsx"
    operations.export_results(ws, results)
    rows = sheet_text(results, "全部企业")
    head = next(row for row in rows if row[0] == "序号")
    (mine,) = [dict(zip(head, row, strict=True)) for row in rows if row[2] == code]
    assert mine["最终类别"] == "B"
    assert mine["说明"].endswith("人工调整为 B 类：实地核查（纪要〔示意〕3号）")
    assert any(code in row for row in sheet_text(results, "B类"))
    operations.remove_override(ws, code)
    assert operations.final_evaluation(ws).grade[row] == "C"
    with pytest.raises(InputError, match="不需要取消"):
        operations.remove_override(ws, code)


def test_an_override_needs_a_class_a_document_and_an_evaluated_enterprise(
    ws: Workspace, city
) -> None:
    code = code_in(ws, "C")
    with pytest.raises(InputError, match="中没有“Z”类"):
        operations.override_grade(ws, code, "Z", **HAND)
    with pytest.raises(InputError, match="按办法评出的就是 C 类"):
        operations.override_grade(ws, code, "C", **HAND)
    with pytest.raises(InputError, match="的依据文件"):
        operations.override_grade(ws, code, "B", **{**HAND, "document": " "})
    with pytest.raises(InputError, match="中没有信用代码为“X”的企业"):
        operations.override_grade(ws, "X", "B", **HAND)
    operations.set_participation(ws, 2024, code, "out", "停产整治")
    operations.evaluate(ws, year=2024, policy_ref=city.policy)
    with pytest.raises(InputError, match="没有参评"):
        operations.override_grade(ws, code, "B", **HAND)
    assert operations.overrides(ws, 3) == []


def test_the_years_in_a_class_follow_the_final_classes_of_runs_in_force(
    ws: Workspace, city
) -> None:
    code = code_in(ws, "C")
    before = operations.consecutive_years(ws, 2)
    assert before[code] == 2
    operations.override_grade(ws, code, "B", run_id=1, **HAND)
    assert operations.consecutive_years(ws, 2)[code] == 1
    recognised(ws, 1)
    operations.publish_run(ws, 1, on="2025-06-13")
    operations.evaluate(ws, year=2023, policy_ref=city.policy)
    assert operations.consecutive_years(ws, 2)[code] == 1
    assert operations.published_run(ws, 2023) == operations.list_run(ws, 1)


def test_a_published_run_is_locked(ws: Workspace, city) -> None:
    code = code_in(ws, "C")
    operations.override_grade(ws, code, "B", **HAND)
    run_id = published(ws)
    before = image(ws)
    with pytest.raises(InputError, match="发布并锁定"):
        operations.remove_override(ws, code)
    with pytest.raises(InputError, match="发布并锁定"):
        operations.add_objection(ws, code, subject="类别", content="x", on="2025-06-20")
    with pytest.raises(InputError, match="发布并锁定"):
        operations.publish_run(ws, on="2025-06-14")
    with pytest.raises(WorkspaceError, match="涉及已经发布的第 2 次评价，不能撤销"):
        operations.undo(ws)
    assert image(ws) == before
    operations.evaluate(ws, year=2024, policy_ref=city.policy)
    assert operations.list_run(ws).id == run_id
    assert operations.final_run(ws).evaluation.grade[
        operations.final_run(ws).evaluation.row_of(code)
    ] == "B"  # fmt: skip
    with pytest.raises(InputError, match="请先登记由第 3 次评价接替它"):
        operations.start_publicity(ws, **PERIOD)
    operations.set_participation(ws, 2024, code, "out", "以后的决定")
    assert operations.undo(ws).label.startswith("决定")


def test_data_of_a_published_run_is_not_withdrawn(ws: Workspace) -> None:
    published(ws)
    made = ws.conn.execute(
        "SELECT table_name, pk, before, after FROM change WHERE table_name = 'dataset'"
    ).fetchall()
    with pytest.raises(WorkspaceError, match="不能撤销"):
        refuse_published(ws, "导入", made)


def test_a_superseding_run_is_adjudicated_anew_and_then_in_force(ws: Workspace, city) -> None:
    with pytest.raises(InputError, match="还没有发布，可以直接更改"):
        operations.supersede(ws, 2, "有误")
    published(ws)
    with pytest.raises(InputError, match="没有写接替的理由"):
        operations.supersede(ws, 2, " ")
    with pytest.raises(InputError, match="年度或园区范围不同"):
        operations.supersede(ws, 2, "有误", by=1)
    made = operations.supersede(ws, 2, "审计发现一户数据有误")
    assert (made.run_id, made.status, made.supersedes) == (3, RunStatus.TRIAL, 2)
    assert operations.list_run(ws).id == 2
    recognised(ws, 3)
    assert operations.undo(ws).label.endswith("转入认定（认定〔示意〕1号）")
    operations.recognise_run(ws, 3, on="2025-06-12", document="认定〔示意〕2号")
    operations.publish_run(ws, 3, on="2025-06-20")
    assert operations.list_run(ws).id == 3
    assert operations.run_state(ws, 2).superseded_by == 3
    with pytest.raises(InputError, match="已由第 3 次评价接替"):
        operations.supersede(ws, 2, "再改")
    assert [check.ok for check in operations.verify(ws)] == [True] * 3


def test_altering_a_step_by_hand_is_noticed(ws: Workspace) -> None:
    published(ws)
    ws.conn.execute("UPDATE adjudication SET published_on = '2025-01-01'")
    assert any(
        "评价程序" in words for check in operations.verify(ws) for words in check.differences
    )


def test_the_public_list_has_no_confidential_value_and_the_full_list_has_all(
    ws: Workspace, tmp_path: Path
) -> None:
    code = code_in(ws, "C")
    operations.start_publicity(ws, **PERIOD, document="公示〔示意〕1号")
    operations.override_grade(ws, code, "B", **HAND)
    operations.add_objection(ws, code, subject="tax_paid", content="漏计", on="2025-06-03")
    public, ranked, full = (tmp_path / f"{name}.xlsx" for name in ("公示", "排名", "完整"))
    operations.export_public_list(ws, public)
    operations.export_public_list(ws, ranked, more=["score", "rank"])
    operations.export_full_list(ws, full)
    rows = sheet_text(public, "公示表")
    at = next(i for i, row in enumerate(rows) if row[0] == "序号")
    assert rows[at] == ["序号", "企业名称", "统一社会信用代码", "园区", "类别"]
    assert any("2025-06-02 至 2025-06-06（5 个工作日）" in str(row[0]) for row in rows[:at])
    assert {row[2]: row[4] for row in rows[at + 1 :]}[code] == "B"
    assert len(rows) - at - 1 == sum(operations.final_evaluation(ws).counts().values())
    evaluation = operations.load_run(ws).evaluation
    secrets = {float(v) for info in evaluation.indicators for v in evaluation.values[info.key]}
    cells = {float(v) for row in rows[at + 1 :] for v in row[1:] if isinstance(v, int | float)}
    assert not secrets & cells
    assert sheet_text(ranked, "公示表")[at][5:] == ["排名", "综合得分"]
    whole = sheet_text(full, "完整名单")
    head = next(row for row in whole if row[0] == "序号")
    (mine,) = [row for row in whole if row[2] == code]
    shown = dict(zip(head, mine, strict=True))
    assert (shown["评价类别"], shown["最终类别"]) == ("C", "B")
    assert "实地核查" in shown["人工调整依据"]
    assert isinstance(next(v for k, v in shown.items() if "税收实际贡献" in str(k)), int | float)
    assert any(code in row for row in sheet_text(full, "人工调整"))
    assert any("漏计" in row for row in sheet_text(full, "异议"))
    with pytest.raises(InputError, match="不能列入公示表"):
        operations.export_public_list(ws, public, more=["tax_paid"])
