"""Entries of a policy's lists edited in the real window: conditions, bonuses, by year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval.policy import editing
from zoneeval.policy.loader import load_policy, parse_policy
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies import PoliciesPage
from zoneeval_ui.pages.policies.condition_dialog import ConditionDialog
from zoneeval_ui.pages.policies.copying import NewHead
from zoneeval_ui.pages.policies.dated_dialog import DatedDialog
from zoneeval_ui.pages.policies.item_dialog import ItemDialog
from zoneeval_ui.pages.policies.parts import Entry

Part = TypeVar("Part", bound=QWidget)
MakeWindow = Callable[..., Assembly]
HEAD = NewHead("本市评价办法（2025 年）", "试〔2025〕1号", 2025, 2025)


@pytest.fixture
def page(make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> PoliciesPage:
    found = make_window("policies", workspace).window.page("policies")
    assert isinstance(found, PoliciesPage)
    monkeypatch.setattr(found.own_actions, "ask_head", lambda _proposed: HEAD)
    found.own_actions.copy_button.click()
    return found


def part(parent: QWidget, kind: type[Part], name: str) -> Part:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def opened(page: PoliciesPage, kind: type[Part]) -> Part:
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert found
    return found[-1]


def click(parent: QWidget, name: str) -> None:
    part(parent, QPushButton, name).click()


def choose(parent: QWidget, name: str, key: object) -> None:
    box = part(parent, QComboBox, name)
    at = box.findData(key)
    assert at >= 0, key
    box.setCurrentIndex(at)


def test_a_condition_is_changed_in_rows_and_its_effect_is_shown(page: PoliciesPage) -> None:
    click(page.editor, "edit-谁参评-1")
    item = opened(page, ItemDialog)
    assert item.faults.text() == "没有问题。"
    click(item, "when")
    dialog = opened(page, ConditionDialog)
    assert dialog.value == 'scale == "规上"'
    choose(dialog, "conditionJoined", True)
    dialog.add_button.click()
    choose(dialog, "clause-1-what", "land_area")
    choose(dialog, "clause-1-sign", ">=")
    assert "“用地面积”还没有写与什么比较" in dialog.problem.text()
    assert not dialog.agree.isEnabled()
    part(dialog, QLineEdit, "clause-1-value").setText("八十")
    assert "“八十”不是数字" in dialog.problem.text()
    part(dialog, QLineEdit, "clause-1-value").setText("80")
    assert dialog.words.text() == '意思：规模 ＝ "规上" 或 用地面积 ≥ 80'
    dialog.agree.click()
    assert "用地面积 ≥ 80" in part(item, QLabel, "when-words").text()
    item.agree.click()
    page.editor.try_now()
    condition = parse_policy(page.editor.text).eligibility[1]
    assert condition.when == 'scale == "规上" or land_area >= 80'
    assert condition.cite == "zhengzhou-2025"
    assert page.editor.trial is not None
    assert page.editor.save_button.isEnabled()


def test_every_row_of_a_condition_can_be_removed_by_a_whole_button(
    page: PoliciesPage, qtbot: QtBot
) -> None:
    click(page.editor, "edit-谁参评-1")
    click(opened(page, ItemDialog), "when")
    dialog = opened(page, ConditionDialog)
    dialog.add_button.click()
    dialog.add_button.click()
    choose(dialog, "clause-2-what", "value_added_per_tce")
    dialog.grab()
    for row in range(3):
        button = part(dialog, QPushButton, f"clause-{row}-remove")
        qtbot.waitUntil(lambda held=button: held.width() >= held.sizeHint().width(), timeout=2000)


def test_a_bonus_is_added_with_its_faults_said_at_once(page: PoliciesPage, qtbot: QtBot) -> None:
    click(page.editor, "add-bonus-0")
    item = opened(page, ItemDialog)
    choose(item, "way", "tiers")
    qtbot.waitUntil(lambda: item.findChild(QLineEdit, "tiers") is not None, timeout=3000)
    edit = part(item, QLineEdit, "tiers")
    edit.setText("三")
    edit.textEdited.emit("三")
    assert "写成“3、2、1”" in item.faults.text()
    assert not item.agree.isEnabled()
    edit.setText("3、-1")
    edit.textEdited.emit("3、-1")
    assert "不能有的加分、有的扣分" in item.faults.text()
    edit.setText("3、1")
    edit.textEdited.emit("3、1")
    assert item.faults.text() == "没有问题。"
    item.agree.click()
    bonus = parse_policy(page.editor.text).tracks[0].bonus[-1]
    assert bonus.tiers == (3, 1)
    assert bonus.per == "penalties"


def test_a_fault_is_told_by_the_name_of_its_entry(page: PoliciesPage) -> None:
    text = editing.set_entry(page.editor.text, ("eligibility", 1, "when"), "landarea > 5")
    page.editor.edit(text, page.editor.before)
    assert "“不是规上企业”，条件：不认识字段“landarea”" in page.editor.faults.text()
    click(page.editor, "edit-谁参评-1")
    item = opened(page, ItemDialog)
    assert "不认识字段“landarea”" in item.faults.text()
    item.reject()


def test_a_form_given_up_changes_nothing(page: PoliciesPage) -> None:
    before = page.editor.text
    click(page.editor, "add-adjustment")
    item = opened(page, ItemDialog)
    assert item.text != before
    item.reject()
    assert page.editor.text == before
    assert not page.editor.is_changed


def test_rows_are_moved_up_and_away(page: PoliciesPage, qtbot: QtBot) -> None:
    before = [c.reason for c in parse_policy(page.editor.text).eligibility]
    click(page.editor, "up-谁参评-1")
    after = [c.reason for c in parse_policy(page.editor.text).eligibility]
    assert after == [before[1], before[0], *before[2:]]
    click(page.editor, "remove-谁参评-2")
    assert len(parse_policy(page.editor.text).eligibility) == len(before) - 1


def test_a_weight_by_year_is_entered_as_a_table(page: PoliciesPage, qtbot: QtBot) -> None:
    click(page.editor, "edit-指标-0")
    item = opened(page, ItemDialog)
    click(item, "weights")
    dialog = opened(page, DatedDialog)
    dialog.add(2025, "20")
    dialog.add(2025, "2x")
    assert not dialog.agree.isEnabled()
    assert dialog.problem.text()
    part(dialog, QLineEdit, "datedFigure-1").setText("0")
    part(dialog, QWidget, "datedYear-1").setProperty("value", 2026)
    assert "2026 年的数值必须大于 0" in dialog.problem.text()
    part(dialog, QLineEdit, "datedFigure-1").setText("30")
    dialog.agree.click()
    assert "2026 年各项权重合计 110" in item.faults.text()
    item.agree.click()
    assert parse_weights(page) == {"2025": 20, "2026": 30}
    qtbot.waitUntil(
        lambda: page.editor.findChild(QLabel, "indicator-0-0-weight-words") is not None,
        timeout=3000,
    )
    words = part(page.editor, QLabel, "indicator-0-0-weight-words").text()
    assert words == "2025 年 20，2026 年 30"


def parse_weights(page: PoliciesPage) -> dict[str, float]:
    import tomllib

    weights = tomllib.loads(page.editor.text)["tracks"][0]["indicators"][0]["weights"]
    return dict(weights)


def entry(kind: str, value: str, scored: tuple[tuple[str, str], ...] | None = None) -> Entry:
    return Entry("when", "条件", kind, value, lambda text, _value: text, scored=scored)  # type: ignore[arg-type]


def dialog_of(qtbot: QtBot, made: Entry) -> ConditionDialog:
    dialog = ConditionDialog(made, str(made.value))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    "formula",
    [
        'not in_codes(industry_code, "44-46", "4412")',
        "listed == 0 or rd_intensity >= 0.035",
        "coalesce(years_since(production_started_on), -1) >= 0",
        'operating_status != "停产" and zone == "东园"',
    ],
)
def test_rows_keep_a_formula_as_it_is(qtbot: QtBot, formula: str) -> None:
    dialog = dialog_of(qtbot, entry("condition", formula))
    assert not dialog.as_formula.isChecked()
    assert dialog.agree.isEnabled()
    assert dialog.value == formula


def test_what_is_no_rows_is_written_as_a_formula(qtbot: QtBot) -> None:
    formula = "listed == 1 and (land_area > 5 or penalties > 1)"
    dialog = dialog_of(qtbot, entry("condition", formula))
    assert dialog.as_formula.isChecked()
    dialog.as_formula.setChecked(False)
    assert dialog.as_formula.isChecked()
    assert "不能拆成几条" in dialog.problem.text()
    dialog.formula.setText("landarea > 5")
    assert "不认识字段“landarea”" in dialog.problem.text()
    dialog.formula.setText("land_area > 5")
    dialog.as_formula.setChecked(False)
    assert len(dialog.rows) == 1
    assert dialog.value == "land_area > 5"


def test_a_sum_of_points(qtbot: QtBot) -> None:
    scored = (("tax_per_mu", "亩均税收"), ("rd_intensity", "研发"))
    dialog = dialog_of(qtbot, entry("sum", "score(tax_per_mu)", scored))
    row = dialog.add()
    row.what.setCurrentIndex(row.what.findData("score(rd_intensity)"))
    assert dialog.value == "score(tax_per_mu) + score(rd_intensity)"
    assert dialog.words.text() == "意思：亩均税收得分 + 研发得分"
    row.removed.emit()
    assert dialog.value == "score(tax_per_mu)"


def test_the_formula_of_an_own_indicator_is_written_as_one(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, entry("sum", "revenue / energy_use"))
    assert dialog.as_formula.isChecked()
    assert dialog.agree.isEnabled()
    dialog.formula.setText("revenue / land_area")
    assert dialog.value == "revenue / land_area"


def test_thresholds_have_forms_of_their_own(page: PoliciesPage) -> None:
    text = load_policy("huaian-2024").text
    start, end = text.index("[tracks.grading]"), len(text)
    rest = text.index("[[", start) if "[[tracks]]" in text[start:] else end
    head = text[:start]
    letters = [grade.letter for grade in parse_policy(text).grades]
    lines = (
        f'[tracks.grading]\nkind = "thresholds"\nrest = "{letters[-1]}"\nillustrative = true\n'
        f'[[tracks.grading.lines]]\ngrade = "{letters[0]}"\nwhen = "composite_score >= 90"\n\n'
    )
    made = head + lines + (text[rest:] if rest < end else "")
    parse_policy(made)
    page.editor.edit(made, made)
    click(page.editor, "add-line-0")
    item = opened(page, ItemDialog)
    choose(item, "grade", letters[1])
    item.agree.click()
    grading = parse_policy(page.editor.text).tracks[0].grading
    assert grading.kind == "thresholds"
    assert [line.grade for line in grading.lines] == letters[:2]
    assert not [one for one in page.window().findChildren(QDialog) if one.isVisible()]
