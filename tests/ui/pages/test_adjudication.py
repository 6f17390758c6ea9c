"""The page 公示调整 on the sample city: from trial to publication and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from tests.helpers.adjudicating import code_in, published
from tests.helpers.adjudication_page import (
    button,
    in_publicity,
    object_to,
    opened,
    page_of,
    status,
    step,
)
from zoneeval.errors import UserError
from zoneeval.model.adjudication import RunStatus
from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.adjudication.holidays import HolidaysDialog
from zoneeval_ui.pages.adjudication.stepping import PublicityDialog, StepDialog, SupersedeDialog

MakeWindow = Callable[..., Assembly]
EAST = "示例市东园产业集聚区"


def test_a_run_goes_from_trial_to_publication(make_window: MakeWindow, workspace: Path) -> None:
    made = make_window("adjudication", workspace)
    page = page_of(made)
    assert page.next_button.text() == "开始公示…"
    assert page.chips.current == "all"
    dialog = opened(page.take_next(), PublicityDialog)
    assert not dialog.save.isEnabled()
    assert "多少个工作日" in dialog.fault.text()
    dialog.first.setText("2025-06-06")
    dialog.days.setText("5")
    assert dialog.end.text() == "公示到 2025-06-12（星期四），共 5 个工作日"
    assert "2025 年没有录入节假日安排" in dialog.note.text()
    dialog.document.setText("示办〔示意〕1号")
    dialog.save.click()
    assert dialog.isHidden()
    assert status(page) is RunStatus.PUBLICITY
    assert "到 2025-06-12 为止" in page.banner.text
    assert "公示已于 2025-06-12 期满，没有收到异议" in page.header.sentence

    early = step(page, "2025-06-12")
    assert not early.isHidden()
    assert "才结束" in early.fault.text()
    assert early.day.height() >= early.day.sizeHint().height()
    early.day.setText("2025-06-13")
    early.save.click()
    assert status(page) is RunStatus.REVIEW
    assert page.next_button.text() == "认定…"
    dialog = opened(page.take_next(), StepDialog)
    assert not dialog.save.isEnabled()
    dialog.reject()
    step(page, "2025-06-16", "认定〔示意〕1号")
    step(page, "2025-06-17", "公告〔示意〕1号")
    assert status(page) is RunStatus.PUBLISHED
    assert "发布并锁定" in page.header.sentence
    assert not page.banner._action.isVisible()
    page.next_button.click()
    assert made.window.current_page is not None
    assert made.window.current_page.id == "lists"


def test_a_step_is_taken_back_from_the_banner(make_window: MakeWindow, workspace: Path) -> None:
    page = page_of(make_window("adjudication", workspace))
    dialog = opened(page.take_next(), PublicityDialog)
    dialog.first.setText("2025-06-02")
    dialog.days.setText("5")
    dialog.save.click()
    page.banner.action_clicked.emit()
    assert status(page) is RunStatus.TRIAL
    assert page.banner.text.startswith("已撤销：")


def test_a_form_stays_open_while_it_is_stored(
    make_window: MakeWindow, workspace: Path, runner: JobRunner, qtbot: QtBot
) -> None:
    page = page_of(make_window("adjudication", workspace, runner=runner))
    qtbot.waitUntil(lambda: page.state == "ready")
    dialog = opened(page.take_next(), PublicityDialog)
    dialog.first.setText("2025-06-02")
    dialog.days.setText("5")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
        dialog.reject()
        assert not dialog.isHidden()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert status(page) is RunStatus.PUBLICITY


def test_only_its_own_step_is_taken_back(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_window("adjudication", workspace)
    page = page_of(made)
    dialog = opened(page.take_next(), PublicityDialog)
    dialog.first.setText("2025-06-02")
    dialog.days.setText("5")
    dialog.save.click()
    made.session.change(
        lambda ws, _progress: operations.enter_star(ws, EAST, 2024, "official", 2, "某通知"),
        lambda _none: None,
        title="",
    )
    told: list[BaseException] = []
    monkeypatch.setattr(made.window, "show_failure", lambda error, _doing="": told.append(error))
    page.banner.action_clicked.emit()
    assert "别的修改" in str(told[0])
    assert status(page) is RunStatus.PUBLICITY


def test_a_published_run_is_locked_until_another_takes_its_place(
    make_window: MakeWindow, workspace: Path
) -> None:
    with operations.open_workspace(workspace) as ws:
        code = code_in(ws, "C")
        published(ws)
    page = page_of(make_window("adjudication", workspace))
    page.select_enterprise(code)
    assert button(page, "adjudicationOverride") is None
    assert button(page, "adjudicationObject") is None
    assert page.supersede_button.isVisible()
    dialog = opened(page.open_supersede(), SupersedeDialog)
    assert not dialog.save.isEnabled()
    dialog.reason.setPlainText("上级复核要求重算")
    dialog.save.click()
    assert dialog.isHidden()
    assert page.picker.current == 3
    assert "接替已发布的第 2 次评价：上级复核要求重算" in page.header.sentence
    assert page.next_button.text() == "开始公示…"
    assert not page.supersede_button.isVisible()
    page.select_enterprise(code)
    assert button(page, "adjudicationOverride") is not None


def test_holidays_are_entered_taken_out_and_moved_by_table(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("adjudication", workspace))
    dialog = opened(page.open_holidays(), HolidaysDialog)
    dialog.first.setText("六月二日")
    dialog.add_button.click()
    assert "不是日期" in dialog.fault.text()
    dialog.first.setText("2025-06-02")
    dialog.name.setText("端午节")
    dialog.add_button.click()
    assert dialog.fault.isHidden()
    assert list(dialog.table.table_model.values("kind")) == ["放假"]
    out = tmp_path / "节假日.xlsx"
    monkeypatch.setattr(dialog, "ask_out", lambda: out)
    dialog.export_button.click()
    dialog.table.select_id("2025-06-02")
    dialog.remove_button.click()
    assert dialog.table.table_model.rowCount() == 0
    monkeypatch.setattr(dialog, "ask_table", lambda: out)
    dialog.import_button.click()
    assert list(dialog.table.table_model.values("name")) == ["端午节"]
    dialog.accept()

    publicity = opened(page.take_next(), PublicityDialog)
    publicity.first.setText("2025-05-30")
    publicity.days.setText("2")
    assert publicity.end.text() == "公示到 2025-06-03（星期二），共 2 个工作日"
    assert "没有录入" not in publicity.note.text()


def test_lists_are_exported_apart(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("adjudication", workspace))
    sheets = {}
    for name, write in (("公示", page.exports.public), ("完整", page.exports.full)):
        out = tmp_path / f"{name}.xlsx"
        monkeypatch.setattr(page.exports, "ask_file", lambda _title, _path, to=out: to)
        write()
        assert page.note.text == f"已导出：{name}.xlsx"
        book = load_workbook(out)
        sheets[name] = {str(c.value) for sheet in book for row in sheet for c in row if c.value}
        book.close()
    assert not any("税收实际贡献" in text for text in sheets["公示"])
    assert any("税收实际贡献" in text for text in sheets["完整"])


def test_one_zone_shows_its_own_enterprises(make_window: MakeWindow, workspace: Path) -> None:
    code, _ = in_publicity(workspace)
    object_to(workspace, code)
    with operations.open_workspace(workspace, read_only=True) as ws:
        evaluation = operations.load_run(ws).evaluation
    zones = dict(zip(evaluation.uscc, evaluation.zone, strict=True))
    made = make_window("adjudication", workspace)
    page = page_of(made)
    other = next(str(zone) for zone in evaluation.zone if zone != zones[code])
    made.window.set_context(replace(made.window.context, zone=other))
    assert page.content is not None
    assert page.content.objections == ()
    assert {evaluation.zone[row] for row in page.content.rows} == {other}
    assert "全部 3 个园区" in page.header.sentence


def test_before_an_evaluation_the_page_leads_there(
    make_window: MakeWindow, empty_workspace: Path
) -> None:
    made = make_window("adjudication", empty_workspace)
    page = page_of(made)
    assert page.state == "empty"
    assert not page.next_button.isVisible()
    assert not page.export_button.isEnabled()
    page.empty_state.clicked.emit()
    assert made.window.current_page is not None
    assert made.window.current_page.id == "import"


def test_a_failure_is_shown_with_a_way_to_try_again(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("adjudication", workspace))

    def fail(*_args: object) -> None:
        raise UserError("文件读不出来。")

    monkeypatch.setattr(operations, "run_states", fail)
    page.reload()
    assert page.state == "error"
    monkeypatch.undo()
    page.error_state.clicked.emit()
    assert page.state == "ready"


def test_how_many_days_are_left_is_counted(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zoneeval_ui.pages.adjudication import wording

    class Today(date):
        @classmethod
        def today(cls) -> Today:
            return cls(2025, 6, 5)

    monkeypatch.setattr(wording, "date", Today)
    in_publicity(workspace)
    page = page_of(make_window("adjudication", workspace))
    assert "公示到 2025-06-06 为止，还有 2 个工作日" in page.header.sentence
