"""The form for a target of the office's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval_ui.pages.stars.fields_dialog import Field, FieldsDialog
from zoneeval_ui.pages.stars.standing import PERCENT

if TYPE_CHECKING:
    from zoneeval.model.targets import Bound
    from zoneeval_db.storage.workspace import Workspace

BOUNDS: dict[str, Bound] = {"不低于": "at_least", "不高于": "at_most"}


class TargetDialog(FieldsDialog):
    """Ask for indicator, year, figure with unit, direction, document and place."""

    def __init__(self, indicator: str, year: int, parent: QWidget | None = None) -> None:
        known = ZONE_INDICATORS[indicator]
        super().__init__(
            "targetDialog",
            "录入目标",
            [
                Field("indicator", "指标", known.label, choices=_labels()),
                Field("year", "年份", str(year)),
                Field(
                    "bound",
                    "要求",
                    "不高于" if known.lower_is_better else "不低于",
                    choices=tuple(BOUNDS),
                ),
                Field("value", "目标值", hint="如 28"),
                Field("unit", "单位", PERCENT if known.is_share else known.unit),
                Field("document", "依据文件", hint="文件名称和文号"),
                Field("place", "出处", hint="如“二、发展目标”"),
            ],
            target_fault,
            parent,
        )


def _labels() -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.label for one in ZONE_INDICATORS.values()))


def target_fault(values: Mapping[str, str]) -> str:
    """Return what is wrong with the form, "" for nothing."""
    if values["indicator"] not in _labels():
        return "请从列表中选择指标。"
    if not (values["year"].isdigit() and len(values["year"]) == 4):
        return "年份请写四位数字，如 2025。"
    if values["bound"] not in BOUNDS:
        return "要求请选“不低于”或“不高于”。"
    if not values["value"]:
        return "请填写目标值。"
    return "" if figure_of(values["value"]) is not None else "目标值应是数字，如 28 或 3.5。"


def figure_of(text: str) -> float | None:
    """Return a figure as typed, None where it is none."""
    try:
        return float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return None


def store_target(ws: Workspace, zone: str, values: Mapping[str, str]) -> int:
    """Store what was typed; in the worker."""
    from zoneeval_db import operations

    return operations.set_target(
        ws,
        zone,
        int(values["year"]),
        values["indicator"],
        figure_of(values["value"]) or 0.0,
        unit=values["unit"] or None,
        bound=BOUNDS[values["bound"]],
        document=values["document"],
        place=values["place"],
    )
