"""A layout is known again by its headings: in any order, of whatever year."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from zoneeval.intake.recognise import folded

_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|\D|$)(?:年度?)?")


def slots_of(headings: Sequence[str]) -> tuple[str, ...]:
    """Return one name per heading: folded, without years, repeated ones numbered."""
    seen: dict[str, int] = {}
    slots: list[str] = []
    for heading in headings:
        name = _YEAR.sub("", folded(heading)) or folded(heading)
        seen[name] = seen.get(name, 0) + 1
        slots.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(slots)


def signature_of(slots: Iterable[str]) -> str:
    """Return what a layout is remembered by."""
    text = "\n".join(sorted(set(slots)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
