"""The sentences of a bulletin: period, figure, growth, average, share, progress, place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from zoneeval.model.period import Period
from zoneeval.model.targets import BOUND_WORDS, TargetProgress
from zoneeval.model.zone_indicators import ZoneIndicator
from zoneeval.report.workbook.columns import MISSING
from zoneeval.report.zones.bulletin import Bulletin, BulletinIndicator, BulletinRow, ends

BASIS = {"comparable": "可比价", "entered": "公布数", "nominal": "现价", "points": ""}
"""How a growth came about, in one word."""


def period_words(period: Period) -> str:
    """Return 2019年上半年（1—6月）: what is counted since January is said."""
    if period.is_year or period.part.isdigit():
        return period.label
    return f"{period.label.split('（')[0]}（{period.span}）"


def figure(one: BulletinIndicator, value: float | None) -> str:
    """Return a figure as the bulletin speaks of it: 30.12亿元, 2.5%."""
    number = number_of(one, value)
    if value is None:
        return number
    return number if one.definition.is_share else f"{number}{one.unit}"


def number_of(one: BulletinIndicator, value: float | None) -> str:
    """Return a figure's number alone; missing is a dash."""
    if value is None:
        return MISSING
    if one.definition.is_share:
        return f"{value * 100:.2f}%"
    scaled = value * one.factor
    if one.definition.kind == "count" and scaled == int(scaled):
        return f"{scaled:,.0f}"
    return f"{scaled:,.4f}" if 0 < abs(scaled) < 0.1 else f"{scaled:,.2f}"


def change_words(change: ZoneIndicator | None, value: float | None) -> str:
    """Return 增长 12.0%, 下降 3.0%, 提高 0.5 个百分点; "" where there is none."""
    if change is None or value is None:
        return ""
    size = round(abs(value) * 100, 1)
    if change.kind == "points":
        return (
            f"{'提高' if value >= 0 else '降低'} {size:.1f} 个百分点" if size else "与上年同期持平"
        )
    if not size:
        return "与上年同期持平"
    if change.sign < 0:
        return f"{'降低' if value >= 0 else '上升'} {size:.1f}%"
    return f"{'增长' if value >= 0 else '下降'} {size:.1f}%"


def points_words(value: float | None, what: str) -> str:
    """Return 高于平均增速 2.1 个百分点; "" where there is none."""
    if value is None:
        return ""
    size = round(abs(value) * 100, 1)
    if not size:
        return f"与{' ' if what[:1].isdigit() else ''}{what}持平"
    than = f" {what}" if what[:1].isdigit() else what
    return f"{'高于' if value > 0 else '低于'}{than} {size:.1f} 个百分点"


def rise_words(places: int | None) -> str:
    """Return 上升 2 位, 下降 1 位, 不变; a dash where it is not known."""
    if places is None:
        return MISSING
    return "不变" if places == 0 else f"{'上升' if places > 0 else '下降'} {abs(places)} 位"


def progress_words(progress: TargetProgress | None) -> str:
    """Return 完成年度目标的 52.0%，超时序进度 2 个百分点; "" where there is no target."""
    if progress is None or progress.completion is None:
        return ""
    words = f"完成年度目标的 {progress.completion * 100:.1f}%"
    if progress.target.bound == "at_most" or not progress.target.accumulates:
        words = f"为年度目标的 {progress.completion * 100:.1f}%"
    ahead = progress.ahead_words
    return f"{words}，{ahead}" if ahead else words


def target_words(one: BulletinIndicator, row: BulletinRow) -> str:
    """Return a row's target in the bulletin's unit, or that there are several."""
    if row.progress is None:
        return "多个，见目标进度" if row.target_count else MISSING
    target = row.progress.target
    if target.printed or target.above or target.unit != one.definition.unit:
        return target.words
    return f"{BOUND_WORDS[target.bound]} {figure(one, target.value)}"


def headline(bulletin: Bulletin, one: BulletinIndicator) -> str:
    """Return the first sentence: the sum or mean of the zones, and who is not in it."""
    known, absent = len(one.rows), len(one.missing)
    who = f"{known} 个园区" if not absent else f"有数据的 {known} 个园区"
    if one.total is None:
        text = f"{who}{one.label}算术平均为 {figure(one, one.mean)}"
        if known == 1:
            text = f"{one.rows[0].zone}{one.label}为 {figure(one, one.mean)}，其他园区没有数据"
            absent = 0
    else:
        text = f"{who}{one.label}合计 {figure(one, one.total)}"
        if one.total_growth is not None:
            grown = change_words(one.change or _PLAIN, one.total_growth)
            text += f"，按现有数直接计算比上年同期{grown}"
        elif one.no_last_year and one.change is not None:
            text += f"（{len(one.no_last_year)} 个园区没有可比的上年同期数，合计增速不计算）"
    if absent:
        text += f"；另有 {absent} 个园区没有数据，未计入"
    return f"{period_words(bulletin.period)}，{text}。"


_PLAIN = ZoneIndicator("", "", "", kind="growth")


def ranking(bulletin: Bulletin, one: BulletinIndicator) -> list[str]:
    """Return the sentences on who leads and who trails, by figure and by growth."""
    order = "由低到高" if one.definition.lower_is_better else "由高到低"
    first, last = one.first(bulletin.count), one.last(bulletin.count)
    lines = []
    if len(one.rows) == 1:
        lines.append(f"{_row_words(bulletin, one, one.rows[0])}。只有一个园区有数据，不排位。")
    else:
        head = f"{order}居前 {_count(bulletin, first)}的是" if last else f"{order}依次为"
        lines.append(f"{head}：{_joined(bulletin, one, first)}。")
        if last:
            lines.append(f"居后 {_count(bulletin, last)}的是：{_joined(bulletin, one, last)}。")
    growth = _growth_order(bulletin, one)
    if growth:
        lines.append(growth)
    behind = [
        row for row in one.rows if row.progress and row.progress.ahead is not None
        and round(row.progress.ahead * 100, 1) < 0
    ]  # fmt: skip
    if behind:
        named = "、".join(
            f"{row.zone}（{row.progress.ahead_words}）" for row in behind if row.progress
        )
        lines.append(f"落后时序进度的园区：{named}。")
    if one.missing:
        names = "、".join(zone for zone, _ in one.missing)
        lines.append(f"没有数据、未参加排位的园区：{names}。")
    return lines


def missing_words(missing: Iterable[tuple[str, str]]) -> str:
    """Return the zones without a figure, those with the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for zone, reason in missing:
        by_reason.setdefault(reason, []).append(zone)
    return "；".join(f"{'、'.join(found)}（{reason}）" for reason, found in by_reason.items())


def _count(bulletin: Bulletin, rows: Sequence[object]) -> str:
    """Return 3 位, and whether equals make them more."""
    more = "（含并列）" if len(rows) > bulletin.count else ""
    return f"{min(len(rows), bulletin.count)} 位{more}"


def _joined(bulletin: Bulletin, one: BulletinIndicator, rows: Sequence[BulletinRow]) -> str:
    """Return what is said of each; many that are equal are named by one of them."""
    said = []
    for place, found in groupby(rows, key=lambda row: row.place):
        group = list(found)
        if len(group) > max(bulletin.count, _FEW):
            same = figure(one, group[0].value)
            said.append(f"{group[0].zone}等 {len(group)} 个园区并列第 {place} 位，均为 {same}")
        else:
            said += [_row_words(bulletin, one, row) for row in group]
    return "；".join(said)


_FEW = 3
"""So many equals are all named."""


def _row_words(bulletin: Bulletin, one: BulletinIndicator, row: BulletinRow) -> str:
    parts = [f"{row.zone} {figure(one, row.value)}"]
    grown = change_words(one.change, row.growth)
    if grown:
        basis = BASIS.get(row.basis, "")
        parts.append(f"{grown}（{basis}）" if basis and one.definition.comparable else grown)
    if row.points is not None:
        _, count = one.means[row.basis]
        parts.append(points_words(row.points, f"{count} 个园区{_mean_name(one, row.basis)}"))
    elif row.above is not None and one.definition.is_share:
        parts.append(points_words(row.above, f"{len(one.rows)} 个园区平均"))
    if row.share is not None and len(one.rows) > 1:
        parts.append(f"占合计的 {row.share * 100:.1f}%")
    parts.append(progress_words(row.progress))
    parts.append(_places_words(bulletin, row))
    return "，".join(part for part in parts if part)


def _places_words(bulletin: Bulletin, row: BulletinRow) -> str:
    """Return 位次比2019年一季度上升 1 位，与上年同期相同; "" where no place is known."""
    changes = [(previous_words(bulletin), row.rise)]
    if bulletin.previous != bulletin.period.last_year:
        changes.append(("上年同期", row.rise_year))
    known = [(then, places) for then, places in changes if places is not None]
    if not known:
        return ""
    if len(known) == 2 and known[0][1] == known[1][1] == 0:
        return f"位次与{known[0][0]}、{known[1][0]}相同"
    said = [f"比{t}{rise_words(p)}" if p else f"与{t}相同" for t, p in known]
    return f"位次{'，'.join(said)}"


def previous_words(bulletin: Bulletin) -> str:
    """Return the period that places are compared with."""
    return "上年" if bulletin.period.is_year else bulletin.previous.label.split("（")[0]


def _mean_name(one: BulletinIndicator, basis: str) -> str:
    mean = "平均变动" if one.change is not None and one.change.kind == "points" else "平均增速"
    if one.change is not None and one.change.sign < 0:
        mean = "平均降低率"
    kind = BASIS.get(basis, "") if len(one.means) > 1 else ""
    return f"{kind}{mean}"


def _growth_order(bulletin: Bulletin, one: BulletinIndicator) -> str:
    """Return who grew fastest and slowest, where all growths came about in one way."""
    grown = [row for row in one.rows if row.growth is not None]
    if len(grown) < 2 or one.change is None or one.change.kind != "growth":
        return ""
    if len(one.means) > 1:
        return "各园区增速的口径不同（可比价、公布数、现价并存），不按增速排位。"
    ordered = sorted(grown, key=lambda row: -(row.growth or 0.0))
    shown = [round(row.growth or 0.0, 9) for row in ordered]
    lead, trail = ends(shown, bulletin.count)
    first, last = ordered[:lead], ordered[trail:]
    word = "降低率" if one.change.sign < 0 else "增速"
    if shown[0] == shown[-1]:
        return f"{len(ordered)} 个园区的{word}相同，均为 {_signed(one, shown[0])}。"

    def names(rows: Sequence[BulletinRow]) -> str:
        said = []
        for growth, found in groupby(rows, key=lambda row: round(row.growth or 0.0, 9)):
            group = [row.zone for row in found]
            if len(group) > max(bulletin.count, _FEW):
                group = [f"{group[0]}等 {len(group)} 个园区"]
            said += [f"{zone}（{_signed(one, growth)}）" for zone in group]
        return "、".join(said)

    head = f"{word}居前 {_count(bulletin, first)}的是" if last else f"{word}由高到低依次为"
    text = f"{head}：{names(first)}"
    if last:
        text += f"；居后 {_count(bulletin, last)}的是：{names(last)}"
    return f"{text}。"


def _signed(one: BulletinIndicator, growth: float) -> str:
    """Return 12.0%, or 下降 3.0% below zero."""
    return f"{growth * 100:.1f}%" if growth >= 0 else change_words(one.change, growth)


def remarks(bulletin: Bulletin) -> list[str]:
    """Return what the figures rest on and what they do not say."""
    lines = [
        "平均数是有数据的各园区的算术平均，不是全省、全市平均数；比平均高低的百分点按此计算，"
        "且只与增速口径相同的园区比较。",
        f"位次变化是与{previous_words(bulletin)}、上年同期相比，只在两期都有数据的园区之间比较。",
    ]
    if not bulletin.period.is_year:
        lines.insert(0, f"各项数据均为年初以来（{bulletin.period.span}）累计数或期末数。")
    mixed = [
        one.label for one in bulletin.indicators
        if {row.slot for row in one.rows} == {"official", "computed"}
    ]  # fmt: skip
    if mixed:
        lines.append(f"{'、'.join(mixed)}：部分园区为公布数，部分园区由企业或其他指标算得。")
    short = [
        f"{row.zone}{one.label}（{row.lacking_firms} 家）"
        for one in bulletin.indicators
        for row in one.rows
        if row.lacking_firms and row.slot == "computed"
    ]
    if short:
        lines.append(f"下列数据因企业缺数或范围不明而不完整：{'、'.join(short)}。")
    several = [
        f"{row.zone}{one.label}" for one in bulletin.indicators for row in one.rows
        if row.target_count > 1 and row.progress is None
    ]  # fmt: skip
    if several:
        lines.append(f"{'、'.join(several)}有多个目标，没有选定一个，完成情况见目标进度表。")
    return lines


def absences(bulletin: Bulletin) -> list[str]:
    """Return what is missing, plainly: zones without anything, and by indicator."""
    lines = []
    if bulletin.silent:
        lines.append(f"{'、'.join(bulletin.silent)}没有报送本期任何数据。")
    for one in bulletin.indicators:
        rest = [(z, why) for z, why in one.missing if z not in bulletin.silent]
        if rest:
            lines.append(f"{one.label}：{missing_words(rest)}。")
    if bulletin.without:
        lines.append(f"{'、'.join(bulletin.without)}：所有园区都没有本期数据。")
    return lines
