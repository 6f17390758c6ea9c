"""How classes are given and changed, in the words of an official."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zoneeval.expressions.wording import worded
from zoneeval.model.fields import label_of
from zoneeval.policy.adjustment_schema import GROUPINGS, Adjustment, IndustryGroup, in_precedence
from zoneeval.policy.dated_grading import by_year_words
from zoneeval.policy.grading_schema import Band, LimitBand, Limits, Shares, Thresholds, TwoStage
from zoneeval.policy.schema import Policy, Track

ORDERS = {"descending": "由高到低", "ascending": "由低到高"}
_DENOMINATORS = {"evaluated": "", "with_exempt": "，名额按参评和免评企业总数计算"}


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class and who gets it, with the document it rests on."""

    grade: str
    words: str
    cite: str
    illustrative: bool = False


def formula_words(track: Track, formula: str) -> str:
    """Return a formula with the track's own names of its indicators."""
    return worded(formula, {item.key: item.shown_label for item in track.indicators})


def group_words(names: Sequence[str]) -> str:
    """Return what a track is grouped by, "" where everybody is ranked together."""
    return "、".join(GROUPINGS.get(name) or label_of(name) for name in names)


def ranked_by(track: Track) -> str:
    """Return what the ranking goes by."""
    if not track.rank_by:
        return "综合得分"
    return f"{formula_words(track, track.rank_by)}{ORDERS[track.rank_order]}"


def band_words(band: LimitBand) -> str:
    """Return the limits of a class in words, "" where it has none."""
    parts = []
    if band.from_score is not None:
        parts.append(f"综合得分 {band.from_score:g} 分以上")
    if band.at_most is not None:
        parts.append(f"不超过 {band.at_most * 100:g}%")
    if band.at_least is not None:
        parts.append(f"不低于 {band.at_least * 100:g}%")
    return "，".join(parts) + _by_year(band)


def _by_year(part: LimitBand | Band) -> str:
    words = by_year_words(part)
    return f"（{words}）" if words else ""


def share_lines(grading: Shares) -> list[ClassLine]:
    """Return the classes of a grading by cumulative shares."""
    out, low, open_start = [], 0.0, ""
    for band in grading.bands:
        end = "（不含）" if band.end == "exclusive" else ""
        words = f"排名 {low * 100:g}%{open_start}—{band.up_to * 100:g}%{end}{_by_year(band)}"
        out.append(ClassLine(band.grade, words, grading.cite, grading.illustrative))
        low, open_start = band.up_to, "（含）" if end else ""
    return out


def limit_lines(grading: Limits) -> list[ClassLine]:
    """Return the classes of a grading with shares as limits."""
    return [
        ClassLine(band.grade, band_words(band) or "其余企业", grading.cite, grading.illustrative)
        for band in grading.bands
    ]


def threshold_lines(track: Track, grading: Thresholds) -> list[ClassLine]:
    """Return the classes of a grading by absolute lines, the first one met counting."""
    lines = [
        ClassLine(
            line.grade,
            formula_words(track, line.when),
            line.cite or grading.cite,
            line.illustrative or grading.illustrative,
        )
        for line in grading.lines
    ]
    rest = ClassLine(grading.rest, "其余企业", grading.cite, grading.illustrative)
    return [*lines, rest]


def denominator_words(grading: Shares | TwoStage | Limits) -> str:
    """Return whom shares are taken of, "" where it is those evaluated."""
    return _DENOMINATORS[grading.denominator]


def adjustment_words(policy: Policy, rule: Adjustment) -> str:
    """Return one adjustment as a sentence without its full stop."""
    labels = {i.key: i.shown_label for track in policy.tracks for i in track.indicators}
    parts = [f"条件：{worded(rule.when, labels)}"]
    if rule.grades:
        parts.append(f"只对 {'、'.join(rule.grades)} 类")
    if rule.tracks:
        named = [t.label for t in policy.tracks if t.id in rule.tracks]
        parts.append(f"只对{'、'.join(named)}")
    if rule.kind == "direct":
        parts.append("占用名额" if rule.uses_quota else "先取出，不占用名额")
    return f"{rule.reason}：{rule.words}（{'；'.join(parts)}）"


def precedence_words(policy: Policy) -> str:
    """Return which adjustment has the last word, "" where there are not several."""
    rules = in_precedence(policy.adjustments, policy.precedence)
    if len(rules) < 2:
        return ""
    order = "＞".join(rule.reason for rule in rules)
    where = " precedence 一项" if policy.precedence else "在文件中的先后"
    return f"几条同时适用时以排在前面的为准：{order}（按{where}）"


def industry_words(group: IndustryGroup) -> str:
    """Return which industries a group holds."""
    if group.codes:
        return f"行业代码 {'、'.join(group.codes)}"
    return "其余行业"
