"""One question with one answer, named for those who do not see the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval_ui.widgets.asking import ask_choice, ask_text, told_apart


def _answer(press: str, seen: list[str], choose: int | None = None, write: str = "") -> None:
    """Answer the question that is open, once it is, and note the names of its parts."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        for kind in (QComboBox, QLineEdit, QPushButton):
            seen.extend(part.accessibleName() for part in dialog.findChildren(kind))
        if choose is not None:
            dialog.findChild(QComboBox).setCurrentIndex(choose)
        if write:
            dialog.findChild(QLineEdit).setText(write)
        dialog.findChild(QPushButton, press).click()

    QTimer.singleShot(0, act)


def test_a_choice_is_given_back_or_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []
    _answer("whichAgree", seen, choose=1)
    assert ask_choice(parent, "which", "比较", "与哪一份比较：", ["甲", "乙"]) == "乙"
    assert seen == ["与哪一份比较", "确定", "取消"]
    _answer("whichCancel", seen)
    assert ask_choice(parent, "which", "比较", "与哪一份比较：", ["甲", "乙"]) is None


def test_a_line_is_given_back_or_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []
    _answer("lineAgree", seen, write="方案二")
    assert ask_text(parent, "line", "保存方案", "方案名称：", "方案一") == "方案二"
    assert seen == ["方案名称", "确定", "取消"]
    _answer("lineCancel", seen, write="方案三")
    assert ask_text(parent, "line", "保存方案", "方案名称：", "方案一") is None


def test_the_second_word_is_shown_only_where_titles_are_the_same() -> None:
    found = told_apart([("甲", "a", 1), ("乙", "b", 2), ("乙", "c", 3)])
    assert found == {"甲": 1, "乙（b）": 2, "乙（c）": 3}
