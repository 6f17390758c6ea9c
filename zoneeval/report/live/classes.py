"""Formulas of composite, places and classes on 得分过程.

SUMPRODUCT is given its factors one by one: products of whole columns inside it take
spreadsheet programs several times as long.
"""

from __future__ import annotations

from zoneeval.expressions import parse
from zoneeval.expressions.excel import Rendered, guarded
from zoneeval.expressions.parsing import SCORE
from zoneeval.policy.schema import Shares, Thresholds, TwoStage
from zoneeval.policy.scoring_schema import Bonus
from zoneeval.report.live.basis import COMPOSITE, Block, Live, cell_of
from zoneeval.report.live.sheet import HERE, round_share

_DASH = '"—"'


def add_bonus(live: Live, block: Block) -> None:
    """Add the sum of points, each bonus item, and bonus and penalty together."""
    sheet, track = live.process, block.track
    cells = [sheet.here(SCORE + item.key, HERE) for item in track.indicators]
    sheet.fill("sum", "指标得分合计", block.rows, "+".join(cells) if cells else _DASH)
    if not track.bonus:
        for key, heading in (("bonus", "加分"), ("penalty", "扣分")):
            column = sheet.add(key, heading)
            column[block.rows.start : block.rows.stop] = [0.0] * len(block.rows)
        return
    kinds: dict[str, str] = {}
    for item in track.bonus:
        key = f"bonus:{item.id}"
        sheet.fill(key, item.label, block.rows, _bonus(live, block, item))
        held = kinds.get(item.kind or f"\0{item.id}")
        if held:
            a, b = sheet.here(held, HERE), sheet.here(key, HERE)
            key = f"highest:{item.id}"
            text = f"IF(ABS({b})>ABS({a}),{b},{a})"
            sheet.fill(key, f"{item.label}（同类取最高）", block.rows, text)
        kinds[item.kind or f"\0{item.id}"] = key
    for key, heading, sign, most in (
        ("bonus", "加分", "", track.bonus_max),
        ("penalty", "扣分", "-", track.penalty_max),
    ):
        text = "+".join(f"MAX({sign}{sheet.here(k, HERE)},0)" for k in kinds.values())
        if most is not None:
            text = f"MIN({text},{live.parameters.cell(track.label, heading, '上限', most)})"
        sheet.fill(key, heading, block.rows, text)


def _bonus(live: Live, block: Block, item: Bonus) -> str:
    def figure(what: str, value: float) -> str:
        return live.parameters.cell(block.track.label, item.label, what, value)

    if item.share_of_score is not None:
        points = f"MAX({live.process.here('sum', HERE)},0)*{figure('比例', item.share_of_score)}"
    elif item.per:
        number = live.renderer.number(parse(item.per).tree)
        count = guarded(Rendered(number.known, f"MAX(INT({number.value}),0)"), "0")
        if item.max_count is not None:
            count = f"MIN({count},{figure('最多次数', item.max_count)})"
        tiers = item.tiers or (item.points,)
        cells = [
            figure(f"第 {n} 次" if len(tiers) > 1 else "分值", t)
            for n, t in enumerate(tiers, start=1)
        ]
        terms = [f"IF({count}>{n},{cell},0)" for n, cell in enumerate(cells[:-1])]
        points = "+".join([*terms, f"{cells[-1]}*MAX({count}-{len(tiers) - 1},0)"])
    else:
        points = figure("分值", item.points)
    if item.condition:
        points = f"IF({live.renderer.condition(parse(item.condition))},{points},0)"
    if item.limit is not None:
        limit = figure("上限", item.limit)
        points = f"MAX(-{limit},MIN({limit},{points}))"
    return points


def add_places(live: Live, block: Block) -> None:
    """Add composite, the figure that is ranked, rank, and place with equals told apart."""
    sheet, track = live.process, block.track
    places = ""
    if track.decimals is not None:
        places = live.parameters.cell(track.label, "综合得分", "保留小数位数", track.decimals)
    text = "+".join(sheet.here(k, HERE) for k in ("sum", "bonus"))
    text = f"{text}-{sheet.here('penalty', HERE)}" if track.indicators else _DASH
    text = f"ROUND({text},{places})" if places else text
    sheet.fill(COMPOSITE, "综合得分", block.rows, text)
    own = sheet.here(COMPOSITE, HERE)
    if track.rank_by:
        text = cell_of(live, track.rank_by)
    else:
        text = f"ROUND({own}*10^{places},0)" if places else own
    text = f"-{text}" if track.rank_order == "ascending" else text
    sheet.fill("key", "排名依据", block.rows, text)
    own = sheet.here("key", HERE)
    for group in block.groups:
        keys = sheet.span("key", group)
        sheet.fill("rank", "排名", group, f"1+SUMPRODUCT(--({keys}>{own}))", "plain")
        later = f"({live.raw.span_there('number', group)}<{live.raw.there('number', HERE)})"
        for item in reversed(track.indicators):
            span, mine = sheet.span(SCORE + item.key, group), sheet.here(SCORE + item.key, HERE)
            later = f"(({span}>{mine})+({span}={mine})*{later})"
        place = sheet.here("rank", HERE)
        same = f"--({keys}={own})"
        text = f"{place}+SUMPRODUCT({same},--{later})"
        text = f"IF(SUMPRODUCT({same})=1,{place},{text})"
        sheet.fill("position", "名次", group, text, "plain")


def add_classes(live: Live, block: Block) -> None:
    """Add the classes, or the run's own where the mechanism is not put into formulas."""
    track = block.track
    grading = track.grading
    sheet = live.process
    concerned = [a for a in live.policy.adjustments if not a.tracks or track.id in a.tracks]
    held = getattr(grading, "denominator", "evaluated") != "evaluated"
    evaluation = live.evaluation
    if grading.kind == "rank_only":
        column = sheet.add("grade", "类别", "center")
        for row in block.rows:
            column[row] = "—"
        return
    if concerned or held or not isinstance(grading, Shares | TwoStage | Thresholds):
        why = "有调整规则" if concerned else "名额规则"
        live.said.append(f"“{track.label}”的类别因{why}不能写成公式，给出程序算出的结果")
        column = sheet.add("grade", "类别", "center")
        for row in block.rows:
            column[row] = evaluation.grade[live.source[row]] or "—"
        return
    for group in block.groups:
        _add_competition(live, group)
        if isinstance(grading, Shares):
            _by_shares(live, block, grading, group)
        elif isinstance(grading, TwoStage):
            _in_two_stages(live, block, grading, group)
        else:
            _by_lines(live, grading, group)


def _add_competition(live: Live, group: range) -> None:
    """Add how many compete for classes in the group, and the place among them."""
    sheet = live.process
    flags = live.raw.span_there("graded", group)
    sheet.once("count", "定级家数", group, f"SUM({flags})", "plain")
    places, own = sheet.span("position", group), sheet.here("position", HERE)
    text = f"SUMPRODUCT({flags},--({places}<={own}))"
    text = f"IF({live.raw.there('graded', HERE)}=1,{text},{_DASH})"
    sheet.fill("place", "定级名次", group, text, "plain")


def _by_shares(live: Live, block: Block, rule: Shares, group: range) -> None:
    sheet, track = live.process, block.track.label
    flags = live.raw.span_there("graded", group)
    keys = sheet.span("key", group)
    before = ""
    for number, band in enumerate(rule.bands, start=1):
        share = live.parameters.cell(track, f"{band.grade}类", "累计比例", band.up_to)
        count = sheet.here("count", group[0])
        end = round_share(count, share, rule.rounding)
        if band.end == "exclusive":
            end += f"-IF(ROUND({count}*{share},9)=ROUND({count}*{share},0),1,0)"
        end = f"MIN({count},MAX({before or 0},{end}))"
        sheet.once(f"end:{number}", f"{band.grade}类止于第几名", group, end, "plain")
        before = sheet.here(f"end:{number}", group[0])
    own, place = sheet.here("key", HERE), sheet.here("place", HERE)
    text = place
    if rule.ties == "include":
        text = f"1+SUMPRODUCT({flags},--({keys}>{own}))"
    elif rule.ties == "exclude":
        text = f"SUMPRODUCT({flags},--({keys}>={own}))"
    text = f"IF({live.raw.there('graded', HERE)}=1,{text},{_DASH})"
    sheet.fill("reach", "并列后名次", group, text, "plain")
    out = _DASH
    for number in range(len(rule.bands), 0, -1):
        letter, end = rule.bands[number - 1].grade, sheet.here(f"end:{number}", HERE)
        out = f'IF({sheet.here("reach", HERE)}<={end},"{letter}",{out})'
    sheet.fill("grade", "类别", group, f"IF(ISNUMBER({place}),{out},{_DASH})", "center")


def _in_two_stages(live: Live, block: Block, rule: TwoStage, group: range) -> None:
    sheet, track = live.process, block.track.label
    gate = live.parameters.cell(track, "第一步", "前、后各占", rule.gate)
    count = sheet.here("count", group[0])
    inside = round_share(count, gate, "floor")
    spare = f"IF(2*{inside}<{count},IF({gate}=0.5,1,0),0)"
    for half, heading in (("upper", "前半家数"), ("lower", "后半家数")):
        more = f"+{spare}" if rule.middle == half else ""
        sheet.once(half, heading, group, inside + more, "plain")
    place, upper, lower = (sheet.here(k, HERE) for k in ("place", "upper", "lower"))
    below = f'IF({place}>{sheet.here("count", HERE)}-{lower},"后半","中间")'
    text = f'IF({place}<={upper},"前半",{below})'
    sheet.fill("gate", "第一步", group, f"IF(ISNUMBER({place}),{text},{_DASH})", "center")
    for number, chosen in enumerate(rule.selections, start=1):
        key, member, order, taken, quota = (
            f"{what}:{number}" for what in ("key", "member", "order", "taken", "quota")
        )
        letter = chosen.grade
        half = "前半" if chosen.half == "upper" else "后半"
        sheet.fill(key, f"{letter}类排序数值", group, cell_of(live, chosen.order_by))
        earlier = "".join(f",{sheet.here(f'taken:{n}', HERE)}=0" for n in range(1, number))
        own = sheet.here(key, HERE)
        text = f'{sheet.here("gate", HERE)}="{half}",ISNUMBER({own}){earlier}'
        heading = f"{letter}类可选（1是0否）"
        sheet.fill(member, heading, group, f"IF(AND({text}),1,0)", "plain")
        share = live.parameters.cell(track, f"{letter}类", "比例", chosen.share)
        text = round_share(count, share, rule.rounding)
        sheet.once(quota, f"{letter}类名额", group, text, "plain")
        members, keys = sheet.span(member, group), sheet.span(key, group)
        places = sheet.span("place", group)
        better = ">" if chosen.order == "descending" else "<"
        nearer = "<" if chosen.half == "upper" else ">"
        ahead = f"{members},--({keys}{better}{own})"
        equal = f"{members},--({keys}={own})"
        is_in = f"{sheet.here(member, HERE)}=1"
        text = f"1+SUMPRODUCT({ahead})+SUMPRODUCT({equal},--({places}{nearer}{place}))"
        heading = f"{letter}类第二步名次"
        sheet.fill(order, heading, group, f"IF({is_in},{text},{_DASH})", "plain")
        reach = sheet.here(order, HERE)
        if rule.ties == "include":
            reach = f"1+SUMPRODUCT({ahead})"
        elif rule.ties == "exclude":
            reach = f"SUMPRODUCT({ahead})+SUMPRODUCT({equal})"
        text = f"IF({is_in},IF({reach}<={sheet.here(quota, HERE)},1,0),0)"
        sheet.fill(taken, f"{letter}类入选（1是0否）", group, text, "plain")
    out = f'"{rule.rest}"'
    for number in range(len(rule.selections), 0, -1):
        letter = rule.selections[number - 1].grade
        out = f'IF({sheet.here(f"taken:{number}", HERE)}=1,"{letter}",{out})'
    sheet.fill("grade", "类别", group, f"IF(ISNUMBER({place}),{out},{_DASH})", "center")


def _by_lines(live: Live, rule: Thresholds, group: range) -> None:
    sheet = live.process
    out = f'"{rule.rest}"'
    for line in reversed(rule.lines):
        out = f'IF({live.renderer.condition(parse(line.when))},"{line.grade}",{out})'
    text = f"IF(ISNUMBER({sheet.here('place', HERE)}),{out},{_DASH})"
    sheet.fill("grade", "类别", group, text, "center")
