"""One enterprise over all years: classes, objections, prices, its case, its former codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.core.engine.test_estimate import TEXT
from tests.helpers.adjudicating import HAND, PERIOD, code_in
from tests.helpers.departments import code as valid_code
from zoneeval.errors import InputError
from zoneeval.model.adjudication import RunStatus
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace


@pytest.fixture
def lived(ws: Workspace) -> str:
    """Return an enterprise of class C that objected, is charged, and has a case with a step."""
    operations.save_tariff(ws, TEXT)
    code = code_in(ws, "C")
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, code, subject="tax_paid", content="漏计", on="2025-06-04", claimed=900, evidence="凭证"
    )
    operations.decide_objection(
        ws, made.id, "refused", on="2025-06-05", by="工信局", answer="核对无误"
    )
    operations.review_run(ws, on="2025-06-09")
    operations.recognise_run(ws, on="2025-06-12", document="认定〔示意〕1号")
    operations.publish_run(ws, on="2025-06-13", document="公告〔示意〕1号")
    operations.issue_lists(ws, "own", ["供电"], document="执行〔示意〕1号", on="2025-06-20")
    operations.open_exit_cases(ws, on="2025-06-21")
    (case,) = operations.exit_cases(ws, uscc=code)
    step = operations.add_exit_step(ws, case.id, "签订协议")
    operations.finish_exit_step(ws, step.id, on="2025-07-01", evidence="协议〔示意〕1号")
    return code


def test_years_have_data_scores_and_classes(ws: Workspace, lived: str) -> None:
    found = operations.enterprise_years(ws, f" {lived.lower()} ")
    assert (found.uscc, found.codes) == (lived, (lived,))
    assert [one.year for one in found.years] == [2023, 2024]
    last = found.years[-1]
    stored = next(e for e in operations.enterprise_data(ws, 2024) if e.uscc == lived)
    assert last.values["tax_paid"] == stored.values["tax_paid"].value
    assert last.values["land_area"] is not None
    assert last.values["tax_per_mu"] == pytest.approx(
        last.values["tax_paid"] / last.values["land_area"]
    )
    assert last.values["water_use"] is None
    made = last.result
    assert made is not None
    evaluation = operations.load_run(ws, made.run_id).evaluation
    row = evaluation.row_of(lived)
    assert made.composite == evaluation.composite[row]
    assert (made.final, made.by_rules, made.override) == ("C", "C", None)
    assert (made.status, made.years_in_class) == (
        RunStatus.PUBLISHED,
        operations.consecutive_years(ws, made.run_id)[lived],
    )
    assert found.years[0].result is not None
    assert found.years[0].result.status is RunStatus.TRIAL


def test_what_happened_is_told_by_day_with_its_documents(ws: Workspace, lived: str) -> None:
    found = operations.enterprise_years(ws, lived)
    story = [(one.on, one.kind, one.document) for one in found.happenings]
    assert story == [
        ("2025-06-02", "公示", ""),
        ("2025-06-04", "异议", "凭证"),
        ("2025-06-05", "异议答复", ""),
        ("2025-06-12", "认定", "认定〔示意〕1号"),
        ("2025-06-13", "发布", "公告〔示意〕1号"),
        ("2025-06-20", "差别化政策", "执行〔示意〕1号"),
        ("2025-06-21", "退出转型", ""),
        ("2025-07-01", "退出转型", "协议〔示意〕1号"),
    ]
    assert "不采纳：核对无误" in found.happenings[2].words
    (price,) = found.prices
    assert (price.utility, price.year, price.line.rate) == ("供电", 2024, 0.1)
    assert "加价 0.1 元/千瓦时" in found.happenings[5].words
    (case,) = found.cases
    assert [step.what for step in found.steps[case.id]] == ["签订协议"]


def test_a_class_by_hand_stands_beside_the_computed_one(ws: Workspace) -> None:
    code = code_in(ws, "B")
    operations.start_publicity(ws, **PERIOD)
    operations.override_grade(ws, code, "A", **HAND)
    found = operations.enterprise_years(ws, code)
    made = found.years[-1].result
    assert made is not None
    assert (made.by_rules, made.final) == ("B", "A")
    (hand,) = [one for one in found.happenings if one.kind == "人工调整"]
    assert hand.words == "2024 年度类别 B → A：实地核查（联席会议批准）"
    assert (hand.on, hand.document) == ("2025-06-10", "纪要〔示意〕3号")


def test_former_codes_are_followed(ws: Workspace, city: Any) -> None:
    old, other, new = city.code(1), city.code(3), valid_code(1)
    draft = city.year_draft(2025)
    draft.values[new] = draft.values.pop(old)
    del draft.values[other]
    store_draft(ws, city.draft_of({2025: draft}), [])
    for code in (old, other):
        operations.record_succession(ws, code, new, "merger", "2025-01-01", "批复〔示意〕1号")
    found = operations.enterprise_years(ws, other)
    assert found.uscc == new
    assert found.codes == (new, old, other)
    assert [(one.year, one.uscc) for one in found.years] == [
        (2023, old), (2023, other), (2024, old), (2024, other), (2025, new),
    ]  # fmt: skip
    assert found.years[-1].result is None
    assert found.heading(found.years[0]) == "2023 年（样例企业01）"
    assert found.heading(found.years[-1]) == "2025 年"
    assert [one.kind for one in found.happenings][:2] == ["主体变更", "主体变更"]
    assert operations.enterprise_years(ws, new) == found


def test_the_workbook_says_the_same(ws: Workspace, lived: str, tmp_path: Path) -> None:
    (out,) = operations.export_enterprise_years(ws, tmp_path / "历年.xlsx", lived)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["历年情况", "各项得分", "大事记", "退出转型"]
    rows = {row[0]: row[1:] for row in book["历年情况"].iter_rows(values_only=True)}
    found = operations.enterprise_years(ws, lived)
    assert rows["最终类别"][1] == "C"
    assert rows["税收实际贡献（万元）"] == tuple(one.values["tax_paid"] for one in found.years)
    assert rows["评价状态"][1] == "发布（第 2 次评价）"
    assert "用水量（万立方米）" not in rows
    cells = [cell for row in book["退出转型"].iter_rows(values_only=True) for cell in row]
    assert "签订协议" in cells


def test_a_code_that_no_year_has_is_refused(ws: Workspace) -> None:
    with pytest.raises(InputError, match="各年度数据中都没有信用代码为“91419900MA0009990X”的企业"):
        operations.enterprise_years(ws, "91419900MA0009990X")


def test_a_list_without_accounts_says_nothing_of_accounts(ws: Workspace, lived: str) -> None:
    found = operations.enterprise_years(ws, code_in(ws, "A"))
    assert not any("税务名单" in one.words for one in found.happenings)
    operations.issue_lists(ws, "own", ["税务"], document="执行〔示意〕2号", on="2025-06-20")
    (told,) = [
        one.words
        for one in operations.enterprise_years(ws, code_in(ws, "A")).happenings
        if "税务名单" in one.words
    ]
    assert "（A 类，城镇土地使用税）：减免" in told
    (pending,) = [
        one.words
        for one in operations.enterprise_years(ws, lived).happenings
        if "税务名单" in one.words
    ]
    assert "（C 类，城镇土地使用税）：标准待定，没有执行" in pending
