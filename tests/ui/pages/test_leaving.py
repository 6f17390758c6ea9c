"""Nothing typed into a policy is lost without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies import PoliciesPage
from zoneeval_ui.pages.policies.copying import NewHead
from zoneeval_ui.shell.leaving import Answer, Unsaved, ask_unsaved

MakeWindow = Callable[..., Assembly]
HEAD = NewHead("本市评价办法（2025 年）", "", 2025, 2025)


class Asked:
    """Answers in the place of the user, and keeps what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.questions: list[Unsaved] = []

    def __call__(self, unsaved: Unsaved, _parent: QWidget) -> Answer:
        self.questions.append(unsaved)
        return self.answer


@pytest.fixture
def made(make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Assembly:
    found = make_window("policies", workspace)
    page = page_of(found)
    monkeypatch.setattr(page.own_actions, "ask_head", lambda _proposed: HEAD)
    page.own_actions.copy_button.click()
    return found


def page_of(made: Assembly) -> PoliciesPage:
    page = made.window.page("policies")
    assert isinstance(page, PoliciesPage)
    return page


def type_note(page: PoliciesPage, words: str) -> None:
    edit = page.editor.findChild(QLineEdit, "indicator-0-0-cap")
    assert edit is not None
    edit.setText(words)
    edit.textEdited.emit(words)


def answer(made: Assembly, what: Answer) -> Asked:
    asked = Asked(what)
    made.window.leaving.ask = asked
    return asked


def test_without_changes_nothing_is_asked(made: Assembly) -> None:
    asked = answer(made, "stay")
    made.window.go_to("overview")
    assert made.window.current_page is made.window.page("overview")
    assert asked.questions == []


def test_another_page_waits_for_the_answer(made: Assembly, qtbot: QtBot) -> None:
    window, page = made.window, page_of(made)
    type_note(page, "1.2")
    asked = answer(made, "stay")
    window.go_to("overview")
    assert window.current_page is page
    assert window.navigation.current == "policies"
    assert page.is_editing
    assert "办法“本市评价办法（2025 年）”的修改还没有保存" in asked.questions[0].text
    assert asked.questions[0].reason == ""
    answer(made, "save")
    window.go_to("overview")
    qtbot.waitUntil(lambda: window.current_page is window.page("overview"), timeout=5000)
    assert not page.is_editing
    window.go_to("policies")
    assert any(rule.id == "zhengzhou-2025" for rule in page.policies)


def test_what_has_faults_cannot_be_saved_but_given_up(made: Assembly) -> None:
    window, page = made.window, page_of(made)
    type_note(page, "不是数字")
    asked = answer(made, "discard")
    window.go_to("overview")
    assert asked.questions[0].reason == "办法还有 1 处问题，改正后才能保存。"
    assert window.current_page is window.page("overview")
    assert not page.is_editing
    assert all(not rule.is_own for rule in page.policies)


def test_another_policy_of_the_window_is_asked_about_too(made: Assembly) -> None:
    window, page = made.window, page_of(made)
    type_note(page, "1.2")
    before = window.context
    asked = answer(made, "stay")
    window.context_bar.policy.picked.emit("huaian-2024")
    assert window.context == before
    assert window.context_bar.policy.current == before.policy
    window.context_bar.year.picked.emit(2023)
    assert window.context.year == 2023
    assert len(asked.questions) == 1
    answer(made, "discard")
    window.context_bar.policy.picked.emit("huaian-2024")
    assert window.context.policy == "huaian-2024"
    assert not page.is_editing


def test_another_file_is_asked_about_too(made: Assembly, empty_workspace: Path) -> None:
    page = page_of(made)
    type_note(page, "1.2")
    path = made.session.path
    answer(made, "stay")
    made.window.open_requested.emit(str(empty_workspace))
    assert made.session.path == path
    assert page.is_editing
    answer(made, "discard")
    made.window.open_requested.emit(str(empty_workspace))
    assert made.session.path == empty_workspace


def test_the_window_stays_open_or_closes_after_saving(made: Assembly, qtbot: QtBot) -> None:
    window, page = made.window, page_of(made)
    type_note(page, "1.2")
    answer(made, "stay")
    assert not window.close()
    assert window.isVisible()
    answer(made, "save")
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert not page.is_editing


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("unsavedSave", "save"), ("unsavedDiscard", "discard"), ("unsavedStay", "stay")],
)
def test_the_question_has_three_answers(qtbot: QtBot, name: str, wanted: Answer) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def choose() -> None:
        box = parent.findChild(QMessageBox, "unsavedQuestion")
        assert box is not None
        button = box.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(0, parent, choose)
    unsaved = Unsaved("还没有保存。", save=lambda _then: None, discard=lambda: None)
    assert ask_unsaved(unsaved, parent) == wanted


def test_saving_is_not_offered_where_it_is_impossible(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[tuple[bool, str]] = []

    def look() -> None:
        box = parent.findChild(QMessageBox, "unsavedQuestion")
        assert box is not None
        button = box.findChild(QPushButton, "unsavedSave")
        assert button is not None
        seen.append((button.isEnabled(), box.informativeText()))
        box.reject()

    QTimer.singleShot(0, parent, look)
    unsaved = Unsaved("还没有保存。", lambda _then: None, lambda: None, reason="有问题。")
    assert ask_unsaved(unsaved, parent) == "stay"
    assert seen == [(False, "有问题。")]
