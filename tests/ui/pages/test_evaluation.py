"""The page 综合评价 on the sample city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval.errors import WorkspaceError
from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.pages.evaluation.content import near_lines, read_evaluation
from zoneeval_ui.pages.evaluation.notes import notes_of
from zoneeval_ui.pages.evaluation.table import chips_of
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets import IndicatorBars

MakeWindow = Callable[..., Assembly]


def page_of(made: Assembly) -> EvaluationPage:
    page = made.window.page("evaluation")
    assert isinstance(page, EvaluationPage)
    return page


def button_of(parent: QWidget, name: str) -> QPushButton:
    button = parent.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button


def chip_text(page: EvaluationPage, key: str) -> str:
    return button_of(page.chips, f"evaluationChips-{key}").text()


def test_a_reopened_workspace_shows_its_stored_run(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("evaluation", workspace))
    assert page.state == "ready"
    assert page.header.sentence.startswith("第 2 次评价 · 93 户参评 · 数据第 1 版 · ")
    assert page.run_button.text() == "重新评价"
    assert page.table.table_model.rowCount() == 125
    assert [chip_text(page, key) for key in ("all", "grade:A", "grade:B", "grade:C")] == [
        "全部 125",
        "A 14",
        "B 70",
        "C 9",
    ]
    assert chip_text(page, "left_out") == "暂不纳入 12"
    assert chip_text(page, "state:out_of_scope") == "不在范围 20"


def test_a_chip_filters_and_the_pane_says_why(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("evaluation", workspace))
    button_of(page.chips, "evaluationChips-grade:C").click()
    model = page.table.table_model
    assert model.rowCount() == 9
    reasons = page.pane.reasons
    assert reasons is not None
    assert reasons.grade == "C"
    assert "C 类取参评总数的 10%" in reasons.sentence
    assert reasons.standing.endswith("家")
    assert any(
        line.startswith("C 类") and "分类线：单位能耗总产值" in line for line in reasons.lines
    )
    assert "示意" in reasons.illustrative
    assert "税务" in reasons.files
    bars = page.pane.findChild(IndicatorBars)
    assert bars is not None
    assert len(bars.bars) == 6
    assert all("÷ 基准" in bar.comparison or "缺数据" in bar.comparison for bar in bars.bars)


def test_the_bars_and_the_bonus_add_up_to_the_composite(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("evaluation", workspace))
    run = page.content.run if page.content else None
    reasons = page.pane.reasons
    assert run is not None
    assert reasons is not None
    evaluation = run.evaluation
    points = sum(bar.points or 0.0 for bar in reasons.bars) + evaluation.bonus[reasons.row]
    assert points == pytest.approx(evaluation.composite[reasons.row], abs=1e-3)


def test_the_tree_names_the_source_cell_of_a_value(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("evaluation", workspace))
    reasons = page.pane.reasons
    assert reasons is not None
    stack, sources = list(reasons.tree), []
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        sources.append(node.source)
    assert any(".xlsx（" in source and "行" in source for source in sources)
    dialog = page.pane.open_whole()
    assert isinstance(dialog, QDialog)
    dialog.close()


def test_the_doubt_of_the_policy_is_said(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("evaluation", workspace))
    note = page.notes.findChild(QLabel, "evaluationNote")
    assert note is not None
    assert "示意" in note.text()
    assert note.property("tone") == Tone.UNCERTAIN.value
    more = button_of(page.notes, "evaluationNotesMore")
    more.click()
    assert more.text() == "收起"


def test_a_zone_shows_its_part_of_a_run_over_all_zones(
    make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("evaluation", workspace)
    zone = "示例市南园产业集聚区"
    made.window.set_context(replace(made.window.context, zone=zone))
    page = page_of(made)
    assert page.content is not None
    assert page.content.run is not None
    assert set(page.content.run.evaluation.zone[list(page.content.rows)]) == {zone}
    assert page.table.table_model.column_of("zone") == -1
    assert "22 户参评" in page.header.sentence
    assert any("包含全部园区" in note for note in notes_of(page.content))


def test_a_policy_without_classes_says_so(make_window: MakeWindow, workspace: Path) -> None:
    made = make_window("evaluation", workspace)
    made.window.set_context(replace(made.window.context, policy="huangyan-2022"))
    page = page_of(made)
    assert page.state == "empty"
    assert "还没有按这个办法评价" in page.empty_state.title
    page.empty_state.clicked.emit()
    assert page.state == "ready"
    assert page.content is not None
    assert "没有公布类别" in notes_of(page.content)[0]
    assert not [chip for chip in chips_of(page.content) if chip.key.startswith("grade:")]
    assert page.pane.reasons is not None
    assert "只计分、排名" in page.pane.reasons.sentence


def test_evaluating_again_adds_a_run(
    make_window: MakeWindow, workspace: Path, runner: JobRunner, qtbot: QtBot
) -> None:
    made = make_window("evaluation", workspace, runner=runner)
    page = page_of(made)
    qtbot.waitUntil(lambda: page.run_button.isEnabled())
    page.run_button.click()
    assert not page.run_button.isEnabled()
    qtbot.waitUntil(lambda: page.header.sentence.startswith("第 3 次评价"), timeout=10_000)


def test_a_cancelled_evaluation_leaves_nothing(
    make_window: MakeWindow, workspace: Path, runner: JobRunner, qtbot: QtBot
) -> None:
    page = page_of(make_window("evaluation", workspace, runner=runner))
    qtbot.waitUntil(lambda: page.run_button.isEnabled())
    page.run_button.click()
    runner.cancel_all()
    qtbot.waitUntil(lambda: page.run_button.isEnabled())
    page.reload()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert page.header.sentence.startswith("第 2 次评价")


def test_a_failed_evaluation_is_told_once(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_window("evaluation", workspace)
    page = page_of(made)
    told: list[BaseException] = []
    monkeypatch.setattr(made.window, "show_failure", lambda error, _doing="": told.append(error))

    def refuse(*_given: object, **_named: object) -> None:
        raise WorkspaceError("工作文件以只读方式打开，不能评价。")

    monkeypatch.setattr(operations, "evaluate", refuse)
    page.run_button.click()
    assert [str(error) for error in told] == ["工作文件以只读方式打开，不能评价。"]
    assert page.run_button.isEnabled()


def test_without_data_the_page_leads_to_the_import(
    make_window: MakeWindow, empty_workspace: Path
) -> None:
    page = page_of(make_window("evaluation", empty_workspace))
    assert page.state == "empty"
    assert "还没有可以评价的数据" in page.empty_state.title
    assert not page.run_button.isEnabled()


def test_an_enterprise_is_selected_through_a_chip(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("evaluation", workspace))
    button_of(page.chips, "evaluationChips-grade:A").click()
    assert page.content is not None
    run = page.content.run
    assert run is not None
    row = next(i for i in page.content.rows if run.evaluation.grade[i] == "C")
    page.select_enterprise(run.evaluation.uscc[row])
    assert page.chips.current == "all"
    assert page.table.selected_id() == row
    assert page.pane.reasons is not None
    assert page.pane.reasons.row == row


def test_near_lines_are_two_places_on_either_side(workspace: Path) -> None:
    with operations.open_workspace(workspace, read_only=True) as ws:
        content = read_evaluation(ws, 2024, None, "zhengzhou-2018")
    assert content.run is not None
    evaluation = content.run.evaluation
    near = near_lines(evaluation)
    for group in evaluation.groups:
        mine = [i for i in range(evaluation.size) if evaluation.group[i] == group.group]
        # A class line has two enterprises above it and two below it.
        assert sum(near[mine]) == 4 * len(group.quotas)
