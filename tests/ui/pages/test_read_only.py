"""A file opened for reading: it says so, and nothing offers what cannot be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from tests.helpers.adjudication_page import in_publicity, object_to, opened, page_of
from tests.ui.pages.conftest import MakeWindow
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.adjudication.holidays import HolidaysDialog
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.pages.history import HistoryPage


def _reading(make_window: MakeWindow, file: Path, page: str) -> Assembly:
    made = make_window(page, file)
    badge = made.window.findChild(QWidget, "readOnlyBadge")
    assert badge is not None
    assert badge.isHidden()
    made.session.open(file, read_only=True)
    made.window.go_to(page)
    assert not badge.isHidden()
    return made


def test_nothing_can_be_decided(make_window: MakeWindow, workspace: Path) -> None:
    lowest, _second = in_publicity(workspace)
    object_to(workspace, lowest)
    page = page_of(_reading(make_window, workspace, "adjudication"))
    assert page.next_button.text() == "转入复核…"
    assert not page.next_button.isEnabled()
    page._step_clicked("review")
    assert page.findChild(QPushButton, "decide-1") is None
    page.chips.choose("all")
    page._show_table()
    page.table.selectRow(0)
    for name in ("adjudicationOverride", "adjudicationObject", "decide-1"):
        assert page.pane.findChild(QPushButton, name) is None
    dialog = opened(page.open_holidays(), HolidaysDialog)
    assert not dialog.add_button.isEnabled()
    assert not dialog.import_button.isEnabled()
    dialog.reject()


def test_nothing_is_evaluated_or_taken_back(make_window: MakeWindow, workspace: Path) -> None:
    made = _reading(make_window, workspace, "evaluation")
    page = made.window.current_page
    assert isinstance(page, EvaluationPage)
    assert page.state == "ready"
    assert not page.run_button.isEnabled()
    assert page.whatif_button.isEnabled()
    record = made.window.go_to("history")
    assert isinstance(record, HistoryPage)
    assert not record.undo_button.isEnabled()
    assert record.header.sentence.endswith("文件以只读方式打开，不能撤销。")
