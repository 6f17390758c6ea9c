"""In which way a track gives classes, and what is settled for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zoneeval.policy.grading_editing import set_kind
from zoneeval_ui.pages.policies.parts import (
    Choices,
    Entry,
    Form,
    Path,
    Row,
    at,
    cite_entry,
    or_none,
    unless,
)

KINDS: Choices = (
    ("shares", "按排名比例"),
    ("limits", "比例作上下限，可加分数线"),
    ("two_stage", "前后两半中再选取"),
    ("thresholds", "按条件或分数线，不限家数"),
    ("rank_only", "只排名，不分类"),
)
_SETTINGS: tuple[tuple[str, str, str, Choices, tuple[str, ...]], ...] = (
    (
        "rounding",
        "名额取整",
        "nearest",
        (("nearest", "四舍五入"), ("floor", "舍去小数"), ("ceil", "有小数就进一")),
        ("shares", "two_stage"),
    ),
    (
        "ties",
        "名额线上并列的",
        "next_key",
        (
            ("next_key", "按下一排序项分先后"),
            ("include", "一并列入"),
            ("exclude", "一并不列入"),
        ),
        ("shares", "two_stage", "limits"),
    ),
    (
        "denominator",
        "比例按谁的总数",
        "evaluated",
        (("evaluated", "参评企业"), ("with_exempt", "参评和免评企业")),
        ("shares", "two_stage", "limits"),
    ),
    (
        "middle",
        "奇数家时中间一家",
        "neither",
        (("neither", "不归前后两半"), ("upper", "归前半"), ("lower", "归后半")),
        ("two_stage",),
    ),
)
"""Key, label, what holds where nothing is written, choices, and the kinds that have it."""


def grading_kind_form(data: Mapping[str, Any], track: int, prefix: str) -> Form:
    """Return the kind of a track's grading and its settings."""
    held = data["tracks"][track].get("grading", {})
    kind, name = str(held.get("kind", "")), f"grading-{track}"
    path: Path = ("tracks", track, "grading")
    chosen = Entry(
        *(f"{name}-kind", "怎样分类", "choice", kind),
        lambda text, value: set_kind(text, track, value),
        KINDS,
        shapes=True,
    )
    rows = [Row("怎样分类", (chosen,))]
    for key, label, usual, choices, kinds in _SETTINGS:
        if kind not in kinds:
            continue
        if kind == "limits" and key == "ties":
            choices = tuple(choice for choice in choices if choice[0] != "include")
        entry = Entry(
            *(f"{name}-{key}", label, "choice", held.get(key, usual)),
            *(unless((*path, key), usual), choices),
        )
        rows.append(Row(label, (entry,)))
    if kind == "rank_only":
        given = held.get("reason")
        entry = Entry(f"{name}-reason", "不分类的原因", "text", given, at((*path, "reason")))
        rows.append(Row("不分类的原因", (entry,)))
    else:
        doubtful, change = bool(held.get("illustrative")), or_none((*path, "illustrative"))
        label = "示意（文件没有公布）"
        rows.append(Row(label, (Entry(f"{name}-illustrative", label, "flag", doubtful, change),)))
    rows.append(Row("依据", (replace(cite_entry(data, held, path), name=f"{name}-cite"),)))
    return Form(f"{prefix}怎样分类", (), tuple(rows), path=path)
