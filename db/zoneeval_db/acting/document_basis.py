"""What documents rest on: the run in force, its final classes, its steps, the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zoneeval.model.adjudication import RunStatus
from zoneeval_db.acting.document_templates import document_sender
from zoneeval_db.deciding.adjudication import adjudication
from zoneeval_db.deciding.final_grades import final_run, published_run
from zoneeval_db.deciding.overrides import overrides
from zoneeval_db.evaluating.near_line import near_line

if TYPE_CHECKING:
    from zoneeval.giving.documents.heading import Basis, Letterhead
    from zoneeval.giving.documents.report import Former, NearCut
    from zoneeval.giving.notice import Terms
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult

_RECOGNISED = (RunStatus.RECOGNISED, RunStatus.PUBLISHED)


def letterhead(ws: Workspace, number: str = "", on: str = "", to: str = "") -> Letterhead:
    """Return what stands at head and foot of a document; ``on`` is a day (ISO) or ""."""
    from zoneeval.giving.documents.heading import Letterhead
    from zoneeval.workdays import iso_date

    day = str(iso_date(on, "成文日期")) if on else ""
    return Letterhead(document_sender(ws), number.strip(), day, to.strip())


def basis_of(ws: Workspace, run: RunResult) -> Basis:
    """Return what a document says about the run that it rests on."""
    from zoneeval.giving.documents.heading import Basis

    steps = adjudication(ws, run.info.id)
    return Basis(
        run.info.id,
        run.info.year,
        (run.info.zone,) if run.info.zone else run.info.zones,
        steps.status.label,
        run.policy,
        (
            steps.publicity_from,
            steps.publicity_until,
            steps.publicity_days,
            steps.publicity_document,
        ),
        steps.status in _RECOGNISED,
    )


def terms_of(ws: Workspace, run: RunResult, on: str = "") -> dict[str, Terms]:
    """Return the terms of the notices of a run by credit code; "" is for all others."""
    from zoneeval.giving.documents.heading import day_words
    from zoneeval.giving.notice import Terms

    steps, sender = adjudication(ws, run.info.id), document_sender(ws)
    until, closed = day_words(steps.publicity_until) if steps.publicity_until else "", ""
    if steps.status in _RECOGNISED:
        document = f"（{steps.recognition_document}）" if steps.recognition_document else ""
        closed = (
            f"公示期已于{until}届满，评价结果已于{day_words(steps.recognised_on)}认定{document}。"
        )
    plain = Terms(
        until=until,
        closed=closed,
        receiver=sender.receiver or sender.issuer,
        contact=sender.contact,
        phone=sender.phone,
        address=sender.address,
        issuer=sender.issuer,
        on=day_words(on) if on else "",
    )
    found = {"": plain}
    for one in overrides(ws, run.info.id):
        row = run.evaluation.row_of(one.uscc)
        computed = run.evaluation.computed_grade[row] if row is not None else None
        said = f"按办法计算为 {computed} 类" if computed else "按办法没有计算类别"
        found[one.uscc] = replace(
            plain,
            adjusted=f"{said}；经{one.approver}决定（{one.document}），"
            f"调整为 {one.grade} 类，理由：{one.reason.rstrip('。')}。",
        )
    return found


def former_of(ws: Workspace, run: RunResult) -> Former | None:
    """Return the year before and how it compares, by final classes; None without a run."""
    from zoneeval.engine.comparison import compare
    from zoneeval.giving.documents.report import Former
    from zoneeval.model.merging import by_old, successor
    from zoneeval_db.data.successions import successions

    year = run.info.year - 1
    info = published_run(ws, year, run.info.zone)
    if info is None:
        return None
    before = final_run(ws, info.id)
    held = by_old(successions(ws))
    codes = {}
    for code in before.evaluation.uscc:
        now = successor(str(code), run.info.year, held) if code else code
        if now != code:
            codes[str(code)] = str(now)
    found = compare((before.policy, before.evaluation), (run.policy, run.evaluation), codes)
    return Former(year, before.policy, before.evaluation, found)


def near_cuts(run: RunResult) -> list[NearCut]:
    """Return those nearest to the line of the lowest class."""
    from zoneeval.giving.documents.report import NearCut

    rows = list(range(run.evaluation.size))
    return [
        NearCut(one.name, one.zone, one.grade, one.composite, one.key_label, one.distance)
        for one in near_line(run, rows)
    ]
