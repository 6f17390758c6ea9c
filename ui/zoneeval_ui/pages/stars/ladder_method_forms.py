"""The ways in which an item of a composite scores, with what each of them needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.errors import PolicyError
from zoneeval.policy import editing
from zoneeval_ui.pages.policies.method_forms import METHODS as SCORING
from zoneeval_ui.pages.policies.method_forms import setting_entries
from zoneeval_ui.pages.policies.parts import Apply, Choices, Entry, Kind, Path
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.ladder_forms import is_percent

METHODS: Choices = (
    *SCORING,
    ("growth_steps", "比基年增长，每增一步加分"),
    ("per_unit", "每个（次）给分"),
)
_STARTS: dict[str, dict[str, Any]] = {
    "bands": {"includes": "from", "bands": [{"to": 60, "score": 0}, {"from": 60, "score": 100}]},
    "growth_steps": {"below": "zero"},
    "per_unit": {"points": 1},
}
_BASED = ("ratio", "reverse_linear")
_BASES: Choices = (
    ("number", "一个数"),
    ("target", "本园区的目标"),
    ("previous", "本园区上年"),
    ("mean", "同类平均"),
    ("maximum", "同类最高"),
    ("minimum", "同类最低"),
    ("unknown", "未知"),
)
_POPULATION: Choices = (("group", "同类组"), ("all", "全部园区"))
_PARAMETERS: dict[str, tuple[tuple[str, str, Kind, Any, Choices], ...]] = {
    "growth_steps": (
        ("at_base", "与基年持平得权重的", "percent", 0.8, ()),
        ("step", "每增长", "percent", 0.05, ()),
        ("points", "加（分）", "number", 1, ()),
        ("limit", "最多加权重的", "percent", 0.5, ()),
        ("below", "低于基年", "choice", "zero", (("zero", "不得分"), ("steps", "按步扣分"))),
        ("base_year", "基年（不写为上年）", "integer", None, ()),
    ),
    "per_unit": (("points", "每个（次）得（分）", "number", 1, ()),),
}


def method_kind(held: Mapping[str, Any]) -> str:
    """Return which way of scoring an item has."""
    method = held.get("method", "ratio")
    return str(method if isinstance(method, str) else method.get("kind", "ratio"))


def method_entries(held: Mapping[str, Any], path: Path, prefix: str = "") -> list[Entry]:
    """Return the way of scoring and its settings."""
    name = "-".join(str(part) for part in path)
    kind = method_kind(held)
    given = held.get("method", "ratio")
    settings: dict[str, Any] = {} if isinstance(given, str) else dict(given)
    percent = is_percent(held)
    label = f"{prefix}怎样计分"
    out = [
        Entry(f"{name}-method", label, "choice", kind, _choose(path, kind), METHODS, shapes=True)
    ]
    change = partial(_set_parameter, path)
    out += setting_entries(
        f"{name}-", kind, settings, change, prefix=prefix, percent=percent, more=_PARAMETERS
    )
    if kind in _BASED:
        base = held.get("base")
        which = "number" if isinstance(base, int | float) or base is None else str(base)
        label = f"{prefix}与什么相比"
        out.append(
            Entry(
                f"{name}-base", label, "choice", which, _set_base(path, which), _BASES, shapes=True
            )
        )
        if which == "number":
            typed: Kind = "percent" if percent else "number"
            out.append(Entry(f"{name}-figure", f"{prefix}基准值", typed, base, _set_number(path)))
    population = held.get("population", "group")
    out.append(
        Entry(
            *(f"{name}-population", f"{prefix}与谁比较", "choice", population),
            lambda text, value: editing.set_entry(
                text, (*path, "population"), None if value == "group" else value
            ),
            _POPULATION,
        )
    )
    return out


def _choose(path: Path, now: str) -> Apply:
    def apply(text: str, value: Any) -> str:
        kind = str(value)
        if kind == now:
            return text
        start = _STARTS.get(kind)
        method: Any = {"kind": kind, **start} if start else kind
        text = editing.set_entry(text, (*path, "method"), method)
        held = held_at(text, path)
        base = held.get("base") if kind in _BASED else None
        if kind in _BASED and base is None:
            base = "mean"
        return editing.set_entry(text, (*path, "base"), base)

    return apply


def _with(text: str, path: Path, key: str, value: Any) -> str:
    held = held_at(text, path).get("method", "ratio")
    settings = {"kind": held} if isinstance(held, str) else dict(held)
    settings.pop(key, None)
    if value is not None:
        settings[key] = value
    return editing.set_entry(text, (*path, "method"), settings)


def _set_parameter(path: Path, key: str) -> Apply:
    return lambda text, value: _with(text, path, key, value)


def _set_base(path: Path, now: str) -> Apply:
    def apply(text: str, value: Any) -> str:
        if value == now:
            return text
        return editing.set_entry(text, (*path, "base"), 1 if value == "number" else value)

    return apply


def _set_number(path: Path) -> Apply:
    def apply(text: str, value: Any) -> str:
        if value is None:
            raise PolicyError("请填写基准值。")
        return editing.set_entry(text, (*path, "base"), value)

    return apply
