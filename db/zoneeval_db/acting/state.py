"""How far a published run was put into effect: lists issued, cases opened and overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from zoneeval_db.acting.exit_opening import cases_of_run
from zoneeval_db.acting.exit_rows import exit_cases
from zoneeval_db.acting.exit_steps import exit_due
from zoneeval_db.acting.tariffs import own_tariffs, tariffs
from zoneeval_db.data.successions import newest_codes

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult

ActingStep = Literal["issue", "open", "overdue", "live", "tariff", "feedback", "export"]
"""What comes next: issue lists, open cases, press for what is overdue, carry on with what
is open, enter rates, gather reports; or only export, where the policy gives no classes."""


@dataclass(frozen=True, slots=True)
class Acting:
    """What was done with a run's classes in a zone (None: in all).

    ``lists`` are those made from the run that were not withdrawn; ``can_list`` tells
    whether it has classes, ``has_rates`` whether an own tariff has a rate to list.
    ``waiting`` counts enterprises of a class of leaving that have no case.
    """

    lists: int
    can_list: bool
    has_rates: bool
    waiting: int
    live: int
    overdue: int

    @property
    def step(self) -> ActingStep:
        """Return what comes next."""
        unlisted = self.can_list and not self.lists
        if unlisted and self.has_rates:
            return "issue"
        if self.waiting:
            return "open"
        if self.overdue:
            return "overdue"
        if self.live:
            return "live"
        if unlisted:
            return "tariff"
        return "feedback" if self.lists else "export"

    @property
    def next_words(self) -> str:
        """Return what comes next in words."""
        return {
            "issue": "印发执行名单",
            "open": f"按评价结果为 {self.waiting} 户企业立案",
            "overdue": f"催办 {self.overdue} 项逾期的退出转型事项",
            "live": f"推进在办的 {self.live} 项退出转型事项",
            "tariff": "收到价格文件后填写价格表，印发执行名单",
            "feedback": "收集执行反馈，登记成效",
            "export": "导出评价结果",
        }[self.step]


def acting(ws: Workspace, run: RunResult, zone: str | None, today: date) -> Acting:
    """Return what was done with the classes of a run, as of ``today``."""
    from zoneeval.report.order import exit_letters

    (lists,) = ws.conn.execute(
        "SELECT count(*) FROM utility_list"
        " WHERE run_id = ? AND json_extract(content, '$.withdrawn') IS NULL",
        (run.info.id,),
    ).fetchone()
    every = exit_cases(ws)
    due = exit_due(ws, today.isoformat(), 0, zone=zone)
    newest, there = newest_codes(ws), cases_of_run(ws, run)
    own = {held.id for held in own_tariffs(ws)}
    letters = exit_letters(run.policy)
    evaluation = run.evaluation
    rows = zip(evaluation.uscc, evaluation.grade, evaluation.zone, strict=True)
    return Acting(
        lists=lists,
        can_list=bool(evaluation.counts()),
        has_rates=any(tariff.rates and tariff.id in own for tariff in tariffs(ws)),
        waiting=sum(
            grade in letters
            and (zone is None or place == zone)
            and bool(code)
            and newest.get(str(code), str(code)) not in there
            for code, grade, place in rows
        ),
        live=sum(case.state.is_live for case in every if zone is None or case.zone == zone),
        overdue=len({item.case.id for item in due if item.is_overdue}),
    )
