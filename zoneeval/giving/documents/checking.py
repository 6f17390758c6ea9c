"""Which names in a template are no fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from zoneeval.giving.documents.fields import Field

if TYPE_CHECKING:
    from jinja2 import nodes

_LOOP = tuple(
    Field(name, "")
    for name in (
        "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0",
    )
)  # fmt: skip
_KNOWN = Field("", "", parts=())
"""Stands for a value whose parts nobody needs to know, such as one that was set."""

_Names = Mapping[str, Field]


def unknown_names(tree: nodes.Template, fields: tuple[Field, ...]) -> list[str]:
    """Return the names and parts of names that are no fields, in the order they come."""
    found = _unknown(tree, {field.name: field for field in fields})
    return list(dict.fromkeys(found))


def _unknown(node: nodes.Node, names: _Names) -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.For):
        yield from _unknown(node.iter, names)
        inner = {**names, **_bound(node, names)}
        yield from _in_turn(([node.test] if node.test else []) + node.body, inner)
        yield from _in_turn(node.else_, names)
    elif isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in names:
            yield node.name
    elif isinstance(node, nodes.Getattr | nodes.Getitem):
        yield from _unknown(node.node, names)
        part = _part(node)
        owner = _field(node.node, names)
        if owner is not None and part is not None and owner.parts and not owner.is_list:
            if part not in {field.name for field in owner.parts}:
                yield f"{_words(node.node)}.{part}"
        elif isinstance(node, nodes.Getattr) and owner is not None and owner is not _KNOWN:
            yield f"{_words(node.node)}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            yield from _unknown(node.arg, names)
    elif isinstance(node, nodes.Template | nodes.If | nodes.Block | nodes.With | nodes.Scope):
        yield from _in_turn(node.iter_child_nodes(), names)
    else:
        for child in node.iter_child_nodes():
            yield from _unknown(child, names)


def _in_turn(parts: Iterable[nodes.Node], names: _Names) -> Iterator[str]:
    """Follow the parts of a block one after the other: what one sets, the next may use."""
    from jinja2 import nodes

    inner = dict(names)
    for child in parts:
        yield from _unknown(child, inner)
        if isinstance(child, nodes.Assign) and isinstance(child.target, nodes.Name):
            inner[child.target.name] = _KNOWN


def _bound(node: nodes.For, names: _Names) -> dict[str, Field]:
    """Return what the names of a loop stand for."""
    from jinja2 import nodes

    listed = _field(node.iter, names)
    bound = {"loop": Field("loop", "", parts=_LOOP)}
    if isinstance(node.target, nodes.Name):
        parts = listed.parts if listed is not None else ()
        bound[node.target.name] = Field(node.target.name, "", parts=parts) if parts else _KNOWN
    else:
        bound |= {name.name: _KNOWN for name in node.target.find_all(nodes.Name)}
    return bound


def _field(node: nodes.Node, names: _Names) -> Field | None:
    """Return the field that an expression names, or None where it is something else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        owner, part = _field(node.node, names), _part(node)
        parts = owner.parts if owner is not None else ()
        return next((field for field in parts if field.name == part), None)
    return None


def _part(node: nodes.Getattr | nodes.Getitem) -> str | None:
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _words(node: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return f"{_words(node.node)}.{_part(node)}"
    return "…"
