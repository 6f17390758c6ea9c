"""What a ladder says beside its tables: gates, vetoes, points, movement, several years."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.policy import editing, ladder_editing
from zoneeval.policy.text_editing import Value, edited, place
from zoneeval_ui.pages.policies.parts import (
    Adder,
    Apply,
    Choices,
    Entry,
    Form,
    Item,
    Kind,
    Path,
    Row,
    at,
    raising,
    removing,
)
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.event_kinds import event_words
from zoneeval_ui.pages.stars.ladder_document_forms import peers_form
from zoneeval_ui.pages.stars.ladder_forms import (
    cite_entry,
    figure_entries,
    is_percent,
    label_of,
    unit_words,
)

_OPS: Choices = ((">=", "不低于"), (">", "高于"), ("<=", "不高于"), ("<", "低于"))
_EFFECTS: Choices = (
    ("cap", "最高定为"),
    ("lower", "降几级"),
    ("disqualify", "取消当年资格"),
    ("subtract", "扣分"),
)
_LEVELS: Choices = tuple((str(level), word) for level, word in enumerate(LEVEL_WORDS[:7]))
_YEARS: Choices = (
    ("bottom", "名次在末位几名"),
    ("top", "名次在前几名"),
    ("below", "低于几级"),
    ("at_least", "不低于几级"),
    ("event", "有记录的事项"),
)
_NEW: dict[str, dict[str, Value]] = {
    "gates": {"label": "基本条件", "indicator": "tax_revenue", "unit": "亿元", "value": "unknown"},
    "vetoes": {"label": "否决事项", "event": "较大安全事故", "effect": "disqualify"},
    "bonuses": {"label": "加分事项", "event": "获省级表彰", "points": 1},
    "deductions": {"label": "扣分事项", "event": "环保问题被通报", "points": 1},
    "years_rules": {
        "label": "连续末位",
        "bottom": 1,
        "times": 2,
        "of": 2,
        "consequence": "按文件规定处理",
    },
}


def rule_forms(data: Mapping[str, Any]) -> list[Form]:
    """Return the forms of what may move a level or a score."""
    forms = [
        _list(data, ("gates",), "准入条件", "增加准入条件…", "达不到的不定级。"),
        _list(data, ("vetoes",), "否决和降级", "增加否决事项…", "事项在“数据”中逐条记录。"),
    ]
    if data.get("composite"):
        forms += [
            _list(data, ("composite", "bonuses"), "加分", "增加加分事项…", ""),
            _list(data, ("composite", "deductions"), "扣分", "增加扣分事项…", ""),
        ]
    return [
        *forms,
        _movement(data),
        _list(data, ("years_rules",), "连续多年", "增加规定…", ""),
        peers_form(data),
    ]


def _list(data: Mapping[str, Any], path: Path, title: str, add: str, note: str) -> Form:
    held: Any = data
    for key in path:
        held = held.get(key, {}) if isinstance(held, Mapping) else {}
    kind = str(path[-1])
    rows = tuple(
        Row(
            str(rule.get("label", "")),
            (),
            removing((*path, number)),
            _years_words(rule) if kind == "years_rules" else _trigger_words(rule),
            _item(kind, title, (*path, number)),
            raising((*path, number)),
        )
        for number, rule in enumerate(held or [])
    )
    adder = Adder(
        f"add-{kind}",
        add,
        partial(_add, path=path),
        lambda text: _item(kind, title, (*path, len(held_at(text, path)) - 1)),
    )
    return Form(title, (), rows, adder=adder, note=note)


def _add(text: str, path: Path) -> str:
    fields = dict(_NEW[str(path[-1])])
    if path[-1] == "years_rules":
        fields = {"id": ladder_editing.free_id(text, path, "years"), **fields}
    return ladder_editing.append(text, path, fields, sourced=True)


def _trigger_words(rule: Mapping[str, Any]) -> str:
    if rule.get("promotion"):
        words = "首次晋级"
    elif rule.get("event"):
        words = f"{event_words(rule['event'], rule.get('label', ''))}{_figure(rule)} 次"
    else:
        words = f"{label_of({**rule, 'label': ''})}{_figure(rule)}{unit_words(rule)}"
    effect = rule.get("effect")
    if effect == "cap":
        words += f"，最高定为{LEVEL_WORDS[int(rule.get('level', 0))]}"
    elif effect == "lower":
        words += f"，降 {rule.get('by', 1)} 级"
    elif effect == "disqualify":
        words += "，取消当年资格"
    if "points" in rule:
        each = "每次 " if rule.get("each") else ""
        words += f"，{each}{float(rule['points']):g} 分"
    return f"{words}，{rule['consequence']}" if rule.get("consequence") else words


def _figure(rule: Mapping[str, Any]) -> str:
    value = rule.get("value", 1)
    times = 100.0 if is_percent(rule) else 1.0
    return f"{dict(_OPS)[rule.get('op', '>=')]} {ladder_editing.cell_words(value, times=times)}"


def _years_words(rule: Mapping[str, Any]) -> str:
    way = next((key for key, _ in _YEARS if key in rule), "bottom")
    return (
        f"近 {rule.get('of')} 年有 {rule.get('times')} 年{dict(_YEARS)[way]}（{rule.get(way)}）："
        f"{rule.get('consequence', '')}"
    )


def _item(kind: str, title: str, path: Path) -> Item:
    entries = _years_entries if kind == "years_rules" else _trigger_entries
    return Item(title, path, partial(entries, path=path))


def _trigger_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    kind = str(path[-2])
    what = "promotion" if held.get("promotion") else "event" if held.get("event") else "indicator"
    choices: Choices = (("event", "记录的事项"), ("indicator", "指标"))
    if kind == "bonuses":
        choices = (*choices, ("promotion", "首次晋级"))
    out = [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry("what", "看什么", "choice", what, _look_at(path, what), choices, shapes=True),
    ]
    if what == "event":
        out.append(Entry("event", "事项类别", "text", held.get("event"), at((*path, "event"))))
    if what == "indicator":
        out += [e for e in figure_entries(held, path) if not e.name.endswith("-direction")]
    if what != "promotion":
        times = 100.0 if is_percent(held) else 1.0
        usual = ">=" if kind != "gates" or what == "indicator" else "<="
        out.append(Entry("op", "条件", "choice", held.get("op", usual), at((*path, "op")), _OPS))
        unit = unit_words(held) or "次"
        words = ladder_editing.cell_words(held.get("value", 1), times=times)
        label = f"数值（{unit}，没有见到填“未知”）"
        out.append(Entry("value", label, "text", words, _set_value(path, times)))
    if kind == "gates":
        words = held.get("consequence")
        out.append(Entry("consequence", "后果", "text", words, at((*path, "consequence"))))
    if kind == "vetoes":
        out += _effect_entries(held, path)
    elif kind != "gates":
        out.append(Entry("points", "分值", "number", held.get("points"), at((*path, "points"))))
    if kind in ("bonuses", "deductions") or held.get("effect") == "subtract":
        out += [
            Entry(
                *("each", "每次都计", "flag", bool(held.get("each"))),
                lambda text, on: editing.set_entry(text, (*path, "each"), on or None),
            ),
            Entry("limit", "最多", "number", held.get("limit"), at((*path, "limit"))),
        ]
    return [*out, cite_entry("rule", data, held, path)]


def _effect_entries(held: Mapping[str, Any], path: Path) -> list[Entry]:
    effect = str(held.get("effect", ""))
    out = [
        Entry(
            "effect", "怎样处理", "choice", effect, _set_effect(path, effect), _EFFECTS, shapes=True
        )
    ]
    if effect == "cap":
        out.append(
            Entry(
                *("level", "最高定为", "choice", str(held.get("level", 0))),
                lambda text, value: editing.set_entry(text, (*path, "level"), int(value)),
                _LEVELS,
            )
        )
    if effect == "lower":
        out.append(Entry("by", "降几级", "integer", held.get("by", 1), at((*path, "by"))))
    if effect == "subtract":
        out.append(Entry("points", "扣分", "number", held.get("points"), at((*path, "points"))))
    return out


def _set_effect(path: Path, now: str) -> Apply:
    def apply(text: str, value: Any) -> str:
        if value == now:
            return text
        text = editing.set_entry(text, (*path, "effect"), value)
        for key, effect, usual in (("level", "cap", 0), ("points", "subtract", 1)):
            text = editing.set_entry(text, (*path, key), usual if value == effect else None)
        for key, effect in (("by", "lower"), ("each", "subtract"), ("limit", "subtract")):
            if value != effect:
                text = editing.set_entry(text, (*path, key), None)
        return text

    return apply


def _look_at(path: Path, now: str) -> Apply:
    def apply(text: str, value: Any) -> str:
        if value == now:
            return text
        for key in ("event", "indicator", "measure", "unit", "op", "value", "promotion"):
            text = editing.set_entry(text, (*path, key), None)
        if value == "event":
            return editing.set_entry(text, (*path, "event"), "事项")
        if value == "promotion":
            return editing.set_entry(text, (*path, "promotion"), True)
        text = editing.set_entry(text, (*path, "indicator"), "tax_revenue")
        text = editing.set_entry(text, (*path, "unit"), "亿元")
        return editing.set_entry(text, (*path, "value"), ladder_editing.UNKNOWN)

    return apply


def _set_value(path: Path, times: float) -> Apply:
    def apply(text: str, value: Any) -> str:
        cell = ladder_editing.read_cell(value, times=times)
        return editing.set_entry(text, (*path, "value"), None if cell == "" else cell)

    return apply


def _years_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    way = next((key for key, _ in _YEARS if key in held), "bottom")

    def change(text: str, value: Any) -> str:
        if value == way:
            return text
        number = held.get(way, 1) if way != "event" else 1
        text = editing.set_entry(text, (*path, way), None)
        given = "事项" if value == "event" else number
        return editing.set_entry(text, (*path, str(value)), given)

    is_event = way == "event"
    kind: Kind = "text" if is_event else "integer"
    label = "事项类别" if is_event else "几名或几级"
    what = Entry("number", label, kind, held.get(way), at((*path, way)))
    return [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry("way", "条件", "choice", way, change, _YEARS, shapes=True),
        what,
        Entry("of", "看近几年", "integer", held.get("of"), at((*path, "of"))),
        Entry("times", "其中至少几年", "integer", held.get("times"), at((*path, "times"))),
        Entry("limit", "最多几家（不写不限）", "integer", held.get("limit"), at((*path, "limit"))),
        Entry("consequence", "后果", "text", held.get("consequence"), at((*path, "consequence"))),
        cite_entry("rule", data, held, path),
    ]


def _movement(data: Mapping[str, Any]) -> Form:
    path: Path = ("movement",)
    held = data.get("movement")
    adder = Adder(
        "add-movement", "增加升降规定…", _add_movement, lambda _text: _movement_item(path)
    )
    if held is None:
        return Form("星级升降", (), (), adder=adder, note="没有规定，每年按当年情况定级。")
    words = []
    for key, label in (("max_up", "一年最多升"), ("max_down", "一年最多降")):
        if key in held:
            words.append(f"{label} {held[key]} 级")
    if held.get("grace_years"):
        words.append(f"未达到的保留 {held['grace_years']} 年")
    if held.get("hold_years"):
        words.append(f"升级前须保持 {held['hold_years']} 年")
    row = Row(
        *("升降规定", (), removing(path), "，".join(words) or "没有限制", _movement_item(path))
    )
    return Form("星级升降", (), (row,))


def _add_movement(text: str) -> str:
    own = str(tomllib.loads(text).get("id", ""))
    cited = [cite.get("id") for cite in tomllib.loads(text).get("citations", [])]
    source: dict[str, Any] = {"cite": own} if own in cited else {"illustrative": True}

    def change(document: Any) -> None:
        place(document, "movement", {"max_up": 1, **source}, "combine")

    return edited(text, (), change)


def _movement_item(path: Path) -> Item:
    return Item("升降规定", path, partial(_movement_entries, path=path))


def _movement_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    numbers = (
        ("max_up", "一年最多升几级（不写不限）"),
        ("max_down", "一年最多降几级（不写不限）"),
        ("grace_years", "未达到的保留几年"),
        ("hold_years", "升级前须保持几年"),
    )
    out = [Entry(key, label, "integer", held.get(key), at((*path, key))) for key, label in numbers]
    former: Choices = (("open", "暂不能定"), ("free", "不受限制"))
    return [
        *out,
        Entry(
            *("keep", "未参加考核的保留原星级", "flag", bool(held.get("keep_if_not_assessed"))),
            lambda text, on: editing.set_entry(text, (*path, "keep_if_not_assessed"), on or None),
        ),
        Entry(
            *("former", "不知道原星级时", "choice", held.get("without_former", "open")),
            at((*path, "without_former")),
            former,
        ),
        cite_entry("movement", data, held, path),
    ]
