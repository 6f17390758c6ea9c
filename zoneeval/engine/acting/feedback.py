"""What a utility carried out, held against its list: rate by rate, account by account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from zoneeval.model.effects import months_of
from zoneeval.model.feedback import FeedbackComparison, FeedbackLine, FeedbackRow
from zoneeval.model.fields import unit_of
from zoneeval.model.period import Period
from zoneeval.model.pricing import KIND_BASE
from zoneeval.model.utility_list import IssuedList, ListLine, UtilityList
from zoneeval.policy.tariff import money_factor
from zoneeval.units import UnitError

ONE_YUAN = 1e-4
"""In 万元: bills are rounded, so that a smaller difference is none."""


def use_unit(kind: str, rate_unit: str) -> str:
    """Return the unit in which the use behind a rate is kept."""
    base = KIND_BASE.get(kind, "")
    if base:
        return unit_of(base)
    return rate_unit.partition("/")[2] or "万元"


def feedback_keys(content: UtilityList, lines: Sequence[ListLine]) -> dict[str, ListLine]:
    """Return lines by what they are reported under: the account, and the kind where several."""
    several = len(content.kinds) > 1
    return {
        f"{account} {line.kind}" if several else account: line
        for line in lines
        for account in (line.account or line.uscc,)
    }


def compare_feedback(issued: IssuedList, rows: Sequence[FeedbackRow]) -> FeedbackComparison:
    """Return every account of the list and of the report, in each period reported.

    An account that is on the list and was not reported in a period of which others were
    was not billed.  A rate that is not stated is taken from amount and use.
    """
    content = issued.content
    listed = feedback_keys(content, content.charged)
    shared = feedback_keys(content, [one.line for one in content.shared])
    periods = tuple(sorted({row.period for row in rows}))
    found = []
    for period in periods:
        mine = {row.account: row for row in rows if row.period == period}
        holds = _holds_in(issued, period)
        for key, line in listed.items():
            row = mine.get(key)
            if row is None and holds:
                words = "名单上有，反馈中没有"
                found.append(FeedbackLine("not_billed", line, None, period, None, None, words))
            elif row is not None:
                found.append(_compared(line, row, holds))
        for key, row in mine.items():
            if key not in listed:
                found.append(_stranger(shared.get(key), row, holds))
    return FeedbackComparison(issued.id, issued.utility, periods, tuple(found))


def _holds_in(issued: IssuedList, period: str) -> bool:
    """Tell whether a list holds on any day of a period."""
    year, months = Period.parse(period).year, months_of(period)
    first = date(year, min(months), 1)
    after = date(year + (max(months) == 12), max(months) % 12 + 1, 1)
    ends = [issued.valid_to] if issued.valid_to else []
    if issued.withdrawn is not None:
        ends.append(str(date.fromisoformat(issued.withdrawn.on) - timedelta(days=1)))
    starts = issued.valid_from
    return str(after) > starts and all(str(first) <= end for end in ends)


def _compared(line: ListLine, row: FeedbackRow, holds: bool) -> FeedbackLine:
    factor = _factor(line)
    base = None if row.use is None or factor is None else row.use * factor
    rate, tolerance = row.rate, 1e-9
    if rate is None and row.amount is not None and base:
        rate = row.amount / base
        tolerance = ONE_YUAN / base
    expected = None if base is None or line.rate is None else base * line.rate

    def said(status: str, words: str) -> FeedbackLine:
        return FeedbackLine(status, line, row, row.period, rate, expected, words)

    if not holds:
        if rate or row.amount:
            return FeedbackLine(
                "outside", line, row, row.period, rate, None, "不在名单有效期内，仍在执行"
            )
        return FeedbackLine("agrees", line, row, row.period, rate, None, "不在有效期内，没有执行")
    if rate == 0 or (rate is None and row.amount == 0):
        if row.use == 0 and not row.rate:
            return said("agrees", "本期没有用量")
        return said("not_billed", row.note or "反馈为没有执行")
    if rate is None:
        return said("not_stated", row.note or "没有填执行标准，也不能由金额和用量算出")
    if line.rate is not None and abs(rate - line.rate) > tolerance + 1e-9 * line.rate:
        return said("rate_differs", f"名单 {line.rate:g}，执行 {rate:.6g}（{line.unit}）")
    if row.amount is not None and expected is not None:
        if abs(row.amount - expected) > max(ONE_YUAN, ONE_YUAN * expected):
            return said("amount_differs", f"按用量应为 {expected:.4f} 万元，{row.amount:.4f} 万元")
        return said("agrees", "")
    lacking = [w for w, v in (("用量", row.use), ("金额", row.amount)) if v is None]
    return said("agrees", f"标准一致，没有填{'和'.join(lacking)}" if lacking else "标准一致")


def _stranger(line: ListLine | None, row: FeedbackRow, holds: bool) -> FeedbackLine:
    if line is not None and holds:
        words = "合用户号，请按核定的用量核对"
        return FeedbackLine("not_stated", None, row, row.period, row.rate, None, words)
    if not row.rate and not row.amount:
        words = "不在名单上，没有执行"
        return FeedbackLine("agrees", None, row, row.period, row.rate, None, words)
    return FeedbackLine("unlisted", None, row, row.period, row.rate, None, "不在名单上，已执行")


def _factor(line: ListLine) -> float | None:
    try:
        return float(money_factor(line.unit, use_unit(line.kind, line.unit)))
    except UnitError:
        return None
