"""Ways of scoring, kinds of grading, classes, groups and tracks in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zoneeval.policy import editing
from zoneeval.policy.faults import key_of, path_of
from zoneeval.policy.ladder_editing import new_ladder
from zoneeval.policy.loader import load_policy, load_tariff, parse_policy
from zoneeval.policy.methods import Bands
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff_editing import copy_tariff
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies import PoliciesPage
from zoneeval_ui.pages.policies.bands_dialog import BandsDialog, bands_words
from zoneeval_ui.pages.policies.copying import NewHead
from zoneeval_ui.pages.policies.fault_list import FaultList
from zoneeval_ui.pages.policies.forms import forms_of
from zoneeval_ui.pages.policies.item_dialog import ItemDialog
from zoneeval_ui.pages.policies.places import place_of
from zoneeval_ui.pages.stars import StarsPage

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


def write(parent: QWidget, name: str, words: str) -> None:
    edit = part(parent, QLineEdit, name)
    edit.setText(words)
    edit.textEdited.emit(words)


def policy_of(page: PoliciesPage) -> Policy:
    return parse_policy(page.editor.text)


def test_an_indicator_scores_by_bands(page: PoliciesPage, qtbot: QtBot) -> None:
    click(page.editor, "edit-指标-0")
    item = opened(page, ItemDialog)
    choose(item, "method", "bands")
    qtbot.waitUntil(lambda: item.findChild(QPushButton, "bands") is not None, timeout=3000)
    assert item.findChild(QComboBox, "benchmark") is None
    click(item, "bands")
    dialog = opened(page, BandsDialog)
    part(dialog, QLineEdit, "bandsEnd-0").setText("10")
    part(dialog, QLineEdit, "bandsEnd-1").setText("20")
    assert "最后一段不写到多少" in dialog.problem.text()
    part(dialog, QLineEdit, "bandsScore-1").setText("8")
    dialog.add_button.click()
    assert "第 3 段要填数字" in dialog.problem.text()
    assert not dialog.agree.isEnabled()
    part(dialog, QLineEdit, "bandsScore-2").setText("30")
    dialog.agree.click()
    assert part(item, QLabel, "bands-words").text() == "10 以下 0 分，10—20 8 分，20 以上 30 分"
    assert "最高得分 30 超过该项权重 20" in item.faults.text()
    click(item, "bands")
    again = opened(page, BandsDialog)
    part(again, QLineEdit, "bandsScore-2").setText("20")
    again.agree.click()
    assert item.faults.text() == "没有问题。"
    item.agree.click()
    scored = policy_of(page).tracks[0].indicators[0]
    assert isinstance(scored.method, Bands)
    assert [(b.low, b.high, b.score) for b in scored.method.bands] == [
        (None, 10, 0),
        (10, 20, 8),
        (20, None, 20),
    ]
    page.editor.try_now()
    assert page.editor.save_button.isEnabled()


def test_bands_of_a_share_are_per_cent(qtbot: QtBot) -> None:
    bands = [{"to": 0.03, "score": 0}, {"from": 0.03, "score": 5}]
    assert bands_words(bands, percent=True) == "3% 以下 0 分，3% 以上 5 分"
    dialog = BandsDialog("各段", bands, percent=True)
    qtbot.addWidget(dialog)
    assert part(dialog, QLineEdit, "bandsEnd-0").text() == "3"
    part(dialog, QLineEdit, "bandsEnd-0").setText("3.5")
    assert dialog.value == [{"to": 0.035, "score": 0.0}, {"from": 0.035, "score": 5.0}]
    click(dialog, "bandsRemove-1")
    assert "至少要有两段" in dialog.problem.text() or "最后一段" in dialog.problem.text()


def test_the_kind_of_grading_is_chosen_and_its_entries_follow(
    page: PoliciesPage, qtbot: QtBot
) -> None:
    choose(page.editor, "grading-0-kind", "thresholds")
    qtbot.waitUntil(
        lambda: page.editor.findChild(QPushButton, "add-line-0") is not None, timeout=3000
    )
    page.editor.try_now()
    assert page.editor.faults.text() == "没有问题，可以保存。"
    assert policy_of(page).tracks[0].grading.kind == "thresholds"
    choose(page.editor, "grading-0-kind", "shares")
    qtbot.waitUntil(lambda: page.editor.findChild(QLineEdit, "share-0-0") is not None, timeout=3000)
    write(page.editor, "share-0-0", "50")
    page.editor.try_now()
    assert "累计比例：不能大于 1" in page.editor.faults.text()


def test_a_class_is_renamed_and_a_track_copied(page: PoliciesPage, qtbot: QtBot) -> None:
    click(page.editor, "edit-类别-0")
    item = opened(page, ItemDialog)
    write(item, "letter", "B")
    assert "已经有 B 类" in item.faults.text()
    assert not item.agree.isEnabled()
    write(item, "letter", "甲")
    item.agree.click()
    assert policy_of(page).grades[0].letter == "甲"
    click(page.editor, "copy-组别-0")
    assert len(policy_of(page).tracks) == 2
    qtbot.waitUntil(
        lambda: page.editor.findChild(QPushButton, "remove-组别-1") is not None, timeout=3000
    )
    click(page.editor, "remove-组别-1")
    assert len(policy_of(page).tracks) == 1
    click(page.editor, "remove-组别-0")
    assert "至少要有一个组别" in page.editor.faults.text()


def test_industry_groups_and_what_is_continued(page: PoliciesPage) -> None:
    click(page.editor, "add-group")
    item = opened(page, ItemDialog)
    write(item, "label", "制造业")
    write(item, "codes", "制造")
    assert "写法有误" in item.faults.text()
    write(item, "codes", "13-15、3011")
    item.agree.click()
    assert policy_of(page).groups[0].codes == ("13-15", "3011")
    write(page.editor, "head-continues", "huaian-2024")
    assert policy_of(page).continues == "huaian-2024"


def faults(page: PoliciesPage) -> FaultList:
    assert isinstance(page.editor.faults, FaultList)
    return page.editor.faults


def test_a_fault_leads_to_its_entry(page: PoliciesPage) -> None:
    editor = page.editor
    text = editing.set_entry(editor.text, ("eligibility", 1, "when"), "landarea > 5")
    editor.edit(text, editor.before)
    faults(page).lead("不认识字段“landarea”")
    item = opened(page, ItemDialog)
    focused = item.focusWidget()
    assert focused is not None
    assert focused.objectName() == "when"
    item.reject()
    editor.edit(editing.set_weight(editor.before, 0, 3, -1), editor.before)
    faults(page).lead("必须大于 0")
    focused = editor.focusWidget()
    assert focused is not None
    assert focused.objectName() == "indicator-0-3-weight"
    assert QApplication.activeModalWidget() is None
    write(editor, "head-year", "明年")
    editor.try_now()
    faults(page).lead("不是整数")
    focused = editor.focusWidget()
    assert focused is not None
    assert focused.objectName() == "head-year"


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        (("title",), "head-title"),
        (("continues",), "head-continues"),
        (("tracks", 0, "indicators"), "indicator-0-0-weight"),
        (("tracks", 0, "indicators", 2, "cap"), "indicator-0-2-cap"),
        (("tracks", 0, "indicators", 2, "method", "kind"), "method"),
        (("tracks", 0, "indicators", 2, "negative"), "negative"),
        (("tracks", 0, "decimals"), "track-0-decimals"),
        (("tracks", 0, "group_by"), "group_by"),
        (("tracks", 0, "grading", "rounding"), "grading-0-rounding"),
        (("tracks", 0, "grading", "selections", 0, "order_by"), "by"),
        (("grades", 0, "letter"), "letter"),
        (("citations", 0, "title"), "title"),
    ],
)
def test_every_part_of_the_file_has_its_place(path: tuple[str | int, ...], entry: str) -> None:
    text = load_policy("zhengzhou-2018").text
    assert path_of(key_of(path)) == path
    place = place_of(forms_of(text), path, text)
    assert place is not None
    assert place.entry == entry


def test_own_ladders_and_tariffs_are_listed_with_a_way_to_them(
    make_window: MakeWindow, workspace: Path
) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.save_ladder(ws, new_ladder("own-1", "本市阶梯", "", 2025))
        tariff = copy_tariff(load_tariff("henan").text, "own-2", "本市价格表", "", 2025)
        operations.save_tariff(ws, tariff)
    made = make_window("policies", workspace)
    page = made.window.page("policies")
    assert isinstance(page, PoliciesPage)
    assert "本单位星级阶梯 1 份，价格表 1 份" in page.header.sentence
    page.table.select_id("价格表:own-2")
    assert not page.own_actions.edit_button.isEnabled()
    assert not page.own_actions.delete_button.isEnabled()
    button = part(page.text, QPushButton, "policiesHome")
    assert button.text() == "到“名单与政策—政策与测算”新建、复制和修改"
    button.click()
    assert made.window.current_page is made.window.page("lists")
    made.window.go_to("policies")
    page.table.select_id("星级阶梯:own-1")
    words = [label.text() for label in page.text.findChildren(QLabel)]
    assert "最新一版是草稿，还没有确认。" in words
    click(page.text, "policiesHome")
    stars = made.window.page("stars")
    assert isinstance(stars, StarsPage)
    assert made.window.current_page is stars
    table = stars.segment("ladders").findChild(QWidget, "laddersTable")
    assert table is not None
    assert table.selected_id() == "own-1@1"  # type: ignore[attr-defined]
