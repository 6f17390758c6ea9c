"""What can be edited of a policy: tables of entries, each with the change it makes."""

from __future__ import annotations

import tomllib
from functools import partial
from typing import Any

from zoneeval.model.fields import FIELDS, label_of
from zoneeval.policy import editing
from zoneeval.policy.citations import Status
from zoneeval.policy.method_editing import method_of
from zoneeval_ui.pages.policies.bonus_forms import bonus_form
from zoneeval_ui.pages.policies.document_forms import citations_form, missing_form
from zoneeval_ui.pages.policies.grading_forms import grading_form
from zoneeval_ui.pages.policies.grading_kind_forms import grading_kind_form
from zoneeval_ui.pages.policies.indicator_forms import (
    BENCHMARKS,
    MISSING,
    indicator_item,
    missing_change,
)
from zoneeval_ui.pages.policies.method_forms import SHORT
from zoneeval_ui.pages.policies.parts import (
    Apply,
    Entry,
    Form,
    Kind,
    Row,
    at,
    dated_value,
    set_dated,
)
from zoneeval_ui.pages.policies.rule_forms import adjustments_form, eligibility_form
from zoneeval_ui.pages.policies.structure_forms import classes_form, groups_form, tracks_form

__all__ = ["Entry", "Form", "Row", "forms_of"]

_STATUS = tuple((status.value, status.label) for status in Status)
_TOTALS = ("land_area", "emission_total", "pollutant_equivalent")
"""Derived fields that are sizes, not indicators."""


def forms_of(text: str) -> list[Form]:
    """Return every table of the editor for a text; it must be TOML, faults do not matter."""
    data = tomllib.loads(text)
    forms = [_head(data), classes_form(data), groups_form(data), eligibility_form(data)]
    forms.append(tracks_form(data))
    tracks = data.get("tracks", [])
    for number, track in enumerate(tracks):
        prefix = f"{track.get('label', '')}：" if len(tracks) > 1 else ""
        forms.append(_indicators(number, track, prefix))
        forms += [
            grading_kind_form(data, number, prefix),
            grading_form(data, number, prefix),
            bonus_form(number, track, prefix),
            _scores(number, track, prefix),
        ]
    forms += [adjustments_form(data), citations_form(data), missing_form(data)]
    return [form for form in forms if form.rows or form.adder or form.track is not None]


def _head(data: dict[str, Any]) -> Form:
    rows = []
    kinds: dict[str, tuple[str, Kind]] = {
        "title": ("名称", "text"),
        "number": ("文号", "text"),
        "issuer": ("发文机关", "text"),
        "year": ("办法年份", "integer"),
        "valid_from": ("从哪一年度起适用", "integer"),
        "valid_to": ("到哪一年度止", "integer"),
        "continues": ("接续哪份办法（写编号）", "text"),
        "note": ("说明", "text"),
    }
    for key, (label, kind) in kinds.items():

        def change(text: str, value: Any, key: str = key) -> str:
            empty = "" if key in ("title", "issuer") else None
            return editing.set_head(text, key, value or empty)

        entry = Entry(f"head-{key}", label, kind, data.get(key), change)
        rows.append(Row(label, (entry,), path=(key,)))
    status = Entry(
        *("head-status", "核实状态", "choice", data.get("status"), at(("status",))), _STATUS
    )
    rows.append(Row("核实状态", (status,), path=("status",)))
    return Form("基本情况", (), tuple(rows))


def _indicators(track: int, data: dict[str, Any], prefix: str) -> Form:
    rows = []
    items = data.get("indicators", [])
    for number, item in enumerate(items):
        label = item.get("label") or label_of(item["key"])
        method = SHORT.get(str(method_of(item)["kind"]), "")
        path = ("tracks", track, "indicators", number)
        name = f"indicator-{track}-{number}"
        mark = item.get("benchmark") or {}
        fixed = mark.get("kind") == "fixed"
        figure = mark.get("value") if fixed else mark.get("multiple", 1)
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
                item.get("weight"),
                partial(_weight, track, number),
                short=True,
            ),
            None,
            None,
        ]
        if "weights" in item:
            entries[0] = Entry(
                f"{name}-weight",
                f"{label}权重",
                "dated",
                dated_value(item, "weight"),
                set_dated(path, "weight"),
                short=True,
            )
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
            if fixed and "values" in mark:
                entries[2] = Entry(
                    f"{name}-figure",
                    f"{label}基准值",
                    "dated",
                    dated_value(mark, "value"),
                    set_dated((*path, "benchmark"), "value"),
                    short=True,
                )
        for key, words in (("cap", "上限"), ("floor", "下限")):
            entries.append(
                Entry(
                    f"{name}-{key}",
                    label + words,
                    "number",
                    item.get(key),
                    at((*path, key)),
                    short=True,
                )
            )
        entries.append(
            Entry(
                f"{name}-missing",
                f"{label}缺数据",
                "choice",
                missing,
                missing_change(path),
                choices,
            )
        )
        entries.append(
            Entry(f"{name}-illustrative", f"{label}为示意", "flag", illustrative, _flag(path))
        )
        remove = partial(_remove, path)
        shown = f"{label}（{method}）" if method else label
        rows.append(Row(shown, tuple(entries), remove, item=indicator_item(label, path)))
    held = {item["key"] for item in items}
    addable = tuple(
        (key, field.label)
        for key, field in FIELDS.items()
        if field.is_derived and field.is_number and key not in (*held, *_TOTALS)
    )
    headings = ("指标", "权重", "基准", "值或倍数", "上限", "下限", "缺数据", "示意")
    where = ("tracks", track, "indicators")
    return Form(f"{prefix}指标", headings, tuple(rows), track, addable, path=where)


def _weight(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_weight(text, track, number, value)


def _kind(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_benchmark(text, track, number, kind=value)


def _figure(track: int, number: int, text: str, value: Any) -> str:
    return editing.set_benchmark(text, track, number, figure=value)


def _remove(path: tuple[str | int, ...], text: str) -> str:
    return editing.remove_entry(text, path)


def _flag(path: tuple[str | int, ...]) -> Apply:
    def change(text: str, value: Any) -> str:
        data: Any = tomllib.loads(text)
        for part in path:
            data = data[part]
        if bool(data.get("illustrative")) == bool(value):
            return text
        if isinstance(data.get("benchmark"), dict):
            mark = (*path, "benchmark", "illustrative")
            text = editing.set_value(text, mark, True if value else None)
        return editing.set_value(text, (*path, "illustrative"), True if value else None)

    return change


def _scores(track: int, data: dict[str, Any], prefix: str) -> Form:
    rows = []
    kinds: dict[str, tuple[str, Kind]] = {
        "decimals": ("综合得分保留几位小数", "integer"),
        "bonus_max": ("加分合计最多", "number"),
        "penalty_max": ("扣分合计最多", "number"),
    }
    for key, (label, kind) in kinds.items():
        entry = Entry(f"track-{track}-{key}", label, kind, data.get(key), _after_id(track, key))
        rows.append(Row(label, (entry,), path=("tracks", track, key)))
    return Form(f"{prefix}得分", (), tuple(rows))


def _after_id(track: int, key: str) -> Apply:
    return lambda text, value: editing.set_track(text, track, key, value)
