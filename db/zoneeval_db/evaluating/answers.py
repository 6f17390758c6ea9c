"""Questions put to a stored run: what would move a class, what if, how certain, what changed.

Nothing here changes a run; only scenarios are kept, among the settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.merging import by_old, successor
from zoneeval.progress import Progress, silent
from zoneeval_db.data.datasets import load_dataset
from zoneeval_db.data.successions import successions
from zoneeval_db.evaluating.exporting import run_header
from zoneeval_db.evaluating.runs import load_run, run_info
from zoneeval_db.storage import codec
from zoneeval_db.values import RunInfo, RunResult

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Comparison
    from zoneeval.engine.distance import Distance
    from zoneeval.engine.prepared import Prepared
    from zoneeval.engine.sensitivity import Robustness
    from zoneeval.engine.whatif import Moves, Scenario
    from zoneeval.model.dataset import Dataset
    from zoneeval_db.storage.workspace import Workspace

_PREFIX = "scenario:"
_LONGEST_NAME = 60


@dataclass(frozen=True)
class ComparedRuns:
    """Two runs and what is different."""

    before: RunInfo
    after: RunInfo
    comparison: Comparison


def run_data(ws: Workspace, info: RunInfo) -> tuple[Dataset, Dataset | None]:
    """Return the data of a run as it was given to the engine, and of the year before."""
    dataset = load_dataset(ws, info.dataset_id, info.zone)
    if info.previous_dataset_id is None:
        return dataset, None
    return dataset, load_dataset(ws, info.previous_dataset_id, info.zone)


def distance_of(
    ws: Workspace, uscc: str, run_id: int | None = None, *, progress: Progress = silent
) -> Distance:
    """Return what would move one enterprise of a run (None: the newest) to another class.

    Raises InputError where the run has no such enterprise, or it has no class of its own.
    """
    run = load_run(ws, run_id)
    found = distance_in(ws, run, uscc, progress=progress)
    if found is None:
        row = run.evaluation.row_of(uscc)
        assert row is not None
        reasons = "；".join(run.evaluation.reasons[row]) or "办法没有给出类别"
        raise InputError(
            f"“{run.evaluation.name[row] or uscc}”在第 {run.info.id} 次评价中没有自己评出的类别"
            f"（{reasons}），不能计算离别的类别多远。"
        )
    return found


def distance_in(
    ws: Workspace, run: RunResult, uscc: str, *, progress: Progress = silent
) -> Distance | None:
    """Return what would move an enterprise of a loaded run; None where it has no class."""
    from zoneeval.engine.distance import distance

    evaluation = run.evaluation
    row = evaluation.row_of(uscc)
    if row is None:
        raise InputError(
            f"第 {run.info.id} 次评价（{run.info.year} 年）中没有信用代码为“{uscc}”的企业。"
            "请核对信用代码，或用 --run 指定另一次评价。"
        )
    dataset, previous = run_data(ws, run.info)
    return distance(
        run.policy, dataset, previous, evaluation, row, inputs=evaluation.inputs, progress=progress
    )


def prepare_run(ws: Workspace, run_id: int | None = None) -> tuple[RunInfo, Prepared]:
    """Make a run (None: the newest) ready for what-if; the run stays as it is stored."""
    from zoneeval.engine.prepared import prepare

    run = load_run(ws, run_id)
    dataset, previous = run_data(ws, run.info)
    ready = prepare(run.policy, dataset, previous, inputs=run.evaluation.inputs)
    return run.info, ready


def whatif(
    ws: Workspace,
    settings: Mapping[str, float | None],
    without: Sequence[str] = (),
    run_id: int | None = None,
) -> Moves:
    """Return who would move in a run under other settings; nothing is stored."""
    from zoneeval.engine.whatif import Scenario, moves_of

    _, ready = prepare_run(ws, run_id)
    return moves_of(ready, Scenario(dict(settings), tuple(without)))


def robustness(
    ws: Workspace,
    run_id: int | None = None,
    *,
    weights: float = 0.1,
    inputs: float = 0.05,
    draws: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Robustness:
    """Return how often every enterprise of a run keeps its class; nothing is stored."""
    from zoneeval.engine import sensitivity

    run = load_run(ws, run_id)
    dataset, previous = run_data(ws, run.info)
    return sensitivity.robustness(
        run.policy,
        dataset,
        previous,
        inputs=run.evaluation.inputs,
        weights=weights,
        figures=inputs,
        draws=draws,
        seed=seed,
        progress=progress,
    )


def compare_runs(ws: Workspace, a: int, b: int) -> ComparedRuns:
    """Compare run ``a`` with run ``b``; codes given up in between are followed."""
    from zoneeval.engine.comparison import compare

    if a == b:
        raise InputError("要比较的两次评价是同一次。请指定两次不同的评价。")
    before, after = load_run(ws, a), load_run(ws, b)
    held = by_old(successions(ws))
    codes = {}
    for code in before.evaluation.uscc:
        if code:
            now = successor(str(code), after.info.year, held)
            if now != code:
                codes[str(code)] = now
    found = compare((before.policy, before.evaluation), (after.policy, after.evaluation), codes)
    return ComparedRuns(before.info, after.info, found)


def export_comparison(ws: Workspace, out: Path, a: int, b: int) -> list[Path]:
    """Write the comparison of two runs as a workbook."""
    from zoneeval.report.comparison import write_comparison

    compared = compare_runs(ws, a, b)
    one, other = load_run(ws, a), load_run(ws, b)
    write_comparison(
        out,
        (run_header(ws, compared.before), one.policy),
        (run_header(ws, compared.after), other.policy),
        compared.comparison,
    )
    return [out]


def scenarios(ws: Workspace) -> list[Scenario]:
    """Return the scenarios that were kept, by name; what is not one is left out."""
    from zoneeval.engine.whatif import Scenario

    out = []
    for (words,) in ws.conn.execute(
        "SELECT value FROM setting WHERE key LIKE ? ORDER BY key", (_PREFIX + "%",)
    ):
        try:
            out.append(Scenario.from_json(codec.from_json(words)))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return out


def scenario(ws: Workspace, name: str) -> Scenario:
    """Return one scenario; raise InputError where there is none of that name."""
    found = next((item for item in scenarios(ws) if item.name == name), None)
    if found is None:
        known = "、".join(item.name for item in scenarios(ws)) or "还没有"
        raise InputError(f"没有保存过名为“{name}”的假设方案。已有的：{known}。")
    return found


def save_scenario(ws: Workspace, name: str, chosen: Scenario) -> Scenario:
    """Keep a scenario under a name, in place of an older one of that name; can be undone."""
    words = name.strip()
    if not words or len(words) > _LONGEST_NAME:
        raise InputError(f"方案名称要有 1 到 {_LONGEST_NAME} 个字。")
    if chosen.is_empty:
        raise InputError("方案没有改动任何设置，不需要保存。")
    kept = replace(chosen, name=words)
    with ws.operation(f"保存假设方案：{words}") as op:
        op.write("setting", {"key": _PREFIX + words}, {"value": codec.to_json(kept.as_json())})
    return kept


def discard_scenario(ws: Workspace, name: str) -> None:
    """Discard a scenario; raise InputError where there is none of that name."""
    found = scenario(ws, name)
    with ws.operation(f"删除假设方案：{found.name}") as op:
        op.write("setting", {"key": _PREFIX + found.name}, None)


def choose_counterpart(ws: Workspace, run_id: int, what: str) -> RunInfo | None:
    """Return the run to compare another with: last (the one before), year, or policy.

    ``last`` is the newest earlier run of the same year and policy, ``year`` the newest of
    the year before with the same policy, ``policy`` the newest of the year with another.
    """
    from zoneeval_db.evaluating.runs import runs

    mine = run_info(ws, run_id)
    for info in runs(ws, mine.year - 1 if what == "year" else mine.year):
        same = info.policy_id == mine.policy_id
        if info.id == mine.id or info.withdrawn or info.zone not in (None, mine.zone):
            continue
        if what == "last" and same and info.id < mine.id:
            return info
        if (what == "year" and same) or (what == "policy" and not same):
            return info
    return None
