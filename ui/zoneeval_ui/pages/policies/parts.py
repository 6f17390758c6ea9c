"""What the editor's forms are made of: entries, rows, whole entries of a list, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from zoneeval.policy import editing

Typed = Literal["text", "number", "percent", "integer"]
Opened = Literal["condition", "sum", "dated", "dated_percent", "bands", "bands_percent"]
Kind = Typed | Opened | Literal["choice", "flag", "several"]
Apply = Callable[[str, Any], str]
Change = Callable[[str], str]
Path = tuple[str | int, ...]
Choices = tuple[tuple[str, str], ...]

_SHORT_CITE = 8
TYPED: tuple[Kind, ...] = ("text", "number", "percent", "integer")
OPENED: tuple[Kind, ...] = (
    *("condition", "sum", "dated", "dated_percent", "bands", "bands_percent"),
)
"""Entries that are told in words and edited in a window of their own."""


@dataclass(frozen=True)
class Entry:
    """One figure, text, choice or formula: its name, what it is, how it changes the text.

    ``scored`` are the indicators (key, label) whose points a formula may ask for, None
    where it may not ask for points.  An entry that ``shapes`` the form decides which
    other entries there are; an ``optional`` formula may be left out; ``short`` figures
    have little room, others ``width`` pixels.
    """

    name: str
    label: str
    kind: Kind
    value: Any
    apply: Apply
    choices: Choices = ()
    scored: Choices | None = None
    shapes: bool = False
    optional: bool = False
    short: bool = False
    width: int | None = None


@dataclass(frozen=True)
class Item:
    """A whole entry of a list, edited in a form of its own."""

    title: str
    path: Path
    entries: Callable[[str], list[Entry]]


@dataclass(frozen=True)
class Row:
    """Entries side by side (None: nothing to enter), and what can be done with the row.

    ``path`` is what the row is about where it has no item.
    """

    label: str
    entries: tuple[Entry | None, ...] = ()
    remove: Change | None = None
    words: str = ""
    item: Item | None = None
    up: Change | None = None
    copy: Change | None = None
    path: Path = ()


@dataclass(frozen=True)
class Adder:
    """A button that adds an entry to a list; ``item`` is the form that then opens."""

    name: str
    label: str
    add: Change
    item: Callable[[str], Item]


@dataclass(frozen=True)
class Form:
    """A table of rows; ``addable`` are the indicators (key, label) not yet in ``track``.

    ``path`` is the part of the file that the whole table is about.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    track: int | None = None
    addable: Choices = ()
    adder: Adder | None = None
    note: str = ""
    path: Path = ()


def at(path: Path) -> Apply:
    """Return the change that sets one value, None: takes it away."""
    return lambda text, value: editing.set_entry(text, path, value)


def or_none(path: Path) -> Apply:
    """Return the change that sets one value, and takes it away where nothing is chosen."""
    return lambda text, value: editing.set_entry(text, path, value or None)


def unless(path: Path, usual: str) -> Apply:
    """Return the change that sets one choice; the usual one is not written."""
    return lambda text, value: editing.set_entry(text, path, None if value == usual else value)


def removing(path: Path) -> Change:
    """Return the change that takes an entry of a list away."""
    return partial(editing.remove_entry, path=path)


def raising(path: Path) -> Change | None:
    """Return the change that moves an entry of a list up, None for the first."""
    return partial(editing.move_up, path=path) if path[-1] else None


def dated_value(held: Mapping[str, Any], one: str) -> Any:
    """Return the figures by year, or the one that holds for all years."""
    return dict(held.get(editing.by_year(one)) or {}) or held.get(one)


def set_dated(path: Path, one: str) -> Apply:
    """Return the change that sets figures by year; a single figure changes nothing."""

    def change(text: str, value: Any) -> str:
        if not isinstance(value, Mapping):
            return text
        return editing.set_dated(text, path, one, value)

    return change


def letters(data: Mapping[str, Any]) -> Choices:
    """Return the classes of a policy as choices."""
    found = [str(grade.get("letter", "")) for grade in data.get("grades", [])]
    return tuple((letter, f"{letter} 类") for letter in found)


def with_none(word: str, choices: Choices) -> Choices:
    """Return choices with one for nothing in front."""
    return (("", word), *choices)


def cite_choices(data: Mapping[str, Any], nothing: str = "示意") -> Choices:
    """Return what an entry may rest on: the file's own document, others, or nothing."""
    out = []
    for cite in data.get("citations", []):
        key, title = str(cite.get("id", "")), str(cite.get("title", ""))
        short = title if len(title) <= _SHORT_CITE else f"{title[:_SHORT_CITE]}…"
        out.append((key, "本文件" if key == data.get("id") else short))
    return (*out, ("", nothing))


def cite_entry(data: Mapping[str, Any], held: Mapping[str, Any], path: Path) -> Entry:
    """Return the choice of what an entry of a policy rests on."""
    choices = cite_choices(data, "不写")
    return Entry("cite", "依据", "choice", held.get("cite", ""), or_none((*path, "cite")), choices)
