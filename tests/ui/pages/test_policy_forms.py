"""What can be edited of a policy: every form of every policy, without a window."""

from __future__ import annotations

import tomllib

import pytest

from tests.helpers.mechanisms import texts_of_every_policy
from zoneeval.expressions import parse
from zoneeval.policy import editing
from zoneeval.policy.conditions import rows_of, terms_of
from zoneeval.policy.difference import differences
from zoneeval.policy.loader import check_policy, load_policy, parse_policy
from zoneeval.policy.schema import Policy
from zoneeval_ui.pages.policies.forms import forms_of
from zoneeval_ui.pages.policies.parts import Entry, Form, Item

ALL = texts_of_every_policy()


def rules_of(policy: Policy) -> object:
    """Return all that a policy says but what it rests on."""

    def bare(held: object) -> object:
        if isinstance(held, dict):
            gone = ("cite", "text", "fingerprint", "citations")
            return {key: bare(value) for key, value in held.items() if key not in gone}
        return [bare(part) for part in held] if isinstance(held, list | tuple) else held

    return bare(policy.model_dump())


def items_of(forms: list[Form]) -> list[Item]:
    return [row.item for form in forms for row in form.rows if row.item is not None]


def entries_of(text: str) -> list[Entry]:
    forms = forms_of(text)
    rows = [row for form in forms for row in form.rows]
    found = [entry for row in rows for entry in row.entries if entry is not None]
    return found + [entry for item in items_of(forms) for entry in item.entries(text)]


def new_faults(before: str, after: str) -> list[str]:
    known = {fault.message for fault in check_policy(before)}
    return [fault.message for fault in check_policy(after) if fault.message not in known]


@pytest.mark.parametrize("name", ALL)
def test_every_entry_of_a_form_keeps_its_own_value(name: str) -> None:
    text = ALL[name]
    forms = forms_of(text)
    for row in (row for form in forms for row in form.rows):
        for entry in (*row.entries, *(row.item.entries(text) if row.item is not None else ())):
            if entry is not None:
                text = entry.apply(text, entry.value)
    assert check_policy(text) == []
    before, after = parse_policy(ALL[name]), parse_policy(text)
    assert differences(before, after) == []
    assert rules_of(after) == rules_of(before)


SOME = [name for name in ALL if name == "anyang-2018" or "限高" in name or "底线" in name]


@pytest.mark.parametrize("name", SOME)
def test_every_choice_can_be_chosen(name: str) -> None:
    for entry in entries_of(ALL[name]):
        for key, _ in entry.choices:
            chosen = (key,) if entry.kind == "several" else key
            assert forms_of(entry.apply(ALL[name], chosen))


@pytest.mark.parametrize("name", SOME)
def test_every_list_takes_another_entry_up_and_away(name: str) -> None:
    text = ALL[name]
    for form in forms_of(text):
        if form.adder is None:
            continue
        more = form.adder.add(text)
        item = form.adder.item(more)
        assert item.entries(more)
        if "add-band" not in form.adder.name:
            assert parse_policy(editing.remove_entry(more, item.path)) is not None
        if "selection" not in form.adder.name and "line" not in form.adder.name:
            assert new_faults(text, more) == []
        for row in form.rows:
            if row.up is not None:
                assert sorted(row.up(text).replace(" ", "")) == sorted(text.replace(" ", ""))


@pytest.mark.parametrize("name", ALL)
def test_formulas_in_rows_stay_what_they_are(name: str) -> None:
    for entry in entries_of(ALL[name]):
        if entry.kind == "condition" and entry.value:
            rows = rows_of(entry.value)
            assert rows is not None, entry.value
            assert parse(rows.formula).fields == parse(entry.value).fields
        if entry.kind == "sum" and entry.name != "formula":
            assert terms_of(entry.value)


def copied() -> str:
    return editing.copy_policy(load_policy("zhengzhou-2018").text, "own", "办法", "", 2025, 2025)


def entry_at(text: str, title: str, row: int, name: str) -> Entry:
    form = next(form for form in forms_of(text) if form.title == title)
    item = form.rows[row].item
    assert item is not None
    return next(entry for entry in item.entries(text) if entry.name == name)


def test_the_ways_to_count_a_bonus_take_what_they_need() -> None:
    text = copied()
    for way, key in (("each", "per"), ("tiers", "tiers"), ("share", "share_of_score")):
        text = entry_at(text, "加分和扣分", 0, "way").apply(text, way)
        assert check_policy(text) == []
        assert key in tomllib.loads(text)["tracks"][0]["bonus"][0]
    text = entry_at(text, "加分和扣分", 0, "way").apply(text, "tiers")
    text = entry_at(text, "加分和扣分", 0, "tiers").apply(text, "3、2，1")
    text = entry_at(text, "加分和扣分", 0, "date").apply(text, "registered_on")
    text = entry_at(text, "加分和扣分", 0, "years").apply(text, 2)
    bonus = parse_policy(text).tracks[0].bonus[0]
    assert bonus.tiers == (3, 2, 1)
    assert bonus.window is not None
    assert bonus.window.years == 2
    with pytest.raises(Exception, match="写成“3、2、1”"):
        entry_at(text, "加分和扣分", 0, "tiers").apply(text, "三、二")


def test_the_kinds_of_adjustment_take_what_they_need() -> None:
    text = copied()
    form = next(form for form in forms_of(text) if form.title == "类别怎样调整")
    assert form.adder is not None
    text = form.adder.add(text)
    for kind in ("direct", "ceiling", "up", "floor", "down"):
        text = entry_at(text, "类别怎样调整", 0, "kind").apply(text, kind)
        assert check_policy(text) == []
        assert parse_policy(text).adjustments[0].kind == kind
    text = entry_at(text, "类别怎样调整", 0, "kind").apply(text, "direct")
    text = entry_at(text, "类别怎样调整", 0, "quota").apply(text, "yes")
    assert parse_policy(text).adjustments[0].uses_quota


def test_missing_data_with_a_fixed_penalty() -> None:
    text = entry_at(copied(), "指标", 0, "missing").apply(copied(), "penalty")
    assert check_policy(text) == []
    text = entry_at(text, "指标", 0, "points").apply(text, -3)
    assert parse_policy(text).tracks[0].indicators[0].missing_points == -3
