"""Excel workbooks for people: results, class lists, exit list, price lists, stars."""

from __future__ import annotations

from zoneeval.report.acting.exit_list import write_exit_list
from zoneeval.report.acting.pricing import write_pricing
from zoneeval.report.classes import write_classes
from zoneeval.report.header import RunHeader
from zoneeval.report.results import write_results
from zoneeval.report.zones.stars import write_stars

__all__ = [
    "RunHeader",
    "write_classes",
    "write_exit_list",
    "write_pricing",
    "write_results",
    "write_stars",
]
