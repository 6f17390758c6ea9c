"""The frame of a policy: its classes, its industry groups, its tracks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.expressions.wording import worded
from zoneeval.model.fields import label_of
from zoneeval.policy import editing
from zoneeval.policy.adjustment_schema import GROUPINGS
from zoneeval.policy.checks import GROUP_FIELDS
from zoneeval.policy.class_wording import ORDERS, group_words
from zoneeval.policy.structure_editing import (
    add_grade,
    add_group,
    add_track,
    codes_of,
    copy_track,
    remove_grade,
    remove_track,
    rename_grade,
    rename_track,
)
from zoneeval_ui.pages.policies.parts import (
    Adder,
    Apply,
    Choices,
    Entry,
    Form,
    Item,
    Path,
    Row,
    at,
    cite_entry,
    or_none,
    raising,
    removing,
    unless,
)
from zoneeval_ui.pages.policies.rule_forms import held_at, marks

_TREATMENTS: Choices = (
    ("priority", "优先支持"),
    ("encourage", "鼓励提升"),
    ("regulate", "规范整治"),
    ("exit", "列入退出转型清单"),
)
_RANKED: Choices = (("score", "综合得分"), ("formula", "一个数值"))
_RANKED_BY = "tax_per_mu"


def classes_form(data: Mapping[str, Any]) -> Form:
    """Return the classes, the best first."""
    rows = []
    for number, held in enumerate(data.get("grades", [])):
        path: Path = ("grades", number)
        words = [str(held.get("name", ""))]
        if held.get("treatment") == "exit":
            words.append("列入退出转型清单")
        if held.get("surcharge"):
            words.append("列入差别化价格清单")
        label = f"{held.get('letter', '')} 类"
        remove = partial(remove_grade, number=number)
        shown = "，".join(word for word in words if word)
        rows.append(Row(label, (), remove, shown, _class_item(path), raising(path)))
    adder = Adder(
        "add-grade", "增加类别…", add_grade, lambda text: _class_item(_last(text, "grades"))
    )
    note = "从好到差排列。改代号时，其他各处用到它的地方一起改。"
    return Form("类别", (), tuple(rows), adder=adder, note=note, path=("grades",))


def _last(text: str, name: str) -> Path:
    return (name, len(held_at(text, (name,))) - 1)


def _class_item(path: Path) -> Item:
    return Item("类别", path, partial(_class_entries, path=path))


def _class_entries(text: str, path: Path) -> list[Entry]:
    held, number = held_at(text, path), int(path[1])
    letter, treatment = held.get("letter"), held.get("treatment", "")
    return [
        Entry(
            *("letter", "代号（如 A）", "text", letter),
            lambda text, value: rename_grade(text, number, value),
            width=90,
        ),
        Entry("name", "名称（如优先发展类）", "text", held.get("name"), at((*path, "name"))),
        Entry(
            *("treatment", "怎样对待", "choice", treatment, at((*path, "treatment"))), _TREATMENTS
        ),
        Entry(
            *("surcharge", "列入差别化价格清单", "flag", bool(held.get("surcharge"))),
            or_none((*path, "surcharge")),
        ),
        Entry("note", "说明", "text", held.get("note"), or_none((*path, "note"))),
    ]


def groups_form(data: Mapping[str, Any]) -> Form:
    """Return the groups of industries that are ranked together."""
    rows = []
    for number, held in enumerate(data.get("groups", [])):
        path: Path = ("groups", number)
        codes = "、".join(held.get("codes", []))
        words = f"行业代码 {codes}" if codes else "没有写代码"
        if held.get("default"):
            words = f"{words}；其余行业" if codes else "其余行业"
        label = str(held.get("label", ""))
        rows.append(Row(label, (), removing(path), words, _group_item(path), raising(path)))
    adder = Adder(
        "add-group", "增加行业组…", add_group, lambda text: _group_item(_last(text, "groups"))
    )
    note = "代码按 GB/T 4754，写开头几位或一段；哪些组别按行业组排名，在“组别”中选。"
    if not rows:
        note = "没有行业分组。需要按行业分别排名、取平均的，在这里逐组列出行业代码。"
    return Form("行业分组", (), tuple(rows), adder=adder, note=note, path=("groups",))


def _group_item(path: Path) -> Item:
    return Item("行业组", path, partial(_group_entries, path=path))


def _group_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    codes = "、".join(held.get("codes", []))
    change = or_none((*path, "codes"))
    return [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry(
            *("codes", "行业代码（如 13-15、3011，用顿号隔开）", "text", codes),
            lambda text, value: change(text, codes_of(value)),
        ),
        Entry(
            *("default", "其余行业都归这一组", "flag", bool(held.get("default"))),
            or_none((*path, "default")),
        ),
        *marks(data, held, path)[:-1],
    ]


def tracks_form(data: Mapping[str, Any]) -> Form:
    """Return the tracks: who is judged together, by indicators and shares of their own."""
    rows = []
    for number, held in enumerate(data.get("tracks", [])):
        path: Path = ("tracks", number)
        words = [worded(str(held["when"]))] if held.get("when") else ["全部参评企业"]
        if held.get("default"):
            words.append("不符合别的组别的都归这一组")
        if held.get("group_by"):
            words.append(f"按{group_words(held['group_by'])}分组排名")
        if held.get("rank_by"):
            words.append(f"按{worded(str(held['rank_by']))}排名")
        rows.append(
            Row(
                str(held.get("label", "")),
                (),
                partial(remove_track, number=number),
                "；".join(words),
                _track_item(path),
                raising(path),
                partial(copy_track, number=number),
            )
        )
    adder = Adder(
        "add-track", "增加组别…", add_track, lambda text: _track_item(_last(text, "tracks"))
    )
    note = "每个组别有自己的指标、加分和分类方式。企业从上到下归入第一个符合条件的组别。"
    return Form("组别", (), tuple(rows), adder=adder, note=note, path=("tracks",))


def _track_item(path: Path) -> Item:
    return Item("组别", path, partial(_track_entries, path=path))


def _track_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    number = int(path[1])
    groups = tuple((key, GROUPINGS.get(key) or label_of(key)) for key in GROUP_FIELDS)
    ranked = held.get("rank_by", "")
    out = [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry(
            *("id", "编号（小写字母、数字）", "text", held.get("id")),
            lambda text, value: rename_track(text, number, value),
        ),
        Entry(
            *("when", "哪些企业", "condition", held.get("when", ""), or_none((*path, "when"))),
            optional=True,
        ),
        Entry(
            *("default", "不符合别的组别的都归这一组", "flag", bool(held.get("default"))),
            or_none((*path, "default")),
        ),
        Entry(
            *("group_by", "分组排名（不选为一起排）", "several", tuple(held.get("group_by", ()))),
            lambda text, value: editing.set_entry(text, (*path, "group_by"), list(value) or None),
            groups,
        ),
        Entry(
            *("ranked", "排名看什么", "choice", "formula" if ranked else "score"),
            _ranking(path),
            _RANKED,
            shapes=True,
        ),
    ]
    if ranked:
        order = held.get("rank_order", "descending")
        change = unless((*path, "rank_order"), "descending")
        out.append(Entry("rank_by", "哪个数值", "sum", ranked, at((*path, "rank_by"))))
        out.append(Entry("rank_order", "次序", "choice", order, change, tuple(ORDERS.items())))
    out += _addon(held, path)
    doubtful = bool(held.get("decimals_illustrative"))
    change = or_none((*path, "decimals_illustrative"))
    out += [
        Entry("decimals-illustrative", "得分的小数位数为示意", "flag", doubtful, change),
        cite_entry(data, held, path),
        Entry("note", "说明", "text", held.get("note"), or_none((*path, "note"))),
    ]
    return out


def _ranking(path: Path) -> Apply:
    def change(text: str, value: Any) -> str:
        held = held_at(text, path)
        if (value == "formula") == bool(held.get("rank_by")):
            return text
        if value == "formula":
            return editing.set_entry(text, (*path, "rank_by"), _RANKED_BY)
        text = editing.set_entry(text, (*path, "rank_order"), None)
        return editing.set_entry(text, (*path, "rank_by"), None)

    return change


def _addon(held: Mapping[str, Any], path: Path) -> list[Entry]:
    """Return what holds for local indicators: their weight together, and how many there are."""
    addon = held.get("addon") or {}

    def setting(key: str) -> Apply:
        def change(text: str, value: Any) -> str:
            now = dict(held_at(text, path).get("addon") or {})
            now.pop(key, None)
            if value is not None:
                now[key] = value
            return editing.set_entry(text, (*path, "addon"), now if "total" in now else None)

        return change

    label = "地方自选指标的总权重（没有不写）"
    out = [Entry("addon", label, "number", addon.get("total"), setting("total"))]
    if addon:
        least, most = addon.get("at_least", 1), addon.get("at_most", 3)
        out.append(Entry("at_least", "自选指标最少几项", "integer", least, setting("at_least")))
        out.append(Entry("at_most", "自选指标最多几项", "integer", most, setting("at_most")))
    return out
