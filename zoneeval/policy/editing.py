"""Changes to a policy's text: new text comes back, comments and layout stay as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, AoT, Item, Table

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
_HEADS = ("reason", "label", "key", "letter", "grade", "kind", "id")
"""Keys that stand first in an entry; a new key is put behind the first of them."""


def new_id(source: str, year: int, taken: Collection[str]) -> str:
    """Return an id for the policy of another year that is not taken: zhengzhou-2025."""
    stem = re.sub(r"-(19|20)\d\d(-\d+)?$", "", source)
    wanted, number = f"{stem}-{year}", 1
    while wanted in taken:
        number += 1
        wanted = f"{stem}-{year}-{number}"
    return wanted


def copy_policy(
    text: str, policy_id: str, title: str, number: str, year: int, valid_from: int | None = None
) -> str:
    """Return the text as a new policy: other head, the same rules.

    The new document is added to the citations; what is changed later rests on it, what
    is not rests on the documents of before.  No copy is called verified.
    """
    document = _read(text)
    head = document.get("id", "")
    before = document.get("title", "")
    _put(document, "id", policy_id)
    _put(document, "title", title)
    document.pop("short_title", None)
    document.pop("valid_to", None)
    _place(document, "year", year, "title")
    _place(document, "number", number or None, "title")
    _place(document, "valid_from", valid_from, "year")
    _place(document, "continues", head or None, "year")
    if document.get("status") == "verified":
        document["status"] = "partial"
    words = (
        f"由《{before}》（{head}）复制而来；没有改动的内容沿用其依据。{document.get('note', '')}"
    )
    _place(document, "note", words, "status")
    cite = tomlkit.table()
    cite["id"] = policy_id
    _fill_citation(cite, document)
    cite.add(tomlkit.nl())
    listed = document.get("citations")
    known = [] if listed is None else [entry.get("id") for entry in listed]
    if isinstance(listed, AoT):
        if policy_id not in known:
            listed.append(cite)
    elif listed is None:
        made = tomlkit.aot()
        made.append(cite)
        document["citations"] = made
    elif policy_id not in known:
        listed.append(dict(cite))
    return tomlkit.dumps(document)


def set_head(text: str, key: str, value: Value) -> str:
    """Return the text with title, number, issuer, year or a date of the head changed."""
    document = _read(text)
    _place(document, key, value, "year" if key.startswith("valid") else "title")
    for cite in document.get("citations", []):
        if cite.get("id") == document.get("id"):
            _fill_citation(cite, document)
    return tomlkit.dumps(document)


def set_value(text: str, path: Sequence[Key], value: Value) -> str:
    """Return the text with one value changed, None: removed.

    Raises PolicyError where the path leads nowhere.  A changed figure rests on the
    policy's own document, where that is among the citations.
    """
    return _changed(text, path[:-1], lambda held: _put(held, path[-1], value), str(path[-1]))


def set_entry(text: str, path: Sequence[Key], value: Value) -> str:
    """Return the text with a key of an entry changed, None: removed; a new one stands in front.

    Raises PolicyError where the path leads nowhere.
    """
    key = str(path[-1])

    def change(held: Any) -> None:
        after = next((head for head in _HEADS if head in held and head != key), "")
        _place(held, key, value, after)

    return _changed(text, path[:-1], change, key)


def by_year(one: str) -> str:
    """Return what a figure is called where it is given by year: weights, share_by_year."""
    return f"{one}s" if one in ("weight", "value") else f"{one}_by_year"


def set_dated(text: str, path: Sequence[Key], one: str, figures: Mapping[str, float]) -> str:
    """Return the text with figures by year in place of the single one; none: the newest alone."""
    many = by_year(one)
    if not figures and many not in _reach(_read(text), path):
        return text

    def change(held: Any) -> None:
        given = {year: _plain(figures[year]) for year in sorted(figures)}
        if given:
            after = next((head for head in (one, *_HEADS) if head in held), "")
            _place(held, many, given, after)
            held.pop(one, None)
        elif many in held:
            before = dict(held[many])
            _place(held, one, before[max(before)], many)
            held.pop(many, None)

    return _changed(text, path, change, many)


def add_entry(text: str, path: Sequence[Key], fields: Mapping[str, Value]) -> str:
    """Return the text with an entry at the end of a list; without a document it is illustrative."""
    document = _read(text)
    item = tomlkit.table()
    for key, value in fields.items():
        item[key] = _item(value)
    own = _own_cite(document)
    item["cite" if own else "illustrative"] = own or True
    item.add(tomlkit.nl())
    held, name = _reach(document, path[:-1]), path[-1]
    if name not in held:
        if held is document:
            document.add(tomlkit.nl())
        held[name] = tomlkit.aot()
    held[name].append(item if isinstance(held[name], AoT) else dict(item))
    if path == ("adjustments",) and "precedence" in document:
        document["precedence"].append(fields["id"])
    return tomlkit.dumps(document)


def new_name(text: str, path: Sequence[Key], key: str, stem: str) -> str:
    """Return a name such as rule-3 that no entry of a list has under ``key``."""
    held = _reach(_read(text), path[:-1]).get(path[-1], [])
    taken = {entry.get(key) for entry in held}
    return next(name for n in count(1) if (name := f"{stem}{n}") not in taken)


def move_up(text: str, path: Sequence[Key]) -> str:
    """Return the text with an entry of a list before the one that stands in front of it."""
    document = _read(text)
    held, at = _reach(document, path[:-1]), path[-1]
    if not isinstance(at, int) or not 0 < at < len(held):
        raise _nowhere(path)
    entry = held[at]
    del held[at]
    held.insert(at - 1, entry)
    return tomlkit.dumps(document)


def set_track(text: str, track: int, key: str, value: Value) -> str:
    """Return the text with decimals or the most of bonus points of a track changed."""
    return _changed(text, ("tracks", track), lambda held: _place(held, key, value, "id"), key)


def set_weight(text: str, track: int, indicator: int, weight: float | None) -> str:
    """Return the text with another weight, which also replaces weights by year."""

    def change(held: Any) -> None:
        held.pop("weights", None)
        _place(held, "weight", weight, "key")

    return _changed(text, ("tracks", track, "indicators", indicator), change, "weight")


def set_benchmark(
    text: str, track: int, indicator: int, *, kind: str | None = None, figure: float | None = None
) -> str:
    """Return the text with another benchmark: its kind, or its value (fixed) or multiple."""

    def change(held: Any) -> None:
        if kind is not None and kind != held.get("kind"):
            held["kind"] = kind
            for key in ("value", "values", "multiple", "percentile", "average"):
                held.pop(key, None)
            if kind == "percentile":
                held["percentile"] = 0.8
            return
        if held.get("kind") == "fixed":
            held.pop("values", None)
            _put(held, "value", figure)
        else:
            _put(held, "multiple", None if figure == 1 else figure)

    return _changed(text, ("tracks", track, "indicators", indicator, "benchmark"), change, "value")


def shares_of(ends: Sequence[float]) -> list[float]:
    """Return the share of each class from the cumulative ends."""
    out, low = [], Decimal(0)
    for end in ends:
        out.append(float(Decimal(repr(float(end))) - low))
        low = Decimal(repr(float(end)))
    return out


def set_share(text: str, track: int, band: int, share: float) -> str:
    """Return the text with the share of one class changed; the others keep theirs."""

    def change(held: Any) -> None:
        bands = held["bands"]
        shares = shares_of([entry["up_to"] for entry in bands])
        shares[band] = share
        end = Decimal(0)
        for entry, part in zip(bands, shares, strict=True):
            end += Decimal(repr(float(part)))
            _put(entry, "up_to", float(end))

    return _changed(text, ("tracks", track, "grading"), change, "up_to")


def add_indicator(text: str, track: int, key: str, weight: float) -> str:
    """Return the text with a registry indicator added, measured by the group's average."""
    document = _read(text)
    item = tomlkit.table()
    item["key"] = key
    item["weight"] = _plain(weight)
    own = _own_cite(document)
    item["cite" if own else "illustrative"] = own or True
    mark = tomlkit.inline_table()
    mark["kind"] = "average"
    item["benchmark"] = mark
    item.add(tomlkit.nl())
    held = _reach(document, ("tracks", track))
    if "indicators" not in held:
        held["indicators"] = tomlkit.aot()
    held["indicators"].append(item if isinstance(held["indicators"], AoT) else dict(item))
    return tomlkit.dumps(document)


def remove_entry(text: str, path: Sequence[Key]) -> str:
    """Return the text without one entry of a list, such as an indicator."""
    document = _read(text)
    held, at = _reach(document, path[:-1]), path[-1]
    try:
        gone = held[at]
        del held[at]
    except (KeyError, IndexError):
        raise _nowhere(path) from None
    if path[0] == "adjustments" and "precedence" in document:
        kept = [name for name in document["precedence"] if name != gone.get("id")]
        _put(document, "precedence", kept or None)
    return tomlkit.dumps(document)


def edited(text: str, path: Sequence[Key], change: Callable[[Any], None]) -> str:
    """Return the text after ``change`` was made to what stands at a path."""
    return _changed(text, path, change, "")


def place(held: Any, key: str, value: Value, after: str) -> None:
    """Write a value into a table, behind ``after`` where it is new; None: removed."""
    _place(held, key, value, after)


def _changed(text: str, path: Sequence[Key], change: Callable[[Any], None], key: str) -> str:
    document = _read(text)
    held = _reach(document, path)
    try:
        change(held)
    except (KeyError, IndexError, TypeError):
        raise _nowhere(path) from None
    own = _own_cite(document)
    if own and key.removesuffix("_by_year") in _FIGURES:
        _cite_nearest(document, tuple(path), own)
    return tomlkit.dumps(document)


def _cite_nearest(document: Any, path: Sequence[Key], own: str) -> None:
    """Let the entry that a changed figure belongs to cite the policy's own document."""
    if path[:1] in (("eligibility",), ("adjustments",)):
        depth, after = 2, "reason"
    elif path[2:3] == ("grading",):
        parts = (("selections",), ("lines",))
        depth, after = (5, "grade") if path[3:4] in parts else (3, "kind")
    elif path[2:3] in (("indicators",), ("bonus",)):
        depth, after = 4, "key" if path[2] == "indicators" else "label"
    else:
        return
    _place(_reach(document, path[:depth]), "cite", own, after)
    held = _reach(document, path)
    if isinstance(held, AbstractTable) and "cite" in held:
        held["cite"] = own


def _own_cite(document: Any) -> str:
    own = document.get("id", "")
    held = [cite.get("id") for cite in document.get("citations", [])]
    return str(own) if own in held else ""


def _fill_citation(cite: Any, document: Any) -> None:
    _put(cite, "title", document.get("title", ""))
    for key, wanted in (("issuer", "issuer"), ("number", "number")):
        _put(cite, key, document.get(wanted) or None)
    _put(cite, "published", str(document.get("year", "")) or None)


def _read(text: str) -> Any:
    try:
        return tomlkit.parse(text)
    except TOMLKitError:
        raise PolicyError("办法文件不合 TOML 写法，不能修改。请先用检查功能找出问题。") from None


def _reach(document: Any, path: Sequence[Key]) -> Any:
    held = document
    for part in path:
        try:
            held = held[part]
        except (KeyError, IndexError, TypeError):
            raise _nowhere(path) from None
    return held


def _nowhere(path: Sequence[Key]) -> PolicyError:
    words = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    return PolicyError(f"办法中没有“{words}”这一项，没有改动。")


def _item(value: Value) -> Any:
    """Return a value as it is written: text with quotation marks in it between single ones."""
    if isinstance(value, Item):
        value = value.unwrap()
    if isinstance(value, str) and '"' in value and not set("'\n\\") & set(value):
        return tomlkit.string(value, literal=True)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, part in value.items():
            table[key] = _item(part)
        return table
    if isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        listed = tomlkit.array()
        for part in value:
            listed.append(_item(part))
        return listed
    return tomlkit.item(_plain(value))


def _plain(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _put(held: Any, key: Key, value: Value) -> None:
    """Write or remove one value; the comment behind it stays."""
    if value is None:
        held.pop(key, None)
        return
    before = held.get(key) if isinstance(held, Mapping) else held[key]
    fresh = _item(value)
    trivia = getattr(before, "trivia", None)
    if trivia is not None and trivia.comment:
        fresh.comment(trivia.comment.lstrip("# "))
        fresh.trivia.comment_ws = trivia.comment_ws
    held[key] = fresh


def _place(held: Any, key: str, value: Value, after: str) -> None:
    """Write a value; a new one stands behind ``after``, before any sub-table."""
    plain = value is None or key in held or after not in held
    if not plain and isinstance(held, tomlkit.TOMLDocument | Table):
        body = held if isinstance(held, tomlkit.TOMLDocument) else held.value
        body._insert_after(after, key, _item(value))
    else:
        _put(held, key, value)
