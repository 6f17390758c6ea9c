"""The page 公示调整: objections and classes by hand, and where else they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from tests.helpers.adjudicating import HAND, code_in, published
from tests.helpers.adjudication_page import (
    button,
    in_publicity,
    label,
    object_to,
    opened,
    page_of,
)
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.adjudication.deciding import (
    DecisionDialog,
    ObjectionDialog,
    OverrideDialog,
)

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"


def test_an_objection_is_recorded_with_what_is_claimed(
    make_window: MakeWindow, workspace: Path
) -> None:
    code, _ = in_publicity(workspace)
    page = page_of(make_window("adjudication", workspace))
    page.select_enterprise(code)
    found = button(page, "adjudicationObject")
    assert found is not None
    dialog = opened(page.open_objection(code), ObjectionDialog)
    assert not dialog.claimed.isEnabled()
    dialog.subject.setCurrentIndex(dialog.subject.findData("tax_paid"))
    dialog.content.setPlainText("漏计一笔")
    dialog.claimed.setText("很多")
    dialog.day.setText("2025-06-04")
    dialog.save.click()
    assert not dialog.isHidden()
    assert "税收实际贡献" in dialog.fault.text()
    dialog.claimed.setText("9000")
    dialog.evidence.setText("完税证明")
    dialog.save.click()
    assert dialog.isHidden()
    page.chips.choose("objections")
    page._show_table()
    model = page.table.table_model
    assert list(model.values("decision")) == ["待处理"]
    assert list(model.values("claimed")) == ["9,000 万元"]
    assert page.table.selected_id() == "objection:1"
    assert "企业主张 9,000 万元" in label(page, "objection-1-values")
    assert button(page, "decide-1") is not None


def test_an_accepted_figure_says_who_changed_class(
    make_window: MakeWindow, workspace: Path
) -> None:
    code, other = in_publicity(workspace)
    number = object_to(workspace, code)
    page = page_of(make_window("adjudication", workspace))
    assert page.content is not None
    dialog = opened(page.open_decision(page.content.objections[0]), DecisionDialog)
    dialog.decision.setCurrentIndex(dialog.decision.findData("accepted"))
    assert "由谁决定" in dialog.fault.text()
    dialog.by.setText("评价办")
    dialog.day.setText("2025-06-05")
    dialog.save.click()
    assert dialog.isHidden()
    assert "第 3 次" in page.banner.text
    content = page.content
    assert content is not None
    assert content.state is not None
    assert content.state.info.id == 3
    moved = {one.uscc: (one.before, one.after) for one in content.moved[number]}
    assert moved[code] == ("C", "A")
    page.select_enterprise(code)
    assert f"{len(moved)} 户因此改变类别" in label(page, f"objection-{number}-moved")
    assert {one.uscc: one.cause for one in content.changes}[code] == "第 1 号异议更正数据"

    override = opened(page.open_override(other), OverrideDialog)
    override.grade.setCurrentIndex(override.grade.findData("A"))
    override.reason.setPlainText("实地核查")
    override.document.setText("纪要〔示意〕3号")
    override.approver.setText("联席会议")
    override.day.setText("2025-06-10")
    override.save.click()
    content = page.content
    assert content is not None
    assert {one.uscc for one in content.moved[number]} == set(moved)
    assert "人工调整" in {one.uscc: one.cause for one in content.changes}[other]


def test_the_run_before_an_accepted_objection_leads_to_the_next(
    make_window: MakeWindow, workspace: Path
) -> None:
    code, _ = in_publicity(workspace)
    number = object_to(workspace, code)
    with operations.open_workspace(workspace) as ws:
        operations.decide_objection(ws, number, "accepted", on="2025-06-05", by="评价办")
    page = page_of(make_window("adjudication", workspace))
    page.picker.picked.emit(2)
    assert "由第 3 次评价接续" in page.header.sentence
    assert page.next_button.text() == "看第 3 次评价"
    page.select_enterprise(code)
    assert button(page, "adjudicationOverride") is None
    page.next_button.click()
    assert page.picker.current == 3


def test_a_class_by_hand_stands_beside_the_computed_one(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("adjudication", workspace)
    page = page_of(made)
    with_run = page.content
    assert with_run is not None
    assert with_run.run is not None
    evaluation = with_run.run.evaluation
    code = next(str(c) for c, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g == "B")
    page.select_enterprise(code)
    dialog = opened(page.open_override(code), OverrideDialog)
    assert [dialog.grade.itemData(i) for i in range(dialog.grade.count())] == [None, "A", "C"]
    dialog.grade.setCurrentIndex(dialog.grade.findData("A"))
    dialog.reason.setPlainText("实地核查")
    dialog.document.setText("纪要〔示意〕3号")
    assert "批准人" in dialog.fault.text()
    dialog.approver.setText("联席会议")
    dialog.day.setText("2025-06-10")
    dialog.save.click()
    model = page.table.table_model
    row = model.row_of_id(code)
    assert model.index(row, model.column_of("grade")).data() == "A"
    assert model.index(row, model.column_of("rules")).data() == "B"
    assert label(page, "adjudicationReason") == "理由：实地核查"
    page.chips.choose("objections")
    page.chips.changed.emit("objections")
    assert model.rowCount() == 0
    assert page.table.selected_id() is None
    page.chips.choose("overrides")
    page.chips.changed.emit("overrides")
    page.table.select_id(code)

    evaluation_page: Any = made.window.go_to("evaluation")
    evaluation_page.select_enterprise(code)
    table = evaluation_page.table.table_model
    at = next(i for i in evaluation_page.content.rows if evaluation.uscc[i] == code)
    row = table.row_of_id(at)
    assert table.index(row, table.column_of("grade")).data() == "A"
    assert table.index(row, table.column_of("rules")).data() == "B"
    said = evaluation_page.pane.findChild(QLabel, "reasonsByHand").text()
    assert said.startswith("人工调整：B → A。实地核查（纪要〔示意〕3号")
    enterprises: Any = made.window.go_to("enterprises")
    enterprises.select_enterprise(code)
    assert any(
        "人工调整，按办法为 B" in found.text() for found in enterprises.pane.findChildren(QLabel)
    )

    made.window.go_to("adjudication")
    remove = button(page, "adjudicationRemove")
    assert remove is not None
    remove.click()
    assert page.content is not None
    assert not page.content.overrides
    assert "恢复按办法" in page.banner.text


def test_the_overview_counts_publicity(make_window: MakeWindow, workspace: Path) -> None:
    code, other = in_publicity(workspace)
    object_to(workspace, code)
    with operations.open_workspace(workspace) as ws:
        operations.override_grade(ws, other, "A", **HAND)
        before = operations.run_state(ws).counts
    made = make_window("overview", workspace)
    page: Any = made.window.page("overview")
    cell = page.findChild(QPushButton, "overviewNext")
    assert cell.text() == "去公示调整"
    cells = page._steps.findChildren(QAbstractButton)
    steps = {found.objectName(): found.accessibleName() for found in cells}
    assert "公示已于 2025-06-06 期满" in steps["step-publish"]
    assert "异议 1 件，待处理 1 件，人工调整 1 户" in steps["step-publish"]
    assert " · ".join(f"{k} {n}" for k, n in before.items()) in steps["step-evaluate"]
    page._steps.step_clicked.emit("publish")
    assert made.window.current_page is not None
    assert made.window.current_page.id == "adjudication"


def test_lists_are_made_from_the_published_run(make_window: MakeWindow, workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        code = code_in(ws, "C")
        operations.override_grade(ws, code, "B", **HAND)
        number = published(ws)
        operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018")
    made = make_window("lists", workspace)
    page: Any = made.window.page("lists")
    assert page.content.info.id == number
    assert code not in {row.uscc for row in page.content.exits}
    assert f"据第 {number} 次评价" in page.header.sentence
    assert "发布" in page.header.sentence
    overview: Any = made.window.go_to("overview")
    assert overview.header.primary.text() == "去立案"
    assert "已于 2025-06-13 发布" in overview.header.sentence
