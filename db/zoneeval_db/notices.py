"""企业评价告知书: the notice to one enterprise, or to every one that was ranked."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, system_reason
from zoneeval.progress import Progress, silent
from zoneeval_db.runs import explained_by, load_run

if TYPE_CHECKING:
    from zoneeval.giving.notice import Notice
    from zoneeval_db.values import RunResult
    from zoneeval_db.workspace import Workspace

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def notice(ws: Workspace, uscc: str, run_id: int | None = None) -> Notice:
    """Return what an enterprise is told about its class (None: by the newest run).

    Raises InputError where the run has no such enterprise.
    """
    run = load_run(ws, run_id)
    row = run.evaluation.row_of(uscc)
    if row is None:
        raise InputError(
            f"第 {run.info.id} 次评价（{run.info.year} 年）中没有信用代码为“{uscc}”的企业，"
            "不能写告知书。请核对信用代码，或指定另一次评价。"
        )
    return _notice(ws, run, row)


def notice_name(name: str, uscc: str, year: int | None) -> str:
    """Return the file name of a notice, without what no file name may have."""
    short = (name or "企业").translate(_FORBIDDEN).strip(" .")[:60]
    when = f"{year}年" if year is not None else ""
    return f"{short}（{uscc}）{when}评价告知书.docx"


def export_notice(ws: Workspace, out: Path, uscc: str, run_id: int | None = None) -> list[Path]:
    """Write the notice to one enterprise as a Word document.

    Raises InputError where the run has no such enterprise, UserError where the file
    cannot be written.
    """
    from zoneeval.giving.notice_word import write_notice

    write_notice(out, notice(ws, uscc, run_id))
    return [out]


def export_notices(
    ws: Workspace,
    folder: Path,
    run_id: int | None = None,
    grade: str | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """Write a notice to every enterprise that was ranked, or only to those of a class.

    A cancelled or failed export takes away the new files it had already written.
    Raises InputError where nobody is to be told, UserError where a file cannot be written.
    """
    from zoneeval.giving.notice_word import write_notice

    run = load_run(ws, run_id)
    evaluation = run.evaluation
    ranked = [
        row
        for row in range(evaluation.size)
        if evaluation.uscc[row] and evaluation.rank[row] == evaluation.rank[row]
    ]
    mine = [row for row in ranked if grade is None or evaluation.grade[row] == grade]
    if not mine:
        known = "、".join(evaluation.counts()) or "无"
        what = f" {grade} 类的企业（有企业的类别：{known}）" if grade else "参评企业"
        raise InputError(f"第 {run.info.id} 次评价中没有{what}，没有告知书可写。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。告知书每户一份，请换一个文件夹。"
        ) from error
    files: list[Path] = []
    fresh: list[Path] = []
    try:
        for done, row in enumerate(mine):
            name = str(evaluation.name[row] or "")
            progress(done, len(mine), f"正在写告知书：{name}")
            path = folder / notice_name(name, evaluation.uscc[row], run.info.year)
            is_fresh = not path.exists()
            write_notice(path, _notice(ws, run, row))
            files.append(path)
            fresh += [path] if is_fresh else []
        progress(len(mine), len(mine), "告知书已写好")
    except BaseException:
        for path in fresh:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return files


def _notice(ws: Workspace, run: RunResult, row: int) -> Notice:
    from zoneeval.giving.notice import notice_of

    cells, dataset = explained_by(ws, run, run.evaluation.uscc[row])
    return notice_of(run.policy, run.evaluation, row, cells, dataset, run.info.id)
