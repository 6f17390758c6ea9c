"""The whole job once, on the sample city."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, WorkspaceError, system_reason
from zoneeval.model.issue import Severity
from zoneeval.progress import Progress, silent
from zoneeval_db.acting.utility_lists import export_pricing
from zoneeval_db.data.importing import import_workbooks
from zoneeval_db.evaluating import exporting
from zoneeval_db.evaluating.runs import evaluate
from zoneeval_db.overview import DEMO_LADDER
from zoneeval_db.storage import backup
from zoneeval_db.storage.part import TOTAL, part
from zoneeval_db.storage.workspace import SUFFIX, Workspace
from zoneeval_db.values import DemoSummary, RunResult
from zoneeval_db.zones.records import rate_zones

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CITY, YEARS, POLICY = "示例市", (2023, 2024), "zhengzhou-2018"
_SAMPLES, _FOLDER = "zoneeval_samples", "demo_city"


def demo(out: Path, progress: Progress = silent) -> DemoSummary:
    """Import, evaluate and rate the sample city, and write every workbook into ``out``.

    An older demonstration there is put among its copies and replaced; a workspace that
    somebody has open, or a file that is none, is left alone with a WorkspaceError.
    """
    out = Path(out).absolute()
    target = out / f"{CITY}{SUFFIX}"
    try:
        out.mkdir(parents=True, exist_ok=True)
        books = {year: _copy_samples(out, year) for year in YEARS}
        older = _put_aside(target) if target.exists() else None
        try:
            with tempfile.TemporaryDirectory(prefix=".", dir=out) as folder:
                fresh = Path(folder) / target.name
                with Workspace.create(fresh) as ws:
                    summary = _work(ws, books, out, target, progress)
                if older is not None:
                    older.close()
                os.replace(fresh, target)
        finally:
            if older is not None:
                older.close()
    except OSError as error:
        raise WorkspaceError(
            f"不能在文件夹“{out}”中写出演示文件（{system_reason(error)}）。"
            "请检查写入权限和剩余空间，并关闭正在使用这些文件的程序。"
        ) from error
    return summary


def _put_aside(target: Path) -> Workspace:
    """Copy an older demonstration to its copies, and keep others from opening it."""
    older = Workspace.open(target)
    try:
        backup.back_up(older.conn, target)
    except BaseException:
        older.close()
        raise
    return older


def _copy_samples(out: Path, year: int) -> list[Path]:
    """Copy a year's sample workbooks to where the user can open them."""
    folder = out / "样例数据" / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    copied = []
    for book in sorted(_samples(year), key=lambda entry: entry.name):
        copied.append(folder / book.name)
        copied[-1].write_bytes(book.read_bytes())
    return copied


def _samples(year: int) -> list[Traversable]:
    folder = resources.files(_SAMPLES) / _FOLDER / str(year)
    return [entry for entry in folder.iterdir() if entry.name.endswith(".xlsx")]


def _work(
    ws: Workspace, books: dict[int, list[Path]], out: Path, target: Path, progress: Progress
) -> DemoSummary:
    enterprises: dict[int, int] = {}
    issues = Counter({severity.value: 0 for severity in Severity})
    for done, (year, paths) in enumerate(books.items()):
        step = part(progress, 20 * done, 20 * done + 20)
        outcome = import_workbooks(ws, paths, year=year, progress=step)
        issues.update(issue.severity.value for issue in outcome.draft.issues)
        if not outcome.committed:
            raise InputError(f"{year} 年的样例表格没有通过检查。", outcome.draft.issues)
        enterprises[year] = len(outcome.draft.years[year].values)
    newest: RunResult | None = None
    for done, year in enumerate(books):
        step = part(progress, 40 + 10 * done, 50 + 10 * done)
        newest = evaluate(ws, year=year, policy_ref=POLICY, progress=step)
    assert newest is not None
    year = newest.info.year
    progress(60, TOTAL, "评定园区星级")
    stars = rate_zones(ws, year, DEMO_LADDER)
    progress(65, TOTAL, "写出工作簿")
    files = _write_all(ws, out, year)
    progress(TOTAL, TOTAL, "演示完成")
    return DemoSummary(
        workspace=target,
        enterprises=enterprises,
        issues=dict(issues),
        classes=_classes(newest),
        stars={standing.zone: standing.verdict for standing in stars.standings},
        files=files,
    )


def _write_all(ws: Workspace, out: Path, year: int) -> list[Path]:
    files: list[Path] = []
    lists: dict[str, Callable[[Workspace, Path], list[Path]]] = {
        "评价结果": exporting.export_results,
        "企业分类名单": exporting.export_classes,
        "退出转型名单": exporting.export_exit,
    }
    for name, export in lists.items():
        files += export(ws, out / f"{year}年度{name}.xlsx")
    files += export_pricing(ws, out / f"{year}年度差别化价格")
    files += exporting.export_stars(ws, out / f"{year}年度园区星级.xlsx", year, DEMO_LADDER)
    return files


def _classes(run: RunResult) -> dict[str, dict[str, int]]:
    """Return per zone how many enterprises hold each class."""
    letters = [grade.letter for grade in run.policy.grades]
    out: dict[str, dict[str, int]] = {}
    for zone, grade in zip(run.evaluation.zone, run.evaluation.grade, strict=True):
        if zone is not None:
            counts = out.setdefault(zone, dict.fromkeys(letters, 0))
            if grade is not None:
                counts[grade] += 1
    return dict(sorted(out.items()))
