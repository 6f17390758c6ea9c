"""Change a class by hand, or take the change back, until the run is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.evaluation import Participation
from zoneeval.workdays import iso_date
from zoneeval_db.deciding.adjudication import changeable
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating.runs import load_run

if TYPE_CHECKING:
    from zoneeval.model.adjudication import GradeOverride
    from zoneeval_db.storage.workspace import Workspace


def override_grade(
    ws: Workspace,
    uscc: str,
    grade: str,
    *,
    reason: str,
    document: str,
    approver: str,
    on: str,
    run_id: int | None = None,
) -> GradeOverride:
    """Give an enterprise of a run (None: the newest) another class by hand.

    It stands beside the computed class, in place of an earlier one by hand.
    Raises InputError for a class that the policy does not know or the enterprise already
    has, a missing reason, document or approver, an enterprise that was not evaluated, and
    a published run.
    """
    info, _ = changeable(ws, run_id, "人工调整类别")
    run = load_run(ws, info.id)
    code, letter = uscc.strip().upper(), grade.strip()
    row = run.evaluation.row_of(code)
    if row is None:
        raise InputError(
            f"第 {info.id} 次评价（{info.year} 年）中没有信用代码为“{code}”的企业，"
            "不能调整类别。请核对信用代码。"
        )
    name = str(run.evaluation.name[row] or code)
    state = Participation(str(run.evaluation.participation[row]))
    if state is not Participation.EVALUATED:
        raise InputError(
            f"“{name}”在第 {info.id} 次评价中没有参评（{state.label}），没有类别可以调整。"
            "应当参评的，请先作参评决定并重新评价。"
        )
    letters = [known.letter for known in run.policy.grades]
    if letter not in letters:
        known = f"可选：{'、'.join(letters)}" if letters else "该办法只打分排名，不定类别"
        raise InputError(
            f"办法“{run.policy.title}”中没有“{letter}”类，不能调整“{name}”的类别。{known}。"
        )
    computed = run.evaluation.grade[row]
    if letter == computed:
        raise InputError(f"“{name}”按办法评出的就是 {letter} 类，不需要调整。请核对类别。")
    for words, what in ((reason, "理由"), (document, "依据文件"), (approver, "批准人")):
        if not words.strip():
            raise InputError(f"没有写人工调整“{name}”类别的{what}。请补填后再调整。")
    day = iso_date(on, "决定日期")
    label = f"人工调整{name}的类别：{computed or '未定类'} → {letter}（第 {info.id} 次评价）"
    with ws.operation(label) as op:
        op.write(
            "grade_override",
            {"run_id": info.id, "uscc": code},
            {
                "grade": letter,
                "reason": reason.strip(),
                "document": document.strip(),
                "approver": approver.strip(),
                "decided_on": str(day),
            },
        )
    return next(made for made in overrides(ws, info.id) if made.uscc == code)


def remove_override(ws: Workspace, uscc: str, run_id: int | None = None) -> None:
    """Take back a class given by hand; raise InputError where there is none, or too late."""
    info, _ = changeable(ws, run_id, "取消人工调整")
    code = uscc.strip().upper()
    found = ws.conn.execute(
        "SELECT r.name FROM grade_override o LEFT JOIN run_result r"
        " ON r.run_id = o.run_id AND r.uscc = o.uscc WHERE o.run_id = ? AND o.uscc = ?",
        (info.id, code),
    ).fetchone()
    if found is None:
        raise InputError(
            f"第 {info.id} 次评价中没有对信用代码“{code}”的人工调整，不需要取消。请核对信用代码。"
        )
    with ws.operation(f"取消对{found[0] or code}类别的人工调整（第 {info.id} 次评价）") as op:
        op.write("grade_override", {"run_id": info.id, "uscc": code}, None)
