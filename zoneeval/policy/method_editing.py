"""Another way of scoring for an indicator, with what it needs and without what it must not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit

from zoneeval.policy.text_editing import HEADS, Key, Value, cite_nearest, place, reach, read_text

MEASURED = ("ratio", "reverse_linear")
"""The ways of scoring that measure against the indicator's benchmark."""


def method_of(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the way of scoring of an indicator with its settings; one kind where none is said."""
    given = held.get("method", MEASURED[0])
    return {"kind": given} if isinstance(given, str) else dict(given)


def set_method(text: str, path: Sequence[Key], kind: str) -> str:
    """Return the text with an indicator scored in another way, ready to be filled in."""
    document = read_text(text)
    held = reach(document, path)
    if method_of(held.unwrap())["kind"] == kind:
        return text
    settings = _start(kind, held.unwrap())
    after = next((head for head in HEADS if head in held), "")
    held.pop("method", None)
    if kind != MEASURED[0]:
        place(held, "method", settings or kind, after)
    if kind not in MEASURED:
        held.pop("benchmark", None)
    elif "benchmark" not in held:
        place(held, "benchmark", {"kind": "average"}, after)
    cite_nearest(document, path)
    return tomlkit.dumps(document)


def set_parameter(text: str, path: Sequence[Key], key: str, value: Value) -> str:
    """Return the text with one setting of the way of scoring changed, None: removed."""
    document = read_text(text)
    held = reach(document, path)
    settings = method_of(held.unwrap())
    if settings.get(key) == value:
        return text
    settings.pop(key, None)
    if value is not None:
        settings[key] = value
    after = next((head for head in HEADS if head in held), "")
    place(held, "method", settings, after)
    cite_nearest(document, path)
    return tomlkit.dumps(document)


def _start(kind: str, held: Mapping[str, Any]) -> dict[str, Value]:
    """Return the settings that a way of scoring cannot do without."""
    if kind != "bands":
        return {}
    weight = held.get("weight") or min((held.get("weights") or {"": 0}).values())
    mark = held.get("benchmark") or {}
    line = mark.get("value") or max((mark.get("values") or {"": 1}).values())
    points = [0, weight] if held.get("direction") != "cost" else [weight, 0]
    bands = [{"to": line, "score": points[0]}, {"from": line, "score": points[1]}]
    return {"kind": kind, "includes": "from", "bands": bands}
