"""What the first page shows: how far the year is, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zoneeval.model.adjudication import RunStatus
from zoneeval.model.evaluation import Evaluation, Participation
from zoneeval.model.fields import FIELDS, label_of, unit_of
from zoneeval_db.acting.state import Acting, acting
from zoneeval_db.data.datasets import latest_dataset, load_dataset
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.final_grades import final_run, published_run
from zoneeval_db.evaluating.near_line import NearLine, near_line
from zoneeval_db.evaluating.runs import grades_followed, newest_run
from zoneeval_db.storage import backup
from zoneeval_db.values import DatasetVersion, RunInfo, RunResult
from zoneeval_db.zones.records import rate_zones

if TYPE_CHECKING:
    from zoneeval.model.adjudication import Adjudication
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.standing import ZoneStanding
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace

DEMO_LADDER = "illustrative-six-stars"
HEADLINES = ("tax_per_mu", "value_added_per_mu", "value_added_per_tce", "labor_productivity")


@dataclass(frozen=True, slots=True)
class Headline:
    """An average of all enterprises (ratio of totals), and that of the year before.

    Enterprises that lack either figure are left out; ``missing`` counts them.
    """

    key: str
    label: str
    unit: str
    value: float | None
    previous: float | None
    missing: int

    @property
    def change(self) -> float | None:
        """Return the difference to the year before, or None."""
        if self.value is None or self.previous is None:
            return None
        return self.value - self.previous


@dataclass(frozen=True, slots=True)
class Overview:
    """A year (and zone) at a glance; what is not there yet is empty."""

    year: int
    zone: str | None
    state: str
    next_step: str
    dataset: DatasetVersion | None
    departments: tuple[str, ...]
    files: tuple[str, ...]
    enterprises: int
    run: RunInfo | None = None
    final: RunResult | None = field(default=None, repr=False, compare=False)
    run_count: int = 0
    evaluated: int = 0
    participation: dict[Participation, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    previous_run: RunInfo | None = None
    previous_classes: dict[str, int] = field(default_factory=dict)
    moved_up: int = 0
    moved_down: int = 0
    headlines: tuple[Headline, ...] = ()
    scores: tuple[float, ...] = ()
    score_grades: tuple[str | None, ...] = ()
    near_line: tuple[NearLine, ...] = ()
    stars: tuple[ZoneStanding, ...] = ()
    ladder: Ladder | None = None
    last_backup: datetime | None = None
    acting: Acting | None = None


def overview(
    ws: Workspace, year: int, zone: str | None = None, *, ladder_ref: str | Path = DEMO_LADDER
) -> Overview:
    """Return a year's state: what was imported, how it was classed, what moved.

    Limited to one zone where given; averages, classes and moves are then its own.
    """
    version = latest_dataset(ws, year)
    dataset = load_dataset(ws, version.id, zone) if version else None
    info = published_run(ws, year, zone)
    report = rate_zones(ws, year, ladder_ref)
    stars = tuple(s for s in report.standings if zone is None or s.zone == zone)
    departments, files = _origin(ws, version.id) if version else ((), ())
    enterprises = dataset.size if dataset else 0
    common: dict[str, Any] = {
        "departments": departments,
        "files": files,
        "headlines": _headlines(dataset, _of_year(ws, year - 1, zone)),
        "stars": stars,
        "ladder": report.ladder,
        "last_backup": backup.last_backup(ws.path),
    }
    if info is None:
        state, step = _before_evaluation(year, enterprises)
        return Overview(year, zone, state, step, version, enterprises=enterprises, **common)
    run = final_run(ws, info.id)
    rows = _rows(run.evaluation, zone)
    before = published_run(ws, year - 1, zone)
    if before is None or before.policy_id != info.policy_id:
        before = newest_run(ws, year - 1, zone, info.policy_id)
    previous = final_run(ws, before.id) if before else None
    (run_count,) = ws.conn.execute("SELECT count(*) FROM run WHERE year = ?", (year,)).fetchone()
    participation = Counter(run.evaluation.participation[rows])
    scored = [i for i in rows if not np.isnan(run.evaluation.composite[i])]
    up = down = 0
    if previous:
        grades = dict(zip(previous.evaluation.uscc, previous.evaluation.grade, strict=True))
        up, down = _moves(run, grades_followed(ws, grades, year), rows)
    stale = version is not None and info.dataset_id != version.id
    steps = adjudication(ws, info.id)
    state, step = _after_evaluation(year, info, steps, stale=stale, run_count=run_count)
    done = acting(ws, run, zone, date.today()) if steps.is_locked else None
    return Overview(
        year,
        zone,
        state,
        done.next_words if done is not None else step,
        version,
        enterprises=enterprises,
        run=info,
        final=run,
        run_count=run_count,
        evaluated=participation[Participation.EVALUATED],
        participation={p: participation[p] for p in Participation if participation[p]},
        classes=_classes(run, rows),
        previous_run=before,
        previous_classes=_classes(previous, _rows(previous.evaluation, zone)) if previous else {},
        moved_up=up,
        moved_down=down,
        scores=tuple(float(run.evaluation.composite[i]) for i in scored),
        score_grades=tuple(run.evaluation.grade[i] for i in scored),
        near_line=near_line(run, rows),
        acting=done,
        **common,
    )


def _origin(ws: Workspace, dataset_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the departments and the workbooks that a version's data came from."""
    found = ws.conn.execute(
        "SELECT DISTINCT s.department, f.name FROM source_sheet s"
        " JOIN source_file f ON f.id = s.file_id WHERE s.id IN ("
        " SELECT sheet_id FROM dataset_value WHERE dataset_id = ?1"
        " UNION SELECT sheet_id FROM parcel WHERE dataset_id = ?1"
        " UNION SELECT sheet_id FROM meter WHERE dataset_id = ?1"
        " UNION SELECT sheet_id FROM event WHERE dataset_id = ?1) ORDER BY s.id",
        (dataset_id,),
    ).fetchall()
    departments = dict.fromkeys(department for department, _ in found if department)
    return tuple(departments), tuple(dict.fromkeys(name for _, name in found))


def _of_year(ws: Workspace, year: int, zone: str | None) -> Dataset | None:
    version = latest_dataset(ws, year)
    return load_dataset(ws, version.id, zone) if version else None


def _headlines(dataset: Dataset | None, previous: Dataset | None) -> tuple[Headline, ...]:
    now, before = _averages(dataset), _averages(previous)
    return tuple(
        Headline(key, label_of(key), unit_of(key), now[key][0], before[key][0], now[key][1])
        for key in HEADLINES
    )


def _averages(dataset: Dataset | None) -> dict[str, tuple[float | None, int]]:
    """Return the ratio of totals of each headline, and how many lack a figure."""
    if dataset is None:
        return dict.fromkeys(HEADLINES, (None, 0))
    from zoneeval.engine.derive import derive

    table = derive(dataset, list(HEADLINES)).dataset
    out: dict[str, tuple[float | None, int]] = {}
    for key in HEADLINES:
        top, bottom = (table.number(name.strip()) for name in FIELDS[key].formula.split("/"))
        both = ~np.isnan(top) & ~np.isnan(bottom)
        total = float(bottom[both].sum())
        value = float(top[both].sum()) / total if total > 0 else None
        out[key] = (value, int((~both).sum()))
    return out


def _rows(evaluation: Evaluation, zone: str | None) -> list[int]:
    return [i for i in range(evaluation.size) if zone is None or evaluation.zone[i] == zone]


def _classes(run: RunResult, rows: list[int]) -> dict[str, int]:
    held = Counter(run.evaluation.grade[rows])
    return {g.letter: held[g.letter] for g in run.policy.grades}


def _moves(run: RunResult, earlier: Mapping[str, str | None], rows: list[int]) -> tuple[int, int]:
    """Return how many rose and how many fell against the classes of the year before."""
    place = {grade.letter: i for i, grade in enumerate(run.policy.grades)}
    up = down = 0
    for i in rows:
        new, old = run.evaluation.grade[i], earlier.get(run.evaluation.uscc[i])
        if new in place and old in place:
            up += place[new] < place[old]
            down += place[new] > place[old]
    return up, down


def _before_evaluation(year: int, enterprises: int) -> tuple[str, str]:
    if not enterprises:
        return f"{year} 年度：还没有企业数据", "导入各部门的表格"
    return f"{year} 年度：已导入 {enterprises} 户企业的数据，尚未评价", "评价"


def _after_evaluation(
    year: int, info: RunInfo, steps: Adjudication, *, stale: bool, run_count: int
) -> tuple[str, str]:
    if steps.is_locked:
        return f"{year} 年度：评价结果已于 {steps.published_on} 发布", "落实政策"
    if stale:
        return f"{year} 年度：评价之后又导入了新数据（第 {info.id} 次评价用的是旧数据）", "重新评价"
    public = (f"公示到 {steps.publicity_until} 为止", "公示期满后转入复核")
    if steps.publicity_until and date.today().isoformat() > steps.publicity_until:
        public = (f"公示已于 {steps.publicity_until} 期满", "转入复核")
    under_way = {
        RunStatus.PUBLICITY: public,
        RunStatus.REVIEW: ("公示期满，正在复核", "处理异议后认定"),
        RunStatus.RECOGNISED: (f"评价结果已于 {steps.recognised_on} 认定", "发布"),
    }
    if steps.status in under_way:
        state, following = under_way[steps.status]
        return f"{year} 年度：{state}", following
    return f"{year} 年度：数据已导入，已评价 {run_count} 次", "核对结果，公示"
