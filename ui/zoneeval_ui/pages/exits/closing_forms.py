"""The forms by which a case ends: a step done, struck off, cancelled, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.pages.exits.form import Form, Input, Values

if TYPE_CHECKING:
    from zoneeval.model.exits import ExitCase, ExitStep
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.session import Work

translate = QCoreApplication.translate


def finish_form(content: ExitsContent, step: ExitStep) -> Form:
    """Ask when a step was done, and by what that is shown."""

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> ExitStep:
            from zoneeval_db import operations

            return operations.finish_exit_step(
                ws, step.id, on=values["on"], evidence=values["evidence"]
            )

        return do

    return Form(
        "exitFinish",
        translate("Exits", "步骤完成"),
        translate("Exits", "登记“{what}”的完成情况。").format(what=step.what),
        (
            Input(
                "on",
                translate("Exits", "完成日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input(
                "evidence",
                translate("Exits", "佐证材料"),
                hint=translate("Exits", "材料名称或文号"),
                required=True,
            ),
        ),
        translate("Exits", "登记完成"),
        work,
        lambda made: translate("Exits", "步骤“{what}”已完成。").format(what=made.what),
    )


def close_form(content: ExitsContent, case: ExitCase) -> Form:
    """Ask for the result by which a case is struck off."""
    mine = content.figures.get(case.id)
    known = [
        translate("Exits", "{label} {value:,.6g} {unit}").format(
            label=label, value=value, unit=unit
        )
        for label, value, unit in (
            (
                translate("Exits", "用地面积"),
                mine.land_area if mine else None,
                translate("Exits", "亩"),
            ),
            (
                translate("Exits", "综合能耗"),
                mine.energy_use if mine else None,
                translate("Exits", "吨标准煤"),
            ),
        )
        if value is not None
    ]
    head = translate(
        "Exits", "{name}销号。腾出的数量不清楚的不填，汇总时另列，不按 0 计算。"
    ).format(name=case.subject)
    if known:
        head += translate("Exits", "立案时数据：{figures}。").format(figures="，".join(known))
    figures = (
        ("freed_land", translate("Exits", "腾出土地（亩）")),
        ("freed_energy", translate("Exits", "腾出用能（吨标准煤）")),
        ("freed_emission", translate("Exits", "减少排放（吨）")),
        ("people", translate("Exits", "安置人数（人）")),
    )
    unknown = translate("Exits", "不清楚的不填")

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> ExitCase:
            from zoneeval_db import operations

            return operations.close_exit_case(ws, case.id, **values)

        return do

    return Form(
        "exitClose",
        translate("Exits", "销号"),
        head,
        (
            Input(
                "on",
                translate("Exits", "销号日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input("outcome", translate("Exits", "处置结果"), "text", required=True),
            Input(
                "document",
                translate("Exits", "依据文件"),
                hint=translate("Exits", "验收意见、协议等的名称和文号"),
                required=True,
            ),
            *(Input(key, label, "number", hint=unknown) for key, label in figures),
        ),
        translate("Exits", "销号"),
        work,
        lambda made: translate("Exits", "{name}已销号。").format(name=made.subject),
    )


def cancel_form(content: ExitsContent, case: ExitCase) -> Form:
    """Ask why a case is not acted on any more."""

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.cancel_exit_case(
                ws, case.id, on=values["on"], reason=values["reason"]
            )

        return do

    return Form(
        "exitCancel",
        translate("Exits", "不再处置"),
        translate("Exits", "{name}不再处置，如类别已更正。事项仍留在台账中。").format(
            name=case.subject
        ),
        (
            Input(
                "on", translate("Exits", "日期"), "date", content.today.isoformat(), required=True
            ),
            Input("reason", translate("Exits", "理由"), "text", required=True),
        ),
        translate("Exits", "不再处置"),
        work,
        lambda made: translate("Exits", "{name}不再处置。").format(name=made.subject),
    )


def reopen_form(case: ExitCase) -> Form:
    """Ask why a case is taken up again."""

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.reopen_exit_case(ws, case.id, reason=values["reason"])

        return do

    return Form(
        "exitReopen",
        translate("Exits", "恢复处置"),
        translate("Exits", "恢复{name}的处置。原来填报的销号结果会取消，可以撤销。").format(
            name=case.subject
        ),
        (Input("reason", translate("Exits", "理由"), "text", required=True),),
        translate("Exits", "恢复处置"),
        work,
        lambda made: translate("Exits", "{name}已恢复处置。").format(name=made.subject),
    )
