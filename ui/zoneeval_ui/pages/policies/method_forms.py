"""The ways in which a value becomes points, with what each of them needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from zoneeval.errors import PolicyError
from zoneeval.policy.method_editing import method_of, set_method, set_parameter
from zoneeval_ui.pages.policies.parts import Apply, Choices, Entry, Kind, Path

METHODS: Choices = (
    ("ratio", "与基准相比（数值÷基准）"),
    ("floored_minmax", "同类最高最低之间（保底加幅度）"),
    ("ratio_to_best", "与同类最好相比"),
    ("reverse_linear", "越低越好，从 0 到几倍基准线性递减"),
    ("bands", "分段给分"),
    ("efficacy", "功效系数"),
    ("rank", "按名次给分"),
)
SHORT = {
    "floored_minmax": "最高最低之间",
    "ratio_to_best": "与最好相比",
    "reverse_linear": "线性递减",
    "bands": "分段给分",
    "efficacy": "功效系数",
    "rank": "按名次",
}
"""What a way of scoring other than the usual one is called where there is little room."""
PARAMETERS: dict[str, tuple[tuple[str, str, Kind, Any, Choices], ...]] = {
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
"""Key, label, kind, what holds where nothing is written, and choices of each setting."""
_POPULATION: Choices = (("group", "本组企业"), ("track", "同类全部企业"))
_AMONG = ("floored_minmax", "ratio_to_best", "efficacy", "rank")


def method_entries(held: Mapping[str, Any], path: Path, *, percent: bool) -> list[Entry]:
    """Return the way of scoring of an indicator and its settings."""
    settings = method_of(held)
    kind = str(settings["kind"])
    out = [
        Entry(
            *("method", "怎样计分", "choice", kind),
            lambda text, value: set_method(text, path, value),
            METHODS,
            shapes=True,
        ),
        *setting_entries("", kind, settings, partial(_setting, path), percent=percent),
    ]
    if kind in _AMONG:
        among, change = settings.get("population", "group"), _setting(path, "population")
        out.append(Entry("among", "与哪些企业比较", "choice", among, change, _POPULATION))
    return out


def _setting(path: Path, key: str) -> Apply:
    return lambda text, value: set_parameter(text, path, key, value)


def setting_entries(
    name: str,
    kind: str,
    settings: Mapping[str, Any],
    setting: Callable[[str], Apply],
    *,
    prefix: str = "",
    percent: bool = False,
    more: Mapping[str, tuple[tuple[str, str, Kind, Any, Choices], ...]] | None = None,
) -> list[Entry]:
    """Return the settings of a way of scoring; ``setting`` gives the change of one of them.

    ``more`` are settings of ways that only the caller knows.
    """
    out = []
    for key, words, typed, usual, choices in {**PARAMETERS, **(more or {})}.get(kind, ()):
        shown: Kind = "percent" if percent and key in ("worst", "best") else typed
        value = settings.get(key, usual)
        out.append(Entry(f"{name}{key}", f"{prefix}{words}", shown, value, setting(key), choices))
    if kind == "bands":
        shown = "bands_percent" if percent else "bands"
        bands = settings.get("bands", [])
        out.append(Entry(f"{name}bands", f"{prefix}各段得分", shown, bands, setting("bands")))
    if kind == "rank":
        words = "、".join(f"{points:g}" for points in settings.get("points", []))
        label = f"{prefix}从第一名起逐名得分（用顿号隔开）"
        out.append(Entry(f"{name}points", label, "text", words, _points(setting("points"))))
    return out


def _points(change: Apply) -> Apply:
    def apply(text: str, value: Any) -> str:
        words = [part for part in re.split(r"[、，,;；\s]+", value or "") if part]
        try:
            points = [float(word) for word in words]
        except ValueError:
            raise PolicyError("逐名得分要填数字，用顿号隔开，例如 10、8、6。") from None
        return change(text, points or None)

    return apply
