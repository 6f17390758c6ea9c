"""企业评价告知书: the notice to one enterprise, or to every one that was ranked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, system_reason
from zoneeval.progress import Progress, silent
from zoneeval_db.acting.document_basis import basis_of, letterhead, terms_of
from zoneeval_db.acting.document_templates import document_template, has_own_template
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.evaluating.runs import explained_by

if TYPE_CHECKING:
    from zoneeval.giving.notice import Notice, Terms
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def notice(ws: Workspace, uscc: str, run_id: int | None = None) -> Notice:
    """Return what an enterprise is told about its final class.

    A run of None is the one that lists are made from.
    Raises InputError where the run has no such enterprise.
    """
    return _of(ws, uscc, run_id, "")


def _of(ws: Workspace, uscc: str, run_id: int | None, on: str) -> Notice:
    run = final_run(ws, run_id)
    row = run.evaluation.row_of(uscc)
    if row is None:
        raise InputError(
            f"第 {run.info.id} 次评价（{run.info.year} 年）中没有信用代码为“{uscc}”的企业，"
            "不能写告知书。请核对信用代码，或指定另一次评价。"
        )
    return _notice(ws, run, row, terms_of(ws, run, on))


def notice_name(name: str, uscc: str, year: int | None, suffix: str = ".docx") -> str:
    """Return the file name of a notice, without what no file name may have."""
    short = file_words(name or "企业")
    when = f"{year}年" if year is not None else ""
    return f"{short}（{uscc}）{when}评价告知书{suffix}"


def file_words(name: str) -> str:
    """Return a name without what no file name may have."""
    return name.translate(_FORBIDDEN).strip(" .")[:60]


Writer = Callable[[Path, "Notice"], object]


def notice_writer(
    ws: Workspace, run_id: int | None = None, *, number: str = "", on: str = ""
) -> Writer:
    """Return what writes a notice as an official letter, after the template of the office.

    The template is read once, however many notices are written.
    """
    from zoneeval.giving.documents.letters import notice_content

    template = document_template(ws, "notice")
    run = final_run(ws, run_id)
    head, basis, evaluation = letterhead(ws, number, on), basis_of(ws, run), run.evaluation

    def write(path: Path, made: Notice) -> None:
        row = evaluation.row_of(made.uscc)
        grade = evaluation.grade[row] if row is not None else None
        template.write(path, notice_content(head, basis, made, grade))

    return write


def _usual_writer(ws: Workspace, run_id: int | None) -> Writer:
    """Return what writes a notice where nothing else is said.

    That is the template of the office where it has put one in place, else the one page.
    """
    from zoneeval.giving.notice_word import write_notice

    return notice_writer(ws, run_id) if has_own_template(ws, "notice") else write_notice


def export_notice(
    ws: Workspace,
    out: Path,
    uscc: str,
    run_id: int | None = None,
    *,
    write: Writer | None = None,
    on: str = "",
) -> list[Path]:
    """Write the notice to one enterprise as a Word document, dated ``on`` (ISO, "": blank).

    ``write`` as for :func:`export_notices`.
    Raises InputError where the run has no such enterprise, UserError where the file
    cannot be written.
    """
    made = _of(ws, uscc, run_id, on)
    (write or _usual_writer(ws, run_id))(out, made)
    return [out]


def export_notices(
    ws: Workspace,
    folder: Path,
    run_id: int | None = None,
    grade: str | None = None,
    progress: Progress = silent,
    *,
    codes: Collection[str] | None = None,
    write: Writer | None = None,
    suffix: str = ".docx",
    on: str = "",
) -> list[Path]:
    """Write a notice to every enterprise that was ranked, or only to those of a class.

    ``codes`` names the only enterprises that are to have one.  ``write`` writes one
    notice into a file with ``suffix`` (None: as a Word document of one page, or after the
    office's own template).  A cancelled or failed export takes away the new files it had
    already written.
    Raises InputError where nobody is to be told, UserError where a file cannot be written.
    """
    writing = write or _usual_writer(ws, run_id)
    run = final_run(ws, run_id)
    terms = terms_of(ws, run, on)
    mine = _told(run, grade, codes)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。告知书每户一份，请换一个文件夹。"
        ) from error
    evaluation = run.evaluation
    files: list[Path] = []
    fresh: list[Path] = []
    try:
        for done, row in enumerate(mine):
            name = str(evaluation.name[row] or "")
            progress(done, len(mine), f"正在写告知书：{name}")
            path = folder / notice_name(name, evaluation.uscc[row], run.info.year, suffix)
            is_fresh = not path.exists()
            writing(path, _notice(ws, run, row, terms))
            files.append(path)
            fresh += [path] if is_fresh else []
        progress(len(mine), len(mine), "告知书已写好")
    except BaseException:
        for path in fresh:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return files


def _told(run: RunResult, grade: str | None, codes: Collection[str] | None) -> list[int]:
    """Return the rows of those who were ranked and are asked for; InputError for none."""
    evaluation = run.evaluation
    ranked = [
        row
        for row in range(evaluation.size)
        if evaluation.uscc[row] and evaluation.rank[row] == evaluation.rank[row]
    ]
    mine = [row for row in ranked if grade is None or evaluation.grade[row] == grade]
    if codes is not None:
        wanted = frozenset(codes)
        mine = [row for row in mine if evaluation.uscc[row] in wanted]
        if not mine:
            raise InputError(
                f"所选的企业在第 {run.info.id} 次评价中都没有排名，没有告知书可写。请另选企业。"
            )
    if not mine:
        known = "、".join(evaluation.counts()) or "无"
        what = f" {grade} 类的企业（有企业的类别：{known}）" if grade else "参评企业"
        raise InputError(f"第 {run.info.id} 次评价中没有{what}，没有告知书可写。")
    return mine


def _notice(ws: Workspace, run: RunResult, row: int, terms: Mapping[str, Terms]) -> Notice:
    from zoneeval.giving.notice import notice_of

    uscc = run.evaluation.uscc[row]
    cells, dataset = explained_by(ws, run, uscc)
    mine = terms.get(uscc, terms[""])
    return notice_of(run.policy, run.evaluation, row, cells, dataset, run.info.id, mine)
