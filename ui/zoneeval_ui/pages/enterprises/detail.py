"""Everything about one enterprise, read in the worker."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval.model.fields import FIELDS, Field, unit_of
from zoneeval.model.rarer_fields import OTHER_RATINGS, PERMIT_FIELDS, TAX_FIELDS
from zoneeval.model.utilities import MEASURED_BY
from zoneeval_ui.pages.enterprises.content import NEEDED, EnterprisesContent, YearClass, column_of
from zoneeval_ui.pages.enterprises.relations import Relations, read_relations
from zoneeval_ui.tables.columns import MISSING_TEXT, is_missing, show

if TYPE_CHECKING:
    from zoneeval.model.inputs import ParticipationDecision
    from zoneeval.model.records import Event, Meter, Parcel, SourceCell
    from zoneeval_db.storage.workspace import Workspace

translate = QCoreApplication.translate


_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "用地",
        (
            *("land_area", "land_registered", "land_leased_in", "land_leased_out"),
            *("land_other", "floor_leased_in", "tenant_count"),
        ),
    ),
    (
        "产出与投入",
        (
            *("tax_paid", "revenue", "profit", "value_added", "output_value", "rd_expense"),
            *("average_headcount", "fixed_asset_investment", "wage_growth"),
        ),
    ),
    (
        "能源与用水",
        (
            *("energy_use", "energy_intensity_decline", "electricity_use"),
            *("water_use", "gas_use"),
        ),
    ),
    (
        "排放",
        (
            *("emission_cod", "emission_nh3n", "emission_so2", "emission_nox"),
            *("emission_total", "pollutant_equivalent"),
        ),
    ),
    (
        "资质与事件",
        (
            *("high_tech", "high_tech_until", "quality_prize_on", "listed"),
            *("provincial_rd_platform", "accidents", "penalties"),
        ),
    ),
    (
        "税种、排污权和其他评级",
        tuple(field.key for field in (*TAX_FIELDS, *PERMIT_FIELDS, *OTHER_RATINGS)),
    ),
)
_BASICS = (
    *("zone", "town", "industry_code", "scale", "above_scale_since", "registered_on"),
    *("production_started_on", "completion_due_on", "operating_status", "contact", "phone"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: label, text with unit, where it came from; ``lacking`` where it is needed."""

    label: str
    text: str
    unit: str = ""
    source: str = ""
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under one heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EnterpriseDetail:
    """One enterprise: who it is, its class in each year, and every value."""

    uscc: str
    name: str
    place: str
    grade: str | None
    classes: tuple[YearClass, ...]
    groups: tuple[FactGroup, ...]
    decision: ParticipationDecision | None = None
    relations: Relations = field(default_factory=Relations)


def read_detail(workspace: Workspace, content: EnterprisesContent, uscc: str) -> EnterpriseDetail:
    """Return everything about the enterprise of that credit code, which must be there."""
    from zoneeval_db import operations

    row = content.table.ids.index(uscc)
    cells = operations.sources(workspace, content.version.id, uscc)
    version = content.version.id
    groups = [
        *(FactGroup(title, _facts(keys, content, row, cells)) for title, keys in _GROUPS),
        FactGroup("算出的指标", _facts(_ratios(), content, row, cells)),
        FactGroup("宗地", tuple(map(_parcel, operations.parcels(workspace, version, uscc)))),
        FactGroup("水电气户号", tuple(map(_meter, operations.meters(workspace, version, uscc)))),
        FactGroup("事故与处罚", tuple(map(_event, operations.events(workspace, version, uscc)))),
        FactGroup("基本情况", _facts(_BASICS, content, row, cells)),
    ]
    dataset = content.dataset
    decided = operations.participation_decisions(workspace, content.year)
    classes = content.classes.get(uscc, ())
    parts = (uscc, dataset.text("zone")[row], dataset.text("town")[row])
    return EnterpriseDetail(
        uscc=uscc,
        name=str(dataset.text("name")[row] or uscc),
        place=" · ".join(str(part) for part in parts if part),
        grade=next((c.grade for c in classes if c.year == content.year), None),
        classes=classes,
        groups=tuple(group for group in groups if group.facts),
        decision=next((made for made in decided if made.uscc == uscc), None),
        relations=read_relations(workspace, content.year, uscc),
    )


def _ratios() -> tuple[str, ...]:
    taken = {key for _title, keys in _GROUPS for key in keys}
    return tuple(k for k, field in FIELDS.items() if field.is_derived and k not in taken)


def _facts(
    keys: tuple[str, ...],
    content: EnterprisesContent,
    row: int,
    cells: dict[str, SourceCell],
) -> tuple[Fact, ...]:
    facts = []
    for key in keys:
        if not content.dataset.has(key):
            continue
        field, value = FIELDS[key], content.dataset.columns[key][row]
        missing = is_missing(value)
        cell = cells.get(key)
        source = cell.place if cell else formula_text(field) if field.is_derived else ""
        needed = missing and key in NEEDED
        text = translate("Enterprises", "缺数据") if needed else show(column_of(field), value)
        facts.append(Fact(field.label, text, "" if missing else field.unit, source, needed))
    return tuple(facts)


def formula_text(field: Field) -> str:
    """Return the formula of a derived field in words, such as 税收实际贡献 ÷ 用地面积."""
    if field.note:
        return field.note
    words = re.sub(
        r"[a-z_0-9]+",
        lambda match: FIELDS[match[0]].label if match[0] in FIELDS else match[0],
        field.formula,
    )
    return words.replace(" / ", " ÷ ").replace(" * ", " × ").replace(" - ", " − ")


def _area(label: str, value: float | None) -> str:
    return "" if value is None else f"{label} {value:,.2f} 亩"


def _parcel(parcel: Parcel) -> Fact:
    areas = [
        _area(translate("Enterprises", "登记"), parcel.registered),
        _area(translate("Enterprises", "租入"), parcel.leased_in),
        _area(translate("Enterprises", "租出"), parcel.leased_out),
    ]
    label = parcel.certificate or parcel.location or translate("Enterprises", "宗地")
    text = "，".join(area for area in areas if area)
    where = [parcel.location if parcel.certificate else "", _place(parcel.source)]
    return Fact(label, text or MISSING_TEXT, "", "；".join(w for w in where if w), not text)


def _meter(meter: Meter) -> Fact:
    text = MISSING_TEXT if meter.use is None else f"{meter.use:,.2f}"
    unit = unit_of(MEASURED_BY.get(meter.utility, ""))
    label = f"{meter.utility} {meter.account}"
    return Fact(label, text, unit if meter.use is not None else "", _place(meter.source))


def _event(event: Event) -> Fact:
    when = event.occurred_on or translate("Enterprises", "日期不详")
    words = [event.description, event.document, _place(event.source)]
    return Fact(event.kind, when, "", "；".join(w for w in words if w))


def _place(cell: SourceCell | None) -> str:
    return cell.place if cell else ""
