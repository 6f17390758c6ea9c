"""Editing a policy in the real window: copy, fault, mend, effect, save, evaluate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval.policy.difference import differences
from zoneeval.policy.loader import check_policy, list_policies, load_policy, parse_policy
from zoneeval.policy.schema import Policy
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies import PoliciesPage
from zoneeval_ui.pages.policies.copying import CopyDialog, NewHead
from zoneeval_ui.pages.policies.forms import forms_of

Part = TypeVar("Part", bound=QWidget)
MakeWindow = Callable[..., Assembly]
HEAD = NewHead("本市评价办法（2025 年）", "试〔2025〕1号", 2025, 2025)


def page_of(made: Assembly) -> PoliciesPage:
    page = made.window.page("policies")
    assert isinstance(page, PoliciesPage)
    return page


def part_of(page: PoliciesPage, kind: type[Part], name: str) -> Part:
    found = page.editor.findChild(kind, name)
    assert found is not None, name
    return found


def edit_of(page: PoliciesPage, name: str) -> QLineEdit:
    found = page.editor.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def type_into(page: PoliciesPage, name: str, words: str) -> None:
    edit = edit_of(page, name)
    edit.setText(words)
    edit.textEdited.emit(words)
    page.editor.try_now()


def copy(page: PoliciesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.own_actions, "ask_head", lambda _proposed: HEAD)
    page.own_actions.copy_button.click()


def words_of(page: PoliciesPage) -> str:
    return "\n".join(label.text() for label in page.text.findChildren(QLabel))


@pytest.fixture
def made(make_window: MakeWindow, workspace: Path) -> Assembly:
    return make_window("policies", workspace)


def test_from_copy_to_evaluation(
    made: Assembly, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(made)
    assert not page.own_actions.edit_button.isEnabled()
    copy(page, monkeypatch)
    editor = page.editor
    assert page.is_editing
    assert editor.faults.text() == "没有问题，可以保存。"
    assert "0 户的类别会变" in editor.effect.text()
    type_into(page, "indicator-0-0-weight", "18")
    assert "各项权重合计 98，应为 100（还差 2，请调整各项权重）" in editor.faults.text()
    assert not editor.save_button.isEnabled()
    type_into(page, "indicator-0-1-weight", "22")
    type_into(page, "share-0-0", "40")
    assert editor.faults.text() == "没有问题，可以保存。"
    assert editor.trial is not None
    assert editor.trial.effect is not None
    moved = len(editor.trial.effect.changed)
    assert moved > 0
    assert f"中 {moved} 户的类别会变" in editor.effect.text()
    assert editor.moved.table_model.rowCount() == moved
    edit_of(page, "policyNote").setText("讨论稿")
    editor.save_button.click()
    assert not page.is_editing
    assert page.table.selected_id() == "评价办法:zhengzhou-2025"
    assert "第 1 版" in words_of(page)
    assert "讨论稿" in words_of(page)
    page.use_button.click()
    assert made.window.context.policy == "zhengzhou-2025"
    assert made.window.current_page is made.window.page("evaluation")

    def evaluate(ws: operations.Workspace, _progress: object) -> operations.RunResult:
        return operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2025")

    found: list[operations.RunResult] = []
    made.session.change(evaluate, found.append, title="评价")
    (run,) = found
    assert run.policy.title == HEAD.title
    assert run.policy.tracks[0].indicators[0].weight == 18
    assert made.window.context.policy == "zhengzhou-2025"
    evaluation = made.window.page("evaluation")
    assert "请重新评价" not in evaluation.header.sentence
    made.window.go_to("policies")
    page.own_actions.edit_button.click()
    type_into(page, "share-0-0", "35")
    editor.save_button.click()
    made.window.go_to("evaluation")
    assert "办法之后有了新的一版，请重新评价" in evaluation.header.sentence
    made.window.go_to("policies")
    page.own_actions.delete_button.click()
    assert made.window.context.policy != "zhengzhou-2025"
    assert made.window.go_to("evaluation").state == "ready"


def test_what_is_no_figure_is_said_where_it_stands(
    made: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(made)
    copy(page, monkeypatch)
    type_into(page, "indicator-0-0-weight", "二十")
    assert "亩均税收权重：“二十”不是数字，请改正" in page.editor.faults.text()
    type_into(page, "indicator-0-0-weight", "")
    assert "缺少“权重”" in page.editor.faults.text()
    type_into(page, "indicator-0-0-weight", "20")
    assert page.editor.save_button.isEnabled()
    monkeypatch.setattr(page.own_actions, "ask_leave", lambda: False)
    page.editor.leave_button.click()
    assert page.is_editing
    monkeypatch.setattr(page.own_actions, "ask_leave", lambda: True)
    page.editor.leave_button.click()
    assert not page.is_editing
    assert all(not rule.is_own for rule in page.policies)


def test_benchmarks_rows_and_marks(
    made: Assembly, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = page_of(made)
    copy(page, monkeypatch)
    kind = part_of(page, QComboBox, "indicator-0-0-benchmark")
    kind.setCurrentIndex(kind.findData("fixed"))
    type_into(page, "indicator-0-0-figure", "15")
    part_of(page, QCheckBox, "indicator-0-0-illustrative").setChecked(False)
    item = parse_policy(page.editor.text).tracks[0].indicators[0]
    assert item.benchmark.value == 15
    assert not item.illustrative
    assert item.cite == "zhengzhou-2025"
    part_of(page, QPushButton, "remove-指标-5").click()
    qtbot.waitUntil(
        lambda: page.editor.findChild(QLineEdit, "indicator-0-5-weight") is None, timeout=3000
    )
    part_of(page, QPushButton, "add-0").click()
    qtbot.waitUntil(
        lambda: page.editor.findChild(QLineEdit, "indicator-0-5-weight") is not None, timeout=3000
    )
    page.editor.try_now()
    assert page.editor.save_button.isEnabled()


def test_compare_export_import_delete(
    made: Assembly, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = page_of(made)
    copy(page, monkeypatch)
    type_into(page, "indicator-0-0-weight", "25")
    type_into(page, "indicator-0-1-weight", "15")
    type_into(page, "share-0-0", "20")
    page.editor.save_button.click()
    file = tmp_path / "办法.toml"
    monkeypatch.setattr(page.own_actions, "ask_save", lambda _name: file)
    page.own_actions.export_button.click()
    assert parse_policy(file.read_text(encoding="utf-8")).id == "zhengzhou-2025"
    shipped = load_policy("zhengzhou-2018")
    monkeypatch.setattr(
        page.own_actions, "ask_other", lambda names: next(n for n in names if n == shipped.title)
    )
    page.own_actions.compare_button.click()
    assert "亩均税收权重 20→25" in words_of(page)
    assert "A 类比例 15%→20%" in words_of(page)
    page.own_actions.delete_button.click()
    assert all(not rule.is_own for rule in page.policies)
    monkeypatch.setattr(page.own_actions, "ask_open", lambda: file)
    page.own_actions.import_button.click()
    assert page.chosen is not None
    assert page.chosen.version == 2
    page.own_actions.edit_button.click()
    assert page.is_editing
    assert edit_of(page, "head-number").text() == HEAD.number


def test_the_dialog_asks_for_the_head(qtbot: QtBot) -> None:
    dialog = CopyDialog(HEAD)
    qtbot.addWidget(dialog)
    assert dialog.head() == HEAD


@pytest.mark.parametrize("policy", list_policies(), ids=lambda policy: policy.id)
def test_every_entry_of_every_shipped_policy_keeps_its_own_value(policy: Policy) -> None:
    text = policy.text
    rows = [row for form in forms_of(text) for row in form.rows]
    names = [entry.name for row in rows for entry in row.entries if entry is not None]
    assert len(names) == len(set(names))
    for row in rows:
        for entry in row.entries:
            if entry is not None:
                text = entry.apply(text, entry.value)
    assert check_policy(text) == []
    assert differences(policy, parse_policy(text)) == []
