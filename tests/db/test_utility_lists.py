"""Lists issued with a document, compared year by year, withdrawn, undone; feedback on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.core.engine.test_estimate import TEXT
from tests.helpers.adjudicating import HAND, code_in, published
from tests.helpers.workbooks import Opened
from zoneeval.errors import InputError
from zoneeval.model.records import Meter, Parcel
from zoneeval.model.utility_list import IssuedList
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace

DOC: dict[str, Any] = {"document": "执行〔示意〕1号", "on": "2025-06-20"}
NEXT: dict[str, Any] = {"document": "执行〔示意〕2号", "on": "2025-07-20"}


@pytest.fixture
def priced(ws: Workspace) -> Workspace:
    """Return the workspace with an own tariff and its newest run published."""
    operations.save_tariff(ws, TEXT)
    published(ws)
    return ws


def issue(ws: Workspace, **more: Any) -> IssuedList:
    (made,) = operations.issue_lists(ws, "own", ["供电"], **{**DOC, **more})
    return made


def rows_of(ws: Workspace) -> list[tuple[Any, ...]]:
    return [
        *ws.conn.execute("SELECT * FROM utility_list ORDER BY id"),
        *ws.conn.execute("SELECT * FROM utility_feedback ORDER BY 1, 2, 3"),
    ]


def superseding(ws: Workspace, uscc: str, grade: str, city: Any) -> int:
    """Publish another run, in which an enterprise has another class, in place of the first."""
    before = operations.list_run(ws).id
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy).info.id
    operations.supersede(ws, before, "核查更正", by=run)
    operations.override_grade(ws, uscc, grade, run_id=run, **HAND)
    operations.start_publicity(ws, run, on="2025-07-01", days=5)
    operations.review_run(ws, run, on="2025-07-09")
    operations.recognise_run(ws, run, on="2025-07-12", document="认定〔示意〕2号")
    operations.publish_run(ws, run, on="2025-07-13", document="公告〔示意〕2号")
    return run


def test_a_list_is_kept_as_it_was_sent_and_can_be_undone(priced: Workspace) -> None:
    made = issue(priced, valid_from="2025-07-01", valid_to="2026-06-30")
    uscc = code_in(priced, "C")
    assert {line.rate for line in made.content.charged} == {0.1}
    assert {line.document for line in made.content.charged} == {"示意〔2024〕1号"}
    (mine,) = [line for line in made.content.lines if line.uscc == uscc]
    assert str(mine.account).startswith("2024")
    assert (made.tariff, made.document) == ("own@1", "执行〔示意〕1号")
    assert made.changes.against is None
    assert len(made.changes.of("added")) == len(made.content.charged)
    operations.delete_tariff(priced, "own")
    assert operations.issued_list(priced, made.id) == made
    operations.undo(priced)
    operations.undo(priced)
    assert operations.issued_lists(priced) == []
    assert all(check.ok for check in operations.verify(priced))


def test_who_left_the_class_is_taken_off_the_next_list(
    priced: Workspace, city: Any, tmp_path: Path
) -> None:
    first = issue(priced)
    uscc = code_in(priced, "C")
    account = next(line.account for line in first.content.lines if line.uscc == uscc)
    superseding(priced, uscc, "B", city)
    second = issue(priced, **NEXT)
    assert all(uscc not in line.uscc for line in second.content.lines)
    assert second.changes.against == first.id
    (gone,) = second.changes.of("removed")
    assert (gone.line.account, gone.reason) == (account, "类别由C类变为B类")
    assert second.changes.unchanged == len(first.content.charged) - 1
    (out,) = operations.export_list(priced, tmp_path / "供电.xlsx", second.id)
    (row,) = Opened(out).table("取消")
    assert (row["统一社会信用代码"], row["原因"]) == (uscc, "类别由C类变为B类")
    its_years = operations.enterprise_years(priced, uscc)
    (price,) = its_years.prices
    assert price.until == second.valid_from == "2025-07-20"
    last = its_years.happenings[-1]
    assert (last.on, last.document) == ("2025-07-20", "执行〔示意〕2号")
    assert last.words == f"移出供电名单（用电，户号 {account}）：类别由C类变为B类"
    back = operations.compare_lists(priced, first.id, second.id)
    assert [one.line.account for one in back.of("added")] == [account]
    with pytest.raises(InputError, match="已由第 2 号名单"):
        operations.withdraw_list(priced, first.id, on="2025-08-01", document="某文", reason="x")
    with pytest.raises(InputError, match="不能从更早的"):
        issue(priced, document="执行〔示意〕3号", on="2025-07-01")


STEP = """
[[rates]]
kind = "用电"
grade = "C"
from_consecutive_year = 2
amount = 0.2
unit = "元/千瓦时"
cite = "doc"
illustrative = true
"""


def test_the_second_year_in_the_class_is_a_dearer_line_on_the_next_list(ws: Workspace) -> None:
    first, second = (run.id for run in sorted(operations.runs(ws), key=lambda run: run.year))
    operations.save_tariff(ws, TEXT.replace('starts = "2025-01-01"\n', "") + STEP)
    for run, year in ((first, 2024), (second, 2025)):
        operations.start_publicity(ws, run, on=f"{year}-06-03", days=5)
        operations.review_run(ws, run, on=f"{year}-06-12")
        operations.recognise_run(ws, run, on=f"{year}-06-13", document="认定")
        operations.publish_run(ws, run, on=f"{year}-06-14", document="公告")
    issue(ws, run_id=first, on="2024-07-01")
    made = issue(ws, run_id=second, on="2025-07-01")
    years = operations.class_years(ws, second, operations.find_tariff(ws, "own"))
    assert {line.rate for line in made.content.charged} == {0.2}
    assert {years[line.uscc] for line in made.content.charged} == {2}
    # the accounts of this city have new numbers each year
    assert {one.kind for one in made.changes.changes} == {"added", "removed"}


def test_a_withdrawn_list_is_not_in_force_and_the_next_begins_anew(priced: Workspace) -> None:
    made = issue(priced)
    assert operations.list_in_force(priced, "供电", "2025-07-01") == made
    assert operations.list_in_force(priced, "供电", "2025-06-01") is None
    before = rows_of(priced)
    gone = operations.withdraw_list(
        priced, made.id, on="2025-09-01", document="某撤回文", reason="政策停止"
    )
    assert gone.state_on("2025-08-31") == "执行中"
    assert gone.state_on("2025-09-01") == "已撤回"
    assert operations.list_in_force(priced, "供电", "2025-10-01") is None
    assert issue(priced, **{**NEXT, "on": "2025-10-01"}).changes.against is None
    operations.undo(priced)
    with pytest.raises(InputError, match=r"已于 2025-09-01 撤回"):
        operations.withdraw_list(priced, made.id, on="2025-09-02", document="x", reason="x")
    operations.undo(priced)
    assert rows_of(priced) == before
    with pytest.raises(InputError, match="要写明依据文号和理由"):
        operations.withdraw_list(priced, made.id, on="2025-09-01", document=" ", reason="x")
    with pytest.raises(InputError, match="早于印发日期"):
        operations.withdraw_list(priced, made.id, on="2025-06-01", document="x", reason="x")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"document": " "}, "没有写印发名单的文号"),
        ({"on": "2025年"}, "印发日期“2025年”不是日期"),
        ({"valid_to": "2025-01-01"}, "早于开始执行日期"),
        ({"valid_from": "2027-01-01"}, "都不在执行期内"),
        ({"tariff_ref": "henan"}, "未见河南省"),
        ({"utilities": ["供暖"]}, "中没有“供暖”"),
    ],
)
def test_lists_that_cannot_be_issued(
    priced: Workspace, change: dict[str, Any], sentence: str
) -> None:
    words = {"tariff_ref": "own", "utilities": ["供电"], **DOC, **change}
    with pytest.raises(InputError, match=sentence):
        operations.issue_lists(priced, words.pop("tariff_ref"), words.pop("utilities"), **words)
    assert rows_of(priced) == []


def test_only_a_published_run_that_was_not_superseded_is_carried_out(
    ws: Workspace, city: Any
) -> None:
    operations.save_tariff(ws, TEXT)
    with pytest.raises(InputError, match="还没有发布，不能印发供电名单"):
        issue(ws)
    first = published(ws)
    superseding(ws, code_in(ws, "C"), "B", city)
    with pytest.raises(InputError, match="接替"):
        issue(ws, run_id=first)


def test_each_receiver_with_a_rate_gets_its_list(priced: Workspace, tmp_path: Path) -> None:
    made = operations.issue_lists(priced, "own", **DOC)
    assert [one.utility for one in made] == ["供电", "税务"]
    assert {line.direction for line in made[1].content.charged} == {"relief"}
    (out,) = operations.export_list(priced, tmp_path / "税务.xlsx", made[1].id)
    opened = Opened(out)
    assert opened.names == ["税务加价清单", "税务减免清单", "说明"]
    assert {row["减免标准"] for row in opened.table("税务减免清单")} == {50}


def test_stopping_leaves_no_list(priced: Workspace) -> None:
    seen: list[str] = []

    def stop(done: int, total: int, text: str) -> None:
        seen.append(text)
        if text.startswith("编制供电"):
            raise Cancelled

    with pytest.raises(Cancelled):
        issue(priced, progress=stop)
    assert rows_of(priced) == []
    assert seen[0] == "读取评价结果"


def test_tenants_are_found_by_the_name_of_the_account_and_by_the_land(
    ws: Workspace, empty: Workspace, city: Any
) -> None:
    grades = operations.load_run(ws).evaluation
    first, second = [c for c, g in zip(grades.uscc, grades.grade, strict=True) if g == "C"][:2]
    lord = code_in(ws, "A")
    draft = city.year_draft(2024)
    name = str(draft.values[lord]["name"].value)
    own = next(m.account for m in draft.meters if m.uscc == lord)
    held = next(p for p in draft.parcels if p.uscc == lord)
    meters = [m for m in draft.meters if m.uscc not in (first, second)]
    meters.append(Meter(first, "供电", "T1", name, 1.0))
    parcels = [p for p in draft.parcels if p.uscc != second]
    parcels.append(Parcel(second, held.certificate, None, None, 3.0, None))
    changed = replace(draft, meters=tuple(meters), parcels=tuple(parcels))
    store_draft(empty, city.draft_of({2024: changed}), [])
    run = operations.evaluate(empty, year=2024, policy_ref=city.policy)
    for uscc in (first, second):
        if run.evaluation.grade[run.evaluation.row_of(uscc)] != "C":
            operations.override_grade(empty, uscc, "C", **HAND)
    operations.save_tariff(empty, TEXT)
    content = operations.draft_lists(empty, "own")["供电"].content
    (line,) = [line for line in content.lines if line.uscc == first]
    assert (line.account, line.account_name) == ("T1", name)
    assert line.remark.startswith(f"户名为{name}，由")
    (lost,) = [line for line in content.missing if line.uscc == second]
    assert lost.remark == f"可能使用{name}（户号 {own}），请核实"


def feedback(folder: Path, *rows: list[Any]) -> Path:
    path = folder / "反馈.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    head = ["户号", "户名", "执行月份", "用电量（千瓦时）", "执行标准（元/千瓦时）", "金额（元）"]
    for row in (head, *rows):
        sheet.append(row)
    made.save(path)
    return path


def test_feedback_is_kept_compared_replaced_and_undone(priced: Workspace, tmp_path: Path) -> None:
    made = issue(priced)
    first, *rest = [line.account for line in made.content.charged]
    path = feedback(tmp_path, [first, None, "2025-08", 10000, 0.05, 500])
    done = operations.import_feedback(priced, made.id, path)
    assert (done.rows, done.periods, done.replaced) == (1, ("2025-08",), 0)
    found = operations.compare_feedback(priced, made.id)
    counts = {key: n for key, n in found.counts.items() if n}
    assert counts == {"rate_differs": 1, "not_billed": len(rest)}
    assert (found.billed, found.expected) == (0.05, 0.1)
    (total,) = operations.billed_by_class(priced, 2025)
    assert (total.grade, total.charged.value, total.charged.missing) == ("C", 0.05, len(rest))
    assert total.relieved.value is None
    assert operations.billed_by_class(priced, 2024) == []
    before = rows_of(priced)
    overlapping = feedback(tmp_path, [first, None, "2025年三季度", 10000, 0.1, 1000])
    with pytest.raises(InputError, match="有重叠，会重复计算"):
        operations.import_feedback(priced, made.id, overlapping)
    better = feedback(tmp_path, [first, None, "2025-08", 10000, 0.1, 1000])
    assert operations.import_feedback(priced, made.id, better).replaced == 1
    assert operations.compare_feedback(priced, made.id).counts["agrees"] == 1
    operations.undo(priced)
    assert rows_of(priced) == before
    with pytest.raises(InputError, match=r"执行期间“2025-13”无法识别.*2025-03（3 月）"):
        operations.export_feedback_form(priced, tmp_path / "表.xlsx", made.id, "2025-13")
    (out,) = operations.export_feedback(priced, tmp_path / "比较.xlsx", made.id)
    opened = Opened(out)
    assert opened.names == ["需核实", "执行情况", "汇总"]
    assert len(opened.table("需核实")) == 1 + len(rest)
    assert "不在合计内" in opened.words("需核实") or not rest
    assert all(check.ok for check in operations.verify(priced))
    strange = feedback(tmp_path, [first, None, "八月", 1, 1, 1])
    with pytest.raises(InputError, match="没有导入：第 2 行"):
        operations.import_feedback(priced, made.id, strange)


def test_the_form_filled_in_is_read_back(priced: Workspace, tmp_path: Path) -> None:
    made = issue(priced)
    (out,) = operations.export_feedback_form(priced, tmp_path / "样式.xlsx", made.id, "2025-08")
    with pytest.raises(InputError, match="没有填写执行情况"):
        operations.import_feedback(priced, made.id, out)
    book = openpyxl.load_workbook(out)
    sheet = book["执行反馈表"]
    top = Opened(out).header_row("执行反馈表")
    heads = {str(c.value).replace("\n", ""): c.column for c in sheet[top]}
    assert "用量（千瓦时）" in heads
    for at in range(len(made.content.charged)):
        sheet.cell(top + 1 + at, heads["执行标准（元/千瓦时）"], 0.1)
        sheet.cell(top + 1 + at, heads["用量（千瓦时）"], 20000)
        sheet.cell(top + 1 + at, heads["金额（元）"], 2000)
    book.save(out)
    operations.import_feedback(priced, made.id, out)
    found = operations.compare_feedback(priced, made.id)
    assert {line.status for line in found.lines} == {"agrees"}
    assert found.billed == pytest.approx(0.2 * len(found.lines))


def test_lists_and_feedback_that_are_not_there(ws: Workspace) -> None:
    for call in (operations.issued_list, operations.feedback_rows, operations.compare_feedback):
        with pytest.raises(InputError, match="没有编号为 7 的执行名单"):
            call(ws, 7)


def test_a_list_is_replaced_from_the_first_day_of_the_next(priced: Workspace) -> None:
    first = issue(priced)
    second = issue(priced, **{**NEXT, "on": "2025-10-01"})
    old = operations.issued_list(priced, first.id)
    assert (old.replaced_from, second.replaced_from) == ("2025-10-01", None)
    assert old.state_on("2025-09-30") == "执行中"
    assert old.state_on("2025-10-01") == "已接替"
    assert second.state_on("2025-10-01") == "执行中"
    assert operations.list_in_force(priced, "供电", "2025-09-30") == old
    assert operations.list_in_force(priced, "供电", "2025-10-01") == second


def test_a_list_that_applies_to_nobody_is_not_issued(priced: Workspace) -> None:
    before = rows_of(priced)
    with pytest.raises(InputError, match=r"给D类，这次评价没有企业适用.*类别是A、B、C"):
        operations.issue_lists(priced, "shandong-2022", ["供电"], **DOC)
    assert rows_of(priced) == before
