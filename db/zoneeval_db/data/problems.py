"""Problems of an import, as marked copies of the workbooks to be sent back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from zoneeval.errors import UserError, system_reason
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.repair import AppliedRepair
from zoneeval.progress import Progress, silent


def export_problems(
    paths: Sequence[str | os.PathLike[str]],
    issues: Iterable[Issue],
    out: str | os.PathLike[str],
    *,
    changed: Iterable[AppliedRepair] = (),
    progress: Progress = silent,
) -> list[Path]:
    """Write a marked copy of every workbook with a problem into the folder ``out``.

    Workbooks with nothing worse than notes get none.  Returns the files written.
    """
    from zoneeval.intake.problems import problem_name, write_problems

    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。请换一个位置再导出。"
        ) from error
    found, log = list(issues), list(changed)
    wrong = {issue.file for issue in found if issue.severity is not Severity.NOTE}
    chosen = [Path(path) for path in paths if Path(path).name in wrong]
    taken = {path.resolve() for path in map(Path, paths)}
    written: list[Path] = []
    for done, path in enumerate(chosen):
        progress(done, len(chosen), f"正在标出 {path.name} 中的问题")
        target = _free(folder / problem_name(path), taken)
        taken.add(target.resolve())
        write_problems(path, found, target, log)
        written.append(target)
    progress(len(chosen), len(chosen), "已写完")
    return written


def _free(target: Path, taken: set[Path]) -> Path:
    """Return the name, numbered where it is one of the workbooks or was just written."""
    made, number = target, 1
    while made.resolve() in taken:
        number += 1
        made = target.with_name(f"{target.stem}{number}{target.suffix}")
    return made
