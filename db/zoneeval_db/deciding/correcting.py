"""One figure of a run's data put right: a new version, and a run that differs by it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.evaluation import Participation
from zoneeval.model.fields import FIELDS, label_of, unit_of
from zoneeval.model.records import SourceCell, SourcedValue
from zoneeval.progress import Progress, silent
from zoneeval_db.data.datasets import latest_dataset, load_dataset
from zoneeval_db.data.sources import SourceBook
from zoneeval_db.data.storing import store_version
from zoneeval_db.data.successions import predecessors
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating import results
from zoneeval_db.evaluating.runs import load_evaluation, store_run
from zoneeval_db.storage.part import TOTAL, part

if TYPE_CHECKING:
    from zoneeval.model.evaluation import Evaluation
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo, RunResult

REGISTER, PAGE = "异议处理台账", "异议"
"""Where the source of a corrected figure is said to stand; its row is the objection's number."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of an enterprise (by the code its data stands under): from what, to what."""

    uscc: str
    field: str
    before: float | str | None
    after: float | str
    document: str = ""

    @property
    def words(self) -> str:
        """Return the correction in words: 税收实际贡献 120 → 150 万元."""
        unit = unit_of(self.field)
        return (
            f"{label_of(self.field)} {_shown(self.before)} → {_shown(self.after)}"
            f"{' ' + unit if unit else ''}"
        )


def data_code(ws: Workspace, info: RunInfo, uscc: str, field: str) -> str:
    """Return the code under which a run's data holds a field of an enterprise."""
    merging = load_evaluation(ws, info).inputs.merging
    for code in (uscc, *reversed(predecessors(merging, uscc))):
        if stored_value(ws, info, code, field) is not None:
            return code
    return uscc


def stored_value(ws: Workspace, info: RunInfo, code: str, field: str) -> float | str | None:
    """Return what a run's data holds of a field; None where it holds nothing."""
    row = ws.conn.execute(
        "SELECT coalesce(number, text) FROM dataset_value"
        " WHERE dataset_id = ? AND uscc = ? AND field = ?",
        (info.dataset_id, code, field),
    ).fetchone()
    return None if row is None else row[0]


def figure(ws: Workspace, run: RunResult, uscc: str, field: str) -> float | str | None:
    """Return what a run rests on for an enterprise: as stored, or as it follows from that."""
    from zoneeval.engine.derive import derive

    held = stored_value(ws, run.info, data_code(ws, run.info, uscc, field), field)
    if held is not None or not FIELDS[field].is_derived:
        return held
    codes = run.dataset.text("uscc").tolist()
    if uscc not in codes:
        return None
    value = float(derive(run.dataset, (field,)).dataset.number(field)[codes.index(uscc)])
    return None if value != value else value


def check_correctable(ws: Workspace, info: RunInfo, correction: Correction) -> None:
    """Refuse to set what data cannot hold: a code, an unknown zone or industry, a quotient.

    Of a quotient what it rests on is to be put right.  Sums such as 用地面积 may be set: a
    given one goes before its parts.
    """
    from zoneeval.intake.checks.industry import industry_fault

    code, field, value = correction.uscc, correction.field, correction.after
    if field == "uscc":
        raise InputError(
            "统一社会信用代码不能按异议更正。企业更换信用代码的，请登记“更名、合并、更换信用代码”"
            "后重新评价；录错的，请更正后重新导入。"
        )
    if field == "zone" and value not in _zones(ws, info):
        raise InputError(
            f"没有名为“{value}”的园区，不能更正到那里。请核对园区名称；确有这个园区的，请先录入它。"
        )
    if field == "industry_code" and (fault := industry_fault(str(value))):
        raise InputError(f"行业代码“{value}”有误：{fault}。请核对更正值。")
    if "/" in FIELDS[field].formula and stored_value(ws, info, code, field) is None:
        raise InputError(
            f"“{label_of(field)}”由其他数据相除得出，不能直接更正。"
            "请对它所依据的数据（如税收、用地面积）登记异议。"
        )


def _zones(ws: Workspace, info: RunInfo) -> set[str]:
    found = ws.conn.execute(
        "SELECT name FROM zone UNION SELECT text FROM dataset_value"
        " WHERE dataset_id = ? AND field = 'zone' AND text IS NOT NULL",
        (info.dataset_id,),
    )
    return {name for (name,) in found}


def parsed_value(field: str, given: str | float) -> float | str:
    """Return a value as the registry has the field; raise InputError where it does not fit."""
    from zoneeval.intake.cells import BadCell, parser_for

    known = FIELDS[field]
    try:
        value = parser_for(known, known.unit or None)(given, False)
    except BadCell as fault:
        raise InputError(f"“{known.label}”的值有误：{fault.message}。{fault.suggestion}") from fault
    if value is None:
        raise InputError(f"“{known.label}”没有填值。请填写{known.unit or '内容'}。")
    if isinstance(value, float) and known.minimum is not None and value < known.minimum:
        raise InputError(
            f"“{known.label}”不能小于 {known.minimum:g}，现为 {value:g}。请核对数值和单位。"
        )
    return value


def correct(
    ws: Workspace,
    run: RunResult,
    correction: Correction,
    number: int,
    decided: Mapping[str, str | float | None],
    label: str,
    progress: Progress = silent,
) -> int:
    """Store the corrected data, its run, and the decision on the objection, all in one step.

    Raises InputError where newer data of the year was stored after the run.
    """
    from zoneeval import engine

    info = run.info
    newest = latest_dataset(ws, info.year)
    if newest is None or newest.id != info.dataset_id:
        raise InputError(
            f"第 {info.id} 次评价之后又存入了 {info.year} 年的数据，更正会与它们混在一起，"
            "没有办理。请先撤销后来的导入，或对新数据重新评价并公示。"
        )
    check_correctable(ws, info, correction)
    note = f"按第 {number} 号异议更正{_who(run, correction)}的{correction.words}"
    if correction.document:
        note += f"（{correction.document}）"
    dataset_id = None
    try:
        with ws.operation(label) as op:
            dataset_id = _store_data(ws, op, info.year, correction, number, note)
            dataset = load_dataset(ws, dataset_id, info.zone)
            before = info.previous_dataset_id
            previous = None if before is None else load_dataset(ws, before, info.zone)
            evaluation = results.normalised(
                engine.evaluate(
                    run.policy,
                    dataset,
                    previous,
                    inputs=run.evaluation.inputs,
                    progress=part(progress, 20, 90),
                )
            )
            progress(90, TOTAL, "保存评价结果")
            run_id = store_run(
                ws, op, run.policy, evaluation, (dataset_id, before), info.year, info.zone
            )
            linked = {"dataset_id": dataset_id, "new_run_id": run_id}
            op.write("objection", {"id": number}, {**decided, **linked})
            _carry_over(ws, op, info.id, run_id, evaluation)
    except BaseException:
        if dataset_id is not None:  # its number will be given to other data
            ws.loaded.pop(dataset_id, None)
        raise
    progress(TOTAL, TOTAL, "更正和重新评价完成")
    return run_id


def _store_data(
    ws: Workspace, op: Operation, year: int, correction: Correction, number: int, note: str
) -> int:
    from zoneeval.intake.draft import Draft, YearDraft

    source = SourceCell(REGISTER, PAGE, number, "")
    values = {correction.uscc: {correction.field: SourcedValue(correction.after, source)}}
    draft = YearDraft(values, (), (), ())
    whole = Draft((), {year: draft}, (), (), (), 1, 0, ())
    return store_version(ws, op, year, draft, SourceBook(ws, op, whole, ()), note)


def _carry_over(ws: Workspace, op: Operation, old: int, new: int, evaluation: Evaluation) -> None:
    """Let a run go on where the one before stood, with what was decided by hand.

    A class given by hand does not follow who is not evaluated any more.
    """
    steps = asdict(adjudication(ws, old))
    del steps["run_id"]
    op.write("adjudication", {"run_id": new}, {**steps, "status": str(steps["status"])})
    for made in overrides(ws, old):
        row = evaluation.row_of(made.uscc)
        if row is None or evaluation.participation[row] != Participation.EVALUATED:
            continue
        rest = asdict(made)
        pk = {"run_id": new, "uscc": rest.pop("uscc")}
        del rest["run_id"]
        op.write("grade_override", pk, rest)
    waiting = ws.conn.execute(
        "SELECT id FROM objection WHERE run_id = ? AND decision = 'open' ORDER BY id", (old,)
    ).fetchall()
    for (number,) in waiting:
        op.write("objection", {"id": number}, {"run_id": new})


def _who(run: RunResult, correction: Correction) -> str:
    codes = run.dataset.text("uscc").tolist()
    if correction.uscc in codes:
        return str(run.dataset.text("name")[codes.index(correction.uscc)] or correction.uscc)
    return correction.uscc


def _shown(value: float | str | None) -> str:
    if value is None:
        return "（无）"
    return f"{value:.10g}" if isinstance(value, float) else value
