"""How classes are given: shares, limits, conditions, selections of one track."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.expressions.wording import worded
from zoneeval.policy import editing
from zoneeval.policy.class_wording import ORDERS
from zoneeval.policy.grading_editing import add_band, place_of_next, remove_band
from zoneeval.policy.text_editing import Value
from zoneeval_ui.pages.policies.parts import (
    Adder,
    Choices,
    Entry,
    Form,
    Item,
    Kind,
    Path,
    Row,
    at,
    dated_value,
    letters,
    raising,
    removing,
    set_dated,
    unless,
)
from zoneeval_ui.pages.policies.rule_forms import held_at, own_labels, scored_in

_ENDS: Choices = (("inclusive", "归这一类"), ("exclusive", "归下一类"))
_HALVES: Choices = (("upper", "排名靠前的一半"), ("lower", "排名靠后的一半"))


def grading_form(data: Mapping[str, Any], track: int, prefix: str) -> Form:
    """Return the table of a track's grading; without rows where there are no classes."""
    grading = data["tracks"][track].get("grading", {})
    kind = grading.get("kind")
    name = f"share-{track}"
    path: Path = ("tracks", track, "grading")
    title = f"{prefix}分类比例"
    if kind == "shares":
        dated = any("up_to" not in band for band in grading.get("bands", []))
        headings: tuple[str, ...] = ("类别", "累计比例（%）" if dated else "比例（%）")
        rows = _shares(grading, track, name)
        bands = (*path, "bands")
        return Form(
            title, headings, tuple(rows), adder=_band_adder(data, track, _UP_TO), path=bands
        )
    if kind == "limits":
        limits = ("不超过（%）", "不低于（%）", "综合得分不低于")
        rows = _limits(grading, path, name, limits)
        note = "一类可以只写一项；有一类可以都不写，取其余的。"
        return Form(
            *(title, ("类别", *limits), tuple(rows)),
            adder=_band_adder(data, track, _LIMITS),
            note=note,
            path=(*path, "bands"),
        )
    if kind == "two_stage":
        rows = _selections(data, grading, path, name)
        adder = Adder(
            f"add-selection-{track}",
            "增加一次选取…",
            partial(_new_selection, track=track),
            lambda text: _selection_item(_last(text, (*path, "selections"))),
        )
        headings = ("类别", "比例（%）", "怎样选取")
        return Form(title, headings, tuple(rows), adder=adder, path=path)
    if kind == "thresholds":
        rows = _lines(data, grading, path, name)
        adder = Adder(
            f"add-line-{track}",
            "增加一条分类条件…",
            partial(_new_line, track=track),
            lambda text: _line_item(_last(text, (*path, "lines"))),
        )
        note = "从上到下先达到哪一条就是哪一类，不限家数。"
        return Form(f"{prefix}分类条件", (), tuple(rows), adder=adder, note=note, path=path)
    return Form(title, (), ())


def _last(text: str, path: Path) -> Path:
    return (*path, len(held_at(text, path)) - 1)


def _entry(
    name: str, label: str, kind: Kind, held: Mapping[str, Any], path: Path, key: str
) -> Entry:
    """Return the entry of a figure: one for all years, or those by year in words."""
    if editing.by_year(key) not in held:
        return Entry(name, label, kind, held.get(key), at((*path, key)))
    many: Kind = "dated_percent" if kind == "percent" else "dated"
    return Entry(name, label, many, dated_value(held, key), set_dated(path, key))


def _band_adder(
    data: Mapping[str, Any], track: int, keys: tuple[tuple[str, str, Kind], ...]
) -> Adder | None:
    """Return the button for one more class, None where every class is there."""
    path: Path = ("tracks", track, "grading", "bands")
    found = place_of_next(data, track)
    if found is None:
        return None
    item = _band_item((*path, found[1]), keys)
    return Adder(
        f"add-band-{track}",
        "增加一类…",
        partial(add_band, track=track),
        lambda _text: item,
    )


def _band_item(path: Path, keys: tuple[tuple[str, str, Kind], ...]) -> Item:
    return Item("类别的比例", path, partial(_band_form, path=path, keys=keys))


def _band_form(text: str, path: Path, keys: tuple[tuple[str, str, Kind], ...]) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    grade = held.get("grade", "")
    out = [Entry("grade", "类别", "choice", grade, at((*path, "grade")), letters(data))]
    out += _band_entries(text, path, keys)
    if keys is _UP_TO:
        change, end = unless((*path, "end"), "inclusive"), held.get("end", "inclusive")
        out.append(Entry("end", "正好排在末位的一家", "choice", end, change, _ENDS))
    return out


def _band_entries(text: str, path: Path, keys: tuple[tuple[str, str, Kind], ...]) -> list[Entry]:
    held = held_at(text, path)
    out = []
    for key, label, kind in keys:
        many: Kind = "dated_percent" if kind == "percent" else "dated"
        value, change = dated_value(held, key), set_dated(path, key)
        out.append(Entry(key, f"各年度的{label}", many, value, change))
    return out


_UP_TO: tuple[tuple[str, str, Kind], ...] = (("up_to", "累计比例", "percent"),)
_LIMITS: tuple[tuple[str, str, Kind], ...] = (
    ("at_most", "上限", "percent"),
    ("at_least", "下限", "percent"),
    ("from_score", "分数线", "number"),
)


def _shares(grading: Mapping[str, Any], track: int, name: str) -> list[Row]:
    """Return the share of each class; with ends by year, the ends as they are written."""
    bands = grading.get("bands", [])
    rows = []
    dated = any("up_to" not in band for band in bands)
    parts = [] if dated else editing.shares_of([band["up_to"] for band in bands])
    for number, band in enumerate(bands):
        here: Path = ("tracks", track, "grading", "bands", number)
        label = f"{band['grade']} 类"
        if dated:
            entry = _entry(f"{name}-{number}", f"{label}累计比例", "percent", band, here, "up_to")
        else:
            change = partial(_share, track, number)
            entry = Entry(f"{name}-{number}", f"{label}比例", "percent", parts[number], change)
        remove = partial(remove_band, track=track, band=number)
        rows.append(Row(label, (entry,), remove, item=_band_item(here, _UP_TO)))
    return rows


def _share(track: int, band: int, text: str, value: Any) -> str:
    return editing.set_share(text, track, band, value or 0)


def _limits(grading: Mapping[str, Any], path: Path, name: str, words: tuple[str, ...]) -> list[Row]:
    rows = []
    for number, band in enumerate(grading.get("bands", [])):
        label = f"{band['grade']} 类"
        here: Path = (*path, "bands", number)
        entries = tuple(
            _entry(f"{name}-{number}-{key}", label + word, kind, band, here, key)
            for (key, _, kind), word in zip(_LIMITS, words, strict=True)
        )
        remove = partial(remove_band, track=int(path[1]), band=number)
        rows.append(Row(label, entries, remove, item=_band_item(here, _LIMITS), up=raising(here)))
    return rows


def _selections(
    data: Mapping[str, Any], grading: Mapping[str, Any], path: Path, name: str
) -> list[Row]:
    words = "前、后各取综合得分排名的这一比例"
    held = grading if editing.by_year("gate") in grading else {"gate": 0.5, **grading}
    entry = _entry(f"{name}-gate", "入围比例", "percent", held, path, "gate")
    rows = [Row("入围", (entry,), words=words)]
    labels = own_labels(data)
    for number, chosen in enumerate(grading.get("selections", [])):
        here: Path = (*path, "selections", number)
        label = f"{chosen.get('grade', '')} 类"
        entry = _entry(f"{name}-{number}", f"{label}比例", "percent", chosen, here, "share")
        half = dict(_HALVES).get(chosen.get("half", ""), "")
        order = ORDERS.get(chosen.get("order", ""), "")
        words = f"{half}，按{worded(str(chosen.get('order_by', '')), labels)}{order}"
        rows.append(
            Row(label, (entry,), removing(here), words, _selection_item(here), raising(here))
        )
    rest = grading.get("rest", "")
    given = Entry(f"{name}-rest", "其余", "choice", rest, at((*path, "rest")), letters(data))
    return [*rows, Row("其余", (given,))]


def _new_selection(text: str, track: int) -> str:
    data = tomllib.loads(text)
    keys = [key for key, _ in scored_in([data["tracks"][track]])]
    order_by = f"score({keys[0]})" if keys else "revenue"
    given = {chosen.get("grade") for chosen in data["tracks"][track]["grading"]["selections"]}
    free = [letter for letter, _ in letters(data) if letter not in given]
    fields: dict[str, Value] = {
        "grade": free[0] if free else letters(data)[0][0],
        "half": "upper",
    }
    fields |= {"order_by": order_by, "order": "descending", "share": 0.1}
    path = ("tracks", track, "grading", "selections")
    return editing.add_entry(text, path, fields)


def _selection_item(path: Path) -> Item:
    return Item("分类选取", path, partial(_selection_entries, path=path))


def _selection_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    scored = scored_in([data["tracks"][path[1]]])
    order_by = held.get("order_by", "")
    orders = tuple(ORDERS.items())
    return [
        Entry(
            *("grade", "选为", "choice", held.get("grade", "")), at((*path, "grade")), letters(data)
        ),
        Entry("half", "从哪里选", "choice", held.get("half", ""), at((*path, "half")), _HALVES),
        Entry("by", "按什么排", "sum", order_by, at((*path, "order_by")), scored=scored),
        Entry("order", "次序", "choice", held.get("order", ""), at((*path, "order")), orders),
        _entry("share", "取参评总数的（%）", "percent", held, path, "share"),
        *_band_entries(text, path, (("share", "选取比例", "percent"),)),
    ]


def _lines(data: Mapping[str, Any], grading: Mapping[str, Any], path: Path, name: str) -> list[Row]:
    rows = []
    labels = own_labels(data)
    for number, line in enumerate(grading.get("lines", [])):
        here: Path = (*path, "lines", number)
        words = worded(str(line.get("when", "")), labels)
        label = f"{line.get('grade', '')} 类"
        rows.append(Row(label, (), removing(here), words, _line_item(here), raising(here)))
    rest = grading.get("rest", "")
    given = Entry(f"{name}-rest", "其余", "choice", rest, at((*path, "rest")), letters(data))
    return [*rows, Row("其余", (given,))]


def _new_line(text: str, track: int) -> str:
    letter = letters(tomllib.loads(text))[0][0]
    path = ("tracks", track, "grading", "lines")
    return editing.add_entry(text, path, {"grade": letter, "when": "composite_score >= 90"})


def _line_item(path: Path) -> Item:
    return Item("分类条件", path, partial(_line_entries, path=path))


def _line_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    scored = scored_in([data["tracks"][path[1]]])
    grade = held.get("grade", "")
    return [
        Entry("grade", "定为", "choice", grade, at((*path, "grade")), letters(data)),
        Entry(
            *("when", "条件", "condition", held.get("when", ""), at((*path, "when"))),
            scored=scored,
        ),
    ]
