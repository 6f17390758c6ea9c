"""Notices to many enterprises in one go, from the evaluation page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from zoneeval_ui.jobs import JobRunner
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.pages.evaluation.notices import NoticesDialog

MakeWindow = Callable[..., Assembly]


@pytest.fixture
def page(make_window: MakeWindow, workspace: Path) -> EvaluationPage:
    return page_of(make_window("evaluation", workspace))


def page_of(made: Assembly) -> EvaluationPage:
    found = made.window.page("evaluation")
    assert isinstance(found, EvaluationPage)
    return found


def select(page: EvaluationPage, count: int) -> None:
    model, flags = page.table.selectionModel(), QItemSelectionModel.SelectionFlag
    for row in range(count):
        index = page.table.table_model.index(row, 0)
        model.select(index, flags.Select | flags.Rows)


def opened(page: EvaluationPage, monkeypatch: pytest.MonkeyPatch, folder: Path) -> NoticesDialog:
    monkeypatch.setattr(NoticesDialog, "ask_folder", lambda _self: folder)
    dialog = page.open_notices()
    assert isinstance(dialog, NoticesDialog)
    return dialog


def tick(dialog: NoticesDialog, name: str) -> QRadioButton:
    button = dialog.findChild(QRadioButton, name)
    assert button is not None
    button.setChecked(True)
    return button


def test_those_shown_get_a_word_document_each(
    page: EvaluationPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.chips.choose("grade:C")
    page._chip_chosen()
    dialog = opened(page, monkeypatch, tmp_path / "告知书")
    shown = dialog.codes["shown"]
    assert 0 < len(shown) < len(dialog.codes["all"])
    button = dialog.findChild(QRadioButton, "noticesFor-shown")
    assert button is not None
    assert button.isChecked()
    assert f"（{len(shown)} 户）" in button.text()
    dialog.write_button.click()
    names = {path.name for path in (tmp_path / "告知书").iterdir()}
    assert len(names) == len(shown)
    assert all(any(code in name for name in names) for code in shown)
    assert all(name.endswith("2024年评价告知书.docx") for name in names)
    assert page.exported.text.startswith(f"已导出 {len(shown)} 个文件")


def test_those_selected_get_a_pdf_each(
    page: EvaluationPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    select(page, 3)
    dialog = opened(page, monkeypatch, tmp_path / "告知书")
    button = dialog.findChild(QRadioButton, "noticesFor-selected")
    assert button is not None
    assert button.isChecked()
    assert len(dialog.codes["selected"]) == 3
    tick(dialog, "noticesAs-pdf")
    dialog.write_button.click()
    files = list((tmp_path / "告知书").iterdir())
    assert len(files) == 3
    assert all(path.suffix == ".pdf" for path in files)
    assert all(path.read_bytes().startswith(b"%PDF") for path in files)


def test_who_has_no_rank_is_not_told(
    page: EvaluationPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.chips.choose("state:out_of_scope")
    page._chip_chosen()
    dialog = opened(page, monkeypatch, tmp_path / "告知书")
    assert dialog.codes["shown"] == ()
    button = dialog.findChild(QRadioButton, "noticesFor-shown")
    assert button is not None
    assert not button.isEnabled()
    assert page.content is not None
    assert page.content.run is not None
    ranked = page.content.run.evaluation.rank
    assert len(dialog.codes["all"]) == int((ranked == ranked).sum())
    dialog.reject()
    assert not (tmp_path / "告知书").exists()


def test_a_folder_that_cannot_be_made_says_so(
    page: EvaluationPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        page.window_shell, "show_failure", lambda error, _do: said.append(str(error))
    )
    taken = tmp_path / "占用"
    taken.write_text("", encoding="utf-8")
    opened(page, monkeypatch, taken).write_button.click()
    assert len(said) == 1
    assert "不能建立文件夹" in said[0]


def test_cancelling_leaves_no_files(
    make_window: MakeWindow,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    runner = JobRunner()
    made = make_window("evaluation", workspace, runner=runner)
    page = page_of(made)
    qtbot.waitUntil(lambda: page.state == "ready" and not runner.is_busy, timeout=20000)
    dialog = opened(page, monkeypatch, tmp_path / "告知书")
    tick(dialog, "noticesAs-pdf")
    job = dialog.write()
    assert job is not None
    assert not job.quiet
    with qtbot.waitSignal(job.progressed, timeout=20000):
        pass
    with qtbot.waitSignal(job.cancelled, timeout=20000):
        job.cancel()
    assert list((tmp_path / "告知书").iterdir()) == []
    assert not page.exported.isVisible()
