"""What the checks of a policy have in common: formulas, documents, names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

import numpy as np

from zoneeval.errors import ExpressionError
from zoneeval.expressions import evaluate_number, evaluate_truth, parse
from zoneeval.expressions.parsing import SCORE
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS

NOBODY = Dataset(
    {key: np.empty(0, dtype=float if f.is_number else object) for key, f in FIELDS.items()}
)
"""A table without rows, on which formulas are tried before they meet real data."""
COMPOSITE = "composite_score"

Finding = tuple[Sequence[str | int], str, str]
"""Path of the key, what is wrong, and what would be right."""


def unique(names: Sequence[str], section: str, what: str) -> Iterator[Finding]:
    """Find names that occur twice in a section."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (section, number), f"{what}“{name}”重复", "每个只能出现一次"


def meant_field(name: str) -> str:
    """Return which field a name that is none may have meant, and where all are listed."""
    listing = "可用的字段见 zoneeval score --fields"
    if name.lower() in ("true", "false"):
        return "“是”写 1，“否”写 0，如 listed == 1"
    for key, field in FIELDS.items():
        if name in (field.label, *field.aliases):
            return f"“{name}”在公式里写 {key}"
        if name in field.choices:
            return f'文字要加引号，写成 "{name}"'
    close = get_close_matches(name, FIELDS, 1, 0.75)
    return f"是不是 {close[0]}（{FIELDS[close[0]].label}）？{listing}" if close else listing


def formula(
    text: str,
    where: Sequence[str | int],
    *,
    truth: bool = False,
    scored: Collection[str] | None = None,
) -> Iterator[Finding]:
    """Find what is wrong with a formula; ``scored`` are the indicators it may ask points of."""
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield where, str(error), ""
        return
    table = NOBODY
    if scored:
        nothing = np.empty(0)
        names = [COMPOSITE, *(SCORE + key for key in scored)]
        table = NOBODY.with_columns(dict.fromkeys(names, nothing))
    unknown = [name for name in expression.fields if name not in FIELDS and not table.has(name)]
    for name in unknown:
        yield where, f"不认识字段“{name}”", meant_field(name)
    if unknown:
        return
    try:
        (evaluate_truth if truth else evaluate_number)(expression, table)
    except ExpressionError as error:
        yield where, str(error), ""
    for name, value in expression.compared:
        choices = FIELDS[name].choices if name in FIELDS else ()
        if choices and value not in choices:
            yield where, f"“{FIELDS[name].label}”不会是“{value}”", f"只有：{'、'.join(choices)}"


def cited(
    cite: str, illustrative: bool, known: Collection[str], where: Sequence[str | int]
) -> Iterator[Finding]:
    """Find a figure without a document, or with one that is not listed."""
    if cite and cite not in known:
        yield (*where, "cite"), f"依据“{cite}”没有在 citations 中列出", "请补上这份文件"
    if not cite and not illustrative:
        yield where, "没有写依据", '写上 cite = "…"，没有公布的数值写 illustrative = true'


def listed(grade: str, letters: Collection[str], where: Sequence[str | int]) -> Iterator[Finding]:
    """Find a class that the policy does not have."""
    if grade not in letters:
        yield where, f"类别“{grade}”没有在 grades 中列出", f"列出的有：{'、'.join(letters)}"
