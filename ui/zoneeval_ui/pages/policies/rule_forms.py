"""Who takes part and how classes are changed, as lists whose entries have a form each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.expressions.wording import worded
from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import label_of
from zoneeval.policy import editing
from zoneeval.policy.adjustment_schema import Adjustment
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
    letters,
    or_none,
    raising,
    removing,
    with_none,
)

_STATES = tuple(
    (state.value, state.label) for state in Participation if state is not Participation.EVALUATED
)
_KINDS: Choices = (
    ("direct", "直接定为某一类"),
    ("ceiling", "最高定为某一类"),
    ("floor", "最低定为某一类"),
    ("up", "上调一类"),
    ("down", "下调一类"),
)
_TO_A_CLASS = ("direct", "ceiling", "floor")
_QUOTA: Choices = (("no", "先取出，不占用名额"), ("yes", "占用本类名额"))


def own_labels(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the policy's own names of its indicators."""
    items = [item for track in data.get("tracks", []) for item in track.get("indicators", [])]
    return {str(item["key"]): str(item["label"]) for item in items if item.get("label")}


def scored_in(tracks: list[Mapping[str, Any]]) -> Choices:
    """Return the indicators (key, label) that every one of the tracks scores."""
    if not tracks:
        return ()
    keys = [[str(item.get("key", "")) for item in t.get("indicators", [])] for t in tracks]
    labels = own_labels({"tracks": tracks})
    shared = [key for key in keys[0] if all(key in others for others in keys[1:])]
    return tuple((key, labels.get(key) or label_of(key)) for key in shared)


def held_at(text: str, path: Path) -> Any:
    """Return what a text holds at a path."""
    held: Any = tomllib.loads(text)
    for part in path:
        held = held[part]
    return held


def eligibility_form(data: Mapping[str, Any]) -> Form:
    """Return the conditions of taking part."""
    rows = []
    for number, held in enumerate(data.get("eligibility", [])):
        path: Path = ("eligibility", number)
        state = dict(_STATES).get(held.get("otherwise", ""), "")
        words = f"应符合：{worded(held.get('when', ''))}；不符合的：{state}"
        if held.get("grade"):
            words += f"，列为 {held['grade']} 类"
        if held.get("managed_as"):
            words += f"，按 {held['managed_as']} 类管理"
        reason = str(held.get("reason", ""))
        row = Row(reason, (), removing(path), words, _condition_item(path), raising(path))
        rows.append(row)
    adder = Adder(
        "add-eligibility",
        "增加参评条件…",
        partial(editing.add_entry, path=("eligibility",), fields=_NEW_CONDITION),
        lambda text: _condition_item(_last(text, ("eligibility",))),
    )
    note = "从上到下，第一个不符合的条件决定怎样处理；全部符合的参评。"
    return Form(
        "谁参评",
        (),
        tuple(rows),
        adder=adder,
        note=note if rows else "所有企业都参评。",
        path=("eligibility",),
    )


_NEW_CONDITION = {
    "when": "land_area >= 5",
    "otherwise": Participation.OUT_OF_SCOPE.value,
    "reason": "用地不足 5 亩",
}


def _last(text: str, path: Path) -> Path:
    return (*path, len(held_at(text, path)) - 1)


def _condition_item(path: Path) -> Item:
    return Item("参评条件", path, partial(_condition_entries, path=path))


def _condition_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    classes = letters(data)
    state = held.get("otherwise", "")
    out = [
        Entry("reason", "名称或理由", "text", held.get("reason"), at((*path, "reason"))),
        Entry("when", "要符合的条件", "condition", held.get("when", ""), at((*path, "when"))),
        Entry(
            *("otherwise", "不符合的企业", "choice", state),
            _state_change(path),
            _STATES,
            shapes=True,
        ),
    ]
    if state == Participation.UNGRADED.value:
        managed = with_none("不写", classes)
        change = or_none((*path, "managed_as"))
        out.append(
            Entry("managed", "按哪一类管理", "choice", held.get("managed_as", ""), change, managed)
        )
    else:
        given = with_none("不另给类别", classes)
        change = or_none((*path, "grade"))
        out.append(Entry("grade", "列为", "choice", held.get("grade", ""), change, given))
    without: Choices = (("yes", "按符合处理，并注明"), ("no", "按不符合处理"))
    out.append(
        Entry(
            *("default", "表中没有这一栏时", "choice"),
            "yes" if held.get("default", True) else "no",
            lambda text, value: editing.set_entry(
                text, (*path, "default"), None if value == "yes" else False
            ),
            without,
        )
    )
    return [*out, *marks(data, held, path)]


def _state_change(path: Path) -> Apply:
    def change(text: str, value: Any) -> str:
        gone = "grade" if value == Participation.UNGRADED.value else "managed_as"
        if gone in held_at(text, path):
            text = editing.set_entry(text, (*path, gone), None)
        return editing.set_entry(text, (*path, "otherwise"), value)

    return change


def marks(data: Mapping[str, Any], held: Mapping[str, Any], path: Path) -> list[Entry]:
    """Return what every entry of a list has: its document, whether it is illustrative, a note."""
    return [
        cite_entry(data, held, path),
        Entry(
            *("illustrative", "示意（文件没有公布）", "flag", bool(held.get("illustrative"))),
            lambda text, on: editing.set_entry(text, (*path, "illustrative"), on or None),
        ),
        Entry("note", "说明", "text", held.get("note"), at((*path, "note"))),
    ]


def adjustments_form(data: Mapping[str, Any]) -> Form:
    """Return the rules that change a class, the strongest first."""
    rows = []
    labels = own_labels(data)
    order = data.get("precedence")
    for number, held in enumerate(data.get("adjustments", [])):
        path: Path = ("adjustments", number)
        reason = str(held.get("reason", ""))
        words = f"{_adjusts(held)}；条件：{worded(str(held.get('when', '')), labels)}"
        up = None if order else raising(path)
        rows.append(Row(reason, (), removing(path), words, _adjustment_item(path), up))
    adder = Adder(
        "add-adjustment",
        "增加调整规定…",
        _new_adjustment,
        lambda text: _adjustment_item(_last(text, ("adjustments",))),
    )
    note = "几条同时适用时，排在前面的说了算。" if len(rows) > 1 and not order else ""
    return Form("类别怎样调整", (), tuple(rows), adder=adder, note=note, path=("adjustments",))


def _adjusts(held: Mapping[str, Any]) -> str:
    kind, grade = held.get("kind", ""), str(held.get("grade", ""))
    if kind not in dict(_KINDS):
        return str(kind)
    made = Adjustment.model_construct(kind=kind, grade=grade).words
    if kind == "direct":
        made += "，占用名额" if held.get("uses_quota") else "，不占用名额"
    return made


def _new_adjustment(text: str) -> str:
    name = editing.new_name(text, ("adjustments",), "id", "rule-")
    reason = editing.new_name(text, ("adjustments",), "reason", "调整规定 ")
    fields = {"id": name, "kind": "down", "reason": reason, "when": "accidents >= 1"}
    return editing.add_entry(text, ("adjustments",), fields)


def _adjustment_item(path: Path) -> Item:
    return Item("类别调整", path, partial(_adjustment_entries, path=path))


def _adjustment_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    tracks = data.get("tracks", [])
    kind = held.get("kind", "")
    out = [
        Entry("reason", "名称或理由", "text", held.get("reason"), at((*path, "reason"))),
        Entry(
            *("when", "条件", "condition", held.get("when", ""), at((*path, "when"))),
            scored=scored_in(tracks),
        ),
        Entry(*("kind", "怎样调整", "choice", kind), _kind_change(path), _KINDS, shapes=True),
    ]
    if kind in _TO_A_CLASS:
        grade = held.get("grade", "")
        out.append(Entry("grade", "哪一类", "choice", grade, at((*path, "grade")), letters(data)))
    if kind == "direct":
        out.append(
            Entry(
                *("quota", "名额", "choice", "yes" if held.get("uses_quota") else "no"),
                lambda text, value: editing.set_entry(text, (*path, "uses_quota"), value == "yes"),
                _QUOTA,
            )
        )
    else:
        some = tuple(held.get("grades", ()))
        change = or_none((*path, "grades"))
        label = "只对这些类别（不选为全部）"
        out.append(Entry("grades", label, "several", some, change, letters(data)))
    if len(tracks) > 1:
        named = tuple((str(t.get("id", "")), str(t.get("label", ""))) for t in tracks)
        change = or_none((*path, "tracks"))
        label, some = "只对这些组别（不选为全部）", tuple(held.get("tracks", ()))
        out.append(Entry("tracks", label, "several", some, change, named))
    return [*out, *marks(data, held, path)]


def _kind_change(path: Path) -> Apply:
    def change(text: str, value: Any) -> str:
        held = held_at(text, path)
        keep = {"grade": value in _TO_A_CLASS, "uses_quota": value == "direct"}
        keep["grades"] = value != "direct"
        for key, kept in keep.items():
            if key in held and not kept:
                text = editing.set_entry(text, (*path, key), None)
        if keep["grade"] and "grade" not in held:
            last = letters(tomllib.loads(text))[-1:]
            text = editing.set_entry(text, (*path, "grade"), last[0][0] if last else "")
        if keep["uses_quota"] and "uses_quota" not in held:
            text = editing.set_entry(text, (*path, "uses_quota"), False)
        return editing.set_entry(text, (*path, "kind"), value)

    return change
