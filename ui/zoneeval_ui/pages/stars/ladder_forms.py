"""A star ladder as tables to fill in: head, levels × criteria, and how they combine."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy import editing, ladder_editing
from zoneeval.policy.citations import Status
from zoneeval_ui.pages.policies.document_forms import citations_form
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
    cite_choices,
    or_none,
    raising,
    removing,
)
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.grouped import indicator_choices

DIRECTIONS: Choices = (("benefit", "越高越好"), ("cost", "越低越好"))
MEASURES: Choices = (
    ("value", "指标数值"),
    ("growth", "比上年增长"),
    ("change", "比上年增减"),
    ("previous", "上年数值"),
    ("over_mean", "高于同类平均"),
    ("rank", "同类名次"),
    ("rank_change", "名次上升"),
)
_COMBINE: Choices = (
    ("all", "各项全部达到"),
    ("n_of", "达到其中几项"),
    ("mandatory", "必达项达到，其余达到几项"),
    ("weighted", "达到项的权重合计"),
)
_STATUS: Choices = tuple((status.value, status.label) for status in Status)


def ladder_forms(text: str) -> list[Form]:
    """Return the forms of a ladder; raises KeyError, TypeError or ValueError for odd texts."""
    from zoneeval_ui.pages.stars.ladder_rule_forms import rule_forms
    from zoneeval_ui.pages.stars.ladder_score_forms import score_forms

    data = tomllib.loads(text)
    return [
        _head(data),
        _combining(data),
        _criteria(data),
        *score_forms(data),
        *rule_forms(data),
        citations_form(data),
    ]


def level_headings(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the levels from the gate up."""
    words = [*LEVEL_WORDS, *(f"{number} 级" for number in range(len(LEVEL_WORDS), 11))]
    return tuple(words[: int(data.get("levels", 7))])


def cite_entry(name: str, data: Mapping[str, Any], held: Mapping[str, Any], path: Path) -> Entry:
    """Return the choice of what an entry rests on."""
    return Entry(
        f"{name}-cite",
        "依据",
        "choice",
        held.get("cite", ""),
        lambda text, value: ladder_editing.set_cite(text, path, str(value or "")),
        cite_choices(data),
    )


def is_percent(held: Mapping[str, Any]) -> bool:
    """Tell whether an entry's figures are shares, typed as per cent."""
    if held.get("measure") in ("rank", "rank_change"):
        return False
    return held.get("unit", "") == "" and bool(held.get("indicator"))


def label_of(held: Mapping[str, Any]) -> str:
    """Return the name of what an entry looks at."""
    known = ZONE_INDICATORS.get(str(held.get("indicator", "")))
    return str(held.get("label") or (known.label if known else held.get("indicator", "")))


def unit_words(held: Mapping[str, Any]) -> str:
    """Return the unit as it is typed."""
    return "%" if is_percent(held) else str(held.get("unit", ""))


def set_cell(path: Path, level: int, times: float) -> Apply:
    """Return the change of one cell: a figure, nothing, or 未知."""

    def change(text: str, value: Any) -> str:
        cell = ladder_editing.read_cell(value, times=times)
        return ladder_editing.set_cell(text, path, level, cell)

    return change


def _head(data: Mapping[str, Any]) -> Form:
    def head(key: str, label: str, kind: Any = "text") -> Row:
        entry = Entry(
            *(f"ladder-{key}", label, kind, data.get(key)),
            lambda text, value: editing.set_head(text, key, value),
        )
        return Row(label, (entry,))

    levels = Entry(
        *("ladder-levels", "级数（含门槛）", "choice", str(data.get("levels"))),
        lambda text, value: ladder_editing.set_levels(text, int(value)),
        tuple((str(number), f"{number} 级") for number in range(2, 11)),
        shapes=True,
    )
    status = Entry(
        *("ladder-status", "核实状态", "choice", data.get("status"), at(("status",))), _STATUS
    )
    rows = (
        head("title", "名称"),
        head("number", "文号"),
        head("issuer", "发文单位"),
        head("year", "年份", "integer"),
        head("valid_from", "从哪一年度起", "integer"),
        head("valid_to", "到哪一年度止", "integer"),
        head("scope", "适用范围"),
        Row("核实状态", (status,)),
        Row("级数（含门槛）", (levels,)),
        head("gate_consequence", "达不到门槛的后果"),
        head("note", "说明"),
    )
    return Form("基本情况", (), rows)


def _combining(data: Mapping[str, Any]) -> Form:
    combine = str(data.get("combine", "all"))

    def change(text: str, value: Any) -> str:
        text = editing.set_entry(text, ("combine",), value)
        text = editing.set_entry(text, ("combine_assumed",), None)
        if value == "all":
            return editing.set_entry(text, ("need",), None)
        return text if "need" in data else editing.set_entry(text, ("need",), 1)

    need = Entry("ladder-need", "须达到", "number", data.get("need"), at(("need",)))
    lower = Entry(
        *("ladder-cumulative", "须先达到下面各级", "flag", data.get("cumulative", True)),
        lambda text, on: editing.set_entry(text, ("cumulative",), None if on else False),
    )
    rows = [
        Row(
            "怎样算达到一级",
            (
                Entry(
                    "ladder-combine",
                    "怎样算达到一级",
                    "choice",
                    combine,
                    change,
                    _COMBINE,
                    shapes=True,
                ),
            ),
        )
    ]
    if combine != "all":
        words = "权重合计不低于" if combine == "weighted" else "项数"
        rows.append(Row(f"须达到（{words}）", (need,)))
    rows.append(Row("须先达到下面各级", (lower,)))
    note = "文件没有写明，暂按这样理解。" if data.get("combine_assumed") else ""
    return Form("怎样定级", (), tuple(rows), note=note)


def _criteria(data: Mapping[str, Any]) -> Form:
    rows = []
    levels = level_headings(data)
    for number, held in enumerate(data.get("criteria", [])):
        path: Path = ("criteria", number)
        times = 100.0 if is_percent(held) else 1.0
        cells = [
            Entry(
                f"criterion-{number}-{level}",
                f"{label_of(held)}，{levels[level]}",
                "text",
                ladder_editing.cell_words(cell, times=times),
                set_cell((*path, "thresholds"), level, times),
                short=True,
            )
            for level, cell in enumerate(held.get("thresholds", []))
        ]
        marks = "↓" if held.get("direction") == "cost" else ""
        must = "，必达" if held.get("mandatory") else ""
        measure = str(held.get("measure", "value"))
        kind = "" if measure == "value" else f"，{dict(MEASURES).get(measure, measure)}"
        unit = unit_words(held)
        label = f"{label_of(held)}{kind}" + (f"（{unit}）" if unit else "") + marks + must
        cited = cite_entry(f"criterion-{number}", data, held, path)
        rows.append(
            Row(label, (*cells, cited), removing(path), "", _criterion_item(path), raising(path))
        )
    adder = Adder(
        "add-criterion",
        "增加指标…",
        ladder_editing.add_criterion,
        lambda text: _criterion_item(("criteria", len(held_at(text, ("criteria",))) - 1)),
    )
    headings = ("指标", *levels, "依据") if rows else ()
    note = "没有要求留空，文件中没有见到的填“未知”；越低越好的指标标有“↓”，填上限。"
    return Form("各级门槛", headings, tuple(rows), adder=adder, note=note)


def _criterion_item(path: Path) -> Item:
    return Item("指标", path, partial(_criterion_entries, path=path))


def _criterion_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    out = [
        *figure_entries(held, path),
        Entry("label", "表中名称（不写用指标名）", "text", held.get("label"), at((*path, "label"))),
    ]
    if data.get("combine") == "mandatory":
        out.append(
            Entry(
                *("mandatory", "必须达到", "flag", bool(held.get("mandatory"))),
                lambda text, on: editing.set_entry(text, (*path, "mandatory"), on or None),
            )
        )
    if data.get("combine") == "weighted":
        weight = held.get("weight", 1)
        out.append(Entry("weight", "权重", "number", weight, at((*path, "weight"))))
    peers = tuple((str(p.get("id")), str(p.get("label"))) for p in data.get("peers", []))
    if peers:
        out.append(
            Entry(
                *(
                    "peers",
                    "只要求这些同类组（不选为全部）",
                    "several",
                    tuple(held.get("peers", ())),
                ),
                lambda text, value: editing.set_entry(text, (*path, "peers"), list(value) or None),
                peers,
            )
        )
    return [*out, cite_entry("criterion", data, held, path)]


def figure_entries(held: Mapping[str, Any], path: Path, prefix: str = "") -> list[Entry]:
    """Return indicator, measure, unit and direction of an entry."""
    name = "-".join(str(part) for part in path)

    def indicator(text: str, value: Any) -> str:
        if value == held.get("indicator"):
            return text
        text = editing.set_entry(text, (*path, "indicator"), value)
        return editing.set_value(text, (*path, "unit"), ZONE_INDICATORS[str(value)].unit)

    def measure(text: str, value: Any) -> str:
        if value == held.get("measure", "value"):
            return text
        known = ZONE_INDICATORS.get(str(held.get("indicator")))
        plain = value in ("value", "previous", "change")
        unit = known.unit if plain and known is not None else ""
        text = editing.set_entry(text, (*path, "measure"), None if value == "value" else value)
        return editing.set_value(text, (*path, "unit"), unit)

    choices = indicator_choices()
    return [
        Entry(
            *(f"{name}-indicator", f"{prefix}指标", "choice", held.get("indicator", "")),
            *(indicator, choices),
            shapes=True,
        ),
        Entry(
            *(f"{name}-measure", f"{prefix}看什么", "choice", held.get("measure", "value")),
            *(measure, MEASURES),
            shapes=True,
        ),
        Entry(
            f"{name}-unit",
            f"{prefix}单位（占比、增长不写）",
            "text",
            held.get("unit", ""),
            lambda text, value: editing.set_value(text, (*path, "unit"), value or ""),
        ),
        Entry(
            *(f"{name}-direction", f"{prefix}方向", "choice", held.get("direction", "benefit")),
            *(or_benefit(path), DIRECTIONS),
        ),
    ]


def or_benefit(path: Path) -> Apply:
    """Return the change of the direction; the usual one is not written."""
    change = or_none((*path, "direction"))
    return lambda text, value: change(text, "" if value == "benefit" else value)
