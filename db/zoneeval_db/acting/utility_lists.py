"""Lists to the utilities: issued with a document, compared, and written as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.progress import Progress, silent, span
from zoneeval.workdays import iso_date
from zoneeval_db.acting.issued_lists import issued_list, packed
from zoneeval_db.acting.list_drafts import DraftList, draft_lists
from zoneeval_db.acting.tariffs import tariff_version
from zoneeval_db.data.successions import newest_codes
from zoneeval_db.deciding.final_grades import final_evaluation, final_run
from zoneeval_db.deciding.publication import is_published, superseded_by
from zoneeval_db.evaluating.exporting import run_header, target_files

if TYPE_CHECKING:
    from zoneeval.model.utility_list import IssuedList, ListChanges
    from zoneeval_db.storage.workspace import Workspace


def issue_lists(
    ws: Workspace,
    tariff_ref: str | Path,
    utilities: Sequence[str] | None = None,
    run_id: int | None = None,
    *,
    document: str,
    on: str,
    valid_from: str | None = None,
    valid_to: str | None = None,
    progress: Progress = silent,
) -> list[IssuedList]:
    """Issue lists and keep them, in one step that can be undone.

    ``utilities`` None issues to each for which the tariff has a rate in force.  ``on`` is
    the day of issue and the first day unless ``valid_from`` says another.  Raises
    InputError for a run that is not published or was superseded, a utility without any
    rate, missing or turned dates, and a list older than the one before it.
    """
    words = document.strip()
    if not words:
        raise InputError("没有写印发名单的文号。名单要凭文件执行，请写明文号。")
    day = str(iso_date(on, "印发日期"))
    first = str(iso_date(valid_from, "开始执行日期")) if valid_from else day
    last = str(iso_date(valid_to, "截止日期")) if valid_to else None
    if last is not None and last < first:
        raise InputError(f"截止日期 {last} 早于开始执行日期 {first}。请核对。")
    found = draft_lists(
        ws, tariff_ref, run_id, utilities, on=first, progress=span(progress, 0, 0.8)
    )
    if utilities is None:
        found = {name: one for name, one in found.items() if _why_not(one, first) == ""}
        if not found:
            raise InputError("价格表中没有在执行期内的标准，没有可以印发的名单。请核对价格表。")
    for name, draft in found.items():
        _check(ws, name, draft, first)
        before = draft.changes.against
        if before is not None and issued_list(ws, before).valid_from > first:
            raise InputError(
                f"第 {before} 号{name}名单从 {issued_list(ws, before).valid_from} 起执行，"
                f"新的名单不能从更早的 {first} 起执行。请核对日期。"
            )
    held = tariff_version(ws, str(tariff_ref))
    progress(900, 1000, "保存名单")
    numbers = []
    with ws.operation(f"印发执行名单（{'、'.join(found)}，{words}）") as op:
        for name, draft in found.items():
            number = op.next_id("utility_list")
            op.write(
                "utility_list",
                {"id": number},
                {
                    "run_id": draft.run.info.id,
                    "utility": name,
                    "tariff": held.ref if held else draft.tariff.id,
                    "issued_on": day,
                    "document": words,
                    "valid_from": first,
                    "valid_to": last,
                    "content": packed(draft.content, draft.changes, draft.tariff.text),
                },
            )
            numbers.append(number)
    return [issued_list(ws, number) for number in numbers]


def _check(ws: Workspace, name: str, draft: DraftList, first: str) -> None:
    info = draft.run.info
    if not is_published(ws, info.id):
        raise InputError(
            f"第 {info.id} 次评价还没有发布，不能印发{name}名单。请先发布评价结果；"
            "发布前需要看名单的，请导出价格名单草稿。"
        )
    newer = superseded_by(ws, info.id)
    if newer is not None:
        raise InputError(
            f"第 {info.id} 次评价已由第 {newer} 次评价接替，不能再据此印发名单。请用新的评价。"
        )
    why = _why_not(draft, first)
    if why:
        raise InputError(f"不能印发{name}名单：{why}")


def _why_not(draft: DraftList, first: str) -> str:
    name, tariff = draft.content.utility, draft.tariff
    mine = [rate for rate in tariff.rates if rate.utility == name]
    if not mine:
        return tariff.empty_reason or f"价格表“{tariff.title}”中没有{name}的标准。"
    if not any(rate.in_force(first) for rate in mine):
        return f"价格表“{tariff.title}”中{name}的标准在 {first} 都不在执行期内。"
    content = draft.content
    if not (content.charged or content.missing or content.shared or draft.changes.changes):
        rated = "、".join(sorted({rate.grade for rate in mine}))
        known = "、".join(grade.letter for grade in draft.run.policy.grades)
        return (
            f"价格表“{tariff.title}”中{name}的标准给{rated}类，这次评价没有企业适用"
            f"（办法的类别是{known}），名单是空的。请核对价格表。"
        )
    return ""


def compare_lists(ws: Workspace, number: int, against: int | None = None) -> ListChanges:
    """Return what a list changed against the one before it, or against another one.

    Raises InputError where there is no such list, or the other is of another utility.
    """
    from zoneeval.engine.acting.list_changes import list_changes

    mine = issued_list(ws, number)
    if against is None:
        return mine.changes
    other = issued_list(ws, against)
    if other.utility != mine.utility:
        raise InputError(
            f"第 {against} 号名单给{other.utility}，第 {number} 号给{mine.utility}，不能比较。"
        )
    return list_changes(
        other.content,
        mine.content,
        final_evaluation(ws, mine.run_id),
        against=other.id,
        document=other.document,
        codes=newest_codes(ws),
    )


def export_list(ws: Workspace, out: Path, number: int, progress: Progress = silent) -> list[Path]:
    """Write an issued list as it was sent, with what it changed."""
    from zoneeval.policy.loader import parse_tariff
    from zoneeval.report.acting.pricing import write_pricing

    found = issued_list(ws, number)
    run = final_run(ws, found.run_id)
    write_pricing(
        out,
        run_header(ws, run.info),
        run.policy,
        parse_tariff(found.tariff_text, found.tariff),
        found.content,
        found.changes,
        found,
        progress=progress,
    )
    return [out]


def export_pricing(
    ws: Workspace,
    out: Path,
    run_id: int | None = None,
    utility: str | None = None,
    tariff_ref: str | Path = "henan",
    on: str | None = None,
    progress: Progress = silent,
) -> list[Path]:
    """Write the list of one utility to ``out``, or of each into the folder ``out``.

    They are drafts: what would be issued for the run, with what that would change.
    Raises InputError for a utility that the tariff does not name.
    """
    from zoneeval.report.acting.pricing import write_pricing

    names = None if utility is None else [utility]
    found = draft_lists(ws, tariff_ref, run_id, names, on=on, progress=span(progress, 0, 0.6))
    targets = {utility: out} if utility is not None else target_files(out, list(found))
    for at, (name, draft) in enumerate(found.items()):
        write_pricing(
            targets[name],
            run_header(ws, draft.run.info),
            draft.run.policy,
            draft.tariff,
            draft.content,
            draft.changes,
            progress=span(progress, 0.6 + 0.4 * at / len(found), 0.6 + 0.4 * (at + 1) / len(found)),
        )
    return list(targets.values())
