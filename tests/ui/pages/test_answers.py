"""What if, robustness, comparison and the ways to another class, from the evaluation page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.pages.evaluation.certainty import RobustnessDialog
from zoneeval_ui.pages.evaluation.comparing import ComparisonDialog
from zoneeval_ui.pages.evaluation.whatif import WhatIfDialog

MakeWindow = Callable[..., Assembly]


def page_of(made: Assembly) -> EvaluationPage:
    page = made.window.page("evaluation")
    assert isinstance(page, EvaluationPage)
    return page


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_pane_says_what_would_move_the_enterprise(
    qtbot: QtBot, make_window: MakeWindow, workspace: Path
) -> None:
    page = page_of(make_window("evaluation", workspace))
    page.chips.choose("grade:C")
    page._chip_chosen()
    qtbot.waitUntil(lambda: "列出的数值都试算过" in words_of(page.pane), timeout=10_000)
    words = words_of(page.pane)
    assert "怎样到 B" in words or "怎样回到 B" in words
    assert "→" in words
    assert "离" not in words.split("怎样", 1)[1].split("\n", 1)[0]


def whatif(page: EvaluationPage, qtbot: QtBot) -> WhatIfDialog:
    dialog = page.open_whatif()
    assert isinstance(dialog, WhatIfDialog)
    qtbot.waitUntil(lambda: dialog.moves is not None)
    return dialog


def settled(dialog: WhatIfDialog, qtbot: QtBot) -> None:
    def same() -> bool:
        assert dialog.panel is not None
        return dialog.moves is not None and dialog.moves.scenario == dialog.panel.scenario()

    qtbot.waitUntil(same)


def test_a_slider_shows_at_once_who_moves(
    qtbot: QtBot, make_window: MakeWindow, workspace: Path
) -> None:
    made = make_window("evaluation", workspace)
    runs = made.session.path
    dialog = whatif(page_of(made), qtbot)
    assert "93 户参评" in dialog.sentence.text()
    assert not dialog.save_button.isEnabled()
    assert dialog.panel is not None
    row = dialog.panel.rows["A.share"]
    assert row.slider is not None
    row.slider.setValue(round(25 / row.step))
    settled(dialog, qtbot)
    assert dialog.moves is not None
    assert dialog.moves.scenario.settings == {"A.share": 0.25}
    assert dialog.table.table_model.rowCount() == len(dialog.moves.moved) > 0
    assert "上升" in dialog.sentence.text()
    tick = dialog.panel.rows["rd_intensity.weight"].leave_out
    assert tick is not None
    tick.setChecked(True)
    settled(dialog, qtbot)
    assert dialog.moves.scenario.without == ("rd_intensity",)
    dialog.reset()
    settled(dialog, qtbot)
    assert dialog.moves.moved == ()
    dialog.accept()
    assert runs is not None
    with operations.open_workspace(workspace, read_only=True) as ws:
        assert len(operations.runs(ws)) == 2


def test_a_scenario_is_kept_shown_again_and_discarded(
    qtbot: QtBot, make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(make_window("evaluation", workspace))
    dialog = whatif(page, qtbot)
    monkeypatch.setattr(dialog, "ask_name", lambda _before: "宽松")
    assert dialog.panel is not None
    dialog.panel.rows["tax_per_mu.cap"].box.setValue(1.5)
    settled(dialog, qtbot)
    dialog.save_button.click()
    assert dialog.kept.currentText() == "宽松"
    dialog.accept()
    again = whatif(page, qtbot)
    assert again.kept.findText("宽松") == 1
    again.kept.setCurrentIndex(1)
    again._chosen()
    settled(again, qtbot)
    assert again.moves is not None
    assert again.moves.scenario.settings == {"tax_per_mu.cap": 1.5}
    again.discard_button.click()
    assert again.kept.count() == 1
    again.accept()


def test_a_failure_is_said_and_the_next_try_goes_on(
    qtbot: QtBot, make_window: MakeWindow, workspace: Path
) -> None:
    dialog = whatif(page_of(make_window("evaluation", workspace)), qtbot)
    dialog._failed(InputError("A 类的比例太大。"))
    assert dialog.sentence.text() == "A 类的比例太大。"
    dialog.try_now()
    assert "93 户参评" in dialog.sentence.text()
    dialog.accept()


def test_robustness_lists_the_least_certain_first(make_window: MakeWindow, workspace: Path) -> None:
    dialog = page_of(make_window("evaluation", workspace)).open_certainty()
    assert isinstance(dialog, RobustnessDialog)
    dialog.draws.setValue(300)
    dialog.start_button.click()
    assert dialog.found is not None
    assert dialog.found.draws == 300
    assert "保持率不到 95%" in dialog.sentence.text()
    assert dialog.table.table_model.rowCount() == len(dialog.found.near)
    all_chip = dialog.findChild(QPushButton, "robustnessChips-all")
    assert isinstance(all_chip, QPushButton)
    all_chip.click()
    assert dialog.table.table_model.rowCount() == 93
    dialog.accept()


def test_robustness_can_be_stopped(
    qtbot: QtBot, make_window: MakeWindow, workspace: Path, runner: JobRunner
) -> None:
    made = make_window("evaluation", workspace, runner=runner)
    page = page_of(made)
    qtbot.waitUntil(lambda: page.content is not None and page.content.run is not None)
    dialog = page.open_certainty()
    assert isinstance(dialog, RobustnessDialog)
    dialog.draws.setValue(100_000)
    dialog.start_button.click()
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: "已停止" in dialog.sentence.text())
    assert dialog.start_button.isEnabled()
    dialog.accept()
    qtbot.waitUntil(lambda: not runner.is_busy)


def test_two_runs_are_compared_and_exported(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = page_of(make_window("evaluation", workspace)).open_comparison()
    assert isinstance(dialog, ComparisonDialog)
    assert dialog.compared is not None
    assert (dialog.compared.before.id, dialog.compared.after.id) == (1, 2)
    changed = dialog.compared.comparison.changed
    assert dialog.table.table_model.rowCount() == len(changed)
    assert "户上升" in dialog.sentence.text()
    out = tmp_path / "比较.xlsx"
    monkeypatch.setattr(dialog, "ask_file", lambda _suggested: out)
    dialog.export_button.click()
    assert openpyxl.load_workbook(out).sheetnames[0] == "类别流动"
    assert "比较.xlsx" in dialog.note.text
    dialog.accept()


def test_with_one_run_there_is_nothing_to_compare(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "zoneeval_ui.pages.evaluation.comparing.read_runs", lambda _ws, _run: ([], None)
    )
    dialog = page_of(make_window("evaluation", workspace)).open_comparison()
    assert isinstance(dialog, ComparisonDialog)
    assert "只有一次评价" in dialog.sentence.text()
    assert not dialog.export_button.isEnabled()
    dialog.accept()
