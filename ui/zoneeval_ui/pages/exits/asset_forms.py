"""The forms of assets: enter, dispose of, thresholds, and the search by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.assets import ASSET_STATES, ASSET_WORDS, DISPOSALS
from zoneeval.model.fields import FIELDS
from zoneeval_ui.pages.exits.case_forms import zone_input
from zoneeval_ui.pages.exits.form import Form, Input, Values

if TYPE_CHECKING:
    from zoneeval.model.assets import Asset, AssetRule, LowUseFindings
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.session import Work

translate = QCoreApplication.translate
USUAL = ("tax_per_mu", "revenue_per_mu", "value_added_per_mu", "output_value_per_tce")


def asset_form(content: ExitsContent) -> Form:
    """Ask about an asset that no threshold finds."""
    kinds = tuple(ASSET_WORDS.items())
    states = tuple((state, state) for state in ASSET_STATES)

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Asset:
            from zoneeval_db import operations

            given = {key: value for key, value in values.items() if key not in ("kind", "name")}
            return operations.add_asset(ws, values["kind"], values["name"], **given)

        return do

    return Form(
        "assetAdd",
        translate("Exits", "登记低效资产"),
        translate("Exits", "登记低效、闲置的土地、厂房或设备。面积（数量）不清楚的不填。"),
        (
            Input("kind", translate("Exits", "类别"), "choice", "land", choices=kinds),
            Input(
                "name",
                translate("Exits", "资产名称"),
                hint=translate("Exits", "如 三号厂房"),
                required=True,
            ),
            zone_input(content),
            Input(
                "uscc",
                translate("Exits", "所属企业信用代码"),
                hint=translate("Exits", "没有的不填"),
            ),
            Input("location", translate("Exits", "位置")),
            Input(
                "size",
                translate("Exits", "面积（数量）"),
                "number",
                hint=translate("Exits", "不清楚的不填"),
            ),
            Input(
                "unit",
                translate("Exits", "单位"),
                hint=translate("Exits", "不填为亩、㎡或台（套）"),
            ),
            Input("state", translate("Exits", "状态"), "choice", ASSET_STATES[0], choices=states),
            Input("reason", translate("Exits", "原因"), required=True),
            Input(
                "on",
                translate("Exits", "发现日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input("note", translate("Exits", "备注")),
        ),
        translate("Exits", "登记"),
        work,
        lambda made: translate("Exits", "已登记“{name}”。").format(name=made.name),
    )


def change_form(asset: Asset) -> Form:
    """Ask what has become known of an asset."""
    states = tuple((state, state) for state in ASSET_STATES)
    size = "" if asset.size is None else f"{asset.size:.10g}"

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Asset:
            from zoneeval_db import operations

            return operations.update_asset(ws, asset.id, **values)

        return do

    return Form(
        "assetChange",
        translate("Exits", "修改资产"),
        translate("Exits", "修改“{name}”的登记内容。").format(name=asset.name),
        (
            Input("location", translate("Exits", "位置"), value=asset.location or ""),
            Input("size", translate("Exits", "面积（数量）"), "number", size),
            Input("unit", translate("Exits", "单位"), value=asset.unit or ""),
            Input("state", translate("Exits", "状态"), "choice", asset.state, choices=states),
            Input("reason", translate("Exits", "原因"), value=asset.reason, required=True),
            Input("note", translate("Exits", "备注"), value=asset.note or ""),
        ),
        translate("Exits", "保存"),
        work,
        lambda made: translate("Exits", "已修改“{name}”。").format(name=made.name),
    )


def disposal_form(content: ExitsContent, asset: Asset) -> Form:
    """Ask how an asset was disposed of."""
    ways = (("", translate("Exits", "请选择")), *((way, way) for way in DISPOSALS))

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Asset:
            from zoneeval_db import operations

            return operations.dispose_asset(
                ws, asset.id, values["disposal"], on=values["on"], document=values["document"]
            )

        return do

    return Form(
        "assetDispose",
        translate("Exits", "登记处置"),
        translate("Exits", "“{name}”处置完毕后登记。").format(name=asset.name),
        (
            Input(
                "disposal", translate("Exits", "处置方式"), "choice", choices=ways, required=True
            ),
            Input(
                "on",
                translate("Exits", "处置日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
            Input(
                "document",
                translate("Exits", "依据文件"),
                hint=translate("Exits", "合同、协议或文号"),
                required=True,
            ),
        ),
        translate("Exits", "登记"),
        work,
        lambda made: translate("Exits", "“{name}”已登记处置：{way}。").format(
            name=made.name, way=made.disposal
        ),
    )


def rule_form() -> Form:
    """Ask for a threshold of the office."""
    usual = [FIELDS[key] for key in USUAL]
    others = [
        field
        for key, field in FIELDS.items()
        if key not in USUAL and field.is_number and field.kind != "flag"
    ]
    choices = tuple((field.key, field.heading) for field in (*usual, *others))

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> list[AssetRule]:
            from zoneeval_db import operations

            below = values["below"]
            if FIELDS[values["field"]].kind == "share":
                below /= 100
            years = int(values["years"])
            return operations.set_asset_rule(ws, values["field"], below, years, values["document"])

        return do

    def said(rules: list[AssetRule]) -> str:
        return translate("Exits", "现有门槛：{rules}。").format(
            rules="；".join(rule.words for rule in rules)
        )

    return Form(
        "assetRule",
        translate("Exits", "低效用地门槛"),
        translate(
            "Exits",
            "省、市没有见到统一标准，请按本地文件设定。同一指标只有一条门槛，再设时替换。"
            "比例填百分数，如 3 表示 3%。",
        ),
        (
            Input("field", translate("Exits", "指标"), "choice", "tax_per_mu", choices=choices),
            Input("below", translate("Exits", "低于多少"), "number", required=True),
            Input(
                "years",
                translate("Exits", "连续几年"),
                "choice",
                "1",
                choices=tuple(
                    (str(n), translate("Exits", "{n} 年").format(n=n)) for n in range(1, 6)
                ),
            ),
            Input(
                "document",
                translate("Exits", "依据文件"),
                hint=translate("Exits", "文件名称和文号"),
            ),
        ),
        translate("Exits", "保存"),
        work,
        said,
    )


def search_form(content: ExitsContent, year: int) -> Form:
    """Ask for the day on which what the thresholds find is entered."""
    where = content.zone or translate("Exits", "全部园区")
    zone = content.zone

    def work(values: Values) -> Work:
        def do(ws: Workspace, _progress: Progress) -> Any:
            from zoneeval_db import operations

            return operations.record_found_assets(ws, year, on=values["on"], zone=zone)

        return do

    def said(value: tuple[list[Asset], LowUseFindings]) -> str:
        made, found = value
        firms = len({one.uscc for one in found.found})
        text = translate("Exits", "{n} 户低于门槛，新登记 {new} 宗。").format(
            n=firms, new=len(made)
        )
        unknown = {one.uscc for one in found.undecided}
        if unknown:
            text += translate("Exits", "另有 {n} 户缺数据，不能判断。").format(n=len(unknown))
        return text

    return Form(
        "assetFind",
        translate("Exits", "按门槛查找"),
        translate(
            "Exits",
            "在{where} {year} 年度的数据中查找：{rules}。已在清单中、还没有处置的企业不重复登记。",
        ).format(where=where, year=year, rules="；".join(rule.words for rule in content.rules)),
        (
            Input(
                "on",
                translate("Exits", "发现日期"),
                "date",
                content.today.isoformat(),
                required=True,
            ),
        ),
        translate("Exits", "查找并登记"),
        work,
        said,
    )
