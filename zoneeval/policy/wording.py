"""The scored part of a policy in the words of an official, for pages and workbooks."""

from __future__ import annotations

from zoneeval.model.fields import label_of
from zoneeval.policy.dated import dated_words
from zoneeval.policy.methods import (
    Bands,
    Efficacy,
    FlooredMinMax,
    RankPoints,
    RatioToBest,
    ReverseLinear,
    ScoreBand,
)
from zoneeval.policy.schema import Track
from zoneeval.policy.scoring_schema import Benchmark, Bonus, Indicator

_MARKS = {
    "average": "平均值",
    "maximum": "最高值",
    "minimum": "最低值",
    "median": "中位数",
    "percentile": "分位值",
}
_POPULATIONS = {"group": "本组", "track": "同类全部企业", "all": "全部参评企业"}


def method_words(item: Indicator) -> str:
    """Return how a value becomes points, such as 数值 ÷ 基准 × 权重."""
    method, cost = item.method, item.direction == "cost"
    if isinstance(method, FlooredMinMax):
        top = "（最高值 － 数值）" if cost else "（数值 － 最低值）"
        return (
            f"权重 ×［{method.base:g} ＋ {method.span:g} ×{top}÷（最高值 － 最低值）］÷ 100，"
            f"最高、最低值取自{_POPULATIONS[method.population]}"
        )
    if isinstance(method, ReverseLinear):
        return f"数值为 0 得满分，达到基准的 {method.zero_at:g} 倍得 0 分，其间按比例"
    if isinstance(method, RatioToBest):
        words = "最低值 ÷ 数值" if cost else "数值 ÷ 最高值"
        return f"{words} × 权重，与{_POPULATIONS[method.population]}中最好的相比"
    if isinstance(method, Bands):
        return "分段得分：" + "，".join(
            f"{band_words(band, method, item)}的得 {band.score:g} 分" for band in method.bands
        )
    if isinstance(method, Efficacy):
        return _efficacy(method, item)
    if isinstance(method, RankPoints):
        return _rank(method, cost=cost)
    return "基准 ÷ 数值 × 权重" if cost else "数值 ÷ 基准 × 权重"


def _efficacy(method: Efficacy, item: Indicator) -> str:
    shape = "指数型" if method.shape == "exponential" else "线性"
    ends = []
    for name, value in (("不允许值", method.worst), ("满意值", method.best)):
        found = f"{_POPULATIONS[method.population]}的{'最差值' if name == '不允许值' else '最好值'}"
        ends.append(f"{name}取{found if value is None else f' {figure_words(value, item)}'}")
    return f"{shape}功效系数，基础分 {method.base:g}，{'，'.join(ends)}"


def _rank(method: RankPoints, *, cost: bool) -> str:
    order = "由低到高" if cost else "由高到低"
    head = f"在{_POPULATIONS[method.population]}中{order}排名，"
    if method.points:
        listed = "、".join(f"{points:g}" for points in method.points)
        return f"{head}第 1 名起依次得 {listed} 分，其后得 {method.rest:g} 分"
    if method.step is not None:
        return f"{head}第 1 名得满分，每低一名少得 {method.step:g} 分"
    return f"{head}得权重 ×（家数 － 名次 ＋ 1）÷ 家数"


def band_words(band: ScoreBand, method: Bands, item: Indicator) -> str:
    """Return the values of one band: 10（含）至 20."""
    low = "" if band.low is None else figure_words(band.low, item)
    high = "" if band.high is None else figure_words(band.high, item)
    if not low:
        return f"{high}{'（含）' if method.includes == 'to' else ' '}以下"
    low += "（含）" if method.includes == "from" else "（不含）"
    if not high:
        return f"{low}以上"
    return f"{low}至 {high}{'（含）' if method.includes == 'to' else '（不含）'}"


def figure_words(value: float, item: Indicator) -> str:
    """Return a figure of an indicator as it is read: shares as per cent."""
    return f"{value * 100:.10g}%" if item.is_share else f"{value:.10g}"


def benchmark_words(rule: Benchmark, item: Indicator) -> str:
    """Return what a value is measured against, "" where nothing is."""
    if rule.kind == "none":
        return ""
    if rule.values:
        return "固定值，" + "，".join(f"{y} 年 {figure_words(v, item)}" for y, v in rule.values)
    if rule.kind == "fixed":
        return f"固定值 {figure_words(rule.value or 0, item)}"
    year = "上一年度" if rule.year == "previous" else "本年度"
    times = "" if rule.multiple == 1 else f"的 {rule.multiple:g} 倍"
    how = ""
    if rule.kind == "average":
        ratio = rule.average == "ratio_of_totals"
        how = "（总量之比）" if ratio else "（逐家比值的平均）"
    mark = _MARKS[rule.kind]
    if rule.percentile is not None:
        mark = f" {rule.percentile * 100:g}% {mark}"
    return f"{_POPULATIONS[rule.population]}{year}{mark}{times}{how}"


def missing_words(item: Indicator) -> str:
    """Return what a missing figure counts: 计 0 分."""
    return {
        "zero": "计 0 分",
        "average_score": "取平均得分",
        "reweight": "权重按比例分给该企业的其他各项",
        "penalty": f"计 {item.missing_points or 0:g} 分",
        "block": "不能评价，列为待核",
    }[item.missing]


def treatment_words(item: Indicator) -> list[str]:
    """Return what else holds for values: negatives, zeros, weights by year, local choice."""
    words = []
    if item.negative == "zero":
        words.append("负值按 0 计")
    if item.zero == "missing":
        words.append("填 0 视同缺数据")
    if item.weights:
        words.append(f"权重按年度：{dated_words(item.weights)}")
    if item.addon:
        words.append("地方自选指标")
    return words


def bonus_words(item: Bonus) -> str:
    """Return what an item of the catalogue gives or takes: 每次扣 5 分，最多计 3 次."""
    verb = "扣" if item.is_penalty else "加"
    if item.share_of_score is not None:
        words = [f"{verb}各项得分合计的 {abs(item.share_of_score) * 100:g}%"]
    elif item.tiers:
        words = [
            f"第 {number} 次{verb} {abs(points):g} 分" if points else f"第 {number} 次不{verb}"
            for number, points in enumerate(item.tiers[:-1], start=1)
        ]
        each = "以后每次" if words else "每次"
        words.append(f"{each}{verb} {abs(item.tiers[-1]):g} 分")
    else:
        words = [f"{'每次' if item.per else ''}{verb} {abs(item.points):g} 分"]
    if item.per:
        words.append(f"按“{label_of(item.per)}”计次")
    if item.max_count is not None:
        words.append(f"最多计 {item.max_count} 次")
    if item.limit is not None:
        words.append(f"最多{verb} {item.limit:g} 分")
    if item.window is not None:
        date = label_of(item.window.date)
        words.append(f"“{date}”在截至评价年度 12 月 31 日的 {item.window.years} 年内")
    if item.kind:
        words.append("同类只计最高一项")
    return "，".join(words)


def limit_words(track: Track) -> list[str]:
    """Return the most that the whole catalogue may give and take."""
    words = []
    if track.bonus_max is not None:
        words.append(f"加分合计最多 {track.bonus_max:g} 分")
    if track.penalty_max is not None:
        words.append(f"扣分合计最多 {track.penalty_max:g} 分")
    return words


def addon_words(track: Track) -> str:
    """Return what holds for local indicators, "" where there are none."""
    rule = track.addon
    if rule is None:
        return ""
    return (
        f"地方自选指标 {rule.at_least} 至 {rule.at_most} 项，权重合计 {rule.total:g}，"
        f"其余各项权重合计 {100 - rule.total:g}"
    )
