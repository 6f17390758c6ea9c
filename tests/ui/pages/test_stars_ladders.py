"""The segment 阶梯: ladders filled in, saved, confirmed, compared, used."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from zoneeval.policy.ladder_editing import new_ladder
from zoneeval.policy.loader import check_policy, load_ladder, parse_ladder
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.policies.copying import NewHead
from zoneeval_ui.pages.policies.entries import read, shown
from zoneeval_ui.pages.policies.fault_list import FaultList
from zoneeval_ui.pages.policies.parts import TYPED, Entry, Form, Row
from zoneeval_ui.pages.stars import StarsPage
from zoneeval_ui.pages.stars.ladder_forms import ladder_forms
from zoneeval_ui.pages.stars.ladders import LadderSegment

MakeWindow = Callable[..., Assembly]
SIX = "illustrative-six-stars"
HEAD = NewHead("考核晋级标准", "豫政〔2025〕1号", 2025, 2025)
RULES = """
[composite]
total = 100
[[composite.items]]
id = "tax"
indicator = "tax_revenue"
unit = "亿元"
weight = 100
method = { kind = "ratio" }
base = "mean"
cite = "own-1"
[[composite.bonuses]]
label = "表彰"
event = "获省级表彰"
points = 2
cite = "own-1"
[[gates]]
label = "规模"
indicator = "tax_revenue"
unit = "亿元"
value = 1
cite = "own-1"
[[vetoes]]
label = "事故"
event = "较大事故"
effect = "cap"
level = 1
cite = "own-1"
[movement]
max_up = 1
cite = "own-1"
[[years_rules]]
id = "last"
label = "末位"
bottom = 1
times = 2
of = 3
consequence = "约谈"
cite = "own-1"
[[peers]]
id = "county"
label = "县域"
"""


def segment_of(made: Assembly) -> LadderSegment:
    page = made.window.page("stars")
    assert isinstance(page, StarsPage)
    segment = page.open_segment("ladders")
    assert isinstance(segment, LadderSegment)
    return segment


def full_text() -> str:
    return new_ladder("own-1", "标准", "", 2025) + RULES


def row(forms: list[Form], title: str, number: int = 0) -> Row:
    return next(form for form in forms if form.title == title).rows[number]


def entries_of(text: str, title: str) -> dict[str, Entry]:
    item = row(ladder_forms(text), title).item
    assert item is not None
    return {entry.label: entry for entry in item.entries(text)}


def test_a_ladder_is_begun_filled_in_and_saved(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = segment_of(make_window("stars", workspace))
    monkeypatch.setattr(segment.actions_bar, "ask_head", lambda *_asked: HEAD)
    segment.actions_bar.new_button.click()
    assert segment.is_editing
    assert segment.unsaved() is not None
    editor = segment.editor
    assert editor.save_button.isEnabled()
    edit = editor.findChild(QLineEdit, "criterion-0-1")
    assert edit is not None
    edit.setText("很多")
    edit.textEdited.emit("很多")
    editor.try_now()
    assert "不是数字" in editor.faults.text()
    assert not editor.save_button.isEnabled()
    assert isinstance(editor.faults, FaultList)
    editor.faults.lead("不是数字")
    focused = editor.focusWidget()
    assert focused is not None
    assert focused.objectName() == "criterion-0-1"
    edit.setText("50000")
    edit.textEdited.emit("50000")
    editor.try_now()
    assert "没有问题" in editor.faults.text()
    assert "3 个园区中" in editor.effect.text()
    editor.note.setText("照文件")
    editor.save_button.click()
    assert not segment.is_editing
    held = segment.chosen
    assert held is not None
    assert (held.ref, held.state) == ("own-ladder-2025@1", "草稿")
    assert parse_ladder(held.text).criteria[0].thresholds[1] == 50_000


def test_a_draft_is_said_and_confirmed(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.save_ladder(ws, new_ladder("own-1", "标准", "", 2025))
    segment = segment_of(make_window("stars", workspace))
    actions, page = segment.actions_bar, segment.page
    segment.table.select_id("own-1@1")
    actions.use_button.click()
    assert page.ladder.current == "own-1"
    assert page.certainty.text == "草稿，未确认"
    assert "草稿" in page.header.sentence
    page.open_segment("ladders")
    monkeypatch.setattr(actions, "ask_document", lambda _proposed: "豫政〔2025〕1号")
    actions.confirm_button.click()
    assert segment.chosen is not None
    assert segment.chosen.state == "已确认"
    assert "豫政〔2025〕1号" in segment.chosen.confirmed
    assert not actions.confirm_button.isEnabled()


def test_copied_compared_given_out_taken_in_and_deleted(
    make_window: MakeWindow, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = segment_of(make_window("stars", workspace))
    actions = segment.actions_bar
    segment.table.select_id(SIX)
    assert not actions.edit_button.isEnabled()
    monkeypatch.setattr(actions, "ask_head", lambda *_asked: HEAD)
    actions.copy_button.click()
    assert len(segment.editor.forms()) > 6
    segment.editor.save_button.click()
    assert segment.chosen is not None
    assert segment.chosen.id == "illustrative-six-stars-2025"
    monkeypatch.setattr(
        actions,
        "ask_other",
        lambda names: next(name for name in names if name == "产业集聚区星级阶梯（示意）"),
    )
    actions.compare_button.click()
    target = tmp_path / "阶梯"
    monkeypatch.setattr(actions, "ask_save", lambda _proposed: target)
    actions.export_button.click()
    written = target.with_name("阶梯.toml")
    assert tomllib.loads(written.read_text(encoding="utf-8"))["title"] == "考核晋级标准"
    actions.delete_button.click()
    assert [held.is_own for held in segment.ladders].count(True) == 0
    monkeypatch.setattr(actions, "ask_open", lambda: written)
    actions.import_button.click()
    assert segment.chosen is not None
    assert segment.chosen.ref == "illustrative-six-stars-2025@2"
    actions.edit_button.click()
    assert segment.is_editing
    segment.editor.leave_button.click()
    assert not segment.is_editing


def test_a_ladder_without_zones_can_be_written(
    make_window: MakeWindow, empty_workspace: Path
) -> None:
    segment = segment_of(make_window("stars", empty_workspace))
    assert segment.isVisible()
    assert segment.actions_bar.new_button.isEnabled()


@pytest.mark.parametrize("source", ["full", SIX, "illustrative-composite"])
def test_every_entry_takes_back_what_it_shows(source: str) -> None:
    text = full_text() if source == "full" else load_ladder(source).text
    assert check_policy(text) == []
    meant = parse_ladder(text)
    count = 0
    for form in ladder_forms(text):
        for line in form.rows:
            entries = [entry for entry in line.entries if entry is not None]
            entries += line.item.entries(text) if line.item is not None else []
            for entry in entries:
                value = read(entry, shown(entry)) if entry.kind in TYPED else entry.value
                again = entry.apply(text, value)
                assert check_policy(again) == [], entry.name
                changed = parse_ladder(again).model_dump(exclude={"text", "fingerprint"})
                before = meant.model_dump(exclude={"text", "fingerprint"})
                if entry.name == "ladder-combine":
                    before["combine_assumed"] = False
                assert changed == before, entry.name
                count += 1
    assert count > 60


def test_everything_that_can_be_added_is_sound() -> None:
    text = full_text()
    for form in ladder_forms(text):
        if form.adder is not None:
            more = form.adder.add(text)
            faults = [fault.message for fault in check_policy(more)]
            assert all("权重合计" in fault for fault in faults), form.title
            assert form.adder.item(more).entries(more)


@pytest.mark.parametrize("title", ["准入条件", "否决和降级", "加分", "扣分", "连续多年"])
def test_choices_lead_to_sound_rules(title: str) -> None:
    text = full_text()
    form = next(form for form in ladder_forms(text) if form.title == title)
    if not form.rows:
        assert form.adder is not None
        text = form.adder.add(text)
    for entry in entries_of(text, title).values():
        for key, _word in entry.choices:
            if entry.name.endswith(("-indicator", "-measure")) and key not in (
                *("tax_revenue", "rd_intensity", "growth", "rank"),
            ):
                continue
            assert check_policy(entry.apply(text, key)) == [], (entry.name, key)


def test_ways_of_scoring_lead_to_sound_items() -> None:
    text = full_text()
    ways = entries_of(text, "综合得分")["怎样计分"]
    for key, _word in ways.choices:
        made = ways.apply(text, key)
        assert check_policy(made) == [], key
        for entry in entries_of(made, "综合得分").values():
            value = read(entry, shown(entry)) if entry.kind in TYPED else entry.value
            assert check_policy(entry.apply(made, value)) == [], (key, entry.name)
    bands = ways.apply(text, "bands")
    entry = next(e for e in entries_of(bands, "综合得分").values() if e.name.endswith("-bands"))
    typed = [{"to": 1, "score": 0}, {"from": 1, "to": 5, "score": 60}, {"from": 5, "score": 100}]
    made = parse_ladder(entry.apply(bands, typed)).composite
    assert made is not None
    assert [(b.low, b.high, b.score) for b in made.items[0].method.bands] == [  # type: ignore[union-attr]
        (None, 1, 0),
        (1, 5, 60),
        (5, None, 100),
    ]


def test_an_item_is_split_and_joined_again() -> None:
    text = full_text()
    split = entries_of(text, "综合得分")["计分对象"].apply(text, "parts")
    assert check_policy(split) == []
    made = parse_ladder(split).composite
    assert made is not None
    assert [part.share for part in made.items[0].parts] == [0.5, 0.5]
    joined = entries_of(split, "综合得分")["计分对象"].apply(split, "one")
    assert parse_ladder(joined).composite == parse_ladder(text).composite


def test_shares_are_shown_as_per_cent() -> None:
    text = load_ladder(SIX).text
    line = row(ladder_forms(text), "各级门槛", 5)
    assert line.label == "R&D经费占增加值比重（%）" or line.label.endswith("（%）")
    cell = line.entries[2]
    assert cell is not None
    assert cell.value == "1.5"
    changed = parse_ladder(cell.apply(text, "1.6"))
    assert changed.criteria[5].thresholds[2] == 0.016
    assert replace(cell, value="") != cell
