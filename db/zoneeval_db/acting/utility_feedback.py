"""What utilities report back on a list: imported, compared, written as workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.effects import Expected, months_of, period_words
from zoneeval.model.feedback import FeedbackRow
from zoneeval_db.acting.issued_lists import issued_list, issued_lists
from zoneeval_db.data.filled_tables import refuse_faults

if TYPE_CHECKING:
    from zoneeval.model.feedback import FeedbackComparison
    from zoneeval.model.utility_list import IssuedList
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True)
class FeedbackImport:
    """What one table brought: rows kept, and for which periods."""

    rows: int
    periods: tuple[str, ...]
    replaced: int


def feedback_rows(ws: Workspace, number: int) -> list[FeedbackRow]:
    """Return what was reported on a list, by period and account."""
    issued_list(ws, number)
    found = ws.conn.execute(
        "SELECT account, period, use, rate, amount, note, source FROM utility_feedback"
        " WHERE list_id = ? ORDER BY period, account",
        (number,),
    )
    return [FeedbackRow(*row) for row in found]


def import_feedback(
    ws: Workspace, number: int, path: Path, period: str | None = None
) -> FeedbackImport:
    """Enter a utility's report on a list; what it reported before of a period is replaced.

    ``period`` (2025-03) serves a table without a column of months.  All rows are entered
    or none: raises InputError naming the rows at fault.
    """
    from zoneeval.intake.feedback import FeedbackTable, read_feedback

    found = issued_list(ws, number)
    if not found.content.charged and not found.content.shared:
        raise InputError(f"第 {number} 号名单没有要执行的项目，没有可以比较的反馈。")
    rows, faults = read_feedback(path, FeedbackTable(*_table(found)), period)
    refuse_faults(path, faults)
    if not rows:
        raise InputError(f"“{path.name}”中没有填写执行情况，没有导入。请填写后再导入。")
    held = feedback_rows(ws, number)
    before = {(row.account, row.period) for row in held}
    _refuse_overlap([*held, *rows])
    periods = tuple(sorted({row.period for row in rows}))
    words = "、".join(periods)
    with ws.operation(f"导入第 {number} 号{found.utility}名单的执行反馈（{words}）") as op:
        for row in rows:
            kept = asdict(row)
            key = {"list_id": number, "account": kept.pop("account"), "period": kept.pop("period")}
            op.write("utility_feedback", key, kept)
    replaced = sum((row.account, row.period) in before for row in rows)
    return FeedbackImport(len(rows), periods, replaced)


def _refuse_overlap(rows: Iterable[FeedbackRow]) -> None:
    """Raise InputError where two periods of an account overlap, which would count twice."""
    periods: dict[str, set[str]] = {}
    for row in rows:
        periods.setdefault(row.account, set()).add(row.period)
    for account, mine in periods.items():
        for one, other in combinations(sorted(mine), 2):
            if one[:4] == other[:4] and months_of(one) & months_of(other):
                raise InputError(
                    f"{account} 的{period_words(one)}与{period_words(other)}有重叠，会重复计算，"
                    "没有导入。请只按月或只按季、按年反馈；先导入的可以撤销。"
                )


def billed_by_class(ws: Workspace, year: int) -> list[Expected]:
    """Return what utilities reported as charged and relieved in a year, by class, in 万元.

    Only accounts on the lists count; those that are on a list and have no amount in a
    period reported are in no sum and are counted.
    """
    from zoneeval.model.exits import known_sum

    amounts: dict[tuple[str, str], list[float | None]] = {}
    for listed in issued_lists(ws):
        for one in compare_feedback(ws, listed.id).lines:
            if one.line is not None and one.period.startswith(f"{year}"):
                amount = one.row.amount if one.row else None
                amounts.setdefault((one.line.grade, one.line.direction), []).append(amount)
    return [
        Expected(
            grade,
            known_sum(amounts.get((grade, "surcharge"), [])),
            known_sum(amounts.get((grade, "relief"), [])),
        )
        for grade in sorted({grade for grade, _ in amounts})
    ]


def _table(found: IssuedList) -> tuple[str, str, bool, dict[str, str], tuple[str, ...]]:
    from zoneeval.engine.acting.feedback import use_unit

    content = found.content
    lines = [*content.charged, *(one.line for one in content.shared)]
    uses = {use_unit(line.kind, line.unit) for line in lines}
    units = {line.unit for line in lines}
    if len(uses) > 1 or len(units) > 1:
        raise InputError(
            f"第 {found.id} 号名单有几种单位（{'、'.join(sorted(units))}），不能用一张表反馈。"
            "请按种类分别编制价格表、印发名单。"
        )
    accounts: dict[str, str] = {}
    for line in lines:
        own = line.account or line.uscc
        accounts[own] = own
    bare: dict[str, set[str]] = {}
    for own in accounts:
        bare.setdefault(own.lstrip("0"), set()).add(own)
    accounts |= {
        short: next(iter(owns))
        for short, owns in bare.items()
        if len(owns) == 1 and short not in accounts
    }
    kinds = content.kinds if len(content.kinds) > 1 else ()
    return uses.pop(), units.pop(), not content.accounts, accounts, kinds


def compare_feedback(ws: Workspace, number: int) -> FeedbackComparison:
    """Return what was reported held against the list; raise InputError where there is none."""
    from zoneeval.engine.acting.feedback import compare_feedback as compared

    return compared(issued_list(ws, number), feedback_rows(ws, number))


def export_feedback(ws: Workspace, out: Path, number: int) -> list[Path]:
    """Write the comparison of list and report as a workbook."""
    from zoneeval.report.acting.feedback import write_feedback

    write_feedback(out, issued_list(ws, number), compare_feedback(ws, number))
    return [out]


def export_feedback_form(ws: Workspace, out: Path, number: int, period: str) -> list[Path]:
    """Write the table that a utility fills in for a period and sends back."""
    from zoneeval.intake.feedback import period_of
    from zoneeval.model.period import Period
    from zoneeval.report.acting.feedback import write_feedback_form

    found = issued_list(ws, number)
    if not found.content.charged and not found.content.shared:
        raise InputError(f"第 {number} 号名单没有要执行的项目，不需要反馈表。")
    unit = _table(found)[0]
    at = Period.of_words(period)
    if at is None:
        raise InputError(
            f"执行期间“{period}”无法识别。请写成 2025-03（3 月）、2025Q1（一季度）或 2025（全年）。"
        )
    write_feedback_form(out, found, period_of(at.key), unit)
    return [out]
