"""Evaluate a formula over all enterprises at once.

Numbers are float64 with NaN for missing; a division by zero is missing, never an
infinity.  Numbers that only the last bits of the arithmetic part are equal: 1.2 ÷ 6
reaches a line of 0.2.  Truth values are 1.0, 0.0 and NaN for "cannot be known", combined by
Kleene's rules: a known part may still decide an ``or``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from typing import Protocol, cast

import numpy as np

from zoneeval.errors import ExpressionError
from zoneeval.expressions.parsing import SCORE, Expression
from zoneeval.model.arrays import FloatArray, TextArray
from zoneeval.model.dataset import is_number_key
from zoneeval.rounding import NOISE


class Table(Protocol):
    """What a formula is evaluated over; :class:`zoneeval.model.dataset.Dataset` is one."""

    @property
    def size(self) -> int: ...
    @property
    def year(self) -> int | None: ...
    def has(self, key: str) -> bool: ...
    def number(self, key: str) -> FloatArray: ...
    def text(self, key: str) -> TextArray: ...


def evaluate_number(expression: Expression, table: Table) -> FloatArray:
    """Return the formula's value per row, shape (table.size,), NaN for missing."""
    return _Evaluator(table, expression.text).number(expression.tree)


def evaluate_truth(expression: Expression, table: Table) -> FloatArray:
    """Return 1.0, 0.0 or NaN (cannot be known) per row, shape (table.size,)."""
    return _Evaluator(table, expression.text).truth(expression.tree)


def quotient_parts(expression: Expression) -> tuple[Expression, Expression] | None:
    """Return numerator and denominator of a formula that is one quotient, else None."""
    tree = expression.tree
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
        return (
            Expression(ast.unparse(tree.left), tree.left),
            Expression(ast.unparse(tree.right), tree.right),
        )
    return None


class _Evaluator:
    def __init__(self, table: Table, text: str) -> None:
        self.table = table
        self.text = text

    def number(self, node: ast.expr) -> FloatArray:
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            return np.full(self.table.size, float(cast(float, node.value)))
        if isinstance(node, ast.Constant):
            raise ExpressionError(
                f"公式“{self.text}”写法有误：文字“{node.value!s}”不能参加运算，只能比较是否相同。"
            )
        if isinstance(node, ast.Name):
            if not is_number_key(node.id) and self.table.has(node.id):
                column = self.table.text(node.id)
                if column.dtype == object:
                    raise ExpressionError(
                        f"公式“{self.text}”写法有误：“{node.id}”不是数字，不能参加运算。"
                    )
            return self.table.number(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -self.number(node.operand)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node.func.id, node)
        return self.truth(node)

    def _arithmetic(self, node: ast.BinOp) -> FloatArray:
        left, right = self.number(node.left), self.number(node.right)
        out = np.full(self.table.size, np.nan)
        with np.errstate(over="ignore", invalid="ignore"):
            if isinstance(node.op, ast.Add):
                np.add(left, right, out=out)
            elif isinstance(node.op, ast.Sub):
                np.subtract(left, right, out=out)
            elif isinstance(node.op, ast.Mult):
                np.multiply(left, right, out=out)
            else:
                np.divide(left, right, out=out, where=right != 0)
        out[np.isinf(out)] = np.nan
        return out

    def _call(self, name: str, node: ast.Call) -> FloatArray:
        if name == "years_since":
            return self._years_since(cast(ast.Name, node.args[0]).id)
        if name == "days_since":
            return self._days_since(cast(ast.Name, node.args[0]).id)
        if name == "in_codes":
            codes = [str(cast(ast.Constant, a).value) for a in node.args[1:]]
            return self._in_codes(cast(ast.Name, node.args[0]).id, codes)
        if name == "score":
            return self._score(cast(ast.Name, node.args[0]).id)
        columns = [self.number(argument) for argument in node.args]
        out = columns[0].copy()
        for column in columns[1:]:
            if name == "min":
                out = np.minimum(out, column)
            elif name == "max":
                out = np.maximum(out, column)
            else:
                out = np.where(np.isnan(out), column, out)
        return out

    def _score(self, key: str) -> FloatArray:
        if not self.table.has(SCORE + key):
            raise ExpressionError(
                f"公式“{self.text}”写法有误：score({key}) 只能用在分类和调整规则里，"
                "而且必须是本组别计分的指标。"
            )
        return self.table.number(SCORE + key)

    def _years_since(self, key: str) -> FloatArray:
        if is_number_key(key):
            raise ExpressionError(f"公式“{self.text}”写法有误：“{key}”不是日期。")
        year = self.table.year
        if year is None:
            return np.full(self.table.size, np.nan)
        return _each(
            self.table.text(key),
            lambda text: year - int(text[:4]) if text[:4].isdigit() else np.nan,
        )

    def _days_since(self, key: str) -> FloatArray:
        if is_number_key(key):
            raise ExpressionError(f"公式“{self.text}”写法有误：“{key}”不是日期。")
        if self.table.year is None:
            return np.full(self.table.size, np.nan)
        last = date(self.table.year, 12, 31)

        def days(text: str) -> float:
            try:
                return float((last - date.fromisoformat(text)).days)
            except ValueError:
                return np.nan

        return _each(self.table.text(key), days)

    def _in_codes(self, key: str, codes: list[str]) -> FloatArray:
        """Compare by the leading digits; a section letter before them (C33) is skipped.

        What is not two to four digits is no code, and then nothing is known.
        """
        if is_number_key(key):
            raise ExpressionError(f"公式“{self.text}”写法有误：“{key}”不是代码。")
        ranges = [(part.partition("-")[0], part.partition("-")[2]) for part in codes]

        def inside(text: str) -> float:
            code = text[1:] if text[:1].isalpha() else text
            if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
                return np.nan
            return float(
                any(
                    low <= code[: len(low)] <= high if high else code.startswith(low)
                    for low, high in ranges
                )
            )

        return _each(self.table.text(key), inside)

    def truth(self, node: ast.expr) -> FloatArray:
        if isinstance(node, ast.BoolOp):
            parts = [self.truth(value) for value in node.values]
            stacked = np.vstack(parts)
            unknown = np.isnan(stacked).any(axis=0)
            if isinstance(node.op, ast.And):
                decided = (stacked == 0).any(axis=0)
                return np.where(decided, 0.0, np.where(unknown, np.nan, 1.0))
            decided = (stacked == 1).any(axis=0)
            return np.where(decided, 1.0, np.where(unknown, np.nan, 0.0))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return 1.0 - self.truth(node.operand)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        values = self.number(node)
        return np.where(np.isnan(values), np.nan, (values != 0).astype(np.float64))

    def _compare(self, node: ast.Compare) -> FloatArray:
        operands = [node.left, *node.comparators]
        results = [
            self._compare_pair(op, left, right)
            for op, left, right in zip(node.ops, operands[:-1], operands[1:], strict=True)
        ]
        out = results[0]
        for result in results[1:]:
            out = np.where((out == 0) | (result == 0), 0.0, out * result)
        return out

    def _compare_pair(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> FloatArray:
        texts = [self._as_text(side) for side in (left, right)]
        if texts[0] is not None or texts[1] is not None:
            if texts[0] is None or texts[1] is None or not isinstance(op, ast.Eq | ast.NotEq):
                raise ExpressionError(f"公式“{self.text}”写法有误：文字只能与文字比较是否相同。")
            pairs = list(zip(texts[0].tolist(), texts[1].tolist(), strict=True))
            missing = np.array([a is None or b is None for a, b in pairs], dtype=bool)
            same = np.array([a == b for a, b in pairs], dtype=np.float64)
            result = same if isinstance(op, ast.Eq) else 1.0 - same
            return np.where(missing, np.nan, result)
        a, b = self.number(left), self.number(right)
        with np.errstate(over="ignore"):
            near = np.abs(a - b) <= NOISE * np.maximum(np.abs(a), np.abs(b))
        if isinstance(op, ast.Eq | ast.NotEq):
            met = near if isinstance(op, ast.Eq) else ~near
        elif isinstance(op, ast.Lt | ast.LtE):
            met = (a < b) & ~near if isinstance(op, ast.Lt) else (a < b) | near
        else:
            met = (a > b) & ~near if isinstance(op, ast.Gt) else (a > b) | near
        return np.where(np.isnan(a) | np.isnan(b), np.nan, met.astype(np.float64))

    def _as_text(self, node: ast.expr) -> TextArray | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return np.full(self.table.size, node.value, dtype=object)
        if isinstance(node, ast.Name) and not is_number_key(node.id):
            column = self.table.text(node.id)
            if column.dtype == object:
                return column
        return None


def _each(column: TextArray, rule: Callable[[str], float]) -> FloatArray:
    """Return the rule's number per row, asked once per different text; NaN for missing."""
    found = {text: rule(text) if text else np.nan for text in set(column.tolist())}
    return np.array([found[text] for text in column.tolist()], dtype=np.float64)
