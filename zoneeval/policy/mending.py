"""A rule file with faults of form made whole, so that its other faults are found as well.

What a file says wrongly is replaced by the nearest thing that could stand there, or
left out; then the checks that span several sections can run on the rest.  Whatever
they find about a mended place is doubtful and is not reported.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from zoneeval.policy.citations import RuleFile
from zoneeval.policy.faults import Fault, Path, data_path, key_of, line_of, meant_key, path_of

File = TypeVar("File", bound=RuleFile)
Check = Callable[[File, dict[Path, int]], list[Fault]]

_ROUNDS = 12
_TRIES = 3
_GONE = object()
_UNKNOWN = "extra_forbidden"
_MADE_UP = "made-up"
_WITHOUT_SHAPE = {"kind": "rank_only", "reason": _MADE_UP, "illustrative": True}
_FIXED = {"kind": "fixed", "value": 1, "illustrative": True}
_MEASURED = "benchmark"
"""What is wrong with an indicator as a whole is how it is measured, never its weight."""
_MEASURING = ("method", "missing", "missing_points")
_INSTEAD_OF_A_KEY = ("formula", "first_available")
_NAMED = {
    "grades": "grades",
    "citations": "citations",
    "indicators": "score(",
    "groups": "行业组",
    "adjustments": "precedence",
    "tracks": "组别",
}
"""Lists whose members others name, and a word of the fault that says one is not there."""


def further_faults(
    data: dict[str, Any], model: type[File], check: Check[File], index: dict[Path, int]
) -> list[Fault]:
    """Return the faults between sections of a file that has faults of form, if any are sure."""
    held = copy.deepcopy(data)
    mended: dict[Path, list[str]] = {}
    for _ in range(_ROUNDS):
        try:
            rules = model.model_validate(_present(held))
        except ValidationError as error:
            said = [(_original(data_path(i["loc"]), held), i) for i in error.errors()]
            said.sort(key=lambda one: one[1]["type"] != _UNKNOWN)
            for place, item in said:
                inside = any(len(o) > len(place) and o[: len(place)] == place for o, _ in said)
                if not inside and not _mend(held, place, item, mended):
                    return []
        else:
            return list(_sure(check(rules, {}), held, mended, index))
    return []


def _present(value: Any) -> Any:
    """Return the data without what was left out."""
    if isinstance(value, dict):
        return {key: _present(part) for key, part in value.items() if part is not _GONE}
    if isinstance(value, list):
        return [_present(part) for part in value if part is not _GONE]
    return value


def _original(place: Path, held: Any) -> Path:
    """Return where a place of the shortened data stands in the file."""
    out: list[str | int] = []
    for part in place:
        if isinstance(part, int) and isinstance(held, list):
            left = [n for n, value in enumerate(held) if value is not _GONE]
            part = left[part] if part < len(left) else part
        out.append(part)
        try:
            held = held[part]
        except (LookupError, TypeError):
            held = None
    return tuple(out)


def _mend(held: Any, place: Path, item: Any, mended: dict[Path, list[str]]) -> bool:
    """Put something possible at a place; False where nothing can be done."""
    if item["type"] == "missing" and _value(held, place) not in (None, _GONE):
        return True
    while place and len(mended.get(place, ())) > _TRIES:
        place = place[:-1]
    if not place:
        return False
    if item["type"] == "value_error" and place[-2:-1] == ("indicators",):
        whole = (*place, _MEASURED)
        place = place if whole in mended else whole
    parent: Any = _value(held, place[:-1])
    if not isinstance(parent, dict | list):
        return True
    mended.setdefault(place, []).append(item["type"])
    if isinstance(parent, dict) and item["type"] == _UNKNOWN and place[-1] in parent:
        meant, value = meant_key(str(place[-1])), parent.pop(place[-1])
        parent.update({meant: value} if meant and meant not in parent else {})
    elif place[-1] == _MEASURED and isinstance(parent, dict):
        for key in _MEASURING:
            parent.pop(key, None)
        parent["benchmark"] = dict(_FIXED)
    elif isinstance(parent, dict) or place[-1] in range(len(parent)):
        cast(Any, parent)[place[-1]] = _instead(place, item)
    return True


def _instead(place: Path, item: Any) -> Any:
    kind, context = item["type"], item.get("ctx") or {}
    if kind in ("missing", "string_type", "string_pattern_mismatch"):
        return _MADE_UP
    if kind.startswith(("float", "int", "finite", "greater", "less")):
        return 1
    if kind.startswith("bool"):
        return False
    if kind in ("literal_error", "enum"):
        first = re.search(r"'([^']*)'", str(context.get("expected", "")))
        return first.group(1) if first else _GONE
    if place[-1] == "benchmark":
        return dict(_FIXED)
    if place[-1] == "grading" and kind != "value_error":
        return dict(_WITHOUT_SHAPE)
    return _GONE


def _sure(
    found: Iterable[Fault], held: Any, mended: dict[Path, list[str]], index: dict[Path, int]
) -> Iterator[Fault]:
    """Yield the faults that do not follow from the mending, with their place in the file."""
    doubtful = {place for place, kinds in mended.items() if set(kinds) != {_UNKNOWN}}
    lists = {_NAMED[at] for place in doubtful for at in _NAMED if at in place and _names(place)}
    doubtful |= {place[:-1] for place in mended if place[-1] in _INSTEAD_OF_A_KEY}
    for fault in found:
        place = _original(path_of(fault.key), held)
        near = any(
            place[: len(at)] == at or (at[: len(place)] == place and _MEASURED not in at)
            for at in doubtful
        )
        follows = any(word in fault.key + fault.message for word in (_MADE_UP, *lists))
        if not near and not follows:
            yield Fault(key_of(place), line_of(place, index), fault.message, fault.suggestion)


def _names(place: Path) -> bool:
    """Tell whether with this place a name may be lost that other sections use."""
    return place[-1] in ("id", "letter", "key", *_NAMED) or isinstance(place[-1], int)


def _value(held: Any, place: Path) -> Any:
    """Return what stands at a place, None where nothing does."""
    for part in place:
        try:
            held = held[part]
        except (LookupError, TypeError):
            return None
    return held
