"""The ways in which an item of a composite scores, with what each of them needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zoneeval.errors import PolicyError
from zoneeval.policy import editing
from zoneeval_ui.pages.policies.parts import Apply, Choices, Entry, Kind, Path
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.ladder_forms import is_percent

METHODS: Choices = (
    ("ratio", "与基准相比（数值÷基准）"),
    ("floored_minmax", "同类最高最低之间（保底加幅度）"),
    ("ratio_to_best", "与同类最好相比"),
    ("reverse_linear", "越低越好，从 0 到几倍基准线性递减"),
    ("bands", "分段给分"),
    ("efficacy", "功效系数"),
    ("rank", "按名次给分"),
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
    "floored_minmax": (
        ("base", "最低的得权重的（百分数）", "number", 20, ()),
        ("span", "最高的再得（百分数）", "number", 80, ()),
    ),
    "reverse_linear": (("zero_at", "几倍基准时得 0 分", "number", 2, ()),),
    "efficacy": (
        ("shape", "曲线", "choice", "linear", (("linear", "线性"), ("exponential", "指数"))),
        ("base", "不允许值得（百分制）", "number", 60, ()),
        ("worst", "不允许值（不写取同类最差）", "number", None, ()),
        ("best", "满意值（不写取同类最好）", "number", None, ()),
    ),
    "rank": (
        ("step", "每低一名少得", "number", None, ()),
        ("rest", "排在表外的得", "number", 0, ()),
    ),
    "growth_steps": (
        ("at_base", "与基年持平得权重的", "percent", 0.8, ()),
        ("step", "每增长", "percent", 0.05, ()),
        ("points", "加（分）", "number", 1, ()),
        ("limit", "最多加权重的", "percent", 0.5, ()),
        ("below", "低于基年", "choice", "zero", (("zero", "不得分"), ("steps", "按步扣分"))),
        ("base_year", "基年（不写为上年）", "integer", None, ()),
    ),
    "per_unit": (("points", "每个（次）得（分）", "number", 1, ()),),
    "bands": (
        (
            "includes",
            "正好在分界上的",
            "choice",
            "from",
            (("from", "归上面一段"), ("to", "归下面一段")),
        ),
    ),
}
_BAND = re.compile(r"(?:(-?[\d.]+)以下|以上)[:：得]?(-?[\d.]+)分?")


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
    for key, words, typed, usual, choices in _PARAMETERS.get(kind, ()):
        value = settings.get(key, usual)
        change = _set_parameter(path, key)
        shown: Kind = "percent" if percent and key in ("worst", "best") else typed
        out.append(Entry(f"{name}-{key}", f"{prefix}{words}", shown, value, change, choices))
    if kind == "bands":
        times = 100.0 if percent else 1.0
        words = bands_words(settings.get("bands", []), times)
        label = f"{prefix}各段（如：60以下 0；80以下 60；以上 100）"
        out.append(Entry(f"{name}-bands", label, "text", words, _set_bands(path, times)))
    if kind == "rank":
        words = "、".join(f"{points:g}" for points in settings.get("points", []))
        label = f"{prefix}从第一名起逐名得分（用顿号隔开）"
        out.append(Entry(f"{name}-points", label, "text", words, _set_points(path)))
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
            change = _set_number(path)
            typed = "percent" if percent else "number"
            out.append(Entry(f"{name}-figure", f"{prefix}基准值", typed, base, change))
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


def bands_words(bands: list[Mapping[str, Any]], times: float = 1.0) -> str:
    """Return bands as they are typed: 60以下 0；以上 100; shares ``times`` a hundred."""
    return "；".join(
        (f"{band['to'] * times:.10g}以下 " if "to" in band else "以上 ") + f"{band['score']:.10g}"
        for band in bands
    )


def read_bands(words: str | None, times: float = 1.0) -> list[dict[str, float]]:
    """Return typed bands; raise PolicyError where they cannot be read."""
    out: list[dict[str, float]] = []
    low: float | None = None
    for part in re.split(r"[；;]", words or ""):
        text = re.sub(r"\s+", "", part)
        if not text:
            continue
        found = _BAND.fullmatch(text)
        if found is None:
            raise PolicyError(f"“{part.strip()}”看不懂。请写成“60以下 0；80以下 60；以上 100”。")
        band: dict[str, float] = {} if low is None else {"from": low}
        if found[1] is not None:
            low = round(float(found[1]) / times, 12)
            band["to"] = low
        band["score"] = float(found[2])
        out.append(band)
    if len(out) < 2 or "to" in out[-1]:
        raise PolicyError("至少写两段，最后一段写“以上”。")
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


def _set_bands(path: Path, times: float) -> Apply:
    return lambda text, value: _with(text, path, "bands", read_bands(value, times))


def _set_points(path: Path) -> Apply:
    def apply(text: str, value: Any) -> str:
        words = [part for part in re.split(r"[、，,;；\s]+", value or "") if part]
        try:
            points = [float(word) for word in words]
        except ValueError:
            raise PolicyError("逐名得分要填数字，用顿号隔开，例如 10、8、6。") from None
        return _with(text, path, "points", points or None)

    return apply


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
