"""Checks over the joined values of an import, beside what is stored already.

``frame`` holds a year as arrays; ``land``, ``relations``, ``ranges``, ``industry``,
``zones``, ``spread``, ``jumps`` and ``unit_suspicion`` yield findings; ``thresholds``
are the office's limits, ``reference`` what is compared with, ``run`` does all of it.
"""

from zoneeval.intake.checks.land import land_total
from zoneeval.intake.checks.reference import Reference
from zoneeval.intake.checks.run import check_years
from zoneeval.model.thresholds import (
    THRESHOLD_FIELDS,
    ThresholdField,
    Thresholds,
    parse_threshold,
)

__all__ = [
    "THRESHOLD_FIELDS",
    "Reference",
    "ThresholdField",
    "Thresholds",
    "check_years",
    "land_total",
    "parse_threshold",
]
