"""Which kind of table a sheet is, decided by its headings and never by file names."""

from __future__ import annotations

from typing import Literal

from zoneeval.intake.headers import Header
from zoneeval.intake.recognise import is_energy
from zoneeval.model.fields import FIELDS
from zoneeval.model.rarer_fields import PERMIT_FIELDS, TAX_FIELDS
from zoneeval.model.utilities import MEASURED_BY

Kind = Literal[
    "directory",
    "enterprise",
    "parcel",
    "meter",
    "event",
    "zone",
    "star",
    "participation",
    "without_code",
]

_IDENTITY = frozenset(
    {
        "zone", "town", "industry_code", "scale", "above_scale_since", "registered_on",
        "production_started_on", "operating_status", "contact", "phone",
    }
)  # fmt: skip
JOINED_BY = frozenset({"name", "organisation_code", "account", "account_name"})
"""What can stand for a missing column of credit codes."""
_LAND = frozenset({"land_registered", "land_leased_in", "land_leased_out", "land_other"})
UTILITIES = {field: utility for utility, field in MEASURED_BY.items()}
"""The utility whose meters measure a field."""

_DEPARTMENTS = (
    ("税务", frozenset({"tax_paid", *(field.key for field in TAX_FIELDS)})),
    ("自然资源", _LAND | {"land_area"}),
    ("供电", frozenset({"electricity_use"})),
    ("供水", frozenset({"water_use"})),
    ("燃气", frozenset({"gas_use"})),
    (
        "生态环境",
        frozenset({"emission_cod", "emission_nh3n", "emission_so2", "emission_nox"})
        | {field.key for field in PERMIT_FIELDS},
    ),
    ("企业资质", frozenset({"high_tech", "listed", "provincial_rd_platform"})),
    ("安全与处罚", frozenset({"accidents", "penalties"})),
)


def kind_of(header: Header, zone_given: bool = False) -> Kind | None:
    """Return the kind of table under a header, or None where it is none of ours."""
    keys = {c.key for c in header.columns if c.key is not None}
    if "uscc" not in keys:
        if {"indicator", "figure"} <= keys and ("zone" in keys or zone_given):
            return "zone"
        if keys & {"target_star", "official_star"} and ("zone" in keys or zone_given):
            return "star"
        ours = keys & FIELDS.keys() - {"zone", "name"}
        if "decision" in keys or not (keys & JOINED_BY and (ours or "event_kind" in keys)):
            return "without_code" if ("name" in keys and ours) or len(ours) >= 3 else None
    if "decision" in keys:
        return "participation"
    fields = keys & FIELDS.keys() - {"uscc", "name"}
    numbers = {key for key in fields if FIELDS[key].is_number}
    if "event_kind" in keys and not numbers:
        return "event"
    if numbers and numbers <= _LAND:
        return "parcel"
    if "account" in keys and len(numbers) == 1 and numbers <= UTILITIES.keys():
        return "meter"
    if not fields and "name" not in keys:
        return None
    if {"industry_code", "scale"} <= keys or (not numbers and len(fields & _IDENTITY) >= 2):
        return "directory" if "uscc" in keys else "without_code"
    return "enterprise"


def sums_rows(header: Header, kind: Kind) -> bool:
    """Tell whether several rows of one enterprise add up instead of being duplicates."""
    if kind in ("parcel", "meter"):
        return True
    numbers = [c.key for c in header.columns if c.key in FIELDS and FIELDS[c.key].is_number]
    return (
        kind == "enterprise"
        and bool(numbers)
        and all(FIELDS[key].combine == "sum" for key in numbers if key)
    )


def department_of(header: Header, kind: Kind) -> str:
    """Return whose table this looks like, in one short word."""
    fixed = {
        "directory": "企业名录", "parcel": "自然资源", "event": "安全与处罚",
        "zone": "园区指标", "star": "园区星级",
        "participation": "参评名单",
    }.get(kind)  # fmt: skip
    if fixed:
        return fixed
    keys = {c.key for c in header.columns if c.key in FIELDS and FIELDS[c.key].is_number}
    if any(is_energy(column.key) for column in header.columns):
        return "统计"
    for name, own in _DEPARTMENTS:
        if keys and keys <= own:
            return name
    if keys & {"value_added", "output_value", "revenue", "average_headcount", "energy_use"}:
        return "统计"
    return "企业数据"
