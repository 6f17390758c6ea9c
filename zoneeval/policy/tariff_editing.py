"""Changes to a tariff's text: new text comes back, comments and layout stay."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from zoneeval.policy.editing import copy_policy, set_value
from zoneeval.policy.ladder_editing import append
from zoneeval.policy.text_editing import Key, Value, edited, place

Path = tuple[Key, ...]

_COMMENTS = re.compile(r"\A(?:\s*#[^\n]*\n)+")
_FIGURES = ("amount", "unit", "from_consecutive_year", "starts", "ends", "content", "when")
"""Keys of what a document lays down: what is changed rests on the tariff's own document."""


def copy_tariff(text: str, tariff_id: str, title: str, number: str, year: int) -> str:
    """Return the text as a new tariff: other head, the same measures; never called verified.

    Comments above the first key tell of the tariff that is copied, and are left out.
    """
    made = copy_policy(_COMMENTS.sub("", text), tariff_id, title, number, year)
    return set_value(made, ("continues",), None)


def add_rate(text: str, grade: str) -> str:
    """Return the text with one more rate, whose amount is to be filled in.

    A tariff with rates does not say any more why it is empty.
    """
    fields: dict[str, Value] = {"kind": "用电", "grade": grade, "unit": "元/千瓦时"}
    made = _append(text, "rates", fields)
    return edited(made, (), lambda document: place(document, "empty_reason", None, ""))


def add_provision(text: str, grade: str) -> str:
    """Return the text with one more measure in words."""
    fields: dict[str, Value] = {
        "kind": "信贷",
        "grade": grade,
        "direction": "relief",
        "content": "措施内容",
    }
    return _append(text, "provisions", fields)


def add_exemption(text: str) -> str:
    """Return the text with one more rule on who is exempt."""
    fields: dict[str, Value] = {"label": "停产企业", "when": 'operating_status == "停产"'}
    return _append(text, "exemptions", fields)


def _append(text: str, name: str, fields: Mapping[str, Value]) -> str:
    data = tomllib.loads(text)
    cited = [str(cite.get("id", "")) for cite in data.get("citations", [])]
    own = str(data.get("id", ""))
    cite = own if own in cited else next(iter(cited), "")
    return append(text, (name,), {**fields, "cite": cite})


def set_measure(text: str, path: Path, value: Value) -> str:
    """Return the text with a value of a measure changed, None: removed.

    A changed figure rests on the tariff's own document, where that is among the citations.
    """
    key = str(path[-1])

    def change(document: Any) -> None:
        held = document
        for part in path[:-1]:
            held = held[part]
        place(held, key, value, "grade" if "grade" in held else "label")
        own = str(document.get("id", ""))
        if key in _FIGURES and own in [cite.get("id") for cite in document.get("citations", [])]:
            place(held, "cite", own, "")

    return edited(text, (), change)


def set_kind(text: str, path: Path, kind: str) -> str:
    """Return the text with another kind of measure; who carries it out follows the kind."""

    def change(held: Any) -> None:
        place(held, "kind", kind, "")
        place(held, "utility", None, "")

    return edited(text, path, change)


def set_stacking(text: str, words: str) -> str:
    """Return the text with another way to stack; the highest alone rests on a document."""

    def change(document: Any) -> None:
        if words != "highest":
            place(document, "stacking", None, "")
            place(document, "stacking_cite", None, "")
            return
        place(document, "stacking", "highest", "utilities")
        cited = [str(cite.get("id", "")) for cite in document.get("citations", [])]
        own = str(document.get("id", ""))
        if cited and "stacking_cite" not in document:
            place(document, "stacking_cite", own if own in cited else cited[0], "stacking")

    return edited(text, (), change)
