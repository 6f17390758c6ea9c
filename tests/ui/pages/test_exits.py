"""The page 退出转型 on the sample city: cases, assets, candidates, effects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from tests.helpers.adjudicating import code_in, published
from zoneeval.model.exits import CaseState
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.enterprises.years import YearsDialog
from zoneeval_ui.pages.exits import ExitsPage
from zoneeval_ui.pages.exits.assets import AssetSegment
from zoneeval_ui.pages.exits.candidates import CandidateSegment
from zoneeval_ui.pages.exits.effects import EffectSegment
from zoneeval_ui.pages.exits.form import EntryDialog
from zoneeval_ui.pages.exits.ledger import LedgerSegment

MakeWindow = Callable[..., Assembly]
TODAY = date(2025, 11, 20)
LETTERS = 9
"""How many enterprises of the sample's newer year are in class C."""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExitsPage, "today", lambda _page: TODAY)


def page_of(made: Assembly) -> ExitsPage:
    page = made.window.page("exits")
    assert isinstance(page, ExitsPage)
    return page


def segment_of(page: ExitsPage, key: str, kind: type[Any]) -> Any:
    segment = page.open_segment(key)
    assert isinstance(segment, kind)
    return segment


def store(dialog: QDialog | None, **given: str) -> None:
    assert isinstance(dialog, EntryDialog)
    dialog.fill(**given)
    assert dialog.save.isEnabled(), dialog.fault.text()
    dialog.save.click()
    assert not dialog.isVisible(), dialog.fault.text()


def banner(page: ExitsPage) -> str:
    return page.banner.text


def opened(make_window: MakeWindow, path: Path, *, due: str = "2025-12-31") -> ExitsPage:
    """Return the page with the cases of the newest run opened through its form."""
    page = page_of(make_window("exits", path))
    store(page.take_next(), on="2025-06-20", responsible="园区管委会", due=due)
    return page


def test_without_a_workspace_and_without_data_the_page_says_what_to_do(
    make_window: MakeWindow, empty_workspace: Path
) -> None:
    assert page_of(make_window("exits")).state == "empty"
    page = page_of(make_window("exits", empty_workspace))
    assert page.state == "empty"
    assert "导入" in page.header.sentence
    assert page.next_button.isHidden()
    store(page.open_entry(), kind="land", subject="东侧地块", reason="闲置", on="2025-03-01")
    assert page.state == "ready"
    assert segment_of(page, "ledger", LedgerSegment).table.table_model.rowCount() == 1
    assert "还没有评价" in page.open_segment("candidates").sentence(page.content)


def test_the_primary_button_opens_a_case_for_every_enterprise_of_the_class(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("exits", workspace))
    assert f"C 类还有 {LETTERS} 户没有立案" in page.header.sentence
    assert page.next_button.text() == "按评价结果立案…"
    dialog = page.take_next()
    assert isinstance(dialog, EntryDialog)
    assert "还没有发布" in dialog.findChildren(QLabel)[0].text()
    dialog.fill(on="2025-06-31")
    assert not dialog.save.isEnabled()
    assert "立案日期" in dialog.fault.text()
    store(dialog, on="2025-06-20", responsible="园区管委会", due="2025-12-31")
    assert banner(page).startswith(f"已新立 {LETTERS} 户，延续 0 户。")
    assert page.content is not None
    assert {case.state for case in page.content.cases} == {CaseState.OPEN}
    assert page.next_button.text() == "选定处置路径"
    page.banner.action_clicked.emit()
    assert page.content.cases == ()
    assert page.next_button.text() == "按评价结果立案…"


def test_stopped_enterprises_are_opened_where_asked(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("exits", workspace))
    assert page.content is not None
    assert page.content.opening is not None
    stopped = page.content.opening.stopped
    assert stopped > 0
    store(page.take_next(), on="2025-06-20", stopped="yes")
    assert len(page.content.cases) == LETTERS + stopped


def test_one_enterprise_is_planned_acted_on_and_struck_off(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = opened(make_window, workspace)
    ledger = segment_of(page, "ledger", LedgerSegment)
    ledger.select_case(1)
    store(ledger.act("plan"), path="兼并重组", responsible="工信局")
    store(ledger.act("step"), what="资产评估", due="2025-09-30")
    assert page.content is not None
    assert page.content.overdue == {1}
    ledger.choose("overdue")
    assert list(ledger.table.table_model.values("id")) == [1]
    close = ledger.act("close")
    assert isinstance(close, EntryDialog)
    close.fill(outcome="已重组", document="协议〔示意〕1号")
    close.save.click()
    assert "还有 1 个步骤没有完成" in close.fault.text()
    close.reject()
    (step,) = page.content.steps[1]
    button = ledger.pane.findChild(QPushButton, f"exitStep{step.id}Done")
    assert isinstance(button, QPushButton)
    store(ledger.finish_step(step), on="2025-10-20", evidence="评估报告")
    ledger.select_case(1)
    store(
        ledger.act("close"),
        on="2025-11-01",
        outcome="已重组",
        document="协议〔示意〕1号",
        freed_land="32.5",
    )
    case = page.content.case(1)
    assert case is not None
    assert (case.state, case.freed_land, case.freed_energy) == (CaseState.CLOSED, 32.5, None)
    ledger.choose("freed")
    ledger.freed_table.select_id(0)
    labels = [label.text() for label in ledger.pane.findChildren(QLabel)]
    assert "32.5" in labels
    assert "1 项均未填" in labels
    ledger.choose("closed")
    ledger.select_case(1)
    store(ledger.act("reopen"), reason="验收未通过")
    assert page.content.case(1) is not None
    assert page.content.freed == ()


def test_what_was_freed_is_tried_on_the_stars(make_window: MakeWindow, workspace: Path) -> None:
    page = opened(make_window, workspace)
    ledger = segment_of(page, "ledger", LedgerSegment)
    ledger.select_case(1)
    store(ledger.act("plan"), path="转型升级")
    store(
        ledger.act("close"), on="2025-11-01", outcome="转型", document="验收〔示意〕1号",
        freed_land="10", freed_energy="100",
    )  # fmt: skip
    assert page.content is not None
    ledger.pane.trial_wanted.emit(page.content.freed[0])
    assert page.trial is not None
    changes = {one.key: one for one in page.trial.found.report.changes}
    built = changes["built_area"]
    assert built.before is not None
    assert built.after == pytest.approx(built.before - 10)
    assert "星级：" in page.trial.verdict.text()
    page.trial.accept()


def test_cases_by_hand_are_cancelled_with_a_reason(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("exits", workspace))
    store(page.open_entry(), kind="project", subject="二期厂房", reason="停建两年", on="2025-03-01")
    assert page.content is not None
    (case,) = page.content.cases
    assert (case.kind, case.uscc) == ("project", None)
    ledger = segment_of(page, "ledger", LedgerSegment)
    ledger.select_case(case.id)
    assert ledger.pane.findChild(QPushButton, "exitYears") is None
    store(ledger.act("cancel"), on="2025-11-02", reason="已复工")
    assert page.content.cases[0].state == CaseState.CANCELLED
    assert ledger.chips.findChild(QPushButton, "exitChips-cancelled") is not None


def test_who_left_the_class_is_named(make_window: MakeWindow, workspace: Path) -> None:
    page = opened(make_window, workspace)
    with_run = page.content
    assert with_run is not None
    code = with_run.cases[0].uscc
    assert code is not None
    page.session.change(
        lambda ws, _progress: operations.override_grade(
            ws, code, "B", reason="核实", document="纪要", approver="会议", on="2025-07-01"
        ),
        lambda _made: None,
        title="",
    )
    page.reload()
    assert page.content is not None
    assert page.content.left == {with_run.cases[0].id}
    ledger = segment_of(page, "ledger", LedgerSegment)
    ledger.select_case(with_run.cases[0].id)
    assert ledger.pane.findChild(QLabel, "exitLeft") is not None
    assert "1 项的企业已不在退出类别" in page.header.sentence


def test_assets_by_thresholds_and_by_hand(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("exits", workspace))
    assets = segment_of(page, "assets", AssetSegment)
    assert "设定低效用地门槛" in page.header.sentence
    store(assets.open_search(), field="tax_per_mu", below="3", years="2", document="〔示意〕1号")
    assert page.content is not None
    assert [rule.words for rule in page.content.rules] == [
        "亩均税收连续 2 年低于 3 万元/亩（〔示意〕1号）"
    ]
    store(assets.open_search(), on="2025-07-01")
    found = len(page.content.assets)
    assert found > 0
    assert banner(page).startswith(f"{found} 户低于门槛，新登记 {found} 宗。")
    store(assets.open_entry(), kind="plant", name="三号厂房", reason="停产", state="闲置")
    made = page.content.assets[-1]
    assert (made.name, made.size, made.found_on) == ("三号厂房", None, TODAY.isoformat())
    assets.table.select_id(made.id)
    assert not assets.years_button.isEnabled()
    store(assets.open_change(), size="5200", location="东区")
    assert (page.content.assets[-1].size, page.content.assets[-1].unit) == (5200.0, "㎡")
    store(assets.open_disposal(), disposal="租赁", document="合同〔示意〕1号")
    assert page.content.assets[-1].disposal == "租赁"
    assets.table.select_id(page.content.assets[0].id)
    assert assets.years_button.isEnabled()
    assets.remove()
    assert len(page.content.assets) == found
    assets.remove_rule(page.content.rules[0])
    assert page.content.rules == ()


def test_candidates_are_the_best_class_and_the_next_under_a_condition(
    make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("exits", workspace))
    segment = segment_of(page, "candidates", CandidateSegment)
    assert page.content is not None
    assert {one.grade for one in page.content.candidates} == {"A"}
    assert "没有设定 B 类的条件" in segment.said.text()
    segment.ask_condition = lambda _formula: "revenue >= 5000"
    segment.open_condition()
    assert {one.grade for one in page.content.candidates} == {"A", "B"}
    assert "B 类须符合：主营业务收入 ≥ 5000" in segment.said.text()
    segment.chips.choose("B")
    segment._show_table()
    assert set(segment.table.table_model.values("grade")) == {"B"}
    segment.set_condition("")
    assert page.content.condition == ""


def test_effects_are_entered_drawn_and_imported(
    make_window: MakeWindow, workspace: Path, tmp_path: Path
) -> None:
    page = page_of(make_window("exits", workspace))
    effects = segment_of(page, "effects", EffectSegment)
    assert "还没有成效数据" in page.header.sentence
    entry = effects.open_entry()
    assert isinstance(entry, EntryDialog)
    entry.fill(period="2024", grade="C", amount="一百", document="决算")
    assert "应为数字" in entry.fault.text()
    store(entry, amount="100")
    for year, amount in (("2025", "80"), ("2025Q1", "5")):
        given = {"period": year, "grade": "C", "amount": amount, "document": f"{year} 年决算"}
        store(effects.open_entry(), **given)
    (series,) = effects.chart.series
    assert (effects.chart.years, series.values) == (("2024", "2025"), (100.0, 85.0))
    page.exports.ask_file = lambda _title, _path: tmp_path / "成效.xlsx"  # type: ignore[method-assign]
    page.exports.effects()
    effects.chips.choose("entries")
    effects._show_table()
    effects.table.select_id(1)
    effects.remove()
    assert page.content is not None
    assert len(page.content.entries) == 2
    effects.ask_table = lambda: tmp_path / "成效.xlsx"
    effects.import_table()
    assert "会重复计算" in banner(page)
    assert len(page.content.entries) == 2
    for one in page.content.entries:
        effects.table.select_id(one.id)
        effects.remove()
    effects.import_table()
    assert banner(page) == "已导入 3 条金额。"
    assert sum(one.amount for one in page.content.entries) == 185
    effects.chips.choose("expected")
    effects._show_table()
    assert not effects.tariff.isHidden()
    assert "不能估算" in effects.table._empty_text


def test_the_four_workbooks_are_written(
    make_window: MakeWindow, workspace: Path, tmp_path: Path
) -> None:
    page = opened(make_window, workspace, due="2025-10-31")
    page.exports.ask_month = lambda months: months[0]  # type: ignore[method-assign]
    for key in ("ledger", "assets", "candidates", "effects"):
        out = tmp_path / f"{key}.xlsx"
        page.exports.ask_file = lambda _title, _path, out=out: out  # type: ignore[method-assign,misc]
        page.exports.actions[key].trigger()
        assert page.note.files == [out]
    cells = [c.value for row in load_workbook(tmp_path / "ledger.xlsx").worksheets[0] for c in row]
    assert page.content is not None
    assert page.content.cases[0].subject in cells
    assert page.next_button.text() == "查看逾期事项"
    page.take_next()
    assert segment_of(page, "ledger", LedgerSegment).chips.current == "overdue"


def test_the_published_run_is_the_one_that_counts(make_window: MakeWindow, workspace: Path) -> None:
    with operations.open_workspace(workspace) as ws:
        code = code_in(ws, "C")
        run_id = published(ws)
    page = opened(make_window, workspace)
    assert page.content is not None
    assert page.content.opening is not None
    assert (page.content.opening.info.id, page.content.opening.is_published) == (run_id, True)
    page.select_enterprise(code)
    ledger = segment_of(page, "ledger", LedgerSegment)
    assert ledger.pane.case is not None
    assert ledger.pane.case.uscc == code
    dialog = page.open_years(code)
    assert isinstance(dialog, YearsDialog)
    assert dialog.found is not None
    assert dialog.found.cases[0].uscc == code
    dialog.accept()


def test_a_read_only_workspace_can_only_be_looked_at(
    make_window: MakeWindow, workspace: Path
) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.open_exit_cases(ws, on="2025-06-20")
    made = make_window("exits")
    made.session.open(workspace, read_only=True)
    page = page_of(made)
    ledger = segment_of(page, "ledger", LedgerSegment)
    ledger.select_case(1)
    assert not ledger.add_button.isEnabled()
    assert ledger.pane.findChild(QPushButton, "exitCloseCase") is None
    assert ledger.pane.findChild(QPushButton, "exitYears") is not None
