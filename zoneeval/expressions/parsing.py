"""Parse a formula and refuse everything that is not in the language.

The language: field names, numbers, quoted text, ``+ - * /`` (also ``× ÷``),
parentheses, comparisons, ``and or not`` and the functions below.  Python's own
parser reads it; a white list of node types keeps everything else out.

==================================  =============================================
``min(a, b, …)``, ``max(a, b, …)``  missing where any argument is missing
``coalesce(a, b, …)``               the first that is not missing
``years_since(date)``               full years up to 31 December of the data's year
``days_since(date)``                days up to that day; negative for a later date
``in_codes(code, "13-43", "4412")``  whether an industry code begins so
``score(indicator)``                points of an indicator, where classes are given
==================================  =============================================
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zoneeval.errors import ExpressionError

FUNCTIONS = ("min", "max", "coalesce", "years_since", "days_since", "in_codes", "score")
_OF_DATES = ("years_since", "days_since")
SCORE = "score:"
"""What the column of an indicator's points is called: this and the indicator's key."""

_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.Call,
    ast.Name,
    ast.Constant,
    ast.Load,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.USub,
    ast.Not,
    ast.And,
    ast.Or,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
)
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "，": ",", "＞": ">", "＜": "<"})
_SLIPS = {
    r"&&?|并且|且|和": "“并且”要写成 and",
    r"\|\|?|或者|或": "“或者”要写成 or",
    r"=>": "“不小于”要写成 >=",
    r"=<": "“不大于”要写成 <=",
    r"<>": "“不等于”要写成 !=",
    r"(?<![<>=!])=(?!=)|＝": "“等于”要写成两个等号 ==",
    r"[%％]": "百分数要写成小数，如 20% 写 0.2",
    r"\d\s*[万亩元家次年]": "数字后面不写单位",
}
"""What people write in formulas out of habit, and how it is written here."""
_FOREIGN = {
    "Tuple": "函数以外的逗号",
    "List": "方括号",
    "Subscript": "方括号",
    "Dict": "花括号",
    "Set": "花括号",
    "Attribute": "名称里的小数点",
    "Pow": "乘方 **",
    "Mod": "取余 %",
    "FloorDiv": "整除 //",
    "In": "in（属于几种情况之一，用 or 连接几个 ==）",
    "NotIn": "not in（用 and 连接几个 !=）",
    "Is": "is（用 ==）",
    "IsNot": "is not（用 !=）",
    "BitAnd": "&（“并且”写成 and）",
    "BitOr": "|（“或者”写成 or）",
}
"""What Python has and this language has not, as a person calls it."""
_LONGEST = 2000
_DEEPEST = 100
_LARGEST = 1e300


@dataclass(frozen=True)
class Expression:
    """A parsed formula: its text and its checked syntax tree."""

    text: str
    tree: ast.expr

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the field names it refers to, in order of appearance."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        called = {id(node.func) for node in calls}
        called |= {id(node.args[0]) for node in calls if _is_call(node, "score")}
        names = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Name) and id(node) not in called
        ]
        names.sort(key=lambda node: (node.lineno, node.col_offset))
        return tuple(dict.fromkeys(node.id for node in names))

    @cached_property
    def scored(self) -> tuple[str, ...]:
        """Return the indicators whose points it refers to, in no stated order."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        inside = [call.args[0] for call in calls if _is_call(call, "score")]
        return tuple(dict.fromkeys(node.id for node in inside if isinstance(node, ast.Name)))

    @cached_property
    def compared(self) -> tuple[tuple[str, str], ...]:
        """Return each field that is compared with a quoted text, with the text."""
        pairs = []
        for node in ast.walk(self.tree):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            names = [side.id for side in sides if isinstance(side, ast.Name)]
            texts = [side.value for side in sides if isinstance(side, ast.Constant)]
            pairs += [(n, t) for n in names for t in texts if isinstance(t, str)]
        return tuple(pairs)

    @cached_property
    def uses_year(self) -> bool:
        """Tell whether the value depends on the year of the data."""
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _OF_DATES
            for node in ast.walk(self.tree)
        )


def _is_call(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == name


def _refuse(text: str, why: str) -> ExpressionError:
    return ExpressionError(f"公式“{text}”写法有误：{why}。")


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression:
    """Parse ``text``; raise :class:`ExpressionError` with the reason in Chinese."""
    if len(text) > _LONGEST:
        raise _refuse(text[:40] + "…", f"超过 {_LONGEST} 个字符")
    source = text.replace("×", "*").replace("÷", "/").replace("（", "(").replace("）", ")")
    source = source.replace("≥", ">=").replace("≤", "<=").replace("≠", "!=").strip()
    source = source.translate(_PLAIN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refuse(text, _slip(source) or "括号、运算符或引号不完整") from None
    if _depth(tree) > _DEEPEST:
        raise _refuse(text, f"层次超过 {_DEEPEST} 层，请分成几个指标")
    for node in ast.walk(tree):
        _check(node, text)
    return Expression(text, tree.body)


def _slip(source: str) -> str:
    """Return what a text that cannot be read seems to have meant, "" where it is not clear."""
    bare = re.sub(r"""(["']).*?\1""", "", source)
    for pattern, words in _SLIPS.items():
        if re.search(pattern, bare):
            return words
    return ""


def _is_too_large(value: object) -> bool:
    return isinstance(value, int | float) and value > _LARGEST


def _depth(tree: ast.AST) -> int:
    level, depth = [tree], 0
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


def _named(node: ast.AST) -> str:
    """Return how a person calls what a formula must not hold."""
    return _FOREIGN.get(type(node).__name__, "这样的写法")


def _check(node: ast.AST, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise _refuse(text, f"不支持{_named(node)}，只能用四则运算、比较和规定的函数")
    if isinstance(node, ast.Constant) and (
        isinstance(node.value, bool) or not isinstance(node.value, int | float | str)
    ):
        raise _refuse(text, f"常数“{node.value!r}”只能是数字或引号内的文字")
    if isinstance(node, ast.Constant) and _is_too_large(node.value):
        raise _refuse(text, "数字太大")
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            raise _refuse(text, f"只能使用这些函数：{'、'.join(FUNCTIONS)}")
        if node.keywords or not node.args:
            raise _refuse(text, f"函数 {node.func.id} 的参数写法有误")
        if node.func.id in _OF_DATES and not (
            len(node.args) == 1 and isinstance(node.args[0], ast.Name)
        ):
            raise _refuse(text, f"{node.func.id} 的参数是一个日期字段")
        if node.func.id == "score" and not (
            len(node.args) == 1 and isinstance(node.args[0], ast.Name)
        ):
            raise _refuse(text, "score 的参数是一个指标，如 score(tax_per_mu)")
        if node.func.id == "in_codes":
            codes = node.args[1:]
            texts = all(isinstance(c, ast.Constant) and isinstance(c.value, str) for c in codes)
            if not codes or not isinstance(node.args[0], ast.Name) or not texts:
                raise _refuse(text, 'in_codes 的参数是一个代码字段和若干引号内的代码，如 "13-43"')
