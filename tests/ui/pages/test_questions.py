"""对应企业: doubtful rows are answered with a key or a click, remembered, and imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.departments import code, listed, save_book
from tests.ui.pages.conftest import MakeWindow
from zoneeval.model.matching import MatchQuestion, Proposal
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.importing.page import ImportPage
from zoneeval_ui.pages.importing.questions import QuestionsCard

HEAD = ["统一社会信用代码", "企业名称", "所属园区", "行业代码", "规模"]


@pytest.fixture
def books(tmp_path: Path) -> list[str]:
    """Return a directory, and a tax table without codes with two names that are not in it."""
    directory = save_book(tmp_path / "名录.xlsx", {"名录": [HEAD, *map(listed, (1, 2, 3))]})
    rows = [["企业名称", "税收实际贡献（万元）"], ["样例1厂", 5], ["外地商贸中心", 6]]
    return [str(directory), str(save_book(tmp_path / "税.xlsx", {"税": rows}))]


def opened(make_window: MakeWindow, path: Path, books: list[str]) -> tuple[Assembly, QuestionsCard]:
    made = make_window("import", path)
    page = made.window.findChild(ImportPage)
    page.take_files(books)
    card = page.findChild(QuestionsCard)
    assert card is not None
    return made, card


def test_answers_are_remembered_and_the_tables_checked_again(
    make_window: MakeWindow, empty_workspace: Path, books: list[str], qtbot: QtBot
) -> None:
    made, card = opened(make_window, empty_workspace, books)
    page = made.window.findChild(ImportPage)
    assert page.checked is not None
    assert not page.checked.can_commit
    assert [q.shown for q in card.open_questions] == ["样例1厂", "外地商贸中心"]
    qtbot.keyClick(card, Qt.Key.Key_1)
    assert [q.shown for q in card.open_questions] == ["外地商贸中心"]
    none = card.findChild(QPushButton, "questionNone")
    qtbot.mouseClick(none, Qt.MouseButton.LeftButton)
    assert page.checked.questions == ()
    assert page.checked.can_commit
    assert not card.isVisible()
    page.commit()
    made.window.close()
    made.session.close()
    with operations.open_workspace(empty_workspace, read_only=True) as ws:
        assert {(a.alias, a.uscc) for a in operations.aliases(ws)} == {
            ("样例1厂", code(1)), ("外地商贸中心", ""),
        }  # fmt: skip
        year = operations.years(ws)[0]
        data = {e.uscc: e.values for e in operations.enterprise_data(ws, year)}
        assert data[code(1)]["tax_paid"].value == 5.0


def test_another_enterprise_by_its_code_and_a_wrong_code(
    make_window: MakeWindow,
    empty_workspace: Path,
    books: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, card = opened(make_window, empty_workspace, books)
    told: list[str] = []
    monkeypatch.setattr(made.window, "show_failure", lambda error, _title: told.append(str(error)))
    other = card.findChild(QLineEdit, "questionOther")
    other.setText("123")
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert len(card.open_questions) == 2
    assert "有误" in told[0]
    card.answer(card.open_questions[0], code(2))
    card.answer(card.open_questions[0], code(3))
    page = made.window.findChild(ImportPage)
    assert page.checked is not None
    assert page.checked.can_commit


def test_keys_without_a_meaning_answer_nothing(qtbot: QtBot) -> None:
    card = QuestionsCard()
    qtbot.addWidget(card)
    proposal = Proposal(code(1), "样例1有限公司", 0.93)
    card.set_questions([MatchQuestion("name", "样例", "样例", (proposal,), "税.xlsx", "税", (3,))])
    for key in (Qt.Key.Key_2, Qt.Key.Key_9, Qt.Key.Key_A):
        qtbot.keyClick(card, key)
    assert len(card.open_questions) == 1
    with qtbot.waitSignals([card.answered, card.finished]):
        qtbot.keyClick(card, Qt.Key.Key_0)
