"""The forms of the ledger: open the cases of a run, enter one, plan it, add steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.exits import CaseKind, paths_for
from zoneeval_ui.pages.exits.form import Form, Input, Values

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitCase, ExitStep
    from zoneeval.progress import Progress
    from zoneeval_db.operations import OpenedCases
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent, Opening
    from zoneeval_ui.session import Work

translate = QCoreApplication.translate
BY_HAND = (CaseKind.PROJECT, CaseKind.LAND, CaseKind.STOPPED, CaseKind.HALF_STOPPED, CaseKind.CLASS)


def zone_input(content: ExitsContent) -> Input:
    """Return the choice of a zone, that of the context first."""
    choices = (("", translate("Exits", "不指定")), *((zone, zone) for zone in content.zones))
    return Input("zone", translate("Exits", "园区"), "choice", content.zone or "", choices=choices)


def opening_form(content: ExitsContent, opening: Opening) -> Form:
    """Ask from when, by whom and until when the cases of a run are acted on."""
    head = translate(
        "Exits",
        "按第 {n} 次评价（{year} 年度，{status}）的最终类别，为 {letters} 类企业每户立案一项："
        "新立 {new} 户。已在台账中的沿用原事项。",
    ).format(
        n=opening.info.id,
        year=opening.info.year,
        status=opening.status,
        letters="、".join(opening.letters),
        new=opening.waiting,
    )
    if content.zone is not None and opening.info.zone is None:
        head += translate("Exits", "这次评价含 {n} 个园区，各园区一并立案。").format(
            n=len(opening.info.zones)
        )
    if not opening.is_published:
        head += translate("Exits", "这次评价还没有发布，类别可能变动，发布后请再核对一次。")
    stopped = (
        ("", translate("Exits", "不列入")),
        ("yes", translate("Exits", "列入（{n} 户没有立案）").format(n=opening.stopped)),
    )

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> OpenedCases:
            from zoneeval_db import operations

            return operations.open_exit_cases(
                ws,
                opening.info.id,
                on=values["on"],
                stopped=values["stopped"] == "yes",
                responsible=values["responsible"],
                due=values["due"] or None,
            )

        return do

    def said(value: OpenedCases) -> str:
        text = translate("Exits", "已新立 {new} 户，延续 {old} 户。").format(
            new=len(value.opened), old=len(value.confirmed)
        )
        if value.left:
            text += translate("Exits", "另有 {n} 户已不在退出类别，请核对是否继续处置。").format(
                n=len(value.left)
            )
        return text + value.note

    return Form(
        "exitOpen",
        translate("Exits", "按评价结果立案"),
        head,
        (
            Input(
                "on",
                translate("Exits", "立案日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input(
                "responsible",
                translate("Exits", "责任单位"),
                hint=translate("Exits", "可以以后逐户填写"),
            ),
            Input(
                "due",
                translate("Exits", "完成时限"),
                "date",
                hint=translate("Exits", "可以以后逐户填写"),
            ),
            Input("stopped", translate("Exits", "停产、半停产企业"), "choice", choices=stopped),
        ),
        translate("Exits", "立案"),
        work,
        said,
    )


def entry_form(content: ExitsContent) -> Form:
    """Ask about a case that no run opens."""
    kinds = tuple((kind.value, kind.label) for kind in BY_HAND)

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> ExitCase:
            from zoneeval_db import operations

            given = {
                key: values[key] for key in ("reason", "on", "uscc", "zone", "responsible", "due")
            }
            return operations.add_exit_case(
                ws, values["subject"], CaseKind(values["kind"]), **given
            )

        return do

    return Form(
        "exitAdd",
        translate("Exits", "登记事项"),
        translate("Exits", "评价以外的事项逐项登记：停建缓建项目、低效用地、停产半停产企业。"),
        (
            Input(
                "kind", translate("Exits", "种类"), "choice", CaseKind.PROJECT.value, choices=kinds
            ),
            Input(
                "subject",
                translate("Exits", "名称"),
                hint=translate("Exits", "企业、项目或地块的名称"),
                required=True,
            ),
            Input(
                "uscc",
                translate("Exits", "统一社会信用代码"),
                hint=translate("Exits", "不是企业的不填"),
            ),
            zone_input(content),
            Input("reason", translate("Exits", "列入原因"), "text", required=True),
            Input(
                "on",
                translate("Exits", "立案日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input("responsible", translate("Exits", "责任单位")),
            Input("due", translate("Exits", "完成时限"), "date"),
        ),
        translate("Exits", "登记"),
        work,
        lambda case: translate("Exits", "已登记“{name}”，编号 {n}。").format(
            name=case.subject, n=case.id
        ),
    )


def plan_form(case: ExitCase) -> Form:
    """Ask for the plan of one enterprise (一企一策)."""
    ways = (("", translate("Exits", "未定")), *((path, path) for path in paths_for(case.kind)))

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> ExitCase:
            from zoneeval_db import operations

            return operations.update_exit_case(ws, case.id, **values)

        return do

    return Form(
        "exitPlan",
        translate("Exits", "一企一策"),
        translate("Exits", "{name}的处置方案。选定处置路径后，事项转为处置中。").format(
            name=case.subject
        ),
        (
            Input("path", translate("Exits", "处置路径"), "choice", case.path or "", choices=ways),
            Input("responsible", translate("Exits", "责任单位"), value=case.responsible or ""),
            Input("due", translate("Exits", "完成时限"), "date", case.due or ""),
            Input("note", translate("Exits", "备注"), "text", case.note or ""),
        ),
        translate("Exits", "保存"),
        work,
        lambda made: translate("Exits", "已保存{name}的处置方案。").format(name=made.subject),
    )


def step_form(case: ExitCase) -> Form:
    """Ask for a step of the plan."""

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> ExitStep:
            from zoneeval_db import operations

            return operations.add_exit_step(
                ws, case.id, values["what"], responsible=values["responsible"], due=values["due"]
            )

        return do

    return Form(
        "exitStep",
        translate("Exits", "增加步骤"),
        translate("Exits", "{name}的处置步骤。").format(name=case.subject),
        (
            Input("what", translate("Exits", "步骤内容"), required=True),
            Input("responsible", translate("Exits", "责任单位"), value=case.responsible or ""),
            Input("due", translate("Exits", "步骤时限"), "date"),
        ),
        translate("Exits", "增加"),
        work,
        lambda step: translate("Exits", "已增加步骤“{what}”。").format(what=step.what),
    )
