"""The list of differentiated measures for one utility (执行名单), as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.model.fields import unit_of
from zoneeval.model.pricing import DIRECTION_WORDS, Direction
from zoneeval.model.utilities import MEASURED_BY
from zoneeval.model.utility_list import IssuedList, ListChanges, ListLine, UtilityList
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Tariff
from zoneeval.progress import Progress, silent
from zoneeval.report.acting.pricing_changes import change_pages, change_words
from zoneeval.report.grades import grade_cell
from zoneeval.report.header import (
    RunHeader,
    citation_section,
    document_words,
    list_section,
    rule_section,
    run_note,
    status_alerts,
    titled,
)
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import MISSING, Cell, Column, FactPage, Page, Section

PENDING = "待定"
"""Stands where no published rate, date or document was found; never a 0."""

WITHHELD = "不加价"
"""Stands where the class would cost more but does not: the remark says why."""

_GAP = "\u3000\u3000"
_SIGNATURES = _GAP.join(
    ("编制：____________", "审核：____________", "批准：____________", "印发单位（盖章）：")
)
_DATES = _GAP.join(("印发日期：______年___月___日", "接收单位（盖章）：", "接收人：____________"))
_NOT_SHARED = ("园区", "连续年数", "执行起", "执行止")
_NEXT = "下一次名单"
"""Until when an issued list holds where no day is stated."""
_DRAFT = "本名单是草稿，没有印发，不作为执行依据。"


def write_pricing(
    path: Path,
    header: RunHeader,
    policy: Policy,
    tariff: Tariff,
    content: UtilityList,
    changes: ListChanges | None = None,
    issued: IssuedList | None = None,
    progress: Progress = silent,
) -> None:
    """Write the list of a utility to ``path``, one row per account.

    Enterprises without a known account, and accounts that several use, stand on sheets
    of their own, as does what changed against the list in force.  Without ``issued`` the
    workbook says that it is a draft.

    Raises:
        UserError: the file cannot be written.
        Cancelled: by ``progress``; nothing is written then.
    """
    title = titled(header, f"差别化价格清单（{content.utility}）")
    notes = (*_issue_notes(issued), *_change_notes(changes), run_note(header, policy))
    notes += (f"价格依据：{document_words(tariff)}",)
    sheets = _Sheets(policy, tariff, content, issued, title, notes)
    pages: list[Page | FactPage] = [sheets.listed("surcharge")]
    if tariff.grades_of(content.utility, "relief"):
        pages.append(sheets.listed("relief"))
    if content.accounts:
        pages.append(sheets.missing())
    if content.shared:
        pages.append(sheets.shared())
    if changes is not None and changes.against is not None:
        pages += change_pages(title, changes, content, policy, issued)
    pages.append(sheets.about())
    write_book(path, title, pages, progress)


def _issue_notes(issued: IssuedList | None) -> tuple[str, ...]:
    if issued is None:
        return ()
    span = (
        f"自 {issued.valid_from} 起" + f"至{f' {issued.valid_to} ' if issued.valid_to else _NEXT}止"
    )
    words = f"名单文号：{issued.document}{_GAP}印发日期：{issued.issued_on}{_GAP}有效期：{span}"
    return (words,)


def _change_notes(changes: ListChanges | None) -> tuple[str, ...]:
    return () if changes is None else (change_words(changes),)


class _Sheets:
    """The sheets of one list."""

    def __init__(
        self,
        policy: Policy,
        tariff: Tariff,
        content: UtilityList,
        issued: IssuedList | None,
        title: str,
        notes: tuple[str, ...],
    ) -> None:
        self._policy, self._tariff, self._content = policy, tariff, content
        self._issued, self._title, self._notes = issued, title, notes
        self._alerts = self._warnings()
        self._several_kinds = len(content.kinds) > 1

    def listed(self, direction: Direction) -> Page:
        """Return the lines of surcharges, or of relief."""
        mine = [line for line in self._content.lines if line.direction == direction]
        word, remarks = DIRECTION_WORDS[direction], _remarked(mine)
        pending = any(line.state == "pending" for line in mine)
        more = ("“待定”表示没有见到公布的标准或日期，不是 0。",) if pending else ()
        return Page(
            f"{self._content.utility}{word}清单",
            self._title if direction == "surcharge" else f"{self._title}——{word}",
            self._columns(word, self._content.accounts, remarks),
            [self._cells(line, i, remarks) for i, line in enumerate(mine, 1)],
            notes=(*self._notes, *more),
            alerts=self._alerts,
            closing=("", _SIGNATURES, _DATES),
            frozen_columns=2,
            empty=self._nobody(direction),
        )

    def missing(self) -> Page:
        """Return the enterprises whose account is not known."""
        mine = self._content.missing
        remarks = _remarked(mine)
        return Page(
            "缺户号",
            f"{self._title}——缺户号企业",
            self._columns(_word(mine), False, remarks),
            [self._cells(line, i, remarks, accounts=False) for i, line in enumerate(mine, 1)],
            notes=(
                *self._notes,
                f"下列企业没有{self._content.utility}户号，请核对后补充，补齐前不能执行。",
            ),
            frozen_columns=2,
            empty="列入清单的企业都有户号。",
        )

    def shared(self) -> Page:
        """Return the accounts that several enterprises use, which are not charged whole."""
        mine = self._content.shared
        lines = [one.line for one in mine]
        remarks = _remarked(lines)
        columns = self._columns(_word(lines), True, remarks)
        kept = [i for i, column in enumerate(columns) if column.heading not in _NOT_SHARED]
        field = MEASURED_BY.get(self._content.utility)
        heading = f"本企业全年用量{f'（{unit_of(field)}）' if field else ''}"
        small = any(0 < (one.use or 0) < 0.01 for one in mine)
        rows = []
        for serial, one in enumerate(mine, 1):
            cells = self._cells(one.line, serial, remarks)
            rows.append([*(cells[i] for i in kept), one.use, one.users])
        return Page(
            "合用户号",
            f"{self._title}——几户企业合用的户号",
            (
                *(columns[i] for i in kept),
                Column(heading, "fine" if small else "number"),
                Column("使用该户号的企业", "wrap", cap=40),
            ),
            rows,
            notes=(
                *self._notes,
                "下列户号由几户企业合用，各户标准不同，不能按户号整体执行；请分表计量，"
                "或核定各户用量后只对本企业执行。",
            ),
            frozen_columns=2,
        )

    def about(self) -> FactPage:
        """Return what the list rests on."""
        tariff = self._tariff
        reason = [tariff.empty_reason] if tariff.empty_reason and not tariff.rates else []
        return FactPage(
            "说明",
            f"{self._title}说明",
            (
                rule_section(tariff, "一、价格表"),
                list_section("二、价格表中缺少的内容", [*reason, *tariff.missing], "没有。"),
                rule_section(self._policy, "三、评价办法"),
                Section("四、价格文件", citation_section(tariff).facts),
            ),
            self._alerts,
        )

    def _warnings(self) -> tuple[str, ...]:
        tariff, utility = self._tariff, self._content.utility
        rates = [rate for rate in tariff.rates if rate.utility == utility]
        lines = [] if self._issued else [_DRAFT]
        withdrawn = self._issued.withdrawn if self._issued else None
        if withdrawn is not None:
            lines.append(
                f"本名单自 {withdrawn.on} 起停止执行（{withdrawn.document}）：{withdrawn.reason}"
            )
        if not rates:
            lines.append(
                tariff.empty_reason or f"价格表中没有{utility}的加价标准，加价标准列写“待定”。"
            )
        else:
            sample = any(rate.illustrative for rate in rates)
            lines += status_alerts(tariff, sample, "本价格表")
        policy = self._policy
        return (*lines, *status_alerts(policy, policy.has_illustrative, "评价办法"))

    def _nobody(self, direction: Direction) -> str:
        if direction == "relief":
            return "没有需要列入的减免企业。"
        letters = {g.letter for g in self._policy.grades if g.surcharge}
        letters |= self._tariff.grades_of(self._content.utility)
        named = "、".join(f"{g.letter}类" for g in self._policy.grades if g.letter in letters)
        what = "户号" if self._content.accounts else ""
        return f"没有需要列入的{named}企业{what}。" if named else "本办法没有规定加价的类别。"

    def _columns(self, word: str, accounts: bool, remarks: bool) -> tuple[Column, ...]:
        own = (Column("户名", cap=22), Column("户号", "code", cap=22)) if accounts else ()
        kind = (Column("种类", "center", cap=18),) if self._several_kinds else ()
        remark = (Column("备注", "wrap", cap=24),) if remarks else ()
        return (
            Column("序号", "plain"),
            *own,
            Column("企业名称", cap=22),
            Column("统一社会信用代码", "code", cap=22),
            Column("园区", cap=12),
            Column("类别", "center"),
            Column("连续年数", "plain", cap=6),
            *kind,
            Column(f"{word}标准", "fine", cap=9),
            Column("单位", "center", cap=12),
            Column("执行起", "center", width=12),
            Column("执行止", "center", width=12),
            Column("依据文号", "wrap", cap=20),
            *remark,
        )

    def _cells(
        self, line: ListLine, serial: int, remarks: bool, accounts: bool | None = None
    ) -> list[Cell]:
        shown = self._content.accounts if accounts is None else accounts
        own: list[Cell] = [line.account_name, line.account] if shown else []
        kind: list[Cell] = [line.kind] if self._several_kinds else []
        remark: list[Cell] = [line.remark] if remarks else []
        blank = MISSING if line.state == "withheld" else PENDING
        instead = WITHHELD if line.state == "withheld" else PENDING
        first, last = self._span(line)
        return [
            serial,
            *own,
            line.enterprise,
            line.uscc,
            line.zone,
            grade_cell(self._policy, line.grade),
            line.years,
            *kind,
            instead if line.rate is None else line.rate,
            line.unit or blank,
            first or blank,
            last or blank,
            line.document or blank,
            *remark,
        ]

    def _span(self, line: ListLine) -> tuple[str, str]:
        """Return the days a line holds: those of its rate, within those of the list."""
        if self._issued is None or line.rate is None:
            return line.starts, line.ends
        last = min(filter(None, (line.ends, self._issued.valid_to)), default=_NEXT)
        return max(line.starts, self._issued.valid_from), last


def _remarked(lines: Sequence[ListLine]) -> bool:
    return any(line.remark for line in lines)


def _word(lines: Sequence[ListLine]) -> str:
    """Return what a rate of these lines is called: 加价, 减免, or 执行 of both."""
    words = {DIRECTION_WORDS[line.direction] for line in lines} or {"加价"}
    return words.pop() if len(words) == 1 else "执行"
