"""A rule file's text changed at one place: comments and layout stay as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, AoT, Array, InlineTable, Item, Table

from zoneeval.errors import PolicyError

Key = str | int
Value = str | int | float | bool | Sequence[Any] | Mapping[str, Any] | None
_FIGURES = (
    *("weight", "weights", "value", "values", "multiple", "points", "share", "up_to"),
    *("at_most", "at_least", "from_score", "gate", "cap", "floor", "illustrative"),
    *("when", "order_by", "order", "half", "per", "tiers", "share_of_score", "limit"),
    *("max_count", "window", "otherwise", "managed_as", "uses_quota", "grade", "grades"),
    *("tracks", "population", "percentile", "average", "direction", "missing_points"),
)
"""Keys of what a document lays down: what is changed rests on the policy's own document."""
HEADS = ("reason", "label", "key", "letter", "grade", "kind", "id")
"""Keys that stand first in an entry; a new key is put behind the first of them."""


def edited(text: str, path: Sequence[Key], change: Callable[[Any], None]) -> str:
    """Return the text after ``change`` was made to what stands at a path."""
    return changed(text, path, change, "")


def changed(text: str, path: Sequence[Key], change: Callable[[Any], None], key: str) -> str:
    """Return the text after a change; one of a figure lets its entry rest on the own document."""
    document = read_text(text)
    held = reach(document, path)
    try:
        change(held)
    except (KeyError, IndexError, TypeError):
        raise nowhere(path) from None
    if key.removesuffix("_by_year") in _FIGURES:
        cite_nearest(document, path)
    return tomlkit.dumps(document)


def cite_nearest(document: Any, where: Sequence[Key]) -> None:
    """Let the entry that a changed figure belongs to cite the policy's own document."""
    own, path = own_cite(document), tuple(where)
    if not own:
        return
    if path[:1] in (("eligibility",), ("adjustments",)):
        depth, after = 2, "reason"
    elif path[2:3] == ("grading",):
        parts = (("selections",), ("lines",))
        depth, after = (5, "grade") if path[3:4] in parts else (3, "kind")
    elif path[2:3] in (("indicators",), ("bonus",)):
        depth, after = 4, "key" if path[2] == "indicators" else "label"
    else:
        return
    place(reach(document, path[:depth]), "cite", own, after)
    held = reach(document, path)
    if isinstance(held, AbstractTable) and "cite" in held:
        held["cite"] = own


def own_cite(document: Any) -> str:
    """Return the id of the file's own document, "" where it is not among the citations."""
    own = document.get("id", "")
    held = [cite.get("id") for cite in document.get("citations", [])]
    return str(own) if own in held else ""


def fill_citation(cite: Any, document: Any) -> None:
    """Write title, issuer, number and year of a file into the citation of itself."""
    put(cite, "title", document.get("title", ""))
    for key, wanted in (("issuer", "issuer"), ("number", "number")):
        put(cite, key, document.get(wanted) or None)
    put(cite, "published", str(document.get("year", "")) or None)


def read_text(text: str) -> Any:
    """Return a text as a document; raise PolicyError where it is not TOML."""
    try:
        return tomlkit.parse(text)
    except TOMLKitError:
        raise PolicyError("办法文件不合 TOML 写法，不能修改。请先用检查功能找出问题。") from None


def reach(document: Any, path: Sequence[Key]) -> Any:
    """Return what stands at a path; raise PolicyError where it leads nowhere."""
    held = document
    for part in path:
        try:
            held = held[part]
        except (KeyError, IndexError, TypeError):
            raise nowhere(path) from None
    return held


def nowhere(path: Sequence[Key]) -> PolicyError:
    """Return the error of a path that leads nowhere."""
    words = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    return PolicyError(f"办法中没有“{words}”这一项，没有改动。")


def as_item(value: Value) -> Any:
    """Return a value as it is written: text with quotation marks in it between single ones."""
    if isinstance(value, Item):
        value = value.unwrap()
    if isinstance(value, str) and '"' in value and not set("'\n\\") & set(value):
        return tomlkit.string(value, literal=True)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, part in value.items():
            table[key] = as_item(part)
        return table
    if isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        listed = tomlkit.array()
        for part in value:
            listed.append(as_item(part))
        return listed
    return tomlkit.item(plain(value))


def plain(value: Value) -> Value:
    """Return whole numbers without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def put(held: Any, key: Key, value: Value) -> None:
    """Write or remove one value; the comment behind it stays."""
    if value is None:
        held.pop(key, None)
        return
    before = held.get(key) if isinstance(held, Mapping) else held[key]
    fresh = as_item(value)
    trivia = getattr(before, "trivia", None)
    if trivia is not None and trivia.comment:
        fresh.comment(trivia.comment.lstrip("# "))
        fresh.trivia.comment_ws = trivia.comment_ws
    if isinstance(before, Table | AoT) and isinstance(fresh, InlineTable | Array):
        _write_before_tables(held, key, fresh)
        return
    held[key] = fresh


def _write_before_tables(held: Any, key: Key, fresh: Item) -> None:
    """Put a value on one line in place of a table, before the other tables."""
    held.pop(key)
    after = next((head for head in HEADS if head in held), "")
    if after and isinstance(held, Table):
        held.value._insert_after(after, str(key), fresh)
    else:
        held[key] = fresh


def place(held: Any, key: str, value: Value, after: str) -> None:
    """Write a value, None: removed; a new one stands behind ``after``, before any sub-table."""
    simple = value is None or key in held or after not in held
    if not simple and isinstance(held, tomlkit.TOMLDocument | Table):
        body = held if isinstance(held, tomlkit.TOMLDocument) else held.value
        body._insert_after(after, key, as_item(value))
    else:
        put(held, key, value)
