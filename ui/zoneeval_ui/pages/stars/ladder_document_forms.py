"""The groups of zones that a ladder ranks together, and the documents that it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import Any

from zoneeval.policy import editing, ladder_editing
from zoneeval_ui.pages.policies.document_forms import citations_form
from zoneeval_ui.pages.policies.parts import (
    Adder,
    Apply,
    Entry,
    Form,
    Item,
    Path,
    Row,
    at,
    raising,
    removing,
)
from zoneeval_ui.pages.policies.rule_forms import held_at
from zoneeval_ui.pages.stars.ladder_forms import label_of

__all__ = ["citations_form", "peers_form"]


def peers_form(data: Mapping[str, Any]) -> Form:
    """Return the groups of zones that are ranked together."""
    rows = []
    for number, held in enumerate(data.get("peers", [])):
        path: Path = ("peers", number)
        label = str(held.get("label", ""))
        own = "，有自己的权重" if held.get("weights") else ""
        words = f"编号 {held.get('id', '')}{own}"
        rows.append(Row(label, (), removing(path), words, _peer_item(path), raising(path)))
    adder = Adder(
        "add-peer",
        "增加同类组…",
        _add_peer,
        lambda text: _peer_item(("peers", len(held_at(text, ("peers",))) - 1)),
    )
    note = "" if rows else "没有分组，全部园区一起排名。各园区归哪一组在“数据—园区资料”中记录。"
    return Form("同类组", (), tuple(rows), adder=adder, note=note)


def _add_peer(text: str) -> str:
    name = ladder_editing.free_id(text, ("peers",), "同类组")
    return ladder_editing.append(text, ("peers",), {"id": name, "label": "新的同类组"})


def _peer_item(path: Path) -> Item:
    return Item("同类组", path, partial(_peer_entries, path=path))


def _peer_entries(text: str, path: Path) -> list[Entry]:
    data, held = tomllib.loads(text), held_at(text, path)
    weights = dict(held.get("weights") or {})

    def weigh(key: str) -> Apply:
        def apply(text: str, value: Any) -> str:
            now = dict(held_at(text, path).get("weights") or {})
            now.pop(key, None)
            if value is not None:
                now[key] = value
            return editing.set_entry(text, (*path, "weights"), now or None)

        return apply

    items = (data.get("composite") or {}).get("items", [])
    return [
        Entry("label", "名称", "text", held.get("label"), at((*path, "label"))),
        Entry("id", "编号", "text", held.get("id"), at((*path, "id"))),
        *(
            Entry(
                *(f"weight-{item['id']}", f"权重：{label_of(item)}（不写同总表）", "number"),
                *(weights.get(item["id"]), weigh(str(item["id"]))),
            )
            for item in items
        ),
    ]
