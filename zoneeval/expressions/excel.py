"""Render a formula as the text of a spreadsheet formula for one row.

Only functions that Excel 2010, WPS and LibreOffice share.  Missing stays missing: what
cannot be known is told apart by conditions that never divide by zero and never compute
with text, so that a cell shows a dash and not an error.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from zoneeval.expressions.parsing import SCORE, Expression
from zoneeval.model.dataset import is_number_key
from zoneeval.model.fields import FIELDS

MISSING = "—"
"""What a cell holds whose value is missing."""

LONGEST = 8000
"""Characters that a cell's formula may have."""

_SIGNS = {
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_TEXT_KINDS = ("text", "code", "date", "choice")


class NotRenderableError(ValueError):
    """A formula that cannot be put into a cell; the caller gives the value instead."""


@dataclass(frozen=True)
class Rendered:
    """A value and what must hold for it to be known, each presupposing those before."""

    known: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class Renderer:
    """Renders formulas for one row; ``ref`` gives the cell of a field, ``year`` of the year.

    Points are asked for as ``score:`` and the indicator's key.
    """

    ref: Callable[[str], str]
    year: str

    def cell(self, expression: Expression) -> str:
        """Return the formula's value, or a dash where it is missing."""
        return guarded(self.number(expression.tree))

    def condition(self, expression: Expression) -> str:
        """Return whether the condition is known to be met."""
        return fitting(self.truth(expression.tree)[0])

    def number(self, node: ast.expr) -> Rendered:
        """Return a number and when it is known."""
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            return Rendered((), literal(float(cast(float, node.value))))
        if isinstance(node, ast.Name):
            if _is_text(node.id):
                raise NotRenderableError(node.id)
            cell = self.ref(node.id)
            return Rendered((f"ISNUMBER({cell})",), cell)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inside = self.number(node.operand)
            return Rendered(inside.known, f"(-{inside.value})")
        if isinstance(node, ast.BinOp):
            left, right = self.number(node.left), self.number(node.right)
            known = left.known + right.known
            if isinstance(node.op, ast.Div):
                known += (f"{right.value}<>0",)
            return Rendered(known, f"({left.value}{_ARITHMETIC[type(node.op)]}{right.value})")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node.func.id, node)
        if isinstance(node, ast.Constant):
            raise NotRenderableError(str(node.value))
        true, false = self.truth(node)
        return Rendered((f"OR({true},{false})",), f"IF({true},1,0)")

    def _call(self, name: str, node: ast.Call) -> Rendered:
        if name == "years_since":
            cell = self.ref(cast(ast.Name, node.args[0]).id)
            start = f"VALUE(LEFT({cell},4))"
            return Rendered((f"ISNUMBER({start})",), f"({self.year}-{start})")
        if name == "days_since":
            cell = self.ref(cast(ast.Name, node.args[0]).id)
            year, month, day = (f"VALUE(MID({cell},{at}))" for at in ("1,4", "6,2", "9,2"))
            known = tuple(f"ISNUMBER({part})" for part in (year, month, day))
            return Rendered(known, f"(DATE({self.year},12,31)-DATE({year},{month},{day}))")
        if name == "score":
            cell = self.ref(SCORE + cast(ast.Name, node.args[0]).id)
            return Rendered((f"ISNUMBER({cell})",), cell)
        if name == "in_codes":
            true, false = self._in_codes(node)
            return Rendered((f"OR({true},{false})",), f"IF({true},1,0)")
        parts = [self.number(argument) for argument in node.args]
        if name in ("min", "max"):
            known = tuple(c for part in parts for c in part.known)
            return Rendered(known, f"{name.upper()}({','.join(p.value for p in parts)})")
        value, some = parts[-1].value, both(parts[-1].known)
        for part in reversed(parts[:-1]):
            here = both(part.known)
            value = f"IF({here},{part.value},{value})"
            some = "TRUE" if some == "TRUE" else f"IF({here},TRUE,{some})"
        return Rendered(() if some == "TRUE" else (some,), value)

    def _in_codes(self, node: ast.Call) -> tuple[str, str]:
        cell = self.ref(cast(ast.Name, node.args[0]).id)
        code = f"IF(ISNUMBER(VALUE(LEFT({cell},1))),{cell},MID({cell},2,20))"
        tests = []
        for argument in node.args[1:]:
            low, _, high = str(cast(ast.Constant, argument).value).partition("-")
            start = f"LEFT({code},{len(low)})"
            if high:
                tests.append(f'AND({start}>="{low}",{start}<="{high}")')
            else:
                tests.append(f'{start}="{low}"')
        known = f"ISNUMBER(VALUE({code})),LEN({code})>=2,LEN({code})<=4"
        inside = f"OR({','.join(tests)})"
        return f"AND({known},{inside})", f"AND({known},NOT({inside}))"

    def truth(self, node: ast.expr) -> tuple[str, str]:
        """Return whether it is known to be true, and known to be false."""
        if isinstance(node, ast.BoolOp):
            pairs = [self.truth(value) for value in node.values]
            trues, falses = (",".join(side) for side in zip(*pairs, strict=True))
            if isinstance(node.op, ast.And):
                return f"AND({trues})", f"OR({falses})"
            return f"OR({trues})", f"AND({falses})"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            true, false = self.truth(node.operand)
            return false, true
        if isinstance(node, ast.Call) and cast(ast.Name, node.func).id == "in_codes":
            return self._in_codes(node)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            pairs = [
                self._pair(op, left, right)
                for op, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True)
            ]
            if len(pairs) == 1:
                return pairs[0]
            trues, falses = (",".join(side) for side in zip(*pairs, strict=True))
            return f"AND({trues})", f"OR({falses})"
        inside = self.number(node)
        met = f"{inside.value}<>0"
        return both((*inside.known, met)), both((*inside.known, f"NOT({met})"))

    def _pair(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> tuple[str, str]:
        texts = [self._as_text(side) for side in (left, right)]
        if texts[0] is not None and texts[1] is not None:
            known = tuple(c for side in texts if side for c in side.known)
            same = f"EXACT({texts[0].value},{texts[1].value})"
            met = same if isinstance(op, ast.Eq) else f"NOT({same})"
        else:
            a, b = self.number(left), self.number(right)
            known, met = a.known + b.known, f"{a.value}{_SIGNS[type(op)]}{b.value}"
        return both((*known, met)), both((*known, f"NOT({met})"))

    def _as_text(self, node: ast.expr) -> Rendered | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            quoted = node.value.replace('"', '""')
            return Rendered((), f'"{quoted}"')
        if isinstance(node, ast.Name) and _is_text(node.id):
            cell = self.ref(node.id)
            return Rendered((f'{cell}<>"{MISSING}"',), cell)
        return None


def literal(value: float) -> str:
    """Return a number as a formula writes it."""
    text = repr(value).upper()
    return text[:-2] if text.endswith(".0") else text


def both(conditions: Iterable[str]) -> str:
    """Return that all conditions hold, none looked at before those it presupposes."""
    asked = list(dict.fromkeys(conditions))
    simple = [c for c in asked if c.startswith("ISNUMBER(")]
    out = "TRUE"
    for condition in reversed([c for c in asked if c not in simple]):
        out = condition if out == "TRUE" else f"IF({condition},{out},FALSE)"
    if not simple:
        return out
    first = simple[0] if len(simple) == 1 else f"AND({','.join(simple)})"
    return first if out == "TRUE" else f"IF({first},{out},FALSE)"


def guarded(part: Rendered, otherwise: str = f'"{MISSING}"') -> str:
    """Return the value, or ``otherwise`` where it is not known."""
    known = both(part.known)
    return fitting(part.value if known == "TRUE" else f"IF({known},{part.value},{otherwise})")


def fitting(text: str) -> str:
    """Return ``text``, which a cell must be able to hold.

    Raises:
        NotRenderableError: it is too long.
    """
    if len(text) > LONGEST:
        raise NotRenderableError("公式太长")
    return text


def _is_text(name: str) -> bool:
    field = FIELDS.get(name)
    return field is not None and field.kind in _TEXT_KINDS and not is_number_key(name)
