"""Where in the editor's tables a part of the file is entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zoneeval_ui.pages.policies.parts import Entry, Form, Item, Path

_CALLED = {
    "value": "figure",
    "multiple": "figure",
    "share_of_score": "share",
    "managed_as": "managed",
    "uses_quota": "quota",
    "order_by": "by",
    "max_count": "count",
    "missing_points": "points",
    "window": "date",
    "up_to": "grade",
}
"""What an entry is called whose key in the file is another."""


@dataclass(frozen=True)
class Place:
    """A row of a form, an entry of the row or of the row's own form; "" where none is meant."""

    form: Form
    row: int
    entry: str = ""
    item: Item | None = None


def place_of(forms: Sequence[Form], path: Path, text: str) -> Place | None:
    """Return where a part of the file is entered, None where the tables do not show it."""
    found = sorted(_near(forms, path), key=lambda one: one[:2], reverse=True)
    if not found:
        return None
    depth = found[0][0]
    rest = [part for part in path[depth:] if isinstance(part, str)]
    places = [
        _place(form, row, rest, text, whole=not of_row)
        for near, of_row, form, row in found
        if near == depth
    ]
    return next((place for place in places if place.entry), places[0])


def _place(form: Form, at: int, rest: Sequence[str], text: str, *, whole: bool) -> Place:
    """Return the entry that the keys mean in a row, or in any row of a ``whole`` form.

    Without keys it is the first entry.
    """
    if not form.rows:
        return Place(form, 0)
    row = form.rows[at]
    entries = [entry for entry in row.entries if entry is not None]
    if not rest:
        return Place(form, at, entries[0].name) if entries else Place(form, at, "", row.item)
    meant = _meant(entries, rest)
    if not meant and whole:
        meant = _meant([e for row in form.rows for e in row.entries if e is not None], rest)
    if not meant and row.item is not None and not whole:
        return Place(form, at, _meant(row.item.entries(text), rest), row.item)
    return Place(form, at, meant)


def _near(forms: Sequence[Form], path: Path) -> Iterator[tuple[int, bool, Form, int]]:
    """Yield the forms and rows that hold a path: how near, whether a row, the form, the row."""
    for form in forms:
        if form.path and _holds(form.path, path):
            yield len(form.path), False, form, 0
        for number, row in enumerate(form.rows):
            where = row.item.path if row.item is not None else row.path
            if where and _holds(where, path):
                yield len(where), True, form, number


def _holds(outer: Path, inner: Path) -> bool:
    return inner[: len(outer)] == outer


def _meant(entries: Iterable[Entry], rest: Sequence[str]) -> str:
    """Return the name of the entry that the last keys of a path mean."""
    known = list(entries)
    for key in reversed(rest):
        for name in (key, _CALLED.get(key, key)):
            for entry in known:
                if entry.name == name or entry.name.endswith(f"-{name}"):
                    return entry.name
    return ""
