"""Objections to a run: received, read, and decided; an accepted figure makes a new run."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, get_args

from zoneeval.errors import InputError
from zoneeval.model.adjudication import (
    OBJECTION_WORDS,
    Objection,
    ObjectionDecision,
    RunStatus,
    overridden,
)
from zoneeval.model.fields import FIELDS, label_of, unit_of
from zoneeval.progress import Progress, silent
from zoneeval.workdays import iso_date
from zoneeval_db.deciding.adjudication import changeable
from zoneeval_db.deciding.correcting import Correction, correct, data_code, figure, parsed_value
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.deciding.overrides import override_grades
from zoneeval_db.deciding.publication import run_chain
from zoneeval_db.evaluating.runs import load_run, run_info
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Comparison
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult

_COLUMNS = tuple(field.name for field in fields(Objection))


@dataclass(frozen=True)
class ObjectionOutcome:
    """A decided objection and, where a figure was corrected, the new run and what changed."""

    objection: Objection
    run: RunInfo | None = None
    comparison: Comparison | None = None


def objections(ws: Workspace, run_id: int | None = None) -> list[Objection]:
    """Return the objections of a run (None: the newest) and of the runs it came from."""
    chain = run_chain(ws, run_info(ws, run_id).id)
    found = ws.conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM objection"
        " WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (codec.to_json(chain),),
    )
    return [Objection(*row) for row in found]


def objection(ws: Workspace, number: int) -> Objection:
    """Return one objection; raise InputError where there is none of that number."""
    row = ws.conn.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM objection WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise InputError(f"没有编号为 {number} 的异议。请先列出异议，核对编号。")
    return Objection(*row)


def subject_words(subject: str) -> str:
    """Return what an objection is about in words: the label of a field, or the matter."""
    return label_of(subject) if subject in FIELDS else subject


def add_objection(
    ws: Workspace,
    uscc: str,
    *,
    subject: str,
    content: str,
    on: str,
    claimant: str = "",
    claimed: str | float | None = None,
    evidence: str = "",
    run_id: int | None = None,
) -> Objection:
    """Record an objection of an enterprise to a run (None: the newest) in publicity.

    ``subject`` is a field, by identifier or label, or the matter in words.  What the run
    rests on is recorded with it.
    Raises InputError where the run is not in publicity or review, or knows no such
    enterprise, and for a claimed value where no number was objected to.
    """
    info, made = changeable(ws, run_id, "登记异议")
    if made.status not in (RunStatus.PUBLICITY, RunStatus.REVIEW):
        raise InputError(
            f"第 {info.id} 次评价现在处于“{made.status.label}”，只有公示和复核期间可以登记异议。"
            "请先办理公示；已认定的，请先撤销认定。"
        )
    code = uscc.strip().upper()
    name = _name(ws, info.id, code)
    day = iso_date(on, "收到日期")
    if made.publicity_from is not None and str(day) < made.publicity_from:
        raise InputError(f"收到日期 {day} 早于公示开始日期 {made.publicity_from}。请核对日期。")
    if not content.strip():
        raise InputError("没有写异议的内容。请写明企业认为哪里不对。")
    key = _subject(subject)
    stated = asked = None
    if key in FIELDS:
        there = figure(ws, load_run(ws, info.id), code, key)
        stated = there if isinstance(there, float) else None
    if claimed is not None:
        value = parsed_value(key, claimed) if key in FIELDS else None
        if not isinstance(value, float):
            raise InputError(
                f"异议事项“{subject_words(key)}”不是数值，不能填主张值。请写在异议内容中。"
            )
        asked = value
    label = f"登记{name}对“{subject_words(key)}”的异议（第 {info.id} 次评价）"
    with ws.operation(label) as op:
        number = op.next_id("objection")
        op.write(
            "objection",
            {"id": number},
            {
                "run_id": info.id,
                "uscc": code,
                "subject": key,
                "received_on": str(day),
                "claimant": claimant.strip() or None,
                "content": content.strip(),
                "stated_value": stated,
                "claimed_value": asked,
                "evidence": evidence.strip() or None,
                "decision": "open",
            },
        )
    return objection(ws, number)


def decide_objection(
    ws: Workspace,
    number: int,
    decision: ObjectionDecision,
    *,
    on: str,
    by: str,
    answer: str = "",
    document: str = "",
    value: str | float | None = None,
    progress: Progress = silent,
) -> ObjectionOutcome:
    """Accept, refuse or note as withdrawn an objection that is open.

    Accepted about a field, with ``value`` or else the claimed one, it corrects the data:
    a new version of the year's data, and a new run of it that differs in nothing else.
    The new run goes on where the old one stood (same status, publicity and adjustments by
    hand); objections still open go with it.
    Raises InputError where the objection is decided already, something is missing, or the
    run cannot be changed any more.
    """
    made = objection(ws, number)
    if decision not in get_args(ObjectionDecision) or decision == "open":
        raise InputError(
            f"处理决定“{decision}”无法识别，可选：accepted（采纳）、refused（不采纳）、"
            "withdrawn（撤回）。"
        )
    if not made.is_open:
        raise InputError(
            f"第 {number} 号异议已于 {made.decided_on} 处理（{OBJECTION_WORDS[made.decision]}）。"
            "需要改变决定的，请先撤销。"
        )
    info, steps = changeable(ws, made.run_id, "处理异议")
    if steps.status not in (RunStatus.PUBLICITY, RunStatus.REVIEW):
        raise InputError(
            f"第 {info.id} 次评价现在处于“{steps.status.label}”，不能处理异议。请先撤销这一步。"
        )
    day = iso_date(on, "处理日期")
    if str(day) < made.received_on:
        raise InputError(f"处理日期 {day} 早于收到日期 {made.received_on}。请核对日期。")
    if not by.strip():
        raise InputError("没有写由谁作出决定。请补填处理人或处理机构。")
    if decision == "refused" and not answer.strip():
        raise InputError("没有写不采纳的理由。请在答复意见中写明。")
    if value is not None and decision != "accepted":
        raise InputError("只有采纳的异议才更正数据。请去掉更正值，或改为采纳。")
    new: dict[str, str | float | None] = {
        "decision": decision,
        "decided_on": str(day),
        "decided_by": by.strip(),
        "document": document.strip() or None,
        "answer": answer.strip() or None,
    }
    name = _name(ws, info.id, made.uscc)
    words = OBJECTION_WORDS[decision]
    label = f"{words}{name}对“{subject_words(made.subject)}”的异议（第 {number} 号）"
    if decision == "withdrawn":
        label = f"{name}撤回对“{subject_words(made.subject)}”的异议（第 {number} 号）"
    run = load_run(ws, info.id)
    correction = _correction(ws, run, made, value, document) if decision == "accepted" else None
    if correction is None:
        with ws.operation(label) as op:
            op.write("objection", {"id": number}, new)
        return ObjectionOutcome(objection(ws, number))
    run_id = correct(ws, run, correction, number, new, label, progress)
    return ObjectionOutcome(
        objection(ws, number), run_info(ws, run_id), objection_changes(ws, number)
    )


def objection_changes(ws: Workspace, number: int) -> Comparison | None:
    """Return what an accepted objection changed by its new run; None where there is none."""
    from zoneeval.engine.comparison import compare

    made = objection(ws, number)
    if made.new_run_id is None:
        return None
    before, after = final_run(ws, made.run_id), load_run(ws, made.new_run_id)
    # What was decided by hand later on the new run is not of this objection's doing.
    by_hand = override_grades(ws, made.run_id)
    after = replace(after, evaluation=overridden(after.evaluation, by_hand))
    return compare((before.policy, before.evaluation), (after.policy, after.evaluation))


def _correction(
    ws: Workspace, run: RunResult, made: Objection, value: str | float | None, document: str
) -> Correction | None:
    """Return what an accepted objection changes in the data; None where it is no figure."""
    if made.subject not in FIELDS:
        if value is not None:
            raise InputError(
                f"第 {made.id} 号异议的事项“{made.subject}”不是一项数据，没有可以更正的值。"
                "请去掉更正值；需要改变类别的，请另作人工调整。"
            )
        return None
    given = made.claimed_value if value is None else value
    if given is None:
        raise InputError(
            f"没有写“{label_of(made.subject)}”更正为多少，企业也没有主张数值。请补填更正值。"
        )
    wanted = parsed_value(made.subject, given)
    code = data_code(ws, run.info, made.uscc, made.subject)
    before = figure(ws, run, made.uscc, made.subject)
    if before == wanted:
        raise InputError(
            f"“{label_of(made.subject)}”现在就是 {given}{unit_of(made.subject)}，没有需要更正的。"
            "请核对更正值，或作不采纳处理。"
        )
    return Correction(code, made.subject, before, wanted, document.strip())


def _subject(words: str) -> str:
    text = words.strip()
    if not text:
        raise InputError("没有写对什么提出异议。请写明指标、数据项或事项。")
    if text in FIELDS:
        return text
    return next(
        (key for key, field in FIELDS.items() if text in (field.label, field.heading)), text
    )


def _name(ws: Workspace, run_id: int, code: str) -> str:
    row = ws.conn.execute(
        "SELECT name FROM run_result WHERE run_id = ? AND uscc = ?", (run_id, code)
    ).fetchone()
    if row is None:
        raise InputError(
            f"第 {run_id} 次评价中没有信用代码为“{code}”的企业，不能登记异议。请核对信用代码。"
        )
    return str(row[0] or code)
