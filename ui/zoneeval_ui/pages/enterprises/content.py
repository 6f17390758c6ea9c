"""What 企业 shows, read in the worker: the table, its filters, and the classes by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from zoneeval.model.fields import FIELDS, Field
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.widgets import Chip

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval_db.operations import DatasetVersion, RunResult
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.shell import Context

translate = QCoreApplication.translate

NEEDED = (
    "land_area",
    "tax_paid",
    "revenue",
    "profit",
    "value_added",
    "output_value",
    "average_headcount",
    "energy_use",
)
"""The figures on which the common indicators rest; lacking one means 缺数据."""

_FIRST = ("name", "scale", "operating_status", "land_area", "tax_paid", "tax_per_mu")
_LAST = ("uscc", "zone", "industry_code")
RARELY_NEEDED = (
    "town",
    "above_scale_since",
    "registered_on",
    "production_started_on",
    "completion_due_on",
    "contact",
    "phone",
    "land_registered",
    "land_leased_in",
    "land_leased_out",
    "land_other",
)
"""Columns that are hidden until somebody asks for them."""

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class YearClass:
    """What became of one enterprise in a year: the published evaluation, else the newest.

    ``grade`` is the class that counts, ``by_rules`` the computed one; ``by_hand`` tells
    whether the first was decided by hand.
    """

    year: int
    grade: str | None
    participation: str
    composite: float | None
    rank: int | None
    reasons: tuple[str, ...]
    policy: str
    run_id: int
    by_hand: bool = False
    by_rules: str | None = None


@dataclass(frozen=True)
class EnterprisesContent:
    """All enterprises of a year and zone; ``masks`` are the filters by chip key."""

    year: int
    zone: str | None
    version: DatasetVersion
    dataset: Dataset
    table: TableData
    chips: tuple[Chip, ...]
    masks: Mapping[str, BoolArray]
    classes: Mapping[str, tuple[YearClass, ...]]
    has_run: bool
    sentence: str


def read_enterprises(workspace: Workspace, context: Context) -> EnterprisesContent | None:
    """Return the enterprises of the context, or None where the year holds none."""
    from zoneeval.engine.derive import derive
    from zoneeval_db import operations

    if context.year is None:
        return None
    version = operations.latest_dataset(workspace, context.year)
    if version is None:
        return None
    zone = context.zone or None
    stored = operations.load_dataset(workspace, version.id, zone)
    dataset = derive(stored, list(FIELDS)).dataset
    classes = _classes(workspace, dataset)
    codes = [str(code) for code in dataset.text("uscc")]
    grades = [_grade_in(classes.get(code, ()), context.year) for code in codes]
    masks = _masks(dataset)
    chips = _chips(masks)
    return EnterprisesContent(
        year=context.year,
        zone=zone,
        version=version,
        dataset=dataset,
        table=_table(dataset, codes, grades, one_zone=zone is not None),
        chips=chips,
        masks=masks,
        classes=classes,
        has_run=any(entry.year == context.year for mine in classes.values() for entry in mine),
        sentence=_sentence(context.year, masks, version),
    )


def _sentence(year: int, masks: Mapping[str, BoolArray], version: DatasetVersion) -> str:
    lacking = int(masks["lacking"].sum())
    text = translate("Enterprises", "{year} 年度 {n} 户，规上 {above} 户；").format(
        year=year, n=len(masks["all"]), above=int(masks["above"].sum())
    )
    if lacking:
        return text + translate("Enterprises", "{n} 户缺主要数据，可补充导入。").format(n=lacking)
    return text + translate("Enterprises", "主要数据齐全（数据第 {v} 版）。").format(
        v=version.version
    )


def _masks(dataset: Dataset) -> dict[str, BoolArray]:
    scale, state = dataset.text("scale"), dataset.text("operating_status")
    lacking = np.zeros(dataset.size, dtype=bool)
    for key in NEEDED:
        lacking |= np.isnan(dataset.number(key))
    return {
        "all": np.ones(dataset.size, dtype=bool),
        "above": np.array([v == "规上" for v in scale], dtype=bool),
        "below": np.array([v == "规下" for v in scale], dtype=bool),
        "stopped": np.array([v in ("停产", "半停产") for v in state], dtype=bool),
        "lacking": lacking,
    }


def _chips(masks: Mapping[str, BoolArray]) -> tuple[Chip, ...]:
    labels = {
        "all": translate("Enterprises", "全部"),
        "above": translate("Enterprises", "规上"),
        "below": translate("Enterprises", "规下"),
        "stopped": translate("Enterprises", "停产/半停产"),
        "lacking": translate("Enterprises", "缺数据"),
    }
    needed = "、".join(FIELDS[key].label for key in NEEDED)
    tip = translate("Enterprises", "缺下列任一项：{list}").format(list=needed)
    return tuple(
        Chip(key, labels[key], int(mask.sum()), tip if key == "lacking" else "")
        for key, mask in masks.items()
    )


def _table(
    dataset: Dataset, codes: list[str], grades: list[str | None], *, one_zone: bool
) -> TableData:
    middle = (key for key in FIELDS if key not in (*_FIRST, *_LAST))
    keys = [key for key in (*_FIRST, *middle, *_LAST) if dataset.has(key)]
    if one_zone:
        keys.remove("zone")
    columns = [column_of(FIELDS[key]) for key in keys]
    columns.insert(1, Column("grade", translate("Enterprises", "类别"), kind="grade"))
    values: dict[str, Any] = {key: dataset.columns[key] for key in keys}
    values["grade"] = grades
    tints = {
        (int(row), key): Tint.WARNING
        for key in NEEDED
        if dataset.has(key)
        for row in np.flatnonzero(np.isnan(dataset.number(key)))
    }
    return TableData(tuple(columns), values, ids=codes, tints=tints)


def column_of(field: Field) -> Column:
    """Return how a field is shown as a column."""
    tip = field.note or field.label
    if field.kind == "flag":
        return Column(field.key, field.label, kind="flag", tooltip=tip)
    if field.kind == "share":
        return Column(field.key, field.label, kind="share", decimals=2, tooltip=tip)
    if field.kind == "number":
        return Column(field.key, field.label, field.unit, "number", decimals_of(field), tooltip=tip)
    width = {"name": 16, "zone": 11, "uscc": 12}.get(field.key)
    return Column(field.key, field.label, width=width, tooltip=tip)


def decimals_of(field: Field) -> int:
    """Return with how many decimals a field is shown."""
    if field.unit in ("人", "次", "家"):
        return 0
    return 3 if field.key.startswith("emission_") else 2


def _grade_in(classes: tuple[YearClass, ...], year: int) -> str | None:
    return next((entry.grade for entry in classes if entry.year == year), None)


def _classes(workspace: Workspace, dataset: Dataset) -> dict[str, tuple[YearClass, ...]]:
    """Return, by credit code, the class of each year, newest first."""
    from zoneeval_db import operations

    zones = {None if zone is None else str(zone) for zone in dataset.text("zone")}
    wanted = {str(code) for code in dataset.text("uscc")}
    newest = operations.newest_codes(workspace)
    found: dict[str, dict[int, YearClass]] = {}
    for year in sorted(operations.years(workspace), reverse=True):
        infos = {
            info.id: info
            for zone in zones
            if (info := operations.published_run(workspace, year, zone)) is not None
        }
        for run_id in sorted(infos, reverse=True):
            run = operations.load_run(workspace, run_id)
            by_hand = {o.uscc: o.grade for o in operations.overrides(workspace, run_id)}
            entries = _entries(run, by_hand).items()
            for old, entry in sorted(entries, key=lambda item: item[0] in newest):
                code = old if old in wanted else newest.get(old, old)
                if code in wanted:
                    found.setdefault(code, {}).setdefault(year, entry)
    return {code: tuple(mine.values()) for code, mine in found.items()}


def _entries(run: RunResult, by_hand: Mapping[str, str]) -> dict[str, YearClass]:
    evaluation = run.evaluation
    out: dict[str, YearClass] = {}
    for row, code in enumerate(evaluation.uscc):
        composite, rank = float(evaluation.composite[row]), float(evaluation.rank[row])
        out[str(code)] = YearClass(
            year=run.info.year,
            grade=by_hand.get(str(code), evaluation.grade[row]),
            participation=evaluation.participation[row].label,
            composite=None if np.isnan(composite) else composite,
            rank=None if np.isnan(rank) else int(rank),
            reasons=evaluation.reasons[row],
            policy=run.info.policy_title,
            run_id=run.info.id,
            by_hand=str(code) in by_hand,
            by_rules=evaluation.grade[row],
        )
    return out
