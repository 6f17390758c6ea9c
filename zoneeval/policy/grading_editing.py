"""Another kind of grading for a track, begun from the shares that it gives at present."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate
from typing import Any

import tomlkit
from tomlkit.items import AoT

from zoneeval.errors import PolicyError
from zoneeval.policy.editing import shares_of
from zoneeval.policy.text_editing import (
    Value,
    as_item,
    cite_nearest,
    own_cite,
    put,
    reach,
    read_text,
)

_COMPOSITE = "composite_score"
_LOWEST, _STEP = 60, 10
_KEPT = {
    "shares": ("rounding", "ties", "denominator"),
    "limits": ("denominator",),
    "two_stage": ("rounding", "ties", "denominator"),
    "thresholds": (),
    "rank_only": (),
}
"""What is settled for every kind that has it, and stays when the kind changes."""
_HALF = Decimal("0.5")


def present_shares(
    grading: Mapping[str, Any], letters: Sequence[str]
) -> list[tuple[str, float | None]]:
    """Return the classes that a grading gives, best first, each with its share where it has one.

    A grading without classes gives those of ``letters``.
    """
    kind = grading.get("kind")
    if kind == "shares":
        bands = grading.get("bands", [])
        ends = [_newest(band, "up_to") or 0.0 for band in bands]
        shares = shares_of(ends)
        return [(str(b["grade"]), share) for b, share in zip(bands, shares, strict=True)]
    if kind == "limits":
        return [
            (str(band["grade"]), _newest(band, "at_most") or _newest(band, "at_least"))
            for band in grading.get("bands", [])
        ]
    rest = str(grading.get("rest", ""))
    if kind == "two_stage":
        chosen = grading.get("selections", [])
        upper = [(str(c["grade"]), _newest(c, "share")) for c in chosen if c["half"] == "upper"]
        lower = [(str(c["grade"]), _newest(c, "share")) for c in chosen if c["half"] == "lower"]
        return _once([*upper, (rest, None), *reversed(lower)])
    if kind == "thresholds":
        return _once([*((str(line["grade"]), None) for line in grading["lines"]), (rest, None)])
    return [(letter, None) for letter in letters]


def set_kind(text: str, track: int, kind: str) -> str:
    """Return the text with a track graded in another way.

    The entries begin with the present shares; where there are none they are alike, and
    illustrative.  Raises PolicyError where the policy has too few classes for it.
    """
    document = read_text(text)
    held = reach(document, ("tracks", track))
    data = held.unwrap()
    before = data.get("grading", {})
    if before.get("kind") == kind:
        return text
    letters = _free_letters(document.unwrap())
    classes = present_shares(before, letters)
    if len(classes) < 2 and kind in ("limits", "two_stage", "thresholds"):
        classes = [(letter, None) for letter in letters]
    if len(classes) < 2 and kind in ("limits", "two_stage", "thresholds"):
        raise PolicyError("这样分类至少要有两个类别。请先在“类别”中增加类别。")
    if not classes:
        raise PolicyError("还没有类别。请先在“类别”中增加类别。")
    full, made_up = _complete(classes)
    scores = [_newest(band, "from_score") for band in before.get("bands", [])]
    made_up = None in (scores or [None]) if kind == "thresholds" else made_up
    own = own_cite(document)
    source: dict[str, Value] = {"cite": own} if own else {}
    if kind != "rank_only" and (made_up or not own):
        source["illustrative"] = True
    made = tomlkit.table()
    made["kind"] = kind
    for key in _KEPT[kind]:
        if key in before:
            made[key] = before[key]
    if kind == "limits" and before.get("ties") in ("next_key", "exclude"):
        made["ties"] = before["ties"]
    for key, value in source.items():
        made[key] = value
    _fill(made, kind, full, before, data, source)
    held.pop("grading", None)
    held["grading"] = made
    return tomlkit.dumps(document)


def add_band(text: str, track: int) -> str:
    """Return the text with one more class in a grading by shares or limits, in its order.

    By shares it takes half of what the class below it had, or the last one above it.
    """
    document = read_text(text)
    found = place_of_next(document.unwrap(), track)
    if found is None:
        raise PolicyError("所有类别都已列出。请先在“类别”中增加类别。")
    letter, at = found
    held = reach(document, ("tracks", track, "grading"))
    bands = held["bands"]
    fields: dict[str, Value] = {"grade": letter}
    if held.get("kind") == "shares":
        if any("up_to" not in band for band in bands):
            raise PolicyError("各年度的比例不同时不能增加类别，请先改为各年度相同。")
        ends = [Decimal(0), *(_exact(band["up_to"]) for band in bands)]
        below = min(at, len(bands) - 1)
        middle = float((ends[below] + ends[below + 1]) / 2)
        fields["up_to"] = middle
        if at == len(bands):
            fields["up_to"] = float(ends[-1])
            put(bands[-1], "up_to", middle)
    elif at == len(bands):
        fields["at_least"] = 0.1
        last = bands[-1]
        if "at_least" in last and "at_most" not in last:
            put(last, "at_most", float(last["at_least"]))
            last.pop("at_least")
    else:
        fields["at_most"] = 0.1
    entry = _list([fields])[0] if isinstance(bands, AoT) else as_item(fields)
    bands.insert(at, entry)
    cite_nearest(document, ("tracks", track, "grading"))
    return tomlkit.dumps(document)


def place_of_next(data: Mapping[str, Any], track: int) -> tuple[str, int] | None:
    """Return the class that :func:`add_band` adds, the best not yet there, and its place.

    None where every class is there.
    """
    letters = [str(grade.get("letter", "")) for grade in data.get("grades", [])]
    given = [str(band.get("grade")) for band in data["tracks"][track]["grading"]["bands"]]
    letter = next((one for one in letters if one not in given), None)
    if letter is None:
        return None
    better = letters[: letters.index(letter)]
    return letter, sum(one in better for one in given)


def remove_band(text: str, track: int, band: int) -> str:
    """Return the text without a class of a grading; the last one left takes all the others."""
    document = read_text(text)
    held = reach(document, ("tracks", track, "grading"))
    bands = held["bands"]
    if len(bands) < 2 or (held.get("kind") == "limits" and len(bands) < 3):
        raise PolicyError("这样分类的类别不能再少了。可以换一种分类方式。")
    del bands[band]
    last = bands[-1]
    if held.get("kind") == "shares" and "up_to" in last:
        put(last, "up_to", 1)
    cite_nearest(document, ("tracks", track, "grading"))
    return tomlkit.dumps(document)


def _free_letters(data: Mapping[str, Any]) -> list[str]:
    """Return the classes that are not only for those who do not take part."""
    letters = [str(grade.get("letter", "")) for grade in data.get("grades", [])]
    taken = {condition.get("grade") for condition in data.get("eligibility", [])}
    return [letter for letter in letters if letter not in taken] or letters


def _newest(held: Mapping[str, Any], key: str) -> float | None:
    """Return a figure, or that of the newest year."""
    by_year = held.get(f"{key}_by_year") or {}
    found = held.get(key)
    if found is None and by_year:
        found = by_year[max(by_year)]
    return None if found is None else float(found)


def _once(classes: Sequence[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
    """Return each class once; one taken twice has both shares."""
    out: dict[str, float | None] = {}
    for letter, share in classes:
        before = out.get(letter)
        both = None if before is None or share is None else float(_exact(before) + _exact(share))
        out[letter] = both if both is not None else before if share is None else share
    return list(out.items())


def _complete(
    classes: Sequence[tuple[str, float | None]],
) -> tuple[list[tuple[str, float]], bool]:
    """Return the shares, all of them together 1, and whether any had to be made up."""
    known = sum((_exact(share) for _, share in classes if share is not None), Decimal(0))
    blank = sum(share is None for _, share in classes)
    if known > 1 or (blank and known == 1) or 0 in [share for _, share in classes]:
        known, blank = Decimal(0), len(classes)
        classes = [(letter, None) for letter, _ in classes]
    each = ((1 - known) / blank).quantize(Decimal("0.01"), ROUND_FLOOR) if blank else Decimal(0)
    shares = [each if share is None else _exact(share) for _, share in classes]
    at = next((n for n, (_, share) in enumerate(classes) if share is None), len(shares) - 1)
    shares[at] += 1 - sum(shares)
    found = [(letter, float(s)) for (letter, _), s in zip(classes, shares, strict=True)]
    return found, blank > 1


def _exact(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def _fill(
    made: Any,
    kind: str,
    classes: Sequence[tuple[str, float]],
    before: Mapping[str, Any],
    track: Mapping[str, Any],
    source: Mapping[str, Value],
) -> None:
    names = [letter for letter, _ in classes]
    if kind == "rank_only":
        made["reason"] = "文件没有规定怎样分类"
    elif kind == "shares":
        ends = list(accumulate(_exact(share) for _, share in classes))
        made["bands"] = _list(
            [{"grade": g, "up_to": float(end)} for g, end in zip(names, ends, strict=True)]
        )
    elif kind == "limits":
        above: list[dict[str, Value]]
        above = [{"grade": letter, "at_most": share} for letter, share in classes[:-1]]
        made["bands"] = _list([*above, {"grade": names[-1], "at_least": classes[-1][1]}])
    elif kind == "two_stage":
        made["gate"] = 0.5
        made["rest"] = names[len(names) // 2] if len(names) > 2 else names[-1]
        made["selections"] = _list(_selections(classes, made["rest"], track, source))
    else:
        made["rest"] = names[-1]
        made["lines"] = _list(_lines(names[:-1], before, track, source))


def _lines(
    names: Sequence[str],
    before: Mapping[str, Any],
    track: Mapping[str, Any],
    source: Mapping[str, Value],
) -> list[dict[str, Value]]:
    """Return a line per class: the scores it had, or 60 points and ten more for each better one."""
    bands = before.get("bands", [])
    scores = {str(band["grade"]): _newest(band, "from_score") for band in bands}
    by = str(track.get("rank_by") or _COMPOSITE)
    by = by if re.fullmatch(r"\w+(\(\w+\))?", by) else f"({by})"
    out: list[dict[str, Value]] = []
    for at, letter in enumerate(names):
        usual = _LOWEST + _STEP * (len(names) - 1 - at)
        score = scores.get(letter)
        when = f"{by} >= {usual if score is None else score:g}"
        out.append({"grade": letter, "when": when, **source})
    return out


def _selections(
    classes: Sequence[tuple[str, float]],
    rest: str,
    track: Mapping[str, Any],
    source: Mapping[str, Value],
) -> list[dict[str, Value]]:
    """Return the classes before the rest chosen from the upper half, the others from the lower."""
    at = [letter for letter, _ in classes].index(rest)
    best, worst = "descending", "ascending"
    if track.get("rank_by") and track.get("rank_order") == "ascending":
        best, worst = worst, best
    out: list[dict[str, Value]] = []
    for half, mine in (("upper", classes[:at]), ("lower", classes[:at:-1])):
        total = sum((_exact(share) for _, share in mine), Decimal(0))
        for letter, share in mine:
            part = _exact(share)
            if total > _HALF:
                part = (part * _HALF / total).quantize(Decimal("0.01"), ROUND_FLOOR)
            fields: dict[str, Value] = {
                "grade": letter,
                "half": half,
                "order_by": str(track.get("rank_by") or _COMPOSITE),
                "order": best if half == "upper" else worst,
                "share": float(part),
            }
            out.append({**fields, **source})
    return out


def _list(entries: Sequence[Mapping[str, Value]]) -> AoT:
    made = tomlkit.aot()
    for fields in entries:
        entry = tomlkit.table()
        for key, value in fields.items():
            entry[key] = as_item(value)
        entry.add(tomlkit.nl())
        made.append(entry)
    return made
