"""The year as five steps, each saying honestly where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from zoneeval.model.adjudication import RunStatus
from zoneeval_ui.pages.adjudication.wording import objection_counts
from zoneeval_ui.widgets import Step, StepLink

if TYPE_CHECKING:
    from zoneeval_db.operations import Acting, Overview, RunState
    from zoneeval_ui.pages.overview.ledger import LedgerView

translate = QCoreApplication.translate

ISSUED, WAITING, LIVE, OVERDUE = "act-issued", "act-waiting", "act-live", "act-overdue"
TARIFF = "act-tariff"
PAGE_OF_STEP = {
    "collect": "import",
    "check": "enterprises",
    "evaluate": "evaluation",
    "publish": "adjudication",
    "act": "lists",
    ISSUED: "lists",
    TARIFF: "lists",
    WAITING: "exits",
    LIVE: "exits",
    OVERDUE: "exits",
}
"""Which page a step or a link of it leads to."""

PART_OF_LINK = {
    ISSUED: "utilities",
    TARIFF: "measures",
    WAITING: "ledger",
    LIVE: "ledger",
    OVERDUE: "ledger",
}
"""Which segment of that page a link opens."""


def year_steps(
    found: Overview, state: RunState | None, *, stale: bool, ledger: LedgerView | None = None
) -> tuple[Step, ...]:
    """Return 采集 → 核实 → 评价 → 公示 → 落实 with counts and open ends."""
    has_data, has_run = bool(found.enterprises), found.run is not None
    return (
        _collect(found, has_data),
        _check(found, has_data),
        _evaluate(found, has_data, stale=stale),
        _publish(state, stale=stale),
        _act(found.acting, ledger, has_run=has_run),
    )


def _act(acting: Acting | None, ledger: LedgerView | None, *, has_run: bool) -> Step:
    """Return 落实 with the lists issued, the open cases and what is overdue, each a link."""
    title, detail = translate("Overview", "落实"), _acting(ledger, has_run)
    headline = translate("Overview", "价格清单、退出清单")
    links = []
    if acting is not None and acting.can_list:
        headline = translate("Overview", "还没有印发执行名单")
        if acting.lists:
            headline = translate("Overview", "已印发执行名单 {n} 份").format(n=acting.lists)
        links.append(StepLink(ISSUED, headline))
    waiting = acting.waiting if acting is not None else 0
    item = translate("Overview", "项")
    counts = (
        (WAITING, translate("Overview", "待立案"), waiting, translate("Overview", "户")),
        (LIVE, translate("Overview", "在办"), ledger.live if ledger else 0, item),
        (OVERDUE, translate("Overview", "逾期"), ledger.overdue if ledger else 0, item),
    )
    shown = [count for count in counts if count[2]]
    for key, word, number, unit in shown:
        text = f"{word} {number}" if len(shown) > 2 else f"{word} {number} {unit}"
        links.append(StepLink(key, text, of_detail=True))
    if waiting:
        detail = translate("Overview", "{n} 户待立案").format(n=waiting) + (
            f"；{detail}" if ledger is not None else ""
        )
    mark: Literal["current", "todo"] = "current" if acting is not None else "todo"
    return Step("act", title, mark, headline, detail, tuple(links))


def _acting(ledger: LedgerView | None, has_run: bool) -> str:
    if ledger is not None:
        return translate("Overview", "退出转型{words}").format(words=ledger.brief)
    if has_run:
        return translate("Overview", "可导出 Excel")
    return translate("Overview", "评价后导出")


def _publish(state: RunState | None, *, stale: bool) -> Step:
    title = translate("Overview", "公示")
    if state is None:
        return Step(
            "publish",
            title,
            "todo",
            translate("Overview", "尚未公示"),
            translate("Overview", "评价后开始公示"),
        )
    made, counts = state.adjudication, objection_counts(state)
    if state.overrides:
        counts += translate("Overview", "，人工调整 {n} 户").format(n=state.overrides)
    if made.status is RunStatus.TRIAL:
        return Step(
            "publish",
            title,
            "todo" if stale else "current",
            translate("Overview", "尚未公示"),
            translate("Overview", "核对后开始公示"),
        )
    public = translate("Overview", "公示到 {day}")
    if made.publicity_until and date.today().isoformat() > made.publicity_until:
        public = translate("Overview", "公示已于 {day} 期满")
    headline = {
        RunStatus.PUBLICITY: public.format(day=made.publicity_until),
        RunStatus.REVIEW: translate("Overview", "公示期满，正在复核"),
        RunStatus.RECOGNISED: translate("Overview", "{day} 已认定").format(day=made.recognised_on),
        RunStatus.PUBLISHED: translate("Overview", "{day} 已发布").format(day=made.published_on),
    }[made.status]
    return Step("publish", title, "done" if made.is_locked else "current", headline, counts)


def _collect(found: Overview, has_data: bool) -> Step:
    title = translate("Overview", "采集")
    if not has_data:
        return Step(
            "collect",
            title,
            "current",
            translate("Overview", "还没有数据"),
            translate("Overview", "导入各部门的表格"),
        )
    headline = translate("Overview", "{departments} 类数据，{files} 份表").format(
        departments=len(found.departments), files=len(found.files)
    )
    version = found.dataset.version if found.dataset else 0
    detail = translate("Overview", "{n} 户企业，数据第 {version} 版").format(
        n=found.enterprises, version=version
    )
    return Step("collect", title, "done", headline, detail)


def _check(found: Overview, has_data: bool) -> Step:
    title = translate("Overview", "核实")
    if not has_data:
        return Step("check", title, "todo", "—", translate("Overview", "导入时逐格检查"))
    lacking = max((h.missing for h in found.headlines), default=0)
    if found.run is None:
        detail = translate("Overview", "{n} 户缺部分数据").format(n=lacking)
        return Step(
            "check",
            title,
            "done",
            translate("Overview", "{n} 户通过导入检查").format(n=found.enterprises),
            detail if lacking else translate("Overview", "主要数据齐全"),
        )
    others = sum(found.participation.values()) - found.evaluated
    headline = translate("Overview", "{n} 户参评").format(n=found.evaluated)
    if others:
        headline += translate("Overview", "，{n} 户不参评").format(n=others)
    parts = [f"{p.label} {n}" for p, n in found.participation.items() if p.value != "evaluated"]
    return Step("check", title, "done", headline, "，".join(parts))


def _evaluate(found: Overview, has_data: bool, *, stale: bool) -> Step:
    title = translate("Overview", "评价")
    if found.run is None:
        return Step(
            "evaluate",
            title,
            "current" if has_data else "todo",
            translate("Overview", "还没有评价"),
            translate("Overview", "选好办法后评价") if has_data else "",
        )
    headline = " · ".join(f"{grade} {n}" for grade, n in found.classes.items())
    if not any(found.classes.values()):
        headline = translate("Overview", "已评分排名，没有分类")
    if stale:
        return Step(
            "evaluate",
            title,
            "current",
            headline,
            translate("Overview", "有新数据，需重新评价"),
        )
    detail = translate("Overview", "没有上年同办法的评价")
    if found.previous_run is not None:
        detail = translate("Overview", "较上年 {up} 户上升，{down} 户下降").format(
            up=found.moved_up, down=found.moved_down
        )
    return Step("evaluate", title, "done", headline, detail)
