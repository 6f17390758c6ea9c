"""Changes to a star ladder's text: new text comes back, comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from zoneeval.errors import PolicyError
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.policy.editing import copy_policy, set_value
from zoneeval.policy.text_editing import Key, Value, edited, place

UNKNOWN = "unknown"
COLUMNS = ("cutoffs", "ranks", "shares", "quotas")
_UNKNOWN_WORDS = ("未知", "不知道", "?", "？", UNKNOWN)


def copy_ladder(
    text: str, ladder_id: str, title: str, number: str, year: int, valid_from: int | None = None
) -> str:
    """Return the text as a new ladder: other head, the same rules; never called verified."""
    made = copy_policy(text, ladder_id, title, number, year, valid_from)
    return set_value(made, ("continues",), None)


def new_ladder(ladder_id: str, title: str, number: str, year: int, levels: int = 7) -> str:
    """Return a ladder to be filled in: one criterion of which nothing is known yet."""
    document = tomlkit.document()
    head: dict[str, Value] = {
        "schema": 1,
        "id": ladder_id,
        "title": title,
        "year": year,
        "status": "partial",
        "levels": levels,
        "combine": "all",
        "combine_assumed": True,
    }
    for key, value in head.items():
        document[key] = value
    if number:
        place(document, "number", number, "title")
    cites, cite = tomlkit.aot(), tomlkit.table()
    cite["id"], cite["title"] = ladder_id, title
    if number:
        cite["number"] = number
    cite["published"] = str(year)
    cites.append(cite)
    document["citations"] = cites
    criteria, first = tomlkit.aot(), tomlkit.table()
    for key, value in _criterion("above_scale_value_added", levels).items():
        first[key] = value
    first["cite"] = ladder_id
    criteria.append(first)
    document["criteria"] = criteria
    return tomlkit.dumps(document)


def add_criterion(text: str, indicator: str = "tax_revenue") -> str:
    """Return the text with one more criterion, unknown at every level."""
    levels = int(tomlkit.parse(text).get("levels", 7))
    return append(text, ("criteria",), _criterion(indicator, levels), sourced=True)


def _criterion(indicator: str, levels: int) -> dict[str, Value]:
    unit = ZONE_INDICATORS[indicator].unit
    return {"indicator": indicator, "unit": unit, "thresholds": [UNKNOWN] * levels}


def append(
    text: str, path: Sequence[Key], fields: Mapping[str, Value], *, sourced: bool = False
) -> str:
    """Return the text with an entry at the end of a list; tables on the way are made.

    A ``sourced`` entry rests on the ladder's own document, else it is illustrative.
    """
    own = str(tomlkit.parse(text).get("id", ""))

    def change(document: Any) -> None:
        cited = [cite.get("id") for cite in document.get("citations", [])]
        held = document
        for key in path[:-1]:
            if isinstance(key, str) and key not in held:
                held[key] = tomlkit.table()
            held = held[key]
        entry = tomlkit.table()
        for key, value in fields.items():
            entry[key] = value
        if sourced and own in cited:
            entry["cite"] = own
        elif sourced:
            entry["illustrative"] = True
        entry.add(tomlkit.nl())
        last = path[-1]
        if last not in held:
            if isinstance(held, tomlkit.TOMLDocument):
                held.add(tomlkit.nl())
            held[last] = tomlkit.aot()
        held[last].append(entry if isinstance(held[last], AoT) else dict(entry))

    return edited(text, (), change)


def set_levels(text: str, levels: int) -> str:
    """Return the text with another number of levels; new cells are unknown."""
    if not 2 <= levels <= 10:
        raise PolicyError("级数（含门槛）应为 2 到 10。")

    def fitted(cells: Sequence[Any], fill: str) -> list[Any]:
        kept = [_bare(cell) for cell in cells][:levels]
        return kept + [fill] * (levels - len(kept))

    def change(document: Any) -> None:
        place(document, "levels", levels, "status")
        for criterion in document.get("criteria", []):
            criterion["thresholds"] = fitted(criterion.get("thresholds", []), UNKNOWN)
        columns = document.get("composite", {}).get("levels", {})
        for name in COLUMNS:
            if name in columns:
                columns[name] = fitted(columns[name], "")

    return edited(text, (), change)


def read_cell(words: str | None, *, times: float = 1.0) -> Value:
    """Return what was typed into a cell: "" asks nothing, 未知 is unknown, else a figure.

    ``times`` is what one unit of the cell holds less than what is stored (% → 100).
    """
    text = (words or "").strip()
    if not text:
        return ""
    if text in _UNKNOWN_WORDS:
        return UNKNOWN
    try:
        value = float(text.replace(",", "").replace("，", "").rstrip("%％"))
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")):
        raise PolicyError(f"“{text}”不是数字。没有要求请留空，文件中没有见到请填“未知”。")
    return round(value / times, 12)


def cell_words(cell: Any, *, times: float = 1.0) -> str:
    """Return a cell as it is typed."""
    if cell == UNKNOWN:
        return "未知"
    return "" if cell in ("", None) else f"{float(cell) * times:.10g}"


def set_cell(text: str, path: Sequence[Key], level: int, cell: Value) -> str:
    """Return the text with one cell of a list of levels changed."""

    def change(held: Any) -> None:
        cells = [_bare(one) for one in held[path[-1]]]
        cells[level] = _whole(cell)
        held[path[-1]] = cells

    return edited(text, path[:-1], change)


def set_score_cell(text: str, column: str, level: int, cell: Value) -> str:
    """Return the text with one cell of the levels by score changed; empty columns go."""
    document = tomlkit.parse(text)
    levels = int(document.get("levels", 7))
    own = str(document.get("id", ""))
    cited = [cite.get("id") for cite in document.get("citations", [])]

    def change(composite: Any) -> None:
        if "levels" not in composite:
            composite["levels"] = tomlkit.table()
        held = composite["levels"]
        cells = [_bare(one) for one in held.get(column, [""] * levels)]
        cells[level] = _whole(cell)
        if any(one != "" for one in cells):
            held[column] = cells
        else:
            held.pop(column, None)
        if not any(name in held for name in COLUMNS):
            composite.pop("levels")
        elif "cite" not in held and "illustrative" not in held:
            if own in cited:
                held["cite"] = own
            else:
                held["illustrative"] = True

    return edited(text, ("composite",), change)


def set_composite(text: str, key: str, value: Value) -> str:
    """Return the text with a setting of the whole score changed, None: removed."""

    def change(held: Any) -> None:
        if "total" not in held and isinstance(held, Table):
            held.value._insert_at(0, "total", 100)
        place(held, key, value, "total")

    return edited(text, ("composite",), change)


def add_item(text: str, indicator: str = "tax_revenue") -> str:
    """Return the text with one more scored item; the first one begins the composite score."""
    known = ZONE_INDICATORS[indicator]
    if "composite" not in tomlkit.parse(text):
        text = edited(text, (), lambda document: place(document, "composite", {"total": 100}, ""))
        text = edited(text, (), _as_table)
    items = tomlkit.parse(text)["composite"].get("items", [])
    weight = max(1.0, 100.0 - sum(float(item.get("weight", 0)) for item in items))
    fields: dict[str, Value] = {
        "id": _free_id("item", [str(item.get("id")) for item in items]),
        "label": known.label,
        "indicator": indicator,
        "unit": known.unit,
        "weight": int(weight) if weight == int(weight) else weight,
        "method": "floored_minmax",
    }
    return append(text, ("composite", "items"), fields, sourced=True)


def _as_table(document: Any) -> None:
    """Write the composite as a table of its own rather than on one line."""
    table = tomlkit.table()
    table["total"] = 100
    document.pop("composite")
    document.add(tomlkit.nl())
    document["composite"] = table


def remove_item(text: str, number: int) -> str:
    """Return the text without a scored item; without items there is no composite score."""

    def change(document: Any) -> None:
        items = document["composite"]["items"]
        del items[number]
        if not len(items):
            document.pop("composite")

    return edited(text, (), change)


def set_group(text: str, path: Sequence[Key], label: str | None) -> str:
    """Return the text with an item under a heading; headings without items go."""
    words = (label or "").strip()

    def change(composite: Any) -> None:
        held: Any = composite
        for key in path[1:]:
            held = held[key]
        groups = dict(composite.get("groups", {}))
        known = next((key for key, word in groups.items() if word == words), words)
        place(held, "group", known or None, "id")
        if known:
            groups.setdefault(known, words)
        used = {item.get("group") for item in composite["items"]}
        kept = {str(key): str(word) for key, word in groups.items() if key in used}
        composite.pop("groups", None)
        if kept:
            place(composite, "groups", kept, "total")

    return edited(text, ("composite",), change)


def set_cite(text: str, path: Sequence[Key], cite: str) -> str:
    """Return the text with an entry resting on a document; "" makes it illustrative."""

    def change(held: Any) -> None:
        held.pop("cite", None)
        held.pop("illustrative", None)
        after = next((key for key in ("thresholds", "label", "id", "indicator") if key in held), "")
        place(held, "cite" if cite else "illustrative", cite or True, after)

    return edited(text, path, change)


def free_id(text: str, path: Sequence[Key], stem: str) -> str:
    """Return an id such as rule-3 that no entry of a list has."""
    held: Any = tomlkit.parse(text)
    for key in path:
        held = held.get(key, {}) if isinstance(key, str) else held[key]
    return _free_id(stem, [str(entry.get("id")) for entry in held])


def _free_id(stem: str, taken: Sequence[str]) -> str:
    numbers = [int(found[1]) for one in taken if (found := re.fullmatch(rf"{stem}-(\d+)", one))]
    return f"{stem}-{max(numbers, default=0) + 1}"


def _bare(cell: Any) -> Any:
    return cell.unwrap() if hasattr(cell, "unwrap") else cell


def _whole(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell == int(cell) else cell
