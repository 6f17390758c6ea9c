"""总览: the next step in every state of the year, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.overview import OverviewPage
from zoneeval_ui.pages.overview.content import read_overview, score_bars
from zoneeval_ui.shell import Context

ZONE = "示例市东园产业集聚区"
SAMPLES = Path(__file__).parents[3] / "sample_data" / "demo_city" / "2024"


def overview_of(made: Assembly) -> OverviewPage:
    page = made.window.page("overview")
    assert isinstance(page, OverviewPage)
    return page


def step_text(page: OverviewPage, key: str) -> str:
    cells = [w for w in page.findChildren(QWidget, f"step-{key}") if w.isVisible()]
    return cells[0].accessibleName()


def test_without_a_file_the_first_thing_is_a_new_file(make_window):
    page = overview_of(make_window("overview"))
    assert page.state == "empty"
    assert "新建" in page.empty_state.findChild(QPushButton).text()


def test_an_empty_file_leads_to_the_import(make_window, empty_workspace: Path):
    made = make_window("overview", empty_workspace)
    page = overview_of(made)
    assert page.state == "empty"
    assert not page.header.primary.isVisible()
    page.empty_state.clicked.emit()
    assert made.window.current_page.id == "import"


def test_data_without_an_evaluation_leads_to_the_evaluation(make_window, empty_workspace: Path):
    with operations.open_workspace(empty_workspace) as ws:
        operations.import_workbooks(ws, sorted(SAMPLES.glob("*.xlsx")), year=2024)
    page = overview_of(make_window("overview", empty_workspace))
    assert page.header.primary.text() == "去评价"
    assert "尚未评价" in page.header.sentence
    assert "125 户通过导入检查" in step_text(page, "check")
    assert "还没有评价" in step_text(page, "evaluate")


def test_an_evaluated_year_shows_counts_and_the_line(make_window, workspace: Path):
    made = make_window("overview", workspace)
    page = overview_of(made)
    assert page.state == "ready"
    assert page.header.primary.text() == "查看评价结果"
    with operations.open_workspace(workspace, read_only=True) as ws:
        run = operations.runs(ws, 2024)[0]
        counted = " · ".join(f"{grade} {n}" for grade, n in run.counts.items())
    assert counted in step_text(page, "evaluate")
    assert f"{run.evaluated} 户参评" in step_text(page, "check")
    table = page._scores.table.table_model
    assert table.rowCount() == 8
    assert {table.id_at(0)} <= set(table._ids)
    assert "示意" in page.findChild(QWidget, "starsNote").text


def test_the_steps_lead_to_their_pages(make_window, workspace: Path):
    made = make_window("overview", workspace)
    page = overview_of(made)
    for key, target in (("collect", "import"), ("check", "enterprises")):
        page._steps.step_clicked.emit(key)
        assert made.window.current_page.id == target


def test_one_zone_has_its_own_figures(make_window, workspace: Path):
    made = make_window("overview", workspace)
    page = overview_of(made)
    whole = [card.value for card in page._metrics]
    made.window.set_context(replace(made.window.context, zone=ZONE))
    assert ZONE in page.header.sentence
    assert [card.value for card in page._metrics] != whole
    names = [label.text() for label in page._side.findChildren(QLabel) if label.isVisible()]
    assert ZONE in names
    assert not any("西园" in name for name in names)


def test_new_data_after_the_evaluation_asks_for_another(make_window, workspace: Path):
    with operations.open_workspace(workspace) as ws:
        operations.import_workbooks(ws, [SAMPLES / "税务局.xlsx"], year=2024)
    page = overview_of(make_window("overview", workspace))
    assert page.header.primary.text() == "去重新评价"
    assert "需重新评价" in step_text(page, "evaluate")


def test_every_score_is_in_one_bar_of_its_class():
    scores = [0.0, 9.99, 10.0, 55.5, 100.0]
    grades = ["C", "C", "B", "B", "A"]
    bars = score_bars(scores, grades, ["A", "B", "C"])
    assert sum(bar.total for bar in bars) == 5
    for score, grade in zip(scores, grades, strict=True):
        (bar,) = [b for b in bars if b.low <= score < b.high]
        assert dict(bar.counts)[grade] >= 1
    assert len(bars) <= 16
    assert len(score_bars([70.0, 70.0], ["B", None], ["A", "B"])) == 1


def test_a_policy_without_classes_shows_none(make_window, workspace: Path):
    with operations.open_workspace(workspace) as ws:
        operations.evaluate(ws, year=2024, policy_ref="huangyan-2022")
    page = overview_of(make_window("overview", workspace))
    assert "没有分类" in step_text(page, "evaluate")
    assert page._scores.table.table_model.rowCount() == 0
    assert page.findChild(QPushButton, "overviewExit") is None


def test_cut_lines_are_those_of_the_policy(workspace: Path):
    with operations.open_workspace(workspace) as ws:
        run = operations.evaluate(ws, year=2024, policy_ref="huaian-2024")
        content = read_overview(ws, Context(year=2024, policy="huaian-2024"))
    (group,) = run.evaluation.groups
    assert [cut.score for cut in content.spread.cuts] == [q.cut for q in group.quotas[:-1]]
    assert content.near_letter == content.exit.letter == "D"
    assert content.exit.count == run.info.counts["D"]
    assert sum(bar.total for bar in content.spread.bars) == group.size


def test_an_enterprise_near_the_line_can_be_asked_about(make_window, workspace: Path):
    made = make_window("overview", workspace)
    page = overview_of(made)
    table = page._scores.table
    table.row_activated.emit(table.table_model.id_at(0))
    assert made.window.current_page.id == "evaluation"
