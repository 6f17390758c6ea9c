"""Formulas as rows of a form: what is compared, how, with what; sums as lists.

A formula that is more than that, such as one with "and" inside of "or", is left to
those who write formulas: it has no rows.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zoneeval.errors import ExpressionError
from zoneeval.expressions import parse
from zoneeval.expressions.wording import worded
from zoneeval.model.fields import FIELDS

SubjectKind = Literal["number", "share", "flag", "choice", "codes", "text"]
SIGNS = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于", "==": "等于", "!=": "不等于"}
FLAG_SIGNS = {"==": "是", "!=": "不是"}
CODE_SIGNS = {"in": "属于", "not in": "不属于"}
_SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.GtE: ">=",
    ast.Gt: ">",
    ast.LtE: "<=",
    ast.Lt: "<",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_HIDDEN = ("uscc", "name")
_ONE_NAME = ("years_since", "days_since", "score")


@dataclass(frozen=True, slots=True)
class Subject:
    """What can stand at the left of a comparison: its formula, its name, what it holds."""

    formula: str
    label: str
    kind: SubjectKind = "number"
    unit: str = ""
    choices: tuple[str, ...] = ()

    @property
    def signs(self) -> dict[str, str]:
        """Return the signs that make sense, with their words."""
        if self.kind == "codes":
            return CODE_SIGNS
        if self.kind in ("flag", "choice", "text"):
            return FLAG_SIGNS
        return SIGNS


@dataclass(frozen=True, slots=True)
class Clause:
    """One row: subject, sign, and a figure, a text, or industry codes."""

    subject: str
    sign: str
    value: float | str | tuple[str, ...]

    @property
    def formula(self) -> str:
        """Return the row as a formula."""
        if isinstance(self.value, tuple):
            codes = ", ".join(f'"{code}"' for code in self.value)
            inside = f"in_codes({self.subject}, {codes})"
            return inside if self.sign == "in" else f"not {inside}"
        if isinstance(self.value, str):
            return f'{self.subject} {self.sign} "{self.value}"'
        return f"{self.subject} {self.sign} {self.value:.12g}"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that must all be met, or of which one is enough."""

    clauses: tuple[Clause, ...]
    one_is_enough: bool = False

    @property
    def formula(self) -> str:
        """Return the rows as a formula."""
        word = " or " if self.one_is_enough else " and "
        return word.join(clause.formula for clause in self.clauses)


def rows_of(formula: str) -> Rows | None:
    """Return a condition as rows, None where it is more than that or has faults."""
    try:
        tree = parse(formula).tree
    except ExpressionError:
        return None
    parts, enough = [tree], False
    if isinstance(tree, ast.BoolOp):
        parts, enough = list(tree.values), isinstance(tree.op, ast.Or)
    clauses = [_clause(part) for part in parts]
    found = tuple(clause for clause in clauses if clause is not None)
    return Rows(found, enough) if len(found) == len(parts) else None


def terms_of(formula: str) -> tuple[str, ...] | None:
    """Return the parts of a sum, None where a formula is more than that or has faults."""
    try:
        return _terms(parse(formula).tree)
    except ExpressionError:
        return None


def sum_of(terms: Sequence[str]) -> str:
    """Return the parts as a sum."""
    return " + ".join(terms)


def _terms(node: ast.expr) -> tuple[str, ...] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _terms(node.left), _terms(node.right)
        return None if left is None or right is None else (*left, *right)
    subject = _subject(node)
    return None if subject is None else (subject,)


def _clause(node: ast.expr) -> Clause | None:
    inner = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else node
    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
        if inner.func.id != "in_codes" or not isinstance(inner.args[0], ast.Name):
            return None
        codes = tuple(str(_constant(code)) for code in inner.args[1:])
        return Clause(inner.args[0].id, "in" if inner is node else "not in", codes)
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    subject, value = _subject(node.left), _constant(node.comparators[0])
    if subject is None or value is None:
        return None
    return Clause(subject, _SIGNS[type(node.ops[0])], value)


def _subject(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in _ONE_NAME and isinstance(node.args[0], ast.Name):
            return ast.unparse(node)
        if node.func.id == "coalesce" and len(node.args) == 2:
            held, instead = _subject(node.args[0]), _constant(node.args[1])
            return ast.unparse(node) if held is not None and instead is not None else None
    return None


def _constant(node: ast.expr) -> float | str | None:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return None
    if isinstance(node.value, str):
        return node.value if sign == 1 else None
    return sign * float(node.value) if isinstance(node.value, int | float) else None


def subjects(scored: Mapping[str, str] | None = None) -> list[Subject]:
    """Return what can be compared; ``scored`` are indicators whose points may be asked for.

    With ``scored`` given (key to label) the composite score comes first.
    """
    found = []
    if scored is not None:
        found.append(Subject("composite_score", "综合得分", unit="分"))
        found += [Subject(f"score({k})", f"{label}得分", unit="分") for k, label in scored.items()]
    for key, field in FIELDS.items():
        if key in _HIDDEN:
            continue
        if field.kind == "date":
            found.append(Subject(f"years_since({key})", f"{field.label}起的整年数", unit="年"))
            label = f"{field.label}到年末的天数（还没到的为负数）"
            found.append(Subject(f"days_since({key})", label, unit="天"))
        elif field.kind == "code":
            if key == "industry_code":
                found.append(Subject(key, field.label, "codes"))
        elif field.kind == "choice":
            found.append(Subject(key, field.label, "choice", choices=field.choices))
        elif field.kind in ("number", "share", "flag"):
            found.append(Subject(key, field.label, field.kind, field.unit))
        else:
            found.append(Subject(key, field.label, "text"))
    return found


def subject_of(formula: str, known: Sequence[Subject]) -> Subject:
    """Return the subject of a formula; one that is not offered is told in words."""
    found = next((one for one in known if one.formula == formula), None)
    return found or Subject(formula, worded(formula))
