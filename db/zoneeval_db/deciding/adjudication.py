"""A run from trial to publication, one step after the other; a step back is an undo."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.adjudication import Adjudication, RunStatus
from zoneeval.progress import Progress, silent
from zoneeval.workdays import iso_date, weekend_note
from zoneeval_db.deciding.holidays import calendar
from zoneeval_db.deciding.publication import published_beside, replaced_by, run_chain, superseded_by
from zoneeval_db.evaluating.runs import evaluate, run_info, runs, stored_policy

if TYPE_CHECKING:
    from datetime import date

    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo

_FINAL_COUNTS = (
    "SELECT coalesce(o.grade, r.grade) AS final, count(*) FROM run_result r"
    " LEFT JOIN grade_override o ON o.run_id = r.run_id AND o.uscc = r.uscc"
    " WHERE r.run_id = ? AND coalesce(o.grade, r.grade) IS NOT NULL GROUP BY 1 ORDER BY 1"
)
_COLUMNS = tuple(field.name for field in fields(Adjudication))


@dataclass(frozen=True)
class RunState:
    """A run and how far it has come.

    ``replaced_by`` is the run that an accepted objection led to, ``superseded_by`` the
    published one that took its place.  ``objections`` and ``open_objections`` count those
    of the run and of the runs it came from, ``counts`` the enterprises by final class.
    """

    info: RunInfo
    adjudication: Adjudication
    objections: int
    open_objections: int
    overrides: int
    counts: dict[str, int]
    replaced_by: int | None
    superseded_by: int | None


def adjudication(ws: Workspace, run_id: int | None = None) -> Adjudication:
    """Return the steps of a run (None: the newest); without any it is a trial."""
    info = run_info(ws, run_id)
    row = ws.conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM adjudication WHERE run_id = ?", (info.id,)
    ).fetchone()
    if row is None:
        return Adjudication(info.id)
    run, status, *rest = row
    return Adjudication(run, RunStatus(status), *rest)


def run_state(ws: Workspace, run_id: int | None = None) -> RunState:
    """Return how far a run (None: the newest) has come."""
    return _state(ws, run_info(ws, run_id))


def run_states(ws: Workspace, year: int | None = None) -> list[RunState]:
    """Return every run and how far it has come, newest first; of one year where given."""
    return [_state(ws, info) for info in runs(ws, year)]


def _state(ws: Workspace, info: RunInfo) -> RunState:
    chain = ",".join(str(number) for number in run_chain(ws, info.id))
    every, still_open = ws.conn.execute(
        "SELECT count(*), coalesce(sum(decision = 'open'), 0) FROM objection"
        f" WHERE run_id IN ({chain})"
    ).fetchone()
    (by_hand,) = ws.conn.execute(
        "SELECT count(*) FROM grade_override WHERE run_id = ?", (info.id,)
    ).fetchone()
    return RunState(
        info,
        adjudication(ws, info.id),
        every,
        still_open,
        by_hand,
        dict(ws.conn.execute(_FINAL_COUNTS, (info.id,)).fetchall()),
        replaced_by(ws, info.id),
        superseded_by(ws, info.id),
    )


def changeable(ws: Workspace, run_id: int | None, what: str) -> tuple[RunInfo, Adjudication]:
    """Return a run of which something is to be changed; ``what`` says it in words.

    Raises InputError where the run is published, was replaced after an objection, rests
    on data that was withdrawn, or another published run stands in its way.
    """
    info = run_info(ws, run_id)
    made = adjudication(ws, info.id)
    mine = f"第 {info.id} 次评价（{info.year} 年）"
    if made.is_locked:
        raise InputError(
            f"{mine}已于 {made.published_on} 发布并锁定，不能{what}。"
            "确需变更的，请重新评价并登记接替这次评价的理由。"
        )
    if info.withdrawn:
        raise InputError(f"{mine}所用的数据已经撤回，不能{what}。请重新评价。")
    newer = replaced_by(ws, info.id)
    if newer is not None:
        raise InputError(
            f"{mine}已因采纳异议更正数据，由第 {newer} 次评价接续，不能{what}。"
            f"请对第 {newer} 次评价办理。"
        )
    return info, made


def start_publicity(
    ws: Workspace,
    run_id: int | None = None,
    *,
    on: str,
    days: int | None = None,
    until: str | None = None,
    document: str = "",
) -> tuple[Adjudication, str]:
    """Put a run before the public for a number of working days, or until a day.

    The first day counts if it is worked.  Returns the steps, and a sentence where the
    days were counted by weekends only ("" otherwise).
    Raises InputError where the run is not a trial, or the period is none.
    """
    info, _ = _ready(ws, run_id, RunStatus.PUBLICITY)
    first = iso_date(on, "公示开始日期")
    work = calendar(ws)
    if until is not None:
        last = iso_date(until, "公示截止日期")
        if last < first:
            raise InputError(f"公示截止日期 {last} 早于开始日期 {first}。请核对两个日期。")
        counted = work.count(first, last) if (last - first).days <= 366 else 0
        if days is not None and counted < days:
            raise InputError(
                f"{first} 至 {last} 只有 {counted} 个工作日，不足 {days} 个。"
                "请推迟截止日期，或核对节假日安排。"
            )
        if counted < 1:
            raise InputError(
                f"{first} 至 {last} 没有工作日或超过一年，不能作为公示期。请核对日期。"
            )
    elif days is not None:
        counted, last = days, work.last_day(first, days)
    else:
        raise InputError("没有写公示多少个工作日，也没有写公示截止日期。请写明其中一项。")
    label = f"{_named(info)}开始公示：{first} 至 {last}，{counted} 个工作日"
    new: dict[str, str | int | None] = {
        "status": RunStatus.PUBLICITY.value,
        "publicity_from": str(first),
        "publicity_days": counted,
        "publicity_until": str(last),
        "publicity_document": document.strip() or None,
    }
    _write(ws, info, label, new)
    return adjudication(ws, info.id), weekend_note(work.weekends_only(first, last))


def review_run(
    ws: Workspace, run_id: int | None = None, *, on: str, document: str = ""
) -> Adjudication:
    """Begin the review after publicity; raise InputError where publicity has not ended."""
    info, made = _ready(ws, run_id, RunStatus.REVIEW)
    day = iso_date(on, "复核日期")
    if made.publicity_until is not None and str(day) <= made.publicity_until:
        raise InputError(
            f"{_named(info)}公示到 {made.publicity_until} 才结束，{day} 不能转入复核。"
            "请在公示结束后办理，或核对日期。"
        )
    return _step(ws, info, RunStatus.REVIEW, "reviewed_on", day, "review_document", document)


def recognise_run(
    ws: Workspace, run_id: int | None = None, *, on: str, document: str
) -> Adjudication:
    """Recognise the classes; raise InputError with objections open or without a document."""
    info, made = _ready(ws, run_id, RunStatus.RECOGNISED)
    day = _after(iso_date(on, "认定日期"), made.reviewed_on, "认定日期", "复核日期")
    waiting = _state(ws, info).open_objections
    if waiting:
        raise InputError(
            f"{_named(info)}还有 {waiting} 件异议没有处理，不能认定。请先作出采纳或不采纳的决定。"
        )
    if not document.strip():
        raise InputError("没有写认定文件的名称和文号。认定须有文件依据，请补填。")
    _after(day, _last_decision(ws, info), "认定日期", "异议的处理日期")
    return _step(
        ws, info, RunStatus.RECOGNISED, "recognised_on", day, "recognition_document", document
    )


def publish_run(
    ws: Workspace, run_id: int | None = None, *, on: str, document: str = ""
) -> Adjudication:
    """Publish a recognised run; from then on it is locked and cannot be taken back."""
    info, made = _ready(ws, run_id, RunStatus.PUBLISHED)
    day = _after(iso_date(on, "发布日期"), made.recognised_on, "发布日期", "认定日期")
    _after(day, _last_override(ws, info), "发布日期", "人工调整的决定日期")
    return _step(
        ws, info, RunStatus.PUBLISHED, "published_on", day, "publication_document", document
    )


def supersede(
    ws: Workspace,
    run_id: int,
    reason: str,
    *,
    by: int | None = None,
    progress: Progress = silent,
) -> Adjudication:
    """Let a new run take the place of a published one, and return the new one's steps.

    ``by`` is that run; None evaluates the year's newest data by the same policy.  The new
    run is adjudicated from the beginning; the old one is in force until it is published.
    Raises InputError without a reason, or where the two runs do not fit.
    """
    old = run_info(ws, run_id)
    named = f"第 {old.id} 次评价（{old.year} 年）"
    if not adjudication(ws, old.id).is_locked:
        raise InputError(f"{named}还没有发布，可以直接更改，不需要接替。")
    newer = superseded_by(ws, old.id)
    if newer is not None:
        raise InputError(f"{named}已由第 {newer} 次评价接替。请对第 {newer} 次评价办理。")
    if not reason.strip():
        raise InputError("没有写接替的理由。变更已发布的结果必须写明理由，请补填。")
    if by is None:
        by = evaluate(
            ws,
            year=old.year,
            policy_ref=stored_policy(ws, old.policy_fingerprint),
            zone=old.zone,
            progress=progress,
        ).info.id
    info, made = changeable(ws, by, "登记为接替的评价")
    if info.year != old.year or info.zone != old.zone or info.id == old.id:
        raise InputError(
            f"第 {info.id} 次评价与{named}的年度或园区范围不同，不能接替。"
            "请用同一年度、同一范围的评价。"
        )
    if made.status is not RunStatus.TRIAL:
        raise InputError(
            f"第 {info.id} 次评价已处于“{made.status.label}”，不能再登记为接替。请重新评价。"
        )
    label = f"登记第 {info.id} 次评价接替已发布的{named}"
    _write(
        ws,
        info,
        label,
        {"status": RunStatus.TRIAL.value, "supersedes": old.id, "reason": reason.strip()},
    )
    return adjudication(ws, info.id)


def _ready(ws: Workspace, run_id: int | None, wanted: RunStatus) -> tuple[RunInfo, Adjudication]:
    """Return a run whose next step is the one wanted, or refuse."""
    info, made = changeable(ws, run_id, f"转入{wanted.label}")
    if made.status.following is not wanted:
        following = made.status.following
        then = f"下一步是“{following.label}”" if following else "没有下一步"
        raise InputError(
            f"{_named(info)}现在处于“{made.status.label}”，{then}，不能转入“{wanted.label}”。"
            "请按试算、公示、复核、认定、发布的顺序办理；退回上一步请撤销。"
        )
    others = [other for other in published_beside(ws, info.id) if other != made.supersedes]
    if others:
        raise InputError(
            f"{info.year} 年第 {others[0]} 次评价已经发布，第 {info.id} 次评价不能直接"
            f"转入{wanted.label}。请先登记由第 {info.id} 次评价接替它，并写明理由。"
        )
    return info, made


def _step(
    ws: Workspace,
    info: RunInfo,
    status: RunStatus,
    dated: str,
    day: date,
    numbered: str,
    document: str,
) -> Adjudication:
    words = document.strip() or None
    label = f"{_named(info)}转入{status.label}" + (f"（{words}）" if words else "")
    _write(ws, info, label, {"status": status.value, dated: str(day), numbered: words})
    return adjudication(ws, info.id)


def _write(ws: Workspace, info: RunInfo, label: str, new: dict[str, str | int | None]) -> None:
    with ws.operation(label) as op:
        op.write("adjudication", {"run_id": info.id}, new)


def _last_decision(ws: Workspace, info: RunInfo) -> str | None:
    chain = ",".join(str(number) for number in run_chain(ws, info.id))
    row = ws.conn.execute(f"SELECT max(decided_on) FROM objection WHERE run_id IN ({chain})")
    found: str | None = row.fetchone()[0]
    return found


def _last_override(ws: Workspace, info: RunInfo) -> str | None:
    row = ws.conn.execute("SELECT max(decided_on) FROM grade_override WHERE run_id = ?", (info.id,))
    found: str | None = row.fetchone()[0]
    return found


def _after(day: date, earlier: str | None, what: str, before: str) -> date:
    if earlier is not None and str(day) < earlier:
        raise InputError(f"{what} {day} 早于{before} {earlier}。请核对日期。")
    return day


def _named(info: RunInfo) -> str:
    where = f"{info.zone} " if info.zone else ""
    return f"{where}{info.year} 年第 {info.id} 次评价"
