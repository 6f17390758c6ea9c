"""Formulas of composite, places and classes on 得分过程."""

from __future__ import annotations

from zoneeval.expressions import parse
from zoneeval.expressions.excel import Rendered, guarded
from zoneeval.expressions.parsing import SCORE
from zoneeval.policy.schema import Shares, Thresholds, TwoStage
from zoneeval.policy.scoring_schema import Bonus
from zoneeval.report.columns import Formula
from zoneeval.report.live_basis import COMPOSITE, Block, Live, cell_of
from zoneeval.report.live_sheet import round_share

_DASH = '"—"'


def add_bonus(live: Live, block: Block) -> None:
    """Add the sum of points, each bonus item, and bonus and penalty together."""
    sheet, track = live.process, block.track
    total = sheet.add("sum", "指标得分合计")
    for row in block.rows:
        cells = [sheet.here(SCORE + item.key, row) for item in track.indicators]
        total[row] = Formula("=" + ("+".join(cells) if cells else _DASH))
    if not track.bonus:
        for key, heading in (("bonus", "加分"), ("penalty", "扣分")):
            column = sheet.add(key, heading)
            for row in block.rows:
                column[row] = 0.0
        return
    kinds: dict[str, str] = {}
    for item in track.bonus:
        key = f"bonus:{item.id}"
        column = sheet.add(key, item.label)
        for row in block.rows:
            column[row] = Formula(f"={_bonus(live, block, item, row)}")
        held = kinds.get(item.kind or f"\0{item.id}")
        if held:
            highest = sheet.add(f"highest:{item.id}", f"{item.label}（同类取最高）")
            for row in block.rows:
                a, b = sheet.here(held, row), sheet.here(key, row)
                highest[row] = Formula(f"=IF(ABS({b})>ABS({a}),{b},{a})")
            key = f"highest:{item.id}"
        kinds[item.kind or f"\0{item.id}"] = key
    for key, heading, sign, most in (
        ("bonus", "加分", "", track.bonus_max),
        ("penalty", "扣分", "-", track.penalty_max),
    ):
        column = sheet.add(key, heading)
        for row in block.rows:
            text = "+".join(f"MAX({sign}{sheet.here(k, row)},0)" for k in kinds.values())
            if most is not None:
                text = f"MIN({text},{live.parameters.cell(track.label, heading, '上限', most)})"
            column[row] = Formula(f"={text}")


def _bonus(live: Live, block: Block, item: Bonus, row: int) -> str:
    def figure(what: str, value: float) -> str:
        return live.parameters.cell(block.track.label, item.label, what, value)

    if item.share_of_score is not None:
        points = f"MAX({live.process.here('sum', row)},0)*{figure('比例', item.share_of_score)}"
    elif item.per:
        number = live.renderer(row).number(parse(item.per).tree)
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
        points = f"IF({live.renderer(row).condition(parse(item.condition))},{points},0)"
    if item.limit is not None:
        limit = figure("上限", item.limit)
        points = f"MAX(-{limit},MIN({limit},{points}))"
    return points


def add_places(live: Live, block: Block) -> None:
    """Add composite, the figure that is ranked, rank, and place with equals told apart."""
    sheet, track = live.process, block.track
    composite = sheet.add(COMPOSITE, "综合得分")
    places = ""
    if track.decimals is not None:
        places = live.parameters.cell(track.label, "综合得分", "保留小数位数", track.decimals)
    for row in block.rows:
        points, bonus, penalty = (sheet.here(k, row) for k in ("sum", "bonus", "penalty"))
        text = f"{points}+{bonus}-{penalty}"
        if not track.indicators:
            text = _DASH
        composite[row] = Formula(f"=ROUND({text},{places})" if places else f"={text}")
    key = sheet.add("key", "排名依据")
    for row in block.rows:
        own = sheet.here(COMPOSITE, row)
        if track.rank_by:
            text = cell_of(live, track.rank_by, row)
            text = f"-{text}" if track.rank_order == "ascending" else text
        else:
            text = f"ROUND({own}*10^{places},0)" if places else own
            text = f"-{text}" if track.rank_order == "ascending" else text
        key[row] = Formula(f"={text}")
    rank, position = sheet.add("rank", "排名", "plain"), sheet.add("position", "名次", "plain")
    for group in block.groups:
        keys = sheet.span("key", group)
        ties = [sheet.span(SCORE + item.key, group) for item in track.indicators]
        numbers = live.raw.span_there("number", group)
        for row in group:
            own = sheet.here("key", row)
            rank[row] = Formula(f"=1+SUMPRODUCT(--({keys}>{own}))")
            later = f"({numbers}<{live.raw.there('number', row)})"
            for item, span in reversed(list(zip(track.indicators, ties, strict=True))):
                mine = sheet.here(SCORE + item.key, row)
                later = f"(({span}>{mine})+({span}={mine})*{later})"
            place = sheet.here("rank", row)
            position[row] = Formula(
                f"=IF(SUMPRODUCT(--({keys}={own}))=1,{place},"
                f"{place}+SUMPRODUCT(({keys}={own})*{later}))"
            )


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
    column = sheet.add("place", "定级名次", "plain")
    places = sheet.span("position", group)
    for row in group:
        flag, own = live.raw.there("graded", row), sheet.here("position", row)
        text = f"SUMPRODUCT({flags}*({places}<={own}))"
        column[row] = Formula(f"=IF({flag}=1,{text},{_DASH})")


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
    reach = sheet.add("reach", "并列后名次", "plain")
    grade = sheet.add("grade", "类别", "center")
    for row in group:
        own, place = sheet.here("key", row), sheet.here("place", row)
        text = place
        if rule.ties == "include":
            text = f"1+SUMPRODUCT({flags}*({keys}>{own}))"
        elif rule.ties == "exclude":
            text = f"SUMPRODUCT({flags}*({keys}>={own}))"
        reach[row] = Formula(f"=IF({live.raw.there('graded', row)}=1,{text},{_DASH})")
        out = _DASH
        for number in range(len(rule.bands), 0, -1):
            letter = rule.bands[number - 1].grade
            end = sheet.here(f"end:{number}", row)
            out = f'IF({sheet.here("reach", row)}<={end},"{letter}",{out})'
        grade[row] = Formula(f"=IF(ISNUMBER({place}),{out},{_DASH})")


def _in_two_stages(live: Live, block: Block, rule: TwoStage, group: range) -> None:
    sheet, track = live.process, block.track.label
    gate = live.parameters.cell(track, "第一步", "前、后各占", rule.gate)
    count = sheet.here("count", group[0])
    inside = round_share(count, gate, "floor")
    spare = f"IF(2*{inside}<{count},IF({gate}=0.5,1,0),0)"
    for half, heading in (("upper", "前半家数"), ("lower", "后半家数")):
        more = f"+{spare}" if rule.middle == half else ""
        sheet.once(half, heading, group, inside + more, "plain")
    column = sheet.add("gate", "第一步", "center")
    for row in group:
        place, upper, lower = (sheet.here(k, row) for k in ("place", "upper", "lower"))
        below = f'IF({place}>{sheet.here("count", row)}-{lower},"后半","中间")'
        text = f'IF({place}<={upper},"前半",{below})'
        column[row] = Formula(f"=IF(ISNUMBER({place}),{text},{_DASH})")
    for number, chosen in enumerate(rule.selections, start=1):
        key, member, order, taken, quota = (
            f"{what}:{number}" for what in ("key", "member", "order", "taken", "quota")
        )
        letter = chosen.grade
        columns = {
            key: sheet.add(key, f"{letter}类排序数值"),
            member: sheet.add(member, f"{letter}类可选（1是0否）", "plain"),
        }
        half = "前半" if chosen.half == "upper" else "后半"
        for row in group:
            columns[key][row] = Formula(f"={cell_of(live, chosen.order_by, row)}")
            earlier = "".join(f",{sheet.here(f'taken:{n}', row)}=0" for n in range(1, number))
            own = sheet.here(key, row)
            gate_ = sheet.here("gate", row)
            columns[member][row] = Formula(
                f'=IF(AND({gate_}="{half}",ISNUMBER({own}){earlier}),1,0)'
            )
        share = live.parameters.cell(track, f"{letter}类", "比例", chosen.share)
        text = round_share(count, share, rule.rounding)
        sheet.once(quota, f"{letter}类名额", group, text, "plain")
        orders = sheet.add(order, f"{letter}类第二步名次", "plain")
        takes = sheet.add(taken, f"{letter}类入选（1是0否）", "plain")
        members, keys = sheet.span(member, group), sheet.span(key, group)
        places = sheet.span("place", group)
        better = ">" if chosen.order == "descending" else "<"
        nearer = "<" if chosen.half == "upper" else ">"
        for row in group:
            own, place = sheet.here(key, row), sheet.here("place", row)
            ahead = f"{members}*({keys}{better}{own})"
            equal = f"{members}*({keys}={own})"
            is_in = f"{sheet.here(member, row)}=1"
            orders[row] = Formula(
                f"=IF({is_in},1+SUMPRODUCT({ahead})"
                f"+SUMPRODUCT({equal}*({places}{nearer}{place})),{_DASH})"
            )
            reach = sheet.here(order, row)
            if rule.ties == "include":
                reach = f"1+SUMPRODUCT({ahead})"
            elif rule.ties == "exclude":
                reach = f"SUMPRODUCT({ahead})+SUMPRODUCT({equal})"
            takes[row] = Formula(f"=IF({is_in},IF({reach}<={sheet.here(quota, row)},1,0),0)")
    grade = sheet.add("grade", "类别", "center")
    for row in group:
        out = f'"{rule.rest}"'
        for number in range(len(rule.selections), 0, -1):
            letter = rule.selections[number - 1].grade
            out = f'IF({sheet.here(f"taken:{number}", row)}=1,"{letter}",{out})'
        grade[row] = Formula(f"=IF(ISNUMBER({sheet.here('place', row)}),{out},{_DASH})")


def _by_lines(live: Live, rule: Thresholds, group: range) -> None:
    sheet = live.process
    grade = sheet.add("grade", "类别", "center")
    for row in group:
        out = f'"{rule.rest}"'
        for line in reversed(rule.lines):
            met = live.renderer(row).condition(parse(line.when))
            out = f'IF({met},"{line.grade}",{out})'
        grade[row] = Formula(f"=IF(ISNUMBER({sheet.here('place', row)}),{out},{_DASH})")
