"""A tariff as tables to fill in: head, rates, how they are counted, other measures, documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.model.fields import FIELDS
from zoneeval.model.pricing import DIRECTION_WORDS, KIND_BASE, KIND_RECEIVER, RECEIVERS
from zoneeval.policy import editing, tariff_editing
from zoneeval.policy.citations import Status
from zoneeval_ui.pages.policies.parts import (
    Adder,
    Apply,
    Choices,
    Entry,
    Form,
    Item,
    Path,
    Row,
    at,
    or_none,
    removing,
)
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.ladder_document_forms import citations_form

_DIRECTIONS: Choices = tuple(DIRECTION_WORDS.items())
_STATUS: Choices = tuple((status.value, status.label) for status in Status)
_RECEIVERS: Choices = tuple((name, name) for name in RECEIVERS)
_DATE = 92
_SHORT_CITE = 10


def tariff_forms(text: str) -> list[Form]:
    """Return the forms of a tariff; raises KeyError, TypeError or ValueError for odd texts."""
    data = tomllib.loads(text)
    forms = [_head(data), _rates(data), _counting(data), _provisions(data), _exemptions(data)]
    forms.append(citations_form(data))
    if data.get("missing"):
        rows = (Row(str(words), (), removing(("missing", n))) for n, words in _numbered(data))
        forms.append(Form("没有见到的内容", (), tuple(rows), note="已经补上的请删去。"))
    return forms


def _numbered(data: Mapping[str, Any]) -> list[tuple[int, Any]]:
    return list(enumerate(data.get("missing", [])))


def cite_label(data: Mapping[str, Any], held: Mapping[str, Any]) -> str:
    """Return the document of an entry in a few words."""
    key = held.get("cite", "")
    words = "本文件" if key and key == data.get("id") else ""
    for cite in data.get("citations", []):
        if cite.get("id") == key and not words:
            title = str(cite.get("number") or cite.get("title", ""))
            words = title if len(title) <= _SHORT_CITE else f"{title[:_SHORT_CITE]}…"
    words = words or "没有依据"
    return f"{words}（示意）" if held.get("illustrative") else words


def _head(data: Mapping[str, Any]) -> Form:
    def head(key: str, label: str, kind: Any = "text") -> Row:
        entry = Entry(
            *(f"tariff-{key}", label, kind, data.get(key)),
            lambda text, value: editing.set_head(text, key, value),
        )
        return Row(label, (entry,))

    rows = [
        head("title", "名称"),
        head("number", "文号"),
        head("issuer", "发文单位"),
        head("year", "年份", "integer"),
        Row(
            "核实状态",
            (
                Entry(
                    "tariff-status",
                    "核实状态",
                    "choice",
                    data.get("status"),
                    at(("status",)),
                    _STATUS,
                ),
            ),
        ),
        Row(
            "名单发给",
            (
                Entry(
                    *("tariff-utilities", "名单发给", "several"),
                    tuple(data.get("utilities", ())),
                    lambda text, value: editing.set_value(text, ("utilities",), list(value)),
                    _RECEIVERS,
                ),
            ),
        ),
    ]
    if not data.get("rates") and not data.get("provisions"):
        rows.append(head("empty_reason", "没有标准的原因"))
    return Form("文件", (), tuple(rows))


def _measure(path: Path, key: str) -> Apply:
    return lambda text, value: tariff_editing.set_measure(text, (*path, key), value)


def _rates(data: Mapping[str, Any]) -> Form:
    rows = []
    for number, held in enumerate(data.get("rates", [])):
        path: Path = ("rates", number)
        name = f"rate-{number}"
        word = DIRECTION_WORDS["relief" if held.get("direction") == "relief" else "surcharge"]
        rows.append(
            Row(
                f"{held.get('grade', '')} 类 {held.get('kind') or held.get('utility', '')}{word}",
                (
                    Entry(
                        *(f"{name}-amount", "标准", "number", held.get("amount")),
                        _measure(path, "amount"),
                    ),
                    Entry(
                        *(f"{name}-unit", "单位", "text", held.get("unit")),
                        _measure(path, "unit"),
                        width=92,
                    ),
                    Entry(
                        *(f"{name}-years", "连续第几年起", "integer"),
                        *(held.get("from_consecutive_year", 1), _years(path)),
                        short=True,
                    ),
                    _date(f"{name}-starts", "执行起", held, path, "starts"),
                    _date(f"{name}-ends", "执行止", held, path, "ends"),
                ),
                removing(path),
                cite_label(data, held),
                _rate_item(path),
            )
        )
    grade = str(data["rates"][-1].get("grade", "C")) if data.get("rates") else "C"
    adder = Adder(
        "add-rate",
        "增加一条标准…",
        lambda text: tariff_editing.add_rate(text, grade),
        lambda text: _rate_item(("rates", len(held_at(text, ("rates",))) - 1)),
    )
    note = "" if rows else "还没有标准。没有公布的不要填，名单上写“待定”。"
    headings = (
        ("类别和种类", "标准", "单位", "第几年起", "执行起", "执行止", "依据") if rows else ()
    )
    return Form("加价和减免标准", headings, tuple(rows), adder=adder, note=note)


def _years(path: Path) -> Apply:
    def change(text: str, value: Any) -> str:
        return tariff_editing.set_measure(
            text, (*path, "from_consecutive_year"), None if value in (None, 1) else value
        )

    return change


def _date(name: str, label: str, held: Mapping[str, Any], path: Path, key: str) -> Entry:
    return Entry(name, label, "text", held.get(key), _measure(path, key), width=_DATE)


def _cites(text: str) -> Choices:
    data = tomllib.loads(text)
    return tuple((str(c["id"]), cite_label(data, {"cite": c["id"]})) for c in data["citations"])


def _shared(text: str, path: Path) -> list[Entry]:
    """Return what every entry has: its document, and whether its figures are made up."""
    held = held_at(text, path)
    return [
        Entry("cite", "依据", "choice", held.get("cite"), at((*path, "cite")), _cites(text)),
        Entry(
            *("illustrative", "示意数值，未见公布", "flag", bool(held.get("illustrative"))),
            lambda text, on: editing.set_entry(text, (*path, "illustrative"), on or None),
        ),
    ]


def _direction(held: Mapping[str, Any], path: Path) -> Entry:
    return Entry(
        *("direction", "加价或减免", "choice", held.get("direction", "surcharge")),
        at((*path, "direction")),
        _DIRECTIONS,
    )


def _rate_item(path: Path) -> Item:
    return Item("加价和减免标准", path, partial(_rate_entries, path=path))


def _rate_entries(text: str, path: Path) -> list[Entry]:
    held = held_at(text, path)
    kind = str(held.get("kind", ""))
    kinds = tuple(dict.fromkeys((*KIND_RECEIVER, *([kind] if kind else []))))
    own = held.get("base", "")
    bases = dict.fromkeys((*KIND_BASE.values(), *([own] if own else [])))
    usual = FIELDS[KIND_BASE[kind]].label if kind in KIND_BASE else "没有"
    base_choices: Choices = (
        ("", f"按种类（{usual}）"),
        *((key, FIELDS[key].label if key in FIELDS else str(key)) for key in bases),
    )
    receiver = str(held.get("utility", ""))
    receivers: Choices = (
        ("", f"按种类（{KIND_RECEIVER.get(kind, '没有')}）"),
        *_RECEIVERS,
    )
    return [
        Entry(
            *("kind", "种类", "choice", kind),
            lambda text, value: tariff_editing.set_kind(text, path, str(value)),
            tuple((one, one) for one in kinds),
            shapes=True,
        ),
        Entry(
            *("kind-own", "种类（自己起的名称）", "text", None if kind in KIND_RECEIVER else kind),
            lambda text, value: tariff_editing.set_kind(text, path, str(value)) if value else text,
            width=160,
        ),
        Entry("grade", "类别", "text", held.get("grade"), _measure(path, "grade"), width=64),
        _direction(held, path),
        Entry("utility", "执行单位", "choice", receiver, or_none((*path, "utility")), receivers),
        Entry("amount", "标准", "number", held.get("amount"), _measure(path, "amount")),
        Entry("unit", "单位", "text", held.get("unit"), _measure(path, "unit"), width=160),
        Entry("base", "计算基数", "choice", own, or_none((*path, "base")), base_choices),
        Entry(
            *("years", "连续第几年起", "integer", held.get("from_consecutive_year", 1)),
            _years(path),
        ),
        _date("starts", "执行起（如 2025-07-01）", held, path, "starts"),
        _date("ends", "执行止", held, path, "ends"),
        *_shared(text, path),
    ]


def _counting(data: Mapping[str, Any]) -> Form:
    restart: Choices = (("anew", "重新计算"), ("total", "中断以前的年数接着算"))
    stacking: Choices = (("add", "照加"), ("highest", "只执行最高的一种"))
    rows = [
        Row(
            "中断以后连续年数",
            (
                Entry(
                    *("tariff-restart", "中断以后连续年数", "choice", data.get("restart", "anew")),
                    lambda text, value: editing.set_head(text, "restart", value),
                    restart,
                ),
            ),
        ),
        Row(
            "文件没有写明，按通常理解",
            (
                Entry(
                    *("tariff-restart_assumed", "文件没有写明，按通常理解", "flag"),
                    bool(data.get("restart_assumed")),
                    lambda text, on: editing.set_head(text, "restart_assumed", on or None),
                ),
            ),
        ),
        Row(
            "从哪一年起计算年数",
            (
                Entry(
                    *("tariff-counts_from", "从哪一年起计算年数", "integer"),
                    data.get("counts_from"),
                    lambda text, value: editing.set_head(text, "counts_from", value),
                ),
            ),
        ),
        Row(
            "已执行其他加价的",
            (
                Entry(
                    *("tariff-stacking", "已执行其他加价的", "choice", data.get("stacking", "add")),
                    lambda text, value: tariff_editing.set_stacking(text, str(value)),
                    stacking,
                ),
            ),
        ),
    ]
    return Form("怎样计算", (), tuple(rows))


def _provisions(data: Mapping[str, Any]) -> Form:
    rows = []
    for number, held in enumerate(data.get("provisions", [])):
        path: Path = ("provisions", number)
        label = f"{held.get('grade', '')} 类 {held.get('kind', '')}"
        words = f"{held.get('content', '')}（{cite_label(data, held)}）"
        rows.append(Row(label, (), removing(path), words, _provision_item(path)))
    adder = Adder(
        "add-provision",
        "增加其他措施…",
        lambda text: tariff_editing.add_provision(text, "A"),
        lambda text: _provision_item(("provisions", len(held_at(text, ("provisions",))) - 1)),
    )
    note = "" if rows else "没有数值的措施写在这里：信贷、表彰、用能指标等。"
    return Form("其他措施", (), tuple(rows), adder=adder, note=note)


def _provision_item(path: Path) -> Item:
    return Item("其他措施", path, partial(_provision_entries, path=path))


def _provision_entries(text: str, path: Path) -> list[Entry]:
    held = held_at(text, path)
    return [
        Entry("kind", "种类", "text", held.get("kind"), _measure(path, "kind"), width=160),
        Entry("grade", "类别", "text", held.get("grade"), _measure(path, "grade"), width=64),
        _direction(held, path),
        Entry("content", "内容", "text", held.get("content"), _measure(path, "content")),
        _date("starts", "执行起（如 2025-07-01）", held, path, "starts"),
        _date("ends", "执行止", held, path, "ends"),
        *_shared(text, path),
    ]


def _exemptions(data: Mapping[str, Any]) -> Form:
    rows = []
    for number, held in enumerate(data.get("exemptions", [])):
        path: Path = ("exemptions", number)
        kinds = "、".join(held.get("kinds", ())) or "全部加价"
        words = f"免于{kinds}（{cite_label(data, held)}）"
        rows.append(
            Row(str(held.get("label", "")), (), removing(path), words, _exemption_item(path))
        )
    adder = Adder(
        "add-exemption",
        "增加免于执行的企业…",
        tariff_editing.add_exemption,
        lambda text: _exemption_item(("exemptions", len(held_at(text, ("exemptions",))) - 1)),
    )
    return Form("免于执行", (), tuple(rows), adder=adder)


def _exemption_item(path: Path) -> Item:
    return Item("免于执行", path, partial(_exemption_entries, path=path))


def _exemption_entries(text: str, path: Path) -> list[Entry]:
    held = held_at(text, path)
    used = [str(rate.get("kind", "")) for rate in tomllib.loads(text).get("rates", [])]
    kinds = dict.fromkeys((*used, *held.get("kinds", ())))
    return [
        Entry("label", "哪些企业", "text", held.get("label"), _measure(path, "label")),
        Entry("when", "条件", "condition", held.get("when"), _measure(path, "when")),
        Entry(
            *("kinds", "只免这些种类（不选为全部）", "several", tuple(held.get("kinds", ()))),
            lambda text, value: editing.set_entry(text, (*path, "kinds"), list(value) or None),
            tuple((kind, kind) for kind in kinds if kind),
        ),
        *_shared(text, path),
    ]
