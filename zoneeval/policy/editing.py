"""Changes to a policy's text: new text comes back, comments and layout stay as they were."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

import tomlkit
from tomlkit.items import AoT

from zoneeval.policy.text_editing import (
    HEADS,
    Key,
    Value,
    as_item,
    changed,
    fill_citation,
    nowhere,
    own_cite,
    place,
    plain,
    put,
    reach,
    read_text,
)


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
    document = read_text(text)
    head = document.get("id", "")
    before = document.get("title", "")
    put(document, "id", policy_id)
    put(document, "title", title)
    document.pop("short_title", None)
    document.pop("valid_to", None)
    place(document, "year", year, "title")
    place(document, "number", number or None, "title")
    place(document, "valid_from", valid_from, "year")
    place(document, "continues", head or None, "year")
    if document.get("status") == "verified":
        document["status"] = "partial"
    words = (
        f"由《{before}》（{head}）复制而来；没有改动的内容沿用其依据。{document.get('note', '')}"
    )
    place(document, "note", words, "status")
    cite = tomlkit.table()
    cite["id"] = policy_id
    fill_citation(cite, document)
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
    document = read_text(text)
    place(document, key, value, "year" if key.startswith("valid") else "title")
    for cite in document.get("citations", []):
        if cite.get("id") == document.get("id"):
            fill_citation(cite, document)
    return tomlkit.dumps(document)


def set_value(text: str, path: Sequence[Key], value: Value) -> str:
    """Return the text with one value changed, None: removed.

    Raises PolicyError where the path leads nowhere.  A changed figure rests on the
    policy's own document, where that is among the citations.
    """
    return changed(text, path[:-1], lambda held: put(held, path[-1], value), str(path[-1]))


def set_entry(text: str, path: Sequence[Key], value: Value) -> str:
    """Return the text with a key of an entry changed, None: removed; a new one stands in front.

    Raises PolicyError where the path leads nowhere.
    """
    key = str(path[-1])

    def change(held: Any) -> None:
        after = next((head for head in HEADS if head in held and head != key), "")
        place(held, key, value, after)

    return changed(text, path[:-1], change, key)


def by_year(one: str) -> str:
    """Return what a figure is called where it is given by year: weights, share_by_year."""
    return f"{one}s" if one in ("weight", "value") else f"{one}_by_year"


def set_dated(text: str, path: Sequence[Key], one: str, figures: Mapping[str, float]) -> str:
    """Return the text with figures by year in place of the single one; none: the newest alone."""
    many = by_year(one)
    if not figures and many not in reach(read_text(text), path):
        return text

    def change(held: Any) -> None:
        given = {year: plain(figures[year]) for year in sorted(figures)}
        if given:
            after = next((head for head in (one, *HEADS) if head in held), "")
            place(held, many, given, after)
            held.pop(one, None)
        elif many in held:
            before = dict(held[many])
            place(held, one, before[max(before)], many)
            held.pop(many, None)

    return changed(text, path, change, many)


def add_entry(text: str, path: Sequence[Key], fields: Mapping[str, Value]) -> str:
    """Return the text with an entry at the end of a list; without a document it is illustrative."""
    document = read_text(text)
    item = tomlkit.table()
    for key, value in fields.items():
        item[key] = as_item(value)
    own = own_cite(document)
    item["cite" if own else "illustrative"] = own or True
    item.add(tomlkit.nl())
    held, name = reach(document, path[:-1]), path[-1]
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
    held = reach(read_text(text), path[:-1]).get(path[-1], [])
    taken = {entry.get(key) for entry in held}
    return next(name for n in count(1) if (name := f"{stem}{n}") not in taken)


def move_up(text: str, path: Sequence[Key]) -> str:
    """Return the text with an entry of a list before the one that stands in front of it."""
    document = read_text(text)
    held, at = reach(document, path[:-1]), path[-1]
    if not isinstance(at, int) or not 0 < at < len(held):
        raise nowhere(path)
    entry = held[at]
    del held[at]
    held.insert(at - 1, entry)
    return tomlkit.dumps(document)


def set_track(text: str, track: int, key: str, value: Value) -> str:
    """Return the text with decimals or the most of bonus points of a track changed."""
    return changed(text, ("tracks", track), lambda held: place(held, key, value, "id"), key)


def set_weight(text: str, track: int, indicator: int, weight: float | None) -> str:
    """Return the text with another weight, which also replaces weights by year."""

    def change(held: Any) -> None:
        held.pop("weights", None)
        place(held, "weight", weight, "key")

    return changed(text, ("tracks", track, "indicators", indicator), change, "weight")


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
            put(held, "value", figure)
        else:
            put(held, "multiple", None if figure == 1 else figure)

    return changed(text, ("tracks", track, "indicators", indicator, "benchmark"), change, "value")


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
            put(entry, "up_to", float(end))

    return changed(text, ("tracks", track, "grading"), change, "up_to")


def add_indicator(text: str, track: int, key: str, weight: float) -> str:
    """Return the text with a registry indicator added, measured by the group's average."""
    document = read_text(text)
    item = tomlkit.table()
    item["key"] = key
    item["weight"] = plain(weight)
    own = own_cite(document)
    item["cite" if own else "illustrative"] = own or True
    mark = tomlkit.inline_table()
    mark["kind"] = "average"
    item["benchmark"] = mark
    item.add(tomlkit.nl())
    held = reach(document, ("tracks", track))
    if "indicators" not in held:
        held["indicators"] = tomlkit.aot()
    held["indicators"].append(item if isinstance(held["indicators"], AoT) else dict(item))
    return tomlkit.dumps(document)


def remove_entry(text: str, path: Sequence[Key]) -> str:
    """Return the text without one entry of a list, such as an indicator."""
    document = read_text(text)
    held, at = reach(document, path[:-1]), path[-1]
    try:
        gone = held[at]
        del held[at]
    except (KeyError, IndexError):
        raise nowhere(path) from None
    if path[0] == "adjustments" and "precedence" in document:
        kept = [name for name in document["precedence"] if name != gone.get("id")]
        put(document, "precedence", kept or None)
    return tomlkit.dumps(document)
