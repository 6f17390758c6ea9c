"""总览: the next step in every state of the year, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.helpers.lists_pages import prepared, tariff_text
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace
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


def test_publicity_that_is_over_is_called_so(make_window, workspace: Path):
    with operations.open_workspace(workspace) as ws:
        operations.start_publicity(ws, on="2025-06-02", days=5, document="公示〔示意〕1号")
    page = overview_of(make_window("overview", workspace))
    assert "公示已于 2025-06-06 期满；下一步：转入复核" in page.header.sentence
    assert "公示已于 2025-06-06 期满" in step_text(page, "publish")


def test_after_publication_the_next_step_follows_lists_and_cases(make_window, workspace: Path):
    prepared(workspace, tariff_text())
    made = make_window("overview", workspace)
    page = overview_of(made)

    def change(work: Callable[[Workspace], object]) -> None:
        made.session.change(lambda ws, _progress: work(ws), lambda _done: None, title="示意")
        made.window.go_to("overview")

    def link(key: str) -> QPushButton:
        QCoreApplication.processEvents()
        (found,) = [b for b in page.findChildren(QPushButton, key) if b.isVisible()]
        return found

    assert "下一步：印发执行名单。" in page.header.sentence
    assert "还没有印发执行名单" in step_text(page, "act")
    page.header.primary.click()
    assert made.window.page("lists").chips.current == "utilities"
    change(
        lambda ws: operations.issue_lists(
            ws, "shiyi-2025", document="执行〔示意〕1号", on="2025-07-01"
        )
    )
    assert "下一步：按评价结果为 9 户企业立案。" in page.header.sentence
    assert link("step-act-issued").text() == "已印发执行名单 1 份"
    assert link("step-act-waiting").text() == "待立案 9 户"
    change(
        lambda ws: operations.open_exit_cases(
            ws, on="2025-07-02", responsible="示意单位", due="2025-12-31"
        )
    )
    assert "下一步：催办 9 项逾期的退出转型事项。" in page.header.sentence
    assert link("step-act-live").text() == "在办 9 项"
    link("step-act-overdue").click()
    exits = made.window.page("exits")
    assert made.window.current_page is exits
    assert (exits.chips.current, exits.segment("ledger").chips.current) == ("ledger", "overdue")
    assert exits.segment("ledger").table.table_model.rowCount() == 9
    change(
        lambda ws: [
            operations.update_exit_case(ws, case.id, due="2099-12-31")
            for case in operations.exit_cases(ws)
        ]
    )
    assert "下一步：推进在办的 9 项退出转型事项。" in page.header.sentence
    assert page.header.primary.text() == "查看在办事项"
    change(
        lambda ws: [
            operations.cancel_exit_case(ws, case.id, on="2025-08-01", reason="示意")
            for case in operations.exit_cases(ws)
        ]
    )
    assert "下一步：收集执行反馈，登记成效。" in page.header.sentence
    link("step-act-issued").click()
    assert made.window.current_page.id == "lists"


def test_the_ledger_is_told_and_leads_to_its_page(make_window, workspace: Path):
    with operations.open_workspace(workspace) as ws:
        run = operations.runs(ws, 2024)[0]
        opened = operations.open_exit_cases(
            ws, run.id, on="2025-06-20", responsible="示意单位", due="2025-12-31"
        ).opened
        for case in opened[:2]:
            operations.update_exit_case(ws, case.id, path="转型升级")
        operations.close_exit_case(
            ws, opened[0].id, on="2025-11-01", outcome="示意", document="示意", freed_land=12.5
        )
        operations.close_exit_case(
            ws, opened[1].id, on="2025-11-01", outcome="示意", document="示意"
        )
    made = make_window("overview", workspace)
    page = overview_of(made)
    left = len(opened) - 2
    words = page.findChild(QLabel, "overviewLedger").text()
    assert words == (
        f"在办 {left} 项（{left} 项逾期）；已销号 2 项，腾出土地 12.5 亩（1 项未填腾出面积）。"
    )
    assert f"退出转型在办 {left} 项（{left} 项逾期）" in step_text(page, "act")
    page.findChild(QPushButton, "overviewExit").click()
    assert made.window.current_page.id == "exits"
