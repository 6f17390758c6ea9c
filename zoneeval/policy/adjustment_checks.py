"""Checks of ``[[adjustments]]``, their precedence, and ``[[groups]]``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from zoneeval.policy.adjustment_schema import INDUSTRY_GROUP, Adjustment
from zoneeval.policy.findings import Finding, cited, formula, listed, unique
from zoneeval.policy.schema import Policy

_CODES = re.compile(r"^\d{2,4}(-\d{2,4})?$")


def adjustment_findings(
    policy: Policy, letters: Sequence[str], known: Collection[str]
) -> Iterator[Finding]:
    """Find what is wrong with adjustments, precedence and industry groups."""
    ids = [rule.id for rule in policy.adjustments]
    yield from unique(ids, "adjustments", "调整编号")
    yield from unique([r.reason for r in policy.adjustments], "adjustments", "调整理由")
    scored = _scored_everywhere(policy)
    for number, rule in enumerate(policy.adjustments):
        here = ("adjustments", number)
        yield from _class(rule, here, letters)
        yield from formula(rule.when, (*here, "when"), truth=True, scored=scored)
        for letter in rule.grades:
            yield from listed(letter, letters, (*here, "grades"))
        for track in rule.tracks:
            if policy.track(track) is None:
                yield (*here, "tracks"), f"没有编号为“{track}”的组别", ""
        yield from cited(rule.cite, rule.illustrative, known, here)
    if policy.precedence and sorted(policy.precedence) != sorted(ids):
        yield (
            ("precedence",),
            "没有把全部调整各列一次",
            f"应当由强到弱列出：{'、'.join(ids) or '（没有调整，请删去这一项）'}",
        )
    yield from _groups(policy, known)


def _class(
    rule: Adjustment, here: tuple[str | int, ...], letters: Collection[str]
) -> Iterator[Finding]:
    if rule.kind in ("direct", "ceiling", "floor"):
        if not rule.grade:
            yield here, "没有写调整到哪一类", '写上 grade = "…"'
        else:
            yield from listed(rule.grade, letters, (*here, "grade"))
    elif rule.grade:
        yield (*here, "grade"), "上调、下调一类时不能写 grade", "请删去，或改用 ceiling、floor"
    if rule.kind == "direct" and rule.uses_quota is None:
        yield (
            here,
            "直接定档没有写明是否占用名额",
            "写上 uses_quota = true（占用）或 false（先取出，不占用）",
        )
    if rule.kind == "direct" and rule.grades:
        yield (*here, "grades"), "直接定档不看原来的类别，不能写 grades", "请删去"
    if rule.kind != "direct" and rule.uses_quota is not None:
        yield (*here, "uses_quota"), "只有直接定档才写 uses_quota", "请删去"


def _scored_everywhere(policy: Policy) -> list[str]:
    """Return the indicators that every track scores, so that any rule may ask for them."""
    keys = [{item.key for item in track.indicators} for track in policy.tracks]
    return sorted(set.intersection(*keys)) if keys else []


def _groups(policy: Policy, known: Collection[str]) -> Iterator[Finding]:
    yield from unique([g.id for g in policy.groups], "groups", "行业组编号")
    yield from unique([g.label for g in policy.groups], "groups", "行业组名称")
    for number, group in enumerate(policy.groups):
        here = ("groups", number)
        for code in group.codes:
            if not _CODES.match(code):
                yield (
                    (*here, "codes"),
                    f"行业代码“{code}”写法有误",
                    '写成 "17"、"3011" 或 "17-19"',
                )
        if not group.codes and not group.default:
            yield here, "行业组没有写代码", "写上 codes = […]，其余行业的一组写 default = true"
        yield from cited(group.cite, group.illustrative, known, here)
    if sum(group.default for group in policy.groups) > 1:
        yield ("groups",), "只能有一个行业组写 default = true", "保留一个"
    for number, track in enumerate(policy.tracks):
        if INDUSTRY_GROUP in track.group_by and not policy.groups:
            yield (
                ("tracks", number, "group_by"),
                "按行业组分组，但没有写行业组",
                "用 [[groups]] 写出各组的行业代码",
            )
