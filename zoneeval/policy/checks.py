"""Checks of a policy that span several sections: sums, shares, names, citations."""

from __future__ import annotations

from collections.abc import Iterator

from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import FIELDS
from zoneeval.policy.adjustment_checks import adjustment_findings
from zoneeval.policy.adjustment_schema import GROUPINGS
from zoneeval.policy.faults import Fault, Path, key_of, line_of
from zoneeval.policy.findings import Finding, meant_field
from zoneeval.policy.findings import cited as _cited
from zoneeval.policy.findings import formula as _formula
from zoneeval.policy.findings import listed as _listed
from zoneeval.policy.findings import unique as _unique
from zoneeval.policy.grading_checks import grading_findings
from zoneeval.policy.schema import Policy, Track
from zoneeval.policy.scoring_checks import bonus_findings, indicator_findings, weight_findings

GROUP_FIELDS = ("zone", "town", "industry_code", "scale", *GROUPINGS)


def policy_faults(policy: Policy, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that the sections have together, in the order of the file."""
    faults = []
    for path, message, suggestion in _findings(policy):
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))
    return faults


def _findings(policy: Policy) -> Iterator[Finding]:
    letters = [g.letter for g in policy.grades]
    if policy.continues == policy.id:
        yield (
            ("continues",),
            f"接续的办法“{policy.continues}”就是这份办法自己",
            "写以前那份办法的编号；同一编号的各年本来就连着计算，可以删去这一行",
        )
    yield from _unique([g.letter for g in policy.grades], "grades", "类别")
    yield from _unique([t.id for t in policy.tracks], "tracks", "组别编号")
    yield from _unique([c.id for c in policy.citations], "citations", "依据编号")
    cited = {c.id for c in policy.citations}
    for number, condition in enumerate(policy.eligibility):
        where: tuple[str | int, ...] = ("eligibility", number)
        yield from _formula(condition.when, (*where, "when"), truth=True)
        if condition.otherwise is Participation.EVALUATED:
            yield (
                (*where, "otherwise"),
                "不符合条件的不能仍写“参评”",
                "写 out_of_scope、exempt、transitional 等；要求相反的，在条件前面加 not",
            )
        if condition.managed_as and condition.otherwise is not Participation.UNGRADED:
            yield (
                (*where, "managed_as"),
                "只有参评不定级的企业才写按哪一类管理",
                '请删去，或写 otherwise = "ungraded"（参评不定级）',
            )
        if condition.grade:
            yield from _listed(condition.grade, letters, (*where, "grade"))
        if condition.managed_as:
            yield from _listed(condition.managed_as, letters, (*where, "managed_as"))
        yield from _cited(condition.cite, condition.illustrative, cited, where)
    for number, track in enumerate(policy.tracks):
        yield from _track(track, ("tracks", number), letters, cited)
    if sum(t.default for t in policy.tracks) > 1:
        yield ("tracks",), "只能有一个组别写 default = true", "保留一个"
    yield from adjustment_findings(policy, letters, cited)


def _track(
    track: Track, where: tuple[str | int, ...], letters: list[str], cited: set[str]
) -> Iterator[Finding]:
    if track.when:
        yield from _formula(track.when, (*where, "when"), truth=True)
    for name in track.group_by:
        if name not in GROUP_FIELDS:
            yield (*where, "group_by"), f"不能按“{name}”分组", f"可用：{'、'.join(GROUP_FIELDS)}"
    yield from weight_findings(track, where)
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
                    yield (*here, "first_available"), f"不认识字段“{name}”", meant_field(name)
        elif known is None or not known.is_number:
            yield (
                (*here, "key"),
                f"不认识指标“{indicator.key}”",
                f"{meant_field(indicator.key)}；没有的指标写出 formula、label、unit",
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
        yield from indicator_findings(indicator, here)
        yield from _cited(indicator.cite, indicator.illustrative, cited, here)
        mark = indicator.benchmark
        if mark.cite:
            yield from _cited(mark.cite, mark.illustrative, cited, (*here, "benchmark"))
    for number, bonus in enumerate(track.bonus):
        here = (*where, "bonus", number)
        if bonus.when:
            yield from _formula(bonus.when, (*here, "when"), truth=True)
        if bonus.per:
            yield from _formula(bonus.per, (*here, "per"))
        yield from bonus_findings(bonus, here)
        yield from _cited(bonus.cite, bonus.illustrative, cited, here)
    yield from grading_findings(track, where, letters, cited)
