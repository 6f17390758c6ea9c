"""The composite score of a ladder: its items, how they score, and levels by score."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.policy import editing, ladder_editing
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
    or_none,
    raising,
)
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.ladder_forms import (
    cite_entry,
    figure_entries,
    label_of,
    level_headings,
    unit_words,
)
from zoneeval_ui.pages.stars.ladder_method_forms import METHODS, method_entries, method_kind

COLUMNS = {
    "cutoffs": ("得分不低于", 1.0),
    "ranks": ("名次在第几名以内", 1.0),
    "shares": ("名次在前（%）", 100.0),
    "quotas": ("名额（家）", 1.0),
}
_MISSING: Choices = (
    ("block", "得分暂不能定"),
    ("zero", "得 0 分"),
    ("reweight", "权重分给其他项"),
    ("penalty", "扣分"),
)


def score_forms(data: Mapping[str, Any]) -> list[Form]:
    """Return the forms of the composite score."""
    made = data.get("composite") or {}
    items = made.get("items", [])
    rows = []
    for number, held in enumerate(items):
        path: Path = ("composite", "items", number)
        weight = Entry(
            *(f"item-{number}-weight", f"{_name(held)}权重", "number", held.get("weight")),
            at((*path, "weight")),
        )
        rows.append(
            Row(
                _name(held),
                (weight, cite_entry(f"item-{number}", data, held, path)),
                partial(ladder_editing.remove_item, number=number),
                _words(made, held),
                _item(path),
                raising(path),
            )
        )
    adder = Adder(
        "add-item",
        "增加计分项目…",
        ladder_editing.add_item,
        lambda text: _item(("composite", "items", len(held_at(text, ("composite", "items"))) - 1)),
    )
    headings = ("项目", "权重", "依据", "怎样计分") if rows else ()
    total = sum(float(held.get("weight", 0)) for held in items)
    note = f"权重合计 {total:g}。" if rows else "没有综合得分；文件规定计分排名的，在这里逐项增加。"
    forms = [Form("综合得分", headings, tuple(rows), adder=adder, note=note)]
    if items:
        forms += [_settings(made), _levels(data, made)]
    return forms


def _name(held: Mapping[str, Any]) -> str:
    parts = [label_of(part) for part in held.get("parts", [])]
    return str(held.get("label") or "、".join(parts) or label_of(held))


def _words(made: Mapping[str, Any], held: Mapping[str, Any]) -> str:
    group = (made.get("groups") or {}).get(held.get("group", ""), "")
    parts = held.get("parts", [])
    if parts:
        words = "，".join(
            f"{label_of(part)} {float(part.get('share', 0)) * 100:g}%" for part in parts
        )
    else:
        kind = dict(METHODS).get(method_kind(held), "")
        unit = unit_words(held)
        words = f"{label_of(held)}" + (f"（{unit}）" if unit else "") + f"，{kind}"
    return f"{group}：{words}" if group else words


def _settings(made: Mapping[str, Any]) -> Form:
    def setting(key: str, label: str, kind: Any = "number") -> Row:
        entry = Entry(
            *(f"composite-{key}", label, kind, made.get(key)),
            lambda text, value: ladder_editing.set_composite(text, key, value),
        )
        return Row(label, (entry,))

    rows = (
        setting("title", "得分名称", "text"),
        setting("total", "权重应合计"),
        setting("factor", "合计后乘以"),
        setting("cap", "得分最高"),
        setting("floor", "得分最低"),
        setting("decimals", "小数位数", "integer"),
        setting("bonus_max", "加分合计最多"),
        setting("deduction_max", "扣分合计最多"),
    )
    return Form("得分怎样合计", (), rows)


def _levels(data: Mapping[str, Any], made: Mapping[str, Any]) -> Form:
    headings = level_headings(data)
    held = made.get("levels") or {}
    rows: list[Row] = []
    for column, (label, times) in COLUMNS.items():
        cells = held.get(column) or [""] * len(headings)
        entries: list[Entry | None] = [
            Entry(
                f"levels-{column}-{level}",
                f"{label}，{headings[level]}",
                "text",
                ladder_editing.cell_words(cell, times=times),
                _score_cell(column, level, times),
                short=True,
            )
            for level, cell in enumerate(cells)
        ]
        if held and not rows:
            entries.append(cite_entry(f"levels-{column}", data, held, ("composite", "levels")))
        rows.append(Row(label, tuple(entries)))
    if held.get("shares"):
        rows.append(Row("名额取整", (_rounding(held),)))
    note = "可以只填一行；都不填时得分只用于排名。分数和各项门槛都有要求的，取较低的一级。"
    tail = ("依据",) if held else ()
    return Form("得分怎样定级", ("", *headings, *tail), tuple(rows), note=note)


def _rounding(held: Mapping[str, Any]) -> Entry:
    ways: Choices = (("nearest", "四舍五入"), ("floor", "舍去小数"), ("ceil", "有小数就进一"))
    path: Path = ("composite", "levels", "rounding")
    return Entry(
        *("levels-rounding", "名额取整", "choice", held.get("rounding", "nearest")),
        lambda text, value: editing.set_entry(text, path, None if value == "nearest" else value),
        ways,
    )


def _score_cell(column: str, level: int, times: float) -> Apply:
    def change(text: str, value: Any) -> str:
        cell = ladder_editing.read_cell(value, times=times)
        return ladder_editing.set_score_cell(text, column, level, cell)

    return change


def _item(path: Path) -> Item:
    return Item("计分项目", path, partial(_item_entries, path=path))


def _item_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    groups = data["composite"].get("groups") or {}
    group = groups.get(held.get("group", ""), "")
    missing = held.get("missing", "block")
    out = [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry(
            *("group", "归入（标题，可不写）", "text", group),
            lambda text, value: ladder_editing.set_group(text, path, value),
        ),
        Entry(
            *("pair", "计分对象", "choice", "parts" if held.get("parts") else "one"),
            _splitting(held, path),
            (("one", "一个指标"), ("parts", "两个指标分一个权重")),
            shapes=True,
        ),
    ]
    if held.get("parts"):
        for number, part in enumerate(held["parts"]):
            here, prefix = (*path, "parts", number), f"第 {number + 1} 个："
            out.append(
                Entry(
                    *(f"share-{number}", f"{prefix}占权重", "percent", part.get("share")),
                    at((*here, "share")),
                )
            )
            out += figure_entries(part, here, prefix)
            out += method_entries(part, here, prefix)
    else:
        out += figure_entries(held, path)
        out += method_entries(held, path)
    out += [
        Entry("cap", "最多得权重的几倍", "number", held.get("cap"), at((*path, "cap"))),
        Entry("floor", "最少得权重的几倍", "number", held.get("floor"), at((*path, "floor"))),
        Entry(
            "missing",
            "没有数据时",
            "choice",
            missing,
            _missing(path, missing),
            _MISSING,
            shapes=True,
        ),
    ]
    if missing == "penalty":
        points, given = held.get("missing_points"), at((*path, "missing_points"))
        out.append(Entry("missing-points", "扣分（写负数）", "number", points, given))
    zero: Choices = (("keep", "按 0 计"), ("missing", "按没有数据"))
    change = or_none((*path, "zero"))
    out.append(
        Entry(
            *("zero", "数值为 0 时", "choice", held.get("zero", "keep")),
            lambda text, value: change(text, "" if value == "keep" else value),
            zero,
        )
    )
    return [*out, cite_entry("item", data, held, path)]


def _missing(path: Path, now: str) -> Apply:
    change = or_none((*path, "missing"))

    def apply(text: str, value: Any) -> str:
        if value == now:
            return text
        text = change(text, "" if value == "block" else value)
        points = -1 if value == "penalty" else None
        return editing.set_entry(text, (*path, "missing_points"), points)

    return apply


def _splitting(held: Mapping[str, Any], path: Path) -> Apply:
    """Return the change between one figure and two that share the weight."""
    kept = ("indicator", "measure", "unit", "direction", "method", "base", "population")

    def apply(text: str, value: Any) -> str:
        if (value == "parts") == bool(held.get("parts")):
            return text
        if value == "parts":
            one = {key: held[key] for key in kept if key in held}
            for _ in range(2):
                text = ladder_editing.append(text, (*path, "parts"), {**one, "share": 0.5})
            for key in kept:
                text = editing.set_value(text, (*path, key), None)
            return text
        first = held["parts"][0]
        text = editing.set_value(text, (*path, "parts"), None)
        for key in kept:
            if key in first:
                text = editing.set_entry(text, (*path, key), first[key])
        return text

    return apply
