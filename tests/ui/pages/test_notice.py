"""The full explanation in a window of its own, and the notice made from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.pages.evaluation.explanation import ExplanationDialog, text_of
from zoneeval_ui.pages.evaluation.notice import NoticeOffice, write_pdf

MakeWindow = Callable[..., Assembly]


@pytest.fixture
def page(make_window: MakeWindow, workspace: Path) -> EvaluationPage:
    found = make_window("evaluation", workspace).window.page("evaluation")
    assert isinstance(found, EvaluationPage)
    return found


def whole_of(page: EvaluationPage) -> ExplanationDialog:
    dialog = page.pane.open_whole()
    assert isinstance(dialog, ExplanationDialog)
    return dialog


def pages_of(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def click(parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == button.text()
    button.click()


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(NoticeOffice, "ask_path", lambda *_args: path)


def test_the_whole_tree_is_shown_and_can_be_maximised(page: EvaluationPage) -> None:
    dialog = whole_of(page)
    assert dialog.windowFlags() & Qt.WindowType.WindowMaximizeButtonHint
    labels = [item.text(0) for item in dialog._items()]
    assert "综合得分" in labels
    assert labels.count("计分") == 6
    assert any("第 " in item.text(4) for item in dialog._items())
    click(dialog, "reasonsClose")


def test_search_goes_from_place_to_place(page: EvaluationPage, qtbot: QtBot) -> None:
    dialog = whole_of(page)
    dialog.search.setText("基准值")
    assert dialog.found_label.text() == "第 1 处，共 6 处"
    assert dialog.pane.tree.currentItem().text(0) == "基准值"
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.found_label.text() == "第 2 处，共 6 处"
    assert dialog.isVisible()
    for _ in range(5):
        dialog.next_button.click()
    assert dialog.found_label.text() == "第 1 处，共 6 处"
    dialog.search.setText("没有这样的词")
    assert dialog.found_label.text() == "没有找到"
    assert not dialog.next_button.isEnabled()
    dialog.search.clear()
    assert dialog.found_label.text() == ""
    dialog.close()


def test_a_selected_step_is_said_in_full(page: EvaluationPage) -> None:
    dialog = whole_of(page)
    item = next(i for i in dialog._items() if i.text(0) == "计分")
    dialog.pane.tree.setCurrentItem(item)
    assert item.text(1) in dialog.full_text.text()
    assert f"依据：{item.text(3)}" in dialog.full_text.text()
    dialog.close()


def test_the_explanation_is_copied_as_text(page: EvaluationPage) -> None:
    dialog = whole_of(page)
    click(dialog, "explanationCopy")
    text = QGuiApplication.clipboard().text()
    assert text == text_of(dialog.reasons)
    assert text.startswith(f"{dialog.reasons.name}（{dialog.reasons.uscc}）")
    assert "\n　亩均税收：" in text
    assert "来源：" in text
    assert "依据：" in text
    dialog.close()


def test_the_dialog_writes_the_word_notice(
    page: EvaluationPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, out = whole_of(page), tmp_path / "告知书.docx"
    answer(monkeypatch, out)
    click(dialog, "explanationNoticeWord")
    assert dialog.note.text == "已导出：告知书.docx"
    words = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert dialog.reasons.uscc in words
    assert dialog.reasons.sentence in words
    dialog.close()


def test_the_pane_writes_a_pdf_of_one_page(
    page: EvaluationPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "告知书.pdf"
    answer(monkeypatch, None)
    click(page.pane, "reasonsNoticePdf")
    assert not page.exported.isVisible()
    answer(monkeypatch, out)
    click(page.pane, "reasonsNoticePdf")
    assert page.exported.text == "已导出：告知书.pdf"
    assert pages_of(out) == 1


def test_a_pdf_that_cannot_be_written_says_so(
    page: EvaluationPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        page.window_shell, "show_failure", lambda error, _do: said.append(str(error))
    )
    answer(monkeypatch, tmp_path / "没有这个文件夹" / "a.pdf")
    click(page.pane, "reasonsNoticePdf")
    assert len(said) == 1
    assert "不能写入“a.pdf”" in said[0]


def test_printing_is_given_the_notice_of_the_run_shown(
    page: EvaluationPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(
        page.office, "print_notice", lambda notice, _parent: given.append(notice.uscc)
    )
    click(page.pane, "reasonsNoticePrint")
    assert page.pane.reasons is not None
    assert given == [page.pane.reasons.uscc]
    assert page.content is not None
    assert page.content.info is not None
    assert page.office.run_id == page.content.info.id


def test_a_long_notice_is_written_smaller_and_stays_one_page(
    page: EvaluationPage, workspace: Path, tmp_path: Path
) -> None:
    assert page.pane.reasons is not None
    with operations.open_workspace(workspace, read_only=True) as ws:
        notice = operations.notice(ws, page.pane.reasons.uscc)
    out = tmp_path / "长.pdf"
    write_pdf(out, replace(notice, rows=notice.rows * 3))
    assert pages_of(out) == 1
