"""Checks of a policy that span several sections: sums, shares, names, citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from zoneeval.errors import ExpressionError
from zoneeval.expressions import evaluate_number, evaluate_truth, parse
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import FIELDS
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.policy.schema import Policy, Shares, Track, TwoStage

NOBODY = Dataset(
    {key: np.empty(0, dtype=float if f.is_number else object) for key, f in FIELDS.items()}
)
"""A table without rows, on which formulas are tried before they meet real data."""
GROUP_FIELDS = ("zone", "town", "industry_code", "scale")


def policy_faults(policy: Policy, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that the sections have together, in the order of the file."""
    faults = []
    for path, message, suggestion in _findings(policy):
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))
    return faults


Finding = tuple[Sequence[str | int], str, str]


def _findings(policy: Policy) -> Iterator[Finding]:
    letters = [g.letter for g in policy.grades]
    yield from _unique([g.letter for g in policy.grades], "grades", "类别")
    yield from _unique([t.id for t in policy.tracks], "tracks", "组别编号")
    yield from _unique([c.id for c in policy.citations], "citations", "依据编号")
    cited = {c.id for c in policy.citations}
    for number, condition in enumerate(policy.eligibility):
        where: tuple[str | int, ...] = ("eligibility", number)
        yield from _formula(condition.when, (*where, "when"), truth=True)
        if condition.grade and condition.grade not in letters:
            yield (*where, "grade"), f"类别“{condition.grade}”没有在 grades 中列出", ""
        yield from _cited(condition.cite, condition.illustrative, cited, where)
    for number, track in enumerate(policy.tracks):
        yield from _track(track, ("tracks", number), letters, cited)
    if sum(t.default for t in policy.tracks) > 1:
        yield ("tracks",), "只能有一个组别写 default = true", "保留一个"


def _unique(names: list[str], section: str, what: str) -> Iterator[Finding]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (section, number), f"{what}“{name}”重复", "每个只能出现一次"


def _formula(text: str, where: Sequence[str | int], *, truth: bool = False) -> Iterator[Finding]:
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield where, str(error), ""
        return
    unknown = [name for name in expression.fields if name not in FIELDS]
    for name in unknown:
        yield where, f"不认识字段“{name}”", "可用的字段见 zoneeval score --fields"
    if unknown:
        return
    try:
        (evaluate_truth if truth else evaluate_number)(expression, NOBODY)
    except ExpressionError as error:
        yield where, str(error), ""


def _cited(
    cite: str, illustrative: bool, cited: set[str], where: Sequence[str | int]
) -> Iterator[Finding]:
    if cite and cite not in cited:
        yield (*where, "cite"), f"依据“{cite}”没有在 citations 中列出", "请补上这份文件"
    if not cite and not illustrative:
        yield where, "没有写依据", '写上 cite = "…"，没有公布的数值写 illustrative = true'


def _track(
    track: Track, where: tuple[str | int, ...], letters: list[str], cited: set[str]
) -> Iterator[Finding]:
    if track.when:
        yield from _formula(track.when, (*where, "when"), truth=True)
    for name in track.group_by:
        if name not in GROUP_FIELDS:
            yield (*where, "group_by"), f"不能按“{name}”分组", f"可用：{'、'.join(GROUP_FIELDS)}"
    total = sum((Decimal(repr(i.weight)) for i in track.indicators), Decimal(0))
    if total != 100:
        yield (
            (*where, "indicators"),
            f"各项权重合计 {total.normalize():f}，应为 100",
            "请调整各项 weight",
        )
    keys = [i.key for i in track.indicators]
    for number, indicator in enumerate(track.indicators):
        here = (*where, "indicators", number)
        if indicator.key in keys[:number]:
            yield here, f"指标“{indicator.key}”重复", "每个指标只能出现一次"
        known = FIELDS.get(indicator.key)
        if indicator.formula:
            yield from _formula(indicator.formula, (*here, "formula"))
        elif indicator.first_available:
            for name in indicator.first_available:
                if name not in FIELDS:
                    yield (*here, "first_available"), f"不认识字段“{name}”", ""
        elif known is None or not known.is_number:
            yield (
                (*here, "key"),
                f"不认识指标“{indicator.key}”",
                "用已有指标，或写出 formula、label、unit",
            )
        if known and not indicator.formula and indicator.unit not in ("", known.unit):
            yield (
                (*here, "unit"),
                f"“{known.label}”的单位是“{known.unit}”，不是“{indicator.unit}”",
                f"基准值请换算成“{known.unit}”，unit 可以不写",
            )
        if (
            indicator.cap is not None
            and indicator.floor is not None
            and indicator.cap < indicator.floor
        ):
            yield (*here, "cap"), "上限低于下限", ""
        yield from _cited(indicator.cite, indicator.illustrative, cited, here)
        mark = indicator.benchmark
        yield from _cited(
            mark.cite or indicator.cite,
            mark.illustrative or indicator.illustrative,
            cited,
            (*here, "benchmark"),
        )
    for number, bonus in enumerate(track.bonus):
        here = (*where, "bonus", number)
        yield from _formula(bonus.when, (*here, "when"), truth=True)
        yield from _cited(bonus.cite, bonus.illustrative, cited, here)
    yield from _grading(track, (*where, "grading"), letters, cited)


def _grading(
    track: Track, where: tuple[str | int, ...], letters: list[str], cited: set[str]
) -> Iterator[Finding]:
    grading = track.grading
    if isinstance(grading, Shares):
        ends = [band.up_to for band in grading.bands]
        for number, band in enumerate(grading.bands):
            if band.grade not in letters:
                yield (*where, "bands"), f"类别“{band.grade}”没有在 grades 中列出", ""
            if number and band.up_to <= ends[number - 1]:
                yield (
                    (*where, "bands"),
                    f"“{band.grade}”的累计比例没有大于前一类",
                    "累计比例应逐类增大",
                )
        if ends[-1] != 1:
            yield (*where, "bands"), f"最后一类的累计比例是 {ends[-1]:g}，应为 1", ""
        yield from _cited(grading.cite, grading.illustrative, cited, where)
    elif isinstance(grading, TwoStage):
        for half in ("upper", "lower"):
            total = sum(
                (Decimal(repr(s.share)) for s in grading.selections if s.half == half), Decimal(0)
            )
            if total > Decimal(repr(grading.gate)):
                yield (
                    where,
                    f"从同一半中选取的比例合计 {total} 超过入围比例 {grading.gate:g}",
                    "请减小 share",
                )
        for number, selection in enumerate(grading.selections):
            here = (*where, "selections", number)
            if selection.grade not in letters:
                yield here, f"类别“{selection.grade}”没有在 grades 中列出", ""
            yield from _formula(selection.order_by, (*here, "order_by"))
            yield from _cited(selection.cite, selection.illustrative, cited, here)
        if grading.rest not in letters:
            yield (*where, "rest"), f"类别“{grading.rest}”没有在 grades 中列出", ""
        yield from _cited(grading.cite, grading.illustrative, cited, where)
