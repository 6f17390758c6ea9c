"""The frame of a policy changed: its classes, its industry groups, its tracks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from zoneeval.errors import PolicyError
from zoneeval.policy.text_editing import (
    Key,
    Value,
    as_item,
    edited,
    own_cite,
    put,
    reach,
    read_text,
)

_GRADING = ("bands", "selections", "lines")
_ONE_GRADE = ("grade", "managed_as", "rest")
_TABLES = ("grading",)
"""Tables of a track that stay tables; the others are written on one line."""
_CODE = re.compile(r"\d{2,4}(-\d{2,4})?")


def add_grade(text: str) -> str:
    """Return the text with one more class at the end, named by the next free letter."""
    taken = {str(grade.get("letter")) for grade in read_text(text).unwrap().get("grades", [])}
    letter = next(one for one in _letters() if one not in taken)
    return _append(text, ("grades",), {"letter": letter, "name": "新类别", "treatment": "regulate"})


def rename_grade(text: str, number: int, letter: str | None) -> str:
    """Return the text with a class called otherwise, wherever it is named.

    Raises PolicyError where there is no name, or another class has it.
    """
    document = read_text(text)
    held = reach(document, ("grades", number))
    before, after = str(held.get("letter", "")), (letter or "").strip()
    if before == after:
        return text
    if not after:
        raise PolicyError("请写类别的代号，例如 A。")
    if after in [str(grade.get("letter")) for grade in document["grades"]]:
        raise PolicyError(f"已经有 {after} 类，请换一个代号。")
    put(held, "letter", after)
    for entry in _naming_grades(document):
        for key in _ONE_GRADE:
            if entry.get(key) == before:
                put(entry, key, after)
        if before in entry.get("grades", []):
            put(entry, "grades", [after if g == before else str(g) for g in entry["grades"]])
    return tomlkit.dumps(document)


def remove_grade(text: str, number: int) -> str:
    """Return the text without a class; where it is still named, the checks say so."""
    return _removed(text, ("grades",), number, "办法至少要有一个类别，不能删去。")


def add_group(text: str) -> str:
    """Return the text with one more industry group; the first one takes all other industries."""
    document = read_text(text)
    held = [dict(group) for group in document.unwrap().get("groups", [])]
    name = _free("group-", {str(group.get("id")) for group in held})
    label = _free("行业组 ", {str(group.get("label")) for group in held})
    fields: dict[str, Value] = {"id": name, "label": label}
    if any(group.get("default") for group in held):
        fields["codes"] = ["13-43"]
    else:
        fields["default"] = True
    own = own_cite(document)
    return _append(text, ("groups",), {**fields, "cite": own} if own else {**fields, **_MADE_UP})


_MADE_UP: dict[str, Value] = {"illustrative": True}


def codes_of(words: str | None) -> list[str]:
    """Return industry codes typed with commas between them; raise PolicyError for others."""
    found = [part for part in re.split(r"[、，,;；\s]+", words or "") if part]
    wrong = [part for part in found if not _CODE.fullmatch(part)]
    if wrong:
        raise PolicyError(f"行业代码“{wrong[0]}”写法有误，请写成 17、3011 或 17-19，用顿号隔开。")
    return found


def add_track(text: str) -> str:
    """Return the text with one more track: one indicator, and the classes of the last track."""
    document = read_text(text)
    last = document.unwrap()["tracks"][-1]
    own = own_cite(document)
    source: dict[str, Any] = {"cite": own} if own else dict(_MADE_UP)
    item = {"key": "tax_per_mu", "weight": 100, **source, "benchmark": {"kind": "average"}}
    grading = {"kind": "rank_only", "reason": "还没有写怎样分类"}
    if last["grading"]["kind"] in ("shares", "limits"):
        grading = last["grading"]
    return _with_track(document, {"indicators": [item], "grading": grading}, "新的组别")


def copy_track(text: str, number: int) -> str:
    """Return the text with a copy of a track at the end, under a name of its own."""
    document = read_text(text)
    data = reach(document, ("tracks", number)).unwrap()
    label = f"{data.get('label', '')}（副本）"
    kept = {key: value for key, value in data.items() if key not in ("id", "label", "default")}
    return _with_track(document, kept, label)


def rename_track(text: str, number: int, name: str | None) -> str:
    """Return the text with another id of a track, also where adjustments name it."""
    document = read_text(text)
    held = reach(document, ("tracks", number))
    before, after = str(held.get("id", "")), (name or "").strip()
    if before == after:
        return text
    if not after or after in [str(track.get("id")) for track in document["tracks"]]:
        raise PolicyError("组别的编号不能空，也不能与别的组别相同。")
    put(held, "id", after)
    for rule in document.get("adjustments", []):
        if before in rule.get("tracks", []):
            put(rule, "tracks", [after if t == before else str(t) for t in rule["tracks"]])
    return tomlkit.dumps(document)


def remove_track(text: str, number: int) -> str:
    """Return the text without a track; where it is still named, the checks say so."""
    return _removed(text, ("tracks",), number, "办法至少要有一个组别，不能删去。")


def _with_track(document: Any, fields: Mapping[str, Any], label: str) -> str:
    tracks = document["tracks"]
    taken = {str(track.get("id")) for track in tracks}
    labels = {str(track.get("label")) for track in tracks}
    if label in labels:
        label = _free(f"{label} ", labels)
    made = _as_table({"id": _free("track-", taken), "label": label, **fields})
    tracks.append(made if isinstance(tracks, AoT) else made.unwrap())
    return tomlkit.dumps(document)


def _as_table(fields: Mapping[str, Any]) -> Table:
    """Return an entry as a table: its figures first, then its lists of entries."""
    made = tomlkit.table()
    lists = [key for key, value in fields.items() if _is_list(value) or key in _TABLES]
    for key, value in fields.items():
        if key not in lists:
            made[key] = as_item(value)
    made.add(tomlkit.nl())
    for key in lists:
        if isinstance(fields[key], Mapping):
            made[key] = _as_table(fields[key])
            continue
        listed = tomlkit.aot()
        for part in fields[key]:
            listed.append(_as_table(part))
        made[key] = listed
    return made


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(p, Mapping) for p in value)


def _naming_grades(document: Any) -> Iterator[Any]:
    """Yield every entry that may name a class."""
    yield from document.get("eligibility", [])
    yield from document.get("adjustments", [])
    for track in document.get("tracks", []):
        grading = track.get("grading", {})
        yield grading
        for key in _GRADING:
            yield from grading.get(key, [])


def _append(text: str, path: Sequence[Key], fields: Mapping[str, Value]) -> str:
    """Return the text with an entry at the end of a list of the document."""

    def change(document: Any) -> None:
        name = str(path[0])
        if name not in document:
            document.add(tomlkit.nl())
            document[name] = tomlkit.aot()
        held = document[name]
        held.append(_as_table(fields) if isinstance(held, AoT) else as_item(fields))

    return edited(text, (), change)


def _removed(text: str, path: Sequence[Key], number: int, refusal: str) -> str:
    def change(document: Any) -> None:
        held = document[path[0]]
        if len(held) < 2:
            raise PolicyError(refusal)
        del held[number]

    return edited(text, (), change)


def _letters() -> Iterator[str]:
    yield from "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from (f"X{number}" for number in count(1))


def _free(stem: str, taken: set[str]) -> str:
    return next(name for number in count(1) if (name := f"{stem}{number}") not in taken)
