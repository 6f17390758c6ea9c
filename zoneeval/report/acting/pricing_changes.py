"""What a list to a utility changes: sheets of additions, removals and other changes."""

from __future__ import annotations

from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval.model.utility_list import (
    CHANGE_WORDS,
    ChangeKind,
    IssuedList,
    LineChange,
    ListChanges,
    UtilityList,
)
from zoneeval.policy.schema import Policy
from zoneeval.report.grades import grade_cell
from zoneeval.report.workbook.columns import Cell, Column, Page

_NONE: dict[ChangeKind, str] = {
    "added": "没有新增。",
    "removed": "没有取消。",
    "changed": "没有变更。",
}
_NOTES: dict[ChangeKind, str] = {
    "added": "下列各项原名单没有，{day}开始执行。",
    "removed": "下列各项原名单有、本名单没有，{day}停止执行。",
    "changed": "下列各项继续执行，内容有变化，{day}按新内容执行。",
}


def change_words(changes: ListChanges) -> str:
    """Return one line: against which list, and how many lines each way."""
    if changes.against is None:
        return f"没有在执行的名单，本次 {len(changes.of('added'))} 项全部为新增。"
    counts = "，".join(f"{CHANGE_WORDS[kind]} {len(changes.of(kind))} 项" for kind in CHANGE_WORDS)
    return (
        f"与第 {changes.against} 号名单（{changes.document}）相比：{counts}，"
        f"不变 {changes.unchanged} 项。"
    )


def change_pages(
    title: str,
    changes: ListChanges,
    content: UtilityList,
    policy: Policy,
    issued: IssuedList | None = None,
) -> list[Page]:
    """Return the three sheets of changes against the list before."""
    return [_page(kind, title, changes, content, policy, issued) for kind in CHANGE_WORDS]


def _page(
    kind: ChangeKind,
    title: str,
    changes: ListChanges,
    content: UtilityList,
    policy: Policy,
    issued: IssuedList | None,
) -> Page:
    mine = changes.of(kind)
    own = (Column("户名", cap=26), Column("户号", "code", cap=22)) if content.accounts else ()
    day = f"自 {issued.valid_from} 起" if issued else "自新名单执行之日起"
    return Page(
        CHANGE_WORDS[kind],
        f"{title}——{CHANGE_WORDS[kind]}",
        (
            Column("序号", "plain"),
            *own,
            Column("企业名称", cap=26),
            Column("统一社会信用代码", "code", cap=22),
            Column("园区", cap=14),
            Column("措施", "center", cap=14),
            Column("原类别", "center"),
            Column("现类别", "center"),
            Column("原标准", "fine"),
            Column("现标准", "fine"),
            Column("单位", "center", cap=12),
            Column("依据文号", "wrap", cap=22),
            Column("原因", "wrap", cap=32),
        ),
        [_cells(one, i, content, policy) for i, one in enumerate(mine, 1)],
        notes=(change_words(changes), _NOTES[kind].format(day=day)),
        frozen_columns=2,
        empty=_NONE[kind],
    )


def _cells(one: LineChange, serial: int, content: UtilityList, policy: Policy) -> list[Cell]:
    line, before, after = one.line, one.before, one.after
    own: list[Cell] = [line.account_name, line.account] if content.accounts else []
    return [
        serial,
        *own,
        line.enterprise,
        line.uscc,
        line.zone,
        f"{line.kind}{DIRECTION_WORDS[line.direction]}",
        grade_cell(policy, before.grade) if before else None,
        grade_cell(policy, after.grade) if after else None,
        before.rate if before else None,
        after.rate if after else None,
        line.unit,
        line.document,
        one.reason,
    ]
