"""Documents of a run, written after the templates: one file, or one for each of many."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.errors import InputError, system_reason
from zoneeval.progress import Progress, silent, span
from zoneeval_db.acting.document_basis import basis_of, former_of, letterhead, near_cuts
from zoneeval_db.acting.document_templates import document_template
from zoneeval_db.acting.issued_lists import issued_list
from zoneeval_db.acting.list_drafts import draft_lists
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.deciding.objections import objections
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating.notices import export_notice, export_notices, file_words, notice_writer

if TYPE_CHECKING:
    from zoneeval.giving.documents.execution import Sending
    from zoneeval.giving.documents.template import DocumentTemplate
    from zoneeval.model.adjudication import Objection
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult

_Content = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """What is to be written; what does not belong to the kind is refused.

    ``number``, ``on`` (ISO) and ``to`` go into the document and may be "".  ``codes`` and
    ``grade`` choose enterprises of notices, ``objection`` the one that is answered,
    ``utility`` and ``tariff`` belong to execution, or ``list_id`` for a list that was issued.
    """

    kind: str
    run_id: int | None = None
    number: str = ""
    on: str = ""
    to: str = ""
    codes: tuple[str, ...] = ()
    grade: str | None = None
    objection: int | None = None
    utility: str | None = None
    tariff: str | Path = "henan"
    list_id: int | None = None


def write_document(
    ws: Workspace, order: DocumentOrder, out: Path, progress: Progress = silent
) -> list[Path]:
    """Write a document to ``out``, or one for each of many into the folder ``out``.

    Of notices, replies and executions ``out`` is a folder unless one code, objection,
    utility or list is named.  A run of None is the one that lists are made from.  A cancelled or
    failed writing takes away the new files it had already written.
    Raises InputError where there is nothing to write, UserError where a file cannot be.
    """
    from zoneeval.giving.documents.fields import document_kind

    kind = document_kind(order.kind)
    _belongs(kind.key, order)
    if kind.key == "notice":
        return _notices(ws, order, out, progress)
    template, single = document_template(ws, kind.key), True
    if kind.key == "execution":
        found = _executions(ws, order, span(progress, 0, 0.5))
        single = order.utility is not None or order.list_id is not None
        progress = span(progress, 0.5, 1)
    elif kind.key == "reply":
        found = _replies(ws, final_run(ws, order.run_id), order)
        single = order.objection is not None
    else:
        found = [(kind.title, _content(ws, final_run(ws, order.run_id), kind.key, order))]
    targets = [(out if single else out / f"{name}.docx", content) for name, content in found]
    if not single:
        _make_folder(out)
    return _write(template, targets, progress, kind.title)


def _write(
    template: DocumentTemplate,
    targets: Sequence[tuple[Path, _Content]],
    progress: Progress,
    title: str,
) -> list[Path]:
    fresh: list[Path] = []
    try:
        for done, (path, content) in enumerate(targets):
            progress(done, len(targets), f"正在写{title}：{path.stem}")
            is_fresh = not path.exists()
            template.write(path, content())
            fresh += [path] if is_fresh else []
        progress(len(targets), len(targets), f"{title}已写好")
    except BaseException:
        for path in fresh:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return [path for path, _ in targets]


def _notices(ws: Workspace, order: DocumentOrder, out: Path, progress: Progress) -> list[Path]:
    write = notice_writer(ws, order.run_id, number=order.number, on=order.on)
    if len(order.codes) == 1 and order.grade is None:
        return export_notice(ws, out, order.codes[0], order.run_id, write=write, on=order.on)
    codes: Collection[str] | None = order.codes or None
    return export_notices(
        ws,
        out,
        order.run_id,
        order.grade,
        progress,
        codes=codes,
        write=write,
        suffix=".docx",
        on=order.on,
    )


def _content(ws: Workspace, run: RunResult, key: str, order: DocumentOrder) -> _Content:
    head = letterhead(ws, order.number, order.on, order.to)
    basis, evaluation = basis_of(ws, run), run.evaluation
    if key == "report":
        from zoneeval.giving.documents.report import report_content

        return lambda: report_content(
            head,
            basis,
            evaluation,
            former_of(ws, run),
            near_cuts(run),
            overrides(ws, run.info.id),
            objections(ws, run.info.id),
        )
    from zoneeval.giving.documents.lists import publicity_content, recognition_content

    if not evaluation.counts():
        raise InputError(f"第 {run.info.id} 次评价没有评出类别，没有名单可写。")
    if key == "publicity":
        return lambda: publicity_content(head, basis, evaluation)
    steps = adjudication(ws, run.info.id)
    return lambda: recognition_content(
        head, basis, evaluation, steps.recognised_on, steps.recognition_document
    )


def _replies(ws: Workspace, run: RunResult, order: DocumentOrder) -> list[tuple[str, _Content]]:
    from zoneeval.model.adjudication import OBJECTION_WORDS

    every = objections(ws, run.info.id)
    mine = [one for one in every if one.id == order.objection or order.objection is None]
    if not mine:
        which = f"第 {order.objection} 号" if order.objection is not None else ""
        raise InputError(f"第 {run.info.id} 次评价没有{which}异议，没有答复可写。请核对编号。")
    decided = [one for one in mine if not one.is_open]
    if not decided:
        numbers = "、".join(f"第 {one.id} 号" for one in mine)
        raise InputError(
            f"{numbers}异议还是“{OBJECTION_WORDS['open']}”，不能写答复。请先登记处理决定。"
        )
    return [_reply(ws, run, one, order) for one in decided]


def _reply(
    ws: Workspace, run: RunResult, one: Objection, order: DocumentOrder
) -> tuple[str, _Content]:
    from zoneeval.giving.documents.letters import reply_content

    head, basis = letterhead(ws, order.number, order.on, order.to), basis_of(ws, run)
    row = run.evaluation.row_of(one.uscc)
    name = str(run.evaluation.name[row] or one.uscc) if row is not None else one.uscc
    after = run.evaluation.grade[row] if row is not None else None

    def content() -> Mapping[str, Any]:
        before = final_run(ws, one.run_id).evaluation
        place = before.row_of(one.uscc)
        held = before.grade[place] if place is not None else None
        return reply_content(head, basis, one, name, held, after)

    return f"{file_words(name)}（{one.uscc}）异议答复（第{one.id}号）", content


def _executions(
    ws: Workspace, order: DocumentOrder, progress: Progress
) -> list[tuple[str, _Content]]:
    from zoneeval.giving.documents.execution import Sending
    from zoneeval.policy.loader import parse_tariff

    if order.list_id is not None:
        sent = issued_list(ws, order.list_id)
        run = final_run(ws, sent.run_id)
        document = adjudication(ws, sent.run_id).recognition_document
        terms = (sent.document, sent.valid_from, sent.valid_to)
        tariff = parse_tariff(sent.tariff_text, sent.tariff)
        whole = Sending(tariff, sent.content, sent.changes, document, *terms)
        return [_execution(ws, run, whole, order)]
    names = None if order.utility is None else (order.utility,)
    found = draft_lists(
        ws, order.tariff, order.run_id, names, on=order.on or None, progress=progress
    )
    made = []
    for draft in found.values():
        document = adjudication(ws, draft.run.info.id).recognition_document
        whole = Sending(draft.tariff, draft.content, draft.changes, document)
        made.append(_execution(ws, draft.run, whole, order))
    return made


def _execution(
    ws: Workspace, run: RunResult, sent: Sending, order: DocumentOrder
) -> tuple[str, _Content]:
    from zoneeval.giving.documents.execution import execution_content

    head, basis = letterhead(ws, order.number, order.on, order.to), basis_of(ws, run)
    name = f"差别化政策执行通知（{file_words(sent.content.utility)}）"
    return name, lambda: execution_content(head, basis, sent)


def _belongs(key: str, order: DocumentOrder) -> None:
    """Refuse what does not belong to a kind of document."""
    given = (
        ("notice", "企业或类别", order.codes or order.grade),
        ("reply", "异议编号", order.objection),
        ("execution", "执行单位", order.utility),
        ("execution", "名单编号", order.list_id),
    )
    if order.to and key == "notice":
        raise InputError("告知书的收件人就是企业，不能另写主送。请去掉。")
    for kind, words, value in given:
        if value and key != kind:
            raise InputError(f"{words}不能用于这种文书。请去掉，或另选文书。")
    if order.list_id is not None and (order.utility or order.run_id is not None):
        raise InputError("已经指明第几号名单，执行单位和评价由名单确定，不能另写。请去掉。")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。每份文书一个文件，请换一个文件夹。"
        ) from error
