"""Bonus points and penalties of a track: the list, and the form of one item."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.errors import PolicyError
from zoneeval.expressions.wording import worded
from zoneeval.model.fields import FIELDS
from zoneeval.policy import editing
from zoneeval.policy.text_editing import Value
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
    removing,
    with_none,
)
from zoneeval_ui.pages.policies.rule_forms import held_at, marks

_WAYS: Choices = (
    ("once", "符合就计一次"),
    ("each", "按次数计，每次相同"),
    ("tiers", "按次数计，逐次不同"),
    ("share", "按得分的比例"),
)
_YEARS = 3


def bonus_form(track: int, data: Mapping[str, Any], prefix: str) -> Form:
    """Return the bonus points and penalties of a track."""
    rows = []
    path: Path = ("tracks", track, "bonus")
    for number, held in enumerate(data.get("bonus", [])):
        here, label = (*path, number), str(held.get("label", ""))
        entry = None
        if "points" in held:
            name = f"bonus-{track}-{number}"
            points = held["points"]
            entry = Entry(name, f"{label}分值", "number", points, at((*here, "points")))
        rows.append(Row(label, (entry,), removing(here), _words(held), _item(here)))
    adder = Adder(
        f"add-bonus-{track}",
        "增加加分或扣分…",
        partial(_new, path=path),
        lambda text: _item((*path, len(held_at(text, path)) - 1)),
    )
    headings = ("项目", "分值（扣分写负数）", "条件") if rows else ()
    return Form(f"{prefix}加分和扣分", headings, tuple(rows), adder=adder, path=path)


def _words(held: Mapping[str, Any]) -> str:
    parts = []
    if held.get("when"):
        parts.append(worded(str(held["when"])))
    if held.get("per"):
        parts.append(f"按{worded(str(held['per']))}计次")
    if held.get("tiers"):
        parts.append("、".join(f"{points:g}" for points in held["tiers"]) + " 分")
    if "share_of_score" in held:
        parts.append(f"得分的 {held['share_of_score'] * 100:g}%")
    return "；".join(parts)


def _new(text: str, path: Path) -> str:
    name = editing.new_name(text, path, "id", "bonus-")
    label = editing.new_name(text, path, "label", "加分项 ")
    fields: dict[str, Value] = {
        "id": name,
        "label": label,
        "when": "listed == 1",
        "points": 1,
    }
    return editing.add_entry(text, path, fields)


def _item(path: Path) -> Item:
    return Item("加分或扣分", path, partial(_entries, path=path))


def _way_of(held: Mapping[str, Any]) -> str:
    if held.get("tiers"):
        return "tiers"
    if "share_of_score" in held:
        return "share"
    return "each" if held.get("per") else "once"


def _entries(text: str, path: Path) -> list[Entry]:
    held = held_at(text, path)
    way, when = _way_of(held), held.get("when", "")
    out = [
        Entry("label", "项目", "text", held.get("label"), at((*path, "label"))),
        Entry(
            *("when", "条件", "condition", when, or_none((*path, "when"))),
            optional=way in ("each", "tiers") or "window" in held,
        ),
        Entry("way", "怎样计分", "choice", way, partial(_change_way, path), _WAYS, shapes=True),
    ]
    if way in ("each", "tiers"):
        out.append(Entry("per", "按什么计次", "sum", held.get("per", ""), at((*path, "per"))))
    if way in ("once", "each"):
        points = held.get("points")
        out.append(Entry("points", "分值（扣分写负数）", "number", points, at((*path, "points"))))
    elif way == "tiers":
        tiers = "、".join(f"{points:g}" for points in held.get("tiers", ()))
        label = "第一次、第二次……各得几分（用顿号隔开）"
        out.append(Entry("tiers", label, "text", tiers, _tiers_change(path)))
    else:
        share = held.get("share_of_score")
        change = at((*path, "share_of_score"))
        out.append(Entry("share", "得分的百分之几（扣分写负数）", "percent", share, change))
    if way in ("each", "tiers"):
        most = held.get("max_count")
        out.append(Entry("count", "最多计几次", "integer", most, at((*path, "max_count"))))
    limit = held.get("limit")
    out.append(Entry("limit", "本项最多几分", "number", limit, at((*path, "limit"))))
    out += _window(held, path)
    kind = held.get("kind")
    label = "同类只计最高一项时的类名"
    out.append(Entry("kind", label, "text", kind, or_none((*path, "kind"))))
    return [*out, *marks(tomllib.loads(text), held, path)]


def _window(held: Mapping[str, Any], path: Path) -> list[Entry]:
    window = held.get("window") or {}
    dates = tuple((key, field.label) for key, field in FIELDS.items() if field.kind == "date")

    def set_date(text: str, value: Any) -> str:
        years = window.get("years", _YEARS)
        made = {"date": value, "years": years} if value else None
        return editing.set_entry(text, (*path, "window"), made)

    def set_years(text: str, value: Any) -> str:
        made = {"date": window.get("date", ""), "years": value or 0}
        return editing.set_entry(text, (*path, "window"), made)

    date = window.get("date", "")
    choices = with_none("不限", dates)
    out = [Entry("date", "只计近几年的：日期", "choice", date, set_date, choices, shapes=True)]
    if window:
        years = window.get("years")
        out.append(Entry("years", "近几年（含评价年度）", "integer", years, set_years))
    return out


def _change_way(path: Path, text: str, way: Any) -> str:
    held = held_at(text, path)
    if way == _way_of(held):
        return text
    wanted: dict[str, Any] = {
        "once": {"points": held.get("points", 1)},
        "each": {"points": held.get("points", 1), "per": held.get("per", "penalties")},
        "tiers": {"tiers": held.get("tiers", [1]), "per": held.get("per", "penalties")},
        "share": {"share_of_score": held.get("share_of_score", 0.05)},
    }[way]
    if way in ("each", "tiers") and "max_count" in held:
        wanted["max_count"] = held["max_count"]
    for key in ("points", "per", "tiers", "share_of_score", "max_count"):
        if key in held or key in wanted:
            text = editing.set_entry(text, (*path, key), wanted.get(key))
    return text


def _tiers_change(path: Path) -> Apply:
    def change(text: str, value: Any) -> str:
        parts = [part for part in re.split(r"[、，,；;\s]+", str(value or "")) if part]
        try:
            points = [float(part) for part in parts]
        except ValueError:
            raise PolicyError(
                f"“{value}”不是用顿号隔开的分值，请写成“3、2、1”这样的几个数字。"
            ) from None
        return editing.set_entry(text, (*path, "tiers"), points)

    return change
