"""Which department's figure stands where two differ; the other is always told.

Land is the land office's, tax the tax office's, a utility's use the utility's own, output
and energy the statistics office's, emissions the environment office's, identity the
directory's.  Between two others, or two of the same, the first read stays.
"""

from __future__ import annotations

from zoneeval.model.rarer_fields import PERMIT_FIELDS, TAX_FIELDS

_OWNERS: dict[str, tuple[str, ...]] = {
    "企业名录": (
        "name", "zone", "town", "industry_code", "scale", "above_scale_since", "registered_on",
        "production_started_on", "operating_status", "contact", "phone",
    ),
    "自然资源": (
        "land_area", "land_registered", "land_leased_in", "land_leased_out", "land_other",
        "floor_leased_in", "completion_due_on",
    ),
    "税务": ("tax_paid", *(field.key for field in TAX_FIELDS)),
    "统计": (
        "revenue", "profit", "value_added", "output_value", "rd_expense", "average_headcount",
        "fixed_asset_investment", "energy_use", "energy_intensity_decline", "wage_growth",
    ),
    "供电": ("electricity_use",),
    "供水": ("water_use",),
    "燃气": ("gas_use",),
    "生态环境": (
        "emission_cod", "emission_nh3n", "emission_so2", "emission_nox", "emission_total",
        "pollutant_equivalent", *(field.key for field in PERMIT_FIELDS), "environment_credit",
        "pollution_level",
    ),
    "企业资质": (
        "high_tech", "high_tech_until", "quality_prize_on", "listed", "provincial_rd_platform",
    ),
    "安全与处罚": ("accidents", "penalties"),
}  # fmt: skip

OWNER: dict[str, str] = {key: who for who, keys in _OWNERS.items() for key in keys}
"""The department whose figure of a field goes before all others."""


def rank(key: str, department: str | None) -> int:
    """Return 0 for the department that owns a field, 1 for any other."""
    return 0 if department is not None and OWNER.get(key) == department else 1
