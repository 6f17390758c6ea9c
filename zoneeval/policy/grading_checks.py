"""Checks of ``[tracks.grading]`` that span several keys: sums, limits, names, formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from zoneeval.policy.dated_grading import grading_at, grading_years
from zoneeval.policy.findings import Finding, cited, formula, listed
from zoneeval.policy.grading_schema import (
    Grading,
    LimitBand,
    Limits,
    Shares,
    Thresholds,
    TwoStage,
)
from zoneeval.policy.schema import Track

Where = tuple[str | int, ...]


def grading_findings(
    track: Track, where: Where, letters: Sequence[str], known: Collection[str]
) -> Iterator[Finding]:
    """Find what is wrong with the way a track gives classes; ``where`` is the track."""
    scored = [item.key for item in track.indicators]
    here = (*where, "grading")
    if track.rank_by:
        yield from formula(track.rank_by, (*where, "rank_by"))
    elif not track.indicators:
        yield (
            (*where, "indicators"),
            "没有指标",
            "至少写一项指标；只按一个数值排名的写 rank_by",
        )
    years = grading_years(track.grading)
    held = [grading_at(track.grading, year) for year in years] or [track.grading]
    found = [list(_of_kind(track, one, here, letters, known, scored)) for one in held]
    told: list[Finding] = []
    for number, findings in enumerate(found):
        for path, message, suggestion in findings:
            if (path, message, suggestion) in told:
                continue
            told.append((path, message, suggestion))
            always = all((path, message, suggestion) in other for other in found)
            yield path, message if always else f"{years[number]} 年：{message}", suggestion


def _of_kind(
    track: Track,
    grading: Grading,
    here: Where,
    letters: Sequence[str],
    known: Collection[str],
    scored: Sequence[str],
) -> Iterator[Finding]:
    """Find what is wrong with a grading as it holds in one year."""
    if isinstance(grading, Shares):
        yield from _shares(grading, here, letters)
    elif isinstance(grading, TwoStage):
        yield from _two_stage(grading, here, letters, known, scored)
    elif isinstance(grading, Limits):
        yield from _limits(grading, here, letters, scored=bool(scored) and not track.rank_by)
    elif isinstance(grading, Thresholds):
        yield from _thresholds(grading, here, letters, known, scored)
    else:
        return
    yield from cited(grading.cite, grading.illustrative, known, here)


def _shares(grading: Shares, where: Where, letters: Collection[str]) -> Iterator[Finding]:
    ends = [band.up_to for band in grading.bands]
    at = (*where, "bands")
    yield from _once([band.grade for band in grading.bands], at)
    for number, band in enumerate(grading.bands):
        yield from listed(band.grade, letters, at)
        if number and band.up_to <= ends[number - 1]:
            yield at, f"“{band.grade}”的累计比例没有大于前一类", "累计比例应逐类增大"
    if ends[-1] != 1:
        rest = 1 - Decimal(repr(float(ends[-1])))
        yield (
            at,
            f"最后一类的累计比例是 {ends[-1]:g}，应为 1",
            f"各类比例合计{'还差' if rest > 0 else '多出'} {float(abs(rest) * 100):.10g}%",
        )
    if grading.bands[-1].end != "inclusive":
        yield at, "最后一类的比例应包含末位", '最后一类不写 end = "exclusive"'


def _once(grades: Sequence[str], at: Where) -> Iterator[Finding]:
    for number, grade in enumerate(grades):
        if grade in grades[:number]:
            yield at, f"类别“{grade}”写了两次", "每类只写一次"


def _two_stage(
    grading: TwoStage,
    where: Where,
    letters: Collection[str],
    known: Collection[str],
    scored: Collection[str],
) -> Iterator[Finding]:
    gate = Decimal(repr(grading.gate))
    if grading.gate > 0.5:
        yield (*where, "gate"), f"入围比例 {grading.gate:g} 大于 0.5", "前、后两半不能重叠"
    for half in ("upper", "lower"):
        mine = [s for s in grading.selections if s.half == half]
        total = sum((Decimal(repr(s.share)) for s in mine), Decimal(0))
        if total > gate:
            yield (
                where,
                f"从同一半中选取的比例合计 {total} 超过入围比例 {grading.gate:g}",
                "请减小 share",
            )
    for number, chosen in enumerate(grading.selections):
        here = (*where, "selections", number)
        yield from listed(chosen.grade, letters, here)
        if any(
            (other.grade, other.half) == (chosen.grade, chosen.half)
            for other in grading.selections[:number]
        ):
            yield here, f"同一半中两次选取“{chosen.grade}”类", "请合成一次选取"
        if chosen.grade == grading.rest:
            yield here, f"选取的“{chosen.grade}”类就是其余企业的类别", "请改 grade 或 rest"
        yield from formula(chosen.order_by, (*here, "order_by"), scored=scored)
        yield from cited(chosen.cite, chosen.illustrative, known, here)
    if grading.rest not in letters:
        yield (*where, "rest"), f"类别“{grading.rest}”没有在 grades 中列出", ""


def _limits(
    grading: Limits, where: Where, letters: Collection[str], *, scored: bool
) -> Iterator[Finding]:
    at = (*where, "bands")
    bands = grading.bands
    yield from _once([band.grade for band in bands], at)
    for number, band in enumerate(bands):
        yield from listed(band.grade, letters, at)
        low, high = band.at_least, band.at_most
        if low is not None and high is not None and low > high:
            yield at, f"“{band.grade}”的下限 {low:g} 大于上限 {high:g}", ""
        if number == len(bands) - 1 and (high is not None or band.from_score is not None):
            yield (
                at,
                f"最后一类“{band.grade}”只能写 at_least",
                "它取其余全部企业，上限请写成前面各类的下限",
            )
        if not number and low is not None:
            yield at, f"第一类“{band.grade}”只能写 at_most", "下限请写成后面各类的上限"
    least = sum((Decimal(repr(b.at_least)) for b in bands if b.at_least is not None), Decimal(0))
    if least > 1:
        yield at, f"各类下限合计 {least}，超过 1", "请减小 at_least"
    lines = [b.from_score for b in bands if b.from_score is not None]
    if any(later >= earlier for earlier, later in pairwise(lines)):
        yield at, "各类的 from_score 没有逐类降低", "分数线应从高到低"
    if lines and not scored:
        yield at, "本组别没有综合得分，不能写 from_score", "请删去，或写出计分指标"
    yield from _free(bands, at)


def _free(bands: Sequence[LimitBand], at: Where) -> Iterator[Finding]:
    """Find classes whose size nothing determines."""
    free = [
        number
        for number, band in enumerate(bands)
        if band.at_most is None and band.at_least is None and band.from_score is None
    ]
    inner = [number for number in free if number < len(bands) - 1]
    names = "、".join(bands[number].grade for number in inner)
    if len(inner) > 1:
        yield (
            at,
            f"“{names}”都没有上下限也没有分数线，不能确定怎样分",
            "除一类以外都要写 at_most、at_least 或 from_score",
        )
    elif inner:
        below = bands[inner[0] + 1 :]
        if any(b.at_most is not None or b.from_score is not None for b in below):
            yield (
                at,
                f"“{names}”没有上下限也没有分数线，它后面的类别只能写 at_least",
                f"请给“{names}”写 from_score、at_most 或 at_least",
            )


def _thresholds(
    grading: Thresholds,
    where: Where,
    letters: Collection[str],
    known: Collection[str],
    scored: Collection[str],
) -> Iterator[Finding]:
    for number, line in enumerate(grading.lines):
        here = (*where, "lines", number)
        yield from listed(line.grade, letters, here)
        yield from formula(line.when, (*here, "when"), truth=True, scored=scored)
        yield from cited(line.cite, line.illustrative or grading.illustrative, known, here)
    yield from listed(grading.rest, letters, (*where, "rest"))
