"""The documents that the figures of a rule file rest on, and the choice among them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.policy import editing, ladder_editing
from zoneeval.policy.citations import CONFIDENCE
from zoneeval_ui.pages.policies.parts import (
    Adder,
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


def citations_form(data: Mapping[str, Any]) -> Form:
    """Return the documents that the figures rest on."""
    rows = []
    for number, held in enumerate(data.get("citations", [])):
        path: Path = ("citations", number)
        words = "，".join(
            str(part)
            for part in (
                held.get("number"),
                held.get("published"),
                CONFIDENCE.get(held.get("confidence", ""), ""),
                "转引" if held.get("secondary") else "",
            )
            if part
        )
        own = held.get("id") == data.get("id")
        rows.append(
            Row(
                f"《{held.get('title', '')}》" + ("（本文件）" if own else ""),
                (),
                None if own else removing(path),
                words,
                _citation_item(path),
            )
        )
    adder = Adder(
        "add-citation",
        "增加依据文件…",
        _add_citation,
        lambda text: _citation_item(("citations", len(held_at(text, ("citations",))) - 1)),
    )
    return Form("依据文件", (), tuple(rows), adder=adder, path=("citations",))


def _add_citation(text: str) -> str:
    name = ladder_editing.free_id(text, ("citations",), "document")
    return ladder_editing.append(text, ("citations",), {"id": name, "title": "文件名称"})


def _citation_item(path: Path) -> Item:
    return Item("依据文件", path, partial(_citation_entries, path=path))


def _citation_entries(text: str, path: Path) -> list[Entry]:
    held = held_at(text, path)
    words = (("title", "名称"), ("issuer", "发文单位"), ("number", "文号"), ("published", "日期"))
    sure: Choices = (("", "不写"), *CONFIDENCE.items())
    confidence = held.get("confidence", "")
    return [
        *(Entry(key, label, "text", held.get(key), at((*path, key))) for key, label in words),
        Entry("confidence", "来源", "choice", confidence, or_none((*path, "confidence")), sure),
        Entry(
            *("secondary", "转引（没有见到原文）", "flag", bool(held.get("secondary"))),
            lambda text, on: editing.set_entry(text, (*path, "secondary"), on or None),
        ),
    ]


def missing_form(data: Mapping[str, Any]) -> Form:
    """Return what a file names as not yet known; an entry goes when it has been filled in."""
    rows = []
    for number, words in enumerate(data.get("missing", [])):
        path: Path = ("missing", number)
        rows.append(Row(f"第 {number + 1} 条", (), removing(path), str(words), _missing_item(path)))
    adder = Adder(
        "add-missing",
        "增加一条…",
        _add_missing,
        lambda text: _missing_item(("missing", len(held_at(text, ("missing",))) - 1)),
    )
    note = "文件没有写明、还要补的内容；补上以后把这一条删去。" if rows else "没有。"
    return Form("还缺什么", (), tuple(rows), adder=adder, note=note, path=("missing",))


def _add_missing(text: str) -> str:
    held = [str(one) for one in tomllib.loads(text).get("missing", [])]
    return editing.set_head(text, "missing", [*held, "还缺的内容"])


def _missing_item(path: Path) -> Item:
    return Item("还缺什么", path, partial(_missing_entries, path=path))


def _missing_entries(text: str, path: Path) -> list[Entry]:
    def change(text: str, value: Any) -> str:
        return editing.set_value(text, path, value or "还缺的内容")

    return [Entry("missing", "内容", "text", str(held_at(text, path)), change)]
