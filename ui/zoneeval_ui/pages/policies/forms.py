"""What can be edited of a policy: tables of entries, each with the change it makes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from zoneeval.model.fields import FIELDS, label_of
from zoneeval.policy import editing

Kind = Literal["text", "number", "percent", "integer", "choice", "flag"]
Apply = Callable[[str, Any], str]

BENCHMARKS = {
    "average": "平均值",
    "fixed": "固定值",
    "maximum": "最高值",
    "minimum": "最低值",
    "median": "中位数",
    "percentile": "分位值",
}
MISSING = {"zero": "计 0 分", "average_score": "取平均分", "reweight": "分给其他项"}
MISSING |= {"block": "列为待核"}

_TOTALS = ("land_area", "emission_total", "pollutant_equivalent")
"""Derived fields that are sizes, not indicators."""


@dataclass(frozen=True)
class Entry:
    """One figure, text or choice: its name, what it is, and how it changes the text."""

    name: str
    label: str
    kind: Kind
    value: Any
    apply: Apply
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """Entries side by side (None: nothing to enter), and how to take the row away."""

    label: str
    entries: tuple[Entry | None, ...]
    remove: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Form:
    """A table of rows; ``addable`` are the indicators (key, label) not yet in ``track``."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    track: int | None = None
    addable: tuple[tuple[str, str], ...] = ()


def forms_of(text: str) -> list[Form]:
    """Return every table of the editor for a text; it must be TOML, faults do not matter."""
    data = tomllib.loads(text)
    forms = [_head(data)]
    tracks = data.get("tracks", [])
    for number, track in enumerate(tracks):
        prefix = f"{track.get('label', '')}：" if len(tracks) > 1 else ""
        forms.append(_indicators(number, track, prefix))
        shares = _shares(number, track, prefix)
        forms += [form for form in (shares, _bonus(number, track, prefix)) if form.rows]
        forms.append(_scores(number, track, prefix))
    return forms


def _head(data: dict[str, Any]) -> Form:
    rows = []
    kinds: dict[str, tuple[str, Kind]] = {
        "title": ("名称", "text"),
        "number": ("文号", "text"),
        "issuer": ("发文机关", "text"),
        "year": ("办法年份", "integer"),
        "valid_from": ("从哪一年度起适用", "integer"),
        "valid_to": ("到哪一年度止", "integer"),
    }
    for key, (label, kind) in kinds.items():

        def change(text: str, value: Any, key: str = key) -> str:
            empty = "" if key in ("title", "issuer") else None
            return editing.set_head(text, key, value or empty)

        rows.append(Row(label, (Entry(f"head-{key}", label, kind, data.get(key), change),)))
    return Form("基本情况", (), tuple(rows))


def _at(path: tuple[str | int, ...]) -> Apply:
    return lambda text, value: editing.set_value(text, path, value)


def _indicators(track: int, data: dict[str, Any], prefix: str) -> Form:
    rows = []
    items = data.get("indicators", [])
    for number, item in enumerate(items):
        label = item.get("label") or label_of(item["key"])
        path = ("tracks", track, "indicators", number)
        name = f"indicator-{track}-{number}"
        mark = item.get("benchmark") or {}
        weight = item.get("weight") or _newest(item.get("weights"))
        fixed = mark.get("value") or _newest(mark.get("values"))
        figure = fixed if mark.get("kind") == "fixed" else mark.get("multiple", 1)
        missing = item.get("missing", "zero")
        choices = tuple(MISSING.items())
        if missing not in MISSING:
            choices = (*choices, (missing, "固定扣分"))
        illustrative = bool(item.get("illustrative"))
        entries: list[Entry | None] = [
            Entry(
                f"{name}-weight",
                f"{label}权重",
                "number",
                weight,
                partial(_weight, track, number),
            ),
            None,
            None,
        ]
        if mark and mark.get("kind") != "none":
            entries[1] = Entry(
                f"{name}-benchmark",
                f"{label}基准",
                "choice",
                mark.get("kind"),
                partial(_kind, track, number),
                tuple(BENCHMARKS.items()),
            )
            entries[2] = Entry(
                f"{name}-figure",
                f"{label}基准值或倍数",
                "number",
                figure,
                partial(_figure, track, number),
            )
        for key, words in (("cap", "上限"), ("floor", "下限")):
            entries.append(
                Entry(f"{name}-{key}", label + words, "number", item.get(key), _at((*path, key)))
            )
        entries.append(
            Entry(f"{name}-missing", f"{label}缺数据", "choice", missing, _missing(path), choices)
        )
        entries.append(
            Entry(f"{name}-illustrative", f"{label}为示意", "flag", illustrative, _flag(path))
        )
        remove = partial(_remove, path)
        rows.append(Row(label, tuple(entries), remove))
    held = {item["key"] for item in items}
    addable = tuple(
        (key, field.label)
        for key, field in FIELDS.items()
        if field.is_derived and field.is_number and key not in (*held, *_TOTALS)
    )
    headings = ("指标", "权重", "基准", "值或倍数", "上限", "下限", "缺数据", "示意")
    return Form(f"{prefix}指标", headings, tuple(rows), track, addable)


def _newest(given: Any) -> Any:
    return given[max(given)] if isinstance(given, dict) and given else None


def _weight(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_weight(text, track, number, value)


def _kind(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_benchmark(text, track, number, kind=value)


def _figure(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_benchmark(text, track, number, figure=value)


def _remove(path: tuple[str | int, ...], text: str) -> str:
    return editing.remove_entry(text, path)


def _missing(path: tuple[str | int, ...]) -> Apply:
    def change(text: str, value: Any) -> str:
        if value != "penalty":
            text = editing.set_value(text, (*path, "missing_points"), None)
        return editing.set_value(text, (*path, "missing"), value)

    return change


def _flag(path: tuple[str | int, ...]) -> Apply:
    def change(text: str, value: Any) -> str:
        data: Any = tomllib.loads(text)
        for part in path:
            data = data[part]
        if isinstance(data.get("benchmark"), dict):
            mark = (*path, "benchmark", "illustrative")
            text = editing.set_value(text, mark, True if value else None)
        return editing.set_value(text, (*path, "illustrative"), True if value else None)

    return change


def _shares(track: int, data: dict[str, Any], prefix: str) -> Form:
    grading = data.get("grading", {})
    path = ("tracks", track, "grading")
    name = f"share-{track}"
    rows: list[Row] = []
    headings: tuple[str, ...] = ("类别", "比例（%）")
    if grading.get("kind") == "shares":
        bands = grading.get("bands", [])
        parts = editing.shares_of([band["up_to"] for band in bands])
        for number, (band, share) in enumerate(zip(bands, parts, strict=True)):
            label = f"{band['grade']} 类"
            change = partial(_share, track, number)
            entry = Entry(f"{name}-{number}", f"{label}比例", "percent", share, change)
            rows.append(Row(label, (entry,)))
    elif grading.get("kind") == "two_stage":
        gate = Entry(
            f"{name}-gate", "入围比例", "percent", grading.get("gate", 0.5), _at((*path, "gate"))
        )
        rows.append(Row("入围（前、后各取）", (gate,)))
        for number, chosen in enumerate(grading.get("selections", [])):
            label = f"{chosen['grade']} 类"
            place = _at((*path, "selections", number, "share"))
            entry = Entry(f"{name}-{number}", f"{label}比例", "percent", chosen["share"], place)
            rows.append(Row(label, (entry,)))
    elif grading.get("kind") == "limits":
        headings = ("类别", "不超过（%）", "不低于（%）", "综合得分不低于")
        for number, band in enumerate(grading.get("bands", [])):
            label = f"{band['grade']} 类"
            keys: tuple[tuple[str, Kind], ...] = (
                ("at_most", "percent"),
                ("at_least", "percent"),
                ("from_score", "number"),
            )
            entries = tuple(
                Entry(
                    f"{name}-{number}-{key}",
                    label + words,
                    kind,
                    band.get(key),
                    _at((*path, "bands", number, key)),
                )
                for (key, kind), words in zip(keys, headings[1:], strict=True)
            )
            rows.append(Row(label, entries))
    return Form(f"{prefix}分类比例", headings, tuple(rows))


def _share(track: int, band: int, text: str, value: Any) -> str:
    return editing.set_share(text, track, band, value or 0)


def _bonus(track: int, data: dict[str, Any], prefix: str) -> Form:
    rows = []
    for number, item in enumerate(data.get("bonus", [])):
        path = ("tracks", track, "bonus", number)
        if "points" in item:
            entry = Entry(
                f"bonus-{track}-{number}",
                f"{item['label']}分值",
                "number",
                item["points"],
                _at((*path, "points")),
            )
            rows.append(Row(item["label"], (entry,), partial(_remove, path)))
    return Form(f"{prefix}加分和扣分", ("项目", "分值（扣分写负数）"), tuple(rows))


def _scores(track: int, data: dict[str, Any], prefix: str) -> Form:
    rows = []
    kinds: dict[str, tuple[str, Kind]] = {
        "decimals": ("综合得分保留几位小数", "integer"),
        "bonus_max": ("加分合计最多", "number"),
        "penalty_max": ("扣分合计最多", "number"),
    }
    for key, (label, kind) in kinds.items():
        entry = Entry(f"track-{track}-{key}", label, kind, data.get(key), _after_id(track, key))
        rows.append(Row(label, (entry,)))
    return Form(f"{prefix}得分", (), tuple(rows))


def _after_id(track: int, key: str) -> Apply:
    return lambda text, value: editing.set_track(text, track, key, value)
