"""Evaluations: made once, kept with the policy's text and every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError, WorkspaceError
from zoneeval.model.explanation import Explanation
from zoneeval.model.merging import Merging, Succession, by_old, successor
from zoneeval.progress import Progress, silent
from zoneeval_db.data.datasets import latest_dataset, load_dataset, sources
from zoneeval_db.data.merged import merging_of
from zoneeval_db.data.participation import inputs_of
from zoneeval_db.data.successions import predecessors, successions
from zoneeval_db.deciding.overrides import override_grades
from zoneeval_db.deciding.publication import IN_FORCE
from zoneeval_db.evaluating import results
from zoneeval_db.evaluating.lineage import run_lineage
from zoneeval_db.evaluating.policies import find_policy
from zoneeval_db.storage import codec
from zoneeval_db.storage.lock import now
from zoneeval_db.storage.part import TOTAL, part
from zoneeval_db.values import DatasetVersion, RunInfo, RunResult

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.evaluation import Evaluation
    from zoneeval.model.inputs import EvaluationInputs
    from zoneeval.model.records import SourceCell
    from zoneeval.policy.schema import Policy
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace

_RUNS = """
SELECT r.id, r.dataset_id, d.version, r.previous_dataset_id, r.year, r.zone,
       p.policy_id, p.title, p.status, p.fingerprint, r.created_at, r.engine_version,
       d.withdrawn, r.summary
FROM run r JOIN dataset d ON d.id = r.dataset_id
JOIN policy p ON p.fingerprint = r.policy_fingerprint
"""


@dataclass(frozen=True, eq=False)
class YearData:
    """A year's newest data as the engine gets it, with that of the year before."""

    version: DatasetVersion
    earlier: DatasetVersion | None
    dataset: Dataset
    previous: Dataset | None
    merging: Merging
    inputs: EvaluationInputs


def year_data(ws: Workspace, year: int, zone: str | None = None) -> YearData:
    """Return what an evaluation of a year rests on; raise WorkspaceError where there is none."""
    from zoneeval.engine.merging import recoded

    version = latest_dataset(ws, year)
    if version is None:
        raise WorkspaceError(
            f"工作文件中没有 {year} 年的企业数据，不能评价。请先导入 {year} 年的部门表格。"
        )
    dataset = load_dataset(ws, version.id, zone)
    if dataset.size == 0:
        raise WorkspaceError(
            f"{year} 年的数据中没有园区“{zone}”的企业，不能评价。请检查园区名称是否与数据一致。"
        )
    earlier = latest_dataset(ws, year - 1)
    previous = load_dataset(ws, earlier.id, zone) if earlier else None
    if earlier is None or previous is None or previous.size == 0:
        earlier = previous = None
    merging = merging_of(ws, version.id, dataset)
    inputs = replace(
        inputs_of(ws, year, recoded(dataset, merging)),
        merging=merging,
        previous_merging=merging_of(ws, earlier.id, previous)
        if earlier is not None and previous is not None
        else Merging(),
    )
    return YearData(version, earlier, dataset, previous, merging, inputs)


def evaluate(
    ws: Workspace,
    *,
    year: int,
    policy_ref: str | Path | Policy,
    zone: str | None = None,
    progress: Progress = silent,
) -> RunResult:
    """Evaluate a year's newest data by a policy and store the run.

    Raises WorkspaceError where the year (or the zone) has no data, PolicyError where
    the policy cannot be used.  A cancelled run leaves nothing.
    """
    from zoneeval import engine
    from zoneeval.engine.merging import recoded

    policy = find_policy(ws, policy_ref) if isinstance(policy_ref, str | Path) else policy_ref
    progress(0, TOTAL, "读取企业数据")
    data = year_data(ws, year, zone)
    dataset, version, earlier, merging = data.dataset, data.version, data.earlier, data.merging
    evaluation = results.normalised(
        engine.evaluate(
            policy,
            dataset,
            data.previous,
            inputs=data.inputs,
            progress=part(progress, 10, 80),
        )
    )
    progress(80, TOTAL, "保存评价结果")
    where = f"{zone} " if zone else ""
    with ws.operation(f"评价 {where}{year} 年企业（{policy.title}）", kind="evaluate") as op:
        _store_policy(ws, policy)
        datasets = (version.id, earlier.id if earlier else None)
        run_id = store_run(ws, op, policy, evaluation, datasets, year, zone)
    progress(TOTAL, TOTAL, "评价完成")
    return RunResult(run_info(ws, run_id), policy, evaluation, recoded(dataset, merging))


def store_run(
    ws: Workspace,
    op: Operation,
    policy: Policy,
    evaluation: Evaluation,
    datasets: tuple[int, int | None],
    year: int,
    zone: str | None,
) -> int:
    """Store normalised results with the data (and that of the year before) they rest on.

    The policy is stored already.  Returns the number of the run.
    """
    from zoneeval import engine

    (run_id,) = ws.conn.execute("SELECT coalesce(max(id), 0) + 1 FROM run").fetchone()
    results.store(ws, run_id, evaluation)
    row = (
        run_id,
        op.id,
        *datasets,
        policy.fingerprint,
        year,
        zone,
        now(),
        engine.ENGINE_VERSION,
        codec.to_json(results.summary_of(evaluation)),
    )
    ws.conn.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, results.result_sha256(row, evaluation)),
    )
    return int(run_id)


def _store_policy(ws: Workspace, policy: Policy) -> None:
    ws.conn.execute(
        "INSERT OR IGNORE INTO policy VALUES (?, ?, ?, ?, ?)",
        (policy.fingerprint, policy.id, policy.title, policy.status.value, policy.text),
    )


def runs(ws: Workspace, year: int | None = None) -> list[RunInfo]:
    """Return the stored runs, newest first; of one year where given."""
    found = ws.conn.execute(
        f"{_RUNS} WHERE (?1 IS NULL OR r.year = ?1) ORDER BY r.id DESC", (year,)
    ).fetchall()
    return [_info(ws, row) for row in found]


def run_info(ws: Workspace, run_id: int | None = None, *, year: int | None = None) -> RunInfo:
    """Return one run; None is the newest whose data was not withdrawn (of the year given)."""
    found = ws.conn.execute(
        f"{_RUNS} WHERE (r.id = ?1 OR (?1 IS NULL AND NOT d.withdrawn))"
        " AND (?2 IS NULL OR r.year = ?2)"
        " ORDER BY r.id DESC LIMIT 1",
        (run_id, year),
    ).fetchone()
    if found is None:
        if run_id is not None:
            raise InputError(f"没有编号为 {run_id} 的评价。请在评价记录中查看已有的编号。")
        when = f" {year} 年" if year is not None else ""
        raise InputError(f"工作文件中还没有{when}评价结果。请先进行评价。")
    return _info(ws, found)


def _info(ws: Workspace, row: tuple[Any, ...]) -> RunInfo:
    *head, summary = row
    run_id = head[0]
    counts: dict[str, int] = {}
    evaluated = 0
    for grade, count, taking_part in ws.conn.execute(
        "SELECT grade, count(*), sum(participation = 'evaluated') FROM run_result"
        " WHERE run_id = ? GROUP BY grade ORDER BY grade",
        (run_id,),
    ):
        evaluated += taking_part
        if grade is not None:
            counts[grade] = count
    zones = ws.conn.execute(
        "SELECT zone FROM run_result WHERE run_id = ? AND zone IS NOT NULL"
        " GROUP BY zone ORDER BY zone",
        (run_id,),
    )
    return RunInfo(
        id=run_id,
        dataset_id=head[1],
        dataset_version=head[2],
        previous_dataset_id=head[3],
        year=head[4],
        zone=head[5],
        zones=tuple(name for (name,) in zones),
        policy_id=head[6],
        policy_title=head[7],
        policy_status=head[8],
        policy_fingerprint=head[9],
        dataset_fingerprint=_dataset_fingerprint(summary),
        created_at=head[10],
        engine_version=head[11],
        withdrawn=bool(head[12]),
        counts=counts,
        evaluated=evaluated,
    )


def _dataset_fingerprint(summary: str) -> str:
    try:
        return str(codec.from_json(summary)["dataset"])
    except (ValueError, KeyError, TypeError):
        return ""  # altered by hand: reading the results says so


def load_run(ws: Workspace, run_id: int | None = None, *, year: int | None = None) -> RunResult:
    """Return a stored run with its policy, results and data; None is the newest."""
    from zoneeval.engine.merging import recoded

    info = run_info(ws, run_id, year=year)
    evaluation = load_evaluation(ws, info)
    dataset = load_dataset(ws, info.dataset_id, info.zone)
    return RunResult(
        info,
        stored_policy(ws, info.policy_fingerprint),
        evaluation,
        recoded(dataset, evaluation.inputs.merging),
    )


def stored_policy(ws: Workspace, fingerprint: str) -> Policy:
    """Return the policy as it was when a run was made."""
    from zoneeval.policy.loader import parse_policy

    title, text = ws.conn.execute(
        "SELECT title, text FROM policy WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    return parse_policy(text, title)


def load_evaluation(ws: Workspace, info: RunInfo) -> Evaluation:
    """Return the results of a run from its rows."""
    (words,) = ws.conn.execute("SELECT summary FROM run WHERE id = ?", (info.id,)).fetchone()
    try:
        summary = codec.from_json(words)
        return results.load(ws, info.id, info.year, info.policy_fingerprint, summary)
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"第 {info.id} 次评价的结果不完整或写法不对，可能被其他程序改动过。"
            "请从备份中取回工作文件，或重新评价。"
        ) from error


def explain(ws: Workspace, uscc: str, run_id: int | None = None) -> Explanation:
    """Return how an enterprise's class came about, with the source of every value.

    Raises InputError where the run has no such enterprise.
    """
    from zoneeval import engine

    result = load_run(ws, run_id)
    row = result.evaluation.row_of(uscc)
    if row is None:
        raise InputError(
            f"第 {result.info.id} 次评价（{result.info.year} 年）中没有信用代码为“{uscc}”的企业。"
            "请核对信用代码，或用 --run 指定另一次评价。"
        )
    cells, dataset = explained_by(ws, result, uscc)
    return engine.explain(result.policy, result.evaluation, row, cells, dataset)


def explained_by(
    ws: Workspace, result: RunResult, uscc: str
) -> tuple[dict[str, SourceCell], Dataset]:
    """Return the figures a result rests on, and the cells of those that one cell gave.

    The figures of a lead are the sums of its group; a sum has no cell of its own.
    """
    from zoneeval.engine.merging import merged

    merging = result.evaluation.inputs.merging
    cells: dict[str, SourceCell] = {}
    for code in (*predecessors(merging, uscc), uscc):
        cells.update(sources(ws, result.info.dataset_id, code))
    if not any(group.lead == uscc for group in merging.groups):
        return cells, result.dataset
    joined = merged(result.dataset, merging, [])
    before, after = result.dataset, joined
    own = [int((table.text("uscc") == uscc).argmax()) for table in (before, after)]
    same = {
        key: cell
        for key, cell in cells.items()
        if before.has(key) and before.columns[key][own[0]] == after.columns[key][own[1]]
    }
    return same, joined


def consecutive_years(
    ws: Workspace, run_id: int, *, since: int | None = None, total: bool = False
) -> dict[str, int]:
    """Return for how many years on end each enterprise has been in its class.

    Counted by the final classes up to the run's year, through the run in force (without
    one, the newest) of each earlier year with the same policy id, or one that the policy
    continues, that holds the enterprise (under its present code or one it gave up);
    enterprises without a class are left out.  Years before ``since`` do not count; with
    ``total`` those before a break do.
    """
    info = run_info(ws, run_id)
    (first,) = ws.conn.execute("SELECT max(min(year), ?) FROM run", (since or 0,)).fetchone()
    held = by_old(successions(ws))
    grade_of = _grades(ws, info.id)
    counts = dict.fromkeys(grade_of, 1)
    line = codec.to_json(list(run_lineage(ws, info.policy_id, info.policy_fingerprint)))
    going, year = set(grade_of), info.year - 1
    while going and year >= first:
        earlier: dict[str, str | None] = {}
        for (other,) in ws.conn.execute(
            "SELECT r.id FROM run r JOIN policy p ON p.fingerprint = r.policy_fingerprint"
            " JOIN dataset d ON d.id = r.dataset_id"
            " WHERE r.year = ? AND p.policy_id IN (SELECT value FROM json_each(?))"
            f" AND NOT d.withdrawn ORDER BY {IN_FORCE}, r.id",
            (year, line),
        ):
            earlier.update(_followed(_grades(ws, other, every=True), info.year, held))
        same = {code for code in going if earlier.get(code) == grade_of[code]}
        for code in same:
            counts[code] += 1
        going = going if total else same
        year -= 1
    return counts


def grades_followed(
    ws: Workspace, grades: Mapping[str, str | None], year: int
) -> dict[str, str | None]:
    """Return classes of an earlier year by the codes of a later one."""
    return _followed(grades, year, by_old(successions(ws)))


def _followed(
    grades: Mapping[str, str | None], year: int, held: Mapping[str, Succession]
) -> dict[str, str | None]:
    """Return classes by the codes of a later year; an enterprise's own goes before others'."""
    taken = {successor(code, year, held): grade for code, grade in sorted(grades.items())}
    own = {code: grade for code, grade in grades.items() if successor(code, year, held) == code}
    return {**taken, **own}


def _grades(ws: Workspace, run_id: int, *, every: bool = False) -> dict[str, str]:
    """Return the final classes of a run; those of enterprises without one where ``every``."""
    sql = "SELECT uscc, grade FROM run_result WHERE run_id = ? AND uscc IS NOT NULL"
    grades: dict[str, str] = dict(ws.conn.execute(sql, (run_id,)).fetchall())
    grades.update(override_grades(ws, run_id))
    return grades if every else {code: grade for code, grade in grades.items() if grade}


def newest_run(ws: Workspace, year: int, zone: str | None, policy_id: str = "") -> RunInfo | None:
    """Return the newest run of a year that covers a zone (None: all zones), or None.

    Runs of data that was withdrawn do not count.
    """
    found = ws.conn.execute(
        f"{_RUNS} WHERE r.year = ? AND (r.zone IS NULL OR r.zone = ?) AND NOT d.withdrawn"
        " AND (? = '' OR p.policy_id = ?) ORDER BY r.id DESC LIMIT 1",
        (year, zone, policy_id, policy_id),
    ).fetchone()
    return None if found is None else _info(ws, found)
