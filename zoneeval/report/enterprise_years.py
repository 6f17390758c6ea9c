"""One enterprise over all years, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zoneeval.model.enterprise_years import MAIN_FIELDS, EnterpriseYear, EnterpriseYears
from zoneeval.model.fields import FIELDS
from zoneeval.report.workbook.book import write_book
from zoneeval.report.workbook.columns import MISSING, Cell, Column, Kind, Page, Styled

_STATE = ("所用数据", "评价办法", "评价状态", "参评情况", "评价小组", "综合排名")


def write_enterprise_years(path: Path, found: EnterpriseYears) -> None:
    """Write data and classes, scores, happenings and exit cases on four sheets.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{found.name}历年情况"
    codes = "、".join(found.codes)
    note = f"统一社会信用代码：{codes}。数据为当年有效评价所用的数据；没有数据的写“—”。"
    headings = [found.heading(one) for one in found.years]
    pages = [
        Page(
            "历年情况",
            title,
            (Column("项目", cap=34), *(Column(text, "wrap", cap=26) for text in headings)),
            [*_classes(found), *_data(found)],
            notes=(note,),
            frozen_columns=1,
        ),
        Page(
            "各项得分",
            f"{found.name}历年得分",
            (Column("指标", cap=34), *(Column(text, "number", cap=26) for text in headings)),
            list(_scores(found)),
            frozen_columns=1,
            empty="各年度都没有得分。",
        ),
        _happenings(found),
        _steps(found),
    ]
    write_book(path, title, pages)


def _classes(found: EnterpriseYears) -> Iterator[list[Cell]]:
    years = found.years
    yield ["最终类别", *(_of(one, "final") for one in years)]
    yield ["按办法的类别", *(_of(one, "by_rules") for one in years)]
    yield ["按得分的类别", *(_of(one, "by_score") for one in years)]
    yield ["人工调整", *(_hand(one) for one in years)]
    yield ["连续在该类（年）", *(Styled(_of(one, "years_in_class"), "integer") for one in years)]
    for label in _STATE:
        yield [label, *(state_of(one)[label] for one in years)]
    yield ["综合得分", *(Styled(_of(one, "composite"), "number") for one in years)]


def _of(one: EnterpriseYear, name: str) -> float | str | None:
    value: float | str | None = None if one.result is None else getattr(one.result, name)
    return value


def _hand(one: EnterpriseYear) -> str:
    made = one.result.override if one.result else None
    return MISSING if made is None else f"{made.reason}（{made.document}）"


def state_of(one: EnterpriseYear) -> dict[str, str]:
    """Return how a year was evaluated, in words."""
    made = one.result
    if made is None:
        words = [f"第 {one.dataset_version} 版", "没有评价", *[MISSING] * 4]
        return dict(zip(_STATE, words, strict=True))
    taking = "；".join((made.participation, *made.reasons))
    if made.evaluated_as:
        taking += f"；与 {made.evaluated_as} 一并评价"
    words = [
        f"第 {one.dataset_version} 版",
        made.policy,
        f"{made.status.label}（第 {made.run_id} 次评价）",
        taking,
        made.group or MISSING,
        MISSING if made.rank is None else f"第 {made.rank} 名",
    ]
    return dict(zip(_STATE, words, strict=True))


def _data(found: EnterpriseYears) -> Iterator[list[Cell]]:
    for key in shown_fields(found):
        field = FIELDS[key]
        kind: Kind = (
            "ratio" if field.kind == "share" else "integer" if field.unit == "人" else "number"
        )
        yield [field.heading, *(Styled(one.values[key], kind) for one in found.years)]


def shown_fields(found: EnterpriseYears) -> tuple[str, ...]:
    """Return the main fields that at least one year has."""
    return tuple(
        key for key in MAIN_FIELDS if any(one.values[key] is not None for one in found.years)
    )


def _scores(found: EnterpriseYears) -> Iterator[list[Cell]]:
    for info in found.indicators:
        yield [
            info.label,
            *(one.result.scores.get(info.key) if one.result else None for one in found.years),
        ]
    if found.indicators:
        for label, name in (("加分", "bonus"), ("扣分", "penalty"), ("综合得分", "composite")):
            yield [label, *(_of(one, name) for one in found.years)]


def _happenings(found: EnterpriseYears) -> Page:
    rows: list[list[Cell]] = [
        [
            i,
            one.on or (f"{one.year} 年" if one.year else MISSING),
            one.kind,
            one.words,
            one.document or MISSING,
        ]
        for i, one in enumerate(found.happenings, 1)
    ]
    return Page(
        "大事记",
        f"{found.name}大事记",
        (
            Column("序号", "plain", width=8),
            Column("日期", "center", width=13),
            Column("事项", "center", cap=14),
            Column("内容", "wrap", cap=70),
            Column("依据文件或材料", "wrap", cap=36),
        ),
        rows,
        empty="没有记录异议、调整、执行名单和退出转型事项。",
    )


def _steps(found: EnterpriseYears) -> Page:
    rows: list[list[Cell]] = []
    for case in found.cases:
        for step in found.steps.get(case.id, ()) or (None,):
            rows.append(
                [
                    case.id,
                    case.kind.label,
                    case.state.label,
                    case.path,
                    case.responsible,
                    case.due,
                    step.what if step else None,
                    step.due if step else None,
                    step.done_on if step else None,
                    step.evidence if step else None,
                ]
            )
    return Page(
        "退出转型",
        f"{found.name}退出转型情况",
        (
            Column("编号", "plain", width=8),
            Column("种类", "center", cap=16),
            Column("状态", "center", cap=12),
            Column("处置路径", "center", cap=16),
            Column("责任单位", cap=24),
            Column("完成时限", "center", width=13),
            Column("步骤", "wrap", cap=36),
            Column("步骤时限", "center", width=13),
            Column("完成日期", "center", width=13),
            Column("佐证材料", "wrap", cap=30),
        ),
        rows,
        empty="没有列入退出转型台账。",
    )
